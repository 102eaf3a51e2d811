r"""Variational inequalities: find $s$ in a convex set $Q$ with $\langle Fs, q - s\rangle \ge 0$ for all $q \in Q$. Methods that ask $F$ once in a step, of size $\frac1{4L}$; $P$ is the projection onto $Q$."""

from fractions import Fraction
from typing import Annotated, Any

from objectives import Known, MonotoneMap, cocoercive_operators, convex_sets, monotone_lipschitz_operators
from refute import Claim, Given, Mutant, Scalar, Theorem, Vec, integers, le, points, sq, vec

ONE, HALF = Fraction(1), Fraction(1, 2)
PROOF = "docs/methods.md#variational-inequalities"


Lipschitz = Annotated[Any, monotone_lipschitz_operators()]
Cocoercive = Annotated[Known, cocoercive_operators()]
Set = Annotated[Known, lambda F: convex_sets(dim=F.dim)]
Point = Annotated[Vec, lambda F: points(F.dim)]
Few = Annotated[int, integers(1, 2)]

SOLUTION = Given("s is a solution", lambda F, Q, s: Q.has_subgradient(s, -F(s)))


def project(F: Any, Q: Known, x: Vec) -> Vec:
    """The point of Q next to x: any step leads there, and this one has the units of the others."""
    y: Vec = Q.prox(1 / F.L, x)
    return y


# F(x) = x - (10, 0).
DRIVE = MonotoneMap(ONE, Fraction(0), vec(10, 0), ONE)


def segment(*normals: Scalar) -> Known:
    """The segment from (0, 0) to (1, 0), with these normals at its end."""
    n = len(normals) + 1
    at, sizes = (vec(0, 0), *(vec(1, 0) for _ in normals)), (vec(0, 0), *(vec(c, 0) for c in normals))
    return Known(at, sizes, (Fraction(0),) * n, (), (), False, (True,) * n, True)


def last_moves(F: Any, Q: Known, x: Vec, N: int) -> Vec:
    r"""$y_N - y_{N-1}$ of the optimistic gradient method $y_{k+1} = P(x_k - hFy_k)$, $x_{k+1} = y_{k+1} + h(Fy_k - Fy_{k+1})$, from $x_0 = y_0 = P(x)$."""
    h = Fraction(1, 4) / F.L
    at = y = project(F, Q, x)
    for _ in range(N):
        before, y = y, project(F, Q, at - h * F(y))
        at = y + h * (F(before) - F(y))
    moved: Vec = y - before
    return moved


def optimistic(F: Lipschitz, Q: Set, x: Point, s: Point, N: Few, *, c: Fraction = Fraction(11, 10)) -> Claim:
    r"""The optimistic gradient method of a monotone $L$-Lipschitz $F$ has $|y_N - y_{N-1}|^2 \le \frac{11}{10}|x - s|^2$ for $N \le 2$. (The constant is ours.)"""
    return le(sq(last_moves(F, Q, x, N)), c * sq(x - s))


# F(x) = x - (10, 0) drives from (0, 0) to the other end of a segment, (1, 0), at once.
ONWARDS = {"F": DRIVE, "Q": segment(Fraction(3, 2), 9), "x": vec(0, 0), "s": vec(1, 0), "N": 1}

OPTIMISTIC = Theorem(
    optimistic,
    source="gorbunov-2022",
    label="optimistic-gradient",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(SOLUTION,),
    mutants=(Mutant("0.5 in place of 1.1", {"c": HALF}, killed_at=ONWARDS),),
)


def of_cocoercive(F: Cocoercive, Q: Set, x: Point, s: Point, N: Few, *, c: Fraction = Fraction(64, 63)) -> Claim:
    r"""Of a $\frac1L$-cocoercive $F$ it has $|y_N - y_{N-1}|^2 \le \frac{64}{63}|x - s|^2$ for $N \le 2$. (The constant is ours.)"""
    return le(sq(last_moves(F, Q, x, N)), c * sq(x - s))


# One step leads from (1/4, 0) to (0, 1/36).
SKEW = {
    "F": Known(
        (vec(0, 0), vec(Fraction(1, 4), 0), vec(0, Fraction(1, 36))),
        (vec(Fraction(3, 7), 0), vec(Fraction(1, 2), Fraction(-1, 18)), vec(Fraction(3, 7), 0)),
        (Fraction(0), Fraction(0), Fraction(0)),
        ("L",),
        (Fraction(1, 2),),
        False,
        (False, False, False),
        True,
    ),
    "Q": Known(
        (vec(0, 0), vec(Fraction(1, 4), 0), vec(0, Fraction(1, 36))),
        (vec(Fraction(-3, 7), 0), vec(0, 0), vec(0, 0)),
        (Fraction(0), Fraction(0), Fraction(0)),
        (),
        (),
        False,
        (True, True, True),
        True,
    ),
    "x": vec(Fraction(1, 4), 0),
    "s": vec(0, 0),
    "N": 1,
}

OF_COCOERCIVE = Theorem(
    of_cocoercive,
    source="gorbunov-2022",
    label="optimistic-gradient",
    reading="cocoercive-two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(SOLUTION,),
    mutants=(Mutant("1 in place of 64/63", {"c": ONE}, killed_at=SKEW),),
)


def past_extragradient(F: Lipschitz, Q: Set, x: Point, s: Point, N: Few, *, c: Fraction = Fraction(9, 8)) -> Claim:
    r"""The past extragradient method $y_{k+1} = P(x_k - hFy_k)$, $x_{k+1} = P(x_k - hFy_{k+1})$, from $x_0 = y_0 = P(x)$, has $|x_N - x_{N-1}|^2 \le \frac98|x - s|^2$ for a monotone $L$-Lipschitz $F$ and $N \le 2$. (The constant is ours.)"""
    h = Fraction(1, 4) / F.L
    at = y = project(F, Q, x)
    for _ in range(N):
        y = project(F, Q, at - h * F(y))
        before, at = at, project(F, Q, at - h * F(y))
    return le(sq(at - before), c * sq(x - s))


PAST_EXTRAGRADIENT = Theorem(
    past_extragradient,
    source="cai-2022",
    label="past-extragradient",
    reading="two-steps",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    given=(SOLUTION,),
    mutants=(
        Mutant(
            "0.5 in place of 1.125", {"c": HALF}, killed_at=ONWARDS | {"Q": segment(Fraction(3, 2), Fraction(5, 4), 9)}
        ),
    ),
)
