"""On the line: the starts in a well whose orbit has come close to x_*, as a union of intervals, exactly."""

from __future__ import annotations

from itertools import pairwise

from objectives.wells.on_line import WellOnLine
from refute import Intervals, Scalar, Vec, first_meetings, maximum, preimage


def captured(f: WellOnLine, h: Scalar, K: int) -> Intervals:
    """The x_0 in M with |x_k - x_*| < clearance for some k <= K, up to finitely many points."""
    x, c = f.x_star[0], f.clearance
    # All iterates of points of M lie here, as far as those outside M approach x_*.
    reach = maximum(f.landing(h), maximum(abs(f.lo - x), abs(f.hi - x)))
    pieces = _map_pieces(f, h, x - reach, x + reach)
    well = Intervals(((f.lo, f.hi),))
    return first_meetings(Intervals(((x - c, x + c),)), well, K, lambda image: preimage(image, pieces))


def _map_pieces(f: WellOnLine, h: Scalar, lo: Scalar, hi: Scalar) -> list[tuple[Scalar, Scalar, Scalar, Scalar]]:
    """x -> x - h f'(x) on [lo, hi], as affine pieces; at an end of M each side has its own piece."""
    cuts = sorted([lo, hi, f.lo, f.bottom, f.hi, *(t for t in f.outer.knots if lo < t and t < hi)])
    pieces = []
    for a, b in pairwise(cuts):
        if a == b:
            continue
        g = f.well if f.lo <= a and b <= f.hi else f.outer
        start, stop = (p - h * g.grad(Vec((p,)))[0] for p in (a, b))
        pieces.append((a, b, (stop - start) / (b - a), start))
    return pieces
