"""Numbers that a class is made with."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from refute import BadInput


def given(**numbers: Any) -> tuple[Fraction, ...]:
    """The numbers as rationals; raises BadInput for what is neither a whole number nor a Fraction."""
    for name, number in numbers.items():
        if type(number) not in (int, Fraction):
            raise BadInput(f"{name}={number!r} is no number: write a whole number or a Fraction")
    return tuple(map(Fraction, numbers.values()))
