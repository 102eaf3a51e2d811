"""The standard classes: of each a true statement is proved for all members, and a false neighbour is refuted by the search alone."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

import pytest

from objectives import (
    Known,
    Objective,
    PiecewiseQuadratic,
    Quadratic,
    averaged_maps,
    convex_lipschitz,
    convex_sets,
    convex_smooth_lipschitz,
    convex_with_quadratic_growth,
    convex_with_quadratic_upper_bound,
    curvature_between,
    error_bound,
    linear_maximizers,
    lipschitz_operators,
    nonexpansive_maps,
    polyak_lojasiewicz,
    quadratic_growth,
    quasar_convex,
    star_convex,
    starts,
    support_functions,
    weakly_convex,
)
from refute import BadInput, Claim, Given, Theorem, Vec, any_of, dot, eq, le, lt, points, sq, vec, verify_proof
from refute.duality.decide import for_all
from refute.duality.everywhere import prove_everywhere
from refute.proofs.for_all import as_data
from refute.search.budget import Budget
from refute.search.sampling import examples, search
from refute.statements.domains import Domain
from refute.statements.statement import Statement

F = Fraction
Point = Annotated[Vec, lambda f: points(f.dim)]
ONE = F(1)


def projections(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """Projections do not move apart."""
    return le(sq(f.prox(1, x) - f.prox(1, y)), c * sq(x - y))


def diameter(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """Two points of a set of diameter 2."""
    return le(sq(f.prox(1, x) - f.prox(1, y)), c * 4)


def farthest(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """Two points of a set of diameter 1."""
    return le(sq(f(x) - f(y)), c)


def lipschitz(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """L-Lipschitz."""
    return le(sq(f(x) - f(y)), c * f.L**2 * sq(x - y))


def to_the_fixed_point(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """Towards a fixed point y."""
    return le(sq(f(x) - y), c * sq(x - y))


def averages(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """1/3-averaged: what is lost is at least twice what I - T moves."""
    return le(sq(f(x) - f(y)) + c * 2 * sq((x - f(x)) - (y - f(y))), sq(x - y))


def weakly(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """Gradients of a weakly convex function."""
    return le(-c * f.rho * sq(x - y), dot(f.grad(x) - f.grad(y), x - y))


def grows(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """The slope towards the minimizer."""
    return le(f.mu * sq(x - f.minimum.at), c * 2 * dot(f.grad(x), x - f.minimum.at))


def bounded(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """The parabola above."""
    return le(2 * (f(x) - f.minimum.value), c * f.L * sq(x - f.minimum.at))


def both(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """Gradients differ by 2 M at most."""
    return le(sq(f.grad(x) - f.grad(y)), c * 36)


def parabola(f: Any, x: Point, y: Point, *, c: Fraction = ONE) -> Claim:
    """f'' <= 2."""
    return le(f(y) - f(x) - dot(f.grad(x), y - x), c * sq(y - x))


def homogeneous(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """f(2x) = 2 f(x)."""
    return le(f(2 * x), 2 * c * f(x))


def within_a_ball(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """Subgradients of a bounded support function."""
    return le(sq(f.grad(x)), c * f.M**2)


FIXED = Given("y is a fixed point", lambda f, y: f.has_subgradient(y, y))
CLASSES: list[tuple[Domain, Callable[..., Claim], Fraction, tuple[Given, ...]]] = [
    (convex_sets(), projections, F(99, 100), ()),
    (convex_sets(diameter=2), diameter, F(99, 100), ()),
    (linear_maximizers(diameter=1), farthest, F(99, 100), ()),
    (lipschitz_operators(), lipschitz, F(99, 100), ()),
    (nonexpansive_maps(), to_the_fixed_point, F(99, 100), (FIXED,)),
    (averaged_maps(F(1, 3)), averages, F(101, 100), ()),
    (weakly_convex(), weakly, F(99, 100), ()),
    (convex_with_quadratic_growth(), grows, F(99, 100), ()),
    (convex_with_quadratic_upper_bound(), bounded, F(99, 100), ()),
    (convex_smooth_lipschitz(L=2, M=3), both, F(99, 100), ()),
    (curvature_between(-1, 2), parabola, F(99, 100), ()),
    (support_functions(), homogeneous, F(99, 100), ()),
    (support_functions(bounded=True), within_a_ball, F(99, 100), ()),
]
NAMES = [domain.name for domain, *_ in CLASSES]


def stated(body: Callable[..., Claim], domain: Domain, given: tuple[Given, ...], c: Fraction = ONE) -> Statement:
    body.__annotations__ = {**body.__annotations__, "f": Annotated[Any, domain]}
    return replace(Theorem(body, source="s", label="l", given=given).itself, constants={"c": c})


@pytest.mark.parametrize(("domain", "body", "c", "given"), CLASSES, ids=NAMES)
def test_a_true_statement_is_proved(
    domain: Domain, body: Callable[..., Claim], c: Fraction, given: tuple[Given, ...]
) -> None:
    statement = stated(body, domain, given)
    found = for_all(statement, lambda: examples(statement, 0, 4))
    assert found is not None
    assert found.proof
    assert search(statement, Budget(40, 0)).counterexample is None


@pytest.mark.parametrize(("domain", "body", "c", "given"), CLASSES, ids=NAMES)
def test_a_false_neighbour_is_refuted_by_the_search(
    domain: Domain, body: Callable[..., Claim], c: Fraction, given: tuple[Given, ...]
) -> None:
    assert search(stated(body, domain, given, c), Budget(1000, 0)).counterexample is not None


def one_step(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """f(x_1) - f_* <= (1 - mu/L)(f(x_0) - f_*) for mu = 1, L = 4 (Karimi, Nutini, Schmidt 2016)."""
    least = f.minimum.value
    return le(f(x - f.grad(x) / 4) - least, (1 - c / 4) * (f(x) - least))


def towards(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """|x_1 - x_*|^2 <= |x_0 - x_*|^2 - (gamma/L)(f(x_0) - f_*) for gamma = 1/2, h = gamma/(2 L) and L = 1."""
    y = x - f.grad(x) / 4
    return le(sq(y - f.minimum.at), sq(x - f.minimum.at) - c * (f(x) - f.minimum.value) / 8)


def parabola_below(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """f(x) - f_* >= |x - x_*|^2/2."""
    return le(c * sq(x - f.minimum.at), 2 * (f(x) - f.minimum.value))


def gradient_below(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """|grad f(x)|^2 >= |x - x_*|^2."""
    return le(c * sq(x - f.minimum.at), sq(f.grad(x)))


def first_order(f: Any, x: Point, *, c: Fraction = ONE) -> Claim:
    """f(x) - f_* <= <grad f(x), x - x_*>."""
    return le(c * (f(x) - f.minimum.value), dot(f.grad(x), x - f.minimum.at))


def monotone(f: Any, x: Point, y: Point) -> Claim:
    """Of convex functions alone."""
    return le(0, dot(f.grad(x) - f.grad(y), x - y))


WEAKER = [
    (polyak_lojasiewicz(mu=1, L=4), one_step, F(2)),
    (error_bound(mu=1, L=4), gradient_below, F(101, 100)),
    (quadratic_growth(mu=1, L=4), parabola_below, F(101, 100)),
    (quasar_convex(F(1, 2), L=1), towards, F(8)),
    (star_convex(L=2), first_order, F(101, 100)),
]


@pytest.mark.parametrize(("domain", "body", "c"), WEAKER, ids=[domain.name for domain, *_ in WEAKER])
def test_weaker_classes_prove_what_is_true_and_have_members_that_are_not_convex(
    domain: Domain, body: Callable[..., Claim], c: Fraction
) -> None:
    statement = stated(body, domain, ())
    found = for_all(statement, lambda: examples(statement, 0, 4))
    assert found is not None
    assert found.proof
    assert search(statement, Budget(100, 0)).counterexample is None
    assert search(stated(body, domain, (), c), Budget(1000, 0)).counterexample is not None
    monotone.__annotations__["f"] = Annotated[Any, domain]
    assert search(Theorem(monotone, source="s", label="l").itself, Budget(1000, 0)).counterexample is not None


def test_a_function_that_breaks_the_condition_on_a_piece_is_no_member() -> None:
    # f'' = 1, but -1 between 1 and 2, where f' is 0 at the end: f is flat there, and above its minimum.
    flat = PiecewiseQuadratic((F(0), F(1), F(2)), (ONE, ONE, -ONE, ONE), F(0), F(0))
    for domain in (polyak_lojasiewicz(mu=F(1, 100), L=1), error_bound(mu=F(1, 100), L=1), quasar_convex(F(1, 100))):
        assert domain.member(flat).decide().truth is False
    assert quadratic_growth(mu=F(1, 100), L=1).member(flat).decide().truth is True
    assert quadratic_growth(mu=F(9, 10), L=1).member(flat).decide().truth is False


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (lambda: averaged_maps(F(3, 2)), "0 < theta <= 1"),
        (lambda: averaged_maps(0.5), "write a whole number or a Fraction"),
        (lambda: averaged_maps("a"), "write a whole number or a Fraction"),
        (lambda: convex_sets(diameter=0), "the diameter is positive"),
        (lambda: linear_maximizers(diameter=-1), "the diameter is positive"),
        (lambda: convex_smooth_lipschitz(L=0), "L and M are positive"),
        (lambda: curvature_between(2, 1), "-high <= low < high"),
        (lambda: curvature_between(-3, 1), "-high <= low < high"),
        (lambda: curvature_between(-1, 1, minimizer=True), "0 <= low"),
        (lambda: polyak_lojasiewicz(mu=2, L=1), "0 < mu <= L"),
        (lambda: quasar_convex(2), "0 < gamma <= 1"),
    ],
)
def test_numbers_that_make_no_class(made: Callable[[], Domain], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        made()


def projected(
    f: Annotated[Known, convex_lipschitz()],
    Q: Annotated[Known, lambda f: convex_sets(dim=f.dim)],
    v: Point,
    w: Point,
    *,
    c: Fraction = ONE,
) -> Claim:
    """A projected subgradient step of length 1/M, in every unit: a set is not measured in M."""
    x, z = Q.prox(1, v), Q.prox(1, w)
    new = Q.prox(1, x - f.grad(x) / f.M)
    return le(sq(new - z) + 2 / f.M * (f(x) - f(z)), sq(x - z) + c)


def test_a_set_is_measured_in_units_of_its_own() -> None:
    theorem = Theorem(projected, source="s", label="l")
    proof = prove_everywhere(theorem.itself)
    assert proof
    verify_proof.check(as_data(theorem, proof))
    assert not prove_everywhere(replace(theorem.itself, constants={"c": F(99, 100)}))


def uniqueness(f: Annotated[Objective, polyak_lojasiewicz(mu=1, L=4)], x: Annotated[Vec, lambda f: starts(f)]) -> Claim:
    """A stationary point is the minimizer: false, since functions of the class may be least on a set."""
    return any_of(moves=lt(0, sq(f.grad(x))), least=eq(x, f.minimum.at))


FLAT = PiecewiseQuadratic((F(0), F(1)), (F(1), F(0), F(1)), F(0), F(0))
SINGULAR = Quadratic((F(0),), (F(1), F(0)), (F(0), F(0)), vec(0, 0), F(0))


@pytest.mark.parametrize("f", [FLAT, SINGULAR])
def test_functions_that_are_least_on_a_set_belong_to_the_class_and_are_drawn(f: Any) -> None:
    domain = polyak_lojasiewicz(mu=1, L=4)
    assert domain.member(f).decide().truth
    drawn = [i["f"] for i in examples(Theorem(uniqueness, source="s", label="unique").itself, 3, 200)]
    assert any(type(g) is type(f) and 0 in getattr(g, "curvatures", getattr(g, "eigenvalues", ())) for g in drawn)


@pytest.mark.parametrize("domain", [error_bound(mu=1, L=4), quadratic_growth(mu=1, L=4)])
@pytest.mark.parametrize("f", [FLAT, SINGULAR])
def test_where_the_condition_knows_the_minimizer_they_do_not(f: Any, domain: Domain) -> None:
    assert domain.member(f).decide().truth is False


def test_of_a_weaker_class_eigenvalues_between_0_and_mu_are_refused() -> None:
    low = Quadratic((F(0),), (F(1, 2), F(4)), (F(0), F(0)), vec(0, 0), F(0))
    assert polyak_lojasiewicz(mu=1, L=4).member(low).decide().truth is False
    assert polyak_lojasiewicz(mu=1, L=3).member(SINGULAR).decide().truth


def test_starts_of_a_class_stand_for_all_points() -> None:
    def rate(f: Annotated[Objective, polyak_lojasiewicz(mu=1, L=4)], x: Annotated[Vec, lambda f: starts(f)]) -> Claim:
        """f(x - grad f(x)/L) - f_* <= (1 - mu/L)(f(x) - f_*)."""
        return le(f(x - f.grad(x) / 4) - f.minimum.value, F(3, 4) * (f(x) - f.minimum.value))

    assert prove_everywhere(Theorem(rate, source="s", label="rate").itself)


@pytest.mark.parametrize("made", [polyak_lojasiewicz, error_bound, quadratic_growth])
@pytest.mark.parametrize(("mu", "L"), [(3, 4), (4, 4), (Fraction(255, 256), 1)])
def test_what_is_drawn_belongs_to_the_class_also_where_little_lies_between_its_numbers(
    made: Callable[..., Domain], mu: Any, L: Any
) -> None:
    def body(f: Annotated[Objective, made(mu=mu, L=L)]) -> Claim:
        return le(f.L, L)

    assert search(Theorem(body, source="s", label="l").itself, Budget(60)).decided > 30
