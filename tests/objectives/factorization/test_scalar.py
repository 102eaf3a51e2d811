"""The scalar factorization: constants, the theory of its orbits and their certificates."""

import random
from fractions import Fraction

import numpy as np
import pytest

from objectives import GD, gradient_step
from objectives.factorization import Diagonal, ScalarFactorization, misses_minimizers, toy
from objectives.factorization.fates import Landed, OnSaddleLine, Repelled, Shrinks
from objectives.factorization.invariants import Invariants, tube
from objectives.factorization.never_lands import never_lands, order, prime_factors
from refute import BadInput, Fate, Vec, converges, lift, log, vec
from refute.numbers.mp import Mp, digits
from refute.numbers.real import Real
from refute.orbits.fate import fate
from refute.orbits.replay import confirmed

HALF, NINE = Fraction(1, 2), Fraction(9, 10)


def certified(f: ScalarFactorization, h: Fraction, z: Vec) -> Fate:
    return fate(lift(GD(f, h), Real.of), lift(z, Real.of))


def test_a_factorization_needs_entries() -> None:
    with pytest.raises(BadInput, match="at least one entry"):
        ScalarFactorization(Fraction(1), 0)


def test_gradient_hessian_and_spectral_radius_agree_with_numpy() -> None:
    rng = np.random.default_rng(3)
    for d in (1, 2, 3):
        f = ScalarFactorization(Fraction(3, 2), d)
        z = vec(*(Fraction(int(n), 8) for n in rng.integers(-16, 17, 2 * d)))
        second = np.array([[float(e) for e in row] for row in f.hessian(z)])
        step = Fraction(1, 10**6)
        for i in range(2 * d):
            e = vec(*(int(i == j) for j in range(2 * d)))
            slope = [
                (float(p) - float(q)) / 2e-6 for p, q in zip(f.grad(z + step * e), f.grad(z - step * e), strict=True)
            ]
            assert np.allclose(slope, second[i], atol=1e-4)
            assert abs(float(f(z + step * e) - f(z - step * e)) / 2e-6 - float(f.grad(z)[i])) < 1e-5
        largest = np.max(np.abs(np.linalg.eigvalsh(second)))
        assert float(f.spectral_radius(lift(z, Real.of))) == pytest.approx(largest)


def test_the_minimum_is_attained() -> None:
    f = ScalarFactorization(Fraction(-2), 3)
    assert f.minimum.at is not None
    assert f(f.minimum.at) == f.minimum.value == 0


def test_one_step_changes_the_invariants_as_stated_for_vectors() -> None:
    f, h, z = ScalarFactorization(Fraction(2, 3), 2), Fraction(2, 7), vec(1, HALF, -2, Fraction(3, 4))
    assert f.invariants(h, gradient_step(f, h, z)) == f.invariants(h, z).after()


def test_the_function_that_rises_rises() -> None:
    f, h, z = toy(), Fraction(1, 3), vec(2, Fraction(1, 5))
    here = f.invariants(h, lift(z, Real.of))

    def height(i: Invariants) -> object:
        return 4 * log(abs(i.w)) - (2 - i.alpha) * log(i.P) - (2 + i.alpha) * log(i.N)

    assert height(here) < height(here.after())  # type: ignore[operator]


CASES = [
    (toy(), HALF, vec(2, HALF), Landed, True),
    (toy(), Fraction(1, 3), vec(2, 3), Landed, True),
    (toy(), HALF, vec(1, -1), OnSaddleLine, True),
    (toy(), HALF, vec(3, -3), OnSaddleLine, False),
    (ScalarFactorization(Fraction(-1), 1), HALF, vec(1, 1), OnSaddleLine, True),
    (toy(), HALF, vec(2, Fraction(1, 3)), Shrinks, True),
    (ScalarFactorization(Fraction(1), 2), HALF, vec(1, HALF, HALF, 0), Shrinks, True),
    (toy(), NINE, vec(2, 0), Repelled, False),
    (toy(), Fraction(11, 10), vec(1, HALF), Repelled, False),
    (ScalarFactorization(Fraction(-3), 1), HALF, vec(1, HALF), Repelled, False),
]


@pytest.mark.parametrize(("f", "h", "z", "kind", "converges_"), CASES)
def test_each_certificate(f: ScalarFactorization, h: Fraction, z: Vec, kind: type, converges_: bool) -> None:
    found = certified(f, h, z)
    assert found.kind == "own"
    assert isinstance(found.data, kind)
    assert found.converges is converges_
    assert str(found.data)
    with digits(60):
        system, start = lift(GD(f, h), Mp.of), lift(z, Mp.of)
        assert confirmed(system, start, found) is True
        claim = converges(system, start)
        assert claim.opinion(converges(lift(GD(f, h), Real.of), lift(z, Real.of)).decide()).truth is converges_


