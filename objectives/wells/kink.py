r"""Functions with a kink: f is one function in an open set M and another one elsewhere, continuous, and its
gradient jumps across the boundary of M, where it is taken from outside.

M = {gap < 0}. Three classes are of this kind, `WellOnLine`, `TwoWells` and `FannedWells`. Their M holds x_dagger, the minimizer of the
function in M, and not x_*, that of the other one, and all compute from their data mu_dagger, L_M, mu_star, L with

    <grad f(x), x - x_dagger> >= mu_dagger |x - x_dagger|^2,  |grad f(x)| <= L_M |x - x_dagger|   in M,
    <grad f(x), x - x_*> >= mu_star |x - x_*|^2,              |grad f(x)| <= L |x - x_*|          elsewhere,

and, with T(x) = x - h grad f(x),

    rho        a number with |x - x_dagger| <= rho in M;     diameter   one with |x - y| <= diameter in M;
    within     a radius of a ball around x_dagger in M;      clearance  one of a ball around x_* that misses M;
    landing(h) a number with |T(x) - x_*| <= landing(h) for x in M.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from refute import Ball, Batch, Matrix, Scalar, Undecided, Vec
from refute.errors import overlook


def kinked_gradient(gap: Scalar, here: Vec, there: Vec) -> Vec:
    """`here` where gap < 0, else `there`; over balls that touch the kink the hull of both."""
    if isinstance(gap, Batch):
        pairs = zip(here, there, strict=True)
        return Vec(tuple(Batch(np.where(gap.f < 0, Batch.of(a).f, Batch.of(b).f)) for a, b in pairs))
    try:
        return here if gap < 0 else there
    except Undecided as why:
        if not isinstance(gap, Ball):
            raise
        overlook(why)
        return Vec(tuple(Ball.hull(a, b) for a, b in zip(here, there, strict=True)))


def kinked_hessian(gap: Scalar, here: Any, there: Any) -> Matrix | None:
    """`here` where gap < 0, `there` where gap > 0; None over balls that touch the kink."""
    try:
        return here if gap < 0 else there if gap > 0 else None
    except Undecided as why:
        overlook(why)
        return None
