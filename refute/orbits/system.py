"""A discrete dynamical system x_{k+1} = T(x_k), as its orbits' certificates see it.

A map is a function: T itself, `lambda x: ...`, or an object whose `move(x)` is T(x) - x. Everything else that a `System`
offers is optional, and found by differentiation or not at all where it is not offered. What only a proof can show (that an orbit
stays on a line, what happens on a whole piece or ray, a factor for all pairs of points) is believed of the classes that came with refute
alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Protocol

from refute.errors import BadInput
from refute.numbers.ball import Ball
from refute.numbers.derivatives import derivative_of
from refute.numbers.functions import Scalar
from refute.numbers.lifting import closed
from refute.numbers.mp import Mp
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only
from refute.numbers.vector import Matrix, Vec, exact_point
from refute.statements.consistency import came_with_refute, holds_users_code


@dataclass(frozen=True)
class Piece:
    """An open interval (None: unbounded) on which T is x -> rest + multiplier (x - rest); its ends may belong to other pieces."""

    lo: Any
    hi: Any
    multiplier: Any
    rest: Any

    def __str__(self) -> str:
        return f"where T is affine, with multiplier {float(self.multiplier):.6g} around {float(self.rest):.6g}"


class Theory(Protocol):
    """A sequence x_k whose limits are known by a theory of its own alone."""

    def certified(self, start: Vec) -> Any:
        """A `Fate` of kind "own" (as `System.certified`), or of kind "open"."""


class Moving(Protocol):
    """A map of R^d by its displacement."""

    def move(self, x: Vec) -> Vec:
        """T(x) - x, in any arithmetic."""


class System(Protocol):
    """A map T of R^d. All but `move` is optional; a hook that is not there, or answers None, offers no certificate of its kind."""

    def move(self, x: Vec) -> Vec:
        """T(x) - x, in any arithmetic."""

    def certified(self, start: Vec) -> Any:
        """A `Fate` of kind "own", by a theory of this system: its data offers `confirmed(system, start, step)`, mpmath's
        check, and `limit(system, start, step)`, the limit of the orbit where there is one."""

    def derivative(self, box: Vec) -> Matrix | None:
        """Balls around the entries of T'(x) (where T has kinks: of its one-sided derivatives); by differentiation where it is not there."""

    def expansion(self) -> Scalar | None:
        """A factor r with |Tx - Ty| >= r |x - y| for all x and y."""

    def contraction(self) -> Scalar | None:
        """A factor q with |Tx - Ty| <= q |x - y| for all x and y."""

    def multipliers(self) -> Sequence[tuple[Vec, Scalar]] | None:
        """For affine T: d independent functionals l and factors m, l(Tx - Ty) = m l(x - y)."""

    def reduced(self, start: Vec) -> tuple[System, Vec] | None:
        """For an orbit that stays on a line: the map of the line, in an affine parameter of it."""

    def components(self) -> Sequence[System] | None:
        """For products of maps of the line: the maps."""

    def piece(self, x: Ball) -> Piece | None:
        """On the line: an interval around x on which T is affine with a rest point."""

    def outward(self, x: Ball, side: int) -> bool:
        """On the line: T moves every point from x on outwards, towards side * infinity."""

    def fades(self, side: int) -> bool:
        """On the line: T(y) - y tends to 0 as y tends to side * infinity."""


#: What a claim about limits is about: an object with `move`, one with a theory of its own, or a function T.
Mapping = Moving | Theory | Callable[[Vec], Any]
# What only a proof shows of a map.
_PROVED = ("components", "factor", "expansion", "contraction", "multipliers", "reduced", "piece", "outward", "fades")
_HOOKS = ("certified", "derivative", *(h for h in _PROVED if h != "factor"))


