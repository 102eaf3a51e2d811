"""Instances as mathematics."""

from fractions import Fraction

import pytest

from objectives.factorization import toy
from objectives.networks import Separated
from refute import vec
from refute.report.instances import plain, spaced, symbol, written

F = Fraction


@pytest.mark.parametrize(
    ("name", "tex"),
    [
        ("h", "h"),
        ("x0", "x_{0}"),
        ("gamma", r"\gamma"),
        ("eps", r"\epsilon"),
        ("x_dagger", r"x_{\dagger}"),
        ("mu_star", r"\mu_{\star}"),
        ("larger", r"\mathrm{larger}"),
        ("wide_axes", r"\mathrm{wide}_{\mathrm{axes}}"),
    ],
)
def test_symbols(name: str, tex: str) -> None:
    assert symbol(name) == tex


def test_values() -> None:
    values = written({"f": toy(), "h": F(1, 2), "z": vec(1, F(1, 3)), "x": vec(2)})
    assert [v.equation for v in values] == [
        r"f(x, y) = \frac{{\left(1 - x y\right)}^{2}}{2}",
        r"h = \frac{1}{2}",
        r"z = \left(1, \frac{1}{3}\right)",
        "x = 2",
    ]


def test_data_stand_for_a_function_without_formula() -> None:
    many = Separated(tuple(vec(1, n) for n in range(-30, 31)), tuple(F(1, 61) for _ in range(61)))
    first, *fields = written({"f": many})
    assert (first.equation, first.words) == ("f", "Separated with")
    assert [v.name for v in fields] == [r"\mathrm{rows}", r"\mathrm{dual}"]
    assert fields[0].tex.endswith(r", \ldots\right)")


def test_strings_and_names() -> None:
    assert plain("a{b}\\c") == r"\text{abc}"
    assert spaced("WellOnLine") == "Well on line"
