"""Fingerprints of statements: layout and prose do not count, mathematics does."""

from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.statements.fingerprint import _parts, digest

SOURCE = '''
from fractions import Fraction
from refute import Claim, Given, Theorem, le, lt, positive

HALF = Fraction(1, 2)
Positive = Annotated[Fraction, positive()]
UNUSED = 7


def lemma(x: Positive, *, half: Fraction = HALF) -> Claim:
    """Half of it is smaller."""
    # a remark
    return le(half * x, x)


LEMMA = Theorem(lemma, source="s", label="lemma", given=(Given("small", lambda x: lt(x, 1)),))
'''


def mark(source: str) -> str:
    return digest(_parts(source, "lemma", "lemma", "printed", Path()))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    # a remark\n", ""),
        ("Half of it is smaller.", "Other prose."),
        ("UNUSED = 7", "UNUSED = 8"),
        ("le(half * x, x)", "le(\n        half * x,\n        x,\n    )"),
        ("Fraction(1, 2)", "Fraction(1,2)"),
    ],
)
def test_layout_prose_and_strangers_do_not_count(old: str, new: str) -> None:
    assert old in SOURCE
    assert mark(SOURCE.replace(old, new)) == mark(SOURCE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("le(half", "lt(half"),
        ("half * x, x", "half * x, -x"),
        ("Fraction(1, 2)", "Fraction(1, 3)"),
        ("positive()", "rationals()"),
        ("lt(x, 1)", "lt(x, 2)"),
        (
            "import Claim, Given, Theorem, le, lt, positive",
            "import Claim, Given, Theorem, lt, positive\nfrom other import le",
        ),
    ],
)
def test_mathematics_counts(old: str, new: str) -> None:
    assert old in SOURCE
    assert mark(SOURCE.replace(old, new)) != mark(SOURCE)


def test_a_statement_must_stand_at_the_top_of_its_file() -> None:
    with pytest.raises(BadInput, match="not defined at the top"):
        _parts(SOURCE, "other", "lemma", "printed", Path())