def test_a_certificate_of_another_start_is_refused() -> None:
    found = certified(toy(), HALF, vec(2, Fraction(1, 3)))
    with digits(60):
        assert confirmed(lift(GD(toy(), HALF), Mp.of), lift(vec(4, 0), Mp.of), found) is False


def test_limits_are_minimizers_to_many_digits() -> None:
    f, z = ScalarFactorization(Fraction(-1), 2), vec(2, 0, Fraction(1, 3), HALF)
    system, start = lift(GD(f, HALF), Real.of), lift(z, Real.of)
    found = fate(system, start)
    x, y, u, v = found.data.limit(system, start, found.step)
    gap = x * u + y * v + 1
    assert -Fraction(1, 10**20) < gap < Fraction(1, 10**20)


def test_random_starts_are_decided() -> None:
    rng = random.Random(7)
    undecided = 0
    for _ in range(200):
        n = rng.randint(1, 60)
        z = vec(Fraction(rng.randint(-3 * n, 3 * n), n), Fraction(rng.randint(-3 * n, 3 * n), rng.randint(1, 40)))
        h = Fraction(rng.choice([i for i in range(1, 250) if i != 100]), 100)
        undecided += certified(toy(), h, z).converges is None
    assert undecided <= 2


def test_floats_agree_where_orbits_converge() -> None:
    rng = random.Random(8)
    for _ in range(60):
        z = vec(Fraction(rng.randint(-40, 40), 16), Fraction(rng.randint(-40, 40), 16))
        h = Fraction(rng.randint(2, 12), 13)
        found = certified(toy(), h, z)
        x, y = map(float, z)
        for _ in range(4000):
            r = float(h) * (1 - x * y)
            x, y = x + r * y, y + r * x
            if not abs(x) + abs(y) < 1e6:
                break
        settled = abs(x) + abs(y) < 1e6 and abs(1 - x * y) < 1e-6
        # Floats land on minimizers by rounding where exact orbits do not: only their convergence is asked for.
        assert found.converges is not True or settled or isinstance(found.data, OnSaddleLine)


def test_a_tube_keeps_its_promise() -> None:
    here = Invariants(HALF, Fraction(1, 100), Fraction(11, 4))
    held = tube(here)
    assert held is not None
    there, way = here, Fraction(0)
    for _ in range(6):
        before, there = there, there.after()
        way += abs(before.r)
        assert abs(there.r) <= held.rate * abs(before.r)
        assert abs(there.w - here.w) <= held.drift
    assert way <= held.way
    assert tube(Invariants(HALF, Fraction(1, 100), Fraction(5))) is None


def test_numbers_that_never_land() -> None:
    assert "power of 5" in never_lands(HALF, Fraction(1, 5), Fraction(1))
    assert never_lands(Fraction(1), Fraction(0), Fraction(1)) == ""
    assert never_lands(Fraction(0), Fraction(3), Fraction(-6)) == "", "3 -> 3 (9 - 3 - 6) = 0"
    assert "modulo 3" in never_lands(Fraction(2), Fraction(4), Fraction(-3))
    assert prime_factors(2**3 * 7 * 1009) == [2, 7, 1009]
    assert order(Fraction(9, 8), 2) == -3
    assert order(Fraction(9, 8), 3) == 2


def test_a_step_size_is_positive() -> None:
    for h in (Fraction(-1, 2), Fraction(0)):
        assert lift(GD(toy(), h), Real.of).certified(lift(vec(2, 0), Real.of)) is None


def test_with_a_zero_both_lines_lead_through_the_saddle() -> None:
    f, h = lift((ScalarFactorization(Fraction(0), 1), HALF), Real.of)
    assert misses_minimizers(f, h, lift(vec(1, -2), Real.of)).decide().truth is False


def test_landing_is_noticed() -> None:
    for z, truth in ((vec(2, HALF), False), (vec(1, -1), False), (vec(2, Fraction(1, 5)), True)):
        f, h = lift((toy(), Fraction(2, 7)), Real.of)
        assert misses_minimizers(f, h, lift(z, Real.of)).decide().truth is truth


def test_the_diagonal_coordinates_are_an_isometry_away() -> None:
    f, h = toy(), 1.9
    x, y = 0.7, 0.4
    u, v = (x + y) / 2**0.5, (x - y) / 2**0.5
    exact = Diagonal(Fraction(1), Fraction(19, 10))
    z = vec(Fraction(u), Fraction(v))
    du, dv = (float(c) for c in exact.move(z))
    r = h * (1 - x * y)
    assert (du + dv) / 2**0.5 == pytest.approx(r * y)
    assert (du - dv) / 2**0.5 == pytest.approx(r * x)
    assert exact.residual(z + exact.move(z)) == exact.factor(z) * exact.residual(z)
    assert f.d == 1
