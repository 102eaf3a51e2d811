"""The reflected operators that all number types share: 1 + x is x's own type of 1, plus x."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Self

from refute.errors import NotExact, Undecided, nothing_swallowed

#: The name that modules of a user have beside their own, by which they look at each number that they use (see refute.sources.asked).
OF_A_USER = "__exact_number__"
#: And that by which they look at what they make text of.
WORDS_OF_A_USER = "__exact_words__"
#: While a body runs on what stands for all functions and points, of which nothing is made text.
ABSTRACT: ContextVar[bool] = ContextVar("abstract", default=False)
_EXACT_ONLY: ContextVar[bool] = ContextVar("exact_only", default=False)
_SYMBOLIC: ContextVar[bool] = ContextVar("symbolic", default=False)


class exact_only:  # noqa: N801  # used like a function; it stands around every step of an orbit
    """A block in which a stranger's code runs on boxes: a float of a box would be one of its points, and hide what happens at the others; so
    would a division by a box that holds 0, or a refusal, that its code catches."""

    __slots__ = ("before", "watch")

    def __enter__(self) -> None:
        self.before = _EXACT_ONLY.set(True)
        self.watch = nothing_swallowed()
        self.watch.__enter__()

    def __exit__(self, kind: Any, why: Any, trace: Any) -> None:
        _EXACT_ONLY.reset(self.before)
        self.watch.__exit__(kind, why, trace)


@contextmanager
def floats_may_guess() -> Iterator[None]:
    """While a constant of exact data is computed: floats may lead to what is certified afterwards, wherever the constant is asked for."""
    before = _EXACT_ONLY.set(False)
    try:
        yield
    finally:
        _EXACT_ONLY.reset(before)


@contextmanager
def symbolic() -> Iterator[None]:
    """While code runs on free variables, which stand for all numbers: nothing is divided by what may be 0 for some of them."""
    before = _SYMBOLIC.set(True)
    try:
        yield
    finally:
        _SYMBOLIC.reset(before)


_POLE = "it divides by what may be 0 for some of the numbers that it stands for"


def refuse_pole_in_a_box() -> None:
    """Raise Undecided where a stranger's code divides by a box that holds 0."""
    if _EXACT_ONLY.get():
        raise Undecided(_POLE)


def refuse_pole_of_variables() -> None:
    """Raise Undecided where code divides by an expression in free variables."""
    if _SYMBOLIC.get():
        raise Undecided(_POLE)


def floats_are_refused() -> bool:
    """Whether a stranger's code runs that decides a statement."""
    return _EXACT_ONLY.get()


def refuse_answer(says: str) -> None:
    """Raise NotExact, while a statement is decided, where Python would answer for an object a question that was asked of what it stands for."""
    if _EXACT_ONLY.get():
        raise NotExact(says)


def refuse_float() -> None:
    """Raise NotExact where a box may not become a float."""
    if _EXACT_ONLY.get():
        raise NotExact(
            "math and float make a rounded number of it: write refute's sqrt, exp, sin ..., and compare the number itself"
        )


def lifts_numbers(other: Any) -> bool:
    """Whether the other operand is the one that knows what to do: a vector, or a number with derivatives."""
    return hasattr(other, "entries") or has_derivatives(other)


def has_derivatives(other: Any) -> bool:
    """Whether the other operand carries derivatives: then it compares itself, since it knows what happens at a tie."""
    return bool(getattr(other, "has_derivatives", False))


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
