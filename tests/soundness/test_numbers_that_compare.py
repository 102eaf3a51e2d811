"""Numbers that are known to many digits, and never exactly, answer no comparison of Python's: not by identity, not by their balls."""

from fractions import Fraction
from pathlib import Path

import pytest

from refute import Boxes, Enclosed, Intervals, periodic_orbits
from refute.errors import NotExact, Undecided
from refute.numbers.reflected import exact_only
from tests.commands import run
from tests.refute.orbits.test_periodic import UNIT, Logistic

HEAD = '''from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from objectives import Ridge, RidgeSum
from refute import *

Whole = Annotated[int, integers(1, 5)]


@dataclass(frozen=True)
class Swap:
    """(x, y)' = (y, x)."""

    dim = 2

    def velocity(self, x):
        return Vec((x[1], x[0]))


def at(a, b):
    return solution(Swap(), vec(a, b), Fraction(1))


def least(p):
    return RidgeSum((Ridge(Fraction(1), "log_cosh", vec(1), p), Ridge(Fraction(1), "log_cosh", vec(1), Fraction(-7)))).minimum.value


def logistic(x):
    return (Fraction(7, 2) * x[0] * (1 - x[0]),)


def of_two(k, asked):
    return orbits_of_period(logistic, 2, ((Fraction(1, 10), Fraction(1)),), lambda os: known(all(asked(m) for o in os for m in o.multipliers)))


'''
#: What is said is false, or true and would be refuted, if objects, or midpoints of balls, were compared.
BODIES = {
    "a flow off the diagonal": ("x, y = at(c, c); return known(not x == y)", "error"),
    "a flow and where": ("x, y = at(c, c); return le(1, where(x == y, 0, 1))", "error"),
    "one solution": ("return known(at(c, 0) == at(c, 0))", "error"),
    "a number and a flow": ("x, _ = at(c - c, c - c); return known(x != 0)", "error"),
    "a truth value": ("x, _ = at(c - c, c - c); return known(bool(x))", "error"),
    "an if": ("x, _ = at(c - c, c - c)\n    return le(1, 0) if not x else le(0, 1)", "error"),
    "membership": ("return known(at(c, c)[0] in [at(c, c)[1]])", "error"),
    "least values": ("return known(least(Fraction(c)) != least(Fraction(c)))", "error"),
    "another multiplier": ("return of_two(c, lambda m: m != Fraction(-5, 4))", "undecided"),
    "its real part": ("return of_two(c, lambda m: m.real != Fraction(-5, 4))", "undecided"),
    "its size": ("return of_two(c, lambda m: abs(m) > Fraction(5, 4))", "undecided"),
    "at least": ("return of_two(c, lambda m: abs(m) >= Fraction(5, 4))", "undecided"),
    "not at most": ("return of_two(c, lambda m: not 4 * abs(m) <= 5)", "undecided"),
}


@pytest.mark.parametrize("name", BODIES)
def test_an_open_comparison_is_no_answer(name: str, tmp_path: Path) -> None:
    body, verdict = BODIES[name]
    (tmp_path / "claims.py").write_text(
        HEAD
        + f'def body(c: Whole) -> Claim:\n    """It compares."""\n    {body}\n\n\nT = Theorem(body, source="s", label="compares")\n'
    )
    done = run(tmp_path, "check", "claims.py", "--profile", "quick", "-j", "1")
    assert f"{verdict:9s} s/compares" in done.output, done.output
    assert done.exit_code == 1


def test_what_digits_show_is_an_answer(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(
        HEAD
        + '''def body(c: Whole) -> Claim:
    """Multipliers are close to -5/4, and a flow is where its claim says."""
    x, y = at(c, c)
    return both(orbit=of_two(c, lambda m: m != 1 and 1.2 < abs(m) and abs(m) < 1.3 and m.imag < 1), flow=lt(Fraction(27, 10) * c, x))


T = Theorem(body, source="s", label="compares")
'''.replace("1.2", "Fraction(6, 5)").replace("1.3", "Fraction(13, 10)")
    )
    done = run(tmp_path, "check", "claims.py", "--profile", "quick", "-j", "1")
    assert done.exit_code == 0, done.output


def test_outside_of_decisions_an_enclosed_number_is_an_object() -> None:
    x, y = (Enclosed(lambda bits: None, lambda digits: None) for _ in range(2))
    assert x == x
    assert x != y
    assert len({x, y}) == 2
    assert x
    with exact_only():
        assert x == x
    with pytest.raises(NotExact, match="known to any precision"), exact_only():
        assert x == y
    with pytest.raises(NotExact), exact_only():
        assert x


def test_multipliers_are_told_apart_as_far_as_they_are_known() -> None:
    (orbit,) = periodic_orbits(Logistic(Fraction(7, 2)), 2, UNIT) or ()
    (m,) = orbit.multipliers
    assert m == m
    assert m != 1
    assert abs(m) < 2
    with pytest.raises(Undecided):
        assert m != Fraction(-5, 4)


def test_the_shadow_of_nothing_is_nothing() -> None:
    def square(k: int) -> Boxes:
        return Boxes(((Intervals(((Fraction(0), Fraction(1)),)), Intervals(((Fraction(k), Fraction(k + 1)),))),))

    nothing = (Intervals(((Fraction(0), Fraction(1)),)), Intervals(()))
    assert square(0).meet(square(3)) == []
    assert Boxes((nothing,)).restrict((0,)).measure == 0
    assert Boxes(tuple(square(0).meet(square(0)))).restrict((0,)).measure == 1
    assert Boxes((*square(0).parts, nothing)).restrict((0,)).measure == 1
