"""What the words of a printed proof mean: points, conditions, and the point that all are measured from."""

from fractions import Fraction

import pytest

from refute import Claim, Theorem, le, sq
from refute.duality.everywhere import prove_everywhere
from refute.duality.parameters.ratio import Ratio
from refute.proofs.legend import combination, legend
from refute.running.check import known_theorems
from refute.sources.files import bundled
from tests.refute.duality.statements import Point, Two, WithMinimizer

THEOREMS = {t.id: t for _, t in known_theorems([bundled()])}
CONVEX = ("f at a above its model at b:", "f(a) - f(b) - <grad f(b), a - b> >= 1/2 |grad f(a) - grad f(b)|^2")
SMOOTH = (
    "f at a above its model at b:",
    "f(a) - f(b) - <grad f(b), a - b> >= 1/4 |grad f(a) - grad f(b) + a - b|^2 - 1/2 |a - b|^2",
)
LINES = {
    "baillon-haddad-1977/cocoercivity": [CONVEX],
    "tao-wang-2022/descent-lemma": [SMOOTH, ("points are measured from y, which is 0; L = 1 by a choice of units", "")],
    "minty-1962/resolvent": [
        ("prox_1 of A is", "x - t grad A(prox_1)"),
        (
            "A at a and b, where grad A(a) is its answer at a:",
            "<a, grad A(a)> - <grad A(a), b> - <a, grad A(b)> + <b, grad A(b)> >= 0",
        ),
    ],
    "taylor-2017-composite/proximal-gradient:two-steps": [
        CONVEX,
        ("g at a and b:", "g(a) - g(b) - <a, grad g(b)> + <b, grad g(b)> >= 0"),
    ],
    "guler-1991/rate-for-every-n": [
        (
            "some is an arbitrary state, with its parts, and k = t - 1 is the number of its step; last is the state after N steps",
            "",
        )
    ],
}


@pytest.mark.parametrize("id_", LINES)
def test_each_word_of_a_proof_is_said(id_: str) -> None:
    proof = prove_everywhere(THEOREMS[id_].itself) or []
    assert proof
    known = list(legend(w.case for w in proof))
    assert [line for line in LINES[id_] if line not in known] == []
    assert len(set(known)) == len(known)


@pytest.mark.parametrize(
    "id_",
    ["taylor-2017/contraction", "bansal-gupta-2019/accelerated-rate", "taylor-2018/proximal-gradient-contraction"],
)
def test_squares_have_values_for_every_value_of_the_parameter(id_: str) -> None:
    for w in prove_everywhere(THEOREMS[id_].itself) or []:
        for _, inside in w.sum_of_squares():
            assert all(not isinstance(c, Ratio) or c.q.is_constant() for c, _ in inside)


def test_factors_of_a_combination() -> None:
    half = Fraction(1, 2)
    assert combination([(Fraction(1), "x"), (Fraction(-1), "y"), (half, "z"), (-half, "w")]) == "x - y + 1/2 z - 1/2 w"
    assert combination([(Fraction(3), ""), (Fraction(-1), "f(a)")]) == "3 - f(a)"
    assert combination([]) == "0"


def test_a_point_that_is_another_one_in_each_case_is_said_for_each() -> None:
    def body(f: WithMinimizer, x: Point, N: Two) -> Claim:
        """A step of 1/N does not lead away."""
        return le(
            sq(x - f.grad(x) / (N * f.L) - f.minimum.at),
            sq(x - f.minimum.at) - 0 * sq(f.grad(x - f.grad(x) / (N * f.L))),
        )

    proof = prove_everywhere(Theorem(body, source="s", label="l").itself) or []
    assert proof
    known = list(legend(w.case for w in proof))
    assert ("p_1 of f for N = 1 is", "x - grad f(x)") in known
    assert ("p_1 of f for N = 2 is", "x - 1/2 grad f(x)") in known
