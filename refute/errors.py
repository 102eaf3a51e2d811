"""The few ways in which refute says no; each message is one sentence that a user can act on.

`Undecided`, `NotExact` and `NotLinear` are refusals: a box or a formula has no one answer, and says so. Code of a user that catches one and goes on would
hide what happens at some of the points; `nothing_swallowed` finds that out.
"""

from __future__ import annotations

from contextvars import ContextVar
from fractions import Fraction
from math import isfinite
from typing import Any

# The refusals that were raised in the innermost block that watches, as far as nobody of ours has answered them.
_HEARD: ContextVar[list[Exception] | None] = ContextVar("heard", default=None)


class Undecided(ArithmeticError):
    """A comparison that the highest allowed precision leaves open."""

    def __init__(self, *says: object) -> None:
        super().__init__(*says)
        _note(self)


class NotExact(TypeError):
    """A float, or anything else that is not exact data, met one of our numbers."""

    def __init__(self, *says: object) -> None:
        super().__init__(*says)
        _note(self)


class NotLinear(TypeError):
    """A body did with an abstract point or value what is not linear in inner products and values: it branched, multiplied, took a coordinate."""

    def __init__(self, *says: object) -> None:
        super().__init__(*says)
        _note(self)


def not_exact(value: Any) -> NotExact:
    """The refusal of a value that is no number of a statement, and what to write for it."""
    kind = type(value).__name__
    if isinstance(value, float):  # numpy's float64 is one
        q = Fraction(repr(float(value))) if isfinite(value) else None
        short = q is not None and len(str(q.denominator)) <= 7
        write = f"write Fraction({q.numerator}, {q.denominator})" if q is not None and short else "write Fraction(p, q)"
        return NotExact(
            f"{float(value)!r} is a float, a rounded number: {write}, Fraction(n, 2) for n / 2, and refute's sqrt, exp, sin ... for those of math and numpy"
        )
    if hasattr(value, "entries"):
        return NotExact(
            f"a point of R^{len(value.entries)} where a number belongs: write sq(x), norm(x) or a coordinate x[0], and vec(t) for a number t where a point belongs"
        )
    if isinstance(value, (tuple, list)):
        return NotExact(f"a {kind} where a number belongs: a point is vec(0, 1)")
    if value is None:
        return NotExact("None where a number belongs: a function without return answers None")
    if type(value).__module__ == "numpy":
        return NotExact(f"numpy's {kind} is rounded: write refute's vec, dot, sq, total, sqrt, exp, sin ...")
    return NotExact(f"{value!r} ({kind}) is not exact data: use integers, Fractions and what is made of them")


def not_an_exponent(n: object) -> NotExact:
    """The refusal of a power that is no whole one."""
    return NotExact(f"the exponent {n} is not an integer: write sqrt(x) for x^(1/2), exp(q * log(x)) for x^q")


def _note(refusal: Exception) -> None:
    heard = _HEARD.get()
    if heard is not None:
        heard.append(refusal)


def overlook(refusal: Exception) -> None:
    """Said by our own code that catches a refusal and has another answer to the same question."""
    heard = _HEARD.get()
    if heard is not None and refusal in heard:
        del heard[heard.index(refusal) :]


class nothing_swallowed:  # noqa: N801  # used like a function; it stands around every step of an orbit
    """A block that runs a user's code; raises Undecided at its end where a refusal was raised in it, and did not leave it."""

    __slots__ = ("around", "heard", "token")

    def __enter__(self) -> None:
        self.heard: list[Exception] = []
        self.around = _HEARD.get()
        self.token = _HEARD.set(self.heard)

    def __exit__(self, kind: Any, why: Any, trace: Any) -> None:
        _HEARD.reset(self.token)
        if why is not None:
            if self.around is not None:
                self.around.extend(self.heard)
        elif self.heard:
            raise Undecided(
                f"it catches an exception that says {str(self.heard[0])!r}, and goes on: catch no more than a line needs"
            )


class CannotBatch(TypeError):
    """A body branched on a whole batch of floats; such a theorem is searched without batches."""


class BadInput(ValueError):
    """What the user gave cannot be used: what was wrong, where, and what to do."""


class NoAnswer(BadInput):
    """An element that is decided while a statement asks it had no answer: such a draw is none."""


class NoRationalPoint(NoAnswer):
    """It was asked at a point that is not rational, where no table can answer: instances of this kind are not decided, whatever the other draws say."""


class NoElement(BadInput):
    """A domain of nothing: an error where it stands by itself, and no instance where the values of other variables leave nothing."""


class OutsideDomain(BadInput):
    """An instance that violates a hypothesis of its theorem; `says` is the hypothesis, `evidence` what decided it."""

    def __init__(self, message: str, says: str = "", evidence: object = None) -> None:
        super().__init__(message)
        self.says = says
        self.evidence = evidence
