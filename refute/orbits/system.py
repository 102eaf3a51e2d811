"""What a discrete dynamical system x_{k+1} = T(x_k) offers to the certificates of its orbits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from refute.numbers.ball import Ball
from refute.numbers.functions import Scalar
from refute.numbers.vector import Matrix, Vec


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


class System(Protocol):
    """A map T of R^d. Every hook may answer None: it then offers no certificate of its kind."""

    def certified(self, start: Vec) -> Any:
        """A `Fate` of kind "own", by a theory of this system: its data offers `confirmed(system, start, step)`, mpmath's
        check, and `limit(system, start, step)`, the limit of the orbit where there is one."""

    def move(self, x: Vec) -> Vec:
        """T(x) - x, in any arithmetic."""

    def derivative(self, box: Vec) -> Matrix | None:
        """Balls around the entries of T'(x) (where T has kinks: of its one-sided derivatives)."""

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
