"""Formulas that functions print of themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import pytest

from objectives import PiecewiseQuadratic
from objectives.factorization import toy
from objectives.networks import Logistic
from objectives.ripples import Multiscale
from objectives.wells import WellOnLine
from refute import Scalar, Vec, absolute, cos, sqrt, vec
from refute.report.formula import formula, number

F = Fraction


@dataclass(frozen=True)
class OfOne:
    """A function of the line, by its body."""

    body: Callable[[Scalar], Scalar]
    dim = 1

    def __call__(self, x: Vec) -> Scalar:
        return self.body(x[0])


@pytest.mark.parametrize(
    ("q", "tex"),
    [
        (F(3), "3"),
        (F(-1, 2), r"-\frac{1}{2}"),
        (F(0), "0"),
        (F(10**20 + 1, 10**20), r"1\ldots"),
        (F(-(10**30), 3), r"-3.33333333333\ldots\cdot 10^{29}"),
        (F(1, 10**30), r"1\cdot 10^{-30}"),
    ],
)
def test_numbers(q: Fraction, tex: str) -> None:
    assert number(q) == tex


@pytest.mark.parametrize(
    ("body", "tex"),
    [
        (lambda x: x * x / 2, r"\frac{{x}^{2}}{2}"),
        (lambda x: 3 - x, "3 - x"),
        (lambda x: -(x + 1) * (x + 1), r"-{\left(x + 1\right)}^{2}"),
        (lambda x: 2 / (1 + x * x), r"\frac{2}{1 + {x}^{2}}"),
        (lambda x: (x + 1) / 2, r"\frac{x + 1}{2}"),
        (lambda x: 0 * x, "0"),
        (lambda x: F(1, 3) * cos(2 * x), r"\frac{\cos\left(2 x\right)}{3}"),
        (lambda x: sqrt(x * x + 1), r"\sqrt{{x}^{2} + 1}"),
        (lambda x: absolute(x - 1), r"\left|x - 1\right|"),
    ],
)
def test_expressions(body: Callable[[Scalar], Scalar], tex: str) -> None:
    assert formula(OfOne(body)) == tex


def test_functions_of_instances() -> None:
    assert formula(toy()) == r"\frac{{\left(1 - x y\right)}^{2}}{2}"
    ripples = Multiscale(F(1), F(1), F(1, 13))
    assert formula(ripples) == r"\frac{{x}^{2}}{2} - \frac{\cos\left(13 x\right)}{13}"
    assert formula(Logistic((vec(1),), vec(1))) == r"\log\left(1 + e^{-x}\right)"


def test_piecewise_polynomials_are_interpolated_between_their_breaks() -> None:
    bent = PiecewiseQuadratic((F(0),), (F(1), F(1, 2)), F(0), F(0))
    assert formula(bent) == r"\begin{cases} \frac{{x}^{2}}{2} & x \le 0 \\ \frac{{x}^{2}}{4} & x \ge 0 \end{cases}"
    straight = PiecewiseQuadratic((F(0), F(1)), (F(1), F(1), F(1)), F(0), F(0))
    assert formula(straight) == r"\frac{{x}^{2}}{2}"
    well = WellOnLine(PiecewiseQuadratic((F(1),), (F(1), F(1)), F(0), F(0)), F(-2, 5), F(0), F(3, 10), F(5))
    text = formula(well)
    assert text is not None
    assert text.count("&") == 4
    assert r"\frac{5 {x}^{2}}{2} + \frac{1}{50} & 0 \le x \le \frac{3}{10}" in text


def test_what_has_no_formula() -> None:
    assert formula(OfOne(lambda x: x if x > 0 else -x)) is None
    assert formula(OfOne(lambda x: sum((cos(x + i) * (x - i) * x for i in range(60)), 0 * x))) is None

    @dataclass(frozen=True)
    class Wrong:
        """Breaks that leave one out."""

        dim = 1
        breaks = (F(0),)

        def __call__(self, x: Vec) -> Scalar:
            return absolute(x[0]) + absolute(x[0] - 7)

    assert formula(Wrong()) is None
