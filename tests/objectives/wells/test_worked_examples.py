"""The worked examples, and the piecewise polynomials that they are made of."""

from fractions import Fraction

import numpy as np
import pytest

from objectives import PiecewisePolynomial
from objectives.wells import example_1d, example_2d
from refute import BadInput, Ball, Batch, Vec, lift, vec
from refute.numbers.real import Real

ZERO, ONE = Fraction(0), Fraction(1)


def printed_1d(x: float) -> float:
    u = x - 2.5
    if 2 <= x <= 3:
        return -1600 * u**5 - 2000 * u**4 + 800 * u**3 + 1020 * u**2
    if 8.4 <= x <= 8.40001:
        return 1411.2 * (1 - 1e4 * (x - 8.4))
    if 8.40001 < x < 8.59999:
        return 0.0
    if 8.59999 <= x <= 8.6:
        return 1479.2 * (1e4 * (x - 8.6) + 1)
    return 20 * x**2


def relu(t: float) -> float:
    return max(t, 0.0)


def test_the_printed_functions_are_those_of_the_source() -> None:
    f, g = example_1d(10**4), example_2d(mended=False)
    for x in (-1.3, 0.0, 2.2, 2.5, 2.9, 5.0, 8.400004, 8.5, 8.599996, 9.0):
        assert float(lift(f, Real.of)(vec(Fraction(x)))) == pytest.approx(printed_1d(x), rel=1e-9, abs=1e-9)
    for x, y in ((0.5, 3.0), (1.25, 15.0), (-1.5, 1.5), (1.75, -1.1), (2.5, 1.5)):
        bump = relu(abs(x) - 1) * relu(abs(y) - 1) * relu(2 - abs(x)) * relu(2 - abs(x))
        assert float(lift(g, Real.of)(vec(Fraction(x), Fraction(y)))) == pytest.approx(x**2 + y**2 - 200 * bump)


@pytest.mark.parametrize("at", [(0.3, 0.2), (1.4, 1.7), (-1.3, 1.2), (1.5, -1.5), (3.0, 1.5)])
def test_gradient_and_hessian_are_derivatives(at: tuple[float, float]) -> None:
    f = example_2d(mended=True)
    x = vec(*map(Fraction, at))
    eps = Fraction(1, 10**6)
    grad = lift(f, Real.of).grad(lift(x, Real.of))
    hessian = lift(f, Ball.of).hessian(lift(x, Ball.of))
    assert hessian is not None
    for i in range(2):
        step = vec(*(eps if j == i else ZERO for j in range(2)))
        rise = (f(x + step) - f(x - step)) / (2 * eps)
        assert float(grad[i]) == pytest.approx(float(rise), abs=1e-6)
        for j in range(2):
            bend = (f.grad(x + step)[j] - f.grad(x - step)[j]) / (2 * eps)
            assert float(hessian[i][j]) == pytest.approx(float(bend), abs=1e-4)


def test_boxes_at_a_kink_have_no_hessian() -> None:
    f = lift(example_2d(mended=True), Ball.of)
    wide = Ball.hull(Fraction(9, 10), Fraction(11, 10))
    assert f.hessian(Vec((wide, Ball.of(Fraction(3, 2))))) is None
    assert f.hessian(Vec((wide, Ball.of(Fraction(1, 2))))) is not None
    assert lift(example_1d(10**5), Ball.of).hessian(Vec((Ball.hull(Fraction(8), Fraction(9)),))) is None


def test_jumps_are_found_and_batches_agree() -> None:
    assert example_1d(10**4).jumps == (Fraction(840001, 10**5), Fraction(859999, 10**5))
    assert example_1d(10**5).jumps == ()
    f = example_1d(10**5)
    grid = np.array([-1.0, 2.25, 3.5, 8.5])
    values = lift(f, Batch.of)(Vec((Batch(grid),))).f
    assert values == pytest.approx([float(lift(f, Real.of)(vec(Fraction(x)))) for x in grid])


def test_pieces_are_affine_maps() -> None:
    f = example_1d(10**5)
    piece = f.piece(Ball.of(Fraction(1)), Fraction(1, 50))
    assert piece is not None
    assert (piece.lo, piece.hi, piece.multiplier, piece.rest) == (None, 2, Fraction(1, 5), 0)
    assert f.piece(Ball.of(Fraction(5, 2)), Fraction(1, 50)) is None
    assert f.piece(Ball.of(Fraction(17, 2)), Fraction(1, 50)) is None


def test_bad_piecewise_polynomials_are_refused() -> None:
    with pytest.raises(BadInput, match="one row"):
        PiecewisePolynomial((ZERO,), ((ZERO, ONE),))
    with pytest.raises(BadInput, match="must increase"):
        PiecewisePolynomial((ONE, ZERO), ((ZERO, ONE),) * 3)
