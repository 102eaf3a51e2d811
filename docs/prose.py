"""How the prose reads: `python -m docs.prose [FILE ...]` prints for each page its sentences, their length, and a reading grade (extra `prose`).

The grade is the automated readability index of textstat, the years of school that a text asks for; formulas, code, tables and addresses are left out. It is advice:
a grade above LIMIT, and a sentence of more than LONGEST words, are named, and the status is 0 all the same.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import textstat

ROOT = Path(__file__).resolve().parents[1]
#: The pages for users. Proofs, whose sentences are formulas, are not graded.
_DOCS = "tutorial how-to commands verdicts search duality readings report findings glossary architecture experiments"
PAGES = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "DECISIONS.md", *(f"docs/{n}.md" for n in _DOCS.split()))
LIMIT, LONGEST = 14.0, 45

# What is no prose, and what stands for it in a sentence.
_LEFT_OUT = (
    (re.compile(r"^(```|~~~).*?^\1[^\n]*$", re.MULTILINE | re.DOTALL), ""),
    (re.compile(r"<!--.*?-->|<[^>\s][^>]*>", re.DOTALL), ""),
    (re.compile(r"^(?:#|\||\$ ).*$", re.MULTILINE), ""),
    (re.compile(r"\$\$.*?\$\$|\$[^$]+\$", re.DOTALL), "It"),
    (re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)"), "It"),
    (re.compile(r"!?\[([^\]]*)\](?:\([^)]*\))?"), r"\1"),
    (re.compile(r"^\s*(?:[*-]|\d+\.)\s+", re.MULTILINE), "\n\n"),
    (re.compile(r"[*_]{2}"), ""),
)
_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z\d])|\n\s*\n")


def prose(markdown: str) -> str:
    """The sentences of a page."""
    for pattern, stands in _LEFT_OUT:
        markdown = pattern.sub(stands, markdown)
    return markdown


def sentences(text: str) -> list[str]:
    """The sentences of a text, each on one line."""
    return [" ".join(s.split()) for s in _SENTENCE.split(text) if len(s.split()) > 2]


def report(pages: list[str]) -> Iterator[str]:
    """A line for each page, and one for each of its sentences that are too long."""
    yield "grade  words/sentence  sentences  page"
    for page in pages:
        found = sentences(prose((ROOT / page).read_text()))
        if not found:
            continue
        grade = textstat.automated_readability_index(" ".join(s.rstrip(".:") + "." for s in found))
        words = sum(len(s.split()) for s in found) / len(found)
        yield f"{grade:5.1f}{'!' if grade > LIMIT else ' '} {words:14.1f} {len(found):10} {page}"
        for s in found:
            if len(s.split()) > LONGEST:
                yield f"       {len(s.split())} words: {s[:100]} ..."


if __name__ == "__main__":
    print("\n".join(report(sys.argv[1:] or list(PAGES))))
