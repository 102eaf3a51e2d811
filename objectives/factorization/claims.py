"""Hypotheses that the theorems on (a - <x, y>)^2/2 share, as claims."""

from __future__ import annotations

from typing import Any

from objectives.factorization.never_lands import never_lands
from objectives.factorization.scalar import ScalarFactorization
from refute import Claim, Scalar, Vec, as_fraction, known, lt, ne

# Landings and reasons against them are looked for along so many steps in rationals.
STEPS = 4


def inside_ellipsoid(f: ScalarFactorization, h: Scalar, z: Vec) -> Claim:
    """w > 0: h (|x|^2 + |y|^2) + h^2 a (a - <x, y>) < 4."""
    return lt(0, f.inside(h, z))


def off_critical_step(f: ScalarFactorization, h: Scalar) -> Claim:
    """h |a| is not 1."""
    return ne(h * abs(f.a), 1)


def no_minimizer(f: ScalarFactorization, z: Vec) -> Claim:
    """z is no minimizer."""
    return ne(f.residual(z), 0)


def misses_minimizers(f: ScalarFactorization, h: Any, z: Vec) -> Claim:
    """No iterate is a minimizer, and none lies on the line x + y = 0 through the saddle (for a < 0: x = y)."""
    here = f.invariants(h, z).oriented()
    if not hasattr(here.r, "q"):
        return known(None, "asked of exact numbers only")
    for _ in range(STEPS):
        if any(c.q is None for c in (here.alpha, here.r, here.w)):
            break
        if here.r == 0 or here.P == 0 or (here.alpha == 0 and here.N == 0):
            return known(False, "an iterate is at rest or on the line through the saddle")
        if never_lands(*(as_fraction(c) for c in (here.alpha, here.r, here.w))):
            return known(True)
        here = here.after()
    return known(None, "whether an iterate is a minimizer is open")
