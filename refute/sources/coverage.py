r"""What a paper states: its theorem-like environments, each with its label, in the order of the document.

A document is the file with what it \input's, \include's or \subfile's, as far as these files are there. Environments are those that \newtheorem (or
\declaretheorem, \spnewtheorem, \newtcbtheorem) makes, and the usual names; what stands in a comment or in verbatim text is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_text
from refute.sources.text import MAX_TEXT

USUAL = frozenset(
    "theorem lemma proposition corollary conjecture claim assumption definition fact hypothesis thm lem prop cor conj defn".split()
)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{\1\}", re.DOTALL)
_INPUT = re.compile(r"\\(?:input|include|subfile)\s*\{([^{}]+)\}")
_NEW = re.compile(
    r"\\(?:newtheorem|declaretheorem|spnewtheorem|newtcbtheorem)\*?\s*(?:\[[^\]]*\]\s*)?\{([A-Za-z@*]+)\}"
)
_PIECE = re.compile(r"\\(begin|end)\s*\{([A-Za-z@*]+)\}|\\label\s*\{([^{}]+)\}")
# Files within files within files.
DEPTH = 8


@dataclass(frozen=True)
class Stated:
    """One statement of a document; without a label nothing can be linked to it."""

    kind: str
    label: str
    file: Path
    line: int


def statements(path: Path) -> list[Stated]:
    """Those of a LaTeX document. Raises BadInput for a file that cannot be read."""
    if path.suffix != ".tex":
        raise BadInput(f"{path}: the statements of a LaTeX document are listed: a file that ends in .tex")
    files = list(_files(path, path.parent, DEPTH, set()))
    kinds = USUAL | {name for _, text in files for name in _NEW.findall(text)}
    return [s for file, text in files for s in _of_text(text, file, kinds)]


def _files(path: Path, base: Path, depth: int, seen: set[Path]) -> Iterator[tuple[Path, str]]:
    """The file, and after it what it takes in, each once."""
    if path.resolve() in seen:
        return
    seen.add(path.resolve())
    text = _plain(read_text(path, MAX_TEXT))
    yield path, text
    for name in _INPUT.findall(text) if depth else ():
        for inner in (base / name.strip(), base / f"{name.strip()}.tex"):
            if inner.is_file():
                yield from _files(inner, base, depth - 1, seen)
                break


def _plain(text: str) -> str:
    """The text without comments and verbatim parts, with its lines."""
    text = _VERBATIM.sub(lambda m: "\n" * m[0].count("\n"), text)
    return _COMMENT.sub(r"\1", text)


def _of_text(text: str, file: Path, kinds: frozenset[str]) -> Iterator[Stated]:
    found: list[Stated] = []
    within: list[int] = []  # the environments that are open, as numbers of `found`
    line, at = 1, 0
    for m in _PIECE.finditer(text):
        line, at = line + text.count("\n", at, m.start()), m.start()
        if m[1] == "begin" and m[2] in kinds:
            within.append(len(found))
            found.append(Stated(m[2], "", file, line))
        elif m[1] == "end" and within and found[within[-1]].kind == m[2]:
            within.pop()
        elif m[3] and within and not found[within[-1]].label:
            found[within[-1]] = replace(found[within[-1]], label=m[3])
    yield from found
