"""Numbers that a class is made with."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from refute import BadInput, as_fraction


def given(**numbers: Any) -> tuple[Fraction, ...]:
    """The numbers as rationals; raises BadInput for a float and for what is no number."""
    found = []
    for name, number in numbers.items():
        if isinstance(number, (float, bool, str)):
            raise BadInput(f"{name}={number!r}: a rational number is asked for, such as Fraction(1, 2)")
        try:
            found.append(as_fraction(number))
        except (TypeError, ValueError) as why:
            raise BadInput(f"{name}={number!r}: a rational number is asked for, such as Fraction(1, 2)") from why
    return tuple(found)
