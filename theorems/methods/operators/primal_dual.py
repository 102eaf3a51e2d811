r"""Primal-dual steps for $\min_x \max_y f(x) + \langle Kx, y\rangle - g(y)$, with convex $f$, $g$ and a linear map $K$ with $|K| \le L$: with a step size $h$

$$x_1 = \operatorname{prox}_{hf}(x_0 - hK^\top y_0), \qquad y_1 = \operatorname{prox}_{hg}(y_0 + hK(2x_1 - x_0)).$$

The gap of $(x, y)$ at $(u, v)$ is $f(x) + \langle Kx, v\rangle - g(v) - f(u) - \langle Ku, y\rangle + g(y)$, and $M(a, b) = |a|^2/h - 2\langle Ka, b\rangle + |b|^2/h$, which is not negative for $h \le 1/L$.
"""

from fractions import Fraction
from typing import Annotated, Any

from objectives import Known, LinearMap, convex_nonsmooth, linear_maps
from refute import Claim, Mutant, Scalar, Theorem, Vec, dot, iterated, le, naturals, points, positive, sq, vec

ONE, TWO, ZERO = Fraction(1), Fraction(2), Fraction(0)
PROOF = "docs/methods.md#primal-dual"

Map = Annotated[LinearMap, linear_maps()]
Primal = Annotated[Known, lambda K: convex_nonsmooth(dim=K.dim)]
Dual = Annotated[Known, lambda K: convex_nonsmooth(dim=K.codim)]
X = Annotated[Vec, lambda K: points(K.dim)]
Y = Annotated[Vec, lambda K: points(K.codim)]
Step = Annotated[Fraction, positive()]
Steps = Annotated[int, naturals(1, drawn=3)]


def stepped(K: Any, f: Any, g: Any, h: Any, x: Vec, y: Vec) -> tuple[Vec, Vec]:
    """(x_1, y_1)."""
    after = f.prox(h, x - h * K.adjoint(y))
    return after, g.prox(h, y + h * K(2 * after - x))


def gap(K: Any, f: Any, g: Any, x: Vec, y: Vec, u: Vec, v: Vec) -> Scalar:
    """The gap of (x, y) at (u, v)."""
    return f(x) + dot(K(x), v) - g(v) - f(u) - dot(K(u), y) + g(y)


def measured(K: Any, h: Any, a: Vec, b: Vec) -> Scalar:
    """M(a, b)."""
    return (sq(a) + sq(b)) / h - 2 * dot(K(a), b)


def chambolle_pock(K: Map, f: Primal, g: Dual, x: X, y: Y, u: X, v: Y, h: Step, *, two: Fraction = TWO) -> Claim:
    r"""For every step size: twice the gap of $(x_1, y_1)$ at $(u, v)$ is at most $M(x_0 - u, y_0 - v) - M(x_1 - u, y_1 - v) - M(x_1 - x_0, y_1 - y_0)$."""
    p, q = stepped(K, f, g, h, x, y)
    lost = measured(K, h, x - u, y - v) - measured(K, h, p - u, q - v) - measured(K, h, p - x, q - y)
    return le(two * gap(K, f, g, p, q, u, v), lost)


def zero(*at: Scalar) -> Known:
    """The function 0 of the line, asked at the first of these points by a proximal step."""
    n = len(at)
    return Known(tuple(map(vec, at)), (vec(0),) * n, (ZERO,) * n, (), (), False, (True, *(False,) * (n - 1)), False)


IDENTITY = LinearMap(((ONE,),), ONE, ZERO)
# x_1 = 1 - 0 = 1, y_1 = 0 + (2 - 1) = 1, and the gap at (0, 1) is 1.
PLAIN = {
    "K": IDENTITY, "f": zero(1, 0), "g": zero(1), "x": vec(1), "y": vec(0), "u": vec(0), "v": vec(1), "h": ONE,
}  # fmt: skip

CHAMBOLLE_POCK = Theorem(
    chambolle_pock,
    source="chambolle-pock-2011",
    label="primal-dual-step",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    attained=(PLAIN,),
    mutants=(Mutant("2.02 in place of 2", {"two": Fraction(101, 50)}, killed_at=PLAIN),),
)


def averages(K: Map, f: Primal, g: Dual, x: X, y: Y, u: X, v: Y, N: Steps, *, two: Fraction = TWO) -> Claim:
    r"""With $h = 1/L$ the gap of the averages of $x_1, \ldots, x_N$ and of $y_1, \ldots, y_N$ at $(u, v)$ is at most $\frac1{2N}M(x_0 - u, y_0 - v)$, for every $N$."""
    h = 1 / K.L

    def step(k: Any, state: Any) -> Any:
        x, y, a, b = state
        p, q = stepped(K, f, g, h, x, y)
        return p, q, a + (p - a) / (k + 1), b + (q - b) / (k + 1)

    def potential(k: Any, state: Any) -> Any:
        x, y, a, b = state
        return two * k * gap(K, f, g, a, b, u, v) + measured(K, h, x - u, y - v)

    _, _, a, b = iterated(step, (x, y, x, y), N, potential)
    return le(two * N * gap(K, f, g, a, b, u, v), measured(K, h, x - u, y - v))


# M(1 - 0, 0 - 1) is 4.
ONCE = {name: value for name, value in PLAIN.items() if name != "h"} | {"N": 1}

AVERAGES = Theorem(
    averages,
    source="chambolle-pock-2011",
    label="averages",
    status="true",
    as_cited="from memory",
    proof=PROOF,
    mutants=(Mutant("5 in place of 2", {"two": Fraction(5)}, killed_at=ONCE),),
)
