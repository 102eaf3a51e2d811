"""Theorems: signatures, hypotheses, errors in one sentence."""

from fractions import Fraction
from typing import Annotated, Any

import pytest

from refute import BadInput, Claim, Empty, Given, Mutant, Theorem, between, le, lt, positive, rationals
from refute.errors import OutsideDomain
from refute.numbers.functions import exp, log

Real = Annotated[Fraction, rationals()]
Positive = Annotated[Fraction, positive()]
Below = Annotated[Fraction, lambda x: between(0, x, open=True)]


def ordered(x: Positive, y: Below, *, c: Fraction = Fraction(1)) -> Claim:
    """y <= c x for 0 < y < x."""
    return le(y, c * x)


def unknown_domain(x: Fraction) -> Claim:
    """A variable without a domain."""
    return le(x, x)


def make(**changes: object) -> Theorem:
    fields: dict[str, Any] = {"source": "s", "label": "ordered", **changes}
    return Theorem(ordered, **fields)


def test_the_id_names_the_reading() -> None:
    assert make().id == "s/ordered"
    assert make(reading="amended").id == "s/ordered:amended"


def test_variables_and_constants() -> None:
    t = make()
    assert list(t.variables) == ["x", "y"]
    assert t.constants == {"c": 1}


def test_check_decides_hypotheses_and_conclusion() -> None:
    checked = make().itself.check({"x": Fraction(2), "y": Fraction(1)})
    assert [d.truth for _, d in checked.hypotheses] == [True, True]
    assert checked.conclusion.truth is True


def test_outside_the_domain_says_which_hypothesis_fails() -> None:
    with pytest.raises(OutsideDomain, match=r"'y in .* fails: below: lhs < rhs"):
        make().itself.check({"x": Fraction(1), "y": Fraction(1)})


def test_a_hypothesis_on_several_variables() -> None:
    t = make(given=(Given("x + y < 3", lambda x, y: lt(x + y, 3)),))
    with pytest.raises(OutsideDomain, match="'x \\+ y < 3' fails"):
        t.itself.check({"x": Fraction(2), "y": Fraction(1)})


def test_an_undecided_hypothesis_gives_no_verdict() -> None:
    t = make(given=(Given("open", lambda x: le(exp(log(x + 1)), x + 1)),))
    assert t.itself.check({"x": Fraction(1), "y": Fraction(1, 2)}).conclusion.truth is None


def test_mutants_change_constants_and_domains_and_drop_hypotheses() -> None:
    g = Given("x < 1", lambda x: lt(x, 1))
    t = make(given=(g,))
    half = t.mutated(Mutant("half", {"c": Fraction(1, 2)}))
    assert half.check({"x": Fraction(1, 2), "y": Fraction(3, 8)}).conclusion.truth is False
    dropped = t.mutated(Mutant("dropped", drops=("x < 1",)))
    assert dropped.check({"x": Fraction(2), "y": Fraction(1)}).conclusion.truth is True
    wide = t.mutated(Mutant("any y", domains={"y": rationals()}))
    assert wide.check({"x": Fraction(1, 2), "y": Fraction(7)}).conclusion.truth is False
    with pytest.raises(BadInput, match="drops a hypothesis that is not there"):
        t.mutated(Mutant("?", drops=("y > 0",)))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"source": "Tao & Wang"}, "source 'Tao & Wang' of a theorem is not a name"),
        ({"status": "maybe"}, "status 'maybe' is none of true, false, vacuous, open"),
        ({"status": "true"}, "needs proof="),
        ({"status": "false"}, "needs refuted_at="),
        ({"status": "vacuous", "proof": "p"}, "needs proof= and empty="),
        ({"undecided": Fraction(1, 2)}, "not between 0 and 1/100"),
        ({"attained": ({"z": Fraction(1)},)}, "names 'z', but the statement binds only c, x, y"),
        ({"mutants": (Mutant("m", {"d": 1}),)}, "names 'd'"),
    ],
)
def test_a_bad_record_is_refused_in_one_sentence(changes: dict[str, object], says: str) -> None:
    with pytest.raises(BadInput, match=says.replace("(", "\\(")):
        make(**changes)


def test_a_variable_needs_a_domain() -> None:
    with pytest.raises(BadInput, match="the variable 'x' of unknown_domain has no domain"):
        Theorem(unknown_domain, source="s", label="l")


def test_a_missing_value_is_named() -> None:
    with pytest.raises(BadInput, match="no value for 'y'"):
        make().itself.check({"x": Fraction(1)})


def test_a_body_that_fails_says_where() -> None:
    def broken(x: Real) -> Claim:
        return x.nonsense  # type: ignore[attr-defined,no-any-return]

    t = Theorem(broken, source="s", label="broken")
    with pytest.raises(BadInput, match=r"test_theorem.py, line \d+: AttributeError"):
        t.itself.check({"x": Fraction(1)})


def test_candidates_leave_out_the_variables_that_no_claim_names() -> None:
    def body(x: Real, y: Real, z: Real) -> Claim:
        """Nothing."""
        return le(x, z)

    step = Empty("x < y", lambda y: le(y, 0), drops=("y > 0",))
    given = (Given("y > 0", lambda y: lt(0, y)),)
    t = Theorem(body, source="s", label="l", status="vacuous", proof="p", given=given, empty=(step,))
    assert list(t.candidates(step).variables) == ["x", "y"]
