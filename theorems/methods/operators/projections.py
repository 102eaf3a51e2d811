r"""Projections onto two closed convex sets $P$, $Q$ with a common point $s$: how far from $Q$ and from $P$ what comes out is, in units of $|x_0 - s|$."""

from fractions import Fraction
from typing import Annotated

from objectives import Known, convex_sets
from refute import Claim, Given, Mutant, Theorem, Vec, both, le, points, sq, vec

QUARTER, HALF = Fraction(1, 4), Fraction(1, 2)
PROOF = "docs/methods.md#projections"


Set = Annotated[Known, convex_sets()]
Another = Annotated[Known, lambda P: convex_sets(dim=P.dim)]
Point = Annotated[Vec, lambda P: points(P.dim)]

COMMON = Given(
    "s belongs to both sets", lambda P, Q, s: both(P=P.has_subgradient(s, 0 * s), Q=Q.has_subgradient(s, 0 * s))
)


def project(Q: Known, x: Vec) -> Vec:
    """The point of Q next to x."""
    y: Vec = Q.prox(1, x)
    return y


def line(*rows: tuple[int, int]) -> Known:
    """A line through 0 of the plane, of which some answers are known: a normal, the point where it is asked, and so on."""
    normals, at = (tuple(vec(*row) for row in ((0, 0), *rows[i::2])) for i in (0, 1))
    n = len(at)
    return Known(at, normals, (Fraction(0),) * n, (), (), False, (True,) * n, True)


def alternating(P: Set, Q: Another, x: Point, s: Point, *, c: Fraction = QUARTER) -> Claim:
    r"""One round of alternating projections, $x_1 = P_Q(P_Px_0)$: $|x_1 - P_Px_1|^2 \le \frac14|x_0 - s|^2$. (The constant is ours.)"""
    y = project(Q, project(P, x))
    return le(sq(y - project(P, y)), c * sq(x - s))


# Two lines through (0, -7) at an angle of 45 degrees.
AT_45_DEGREES = {
    "P": Known(
        (vec(0, -7), vec(0, -1), vec(0, -4)),
        (vec(0, 0), vec(0, 0), vec(3, 0)),
        (Fraction(0), Fraction(0), Fraction(0)),
        (),
        (),
        False,
        (True, True, True),
        True,
    ),
    "Q": Known(
        (vec(0, -7), vec(3, -4)), (vec(0, 0), vec(-3, 3)), (Fraction(0), Fraction(0)), (), (), False, (True, True), True
    ),
    "x": vec(0, -1),
    "s": vec(0, -7),
}

ALTERNATING = Theorem(
    alternating,
    source="vonneumann-1949",
    label="alternating-projections",
    reading="one-round",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(COMMON,),
    attained=(AT_45_DEGREES,),
    mutants=(Mutant("0.24 in place of 1/4", {"c": Fraction(24, 100)}, killed_at=AT_45_DEGREES),),
)


def averaged(P: Set, Q: Another, x: Point, s: Point, *, c: Fraction = Fraction(27, 64)) -> Claim:
    r"""Averaged projections, $x_1 = \frac12(P_Px_0 + P_Qx_0)$: $|P_Px_1 - P_Qx_1|^2 \le \frac{27}{64}|x_0 - s|^2$. (The constant is ours.)"""
    y = HALF * (project(P, x) + project(Q, x))
    return le(sq(project(P, y) - project(Q, y)), c * sq(x - s))


# Two lines, to both sides of (1, 0), at an angle of 2 arcsin 3/5.
AT_AN_ANGLE = {
    "P": line((225, -300), (400, 300), (144, -192), (256, 192)),
    "Q": line((225, 300), (400, -300), (144, 192), (256, -192)),
    "x": vec(625, 0),
    "s": vec(0, 0),
}

AVERAGED = Theorem(
    averaged,
    source="taylor-2017-composite",
    label="averaged-projections",
    reading="one-round",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(COMMON,),
    mutants=(Mutant("0.35 in place of 27/64", {"c": Fraction(35, 100)}, killed_at=AT_AN_ANGLE),),
)


def dykstra(P: Set, Q: Another, x: Point, s: Point, *, c: Fraction = Fraction(2, 15)) -> Claim:
    r"""Two rounds of Dykstra's method, $y_k = P_P(x_k + p_k)$, $p_{k+1} = x_k + p_k - y_k$, $x_{k+1} = P_Q(y_k + q_k)$, $q_{k+1} = y_k + q_k - x_{k+1}$: $|x_2 - P_Px_2|^2 \le \frac2{15}|x_0 - s|^2$. (The constant is ours.)"""
    p = q = 0 * x
    at = x
    for _ in range(2):
        y = project(P, at + p)
        p = at + p - y
        at, q = project(Q, y + q), y + q - project(Q, y + q)
    return le(sq(at - project(P, at)), c * sq(x - s))


# The first axis, and the line along (15, 8).
TWO_LINES = {
    "P": line((0, 0), (83521, 0), (0, 34680), (65025, 0), (0, 27000), (50625, 0)),
    "Q": line((18496, -34680), (65025, 34680), (32896, -61680), (50625, 27000)),
    "x": vec(83521, 0),
    "s": vec(0, 0),
}

DYKSTRA = Theorem(
    dykstra,
    source="boyle-dykstra-1986",
    label="dykstra",
    reading="two-rounds",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(COMMON,),
    mutants=(Mutant("1/10 in place of 2/15", {"c": Fraction(1, 10)}, killed_at=TWO_LINES),),
)
