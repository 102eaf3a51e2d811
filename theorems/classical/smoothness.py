r"""What smoothness means: two examples.

$f$ is $L$-smooth when $\nabla f$ is Lipschitz with constant $L$.
"""

from fractions import Fraction
from typing import Annotated

from objectives import square
from refute import Claim, Mutant, Scalar, Theorem, Vec, at_least, le, lt, rationals, sq

Real = Annotated[Fraction, rationals()]
Constant = Annotated[Fraction, at_least(0)]


def square_is_smooth(x: Real, y: Real, *, two: Fraction = Fraction(2)) -> Claim:
    r"""$f(x) = x^2$ is 2-smooth on $\mathbb R$: $|f'(x) - f'(y)| \le 2 |x - y|$ (squared)."""
    f = square(2)
    p, q = Vec((x,)), Vec((y,))
    return le(sq(f.grad(p) - f.grad(q)), two**2 * sq(p - q))


SQUARE_IS_SMOOTH = Theorem(
    square_is_smooth,
    source="tao-wang-2022",
    label="square-is-smooth",
    status="true",
    proof="docs/classical.md#square-is-smooth",
    symbols={"x": "any", "y": "any"},
    attained=({"x": Fraction(0), "y": Fraction(1)},),
    mutants=(
        Mutant(
            "1.99-smooth",
            {"two": Fraction(199, 100)},
            killed_at={"x": Fraction(0), "y": Fraction(1)},
        ),
    ),
)


def derivative_of_power(x: Scalar, p: int) -> Scalar:
    """d/dx x^p."""
    return p * x ** (p - 1)


def quartic_is_not_smooth(L: Constant, *, p: int = 4) -> Claim:
    r"""$f(x) = x^4$ is $L$-smooth on $\mathbb R$ for no $L$.

    For every $L \ge 0$ there are $x, y$ with $f'(x) - f'(y) > L (x - y) > 0$; the witness is
    $x = L + 1$, $y = 0$.
    """
    x, y = L + 1, 0
    return lt(L * (x - y), derivative_of_power(x, p) - derivative_of_power(y, p))


QUARTIC_IS_NOT_SMOOTH = Theorem(
    quartic_is_not_smooth,
    source="tao-wang-2022",
    label="quartic-is-not-smooth",
    status="true",
    proof="docs/classical.md#quartic-is-not-smooth",
    symbols={"L": "nonnegative"},
    mutants=(Mutant("x^2 is not smooth either", {"p": 2}, killed_at={"L": Fraction(2)}),),
)
