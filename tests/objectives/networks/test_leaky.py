"""Leaky rectifier networks: gradients, orthogonality, ranks, bad data."""

from fractions import Fraction

import pytest

from objectives.factorization import Chain
from objectives.functions.linear import determinant
from objectives.networks import LeakyNetwork, orthogonal_data, rank_at_most_two, summed
from refute import BadInput, Vec, lift, vec
from refute.numbers.real import Real

F = Fraction
NETWORK = LeakyNetwork((vec(1, 0, 0), vec(0, 2, 0)), (1, -1), (1, -1, 1), F(1, 2))
W = Vec(tuple(F(n, 7) for n in (1, -2, 3, 4, 5, -6, -7, 8, 9)))


def test_gradient() -> None:
    f, w = lift(NETWORK, Real.of), lift(W, Real.of)
    step = F(1, 10**7)
    for i, g in enumerate(f.grad(w)):
        e = vec(*(int(i == j) for j in range(9)))
        slope = float(f(lift(W + step * e, Real.of)) - f(w)) / 1e-7
        assert float(g) == pytest.approx(slope, abs=1e-6)
    # The kink counts as active.
    assert NETWORK.derivative(F(0)) == 1
    assert NETWORK.derivative(F(-1)) == NETWORK.slope == F(1, 4)


def test_orthogonality_and_rank() -> None:
    assert orthogonal_data(lift(NETWORK, Real.of)).decide().truth is True
    tilted = LeakyNetwork((vec(1, 0, 0), vec(1, 2, 0)), (1, -1), (1, -1, 1), F(1, 2))
    assert orthogonal_data(lift(tilted, Real.of)).decide().truth is False
    assert rank_at_most_two(NETWORK, lift(W, Real.of)).decide().truth is False
    flat = Vec((*W.entries[:6], *(a + b for a, b in zip(W.entries[:3], W.entries[3:6], strict=True))))
    assert rank_at_most_two(NETWORK, lift(flat, Real.of)).decide().truth is True
    assert summed(NETWORK, W) == vec(F(-10, 7), F(1, 7), F(18, 7))
    assert determinant([[F(2), F(1), F(0)], [F(0), F(3), F(1)], [F(1), F(0), F(1)]]) == 7


def test_bad_networks() -> None:
    with pytest.raises(BadInput, match="labels and signs that are 1 or -1"):
        LeakyNetwork((vec(1),), (2,), (1,), F(1, 2))
    for rows in ((), (vec(1), vec(1, 2))):
        with pytest.raises(BadInput, match="all of one dimension"):
            LeakyNetwork(rows, (1,) * len(rows), (1,), F(1, 2))
    with pytest.raises(BadInput, match="a root between 0 and 1"):
        LeakyNetwork((vec(1),), (1,), (1,), F(1))


def test_the_gradient_of_a_chain() -> None:
    f = Chain(F(6))
    assert f.grad(vec(1, 2, 4)) == vec(16, 8, 4)
    assert f.residual(vec(1, 2, 4)) == -2
