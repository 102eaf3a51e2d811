"""The reference is that of the names that there are, and each of them says what it is."""

import re
from pathlib import Path

import objectives
import refute
from docs.reference.__main__ import page

ROOT = Path(__file__).resolve().parents[2]


def test_the_page_is_the_one_that_is_written() -> None:
    assert (ROOT / "docs" / "reference.md").read_text() == page(), "python -m docs.reference writes it"


def test_every_public_name_is_there_with_words() -> None:
    rows = re.findall(r"^\| `(\w+)` \| .* \| (.*) \|$", page(), re.MULTILINE)
    assert {name for name, _ in rows} == {*refute.__all__, *objectives.__all__}
    assert [name for name, words in rows if len(words) < 3] == []
