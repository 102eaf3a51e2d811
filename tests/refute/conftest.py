"""A folder of theorems of one's own, as the tests of the outer layers need it."""

from pathlib import Path

import pytest

CONJECTURES = '''"""Two conjectures."""

from fractions import Fraction
from typing import Annotated

from refute import Claim, Mutant, Theorem, between, le, rationals

Real = Annotated[Fraction, rationals()]
Unit = Annotated[Fraction, between(0, 1)]


def amgm(x: Unit, y: Unit, *, c: Fraction = Fraction(1, 2)) -> Claim:
    """x y <= (x^2 + y^2)/2."""
    return le(x * y, c * (x**2 + y**2), unit=x * y)


ONES = {"x": Fraction(1), "y": Fraction(1)}

AMGM = Theorem(
    amgm, source="me", label="amgm", status="true", proof="(x - y)^2 >= 0", attained=(ONES,),
    mutants=(Mutant("0.495", {"c": Fraction(99, 200)}, killed_at=ONES),),
)


def squares_grow(x: Real) -> Claim:
    """x <= x^2."""
    return le(x, x**2)


SQUARES_GROW = Theorem(
    squares_grow, source="me", label="squares-grow", status="false", refuted_at={"x": Fraction(1, 2)}
)
'''


@pytest.fixture
def conjectures(tmp_path: Path) -> Path:
    """A file with one true and one false conjecture in an empty folder."""
    file = tmp_path / "conjectures.py"
    file.write_text(CONJECTURES)
    return file
