"""Matrix factorizations: derivatives, critical points, sharpness."""

from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from objectives import GD, largest_above, largest_at_least, largest_at_most
from objectives.factorization import (
    ActivatedFactorization,
    CriticalPoint,
    MatrixFactorization,
    balanced_minimizers,
    critical_points,
    matrix_factorizations,
    minimizers,
)
from refute import BadInput, Domain, Matrix, Vec, lift, vec
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.orbits.fate import fate
from refute.orbits.replay import confirmed

ONE, ZERO, HALF = Fraction(1), Fraction(0), Fraction(1, 2)
TALL = MatrixFactorization(3, 2, 2, (Fraction(4), ONE), (HALF, ZERO, ONE), (HALF,))


Pair = tuple[MatrixFactorization, CriticalPoint]


def drawn(domain: Callable[[MatrixFactorization], Domain], n: int = 25) -> list[Pair]:
    """n pairs of a factorization and an element of `domain(f)`."""
    found: list[Pair] = []

    @settings(max_examples=n, database=None, derandomize=True)
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        f = matrix_factorizations().draw(data.draw)
        found.append((f, domain(f).draw(data.draw)))

    collect()
    return found


def point(f: MatrixFactorization) -> Vec:
    rng = np.random.default_rng(5)
    return vec(*(Fraction(int(n), 4) for n in rng.integers(-8, 9, f.dim)))


def floats(m: Matrix) -> NDArray[np.float64]:
    return np.array([[float(e) for e in row] for row in m])


def test_bad_data_is_refused() -> None:
    with pytest.raises(BadInput, match=r"min\(n, m\) values"):
        MatrixFactorization(2, 2, 1, (ONE,), (ZERO,), (ZERO,))
    with pytest.raises(BadInput, match="from the largest down"):
        MatrixFactorization(2, 2, 1, (ONE, Fraction(2)), (ZERO,), (ZERO,))
    with pytest.raises(BadInput, match="at most d different"):
        CriticalPoint((0, 0), ((ONE, ZERO), (ZERO, ONE)), ZERO)
    with pytest.raises(BadInput, match="singular"):
        CriticalPoint((0,), ((ZERO,),), ZERO)
    with pytest.raises(BadInput, match="numbered from 0"):
        CriticalPoint((-1,), ((ONE,),), ZERO)
    with pytest.raises(BadInput, match="square matrix"):
        CriticalPoint((0,), ((ONE, ZERO),), ZERO)
    with pytest.raises(BadInput, match="another factorization"):
        CriticalPoint((0,), ((ONE,),), ZERO).at(TALL)
    with pytest.raises(BadInput, match="square A"):
        TALL.imbalance(point(TALL))
    with pytest.raises(BadInput, match="rows of one length"):
        ActivatedFactorization(((ONE,),), ((ONE, ONE),), ZERO)
    with pytest.raises(BadInput, match="below 1"):
        ActivatedFactorization(((ONE,),), ((ONE,),), ONE)


def test_the_matrix_has_its_singular_values() -> None:
    assert np.linalg.svd(floats(TALL.A), compute_uv=False) == pytest.approx([4, 1])


def test_gradient_curvature_and_hessian_agree() -> None:
    z = point(TALL)
    H = floats(TALL.hessian(z))
    step = Fraction(1, 10**5)
    for i in range(TALL.dim):
        e = vec(*(int(i == j) for j in range(TALL.dim)))
        slope = float(TALL(z + step * e) - TALL(z - step * e)) / 2e-5
        assert slope == pytest.approx(float(TALL.grad(z)[i]), abs=1e-6)
        change = [float(p - q) / 2e-5 for p, q in zip(TALL.grad(z + step * e), TALL.grad(z - step * e), strict=True)]
        assert np.allclose(change, H[i], atol=1e-6)
        assert float(TALL.curvature(z, e)) == H[i][i]
    direction = point(TALL) + vec(*range(TALL.dim))
    along = np.array([float(c) for c in direction])
    assert float(TALL.curvature(z, direction)) == pytest.approx(along @ H @ along)


def test_the_least_value_is_that_of_eckart_and_young() -> None:
    for f, p in drawn(minimizers):
        assert f(p.at(f)) == f.minimum.value == sum(v**2 for v in f.values[f.d :]) / 2


