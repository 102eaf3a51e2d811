r"""What a paper states: its theorem-like environments, each with its label, in the order of the document.

A document is the file with what it takes in (document.py). Environments are those that \newtheorem (or
\declaretheorem, \spnewtheorem, \newtcbtheorem) makes, and the usual names; what stands in a comment or in verbatim text is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_text
from refute.sources.document import taken_in
from refute.sources.text import MAX_TEXT

USUAL = frozenset(
    "theorem lemma proposition corollary conjecture claim assumption definition fact hypothesis thm lem prop cor conj defn".split()
)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_VERBATIM = re.compile(r"\\begin\{(verbatim\*?|lstlisting|minted|comment)\}.*?\\end\{\1\}", re.DOTALL)
_NEW = re.compile(
    r"\\(?:newtheorem|declaretheorem|spnewtheorem|newtcbtheorem)\*?\s*(?:\[[^\]]*\]\s*)?\{([A-Za-z@*]+)\}"
)
_PIECE = re.compile(r"\\(begin|end)\s*\{([A-Za-z@*]+)\}|\\label\s*\{([^{}]+)\}")


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
    files = [(p, _plain(read_text(p, MAX_TEXT))) for p in (path, *list(taken_in(path))[1:]) if p.suffix == ".tex"]
    kinds = USUAL | {name for _, text in files for name in _NEW.findall(text)}
    return [s for file, text in files for s in _of_text(text, file, kinds)]


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
