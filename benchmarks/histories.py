r"""Histories of real repositories, replayed: which commits would have made a statement stale, and whether they changed words or mathematics.

    python -m benchmarks.histories GITDIR...

For each commit of the main line that changes a LaTeX file, each labelled statement that the file has before and after it is compared: by its tokens, as `refute` compares it, and
by a second reader, pylatexenc, which renders the statement as plain text. An alarm where the plain text is the same is put down to the definition of a macro that changed, or to the label in a \ref, or
it is suspect (it may be neither words nor mathematics), and so is silence where the plain text differs; both are printed, to be read. Macros are those of the file and of the files beside it that only define them.
"""

from __future__ import annotations

import re
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from pylatexenc.latex2text import LatexNodes2Text

from refute.errors import BadInput
from refute.sources.tex import latex
from refute.sources.tex.macros import macros_of
from refute.sources.tex.unread import read as as_read
from refute.sources.tex.unread import without_gone
from refute.sources.text import latex_tokens

COMMITS, SHOWN, LARGEST = 400, 12, 2**19
DEFINES = re.compile(r"(macro|preamble|command|notation|header|defs?\b|style)[^/]*\.(tex|sty)$", re.I)
BOOKS = re.compile(r"\\(label|lean|uses|proves|index|todo|discussion|leanok|mathlibok|notready)\b\s*(\{[^{}]*\})?")

TITLE = re.compile(r"\\begin\{\w+\*?\}\s*\[(.*?)\](?=\s*(?:[\\A-Z$]|$))", re.DOTALL)
REF = re.compile(r"\\[a-zA-Z]*ref\*?\s*\{[^{}]*\}")


def git(place: Path, *words: str) -> bytes:
    return subprocess.run(["git", "--git-dir", str(place), *words], capture_output=True, check=False).stdout


def text_of(place: Path, commit: str, path: str) -> str:
    return git(place, "show", f"{commit}:{path}").decode("utf-8", "replace")


def plain(statement: str) -> str:
    """Words and formulas as a reader sees them, without blanks; what pylatexenc cannot read, as it is."""
    statement = BOOKS.sub("", without_gone(statement))
    title = TITLE.match(statement)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            statement = LatexNodes2Text(math_mode="text", keep_comments=False).latex_to_text(statement)
    except Exception:
        pass
    return re.sub(r"\s+", "", (title[1] if title else "") + statement)


def statements(text: str, others: Iterable[str]) -> dict[str, str]:
    """The statements of a text by their own labels."""
    read = as_read(text)
    macros = macros_of([*(as_read(t) for t in others), read])
    found = latex.environments(read, macros)[0]
    return {n.name: read[e.start : e.end] for e in found if e.kind in macros.kinds for n in e.labels if n.own}


def replay(place: Path, counts: Counter[str]) -> None:
    log = (
        git(place, "log", "--first-parent", "--no-merges", f"-{COMMITS}", "--format=%H", "--", "*.tex").decode().split()
    )
    for commit in log:
        changed = git(
            place, "diff-tree", "-r", "--no-commit-id", "--name-status", "--diff-filter=M", commit, "--", "*.tex"
        )
        for path in (line.split("\t")[1] for line in changed.decode().splitlines()):
            compare(place, commit, path, counts)


def compare(place: Path, commit: str, path: str, counts: Counter[str]) -> None:
    before, after = text_of(place, f"{commit}~1", path), text_of(place, commit, path)
    if not before or not after or max(len(before), len(after)) > LARGEST:
        return
    folder = path.rpartition("/")[0]
    names = git(place, "ls-tree", "--name-only", commit, f"{folder}/" if folder else ".").decode().splitlines()
    others = {Path(n): text_of(place, commit, n) for n in names if DEFINES.search(n) and n != path}
    old, new = statements(before, others.values()), statements(after, others.values())
    for label in old.keys() & new.keys():
        counts["compared"] += 1
        try:
            alarm = latex_tokens(before, label, path, others) != latex_tokens(after, label, path, others)
        except BadInput:
            counts["ambiguous"] += 1
            continue
        differs = plain(old[label]) != plain(new[label])
        counts["alarms"] += alarm
        kind = "suspect silences" if differs and not alarm else ""
        if alarm and not differs:
            kind = "macros" if without_gone(old[label]) == without_gone(new[label]) else "suspect alarms"
            kind = "references" if kind != "macros" and REF.sub("", old[label]) == REF.sub("", new[label]) else kind
        if kind:
            counts[kind] += 1
            if counts[kind] <= SHOWN and kind.startswith("suspect"):
                print(f"  {kind}: {commit[:8]} {path}#{label}: {difference(old[label], new[label])}")


def difference(a: str, b: str) -> str:
    """The first places where two texts differ."""
    changes = [c for c in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if c[0] != "equal"]
    return "; ".join(
        f"{a[max(0, i - 15) : j + 15]!r} -> {b[max(0, k - 15) : m + 15]!r}" for _, i, j, k, m in changes[:2]
    )


def main() -> None:
    whole: Counter[str] = Counter()
    for name in sys.argv[1:]:
        counts: Counter[str] = Counter()
        replay(Path(name), counts)
        print(f"{name}: {dict(counts)}", flush=True)
        whole += counts
    print(f"all: {dict(whole)}")


if __name__ == "__main__":
    main()
