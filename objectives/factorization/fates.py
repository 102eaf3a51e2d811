r"""How gradient descent on (a - <x, y>)^2/2 ends, certified by its two invariant numbers (see invariants.py; alpha >= 0).

landed    r = 0: the orbit is at rest at a minimizer;
line      x + y = 0: the orbit stays on that line through the saddle 0, where it shrinks, flips or grows;
tube      |r| shrinks by a factor below 1 at every step from here on, so that the steps have a finite sum;
repelled  alpha > 1 or w <= 0: r cannot tend to 0 without being 0, and a prime or a modulus shows that it never is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from objectives.factorization.invariants import STEPS, Invariants, Tube, approached, iterate, tube
from objectives.factorization.never_lands import never_lands
from objectives.factorization.tubes import limit_of
from refute import Ball, Fate, Vec, as_fraction, lift, precision

# Steps in rationals, whose digits triple each time, and the precisions of the balls that follow them.
EXACT = 4
BITS = (64, 256, 1024, 4096)
# A ball this wide has lost its orbit.
WIDE = 1e-3


@dataclass(frozen=True)
class Landed:
    """An iterate is a minimizer."""

    def __str__(self) -> str:
        return "an iterate is a minimizer"

    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        """mpmath's check of r = 0."""
        return bool(_invariants(system, start, step).r == 0)

    def limit(self, system: Any, start: Vec, step: int) -> Vec:
        """The minimizer."""
        return iterate(system, start, step)


@dataclass(frozen=True)
class OnSaddleLine:
    """x + y = 0 (or a = 0 and x = y): 0 < r < 2 shrinks the point to 0, r = 2 flips it, r > 2 drives it to infinity."""

    does: Literal["shrinks to the saddle at 0", "has period 2", "grows at every step"]

    def __str__(self) -> str:
        return f"on the line x + y = 0 the orbit {self.does}"

    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        """mpmath's check that the iterate is on the line, and of r there."""
        here = _invariants(system, start, step)
        return _on_line(here) and _done_there(here) == self.does

    def limit(self, system: Any, start: Vec, step: int) -> Vec | None:
        """0, where it attracts the line."""
        return 0 * start if self.does.startswith("shrinks") else None


@dataclass(frozen=True)
class Shrinks:
    """A tube."""

    tube: Tube

    def __str__(self) -> str:
        return f"the residual shrinks by {float(self.tube.rate):.6g} at every step"

    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        """mpmath's check of the inequalities of the tube."""
        return tube(_invariants(system, start, step)) is not None

    def limit(self, system: Any, start: Vec, step: int) -> Vec:
        """The limit, to any precision: Reals, or mpmath's numbers for a start in these."""
        return limit_of(approached, system, start, widths=(2, 8), enough=float("inf"))


@dataclass(frozen=True)
class Repelled:
    """r never lands on 0, where alone it could stay, since alpha > 1 or w <= 0; `why` says how that is known."""

    where: Literal["for h a > 1", "outside the ellipse", "on the ellipse"]
    why: str

    def __str__(self) -> str:
        return f"{self.where} every minimizer repels, and no iterate is one: {self.why}"

    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        """mpmath's check that the iterate is where minimizers repel, and is none."""
        here = _invariants(system, start, step)
        return bool(here.r != 0) and _repels(here) == self.where

    def limit(self, system: Any, start: Vec, step: int) -> None:
        """There is none."""


@dataclass(frozen=True)
class Inside:
    """w >= 0 and alpha < 2: the orbit stays in an ellipsoid; nothing else is known."""

    def __str__(self) -> str:
        return "inside an invariant ellipsoid"

    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        """mpmath's check of w and of alpha."""
        here = _invariants(system, start, step)
        return bool(here.w >= 0) and bool(here.alpha < 2)

    def limit(self, system: Any, start: Vec, step: int) -> None:
        """It is not known."""


def factorization_fate(f: Any, h: Any, z: Vec) -> Fate | None:
    """The fate of the orbit of z, of rational data, with a step size h > 0; None where no certificate is found."""
    if not h > 0:
        return None
    here = f.invariants(h, z).oriented()
    for k in range(EXACT):
        if any(c.q is None for c in (here.alpha, here.r, here.w)):
            return None
        found = _exactly(here, k)
        if found is not None:
            return found
        here = here.after()
    if here.alpha > 1 or here.w <= 0:
        return None
    return _followed(here) or Fate("own", None, None, True, 0, Inside())


def _followed(here: Invariants) -> Fate | None:
    """The tube that an orbit inside the ellipsoid comes to: never for alpha = 1, where the rate tends to 1."""
    for bits in BITS if here.alpha < 1 else ():
        with precision(bits):
            there = lift(here, Ball.of)
            for k in range(STEPS):
                held = tube(there)
                if held is not None:
                    return Fate("own", True, True, True, EXACT + k, Shrinks(held))
                there = there.after()
                if not all(c.a.is_finite() and float(c.a.rad()) < WIDE for c in (there.r, there.w)):
                    break
            else:
                return None
    return None


def _exactly(here: Invariants, k: int) -> Fate | None:
    if here.r == 0:
        return Fate("own", True, True, True, k, Landed())
    if _on_line(here):
        does = _done_there(here)
        shrinks = does.startswith("shrinks")
        return Fate("own", shrinks, shrinks, not does.startswith("grows"), k, OnSaddleLine(does))
    where = _repels(here)
    if where is not None:
        why = never_lands(*(as_fraction(c) for c in (here.alpha, here.r, here.w)))
        bounded = None if here.alpha >= 2 else bool(here.w >= 0)
        return Fate("own", False, False, bounded, k, Repelled(where, why)) if why else None
    held = tube(lift(here, Ball.of))
    return None if held is None else Fate("own", True, True, True, k, Shrinks(held))


def _repels(here: Invariants) -> Literal["for h a > 1", "outside the ellipse", "on the ellipse"] | None:
    """Where every minimizer that an orbit could reach multiplies r by a factor beyond 1."""
    if here.alpha > 1:
        return "for h a > 1"
    if here.w == 0:
        return "on the ellipse"
    return "outside the ellipse" if here.w < 0 else None


def _on_line(here: Invariants) -> bool:
    return bool(here.P == 0) or (bool(here.alpha == 0) and bool(here.N == 0))


def _done_there(here: Invariants) -> Literal["shrinks to the saddle at 0", "has period 2", "grows at every step"]:
    """On x + y = 0, where r = alpha + N/4 and x - y is multiplied by 1 - r (mirrored for a = 0 and x = y)."""
    if here.P == here.N or abs(here.r) < 2:
        return "shrinks to the saddle at 0"
    return "has period 2" if abs(here.r) == 2 else "grows at every step"


def _invariants(system: Any, start: Vec, step: int) -> Invariants:
    found: Invariants = system.f.invariants(system.h, iterate(system, start, step)).oriented()
    return found
