"""A member of a class that is decided while a method asks: each answer is drawn among those that the class allows, extreme ones by preference.

An answer is exact, and consistent with all earlier ones: every condition of the class holds. What was asked is then the instance, a `Known` table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

from gmpy2 import mpq

from objectives.classes.equations import equations, other_end
from objectives.classes.known import Answer, Known
from objectives.classes.tabulated import TURNS
from objectives.functions.linear import basis, remainder
from objectives.functions.protocol import Minimum, refuse_step
from refute import BadInput, Claim, Scalar, Supposition, Vec, as_fraction, is_supposed, known, lift
from refute.errors import NotExact

ZERO, ONE, HALF = Fraction(0), Fraction(1), Fraction(1, 2)
# A direction is followed in so many halvings.
HALVINGS = 10
MPQ = type(mpq())
# A line search ends at one of these multiples of its directions.
SHARES = (-ONE, -HALF, ZERO, ONE, -2 * ONE)
# Of so many vectors that may be subgradients one is none.
DECLINES = 4


def _in_gmp(x: Vec, g: Vec, *values: Fraction) -> list[Answer]:
    """An answer with each of these values in rationals of GMP, in which conditions are decided several times as fast."""
    at, gradient = Vec(tuple(map(mpq, x))), Vec(tuple(map(mpq, g)))
    return [Answer(at, gradient, mpq(f)) for f in values]


def _number(c: Any) -> Any:
    return c if type(c) is MPQ else mpq(as_fraction(c))


class Adversary:
    """See the module. `choices` are the whole numbers by which it decides; used up, it takes what comes first."""

    def __init__(self, of: Any, dim: int, values: Mapping[str, Fraction], choices: tuple[int, ...]) -> None:
        self._of, self.dim, self._values = of, dim, dict(values)
        self._first, self._choices = choices, list(choices)[::-1]
        self._rows: list[Any] = []
        self._quick: list[Answer] = []
        self._proximal: list[bool] = []
        self._failed = self._asking = False
        # Whether some of its conditions are equations: of an operator, until the first answer shows none.
        self._has_equations = bool(of.operator)
        if of.minimizer:
            corner = self._next()
            at = Vec((Fraction(corner % 3 - 1),) + (ZERO,) * (dim - 1)) if corner > 40 else Vec((ZERO,) * dim)
            bounds = self._bounds(at, 0 * at)
            self._failed = bounds is None
            # 0 where it may be: a class of functions that are at least 1, say, has no such member.
            lo, hi = bounds or (None, None)
            value = max(lo or ZERO, ZERO) if hi is None else min(max(lo or ZERO, ZERO), hi)
            self._keep(at, 0 * at, value, True)

    @property
    def values(self) -> dict[str, Fraction]:
        """Its constants by name."""
        return dict(self._values)

    def with_constants(self, values: Mapping[str, Fraction]) -> Adversary:
        """One that has not been asked yet, with other constants."""
        return Adversary(self._of, self.dim, values, self._first)

    reach = None

    def __getattr__(self, name: str) -> Any:
        values = self.__dict__.get("_values", {})
        if name in values:
            return values[name]
        raise AttributeError(name)

    def _next(self) -> int:
        return self._choices.pop() if self._choices else 0

    def _keep(self, x: Vec, g: Vec, f: Fraction, proximal: bool) -> Any:
        self._rows.append(Answer(x, g, f))
        self._quick += _in_gmp(x, g, f)
        self._proximal.append(proximal)
        return self._rows[-1]

    def _bounds(self, x: Vec, g: Vec) -> tuple[Fraction | None, Fraction | None] | None:
        """The least and the largest value that goes with a gradient (None: any); None where none does. The conditions are linear in it."""
        # A function has one value at a point.
        here = None if self._of.operator else next((row.f for row in self._rows if row.x == x), None)
        lo = hi = None if here is None else mpq(here)
        for at_0, at_1 in self._asked(x, g):
            slope = at_1 - at_0
            if slope == 0:
                if at_0 < 0:
                    return None
            elif slope > 0:
                lo = -at_0 / slope if lo is None else max(lo, -at_0 / slope)
            else:
                hi = -at_0 / slope if hi is None else min(hi, -at_0 / slope)
        if lo is not None and hi is not None and lo > hi:
            return None
        return lo if lo is None else as_fraction(lo), hi if hi is None else as_fraction(hi)

    def _asked(self, x: Vec, g: Vec) -> Iterator[tuple[Any, Any]]:
        """The conditions on a new answer and each earlier one, where its value is 0 and where it is 1; the same twice for an operator."""
        c = self._of
        answers = _in_gmp(x, g, *((ZERO,) if c.operator else (ZERO, ONE, 2 * ONE)))
        kinds: list[Callable[[Any], Iterable[Any]]] = [lambda new: c.of_one(self, new)]
        if c.minimizer and self._quick:
            kinds.append(lambda new: c.beside_minimizer(self, new, self._quick[0]))
        kinds += (partial(self._beside, row) for row in self._quick)
        for kind in kinds:
            self._asking = True
            try:
                found = [[*map(_number, kind(new))] for new in answers]
            finally:
                self._asking = False
            if len(found) == 3 and any(b - a != d - b for a, b, d in zip(*found, strict=True)):
                raise BadInput(f"a condition of {c.name} is not linear in the value of a function")
            yield from zip(found[0], found[min(1, len(found) - 1)], strict=True)

    def _beside(self, row: Answer, new: Answer) -> Iterable[Any]:
        return (*self._of.of_two(self, new, row), *self._of.of_two(self, row, new))

    def _gradients(self, x: Vec, step: Fraction) -> Iterator[Vec]:
        """Gradients that may be possible at x - step g, first those that the choices say."""
        kind, turn, size = self._next(), self._next(), self._next()
        scale = next(iter(self._values.values()), ONE)
        cos, sin = TURNS[turn % len(TURNS)]
        own = (
            Vec((cos, sin, *(ZERO,) * (self.dim - 2))[: self.dim])
            * scale
            * (ONE, HALF, 2 * ONE, Fraction(1, 4))[size % 4]
        )
        earlier = [row.g for row in self._rows][::-1]
        if kind % 4 == 0:
            yield from earlier
        if self._of.operator and kind % 4 == 3:  # the identity, and what keeps some coordinates
            kept = 1 + size % self.dim
            yield Vec((*x.entries[:kept], *(ZERO,) * (self.dim - kept)))
        if self._of.operator and kind % 2 and earlier:  # what projections keep of x, and what they do not take
            yield x - remainder(x, basis(earlier))
            yield remainder(x, basis([row.x - row.g for row in self._rows]))
        yield own
        for row in reversed(self._rows):
            away = x - row.x
            for value in (*self._values.values(), ONE, HALF):
                # g = row.g + value (x - step g - row.x)
                yield (row.g + value * away) / (1 + step * value)
                if self.dim > 1:
                    yield row.g + value * Vec((-away[1], away[0], *away.entries[2:]))
        yield from earlier
        if step:  # a proximal point that was an answer before
            yield from ((x - row.x) / step for row in reversed(self._rows))
        for i, g in enumerate(earlier):
            for k in earlier[:i]:
                yield HALF * (g + k)
        yield 0 * x

    def _answer(self, x: Vec, step: Fraction | None) -> Any:
        """A possible answer at x, or at the proximal point x - step g."""

        def place(g: Vec) -> Vec:
            return x if step is None else x - step * g

        found = next(
            ((g, b) for g in self._gradients(x, step or ZERO) if (b := self._bounds(place(g), g)) is not None), None
        )
        if found is None:
            self._failed = True
            raise BadInput(f"no answer of a member of {self._of.name} was found")
        g, bounds = found
        if self._has_equations and self._next() % 4:
            equal = equations(lambda g: [c for c, _ in self._asked(place(g), g)], g)
            self._has_equations = bool(equal)
            other = other_end(equal, g, Vec(tuple(Fraction(self._next() % 7 - 3) for _ in range(self.dim))))
            if other is not None and (b := self._bounds(place(other), other)) is not None:
                g, bounds = other, b
        if self._next() % 3 == 0:  # as far as the class allows in a direction
            cos, sin = TURNS[self._next() % len(TURNS)]
            along, t, part = Vec((cos, sin, *(ZERO,) * (self.dim - 2))[: self.dim]), ZERO, ONE
            for _ in range(HALVINGS):
                further = g + (t + part) * along
                if (b := self._bounds(place(further), further)) is not None:
                    t, bounds = t + part, b
                else:
                    part /= 2
            g = g + t * along
        return self._keep(place(g), g, self._value(bounds), step is not None)

    def _value(self, bounds: tuple[Fraction | None, Fraction | None]) -> Fraction:
        """A value within bounds, as the choices say."""
        (lo, hi), which = bounds, self._next() % 3
        if lo is None or hi is None:
            return (lo if hi is None else hi) or ZERO
        return hi if which == 0 else lo if which == 1 else (lo + hi) / 2

    def _at(self, x: Vec, *, proximal: bool) -> Any:
        self._refuse_in_a_condition()
        x = self._exact(x)
        for row, own in zip(self._rows, self._proximal, strict=True):
            if row.x == x and (proximal or not own):
                return row
        return self._answer(x, None)

    def _refuse_in_a_condition(self) -> None:
        if self._asking:
            raise BadInput(f"a condition of {self._of.name} speaks of its answers alone, of the minimizer as `star`")

    def _exact(self, x: Any) -> Any:
        """Numbers as rationals; others have no exact answer."""
        try:
            return lift(x, as_fraction)
        except (BadInput, NotExact):
            self._failed = True
            raise

    def __call__(self, x: Vec) -> Any:
        return self._at(x, proximal=False).g if self._of.operator else self._at(x, proximal=True).f

    def grad(self, x: Vec) -> Vec:
        """A (sub)gradient at x, always the same one."""
        g: Vec = self._at(x, proximal=False).g
        return g

    def prox(self, step: Scalar, x: Vec) -> Vec:
        """The proximal point y: x - y is `step` times a subgradient at y. Raises BadInput for a step for which there need be none."""
        h, at = self._exact((step, x))
        refuse_step(h)
        share = self._of.below_1(self, h)
        if share is not None and not share < 1:
            raise BadInput(self._of.too_long(h))
        for row, own in zip(self._rows, self._proximal, strict=True):
            if own and row.x + h * row.g == at:
                y: Vec = row.x
                return y
        nearest: Vec = self._answer(at, h).x
        return nearest

    def rest_along(self, x: Vec, directions: Sequence[Vec], shares: Sequence[int]) -> Vec | None:
        """A point of x + span(directions) whose (sub)gradient, from now on, is orthogonal to them; None where none is found. `shares` are small numbers that choose it."""
        self._refuse_in_a_condition()
        x, *along = self._exact((x, *directions))
        across = basis(along)
        parts = (t * v for t, v in zip((SHARES[i % len(SHARES)] for i in shares), along, strict=True))
        y = x + sum(parts, 0 * x)
        if any(row.x == y for row in self._rows):
            return None
        for g in self._gradients(y, ZERO):
            level = remainder(g, across)
            if (bounds := self._bounds(y, level)) is not None:
                self._keep(y, level, self._value(bounds), False)
                return y
        return None

    def has_subgradient(self, x: Vec, s: Vec) -> Claim:
        """As a hypothesis: whether s can be a subgradient at x; where it is claimed it is one from now on, but for a few draws: a hypothesis may leave it open. In
        a conclusion: whether it is known to be one."""
        at, g = self._exact((x, s))
        if any(row.x == at and row.g == g for row in self._rows):
            return known(True)
        return Supposition(lambda: self._suppose(at, g)) if is_supposed() else known(None, "a subgradient, maybe")

    def _suppose(self, at: Vec, g: Vec) -> Claim:
        if any(row.x == at and row.g == g for row in self._rows):
            return known(True)
        bounds = self._bounds(at, g)
        if bounds is None or self._next() % DECLINES == DECLINES - 1:
            return known(False, "this is no subgradient")
        self._keep(at, g, self._value(bounds), True)
        return known(True)

    @property
    def minimum(self) -> Minimum | None:
        """At the minimizer, where the class has one."""
        self._refuse_in_a_condition()
        return Minimum(self._rows[0].f, self._rows[0].x) if self._of.minimizer else None

    def settled(self) -> Known | None:
        """What was asked, as a table; of a member that nobody asked a table of one answer. None where it had no answer."""
        if self._failed:
            return None
        if not self._rows:
            self._at(Vec((ZERO,) * self.dim), proximal=False)
        names = tuple(self._values)
        return Known(
            tuple(r.x for r in self._rows),
            tuple(r.g for r in self._rows),
            tuple(r.f for r in self._rows),
            names,
            tuple(self._values[n] for n in names),
            self._of.minimizer,
            tuple(self._proximal),
            self._of.operator,
        )
