r"""What a paper states: its theorem-like environments, in Markdown its directives and divs, each with its label, in the order of the document.

A document is the file with what it takes in (document.py). Environments are those that \newtheorem (or
\declaretheorem, \spnewtheorem, \newtcbtheorem) makes, and the usual names; what stands in a comment or in verbatim text is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_prose
from refute.sources import markdown
from refute.sources.tex.document import taken_in
from refute.sources.tex.latex import environments, restated
from refute.sources.tex.macros import Macros, macros_of
from refute.sources.tex.unread import line_of, read
from refute.sources.text import MAX_TEXT


@dataclass(frozen=True)
class Stated:
    """One statement of a document; without a label nothing can be linked to it. `labels` are also those of its formulas and items."""

    kind: str
    label: str
    file: Path
    line: int
    labels: tuple[str, ...] = ()


def statements(path: Path) -> list[Stated]:
    """Those of a LaTeX document, or of a Markdown file. Raises BadInput for a file that cannot be read."""
    if path.suffix in markdown.ENDINGS:
        text = markdown.without_comments(read_prose(path, MAX_TEXT))
        return [Stated(kind, next(iter(of), ""), path, line, of) for kind, of, line in markdown.stated(text)]
    if path.suffix != ".tex":
        raise BadInput(
            f"{path}: the statements of LaTeX and Markdown are listed: of a file that ends in .tex or {', '.join(markdown.ENDINGS)}"
        )
    files = [(p, read(read_prose(p, MAX_TEXT))) for p in (path, *list(taken_in(path))[1:])]
    macros = macros_of([text for _, text in files])
    return [s for file, text in files if file.suffix == ".tex" for s in _of_text(text, file, macros)]


def _of_text(text: str, file: Path, macros: Macros) -> Iterator[Stated]:
    line, at = 1, 0
    for e in environments(text, macros)[0]:
        line, at = line + line_of(text, e.start, at), e.start
        kind = restated(text, e) or e.kind
        if kind in macros.kinds:
            label = next((n.name for n in sorted(e.labels, key=lambda n: not n.own)), "")
            yield Stated(kind, label, file, line, tuple(n.name for n in e.labels))
