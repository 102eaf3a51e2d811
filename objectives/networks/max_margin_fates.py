r"""How the part of gradient descent on the logistic loss across the max-margin vector w ends, certified.

Write w_k = tau_k w + v_k, v_k orthogonal to w, and eta_k = h e^{-tau_k}/n. Then v_{k+1} = v_k - eta_k grad Psi(v_k), where Psi = n e^{tau_k} L is convex across and tends to the
potential Phi as tau_k grows.

trapped  v* minimizes Phi; on the ball of radius rho around it mu <= Psi'' <= M; |v_k - v*| <= rho, eta_k M <= 1 and |grad Psi(v*)| <= mu rho, now and for all larger tau: the ball is never
         left, and v_k -> v*.
drifts   some e orthogonal to w has <zeta_i, e> >= 0 for all support vectors, not always 0: v_k is unbounded.

Proofs: docs/logistic.md#along-the-max-margin-vector.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from objectives.functions.linear import solve
from objectives.functions.spectrum import largest_at_most
from objectives.networks.max_margin import Separated
from refute import (
    BadInput,
    Ball,
    Enclosed,
    Fate,
    Matrix,
    Mp,
    Scalar,
    Vec,
    as_fraction,
    digits,
    dot,
    exp,
    lift,
    maximum,
    norm,
    precision,
    sq,
    sqrt,
    total,
)

STEPS, BITS = 4096, 192


@dataclass(frozen=True)
class Bottom:
    """The potential's minimizer lies within `radius` of v, where Phi'' >= least on the vectors orthogonal to w."""

    v: Vec
    radius: Fraction
    least: Fraction


@dataclass(frozen=True)
class Trapped:
    """From this step on v_k stays in a ball around the potential's minimizer, and tends to it."""

    bottom: Bottom

    def __str__(self) -> str:
        at = ", ".join(f"{float(c):.6g}" for c in self.bottom.v)
        return f"trapped around the minimizer ({at}) of the potential"

    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        """mpmath's check of the minimizer's enclosure and of the trap."""
        here = start
        for _ in range(step):
            here = here - system.h * system.f.grad(here)
        return _encloses(system.f, self.bottom) and _trapped(system.f, system.h, self.bottom, here)

    def limit(self, system: Any, start: Vec, step: int) -> Vec:
        """The potential's minimizer, to any precision."""
        # The exact data, also where the system has been lifted into numbers that are not.
        exact = lift(vars(system.f).get("_lifted_from", (system.f,))[0], as_fraction)

        def enclosed(bits: int, i: int) -> Any:
            bottom = bottom_of(exact, bits)
            with precision(bits):
                return (Ball.of(bottom.v[i]) + Ball.hull(-bottom.radius, bottom.radius)).a

        def approximated(n: int, i: int) -> Mp:
            with digits(n):
                return Mp.of(bottom_of(exact, 4 * n).v[i])

        def coordinate(i: int) -> Enclosed:
            return Enclosed(lambda bits: enclosed(bits, i), lambda n: approximated(n, i))

        return Vec(tuple(coordinate(i) for i in range(exact.dim)))


@dataclass(frozen=True)
class Drifts:
    """The direction e along which the potential decreases for ever."""

    e: Vec

    def __str__(self) -> str:
        return f"the potential decreases for ever along ({', '.join(str(as_fraction(c)) for c in self.e)})"

    def confirmed(self, system: Any, start: Vec, step: int) -> bool:
        """mpmath's check of the products with e."""
        e = lift(lift(self.e, as_fraction), Mp.of)
        products = [dot(system.f.zetas[i], e) for i in system.f.support]
        return bool(dot(system.f.w, e) == 0) and all(p == 0 or p > 0 for p in products) and any(p > 0 for p in products)

    def limit(self, system: Any, start: Vec, step: int) -> None:
        """There is none."""


@dataclass(frozen=True)
class Across:
    """The sequence v_k of gradient descent on f with step h, from a start w_0: for claims about its limit."""

    f: Any
    h: Any

    def certified(self, start: Vec) -> Fate:
        """One of the fates of this file, or kind 'open'."""
        f, h, w0 = lift((self.f, self.h, start), as_fraction)
        if not h > 0:
            return Fate("open", None, None, None)
        for e in _directions(f):
            products = [dot(f.zetas[i], e) for i in f.support]
            if min(products) >= 0 and max(products) > 0:
                return Fate("own", False, None, False, 0, Drifts(e))
        try:
            bottom = bottom_of(f, BITS)
        except (BadInput, OverflowError):  # no one minimizer, or data beyond the floats that guess its curvature
            return Fate("open", None, None, None)
        with precision(BITS):
            system, x, step = lift(f, Ball.of), lift(w0, Ball.of), Ball.of(h)
            for k in range(STEPS + 1):
                if (k & (k - 1) == 0 or k % 256 == 0) and _trapped(system, step, bottom, x):
                    return Fate("own", True, True, True, k, Trapped(bottom))
                x = x - step * system.grad(x)
                if not all(c.a.is_finite() and float(c.a.rad()) < 1e-6 for c in x):
                    break
        return Fate("open", None, None, None)


