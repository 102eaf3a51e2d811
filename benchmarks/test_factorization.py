"""What the theory of factorizations costs: certified fates, orbits, and float batches of matrix runs."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb

from objectives import GD, orbit
from objectives.factorization import Diagonal, MatrixFactorization, toy
from refute import Ball, Batch, Vec, lift, precision, vec
from refute.numbers.real import Real
from refute.orbits.fate import fate
from refute.orbits.periodic import _enumerated

RUNS, STEPS = 10_000, 100


def test_hundred_fates(benchmark: Any) -> None:
    """A hundred random rational starts and steps of the toy problem, decided with certificates."""
    rng = random.Random(1)
    cases: list[tuple[Any, Vec]] = []
    while len(cases) < 100:
        h = Fraction(rng.randint(1, 250), 100)
        z = vec(Fraction(rng.randint(-90, 90), 30), Fraction(rng.randint(-90, 90), 31))
        if abs(h - 1) > Fraction(1, 1000):
            cases.append((lift(GD(toy(), h), Real.of), lift(z, Real.of)))
    found = benchmark(lambda: [fate(system, z).converges for system, z in cases])
    assert sum(c is None for c in found) <= 1


def test_orbits_of_period_three(benchmark: Any) -> None:
    """All orbits of period 3 at h = 1.9, from scratch."""
    box = ((Fraction(-1, 97), Fraction(10131, 5000)), (Fraction(-1, 97), Fraction(649, 2000)))
    signs = ((1, -1), (-1, 1), (-1, -1))
    system = Diagonal(Fraction(1), Fraction(19, 10))
    found = benchmark.pedantic(lambda: _enumerated.__wrapped__(system, 3, box, signs), rounds=3)
    assert len(found) == 12


def _certified(move: Any, start: Any, radius: Any) -> int:
    """The bits at which 1,000 steps of an orbit keep a radius below 10^-6, doubled until they do."""
    bits = 256
    while True:
        with precision(bits):
            x = start()
            for _ in range(1000):
                x = move(x)
            if radius(x) < 1e-6:
                return bits
        bits *= 2


@pytest.mark.benchmark(group="1,000 certified steps of the toy problem at h = 1.9")
def test_a_chaotic_orbit_in_balls(benchmark: Any) -> None:
    """By the two invariant numbers, in refute's balls."""

    def start() -> Any:
        return lift(toy().invariants(Fraction(19, 10), vec(1, Fraction(4, 5))), Ball.of)

    assert benchmark(_certified, lambda i: i.after(), start, lambda i: float(i.r.a.rad())) >= 1024


@pytest.mark.benchmark(group="1,000 certified steps of the toy problem at h = 1.9")
def test_a_chaotic_orbit_in_plain_arb(benchmark: Any) -> None:
    """(x, y) in raw Arb."""

    def step(p: Any) -> Any:
        x, y, h = p
        r = h * (1 - x * y)
        return x + r * y, y + r * x, h

    def start() -> Any:
        return arb(1), arb(4) / 5, arb(19) / 10

    assert benchmark(_certified, step, start, lambda p: float(p[0].rad())) >= 1024


def test_ten_thousand_matrix_runs(benchmark: Any) -> None:
    """10^4 runs of 100 steps for n = m = d = 4, in one batch."""
    zeros = (Fraction(0),) * 6
    f = lift(MatrixFactorization(4, 4, 4, tuple(map(Fraction, (4, 3, 2, 1))), zeros, zeros), Batch.of)
    rng = np.random.default_rng(0)
    start = Vec(tuple(Batch(rng.normal(0, 0.5, RUNS)) for _ in range(32)))

    def run() -> Any:
        *_, last = orbit(f, Batch(0.05), start, STEPS)
        return last

    last = benchmark.pedantic(run, rounds=3)
    assert np.mean(f(last).f < 1e-3) > 0.9
