"""The page on readings agrees with the records, and its evidence is theirs."""

import re

import pytest

from docs.evidence import PAGE, page


def test_the_page_is_the_one_that_is_written() -> None:
    text = PAGE.read_text()
    assert text == page(text), "python -m docs.evidence writes it"
    assert "tried only" not in text


def test_a_verdict_or_a_record_that_is_none_is_seen() -> None:
    text = PAGE.read_text()
    with pytest.raises(ValueError, match="has the status false, and the page says holds"):
        page(text.replace("| `theorem-2.4` | refuted |", "| `theorem-2.4` | holds |"))
    with pytest.raises(KeyError, match=r"no record is called theorem-2\.5"):
        page(text.replace("`theorem-2.4` |", "`theorem-2.5` |"))
    with pytest.raises(KeyError, match="no record"):
        page(re.sub(r"`critical-step`", "`critical-stepp`", text))
