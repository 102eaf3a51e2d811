r"""The periodic orbits of gradient descent on $\frac12(1 - xy)^2$ with $h = 1.9$: how many, where, and of which kind.

In the coordinates $u = (x + y)/\sqrt2$, $v = (x - y)/\sqrt2$. No periodic orbit leaves the box $u^2 \le \frac{2(2 + h)}{h}$,
$v^2 \le \frac{2(2 - h)}{h}$ (docs/factorization.md), and the signs of $u$ and of $v$ are symmetries: a quarter is searched, completely.
"""

from fractions import Fraction
from typing import Annotated

from objectives.factorization import Diagonal, OnDiagonal
from refute import Claim, Mutant, Orbit, Scalar, Theorem, both, eq, integers, known, orbits_of_period

SOURCE, PROOF = "tao-wang-2022", "docs/factorization.md"
MAP = Diagonal(Fraction(1), Fraction(19, 10))
# 2.0262 and 0.3245 are above the square roots of 78/19 and 2/19.
QUARTER = ((Fraction(-1, 97), Fraction(10131, 5000)), (Fraction(-1, 97), Fraction(649, 2000)))
SIGNS = ((1, -1), (-1, 1), (-1, -1))

Period = Annotated[int, integers(2, 4)]


def converges_to_periodic_orbits(p: Period) -> Claim:
    r"""The strongest reading, what a run shows is an attractor: on $\frac12(1 - xy)^2$ gradient descent with $h = 1.9$ has an attracting orbit of period $p$, for each of $p = 2, 3, 4$."""
    return orbits_of_period(MAP, p, QUARTER, some_attracts, SIGNS)


def some_attracts(orbits: tuple[Orbit, ...]) -> Claim:
    """One of the orbits is attracting."""
    return known(any(o.kind == "attracting" for o in orbits), "one of them is attracting")


CONVERGES_TO_PERIODIC_ORBITS = Theorem(
    converges_to_periodic_orbits,
    source=SOURCE,
    label="periodic-orbits",
    reading="attracting",
    status="false",
    refuted_at={"p": 2},
)


def some_start_is_periodic(p: Period) -> Claim:
    r"""Depending on the start, gradient descent on $\frac12(1 - xy)^2$ with $h = 1.9$ converges to an orbit of period $2$, $3$ or $4$: for each of these $p$ there is a start from which it does, one that is on the orbit."""
    return orbits_of_period(MAP, p, QUARTER, some_exist, SIGNS)


def some_exist(orbits: tuple[Orbit, ...]) -> Claim:
    """There is one."""
    return known(len(orbits) > 0, "there is one")


SOME_START_IS_PERIODIC = Theorem(
    some_start_is_periodic,
    source=SOURCE,
    label="periodic-orbits",
    status="true",
    proof=f"{PROOF}#periodic-orbits",
)

REPELLING = {2: 2, 3: 8, 4: 18}
SADDLES = {2: 2, 3: 4, 4: 10}


def all_periodic_orbits(p: Period, *, attracting: int = 0) -> Claim:
    r"""There are $4$, $12$ and $28$ orbits of period $2$, $3$ and $4$; of these $2$, $8$ and $18$ are repelling, the others saddles, and
    none is attracting.
    """

    def kinds(orbits: tuple[Orbit, ...]) -> Claim:
        found = [o.kind for o in orbits]
        return both(
            attracting=eq(found.count("attracting"), attracting),
            repelling=eq(found.count("repelling"), REPELLING[p]),
            saddles=eq(found.count("saddle"), SADDLES[p]),
            digits=known(all(o.digits() >= 30 for o in orbits), "each is known to 30 digits"),
        )

    return orbits_of_period(MAP, p, QUARTER, kinds, SIGNS)


ALL_PERIODIC_ORBITS = Theorem(
    all_periodic_orbits,
    source=SOURCE,
    label="periodic-orbits",
    reading="amended",
    amends="tao-wang-2022/periodic-orbits:attracting",
    status="true",
    proof=f"{PROOF}#periodic-orbits",
    mutants=(Mutant("one is attracting", {"attracting": 1}, killed_at={"p": 2}),),
)

# Step sizes at which an orbit of this period attracts.
STEPS = {2: Fraction(6, 5), 3: Fraction(1455, 1000), 4: Fraction(1834, 1000)}


def attracting_elsewhere(p: Period) -> Claim:
    r"""At other step sizes there are attracting orbits of these periods, on the diagonal $x = y$: of period 2 at $h = 1.2$, of period 3 at $h = 1.455$ and of period 4 at $h = 1.834$. (Along the diagonal by
    enumeration there; across it the orbit multiplies $x - y$ by the product of $1 - r$, which is below 1 in size.)
    """
    h = STEPS[p]

    def one_attracts(orbits: tuple[Orbit, ...]) -> Claim:
        found = [o for o in orbits if o.kind == "attracting" and abs(across(o, h)) < 1]
        return known(bool(found), "one of them is attracting, across the diagonal too")

    return orbits_of_period(
        OnDiagonal(Fraction(1), h), p, ((Fraction(-1, 97), Fraction(9, 5)),), one_attracts, ((-1,),)
    )


def across(orbit: Orbit, h: Fraction) -> Scalar:
    """The product of 1 - r along an orbit of the diagonal, r = h (1 - t^2)."""
    factor = h / h
    for point in orbit.points:
        factor = factor * (1 - h * (1 - point[0] * point[0]))
    return factor


ATTRACTING_ELSEWHERE = Theorem(
    attracting_elsewhere,
    source=SOURCE,
    label="periodic-orbits",
    reading="elsewhere",
    status="true",
    proof=f"{PROOF}#periodic-orbits",
)
