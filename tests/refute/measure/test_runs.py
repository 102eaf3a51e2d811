"""Claims about most runs, against the binomial law by brute force, and what no change of the data survives."""

from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Annotated

import pytest

from refute import BadInput, CannotBatch, Claim, Runs, Theorem, more_often, recorded
from refute.measure.runs import ERROR
from refute.search.budget import Budget
from refute.verdicts.certificate import confirm
from refute.verdicts.examine import examine
from tests.commands import run

RUNS = Runs.of(
    experiment="coins",
    scale="one toss",
    images="",
    seeds=range(12),
    measured={
        "left": "1 2 3 4 5 6 7 8 9 10 11 12",
        "right": "2 3 4 5 6 7 8 9 10 11 12 13",
        "even": "0 1 0 1 0 1 0 1 0 1 0 1",
    },
)
Measured = Annotated[Runs, recorded(RUNS)]


def larger(runs: Measured, *, c: Fraction = Fraction(1)) -> Claim:
    """The right number is larger in most runs."""
    return more_often([c * a < b for a, b in zip(runs["left"], runs["right"], strict=True)], says="larger")


def smaller(runs: Measured) -> Claim:
    """The right number is smaller in most runs."""
    return more_often([a > b for a, b in zip(runs["left"], runs["right"], strict=True)], says="smaller")


def even(runs: Measured) -> Claim:
    """One is more often than not."""
    return more_often([e == 1 for e in runs["even"]], says="one")


def brute(n: int, k: int, q: Fraction, more: bool) -> Fraction:
    """The probability of at least (or at most) k sightings, over all outcomes."""
    outcomes = (sum(o) for o in product((0, 1), repeat=n))
    return sum((q**j * (1 - q) ** (n - j) for j in outcomes if (j >= k if more else j <= k)), Fraction(0))


@pytest.mark.parametrize("q", [Fraction(1, 2), Fraction(1, 5), Fraction(9, 10)])
def test_decisions_are_those_of_the_binomial_law(q: Fraction) -> None:
    for n in (1, 5, 12):
        for k in range(n + 1):
            claim = more_often([i < k for i in range(n)], than=q, says="it")
            expected = True if brute(n, k, q, True) <= ERROR else False if brute(n, k, q, False) <= ERROR else None
            decision = claim.decide()
            assert decision.truth is expected
            assert claim.opinion(decision).truth is expected
            with pytest.raises(CannotBatch):
                claim.slack()


def test_a_wrong_decision_has_the_stated_probability_at_most() -> None:
    """If the property has probability exactly 1/2, over all outcomes of 12 runs."""
    wrong = {True: Fraction(0), False: Fraction(0), None: Fraction(0)}
    for outcomes in product((False, True), repeat=12):
        wrong[more_often(outcomes, says="it").decide().truth] += Fraction(1, 2**12)
    assert 0 < wrong[True] <= ERROR
    assert 0 < wrong[False] <= ERROR


def test_verdicts_are_holds_refuted_and_undecided_and_never_proved(tmp_path: Path) -> None:
    found = {}
    for body in (larger, smaller, even):
        record = examine(Theorem(body, source="s", label=body.__name__), Budget(examples=100), tmp_path)
        found[body.__name__] = record.verdict
    assert found == {"larger": "holds", "smaller": "refuted", "even": "undecided"}


def test_a_counterexample_is_these_runs_and_no_others(tmp_path: Path) -> None:
    theorem = Theorem(smaller, source="s", label="smaller")
    record = examine(theorem, Budget(examples=100), tmp_path)
    text = Path(record.certificate).read_text()
    confirm(text, "genuine", theorem)
    with pytest.raises(BadInput, match="other runs"):
        confirm(text.replace('"13"', '"14"'), "forged", theorem)
    with pytest.raises(BadInput, match="one value for each seed"):
        confirm(text.replace('"13"', '"13", "14"'), "forged", theorem)


def test_what_is_no_table_of_runs() -> None:
    def made(**changes: object) -> Runs:
        given = {"experiment": "e", "scale": "s", "images": "", "seeds": (1, 2), "measured": {"a": "1 2"}}
        return Runs.of(**{**given, **changes})  # type: ignore[arg-type]

    assert made()["a"] == (Fraction(1), Fraction(2))
    assert len(made()) == 2
    assert made(measured={"a": "0.1 1e-3"})["a"] == (Fraction(1, 10), Fraction(1, 1000))
    with pytest.raises(BadInput, match="each another one"):
        made(seeds=(1, 1))
    with pytest.raises(BadInput, match="one value for each seed"):
        made(measured={"a": "1"})
    with pytest.raises(BadInput, match="'nan' is no decimal number"):
        made(measured={"a": "1 nan"})
    with pytest.raises(BadInput, match="does not measure 'b', but a"):
        made()["b"]


def test_outcomes_are_truth_values_and_shares_are_between_0_and_1() -> None:
    for outcomes in ([], [1, 0], [None]):
        with pytest.raises(BadInput, match="one truth value for each run"):
            more_often(outcomes, says="it")  # type: ignore[arg-type]
    for q in (0, 1, 2):
        with pytest.raises(BadInput, match="between 0 and 1"):
            more_often([True], than=q, says="it")


def test_a_verdict_is_not_remembered_when_a_measured_value_changes(tmp_path: Path) -> None:
    """The data stand in a module beside the theorem file, and are code that the verdict depends on."""
    data = tmp_path / "measured.py"
    data.write_text(
        'RUNS = {"experiment": "e", "scale": "s", "images": "", "seeds": range(12), "measured": {"a": "'
        + "1 " * 12
        + '"}}\n'
    )
    (tmp_path / "claims.py").write_text(
        '''from typing import Annotated

import measured
from refute import Claim, Runs, Theorem, more_often, recorded

Measured = Annotated[Runs, recorded(Runs.of(**measured.RUNS))]


def one(runs: Measured) -> Claim:
    """It is 1 in most runs."""
    return more_often([a == 1 for a in runs["a"]], says="one")


T = Theorem(one, source="s", label="one")
'''
    )
    assert "holds     s/one  N=1" in run(tmp_path, "check", "claims.py", "-j", "1").output
    assert "= 20" in run(tmp_path, "check", "claims.py", "-j", "1").output
    data.write_text(data.read_text().replace("1 1 1 1 1 1 1 1 1 1 1 1", "0 0 0 0 0 0 0 0 0 0 0 0"))
    assert "refuted" in run(tmp_path, "check", "claims.py", "-j", "1").output
