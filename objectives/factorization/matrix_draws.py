"""How matrix factorizations, their critical points and their minimizers are drawn."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

import numpy as np

from objectives.factorization.critical_points import CriticalPoint
from objectives.factorization.matrix import MatrixFactorization
from objectives.functions.quadratic import cayley
from objectives.functions.spectrum import largest_at_most
from refute import (
    Case,
    Claim,
    Domain,
    Draw,
    Matrix,
    Scalar,
    Vec,
    both,
    choose,
    dot,
    eq,
    known,
    lt,
    points,
    positive,
    reject,
)

SHAPES = ((1, 1, 1), (2, 2, 1), (2, 2, 2), (2, 3, 1), (3, 2, 2), (2, 2, 3), (3, 3, 2))
# Squares, so that balanced minimizers are rational.
VALUES = tuple(Fraction(p, q) ** 2 for p, q in ((1, 1), (1, 1), (2, 1), (1, 2), (3, 1), (0, 1), (1, 10), (3, 2)))


def matrix_factorizations(*, square: bool = False, attained: bool = False) -> Domain:
    """|A - X Y^T|^2/2 for every real A (`square`: of as many rows as columns; `attained`: with at least as many columns of X and
    Y, and A regular), drawn up to 3 x 3."""
    shapes = tuple(s for s in SHAPES if (s[0] == s[1] or not square) and (s[2] >= s[0] or not attained))

    def draw(d: Draw) -> MatrixFactorization:
        # A draw of its own, so that shrinking finds the smallest shape.
        n, m, k = shapes[choose(d, len(shapes))[0]]
        turned, *rest = choose(d, 2, *(len(VALUES),) * 3, *(5,) * 6)
        values = sorted((VALUES[i] or Fraction(int(attained)) for i in rest[: min(n, m)]), reverse=True)
        skew = [Fraction(e - 2, 2) * turned for e in rest[3:]]
        left, right = skew[: n * (n - 1) // 2], skew[3 : 3 + m * (m - 1) // 2]
        return MatrixFactorization(n, m, k, tuple(values), tuple(left), tuple(right))

    share = Fraction(1, 20)
    cases = (
        Case("A is singular", share, lambda f: f.values[-1] == 0),
        Case("d is below the rank", share, lambda f: f.d < sum(v > 0 for v in f.values)),
        Case("d is above the rank", share, lambda f: f.d > sum(v > 0 for v in f.values)),
        Case("turned", share, lambda f: any(f.left)),
    )
    return Domain(
        "matrix factorizations",
        draw,
        lambda f: known(
            bool((f.n == f.m or not square) and not (attained and (f.d < f.n or f.values[-1] == 0))), "such an A"
        ),
        (MatrixFactorization,),
        cases=() if attained else cases,
    )


def critical_points(f: MatrixFactorization) -> Domain:
    """Points where grad f = 0, in the normal form of critical_points.py, drawn for every set of singular values."""

    def draw(d: Draw) -> CriticalPoint:
        subset, spare, *entries = choose(d, 16, 4, *(7,) * f.d**2)
        kept = tuple(i for i in range(len(f.values)) if subset >> i & 1)[: f.d]
        return CriticalPoint(kept, _invertible(entries, f.d), Fraction(spare, 2))

    def member(c: CriticalPoint) -> Claim:
        return eq(f.grad(c.at(f)), 0 * c.at(f))

    cases = (Case("no minimizer", Fraction(1, 5), lambda c: c.downhill(f) is not None),)
    return Domain("critical points", draw, member, (CriticalPoint,), cases=cases)


def minimizers(f: MatrixFactorization) -> Domain:
    """Points where f is least, in the normal form of critical_points.py, drawn on many scales, half of them balanced but for the scale of all columns
    but the first, or of the first two, which takes from one what it gives to the other."""
    balanced = balanced_minimizers(f)

    def draw(d: Draw) -> CriticalPoint:
        kind, *entries = choose(d, 4, *(7,) * f.d**2)
        if kind > 1:
            return CriticalPoint(_largest(f), _invertible(entries, f.d), Fraction(0))
        p: CriticalPoint = balanced.draw(d)
        powers = [Fraction(2) ** ((e - 3) // 2) for e in entries]
        scales = (powers[0], 1 / powers[0], *[Fraction(1)] * f.d) if kind else (Fraction(1), *powers)
        rows = tuple(tuple(s * e for e in row) for s, row in zip(scales, p.G, strict=False))
        return CriticalPoint(p.kept, rows, Fraction(0))

    return Domain("minimizers", draw, lambda c: eq(f(c.at(f)), f.minimum.value), (CriticalPoint,))


def balanced_minimizers(f: MatrixFactorization) -> Domain:
    """The minimizers with X^T X = Y^T Y."""

    def draw(d: Draw) -> CriticalPoint:
        entries = f.d * (f.d - 1) // 2
        turn = cayley([Fraction(e - 2, 2) for e in choose(d, *(5,) * entries)] if entries else [], f.d)
        kept = tuple(i for i in _largest(f) if f.values[i])
        roots = [_root(f.values[i]) for i in kept] + [Fraction(1)] * (f.d - len(kept))
        return CriticalPoint(
            kept, tuple(tuple(e / r for e in row) for r, row in zip(roots, turn, strict=True)), Fraction(0)
        )

    def member(c: CriticalPoint) -> Claim:
        X, Y = f.split(c.at(f))
        return both(minimizer=eq(f(c.at(f)), f.minimum.value), balanced=eq(_gram(X), _gram(Y)))

    return Domain("balanced minimizers", draw, member, (CriticalPoint,))


def stable_steps(f: MatrixFactorization, p: CriticalPoint) -> Domain:
    """The h > 0 with h lambda_max <= 2 for the Hessian at p, drawn close to the largest."""

    def draw(d: Draw) -> Fraction:
        H = np.array([[float(e) for e in row] for row in f.hessian(p.at(f))])
        top = Fraction(float(np.linalg.eigvalsh(H)[-1])).limit_denominator(10**6)
        (i,) = choose(d, 33)
        if not top > 0:
            return Fraction(i + 1)
        if i < 16 and largest_at_most(f.hessian(p.at(f)), top).decide().truth:
            return 2 / top
        return 2 / (top * (1 + Fraction(1, 2 ** (i // 2 + 3))) + Fraction(1, 10**6))

    def member(h: Scalar) -> Claim:
        return both(positive=lt(0, h), stable=largest_at_most(f.hessian(p.at(f)), 2 / h))

    return Domain("steps that the minimizer does not repel", draw, member)


def levels(f: MatrixFactorization, p: CriticalPoint) -> Domain:
    """The c > 0, drawn within a 32nd of the largest eigenvalue of the Hessian at p."""

    def draw(d: Draw) -> Fraction:
        H = np.array([[float(e) for e in row] for row in f.hessian(p.at(f))])
        near = Fraction(float(np.linalg.eigvalsh(H)[-1])).limit_denominator(1000)
        side, j = choose(d, 2, 8)
        return max(near, Fraction(1, 1000)) * (1 + Fraction((-1) ** side, 2 ** (j + 5)))

    line = positive()
    return Domain(line.name, draw, line.member)


def creeping_steps(f: MatrixFactorization, p: CriticalPoint) -> Domain:
    """The h > 0 with h lambda_max <= 2 for the Hessian at p, drawn from half of the largest up to a 32nd below it, where
    no direction is slower than a 12th."""
    stable = stable_steps(f, p)

    def draw(d: Draw) -> Fraction:
        H = np.array([[float(e) for e in row] for row in f.hessian(p.at(f))])
        top = Fraction(float(np.linalg.eigvalsh(H)[-1])).limit_denominator(1000) + Fraction(1, 1000)
        h = (2 - Fraction(1, 2 ** choose(d, 5)[0])) / top
        X, Y = (np.array([[float(e) for e in row] for row in m]) for m in f.split(p.at(f)))
        slowest = np.linalg.eigvalsh(X @ X.T)[0] + np.linalg.eigvalsh(Y @ Y.T)[0]
        # A budget of steps decides no slower orbits.
        return h if float(h) * slowest > 1 / 12 else reject()

    return Domain("steps that the minimizer does not repel, drawn where it attracts", draw, stable.member)


def starts_close_to(f: MatrixFactorization, p: CriticalPoint) -> Domain:
    """R^((n + m) d), drawn as p with one coordinate moved by 2^-13 to 2^-22."""
    anywhere = points(f.dim)

    def draw(d: Draw) -> Vec:
        i, j = choose(d, f.dim, 10)
        return p.at(f) + Vec(tuple(Fraction(int(k == i), 2 ** (22 - j)) for k in range(f.dim)))

    return Domain(anywhere.name, draw, anywhere.member, (Vec,), dim=anywhere.dim)


def _gram(X: Matrix) -> Vec:
    columns = list(zip(*X, strict=True))
    return Vec(tuple(dot(p, q) for p in columns for q in columns))


def _largest(f: MatrixFactorization) -> tuple[int, ...]:
    return tuple(range(min(f.d, len(f.values))))


def _root(q: Fraction) -> Fraction:
    return Fraction(isqrt(q.numerator), isqrt(q.denominator))


def _invertible(entries: list[int], d: int) -> tuple[tuple[Fraction, ...], ...]:
    """Lower triangular, as unbalanced as its diagonal is."""

    def entry(i: int, j: int) -> Fraction:
        e = Fraction(entries[i * d + j] - 3, 2)
        return Fraction(0) if j > i else e if j < i else e or Fraction(4)

    return tuple(tuple(entry(i, j) for j in range(d)) for i in range(d))
