"""The reflected operators that all number types share: 1 + x is x's own type of 1, plus x."""

from __future__ import annotations

from typing import Any, Self

from refute.errors import NotExact


def lifts_numbers(other: Any) -> bool:
    """Whether the other operand is the one that knows what to do: a vector, or a number with derivatives."""
    return hasattr(other, "entries") or getattr(other, "has_derivatives", False)


def under_derivatives(other: Any) -> Any:
    """The number that a comparison is about."""
    while getattr(other, "has_derivatives", False):
        other = other.v
    return other


class Reflected:
    """For classes with `of` (lift exact data) and the operators +, -, *, /."""

    __slots__ = ()

    @staticmethod
    def of(value: Any) -> Any:
        """Lift exact data into the number type."""
        raise TypeError(f"{value!r} is lifted by the number types only")

    def _no_whole_number(self, *digits: Any) -> Any:
        raise NotExact("math, int and round make floats or whole numbers of it: use the functions of refute")

    __floor__ = __ceil__ = __trunc__ = __round__ = __int__ = __index__ = _no_whole_number

    def __radd__(self, other: Any) -> Self:
        return self.of(other) + self  # type: ignore[no-any-return]

    def __rsub__(self, other: Any) -> Self:
        return self.of(other) - self  # type: ignore[no-any-return]

    def __rmul__(self, other: Any) -> Self:
        return self.of(other) * self  # type: ignore[no-any-return]

    def __rtruediv__(self, other: Any) -> Self:
        return self.of(other) / self  # type: ignore[no-any-return]
