"""Separable functions of R^d, unions of boxes X, and sets of starts that meet X with a large probability."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from objectives.classes.draws import Class, draw_piecewise
from objectives.encounters.draws import draw_dented, draw_marked_parabola, draw_staircase, start_sets, targets
from objectives.encounters.in_space import Separable, parts, preimages, smooth_off_boxes
from objectives.functions.piecewise import PiecewiseQuadratic
from objectives.functions.separable import SeparableSum
from refute import Boxes, Case, Claim, Domain, Draw, Intervals, Vec, choose, known

DIMENSIONS = (1, 2, 1, 2, 3)
# Of parts of x_* and of X that are far apart only a few steps of orbits are followed.
MOST_PIECES = 24


def separable_functions(*, minimizer: bool = False) -> Domain:
    """Piecewise quadratics of the line and separable sums of two or three; with a minimizer 0 where asked for."""

    def draw(d: Draw) -> Separable:
        n, *kinds = choose(d, len(DIMENSIONS), 4, 4, 4)
        dim = DIMENSIONS[n]
        if dim == 1 and kinds[1] == 3:
            return draw_dented(d, rises=minimizer)
        drawn = []
        for kind in kinds[:dim]:
            if kind == 3 and not minimizer:
                drawn.append(draw_piecewise(d, Class(dim=1)))
            else:
                drawn.append(draw_staircase(d) if kind == 2 else draw_marked_parabola(d))
        return drawn[0] if dim == 1 else SeparableSum(tuple(drawn))

    def member(f: Any) -> Claim:
        fits = isinstance(f, PiecewiseQuadratic) or (
            isinstance(f, SeparableSum) and all(isinstance(p, PiecewiseQuadratic) for p in f.parts)
        )
        return known(fits and (not minimizer or f.minimum is not None), "a separable function of the kind asked for")

    return Domain("separable piecewise quadratics", draw, member, (PiecewiseQuadratic, SeparableSum, Vec))


def box_targets(f: Separable) -> Domain:
    """Products of stretches between knots of the parts of f, one or two of them."""

    def draw(d: Draw) -> Boxes:
        (two,) = choose(d, 4)
        drawn = [tuple(targets(g).draw(d) for g in parts(f)) for _ in range(1 if two else 2)]
        return Boxes(tuple(drawn))

    # A separable function of more dimensions is as steep above and below a box as in it.
    matters = Case("L is smaller outside X", Fraction(1, 50), lambda X: f.dim == 1 and smooth_off_boxes(f, X) < f.L)
    return replace(_boxes("X, a union of boxes", f, draw), cases=(matters,))


def box_starts(f: Separable, X: Boxes, gamma: Fraction) -> Domain:
    """Unions of boxes to start in: those from which X is met within a few steps (of the line twelve) and no others, or any."""

    def draw(d: Draw) -> Boxes:
        kind, k = choose(d, 3, 13 if f.dim == 1 else 4)
        around = Boxes((tuple(start_sets(g).draw(d) for g in parts(f)),))
        if kind == 2:
            return around
        # What leads to X lies within a frame that grows with the steps.
        frame = Boxes((tuple(_wide(X.hull(i), k) for i in range(X.dim)),))
        found = [p for back in preimages(f, gamma, X, frame, k) for p in back]
        return Boxes(tuple(found)) if len(found) <= MOST_PIECES else around

    return _boxes("W, a union of boxes", f, draw)


def _wide(ends: tuple[Fraction, Fraction], k: int) -> Intervals:
    lo, hi = ends
    reach = (max(abs(lo), abs(hi)) + 1) * 2 ** (k + 1)
    return Intervals(((-reach, reach),))


def _boxes(name: str, f: Separable, draw: Callable[[Draw], Boxes]) -> Domain:
    def member(x: Any) -> Claim:
        fits = isinstance(x, Boxes) and x.dim == len(parts(f)) and all(i.parts for p in x.parts for i in p)
        return known(fits, f"a union of boxes of R^{len(parts(f))}")

    return Domain(name, draw, member, (Boxes, Intervals))