@dataclass(frozen=True)
class Map:
    """A function T, or an object with `move`, with every hook of a `System`."""

    of: Any

    @cached_property
    def strange(self) -> bool:
        """Whether code of a user is in it."""
        return holds_users_code(self.of)

    def move(self, x: Vec) -> Vec:
        """T(x) - x; raises BadInput where T(x) is no point of the same space."""
        if not hasattr(self.of, "move"):
            return self.image(x) - x
        if not self.strange:
            return self.of.move(x)  # type: ignore[no-any-return]
        with exact_only():
            moved = self.of.move(x)
        return _in_the_arithmetic_of(x, moved) if isinstance(moved, Vec) else moved

    def image(self, x: Vec) -> Vec:
        """T(x); raises BadInput where it is no point of the same space."""
        if hasattr(self.of, "move"):
            return x + self.move(x)
        with exact_only():
            y = self.of(x)
        if isinstance(y, (tuple, list)):
            y = Vec(tuple(y))
        y = _in_the_arithmetic_of(x, y) if isinstance(y, Vec) else y
        if not isinstance(y, Vec) or len(y) != len(x):
            what = f"a point of R^{len(y)}" if isinstance(y, Vec) else f"a {type(y).__name__}"
            raise BadInput(
                f"the map {_name(self.of)} takes a point of R^{len(x)} to {what}: return a Vec of {len(x)} entries"
            )
        return y

    def certified(self, start: Vec) -> Any:
        """What the map's own theory says, with its own check: of a stranger only where there is no map to compare it with."""
        if self.strange and (hasattr(self.of, "move") or callable(self.of)):
            return None
        if self.strange and came_with_refute(type(self.of)):
            from refute.orbits.fate import Fate

            return Fate(
                "open", None, None, None
            )  # a theory of ours is one of our functions, and not of a user's in its place
        return self._asked("certified", start)

    def derivative(self, box: Vec) -> Matrix | None:
        """T' by differentiation; what a stranger declares is compared with it, and does not count."""
        declared = getattr(self.of, "derivative", None)
        if declared is not None and not self.strange:
            mine: Matrix | None = declared(box)
            return mine
        return derivative_of(self, box)

    def components(self) -> Sequence[System] | None:
        """As the class says, if no code of a user is in it."""
        parts = self._asked("components")
        return None if parts is None else [as_system(p) for p in parts]

    def expansion(self) -> Any:
        """As the class says, if no code of a user is in it."""
        return self._asked("expansion")

    def contraction(self) -> Any:
        """As the class says, if no code of a user is in it."""
        return self._asked("contraction")

    def factor(self, box: Vec) -> Any:
        """As the class says, if no code of a user is in it (see `Factored`)."""
        return self._asked("factor", box)

    def multipliers(self) -> Any:
        """As the class says, if no code of a user is in it."""
        return self._asked("multipliers")

    def reduced(self, start: Vec) -> Any:
        """As the class says, if no code of a user is in it."""
        return self._asked("reduced", start)

    def piece(self, x: Ball) -> Any:
        """As the class says, if no code of a user is in it."""
        return self._asked("piece", x)

    def outward(self, x: Ball, side: int) -> bool:
        """As the class says, if no code of a user is in it."""
        return bool(self._asked("outward", x, side))

    def fades(self, side: int) -> bool:
        """As the class says, if no code of a user is in it."""
        return bool(self._asked("fades", side))

    def _asked(self, hook: str, *arguments: Any) -> Any:
        offered = getattr(self.of, hook, None)
        if offered is None or (hook in _PROVED and self.strange):
            return None
        return offered(*arguments)


def _in_the_arithmetic_of(x: Vec, y: Vec) -> Vec:
    """y, whose coordinates may be literal numbers, in the arithmetic of x."""
    kinds: tuple[Any, ...] = (Mp, Ball, Real)
    for kind in kinds:
        if any(type(c) is kind for c in x):
            return Vec(tuple(kind.of(c) if type(c) is Fraction else c for c in y))
    return exact_point(y)


def after(system: Any, x: Vec) -> Vec:
    """T(x): of a map that is given as a function without the detour over T(x) - x."""
    return system.image(x) if isinstance(system, Map) else x + system.move(x)


def as_system(thing: Any) -> Any:
    """A map with every hook; a class of ours that has them all stays as it is. Raises BadInput for what is no map."""
    complete = came_with_refute(type(thing)) and all(hasattr(thing, h) for h in _HOOKS)
    if isinstance(thing, Map) or (complete and not holds_users_code(thing)):
        return thing
    if not (hasattr(thing, "move") or hasattr(thing, "certified") or callable(thing)):
        raise BadInput(f"{thing!r} is no map: give a function of a point, or an object whose move(x) is T(x) - x")
    return Map(closed(thing))


def itself(system: Any) -> Any:
    """The object that was given as a map: its own theory is asked about it."""
    return system.of if isinstance(system, Map) else system


def _name(thing: Any) -> str:
    return getattr(thing, "__name__", type(thing).__name__)
