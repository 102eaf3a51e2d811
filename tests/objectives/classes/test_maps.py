"""Linear maps with adjoints: what is drawn belongs, what is true and false of them is told apart, primal-dual steps among it."""

import copy
from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import LinearMap, convex_nonsmooth, linear_maps
from refute import BadInput, Claim, Given, Theorem, Vec, between, both, dot, eq, le, naturals, points, sq, vec
from refute.duality.everywhere import prove_everywhere
from refute.duality.induction.iterated import iterated
from refute.duality.parameters.cases import cases
from refute.errors import NotLinear
from refute.numbers.lifting import lift
from refute.numbers.real import Real
from refute.proofs.for_all import as_data
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.verify_proof import NoProof, check

ONE, ZERO = Fraction(1), Fraction(0)
Map = Annotated[LinearMap, linear_maps()]
X = Annotated[Vec, lambda K: points(K.dim)]
Y = Annotated[Vec, lambda K: points(K.codim)]
WIDE = LinearMap(((ONE, ZERO, Fraction(2)),), Fraction(3), ZERO)


@pytest.mark.parametrize(("dim", "codim"), [(None, None), (5, None), (None, 1), (2, 4)])
@given(st.data())
def test_what_is_drawn_belongs(dim: int | None, codim: int | None, data: st.DataObject) -> None:
    domain = linear_maps(dim=dim, codim=codim)
    A = domain.draw(data.draw)
    assert dim in (None, A.dim)
    assert codim in (None, A.codim)
    assert domain.member(lift(A, Real.of)).decide().truth is True
    x, y = Vec(tuple(map(Fraction, range(1, A.dim + 1)))), Vec(tuple(map(Fraction, range(2, A.codim + 2))))
    assert dot(A(x), y) == dot(x, A.adjoint(y))
    assert linear_maps(dim=A.dim + 1).member(A).decide().truth is False
    assert linear_maps(codim=A.codim + 1).member(A).decide().truth is False


def test_what_belongs() -> None:
    assert (WIDE.dim, WIDE.codim) == (3, 1)
    assert linear_maps().member(WIDE).decide().truth is True
    assert linear_maps().member(LinearMap(WIDE.M, Fraction(2), ZERO)).decide().truth is False
    assert linear_maps().member(vec(1)).decide().truth is False


def test_where_a_map_is_asked() -> None:
    with pytest.raises(BadInput, match=r"a map from R\^3 to R\^1 is asked at a point of R\^1"):
        WIDE(WIDE(vec(1, 2, 3)))
    with pytest.raises(BadInput, match=r"the adjoint of a map from R\^3 to R\^1 is asked at a point of R\^3"):
        WIDE.adjoint(vec(1, 2, 3))


def adjoint(K: Map, x: X, z: X, y: Y) -> Claim:
    """<K(x - 2 z), y> = <x - 2 z, K' y>."""
    return eq(dot(K(x - 2 * z), y), dot(x - 2 * z, K.adjoint(y)))


def there_and_back(K: Map, x: X) -> Claim:
    """K'K is symmetric, and its norm is at most L^2."""
    w = K.adjoint(K(x))
    return both(norm=le(sq(w), K.L**2 * sq(K(x))), square=eq(dot(w, x), sq(K(x))))


def paired(K: Map, x: X, y: Y) -> Claim:
    """2 <K x, y> <= L (|x|^2 + |y|^2)."""
    return le(2 * dot(K(x), y), K.L * (sq(x) + sq(y)))


@pytest.mark.parametrize("body", [adjoint, there_and_back, paired])
def test_what_is_true_is_proved(body: Callable[..., Claim]) -> None:
    statement = Theorem(body, source="s", label="l")
    tally = search(statement.itself, Budget(20))
    assert tally.counterexample is None
    assert tally.decided >= 20
    proof = prove_everywhere(statement.itself)
    assert proof
    assert check(as_data(statement, proof))


def paired_better(K: Map, x: X, y: Y) -> Claim:
    """By 1 %."""
    return le(2 * dot(K(x), y), Fraction(99, 100) * K.L * (sq(x) + sq(y)))


def isometry(K: Map, x: X) -> Claim:
    """|K x| = L |x|."""
    return eq(sq(K(x)), K.L**2 * sq(x))


def commutes(K: Map, x: X) -> Claim:
    """<K'K x, K'K x> = |K'K K'K x| |x|, as of a multiple of an isometry."""
    w = K.adjoint(K(x))
    return le(K.L**2 * sq(K(x)), sq(w))


def flat(K: Map, x: X) -> Claim:
    """L^2 |K x|^2 - |K'K x|^2 <= 0.249 L^4 |x|^2, which is L^4 |x|^2/4 for a singular value inside."""
    return le(K.L**2 * sq(K(x)) - sq(K.adjoint(K(x))), Fraction(249, 1000) * K.L**4 * sq(x))


