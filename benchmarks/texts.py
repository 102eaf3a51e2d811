r"""Linked texts on real repositories: extents of labelled statements, edits that are seen, edits that make no alarm, CPU.

    python -m benchmarks.texts FOLDER...

Each folder is a checkout of a repository with LaTeX. Extents are compared with a second reader, of a few lines, that knows nothing but \begin and \end. Of the edits one half
changes a sign, a digit or a word of a statement, or of a macro that it uses; the other half changes layout, bookkeeping, or how a sign is written.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_prose
from refute.sources import markdown
from refute.sources.tex import latex
from refute.sources.tex.document import files_of
from refute.sources.tex.macros import definitions, macros_of
from refute.sources.tex.unread import read as as_read
from refute.sources.text import MAX_TEXT, latex_tokens

#: How many statements of a repository are edited, and how often each: in its own text, in a macro that it uses, and in layout.
EDITED, IN_TEXT, IN_MACROS, COSMETIC = 1200, 2, 2, 5
SIGN = re.compile(r"(?<![A-Za-z\\])([0-9]|[a-zA-Z]|[<>+=])(?![A-Za-z])")
BOOKS = re.compile(
    r"\\(?:label|lean|uses|proves|index|todo|cite|ref|eqref|cref|Cref|discussion|begin|end|url|href|text\w*|hspace|vspace|tag)\*?\s*(?:\[[^\]]*\])?\s*\{[^{}]*\}|%[^\n]*|\\[A-Za-z@]+|\\."
)


def second_reader(text: str, kinds: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Each label that stands in a statement, with the statement, by the shortest text between \\begin and \\end."""
    names = "|".join(map(re.escape, sorted(kinds)))
    for m in re.finditer(rf"\\begin\{{({names})\}}.*?\\end\{{\1\}}", text, re.DOTALL):
        for label in re.findall(r"\\label\s*\{([^{}]*)\}", m[0]):
            yield label.strip(), m[0]


def cosmetic(rng: random.Random, statement: str) -> str:
    kind = rng.randrange(6)
    blanks = [m.span() for m in re.finditer(r"(?<![\\%\s])[ ](?=[^\s%])", statement)]
    if kind < 2 and blanks:
        a, b = rng.choice(blanks)
        return statement[:a] + rng.choice(["\n", "  ", " % a remark\n", "\n  "]) + statement[b:]
    if kind == 2:
        return statement.replace("\\leanok", "")
    if kind == 3:
        return re.sub(r"\\leq(?![A-Za-z])", r"\\le", statement)
    if kind == 4:
        return re.sub(r"(\\begin\{[^{}]*\})(?!\s*[\[{(])", r"\1\\index{sharp}\\uses{a,b}", statement, count=1)
    return re.sub(r"\\(?:left|right)(?=[()\[\]|])", "", statement)


def semantic(rng: random.Random, text: str, start: int, end: int) -> str | None:
    """The text with one sign changed between two places; None where there is none to change."""
    hidden = BOOKS.sub(lambda m: "\0" * len(m[0]), text[start:end])
    spots = [m.start() for m in SIGN.finditer(hidden)]
    if not spots:
        return None
    at = start + rng.choice(spots)
    old = text[at]
    new = {"<": ">", ">": "<", "+": "-", "=": "<"}.get(old) or chr(ord(old) + 1 if old not in "9zZ" else ord(old) - 1)
    return text[:at] + new + text[at + 1 :]


def in_markdown(folder: Path, counts: Counter[str]) -> None:
    """The labels of options and targets of MyST that lines of text show, and those of them that are found."""
    for path in folder.rglob("*.md"):
        text = read_prose(path, MAX_TEXT)
        shown = {
            *re.findall(r"^:(?:label|name):\s*(\S+)\s*$", text, re.M),
            *re.findall(r"^\(([^()\s]+)\)=\s*$", text, re.M),
        }
        counts["in Markdown"] += len(shown)
        counts["found in Markdown"] += len(shown & set(markdown.labels(text)))


def measure(folder: Path, rng: random.Random, counts: Counter[str]) -> None:
    in_markdown(folder, counts)
    paths = sorted(p for p in folder.rglob("*.tex") if p.is_file())
    texts = {p.resolve(): read_prose(p, MAX_TEXT) for p in paths}
    known = macros_of([as_read(t) for t in texts.values()])
    cases = []
    for path, text in texts.items():
        read = as_read(text)
        found, _ = latex.environments(read, known)
        ours = {n.name: read[e.start : e.end] for e in found for n in e.labels}
        for label, statement in second_reader(read, known.kinds):
            counts["statements"] += 1
            counts["extents"] += ours.get(label, "").startswith(statement)
            if ours.get(label, "").startswith(statement):
                cases.append((path, label, statement))
            elif counts["shown"] < 12:
                counts["shown"] += 1
                print(f"  differs: {path.name}#{label}: {ours.get(label, 'not found')[:70]!r}")
    for path, label, statement in rng.sample(cases, min(len(cases), EDITED)):
        rest = {p: read_prose(p, MAX_TEXT) for p in files_of(path) if p.resolve() != path}
        text = texts[path]
        whole = statement.replace("\0", "").replace("\2", "")
        if text.count(whole) != 1:
            continue
        try:
            before = latex_tokens(text, label, path, rest)
        except BadInput:
            counts["ambiguous"] += 1
            continue
        for edited in {cosmetic(rng, whole) for _ in range(COSMETIC)} - {whole}:
            counts["cosmetic"] += 1
            alarm = latex_tokens(text.replace(whole, edited), label, path, rest) != before
            counts["alarms"] += alarm
            if alarm and counts["alarms"] < 12:
                print(f"  alarm: {path.name}#{label}: {edited[:160]!r}")
        at = text.index(whole)
        for changed in filter(None, {semantic(rng, text, at, at + len(whole)) for _ in range(IN_TEXT)}):
            counts["semantic"] += 1
            missed = latex_tokens(changed, label, path, rest) == before
            counts["missed"] += missed
            if missed and counts["missed"] < 12:
                print(f"  missed: {path.name}#{label}")
        for _ in range(IN_MACROS):
            _in_a_macro(rng, text, path, label, rest, before, counts)


def _in_a_macro(
    rng: random.Random,
    text: str,
    path: Path,
    label: str,
    rest: Mapping[Path, str],
    before: Sequence[str],
    counts: Counter[str],
) -> None:
    """A change of the definition of a macro that the statement uses."""
    all_texts = [text, *rest.values()]
    places = [
        (i, name, a, b)
        for i, t in enumerate(all_texts)
        for name, _, a, b in definitions(as_read(t))
        if name in before and b - a > 2
    ]
    if not places:
        return
    i, _, a, b = rng.choice(places)
    changed = semantic(rng, all_texts[i], a, b)
    if changed is None:
        return
    counts["macros"] += 1
    now = [changed if j == i else t for j, t in enumerate(all_texts)]
    counts["missed in macros"] += latex_tokens(now[0], label, path, dict(zip(rest, now[1:], strict=True))) == before


def main() -> None:
    rng = random.Random(0)
    whole: Counter[str] = Counter()
    for name in sys.argv[1:]:
        counts: Counter[str] = Counter()
        began = time.process_time()
        measure(Path(name), rng, counts)
        size = sum(p.stat().st_size for p in Path(name).rglob("*.tex") if p.is_file())
        print(f"{Path(name).name}: {size / 1e6:.1f} MB, {time.process_time() - began:.1f} s of CPU, {dict(counts)}")
        whole += counts
    print(f"all: {dict(whole)}")


if __name__ == "__main__":
    main()
