"""Certified trajectories of a multiscale function, against mpmath and against the closed form of their law."""

from fractions import Fraction

from objectives.ripples import Multiscale
from objectives.ripples.law import gibbs, probability_of, sampled
from refute.numbers.ball import Ball

F = Multiscale(Fraction(1), Fraction(1), Fraction(1, 1000))


def test_chaotic_trajectories_are_enclosed() -> None:
    s = sampled(F, Fraction(1, 2), 40, 20, 3)
    assert max(float(p.a.rad()) for p in s.points) < 1e-12
    assert all(abs(float(s.again(i)) - float(s.points[i])) < 1e-12 for i in range(0, 40, 7))
    assert len({float(p) for p in s.points}) == 40


def test_seeds_give_other_starts() -> None:
    one, two = (sampled(F, Fraction(1, 2), 5, 1, seed) for seed in (1, 2))
    assert all(float(a) != float(b) for a, b in zip(one.points, two.points, strict=True))


def test_the_gibbs_law_is_normal() -> None:
    cdf = gibbs(Fraction(1, 4))
    assert abs(float(cdf(Ball.of(Fraction(1, 2)))) - 0.841344746) < 1e-8
    assert float(cdf(Ball.of(0))) == 0.5


def test_a_ball_that_meets_an_end_counts_both_ways() -> None:
    inside = probability_of(Fraction(1, 4), 1)
    assert float(inside(Ball.of(Fraction(3, 4)))) == 1
    assert float(inside(Ball.of(Fraction(1, 4)))) == 0
    assert float(inside(Ball.hull(0, 2)).a.rad()) > 0.49
