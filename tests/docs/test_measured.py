"""The tables of the page on experiments are those of the recorded runs."""

from docs.measured import PAGE, RECORDS, page
from refute.sources.files import is_theorem_file


def test_the_tables_are_those_that_are_written() -> None:
    text = PAGE.read_text()
    assert text == page(text), "python -m docs.measured writes them"


def test_every_record_has_its_table() -> None:
    text = PAGE.read_text()
    files = [p.stem for p in RECORDS.glob("*.py") if is_theorem_file(p)]
    assert len(files) == 6
    for name in files:
        assert f"<!-- measured: {name} -->" in text
