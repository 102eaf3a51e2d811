"""Shelled wells and the step sizes that leave them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from objectives.wells.shelled import ShelledWell
from refute import BadInput, Claim, Domain, Draw, Scalar, Vec, both, choose, known, le, lt, rational, reject

ONE = Fraction(1)
# gamma times a curvature of the well, of the fall over the shell, gamma mu, and b as a part of D.
STEEP = (Fraction(3), Fraction(7, 2), Fraction(4), Fraction(6), Fraction(12))
FALL = (ONE, Fraction(3, 2), Fraction(2), Fraction(4), Fraction(10))
GENTLE = (Fraction(1, 2), Fraction(3, 4), ONE, Fraction(1, 4), Fraction(15, 16))


def shelled_wells(*, flat: bool = False) -> Domain:
    """Shelled wells made for gamma = 1/mu times a gentle factor; with `flat`, with f'' = 1/gamma on the first part of the
    shell, which T takes to one point."""

    def draw(d: Draw) -> ShelledWell:
        far, near, fall, s, part, where = choose(d, 5, 5, 5, 5, 12, 8)
        mu = ONE
        gamma = GENTLE[s] / mu
        b = Fraction(part + 1, 64)
        lift, width = (1 / gamma, b * Fraction(where + 1, 4)) if flat else (ONE, Fraction(0))
        try:
            return ShelledWell(ONE, mu, STEEP[far] / gamma, STEEP[near] / gamma, FALL[fall] / gamma, b, lift, width)
        except BadInput:
            return reject()

    def member(w: Any) -> Claim:
        return known(isinstance(w, ShelledWell) and (flat or w.flat == 0), "a shelled well")

    return Domain("shelled wells", draw, member, (ShelledWell,))


def expanding_steps(w: ShelledWell, *, least: Scalar = 2, comes_back: bool = True) -> Domain:
    """The step sizes with gamma mu <= 1 and gamma f'' > 2 in M for which T expands N by more than `least`; with
    comes_back=False such that an orbit that leaves N does not come back: (1 - gamma mu) landing < clearance."""

    def member(gamma: Scalar) -> Claim:
        claims = {
            "positive": lt(0, gamma),
            "gentle": le(gamma * w.mu, 1),
            "steep": lt(2, gamma * min(w.near, w.far)),
            "expands": lt(least, w.expansion(gamma)),
        }
        if not comes_back:
            claims["leaves for good"] = lt((1 - gamma * w.mu) * w.landing(gamma), w.clearance)
        return both(**claims)

    def draw(d: Draw) -> Fraction:
        i, j = choose(d, len(GENTLE), 9)
        for gamma in (GENTLE[i] * Fraction(j + 8, 16) / w.mu, *(g / w.mu for g in GENTLE)):
            if member(gamma).decide().truth:
                return Fraction(gamma)
        return reject()

    return Domain("step sizes that expand N", draw, member)


def starts_in_shell(w: ShelledWell) -> Domain:
    """The line, drawn in N and around x_*."""

    def draw(d: Draw) -> Vec:
        where, i, x = choose(d, 4, 127, 257)
        if where == 3:
            return Vec((w.D + rational(x),))
        return Vec((-w.a + (w.b_2 + w.a) * Fraction(i + 1, 128),))

    return Domain("R^1", draw, lambda x: known(len(x) == 1, "a point of the line"), (Vec,), dim=1)
