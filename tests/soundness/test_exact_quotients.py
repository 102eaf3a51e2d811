"""In a theorem file a quotient of ints is a rational, wherever the ints come from; and what else an eleventh attack found."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from refute import Domain, Vec, constant, lift, solution, vec
from refute.errors import BadInput, NotExact
from refute.numbers.real import Real
from refute.numbers.reflected import exact_only
from refute.sources.asked import power, quotient
from tests.commands import run

HEAD = """from fractions import Fraction
from typing import Annotated
from refute import *
import helpers

F = Fraction
X = Annotated[Fraction, between(0, 1)]
"""
#: Each is true, since n (1/n) = 1; in floats 49 * (1/49) < 1.
SOURCES = {
    "where": "where(x >= 0, 49, 1)",
    "total": "total((40, 9))",
    "argmin": "(48, 49)[1]",
    "a constant": "n",
    "a helper": "helpers.N",
    "a sum of truth values": "sum(True for _ in range(49))",
}


@pytest.mark.parametrize("name", SOURCES)
def test_quotients_of_ints_are_exact_in_theorem_files(name: str, tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("N = 49\n\n\ndef inverse(n):\n    n **= -1\n    return n\n")
    (tmp_path / "claims.py").write_text(
        HEAD
        + f'''

def body(x: X, *, n: int = 49) -> Claim:
    """n (1/n) = 1."""
    k = {SOURCES[name]}
    m = 1
    m /= k
    return known(k * (1 / k) == 1 and k * k**-1 == 1 and k * m == 1 and k * helpers.inverse(k) == 1)


T = Theorem(body, source="s", label="quotient")
'''
    )
    done = run(tmp_path, "check", "claims.py", "--profile", "quick", "-j", "1")
    assert "refuted" not in done.output
    assert done.exit_code == 0, done.output


#: Each makes an entry, an attribute or a name the rational 1/n; the target is computed once.
IN_PLACE = {
    "an entry from the end": "w = [1, 1]; w[-1] /= n; found = w[-1]",
    "an entry of a sum": "w = [1, 1]; i = 0; w[i + 1] /= n; found = w[1]",
    "an entry of a row": "w = [[1], [1]]; w[1][0] /= n; found = w[1][0]",
    "a pair": "w = {(0, 0): 1}; w[0, 0] /= n; found = w[0, 0]",
    "an attribute of an attribute": "o.a.b = 1; o.a.b /= n; found = o.a.b",
    "a power": "w = [n]; w[-1] **= -1; found = w[0]",
    "of a call": "w = [1]; calls = []; pick(w, calls)[0] /= n; found = w[0] if len(calls) == 1 else 0",
    "in a branch": "w = [1]\n    if n:\n        w[0 + 0] /= n\n    found = w[0]",
    "in a handler": "w = [1]\n    try:\n        1 + ''\n    except TypeError:\n        w[0 + 0] /= n\n    found = w[0]",
    "pow": "found = pow(n, -1)",
}


@pytest.mark.parametrize("name", IN_PLACE)
def test_quotients_in_place_are_exact_whatever_they_change(name: str, tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("")
    (tmp_path / "claims.py").write_text(
        HEAD
        + f'''

class Thing:
    pass


o = Thing()
o.a = Thing()


def pick(w, calls):
    calls.append(1)
    return w


def body(x: X, *, n: int = 49) -> Claim:
    """n (1/n) = 1."""
    {IN_PLACE[name]}
    return known(found * n == 1)


T = Theorem(body, source="s", label="quotient")
'''
    )
    done = run(tmp_path, "check", "claims.py", "--profile", "quick", "-j", "1")
    assert "refuted" not in done.output
    assert done.exit_code == 0, done.output


def test_lines_and_sides_are_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("")
    (tmp_path / "claims.py").write_text(
        HEAD
        + '''

def half(x: X) -> Claim:
    """x <= 1/2."""
    return le(x, 1 / 2)


def broken(x: X) -> Claim:
    """It fails."""
    return le(x / 0, 1)


A = Theorem(half, source="s", label="half")
B = Theorem(broken, source="s", label="broken")
'''
    )
    done = run(tmp_path, "check", "claims.py", "-k", "half", "--profile", "quick", "-j", "1")
    assert "violated: x <= 1 / 2" in done.output
    assert "1 / 2 = 1/2" in done.output


def test_quotient_and_power_are_pythons_but_for_ints() -> None:
    assert quotient(1, 3) == Fraction(1, 3)
    assert type(quotient(4, 2)) is Fraction
    assert quotient(1.0, 2) == 0.5
    assert power(2, -2) == Fraction(1, 4)
    assert power(2, 3) == 8
    assert power(Fraction(2), -1) == Fraction(1, 2)
    with pytest.raises(ZeroDivisionError):
        quotient(1, 0)


@dataclass(frozen=True)
class Bowl:
    c: Fraction

    @constant
    def L(self) -> Fraction:
        return self.c


@dataclass(frozen=True)
class Twice(Bowl):
    @constant
    def L(self) -> Fraction:
        return 2 * super().L

    def of_one(self) -> Any:
        return super().L


def test_a_constant_and_its_parents_are_two() -> None:
    for f in (Twice(Fraction(3)), lift(Twice(Fraction(3)), Real.of)):
        assert f.of_one() == 3
        assert f.L == 6
        assert f.of_one() == 3


@dataclass(frozen=True)
class Grows:
    rate: Fraction

    def velocity(self, x: Vec) -> Vec:
        return x if float(self.rate) >= 1 / 3 else -1 * x


def test_a_field_takes_no_float_of_its_data() -> None:
    with pytest.raises(BadInput, match="polynomial"), exact_only():
        Real.of(solution(lift(Grows(Fraction(1, 3)), Real.of), vec(1), Fraction(1, 8))[0]) > 1  # noqa: B015


@dataclass(frozen=True)
class Beside:
    def __post_init__(self) -> None:
        object.__setattr__(self, "gap", Real.of(Fraction(1, 3)))

    @constant
    def sign(self) -> int:
        return 1 if float(self.gap) > 0 else -1  # type: ignore[attr-defined]


def test_what_stands_beside_the_fields_is_data_too() -> None:
    with pytest.raises(NotExact), exact_only():
        assert Beside().sign


class Plain:
    def __init__(self) -> None:
        self.a = Fraction(1, 3)


def test_containers_are_lifted_or_refused() -> None:
    lifted = lift({"a": [Fraction(1, 3)]}, Real.of)
    assert isinstance(lifted["a"][0], Real)
    for held in (frozenset({Fraction(1, 3)}), Plain()):
        with pytest.raises(NotExact, match="in its place"):
            lift(held, Real.of)


def test_two_classes_of_one_name_are_refused() -> None:
    one, two = type("Wave", (), {}), type("Wave", (), {})
    with pytest.raises(BadInput, match="called Wave"):
        Domain("waves", lambda d: one(), lambda f: f, (one, two))
