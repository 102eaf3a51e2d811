"""Claims, opinions and their agreement, part by part: what is passed on, and what stops where."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest

from refute import Claim, every, known, le, sqrt
from refute.errors import BadInput, NotExact, Undecided
from refute.numbers.decide import cancels, sign
from refute.numbers.mp import CONTEXT, Mp, digits
from refute.numbers.real import Real
from refute.statements.claims import Decision, Every, Opinion, Relation, named
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Checked

F = Fraction


@dataclass(frozen=True)
class Part:
    """A part with what it decides and thinks."""

    decision: Decision
    thinks: Opinion = field(default_factory=lambda: Opinion(True, "so"))

    def decide(self) -> Decision:
        return self.decision

    def slack(self) -> Any:
        raise AssertionError

    def opinion(self, decision: Decision) -> Opinion:
        seen.append(decision)
        return self.thinks


seen: list[Decision] = []


def part(truth: bool | None, **more: Any) -> Part:
    return Part(Decision(truth, "p", **more))


def conjunction(*parts: Claim) -> Every:
    return Every(tuple((f"part {i}", p) for i, p in enumerate(parts)))


def test_a_conjunction_that_holds_says_so_and_keeps_everything() -> None:
    d = conjunction(part(True, tightness=0.5, evidence="a"), part(True, tightness=0.25, evidence="b")).decide()
    assert d == Decision(True, "every part", 0.5, ("a", "b"), False, False)
    assert conjunction().decide() == Decision(True, "no part", None, (), False, False)


def test_equality_is_that_of_an_inequality() -> None:
    assert conjunction(part(True, tightness=1.0, equal=True)).decide().equal is True
    assert conjunction(part(True, tightness=1.0, equal=True), part(True)).decide().equal is True
    assert conjunction(part(True, equal=True)).decide().equal is False
    assert conjunction(part(True, tightness=1.0)).decide().equal is False


def test_what_is_costly_stays_costly() -> None:
    for truth in (True, False, None):
        assert conjunction(part(True, costly=True), part(truth)).decide().costly is True or truth is None
        assert conjunction(part(truth)).decide().costly is False
    assert conjunction(part(True), part(False, costly=True)).decide().costly is True


def test_the_first_false_part_decides_and_names_itself() -> None:
    def parts() -> Iterator[tuple[str, Claim]]:
        yield "a", part(True, evidence="e")
        yield "", part(None)
        yield "b", part(False, evidence="f", tightness=2.0)
        raise AssertionError("nothing after it is asked")

    d = named(parts()).decide()
    assert d == Decision(False, "b: p", 2.0, ("e", None, "f"), False, False)


def test_an_open_part_leaves_the_rest_open_but_for_what_is_false() -> None:
    d = conjunction(part(True), part(None, evidence="why"), Part(Decision(None, "later"))).decide()
    assert (d.truth, d.says, d.evidence) == (None, "part 1: p", "why")
    assert conjunction(part(None), part(False)).decide().truth is False
    assert every([known(None, "open")], each="k").decide().says == "k = 0: open"
    assert every([known(None, "open")]).decide().says == "open"


def test_opinions_get_their_own_evidence() -> None:
    both = conjunction(part(True, evidence="a"), part(True, evidence="b"))
    seen.clear()
    o = both.opinion(both.decide())
    assert (o.truth, o.says) == (True, "every part")
    assert [d.evidence for d in seen] == ["a", "b"]
    seen.clear()
    both.opinion(Decision(True, "x", evidence=("only",)))
    assert [d.evidence for d in seen] == ["only", None]
    seen.clear()
    both.opinion(Decision(True, "x", evidence="no tuple"))
    assert [(d.evidence, d.says, d.truth) for d in seen] == [(None, "x", True)] * 2


def test_opinions_are_joined_like_decisions() -> None:
    yes, no, unsure = (Part(Decision(True, ""), Opinion(t, "o", "1", "2")) for t in (True, False, None))
    found = conjunction(yes, unsure, no, yes).opinion(Decision(True, ""))
    assert found == Opinion(False, "part 2: o", "1", "2")
    found = conjunction(yes, unsure, yes, unsure).opinion(Decision(True, ""))
    assert found == Opinion(None, "part 1: o", "1", "2")
    assert Every((("", no),)).opinion(Decision(True, "")).says == "o"


@pytest.mark.parametrize(
    ("op", "less", "same", "more"),
    [("<=", True, True, False), ("<", True, False, False), ("=", False, True, False), ("!=", True, False, True)],
)
def test_the_four_relations(op: str, less: bool, same: bool, more: bool) -> None:
    for lhs, truth in ((F(1), less), (F(2), same), (F(3), more)):
        claim = Relation(Real.of(lhs), op, Real.of(2))
        d = claim.decide()
        assert (d.truth, d.equal, d.says) == (truth, lhs == 2, f"lhs {op} rhs")
        with digits(60):
            o = Relation(Mp.of(lhs), op, Mp.of(2)).opinion(d)
        assert (o.truth, o.says, o.lhs, o.rhs) == (truth, f"lhs {op} rhs", f"{lhs}.0", "2.0")


def test_an_open_relation_says_why_and_mpmath_has_no_opinion() -> None:
    d = Relation(sqrt(Real.of(-1)), "<=", Real.of(2)).decide()
    assert d == Decision(None, "a sign is open at 16384 bits")
    assert Relation(Real.of(1) / (sqrt(Real.of(2)) ** 2 - 2), "<=", 1).decide().truth is None
    with digits(60):
        unsure = Mp(CONTEXT.one, CONTEXT.mpf(10) ** -10)
        assert Relation(unsure, "<", Mp.of(1 + F(1, 10**8))).opinion(d).truth is None
        assert Relation(unsure, "<", Mp.of(1 + F(1, 10**6))).opinion(d).truth is True


def test_signs() -> None:
    root = sqrt(Real.of(2))
    assert (sign(root), sign(-root), sign(root * root * 0)) == (1, -1, 0)
    assert sign(root - root) == 0
    assert sign(root**2 - 2) == 0
    tiny = Real.of(F(1, 10**1000))
    assert (sign(root - root + tiny), sign(root - root - tiny)) == (1, -1)
    for undefined in (sqrt(Real.of(-1)) * 0, sqrt(Real.of(-1)) ** 0 - 1, sqrt(Real.of(-1)) - sqrt(Real.of(-1))):
        with pytest.raises(Undecided, match="a sign is open at 16384 bits"):
            sign(undefined)


def test_cancellation_is_exact_or_refused() -> None:
    x = sqrt(Real.of(3))
    assert cancels(x - x)
    assert not cancels(x - 1)
    assert not cancels(1 / (x - x))
    big = Real.of(1)
    for i in range(14):
        big = big * (1 + sqrt(Real.of(F(i + 2, 7))))
    assert not cancels(big - big * 1 - 1)


def test_the_sign_of_a_polynomial_in_free_variables() -> None:
    from refute.numbers.atoms import variable

    x, y = variable("x"), variable("y", True)
    assert sign((x + 1) ** 2 - x * x - 2 * x - 1) == 0
    assert sign(x * x + y + 1) == 1
    assert sign(-x * x - y - 1) == -1
    for open_ in (x * x + y, x, x / x - 1, x * x - y + 1):
        with pytest.raises(Undecided, match="the coefficients of a polynomial do not show its sign"):
            sign(open_)
    large = Real.of(1)
    for i in range(14):
        large = large * (1 + variable(f"x{i}", True))
    with pytest.raises(Undecided, match="the coefficients of a polynomial do not show its sign"):
        sign(large)


def checked(truth: bool | None, hypothesis: bool | None = True, equal: bool = False) -> Checked:
    return Checked((("h", Decision(hypothesis, "")), ("i", Decision(True, ""))), Decision(truth, "", equal=equal))


def opinions(h: bool | None, c: bool | None) -> list[tuple[str, Opinion]]:
    return [("h", Opinion(h, "")), ("i", Opinion(True, "")), ("conclusion", Opinion(c, ""))]


def test_where_the_arithmetics_disagree() -> None:
    assert contradiction(checked(True), opinions(True, True)) == ""
    assert contradiction(checked(False), opinions(True, False)) == ""
    assert contradiction(checked(True), opinions(None, None)) == ""
    assert contradiction(checked(None), opinions(True, False)) == ""
    assert (
        contradiction(checked(True), opinions(True, False))
        == "arithmetics disagree about the conclusion: exact True, mpmath False"
    )
    assert (
        contradiction(checked(False), opinions(False, False))
        == "arithmetics disagree about h: exact True, mpmath False"
    )
    assert contradiction(checked(False), opinions(True, None)) == "mpmath does not confirm the violation"
    assert contradiction(checked(False, equal=True), opinions(True, None)) == ""


@dataclass
class Asked:
    """A statement whose opinions become clear at so many digits."""

    clear_at: int
    truth: bool
    asked: list[int]

    def opinions(self, instance: Any, found: Checked) -> Iterator[tuple[str, Opinion]]:
        from refute.numbers.mp import running_digits

        assert instance == {"x": 1}
        assert isinstance(found, Checked)
        self.asked.append(running_digits())
        yield "h", Opinion(True, "")
        yield "i", Opinion(None, "")
        yield "conclusion", Opinion(self.truth if running_digits() >= self.clear_at else None, "")


@pytest.mark.parametrize(
    ("truth", "clear_at", "digits_asked"),
    [(False, 60, [60]), (False, 200, [60, 200]), (False, 600, [60, 200, 600]), (False, 10**4, [60, 200, 600, 1300, 1300]),
     (True, 50, [50]), (True, 200, [50, 200]), (True, 10**4, [50, 200])],
)  # fmt: skip
def test_more_digits_are_asked_for_where_few_leave_it_open(truth: bool, clear_at: int, digits_asked: list[int]) -> None:
    statement: Any = Asked(clear_at, truth, [])
    found = second_opinion(statement, {"x": 1}, checked(truth))
    assert statement.asked == digits_asked
    assert found[-1][1].truth is (truth if clear_at <= digits_asked[-1] else None)


def test_a_contradiction_is_asked_again_with_more_digits_and_at_last_with_ties_as_equal() -> None:
    statement: Any = Asked(60, True, [])
    second_opinion(statement, {"x": 1}, checked(False))
    assert statement.asked == [60, 200, 600, 1300, 1300]


def test_le_measures_tightness_in_its_unit() -> None:
    assert le(Real.of(3), Real.of(4), unit=Real.of(2)).decide().tightness == 0.5
    assert le(Real.of(4), Real.of(4)).decide().tightness == 1.0


def test_what_mpmath_cannot_evaluate_does_not_confirm_a_certificate() -> None:
    decided = Checked((), Decision(True, "", evidence="a certificate"))
    failed = [("conclusion", Opinion(None, "it cannot be evaluated: ZeroDivisionError"))]
    assert "mpmath cannot evaluate it" in contradiction(decided, failed)
    assert contradiction(Checked((), Decision(True, "")), failed) == ""
    assert contradiction(Checked((), Decision(None, "", evidence="open")), failed) == ""


@pytest.mark.parametrize("claim", [le(Real.of(1), Real.of(2)), known(True, ""), every([])])
def test_a_claim_has_no_truth_value_for_python(claim: Claim) -> None:
    for joined in (lambda: claim and claim, lambda: claim or claim, lambda: not claim, lambda: 1 if claim else 2):
        with pytest.raises(BadInput, match="a claim has no truth value before it is decided"):
            joined()


def test_no_whole_number_is_made_of_an_exact_one() -> None:
    import math

    for made in (math.floor, math.ceil, math.trunc, round, int):
        with pytest.raises(NotExact, match="use the functions of refute"):
            made(Real.of(F(1, 2)))
