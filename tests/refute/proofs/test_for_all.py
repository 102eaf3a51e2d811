"""Proofs as files: what is written is accepted, and nothing that was changed into no proof."""

import copy
import json
import random
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any

import pytest

from objectives import gradient_step
from refute import Claim, Theorem, between, le, lt, verify_proof
from refute.duality.everywhere import prove_everywhere
from refute.errors import BadInput
from refute.proofs import for_all
from refute.running.check import known_theorems
from refute.sources.files import bundled
from tests.refute.duality.statements import Point, WithMinimizer

BUNDLED = {t.id: t for _, t in known_theorems([bundled()])}
IDS = (
    "tao-wang-2022/descent-lemma",
    "tao-wang-2022/descent-step",
    "drori-teboulle-2014/rate:three-steps",
    "taylor-2017/distance",
    "taylor-2017/contraction",
    "bansal-gupta-2019/potential",
)


@pytest.fixture(scope="module")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    found = {}
    for id_ in IDS:
        proof = prove_everywhere(BUNDLED[id_].itself)
        assert proof
        path = for_all.write(BUNDLED[id_], proof, tmp_path_factory.mktemp("proofs"))
        found[id_] = for_all.parsed(path.read_text(), path.name)
    return found


def accepted(data: dict[str, Any], theorem: Theorem) -> bool:
    try:
        return bool(for_all.verify(for_all.parsed(json.dumps(data), "x"), theorem, "x"))
    except BadInput:
        return False


@pytest.mark.parametrize("id_", IDS)
def test_what_is_written_is_accepted_and_printed(id_: str, proofs: dict[str, dict[str, Any]]) -> None:
    found = for_all.verify(proofs[id_], BUNDLED[id_], "x")
    text = "\n".join(for_all.lines(found))
    assert "times: f at" in text
    assert "and what remains is" in text


def strictly(f: WithMinimizer, x: Point) -> Claim:
    """f(x - grad f(x)/L) < f(x), which is false at the minimizer."""
    return lt(f(gradient_step(f, 1 / f.L, x)), f(x))


def weakly(f: WithMinimizer, x: Point) -> Claim:
    """f(x - grad f(x)/L) <= f(x)."""
    return le(f(gradient_step(f, 1 / f.L, x)), f(x))


def test_what_is_at_least_0_is_no_proof_of_more() -> None:
    proved, false = (Theorem(b, source="s", label="l") for b in (weakly, strictly))
    data = for_all.as_data(proved, prove_everywhere(proved.itself) or [])
    assert verify_proof.check(data)
    forged = for_all.as_data(false, [])
    forged["parts"] = data["parts"]
    assert forged["cases"][0]["claims"][0]["strict"] is True
    with pytest.raises(verify_proof.NoProof, match="with <"):
        verify_proof.check(forged)
    with pytest.raises(BadInput, match="do not add up"):
        for_all.verify(forged, false, "x")


def at_one_point(f: WithMinimizer, x: Point, h: Annotated[Fraction, lambda f: between(1 / f.L, 1 / f.L)]) -> Claim:
    """f(x - h grad f(x)) <= f(x) for h = 1/L."""
    return le(f(gradient_step(f, h, x)), f(x))


def test_a_range_of_one_point_is_one() -> None:
    theorem = Theorem(at_one_point, source="s", label="l")
    data = for_all.as_data(theorem, prove_everywhere(theorem.itself) or [])
    assert verify_proof.check(data)
    assert for_all.verify(data, theorem, "x")
    # A weight with a pole there is none, and a negative one neither.
    for p, q in ((["1"], ["1", "-2", "1"]), (["-1"], ["1"])):
        other = copy.deepcopy(data)
        other["parts"][0]["weights"][0] |= {"p": p, "q": q}
        with pytest.raises(verify_proof.NoProof):
            verify_proof.check(other)
        with pytest.raises(BadInput):
            for_all.verify(other, theorem, "x")


