r"""Where a labelled statement stands in the PDF of its document: the named destination that hyperref wrote for it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_prose
from refute.sources.tex.document import begins, files_of
from refute.sources.tex.macros import groups

# Where TeX is often told to write, beside the document.
_BUILT = ("", "build", "out", "_build", "output")
_LARGEST = 8 * 2**20


def destination(path: Path, label: str) -> tuple[Path, str] | None:
    r"""The PDF, and the name of the place in it, of a label in a LaTeX file; None where there is none (yet): TeX writes
    \newlabel{label}{{number}{page}{title}{destination}{}} to the .aux file of each file that it includes."""
    files = [p for p in files_of(path) if p.suffix == ".tex"]
    name = next((d for p in files for aux in _built(p, ".aux") if (d := _named(aux, label))), "")
    pdf = next((pdf for p in files if begins(p) for pdf in _built(p, ".pdf")), None)
    return (pdf, name) if name and pdf is not None else None


def _built(source: Path, ending: str) -> Iterator[Path]:
    places = (source.parent / folder / f"{source.stem}{ending}" for folder in _BUILT)
    return (p for p in places if p.is_file())


def _named(aux: Path, label: str) -> str:
    try:
        text = read_prose(aux, _LARGEST)
    except BadInput:
        return ""
    start = f"\\newlabel{{{label}}}{{"
    at = text.find(start)
    # Number, page, title, destination: each in braces, which may hold braces.
    found = list(islice(groups(text, at + len(start), 4), 4)) if at >= 0 else []
    return found[3].strip() if len(found) == 4 else ""
