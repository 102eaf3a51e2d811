"""The reference is that of the names that there are, and each of them says what it is."""

import doctest
import re
from pathlib import Path

import pytest

import objectives
import refute
from docs.reference.__main__ import examples, page
from refute.running.check import known_theorems
from refute.sources.files import bundled

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_the_one_that_is_written() -> None:
    assert (ROOT / "docs" / "reference.md").read_text() == page(), "python -m docs.reference writes it"


def test_every_public_name_is_there_with_words() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", page(), re.MULTILINE)
    assert {name for name, _ in rows} == {*refute.__all__, *objectives.__all__}
    assert [name for name, words in rows if len(words) < 3] == []


EXAMPLES = examples()


@pytest.mark.parametrize("name", [name for name, text in EXAMPLES.items() if text.startswith(">>>") and name])
def test_every_example_prints_what_it_shows(name: str) -> None:
    session = doctest.DocTestParser().get_doctest(f"{EXAMPLES['']}\n{EXAMPLES[name]}\n", {}, name, None, None)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(session, out=said.append)
    assert not said, "".join(said)


def test_every_public_name_has_an_example_or_a_reason() -> None:
    assert set(EXAMPLES) - {""} == {*refute.__all__, *objectives.__all__}
    assert [
        name
        for name, text in EXAMPLES.items()
        if name and not re.search(rf"\b{name}\b", text) and text.startswith(">>>")
    ] == []
    assert sum(not text.startswith(">>>") for text in EXAMPLES.values()) < len(EXAMPLES) / 6


def test_records_beside_the_examples_of_pepit_exist() -> None:
    ids = {t.id for _, t in known_theorems([bundled()])}
    text = (ROOT / "docs" / "methods.md").read_text()
    rows = re.findall(r"^\| [\w/]+ \| `([^`]+)` \|$", text, re.MULTILINE)
    assert f" {len(rows)} of them have a record" in text
    assert [id_ for id_ in rows if id_ not in ids] == []