def test_a_proof_of_one_statement_is_none_of_another(proofs: dict[str, dict[str, Any]]) -> None:
    for id_ in IDS:
        for other in IDS:
            assert accepted(proofs[id_], BUNDLED[other]) is (id_ == other)


#: One change each that leaves no proof, of the part that a random choice names.
CHANGES: dict[str, Callable[[dict[str, Any], random.Random], Any]] = {
    "a weight": lambda part, r: _weight(part, r)["p"].__setitem__(0, str(Fraction(r.randint(1, 6), 7))),
    "a sign": lambda part, r: _negated(_weight(part, r)),
    "a weight left out": lambda part, r: part["weights"].remove(_weight(part, r)),
    "a weight twice": lambda part, r: part["weights"].append(dict(_weight(part, r))),
    "a name": lambda part, r: _weight(part, r).__setitem__("of", "f at x above its model at z"),
    "a number": lambda part, r: _weight(part, r).__setitem__("number", 10**6),
    "a denominator": lambda part, r: _weight(part, r).__setitem__("q", ["0"]),
    "the claim": lambda part, r: part.__setitem__("claim", 7),
    "a truth value for a number": lambda part, r: part.__setitem__("claim", False),
    "a float": lambda part, r: _weight(part, r)["p"].__setitem__(0, 0.5),
    "a key": lambda part, r: part.__setitem__("more", 1),
}


def _weight(part: dict[str, Any], r: random.Random) -> dict[str, Any]:
    weight: dict[str, Any] = r.choice(part["weights"])
    return weight


def _negated(w: dict[str, Any]) -> None:
    w["p"] = [str(-Fraction(c)) for c in w["p"]]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("id_", IDS)
def test_no_change_that_leaves_no_proof_is_accepted(id_: str, change: str, proofs: dict[str, dict[str, Any]]) -> None:
    for seed in range(8):
        data = copy.deepcopy(proofs[id_])
        r = random.Random(seed)
        CHANGES[change](r.choice(data["parts"]), r)
        assert json.dumps(data) != json.dumps(proofs[id_])
        assert not accepted(data, BUNDLED[id_])


def test_a_proof_of_a_part_is_none_of_the_whole(proofs: dict[str, dict[str, Any]]) -> None:
    id_ = "drori-teboulle-2014/rate:three-steps"
    for i in range(len(proofs[id_]["parts"])):
        data = copy.deepcopy(proofs[id_])
        del data["parts"][i]
        assert not accepted(data, BUNDLED[id_])
    for key, value in (("to", "1/2"), ("from", "1/4"), ("fixed", {"N": "4"}), ("fixed", {})):
        data = copy.deepcopy(proofs[id_])
        data["parts"][0][key] = value
        assert not accepted(data, BUNDLED[id_])
    assert not accepted({**proofs[id_], "parts": []}, BUNDLED[id_])


def test_a_step_size_beyond_the_range_is_not_proved(proofs: dict[str, dict[str, Any]]) -> None:
    """The weights 1, 1, 1/2 of a wider range than where the squares are squares: h L <= 3/2 and no further."""
    data = copy.deepcopy(proofs["taylor-2017/distance"])
    data["parts"][0]["to"] = "5/2"
    assert not accepted(data, BUNDLED["taylor-2017/distance"])


def test_another_statement_and_another_format(proofs: dict[str, dict[str, Any]], tmp_path: Path) -> None:
    data = proofs["tao-wang-2022/descent-lemma"]
    theorem = BUNDLED["tao-wang-2022/descent-lemma"]
    assert not accepted({**data, "fingerprint": "0" * 16}, theorem)
    assert not accepted({**data, "statement": "f(y) <= f(x)"}, theorem)
    with pytest.raises(BadInput, match="format"):
        for_all.parsed(json.dumps({**data, "format": "refute counterexample 1"}), "x")
