"""What a class asks of the answers of its members: inequalities, each a number that is at least 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NoReturn

from objectives.classes.known import Answer
from refute import BadInput

#: (member, answer, answer) or (member, answer) -> numbers that are at least 0. The member has the constants of the class as attributes.
Pair = Callable[[Any, Answer, Answer], Sequence[Any]]
One = Callable[[Any, Answer], Sequence[Any]]


class _NoValue:
    """The value of an operator, which has none."""

    def __init__(self, name: str) -> None:
        self._name = name

    def _refuse(self, *_: object) -> NoReturn:
        raise BadInput(
            f"{self._name}: a condition speaks of a.f, and an operator has no values; for the gradients of functions leave operator=True away"
        )

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __neg__ = __abs__ = __pow__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__ = __ne__ = __bool__ = __hash__ = _refuse


@dataclass(frozen=True)
class Conditions:
    """What a class asks: see `by_conditions` (declared.py)."""

    name: str
    pair: Pair | None
    one: One | None
    to_minimizer: Pair | None
    constants: tuple[str, ...]
    minimizer: bool
    operator: bool
    sufficient: bool
    everywhere: bool = False
    linear: bool = False
    #: Where members need not be convex: f + rho |x|^2/2 is, for this number, or the constant of this name.
    rho: Fraction | str | None = None

    def below_1(self, of: Any, step: Any) -> Any:
        """rho times the step of a proximal point, which exists where this is below 1; None for members that are convex, and for those of which no rho is known."""
        if self.rho is None:
            return None
        return step * (getattr(of, self.rho) if isinstance(self.rho, str) else self.rho)

    def too_long(self, step: Any) -> str:
        """What is said of a step for which there need be no proximal point."""
        assert self.rho is not None  # of convex functions no step is too long
        end = f"1/f.{self.rho}" if isinstance(self.rho, str) else str(1 / self.rho)
        return f"{self.name} need have no proximal point for a step of {end} or more, and {step} may be one: let the domain of the step end before, between(0, {end}, open=True)"

    def of_one(self, of: Any, a: Answer) -> Sequence[Any]:
        """What is asked of an answer."""
        return self._listed("one", self.one(of, self._seen(a))) if self.one else ()

    def of_two(self, of: Any, a: Answer, b: Answer) -> Sequence[Any]:
        """What is asked of two answers, in this order."""
        return self._listed("pair", self.pair(of, self._seen(a), self._seen(b))) if self.pair else ()

    def beside_minimizer(self, of: Any, a: Answer, star: Answer) -> Sequence[Any]:
        """What is asked of an answer beside the minimizer, where no function has a smaller value."""
        seen = (self._seen(a), self._seen(star))
        own = self._listed("to_minimizer", self.to_minimizer(of, *seen)) if self.to_minimizer else ()
        return own if self.operator else (*own, a.f - star.f)

    def _seen(self, a: Answer) -> Answer:
        """What a condition sees of an answer: of an operator no value."""
        return replace(a, f=_NoValue(self.name)) if self.operator else a

    def _listed(self, name: str, found: Any) -> Sequence[Any]:
        if not isinstance(found, (list, tuple)):
            raise BadInput(
                f"{self.name}: {name}= returns {type(found).__name__}, not a list of numbers that are at least 0"
            )
        return found

    def asked(self, of: Any, rows: Sequence[tuple[str, Answer]], star: Answer | None) -> Iterator[tuple[str, Any]]:
        """Every condition on these answers, with what it says; each number is at least 0."""
        for label, a in rows:
            for n, c in enumerate(self.of_one(of, a)):
                yield _says(f"at {label}", n), c
            for n, c in enumerate(self.beside_minimizer(of, a, star) if star is not None else ()):
                yield _says(f"at {label} and the minimizer", n), c
            for other, b in rows if self.pair else ():
                if a is not b:
                    for n, c in enumerate(self.of_two(of, a, b)):
                        yield _says(f"at {label} and {other}", n), c


def _says(where: str, n: int) -> str:
    return f"{where}, condition {n + 1}" if n else where
