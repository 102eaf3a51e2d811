r"""Gradient descent without convexity: what a lower bound of the gradient by values, or by its angle with $x - x_*$, is enough for."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Any

from objectives import Answer, Known, Objective, Quadratic, by_conditions, polyak_lojasiewicz
from refute import Claim, Mutant, Scalar, Theorem, Vec, between, dot, le, points, sq, vec

ONE, ZERO = Fraction(1), Fraction(0)
PROOF = "docs/methods.md#without-convexity"


Lojasiewicz = Annotated[Objective, polyak_lojasiewicz(mu=1, L=4)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Step = Annotated[Fraction, between(0, Fraction(1, 4))]


def lojasiewicz(f: Lojasiewicz, x: Point, h: Step, *, two: Fraction = 2 * ONE) -> Claim:
    r"""With $|\nabla f|^2 \ge 2\mu(f - f_*)$ a step $0 \le h \le \frac1L$ has $f(x_1) - f_* \le (1 - \mu h(2 - hL))(f(x_0) - f_*)$; here $\mu = 1$, $L = 4$."""
    y = x - h * f.grad(x)
    return le(f(y) - f.minimum.value, (1 - h * (two - 4 * h)) * (f(x) - f.minimum.value))


# f(x) = x^2/2: a step of 1/4 leaves 9/16 of the value, and a rate of 1 - h (3.8 - 4 h) would leave 3/10.
PARABOLA = {"f": Quadratic((), (ONE,), (ZERO,), vec(0), ZERO), "x": vec(1), "h": Fraction(1, 4)}

LOJASIEWICZ = Theorem(
    lojasiewicz,
    source="karimi-2016",
    label="polyak-lojasiewicz",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("3.8 in place of 2", {"two": Fraction(38, 10)}, killed_at=PARABOLA),),
)


def _secant(f: Any, a: Answer, star: Answer) -> Sequence[Scalar]:
    """<g, x - x_*> >= mu |x - x_*|^2 and |g| <= L |x - x_*|."""
    e = a.x - star.x
    return [dot(a.g, e) - f.mu * sq(e), f.L**2 * sq(e) - sq(a.g)]


Secant = Annotated[
    Known,
    by_conditions(
        "a restricted secant inequality and an error bound",
        to_minimizer=_secant,
        constants=["L", "mu"],
        minimizer=True,
        operator=True,
        sufficient=True,
    ),
]


def secant(f: Secant, x: Point, *, one: Fraction = ONE) -> Claim:
    r"""With $\langle\nabla f(x), x - x_*\rangle \ge \mu|x - x_*|^2$ and $|\nabla f(x)| \le L|x - x_*|$ a step $h = \frac\mu{L^2}$ has $|x_1 - x_*|^2 \le (1 - \frac{\mu^2}{L^2})|x_0 - x_*|^2$."""
    y, at = x - f.mu / f.L**2 * f(x), f.minimum.at
    return le(f.L**2 * sq(y - at), one * (f.L**2 - f.mu**2) * sq(x - at))


# L = 5/4, mu = 1, and the gradient (1, 3/4) at (1, 0).
TURNED = {
    "f": Known(
        (vec(0, 0), vec(1, 0)),
        (vec(0, 0), vec(1, Fraction(3, 4))),
        (ZERO, ZERO),
        ("L", "mu"),
        (Fraction(5, 4), ONE),
        True,
        (True, False),
        True,
    ),
    "x": vec(1, 0),
}

SECANT = Theorem(
    secant,
    source="guille-escuret-2022",
    label="restricted-secant",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(TURNED,),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=TURNED),),
)