def _directions(f: Separated) -> Iterator[Vec]:
    """The zeta_i and what is orthogonal to them and to w, with both signs: among them is a direction in which the potential decreases for
    ever, where there is one and d <= 3."""
    for i in f.support:
        z = f.zetas[i]
        yield from (z, -z)
        if f.dim == 3:
            turned = Vec(tuple(z[j - 2] * f.w[j - 1] - z[j - 1] * f.w[j - 2] for j in range(3)))
            yield from (turned, -turned)


def bottom_of(f: Separated, bits: int) -> Bottom:
    """The potential's minimizer to about `bits` bits, for rational data. Raises BadInput where it has none, or not just one."""
    v = Vec(tuple(Fraction(0) for _ in range(f.dim)))
    for _ in range(60 + bits.bit_length()):
        with precision(2 * bits):
            weights = [as_dyadic(exp(-Ball.of(dot(f.zetas[i], v)))) for i in f.support]
        slope = -total(e * f.zetas[i] for e, i in zip(weights, f.support, strict=True))
        step = Vec(tuple(row[0] for row in solve(_stiffened(f, weights), [[-c] for c in slope])))
        damp = min(Fraction(1), 1 / (1 + max(abs(dot(f.zetas[i], step)) for i in f.support)))
        if max(map(abs, step)) < Fraction(1, 2**bits):
            break
        v = f.across(_rounded(v + damp * step, 2 * bits))
    guess = np.linalg.eigvalsh([[float(e) for e in row] for row in _stiffened(f, weights)])[0]
    bottom = Bottom(v, Fraction(1, 2 ** (bits // 2)), Fraction(float(guess)) * Fraction(9, 10))
    with precision(2 * bits):
        if not guess > 0 or not _encloses(lift(f, Ball.of), bottom):
            raise BadInput("the potential of these points has no minimizer, or more than one")
    return bottom


def as_dyadic(x: Ball) -> Fraction:
    """The midpoint of a ball."""
    man, power = x.a.mid().man_exp()
    return Fraction(int(man)) * Fraction(2) ** int(power)


def _rounded(v: Vec, bits: int) -> Vec:
    return Vec(tuple(Fraction(round(c * 2**bits), 2**bits) for c in v))


def _stiffened(f: Any, weights: Sequence[Scalar]) -> Matrix:
    """Phi'' plus a multiple of w w^T that is at least as large as all of it."""
    pairs = [(e, f.zetas[i]) for e, i in zip(weights, f.support, strict=True)]
    scale = total(e * sq(z) for e, z in pairs) / sq(f.w)
    return tuple(
        tuple(total(e * z[p] * z[q] for e, z in pairs) + scale * f.w[p] * f.w[q] for q in range(f.dim))
        for p in range(f.dim)
    )


def _weights(f: Any, v: Vec) -> list[Scalar]:
    return [exp(-dot(f.zetas[i], v)) for i in f.support]


def _encloses(f: Any, b: Bottom) -> bool:
    """Whether |grad Phi(v)| <= e^{-radius R} least radius and Phi''(v) >= least across: then the minimizer is within the radius."""
    v = lift(b.v, type(f.w[0]).of)
    weights = _weights(f, v)
    slope = total(e * f.zetas[i] for e, i in zip(weights, f.support, strict=True))
    negative = tuple(tuple(-e for e in row) for row in _stiffened(f, weights))
    try:
        small = sq(slope) <= (exp(-b.radius * _reach(f)) * b.least * b.radius) ** 2
    except ArithmeticError:  # the balls are too wide to tell
        return False
    return bool(small) and largest_at_most(negative, -b.least).decide().truth is True


def _reach(f: Any) -> Scalar:
    """R, the length of the longest zeta_i of the support."""
    longest = norm(f.zetas[f.support[0]])
    for i in f.support[1:]:
        longest = maximum(longest, norm(f.zetas[i]))
    return longest


def _trapped(f: Any, h: Any, b: Bottom, here: Vec) -> bool:
    """The inequalities of the trap, at an iterate, in balls or in mpmath's numbers."""
    v, tau, reach = lift(b.v, type(here[0]).of), f.height(here), _reach(f)
    # At least 1/(4 reach): a smaller ball is harder to stay in.
    small, rho = exp(-tau), sqrt(sq(f.across(here) - v) + 1 / (4 * reach) ** 2) + b.radius
    # The ball around the minimizer lies in the ball of this radius around v.
    far = rho + b.radius
    pairs, grown = [(e, f.zetas[i]) for e, i in zip(_weights(f, v), f.support, strict=True)], exp(far * reach)
    M, rest, largest = 0 * rho, 0 * rho, 0 * rho
    for e, z in pairs:
        largest = maximum(largest, e)
        M, rest = M + e * grown * sq(z), rest + small * (e * exp(b.radius * norm(z))) ** 2 * norm(z)
    for i, m in enumerate(f.margins):
        if i not in f.support:
            e, size = exp((1 - m) * tau - dot(f.zetas[i], v)), norm(f.zetas[i])
            M, rest = M + e * exp(far * size) * size**2, rest + e * exp(b.radius * size) * size
    mu = b.least / (grown * (1 + small * largest * grown) ** 2)
    try:
        return bool(h * small * M <= len(f.rows)) and bool(rest <= mu * rho)
    except ArithmeticError:  # the balls are too wide to tell
        return False
