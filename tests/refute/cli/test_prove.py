"""The commands prove and sharpen, and what verify says of a proof."""

import json
from pathlib import Path

import pytest

from tests.commands import run

CLAIMS = '''
from fractions import Fraction
from typing import Annotated
from objectives import Objective, convex, gradient_step, starts
from refute import Claim, Theorem, Vec, dot, le, sq

F = Annotated[Objective, convex()]
X = Annotated[Vec, lambda f: starts(f)]


def too_good(f: F, x: X, y: X, *, c: Fraction = Fraction(9999, 10000)) -> Claim:
    """Cocoercivity with 0.9999."""
    g = f.grad(x) - f.grad(y)
    return le(sq(g), c * f.L * dot(g, x - y))


def branches(f: F, x: X) -> Claim:
    """A value is what it is."""
    return le(f(x), f(x)) if f(x) > 0 else le(0, 0)


def goes_on(f: F, x: X) -> Claim:
    """Steps for ever."""
    while True:
        x = x - f.grad(x)


A = Theorem(too_good, source="my", label="too-good")
B = Theorem(branches, source="my", label="branches")
C = Theorem(goes_on, source="my", label="goes-on")
'''


def test_a_proof_is_printed_kept_and_checked_again(tmp_path: Path) -> None:
    done = run(tmp_path, "prove", "tao-wang-2022/descent-lemma")
    assert done.exit_code == 0, done.output
    assert "1 times: f at x above its model at y" in done.output
    file = tmp_path / ".refute/certificates/tao-wang-2022--descent-lemma.proof.json"
    assert run(tmp_path, "verify", str(file)).exit_code == 0
    data = json.loads(file.read_text())
    data["parts"][0]["weights"][0]["p"] = ["2"]
    other = tmp_path / "other.json"
    other.write_text(json.dumps(data))
    done = run(tmp_path, "verify", str(other))
    assert done.exit_code == 1
    assert "do not add up to the claim" in done.output


def test_what_is_false_is_refuted_and_what_branches_is_said(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(CLAIMS)
    done = run(tmp_path, "prove", "my/too-good", "--theorems", "claims.py")
    assert done.exit_code == 1
    assert "refuted by the worst case" in done.output
    done = run(tmp_path, "prove", "my/branches", "--theorems", "claims.py")
    assert done.exit_code == 1
    assert "it branches on a value or an inner product" in done.output
    assert run(tmp_path, "prove", "my/nothing").exit_code == 1


def test_a_statement_that_takes_for_ever_is_stopped_with_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(CLAIMS)
    done = run(tmp_path, "prove", "my/goes-on", "--theorems", "claims.py", "--timeout", "1s")
    assert done.exit_code == 1
    assert "my/goes-on is not decided by duality within 1s" in done.output


def test_the_best_constant_and_one_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(CLAIMS)
    done = run(tmp_path, "sharpen", "my/too-good", "--theorems", "claims.py")
    assert done.exit_code == 0, done.output
    assert "c = 1 is proved for all values of its variables" in done.output
    done = run(tmp_path, "sharpen", "my/too-good", "--constant", "d", "--theorems", "claims.py")
    assert done.exit_code == 1
    assert "it has c" in done.output


@pytest.mark.usefixtures("bundled_are_known")
def test_check_keeps_the_proof_and_a_second_one_knows_it(tmp_path: Path) -> None:
    for remembered in (False, True):
        done = run(tmp_path, "check", "-k", "descent-lemma", "-j", "1", "--examples", "100")
        assert done.exit_code == 0, done.output
        (record,) = json.loads((tmp_path / ".refute/ledger.json").read_text())
        assert record["verdict"] == "proved"
        assert (tmp_path / record["proof_file"]).is_file()
        assert ("= 20" in done.output) is remembered
