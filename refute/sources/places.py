"""Where a linked text stands, what it says, and what it refers to."""

from __future__ import annotations

import re
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_prose
from refute.sources import markdown
from refute.sources.files import linked_file
from refute.sources.tex import latex
from refute.sources.tex.document import files_of
from refute.sources.tex.unread import line_of, read, without_gone
from refute.sources.text import MAX_TEXT, Lost, environment_of, others_of, parts_of, readable, scanned_text, whereabouts

_REF = re.compile(r"\\(?:[cC]ref|[a-zA-Z]*ref)\*?\s*(?:\[[^\]]*\])?\s*\{([^{}]+)\}")


def place_of(link: str, base: Path) -> tuple[Path, int, int]:
    """The file of the text that `link` names, and the lines in which it begins and ends. Raises BadInput where file or label is missing."""
    name, _, label = link.partition("#")
    path = linked_file(name, base)
    source = read_prose(path, MAX_TEXT)
    if path.suffix in markdown.ENDINGS:
        plain = markdown.without_comments(source)
        first = markdown.line_of(plain, label, path.name)
        return path, first, first + len(markdown.part_of(plain, label, path.name).rstrip().splitlines()) - 1
    scanned = scanned_text(source, path.resolve(), others_of(path))
    e, _ = environment_of(scanned, label, path.name)
    return path, line_of(scanned.text, e.start) + 1, line_of(scanned.text, e.end) + 1


def refers_to(link: str, base: Path) -> list[str]:
    r"""The links of the labelled statements that the text refers to (\ref and its kin), where its document has them and they are not in the text itself."""
    name, _, label = link.partition("#")
    path = linked_file(name, base)
    if path.suffix in markdown.ENDINGS:
        return []
    files = files_of(path)
    scanned = scanned_text(read_prose(path, MAX_TEXT), path.resolve(), others_of(path))
    e, _ = environment_of(scanned, label, path.name)
    own = {n.name for n in e.labels}
    named = [n.strip() for m in _REF.finditer(scanned.text, e.start, e.end) for n in m[1].split(",")]
    found: dict[str, str] = {}
    for p in files:
        text = scanned.text if p == path.resolve() else read(readable(p))
        for other in latex.environments(text, scanned.macros)[0]:
            if other.kind in scanned.macros.kinds:
                found |= {n.name: f"{_relative(p, name, path)}#{n.name}" for n in other.labels}
    return [found[n] for n in dict.fromkeys(named) if n in found and n not in own]


def _relative(other: Path, name: str, path: Path) -> str:
    """A file of the document as a link would name it: from the folder that the name of `path` is relative to."""
    base = path.resolve()
    for _ in Path(name).parts:
        base = base.parent
    return other.relative_to(base).as_posix() if other.is_relative_to(base) else other.name


def statement_of(link: str, base: Path) -> str:
    """The LaTeX, or Markdown, of the statement that `link` names. Raises BadInput where file or label is missing, or the file is neither."""
    name, _, label = link.partition("#")
    if not label or Path(name).suffix not in (".tex", *markdown.ENDINGS):
        raise BadInput(f'{link!r} names no statement of a LaTeX or Markdown file: write "paper.tex#lem:descent"')
    path = linked_file(name, base)
    if path.suffix in markdown.ENDINGS:
        parts_of(link, base)  # which says where a label is that is not here
        return markdown.part_of(markdown.without_comments(read_prose(path, MAX_TEXT)), label, path.name)
    scanned = scanned_text(read_prose(path, MAX_TEXT), path.resolve(), others_of(path))
    try:
        e, _ = environment_of(scanned, label, path.name)
    except Lost as why:
        raise BadInput(f"{why}{whereabouts(label, path)}") from None
    return without_gone(scanned.text[e.start : e.end])
