r"""Gradient flow dx/dt = -grad f and its modified equations for quadratics, in closed form.

In the axes of f, around its rest point, gradient descent multiplies each coordinate by 1 - z at every step, z = h lambda, and
the flow by e^{-z} in the time h. The equation that gradient descent follows exactly has the rate -log(1 - z)/h = lambda (1 + z/2 +
z^2/3 + ...); modified equations are its truncations, the first of them the flow of f + (h/4) |grad f|^2.
"""

from __future__ import annotations

from fractions import Fraction

from objectives.functions.quadratic import Quadratic
from refute import Scalar, Vec, exp, total


def modes(f: Quadratic, x: Vec) -> list[tuple[Scalar, Scalar]]:
    """The eigenvalues, each with the coordinate of x along it, from the rest point."""
    away = f.from_rest(x)
    columns = zip(*f.Q, strict=True)
    return [
        (e, total(q * c for q, c in zip(column, away, strict=True)))
        for e, column in zip(f.eigenvalues, columns, strict=True)
    ]


def squared_distances(f: Quadratic, h: Scalar, x: Vec, k: int, terms: int) -> Scalar:
    """|x_k - x(kh)|^2 for the modified equation with this many correction terms (0: gradient flow)."""
    return total((((1 - h * e) ** k - exp(-k * series_rate(h * e, terms))) * c) ** 2 for e, c in modes(f, x))


def series_rate(z: Scalar, terms: int) -> Scalar:
    """z (1 + z/2 + ... + z^terms/(terms + 1)), the exponent for one step."""
    return total(z ** (j + 1) * Fraction(1, j + 1) for j in range(terms + 1))
