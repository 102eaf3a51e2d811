r"""Proximal steps that are found up to an error, for convex functions: the error is bounded by what the step itself does, so that an implementation can check it."""

from fractions import Fraction
from typing import Annotated

from objectives import Known, Objective, PiecewiseQuadratic, convex, convex_nonsmooth, strongly_convex
from refute import Claim, Given, Mutant, Scalar, Theorem, Vec, dot, le, naturals, points, sq, vec

ONE, HALF = Fraction(1), Fraction(1, 2)
PROOF = "docs/methods.md#inexact-proximal-steps"

WithMinimizer = Annotated[Known, convex_nonsmooth(minimizer=True)]
Smooth = Annotated[Objective, convex(L=1)]
StronglyConvex = Annotated[Objective, strongly_convex(mu=1, L=4)]
Convex = Annotated[Known, lambda f: convex_nonsmooth(dim=f.dim)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Count = Annotated[int, naturals(0, drawn=6)]

STATIONARY = Given("x_* minimizes F", lambda f, g, x_star: g.has_subgradient(x_star, -f.grad(x_star)))


def proximal_point(f: WithMinimizer, x: Point, e: Point, *, one: Fraction = ONE) -> Claim:
    r"""A step $x_1 = x_0 - s + e$ with $s \in \partial f(x_1)$ and $|e| \le \frac12|x_1 - x_0|$ has $f(x_1) - f_* \le \frac38|x_0 - x_*|^2$. (In general $\frac{1 + \sigma}{4\gamma}$ with the relative error $\sigma$ and the step $\gamma$.)"""
    low = f.minimum
    return le(8 * (f(f.prox(1, x + e)) - low.value), one * 3 * sq(x - low.at))


# f = max(x, -2/3): from 2/3 with the error 1/3 to 0.
TOO_SHORT = {
    "f": Known(
        (vec(Fraction(-2, 3)), vec(0)),
        (vec(0), vec(1)),
        (Fraction(-2, 3), Fraction(0)),
        (),
        (),
        True,
        (True, True),
        False,
    ),
    "x": vec(Fraction(2, 3)),
    "e": vec(Fraction(1, 3)),
}

PROXIMAL_POINT = Theorem(
    proximal_point,
    source="barre-2023",
    label="inexact-proximal-point",
    reading="one-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(Given("the error is small", lambda f, x, e: le(4 * sq(e), sq(f.prox(1, x + e) - x))),),
    mutants=(Mutant("0.99 in place of 1", {"one": Fraction(99, 100)}, killed_at=TOO_SHORT),),
)


def ahead(k: Scalar, x: Vec, z: Vec) -> Vec:
    """x + (2k + 1)/(k + 1)^2 (z - x)."""
    between: Vec = x + (2 * k + ONE) / (k + 1) ** 2 * (z - x)
    return between


def is_close(f: Objective, g: Known, x: Vec, z: Vec, w: Vec, v: Vec, p: Vec, k: Scalar) -> Claim:
    """What p, and v, a subgradient of g at w, miss of a proximal step from y - grad f(y): at most |v + grad f(y)|^2/8."""
    y = ahead(k, x, z)
    missed = HALF * sq(p - y + f.grad(y) + v) + g(p) - g(w) - dot(v, p - w)
    return le(missed, sq(v + f.grad(y)) / 8)


def forward_backward(
    f: Smooth,
    g: Convex,
    x: Point,
    z: Point,
    x_star: Point,
    w: Point,
    v: Point,
    p: Point,
    k: Count,
    *,
    eta: Fraction = Fraction(3, 4),
) -> Claim:
    r"""The accelerated inexact forward-backward method with the relative error $\zeta = \frac12$, $L = 1$ and $A_k = \frac{\eta k^2}4$, $\eta = 1 - \zeta^2$, in place of a sequence by roots: $A_k(F(x_k) - F_*) + \frac12|z_k - x_*|^2$ does not grow from $k$ to $k + 1$, for every $k \ge 0$. So $F(x_N) - F_* \le \frac{2|x_0 - x_*|^2}{(1 - \zeta^2)N^2}$."""
    y = ahead(k, x, z)
    after = z - eta * (2 * k + 1) / 4 * (v + f.grad(y))
    star = f(x_star) + g(x_star)
    return le(
        eta * (k + 1) ** 2 / 4 * (f(p) + g(p) - star) + HALF * sq(after - x_star),
        eta * k**2 / 4 * (f(x) + g(x) - star) + HALF * sq(z - x_star),
    )


# g is 0 before a wall at 3, and f has the slope 13 there.
WALL = {
    "f": PiecewiseQuadratic((Fraction(-8),), (Fraction(0), Fraction(1)), Fraction(2), Fraction(0)),
    "g": Known(
        (vec(3), vec(3), vec(3), vec(3)),
        (vec(-13), vec(0), vec(0), vec(0)),
        (Fraction(0), Fraction(0), Fraction(0), Fraction(0)),
        (),
        (),
        False,
        (True, True, False, False),
        False,
    ),
    "x": vec(3),
    "z": vec(125),
    "x_star": vec(3),
    "w": vec(3),
    "v": vec(0),
    "p": vec(3),
    "k": 1,
}

FORWARD_BACKWARD = Theorem(
    forward_backward,
    source="barre-2022",
    label="accelerated-inexact-forward-backward",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(
        STATIONARY,
        Given("v is a subgradient of g at w", lambda g, w, v: g.has_subgradient(w, v)),
        Given("p is close", is_close),
    ),
    mutants=(Mutant("an eta of 4 in place of 3/4", {"eta": Fraction(4)}, killed_at=WALL),),
)


def douglas_rachford(f: StronglyConvex, g: Convex, z: Point, x: Point, x_star: Point, *, one: Fraction = ONE) -> Claim:
    r"""The partially inexact Douglas-Rachford step $z_+ = z + y - x$, $y = \mathrm{prox}_{g/2}(x - \frac12\nabla f(x))$ on $1 \le f'' \le 4$, where $x$ is the proximal point of $f$ up to $|x - z + \frac12\nabla f(x)| \le \frac12|y - z + \frac12\nabla f(x)|$, contracts the distance to $z_* = x_* + \frac12\nabla f(x_*)$ by $\frac34$."""
    y = g.prox(HALF, x - HALF * f.grad(x))
    z_star = x_star + HALF * f.grad(x_star)
    return le(16 * sq(z + y - x - z_star), one * 9 * sq(z - z_star))


def is_proximal(f: Objective, g: Known, z: Vec, x: Vec) -> Claim:
    """x is the proximal point of z up to half of what the step moves."""
    y = g.prox(HALF, x - HALF * f.grad(x))
    return le(4 * sq(x - z + HALF * f.grad(x)), sq(y - z + HALF * f.grad(x)))


# f is a parabola, and g has one slope where it is asked.
PUSHED = {
    "f": PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(1)), Fraction(-48, 7), Fraction(0)),
    "g": Known(
        (vec(Fraction(43, 16)), vec(Fraction(43, 32))),
        (vec(Fraction(467, 112)), vec(Fraction(467, 112))),
        (Fraction(0), Fraction(-20081, 3584)),
        (),
        (),
        False,
        (True, True),
        False,
    ),
    "z": vec(Fraction(-9, 2)),
    "x": vec(0),
    "x_star": vec(Fraction(43, 16)),
}

DOUGLAS_RACHFORD = Theorem(
    douglas_rachford,
    source="barre-2023",
    label="inexact-douglas-rachford",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(STATIONARY, Given("the error is small", is_proximal)),
    mutants=(Mutant("0.95 in place of 1", {"one": Fraction(95, 100)}, killed_at=PUSHED),),
)