def test_critical_points_are_critical_and_fall_downhill() -> None:
    falling = 0
    for f, p in drawn(critical_points, 60):
        z, direction = p.at(f), p.downhill(f)
        assert f.grad(z) == 0 * z
        if direction is None:
            assert f(z) == f.minimum.value
            continue
        falling += 1
        assert any(f(z + t * direction) < f(z) for t in (HALF**k for k in range(2, 30, 3)))
    assert falling > 10


def test_balanced_minimizers_are_flat_as_numpy_sees_them() -> None:
    for f, p in drawn(balanced_minimizers):
        top = np.linalg.eigvalsh(floats(f.hessian(p.at(f))))[-1]
        assert top == pytest.approx(2 * float(f.values[0]), abs=1e-9)


def test_bounds_of_eigenvalues() -> None:
    H = ((Fraction(2), ONE), (ONE, Fraction(2)))
    for c, at_most, at_least in ((Fraction(3), True, True), (Fraction(4), True, False), (Fraction(5, 2), False, True)):
        assert largest_at_most(H, c).decide().truth is at_most
        assert largest_at_least(H, c).decide().truth is at_least
        assert largest_above(H, c).decide().truth is not at_most
    assert largest_at_most(((ZERO, ONE), (ONE, ZERO)), ZERO).decide().truth is False


def test_the_rectifier_is_applied_to_y_only() -> None:
    f = ActivatedFactorization(((ONE, -ONE),), ((ONE, -ONE),), HALF)
    assert f.A == ((ONE + HALF,),)
    assert f(f.minimizer) == 0
    assert f(vec(1, 1, 1, 1)) == HALF * (2 - Fraction(3, 2)) ** 2


PAIR = MatrixFactorization(2, 2, 2, (Fraction(2), ONE), (HALF,), (Fraction(1, 3),))
START = vec(1, HALF, Fraction(-1, 4), 1, HALF, 0, Fraction(1, 4), Fraction(3, 2))


def test_runs_that_converge_are_certified_with_their_limit() -> None:
    h = Fraction(1, 4)
    system, start = lift(GD(PAIR, h), Real.of), lift(START, Real.of)
    found = fate(system, start)
    assert (found.kind, found.converges) == ("own", True)
    with digits(60):
        assert confirmed(lift(GD(PAIR, h), Mp.of), lift(START, Mp.of), found) is True
    limit = found.data.limit(system, start, found.step)
    x, y = np.array([[float(e) for e in START.entries[i : i + 2]] for i in range(0, 8, 2)]).reshape(2, 2, 2)
    A = floats(PAIR.A)
    for _ in range(2000):
        r = A - x @ y.T
        x, y = x + 0.25 * r @ y, y + 0.25 * r.T @ x
    assert [float(c) for c in limit] == pytest.approx([*x.ravel(), *y.ravel()], abs=1e-8)


def test_runs_without_a_certificate_stay_open() -> None:
    for f, h in ((PAIR, Fraction(3)), (PAIR, Fraction(-1)), (TALL, Fraction(1, 100))):
        z = point(f)
        assert fate(lift(GD(f, h), Real.of), lift(z, Real.of)).kind == ("own" if f is TALL else "open")
    rank_one = MatrixFactorization(2, 2, 1, (Fraction(2), ONE), (HALF,), (ZERO,))
    assert fate(lift(GD(rank_one, HALF), Real.of), lift(point(rank_one), Real.of)).kind == "open"


def test_a_start_elsewhere_is_not_in_the_tube() -> None:
    system = lift(GD(PAIR, Fraction(1, 4)), Real.of)
    found = fate(system, lift(START, Real.of))
    with digits(60):
        assert confirmed(lift(GD(PAIR, Fraction(1, 4)), Mp.of), lift(5 * START, Mp.of), found) is False


def test_the_bound_of_unbalanced_minimizers_counts_the_larger_side() -> None:
    """A = (1, 0)^T, X = I, Y = (1, 0): sharpness 2, and (sqrt 2 - 1)^2 + 2 > 2, so that min(n, m, d) would be too small."""
    f = MatrixFactorization(2, 1, 2, (ONE,), (ZERO,), ())
    z = vec(1, 0, 0, 1, 1, 0)
    assert f(z) == 0
    assert f.grad(z) == 0 * z
    assert largest_at_most(f.hessian(z), Fraction(2)).decide().truth is True
    X, Y = f.norms(z)
    gap = float(X) + float(Y) - 2 * (float(X) * float(Y)) ** 0.5
    assert gap + 2 > 2
    assert (gap + 2) / min(max(f.n, f.m), f.d) < 2
