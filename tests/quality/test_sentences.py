"""Each record is a sentence that can be read alone, and no other record has the same one."""

import re
from collections import Counter

from refute.running.check import known_theorems
from refute.safety.files import HOME
from refute.sources.files import bundled

RECORDS = [t for _, t in known_theorems([bundled()])]
# How a sentence begins that goes on from another one.
GOES_ON = re.compile(r"(Then|It|The same|And|So|But|Also|Moreover|This|These|They)\b")


def test_no_two_records_are_one_sentence() -> None:
    counted = Counter(" ".join(t.prose.split()) for t in RECORDS)
    assert [words for words, n in counted.items() if n > 1 or not words] == []


def test_no_record_goes_on_from_another_one() -> None:
    assert [t.id for t in RECORDS if GOES_ON.match(t.prose)] == []


def test_the_documents_name_no_record_that_is_not_there() -> None:
    known = {name for t in RECORDS for name in (t.source, t.label, t.reading, t.id, t.id.partition("/")[2])}
    known |= {"refute-climb"}  # a backend of Hypothesis
    named = re.compile(r"`([a-z][a-z0-9]*(?:-[a-z0-9]+)+(?::[a-z0-9-]+)?)`")
    pages = [p for p in (HOME / "docs").glob("*.md") if p.name not in ("reference.md", "commands.md", "glossary.md")]
    unknown = {(p.name, word) for p in pages for word in named.findall(p.read_text())} - {
        (p.name, word) for p in pages for word in known
    }
    assert sorted(unknown) == []


def test_the_readme_counts_the_records() -> None:
    for page in ("README.md", "docs/commands.md"):
        assert f" {len(RECORDS)}" in (HOME / page).read_text(), page