@pytest.mark.parametrize("body", [paired_better, isometry, commutes, flat])
def test_what_is_false_is_refuted_and_not_proved(body: Callable[..., Claim]) -> None:
    statement = Theorem(body, source="s", label="l").itself
    assert search(statement, Budget(300, 128, None, 3)).counterexample is not None
    assert not prove_everywhere(statement)


def resolvent(K: Map, x: X) -> Claim:
    """There is none: -K is one of them."""
    return le(sq(K.prox(1, x)), sq(x))


def taken(K: Map, x: X) -> Claim:
    """What a hypothesis with has_subgradient says of no linear map."""
    return le(sq(x), sq(x) + sq(K(x)))


def test_a_map_between_spaces_has_no_resolvent_and_one_answer() -> None:
    with pytest.raises(NotLinear, match="no resolvent"):
        cases(Theorem(resolvent, source="s", label="l").itself)
    given = Given("0 is an answer", lambda K, x: K.has_subgradient(x, 0 * x))
    with pytest.raises(NotLinear, match="one value at a point"):
        cases(Theorem(taken, source="s", label="l", given=(given,)).itself)


Steps = Annotated[int, naturals(1, drawn=3)]


def power_method(K: Map, x: X, N: Steps) -> Claim:
    """|(I - K'K/L^2)^N x| <= |x|: an induction in which the map is asked at each step."""

    def step(k: Any, z: Any) -> Any:
        return z - K.adjoint(K(z)) / K.L**2

    last = iterated(step, x, N, lambda k, z: sq(z))
    return le(sq(last), sq(x))


def test_an_induction_asks_a_map_and_its_adjoint() -> None:
    statement = Theorem(power_method, source="s", label="l")
    proof = prove_everywhere(statement.itself)
    assert proof
    data = as_data(statement, proof)
    assert check(data)
    # That the second map is the adjoint of the first is a condition of a class, and no hypothesis.
    for f in data["cases"][0]["functions"]:
        f.pop("adjoint_of", None)
    with pytest.raises(NoProof, match="no condition of a class"):
        check(data)


def test_an_adjoint_of_what_is_not_linear_is_none() -> None:
    statement = Theorem(adjoint, source="s", label="l")
    data = as_data(statement, prove_everywhere(statement.itself) or [])
    assert check(data)
    for n in (0, 1):
        changed = copy.deepcopy(data)
        changed["cases"][0]["functions"][n].pop("linear")
        with pytest.raises(NoProof, match="is linear, and so is its adjoint"):
            check(changed)


def at_the_end(K: Map, x: X, N: Steps) -> Claim:
    """|K(N x)| <= L |x|, false from N = 2 on."""
    iterated(lambda k, z: z, x, N, lambda k, z: sq(K(N * z)))
    return le(sq(K(N * x)), K.L**2 * sq(x))


def test_where_the_map_is_asked_may_depend_on_the_number_of_steps_alone() -> None:
    statement = Theorem(at_the_end, source="s", label="l").itself
    with pytest.raises(NotLinear, match="number of steps"):
        prove_everywhere(statement)


Primal = Annotated[Any, lambda K: convex_nonsmooth(dim=K.dim)]
Dual = Annotated[Any, lambda K: convex_nonsmooth(dim=K.codim)]
Step = Annotated[Fraction, lambda K: between(0, 1 / K.L, open=True)]


def primal_dual(K: Map, f: Primal, g: Dual, x: X, y: Y, u: X, v: Y, h: Step) -> Claim:
    """A primal-dual step for all step sizes up to 1/L."""
    p = f.prox(h, x - h * K.adjoint(y))
    q = g.prox(h, y + h * K(2 * p - x))
    gap = f(p) + dot(K(p), v) - g(v) - f(u) - dot(K(u), q) + g(q)

    def M(a: Vec, b: Vec) -> Any:
        return sq(a) / h - 2 * dot(K(a), b) + sq(b) / h

    return le(2 * gap, M(x - u, y - v) - M(p - u, q - v))


def without_extrapolation(K: Map, f: Primal, g: Dual, x: X, y: Y, u: X, v: Y, h: Step) -> Claim:
    """K at the new point, and not at 2 p - x: false."""
    p = f.prox(h, x - h * K.adjoint(y))
    q = g.prox(h, y + h * K(p))
    gap = f(p) + dot(K(p), v) - g(v) - f(u) - dot(K(u), q) + g(q)

    def M(a: Vec, b: Vec) -> Any:
        return sq(a) / h - 2 * dot(K(a), b) + sq(b) / h

    return le(2 * gap, M(x - u, y - v) - M(p - u, q - v))


def test_primal_dual_steps() -> None:
    statement = Theorem(primal_dual, source="s", label="l")
    proof = prove_everywhere(statement.itself)
    assert proof
    assert check(as_data(statement, proof))
    false = Theorem(without_extrapolation, source="s", label="l").itself
    assert not prove_everywhere(false)
    assert search(false, Budget(200, 128, None, 3)).counterexample is not None
