r"""The global minimum of a sum of ridge functions of the line, certified.

1. A float search proposes a minimizer x; on an interval I around it f'' > 0 and f' changes sign, so
   I contains exactly one critical point p, the minimizer of f on I.
2. Beyond R on either side every term is at least a bound that exceeds f(p) in sum (`_floor`).
3. [-R, R] without I is covered by intervals on which f' has no zero, or on which f exceeds f(p) by
   its mean-value enclosure; a minimum of f there would be critical, or at an end of I or at +-R.

Where one of the steps fails (two minima of equal value, a degenerate one, no minimum at all) the
answer is None, and f is absent from the domains of theorems that need a minimum.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

import numpy as np
from flint import arb, fmpq, fmpq_poly

from objectives.functions.protocol import Minimum
from refute import Ball, Batch, Enclosed, Mp, Vec, as_fraction, digits, lift, precision

BITS = 64
MAX_BOXES = 1500
# Minimizers with denominators up to this one are recognized.
SIMPLE = 1000
# Terms that are rational where their argument is 0, as their slopes are.
AT_CENTRE = ("cos", "log_cosh", "huber")


def on_the_line(f: Any) -> Minimum | None:
    """The minimum of f, or None where it is not certified to exist."""
    if all(t.phi == "huber" for t in f.terms) and f.as_piecewise is not None:
        of_pieces: Minimum | None = f.as_piecewise.minimum
        return of_pieces
    guess = _guess(f)
    if guess is None:
        return None
    with precision(BITS):
        g = lift(f, Ball.of)
        held = _isolated(g, guess)
        if held is None or not _is_global(g, *held):
            return None
    lo, hi = held
    middle = (lo + hi) / 2
    exactly = _at_a_simple_rational(f, guess, lo, hi)
    if exactly is not None:
        return exactly
    return Minimum(Enclosed(lambda bits: _value(f, lo, hi, bits), lambda n: _digits(f, middle, n)), None)


def _at_a_simple_rational(f: Any, guess: Fraction, lo: Fraction, hi: Fraction) -> Minimum | None:
    """The minimum where its minimizer is a rational of small denominator, at which f and f' are rational, since terms are so or are at their centres: values there are compared with
    it exactly."""
    p = guess.limit_denominator(SIMPLE)
    at = Vec((p,))
    exact = all(t.phi == "rational" or (t.phi in AT_CENTRE and t.a[0] * p + t.b == 0) for t in f.terms)
    if not lo < p < hi or not exact or f.grad(at)[0] != 0:
        return None
    return Minimum(as_fraction(f(at)), at)


def _guess(f: Any) -> Fraction | None:
    centres = [float(-t.b / t.a[0]) for t in f.terms if t.a[0]]
    if not centres:
        return None
    widths = [8.0 / abs(float(t.a[0])) for t in f.terms if t.a[0]]
    lo = min(c - w for c, w in zip(centres, widths, strict=True))
    hi = max(c + w for c, w in zip(centres, widths, strict=True))
    fine = [np.linspace(c - w, c + w, 65) for c, w in zip(centres, widths, strict=True)]
    grid = np.unique(np.concatenate([np.linspace(lo, hi, 257), *fine]))
    g = lift(f, Batch.of)
    with np.errstate(all="ignore"):
        for _ in range(4):
            i = int(np.argmin(g(Vec((Batch(grid),))).f))
            a, b = grid[max(i - 1, 0)], grid[min(i + 1, len(grid) - 1)]
            grid = np.linspace(a, b, 65)
    x = float(grid[len(grid) // 2])
    with precision(BITS):
        ball = lift(f, Ball.of)
        for _ in range(6):
            at = Vec((Ball.of(Fraction(x)),))
            change = float(ball.grad(at)[0]) / (float(ball.hessian(at)[0][0]) or np.inf)
            if not np.isfinite(change):
                return None
            x -= change
            if abs(change) < 1e-12 * (1 + abs(x)):
                break
    return Fraction(x) if np.isfinite(x) else None


def _isolated(f: Any, x: Fraction) -> tuple[Fraction, Fraction] | None:
    """Rational ends around x between which f'' > 0 and f' goes from negative to positive."""
    for j in (3, 6, 10, 15, 20):
        r = Fraction(1, 2**j) * (1 + abs(x))
        lo, hi = (Vec((Ball.of(e),)) for e in (x - r, x + r))
        box = Vec((Ball.hull(lo[0], hi[0]),))
        if f.hessian(box)[0][0].a > 0 and f.grad(lo)[0].a < 0 and f.grad(hi)[0].a > 0:
            return x - r, x + r
    return None


def _is_global(f: Any, lo: Fraction, hi: Fraction) -> bool:
    top = f(Vec((Ball.of((lo + hi) / 2),))).a.upper()
    reach = None
    for j in range(2, 24):
        r = arb(2) ** j
        if r > abs(arb(fmpq(lo.numerator, lo.denominator))) and all(
            _sum_of_floors(f, r, side) > top for side in (1, -1)
        ):
            reach = r
            break
    if reach is None:
        return False
    left, right = Ball.of(lo).a, Ball.of(hi).a
    boxes = [(-reach, left.upper()), (right.lower(), reach)]
    for _ in range(MAX_BOXES):
        if not boxes:
            return True
        a, b = boxes.pop()
        if _has_no_better(f, a, b, top):
            continue
        m = ((a + b) / 2).mid()
        boxes += [(a, m), (m, b)]
    return False


