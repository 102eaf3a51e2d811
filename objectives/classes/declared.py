r"""Classes by their interpolation conditions: what any two answers of a member have to satisfy, and nothing else.

A class is a few inequalities, linear in values and in inner products of points and (sub)gradients, between any two answers (x, g, f) of a member, on one answer
alone, or between an answer and the minimizer. That is all that duality needs to decide a statement for all members and dimensions, and what an
adversary needs to answer a method as badly as the class allows (see adversary.py). `sufficient` says that the conditions are also enough: that every finite table which
satisfies them belongs to a member. Where they are only necessary a table refutes nothing, and the class is drawn from members that the caller names (assumed.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

from objectives.classes.abstract import AnyDimension
from objectives.classes.abstract_member import AbstractMember
from objectives.classes.adversary import Adversary
from objectives.classes.assumed import of_constants, with_conditions
from objectives.classes.conditions import Conditions, One, Pair
from objectives.classes.fitted import SIDES, beside
from objectives.classes.given import given, is_parameter
from objectives.classes.known import Answer, Known, table_of
from refute import BadInput, Claim, Domain, Draw, Family, Vec, both, choose, known, le

SCALES = (Fraction(1), Fraction(2), Fraction(1, 2), Fraction(5), Fraction(1, 100))
SHARES = (Fraction(1, 2), Fraction(1, 10), Fraction(9, 10), Fraction(1, 4))
# Of so many draws one has other constants: the first of these scales, the others shares of it.
SIMPLE = 8
OTHER_SCALES = (*(Fraction(n, 8) for n in range(1, 41)), *(Fraction(2) ** n for n in range(-10, 11)))
OTHER_SHARES = (
    *(Fraction(n, 32) for n in range(1, 32)),
    *(Fraction(1, 2**n) for n in range(6, 14)),
    *(1 - Fraction(1, 2**n) for n in range(6, 14)),
)
DIMENSIONS = (1, 2, 2, 3)
# Of so many draws near the numbers of a hypothesis three have other constants: these numbers, a quotient of them, or their own first one and such a quotient.
KINDS_OF_MOVES = 4
# The largest dimension of a space.
MOST = 1000
# How many whole numbers an adversary decides by, and how large they are.
CHOICES, KINDS = 40, 64


# What members have besides their constants.
_TAKEN = frozenset(
    "dim reach grad prox minimum points gradients values names constants has_minimizer proximal operator words table conditions data concrete continuous settled starts".split()
)


def by_conditions(
    name: str,
    *,
    pair: Pair | None = None,
    one: One | None = None,
    to_minimizer: Pair | None = None,
    constants: Sequence[str] = (),
    minimizer: bool = False,
    operator: bool = False,
    sufficient: bool | None = None,
    drawn: Domain | None = None,
    everywhere: bool = False,
    linear: bool = False,
    rho: Any = None,
    dim: Any = None,
) -> Domain:
    """The class of the functions (or operators) whose answers satisfy these conditions.

    pair(f, a, b), one(f, a), to_minimizer(f, a, star) return numbers that are at least 0, linear in the values a.f and in inner products (`dot`, `sq`) of
    a.x, a.g. `constants` names the constants, which members have as attributes: the first is positive and scales with f, the others lie between
    0 and it. With `minimizer` members have a minimizer x_*, at which 0 is a subgradient (`grad` may choose another one there). `sufficient` says whether each finite table that satisfies the conditions belongs to a
    member, as a theorem has to say: True, and a table is a counterexample; False, and members are drawn from the domain `drawn`. `everywhere` says that members have an answer at every point, so that each finite table can be extended to any further one: it matters for
    what the potential of `iterated` alone asks for; members that are drawn have. `linear` says that operators are linear, A(x + y) = A x + A y, or that functions are quadratic, their gradients being A(x - x_*) for such an A: proofs use it. `rho` is for functions that need not be convex: a positive number, or the name of a constant, such that f + rho |x|^2/2 is convex; `prox` then takes steps below 1/rho. Without it a proximal point of such functions is any y for which x - y is the step times a subgradient at y. `dim` is the dimension of the space: that of another function of the statement, f.dim, or any. Raises BadInput for a class without conditions, or without members to draw.
    """
    if dim is not None and not isinstance(dim, AnyDimension) and (type(dim) is not int or not 1 <= dim <= MOST):
        raise BadInput(f"by_conditions({name!r}): dim={dim!r} is no dimension: write dim=f.dim, or a whole number")
    if pair is None and one is None and to_minimizer is None:
        raise BadInput(f"by_conditions({name!r}): a class needs conditions: pair=, one= or to_minimizer=")
    if len(set(constants)) != len(tuple(constants)):
        raise BadInput(f"by_conditions({name!r}): a constant is named twice in {', '.join(map(str, constants))}")
    for k in constants:
        if not isinstance(k, str) or not k.isidentifier() or k.startswith("_") or k in _TAKEN:
            raise BadInput(f"by_conditions({name!r}): {k!r} is no name for a constant: write constants=['L', 'mu']")
    if "mu" in constants and "L" in tuple(constants)[tuple(constants).index("mu") :]:
        raise BadInput(f"by_conditions({name!r}): the first constant is the largest: write constants=['L', 'mu']")
    if to_minimizer is not None and not minimizer:
        raise BadInput(f"by_conditions({name!r}): to_minimizer= speaks of a minimizer: write minimizer=True")
    if sufficient is None:
        raise BadInput(
            f"by_conditions({name!r}): do its conditions suffice, so that each finite table which satisfies them belongs to a member? "
            "Where a theorem says so write sufficient=True; else sufficient=False and drawn=, a domain of some members"
        )
    if not sufficient and drawn is None:
        raise BadInput(
            f"by_conditions({name!r}): conditions that are only necessary make no members: write drawn=, a domain of some"
        )
    if linear and (sufficient or not (operator or minimizer)):
        raise BadInput(
            f"by_conditions({name!r}): linear=True says that A(x + y) = A x + A y, or that f is quadratic with a minimizer, and finitely many answers do not make one: write "
            "sufficient=False and drawn=, with operator=True or minimizer=True"
        )
    if rho is not None and rho not in constants:
        (rho,) = given(rho=rho)
        if not rho > 0:
            raise BadInput(
                f"by_conditions({name!r}): rho is positive, or the name of a constant; of convex functions it is left out"
            )
    # What is drawn answers everywhere, unless it is a table.
    total = everywhere or (not sufficient and drawn is not None and Known not in drawn.types)
    c = Conditions(name, pair, one, to_minimizer, tuple(constants), minimizer, operator, sufficient, total, linear, rho)
    if sufficient and not operator and _ties_nothing(c):
        raise BadInput(
            f"by_conditions({name!r}): none of its conditions ties the values at two points to a gradient, so a table that satisfies them need be that of "
            "no function: write sufficient=False and drawn=, a domain of some members; or operator=True, where values play no part"
        )

    def draw(d: Draw) -> Any:
        size, n, simple, *rest = choose(d, len(SCALES), len(DIMENSIONS), SIMPLE, *(len(SHARES),) * len(c.constants[1:]))
        own: Any = DIMENSIONS[n] if dim is None else dim
        if simple:
            sizes = (SCALES[size], *(SCALES[size] * SHARES[i] for i in rest))
        else:
            size, *rest = choose(d, len(OTHER_SCALES), *(len(OTHER_SHARES),) * len(c.constants[1:]))
            sizes = (OTHER_SCALES[size], *(OTHER_SCALES[size] * OTHER_SHARES[i] for i in rest))
        values = dict(zip(c.constants, sizes, strict=False))
        return Adversary(c, own, values, choose(d, *(KINDS,) * CHOICES))

    def member(f: Any) -> Claim:
        if not isinstance(f, Known) or f.names != c.constants or (f.has_minimizer, f.operator) != (minimizer, operator):
            return known(False, f"not a table of {name}")
        claims: dict[str, Claim] = {}
        if dim is not None:
            claims["its dimension"] = known(f.dim == dim, f"a function on R^{f.dim}")
        claims |= dict(of_constants(c, f))
        rows, star = table_of(f)
        claims |= {says: le(0, number) for says, number in c.asked(f, rows, star)}
        return both(**claims) if claims else known(True, "nothing is asked")

    every = Family(
        lambda space, label, values: AbstractMember.of(space, label, c, values),
        lambda f: {k: Fraction(getattr(f, k)) for k in c.constants} or {"": Fraction(1)},
        scale=c.constants[0] if c.constants else "",
        within=c.constants[1:],
        code=tuple(condition for condition in (pair, one, to_minimizer) if condition is not None),
    )
    if not sufficient:
        assert drawn is not None
        return with_conditions(c, drawn, every)
    return Domain(name, draw, member, (Known, Vec), every=every, moved=_moved if c.constants else None)


def _moved(d: Draw, f: Any, numbers: tuple[Fraction, ...]) -> Any:
    """A member that nobody has asked yet with constants, or quotients of them, among these numbers, or beside them."""
    if not f.values or not any(x > 0 for x in numbers):
        return f
    sizes = beside(numbers, *choose(d, len(SIDES)))
    first, *others = f.values
    i, j, kind = choose(d, len(sizes), len(sizes), KINDS_OF_MOVES)
    if kind > 2:
        return f
    values = {**f.values, first: f.values[first] if kind == 2 else sizes[i]}
    for name in others:
        share = sizes[j] if kind == 0 else values[first] * min(sizes[j], 1 / sizes[j])
        values[name] = min(share, values[first])
    return f.with_constants(values)


def _ties_nothing(c: Conditions) -> bool:
    """Whether no condition on two answers changes with a value, and bilinearly with a gradient and a point; of conditions that cannot be asked here, no."""
    f = SimpleNamespace(**{k: Fraction(1, n + 1) for n, k in enumerate(c.constants)})
    u, v, w = (Vec(tuple(map(Fraction, entries))) for entries in ((3, 5), (-2, 7), (11, -4)))
    b = Answer(u, v, Fraction(1))

    def asked(x: Vec, g: Vec, value: int) -> list[Any]:
        a = Answer(x, g, Fraction(value))
        return [*c.of_two(f, a, b), *c.of_two(f, b, a)]

    try:
        here, up, moved, turned, both_changed = (
            asked(x, g, value)
            for x, g, value in ((v, w, 0), (v, w, 1), (v + u, w, 0), (v, w + u, 0), (v + u, w + u, 0))
        )
        if any(map(is_parameter, (*here, *up, *moved, *turned, *both_changed))):
            return False  # for numbers it is seen
        changes = zip(here, up, moved, turned, both_changed, strict=True)
        return not any(z != y and q - m - t + z != 0 for z, y, m, t, q in changes)
    except Exception:  # what is wrong with them is told where they are asked
        return False
