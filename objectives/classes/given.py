"""Numbers that a class is made with."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from refute import BadInput, as_fraction
from refute.errors import NotExact


def given(**numbers: Any) -> tuple[Any, ...]:
    """The numbers as rationals; a parameter of a statement, which stands for all its values, as it is. Raises BadInput for what is no number, and for a float."""
    return tuple(number if is_parameter(number) else _rational(name, number) for name, number in numbers.items())


def _rational(name: str, number: Any) -> Fraction:
    try:
        if isinstance(number, bool):
            raise NotExact
        return as_fraction(number)
    except (NotExact, AttributeError, TypeError, ValueError):
        raise BadInput(f"{name}={number!r} is no number: write a whole number or a Fraction") from None


def is_parameter(number: Any) -> bool:
    """Whether it stands for all values of a variable."""
    return getattr(number, "is_parameter", False) is True


def refuse_unless(fine: Callable[[], bool], says: str, *numbers: Any) -> None:
    """Raise BadInput with the sentence where the numbers of a class are not fine. Of a parameter nothing is asked: for values that are not, a statement is about nothing."""
    if not any(map(is_parameter, numbers)) and not fine():
        raise BadInput(says)