def _has_no_better(f: Any, a: arb, b: arb, top: arb) -> bool:
    box = Ball(a.union(b))
    slope = f.grad(Vec((box,)))[0].a
    if slope > 0 or slope < 0:
        return True
    m = Ball(box.a.mid())
    value = f(Vec((m,))).a + slope * (box.a - m.a)
    return bool(value > top)


def _sum_of_floors(f: Any, r: arb, side: int) -> arb:
    floors = [_floor(t, r, side) for t in f.terms]
    return sum((v for v in floors if v is not None), arb(0)) if None not in floors else arb("-inf")


def _floor(t: Any, r: arb, side: int) -> arb | None:
    """A lower bound of the term on the ray from side * r outwards; None where there is none.

    The profiles other than cos are monotone on either side of t = 0.
    """
    c, a = Ball.of(t.c).a, Ball.of(t.a[0]).a
    at = a * side * r + Ball.of(t.b).a
    rising = a * side > 0
    outer = bool((at > 0) if rising else (at < 0))
    value = Ball.of(t.profile.value(Ball(at))).a
    if t.phi == "cos":
        return -abs(c)
    if t.phi == "rational":
        return arb(0) if c > 0 else (c * value if outer else c)
    if t.phi == "softplus":
        if c > 0:
            return c * value if rising else arb(0)
        return None if rising else c * value
    if c > 0:
        return c * value if outer else arb(0)
    return None


def _value(f: Any, lo: Fraction, hi: Fraction, bits: int) -> arb:
    """f at its minimizer, by interval Newton steps from the isolating interval."""
    with precision(bits + 32):
        g = lift(f, Ball.of)
        x = Ball.hull(lo, hi).a
        for _ in range(64):
            m = arb(x.mid())
            newton = m - g.grad(Vec((Ball(m),)))[0].a / g.hessian(Vec((Ball(x),)))[0][0].a
            if not newton.is_finite():
                break
            smaller = x.intersection(newton)
            if not smaller.rad() < x.rad() / 2:
                break
            x = smaller
        middle = Ball(arb(x.mid()))
        # f'(p) = 0 makes the mean-value form quadratically close.
        slope = g.grad(Vec((Ball(x),)))[0].a
        return arb(g(Vec((middle,))).a + slope * (x - middle.a))


def _digits(f: Any, start: Fraction, n: int) -> Mp:
    """f at its minimizer in mpmath, by secant steps on f'."""
    with digits(n + 15):
        g = lift(f, Mp.of)
        x, before = Mp.of(start), Mp.of(start) + Mp.of(Fraction(1, 2**24))
        slope_before = g.grad(Vec((before,)))[0]
        for _ in range(n):
            slope = g.grad(Vec((x,)))[0]
            if slope == slope_before or slope == 0:
                break
            x, before, slope_before = x - slope * (x - before) / (slope - slope_before), x, slope
        return Mp.of(g(Vec((x,))))


def falls_beyond(f: Any, x: Ball, side: int) -> bool:
    """Whether side * f'(y) < 0 for every y from x on: by the signs of the terms, all fixed there.

    The rational terms are taken together: over their common denominator their sum is a polynomial,
    and after the shift to the start of the ray all its coefficients have one sign.
    """
    data = [v for t in f.terms for v in (t.c, t.a[0], t.b)]
    if not x.a.is_finite() or any(getattr(v, "q", v) is None for v in data):
        return False
    start = x.a.lower() if side > 0 else x.a.upper()
    strict = False
    rational = []
    for t in f.terms:
        c, a = Ball.of(t.c).a, Ball.of(t.a[0]).a
        if c == 0 or a == 0:
            continue
        if t.phi == "rational":
            rational.append(t)
            continue
        if t.phi == "cos":
            return False
        if t.phi != "softplus" and not (a * start + Ball.of(t.b).a) * side * a > 0:
            return False
        # The sign of f' there: that of c a for softplus, of c a t otherwise, and t has that of a side.
        downhill = (side * c * a < 0) if t.phi == "softplus" else (c < 0)
        if not downhill:
            return False
        strict = True
    if not rational:
        return strict
    trend = _rational_trend(rational, start, side)
    return trend == "decreases" or (trend == "is zero" and strict)


def _rational_trend(terms: list[Any], start: arb, side: int) -> Literal["decreases", "is zero", "unknown"]:
    """What the coefficients show of the terms' sum beyond `start`."""
    man, exp = start.mid().man_exp()
    at = fmpq(int(man)) * fmpq(2) ** int(exp)
    arguments = [fmpq_poly([_q(t.a[0]) * at + _q(t.b), _q(t.a[0]) * side]) for t in terms]
    squares = [1 + p * p for p in arguments]
    numerator = fmpq_poly([0])
    for i, (t, p) in enumerate(zip(terms, arguments, strict=True)):
        product = fmpq_poly([-2 * _q(t.c) * _q(t.a[0]) * side]) * p
        for j, s in enumerate(squares):
            if j != i:
                product = product * s * s
        numerator = numerator + product
    coefficients = numerator.coeffs()
    if not coefficients:
        return "is zero"
    return "decreases" if all(c <= 0 for c in coefficients) and coefficients[0] < 0 else "unknown"


def _q(x: Any) -> fmpq:
    q = x if isinstance(x, Fraction) else x.q
    return fmpq(int(q.numerator), int(q.denominator))
