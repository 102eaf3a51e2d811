"""The last column of docs/readings.md, from the records: `python -m docs.evidence` writes it.

For a true statement the proof, how many false neighbours the search kills, and whether equality is attained; for a false one its counterexample.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

from refute.cli.terminal import instance_lines
from refute.running.check import known_theorems
from refute.sources.files import bundled
from refute.statements.theorem import Theorem

PAGE = Path(__file__).parent / "readings.md"
HEAD = "| record | verdict | what it says, and why so | evidence |\n| --- | --- | --- | --- |"
# A counterexample that is longer is shown by `refute show`.
LONGEST = 60
VERDICTS = {"true": ("holds", "proved"), "false": ("refuted",), "vacuous": ("vacuous",), "open": ("holds (open)",)}
_ROW = re.compile(r"^\| (`[^|]*`) \| ([^|]*) \| (.*?) \|(?: [^|]* \|)?$", re.MULTILINE)
_SECTION = re.compile(r"^## (.*)$", re.MULTILINE)


def page(text: str) -> str:
    """The page with the column made anew. Raises KeyError for a record that is none, ValueError for a verdict that is not its own."""
    known = {t.id: t for _, t in known_theorems([bundled()])}
    parts = _SECTION.split(text)
    for i in range(1, len(parts), 2):
        sources = [s for s in {t.source for t in known.values()} if s in parts[i]]
        body = re.sub(r"^\| record \|.*\n\|[ -|]*$", HEAD, parts[i + 1], flags=re.MULTILINE)
        parts[i + 1] = _ROW.sub(partial(_row, known=known, sources=sources), body)
    return parts[0] + "".join(f"## {title}{body}" for title, body in zip(parts[1::2], parts[2::2], strict=True))


def _row(m: re.Match[str], known: Mapping[str, Theorem], sources: list[str]) -> str:
    found = [t for name in re.findall(r"`([^`]*)`", m[1]) for t in _named(name, known, sources)]
    for t in found:
        if m[2] not in VERDICTS[t.status]:
            raise ValueError(f"docs/readings.md: {t.id} has the status {t.status}, and the page says {m[2]}")
    shown = list(dict.fromkeys(evidence(t) for t in found))
    return f"| {m[1]} | {m[2]} | {m[3]} | {'; '.join(shown)} |"


def _named(name: str, known: Mapping[str, Theorem], sources: list[str]) -> Iterator[Theorem]:
    ids = [name] if "/" in name else [f"{source}/{name}" for source in sources]
    found = [t for i in ids for k, t in known.items() if k == i or ("*" in i and fnmatchcase(k, i) and ":" not in k)]
    if not found:
        raise KeyError(f"docs/readings.md: no record is called {name}")
    yield from found


def evidence(t: Theorem) -> str:
    """What a reader may check of a record."""
    if t.status == "false":
        assert t.refuted_at is not None
        lines = " ".join(instance_lines(t.refuted_at)).replace("|", "\\|")
        return f"`{lines}`" if len(lines) <= LONGEST else f"counterexample: `refute show {t.id}`"
    file, _, anchor = t.proof.partition("#")
    said = [f"[proof]({Path(file).name}#{anchor})"] if t.proof else []
    killed = len(t.mutants)
    said += [f"{killed} false neighbour{'s' if killed > 1 else ''} refuted"] if killed else []
    said += ["equality attained"] if t.attained else []
    said += ["a step for each hypothesis left out"] if t.empty else []
    return ", ".join(said) or "tried only"


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
