r"""The balance of the limits of gradient descent on $\frac12(a - \langle x, y\rangle)^2$: how large $|x - y|^2$ can be there."""

from fractions import Fraction
from typing import Annotated

from objectives import GD, steps_beyond
from objectives.factorization import (
    ScalarFactorization,
    any_steps,
    held_starts,
    misses_minimizers,
    no_minimizer,
    scalar_factorizations,
    starts_by_ellipse,
    steps_to_critical,
    toy,
)
from refute import Claim, Domain, Given, Mutant, Theorem, Vec, at_limit, between, le, lt, vec

ONE, TWO, HALF = Fraction(1), Fraction(2), Fraction(1, 2)
SOURCE, PROOF = "tao-wang-2022", "docs/factorization.md#balance"
TOY = toy()

Factorization = Annotated[ScalarFactorization, scalar_factorizations()]
Step = Annotated[Fraction, any_steps]
Start = Annotated[Vec, starts_by_ellipse]


def balancing_bound(f: Factorization, h: Step, z: Start, *, two: Fraction = TWO) -> Claim:
    r"""If gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges to $(x, y)$, then $|x - y|^2 \le \frac2h - 2a$: from every start whose orbit does not land on a minimizer, almost every one. (For matrices see the readings `matrix` and `matrix-runs`.)"""
    return at_limit(GD(f, h), z, lambda p: le(f.imbalance(p), two / h - two * f.a))


# The first step ends at the minimizer (-3, -1/3).
LANDS = {"f": TOY, "h": Fraction(1, 3), "z": vec(2, 3)}

NEVER = Given("no iterate is a minimizer or on the saddle's line", misses_minimizers)
# A start close to (14/5, 5/14), where h (x^2 + y^2) = 1.9919: the orbit creeps to a limit beside it.
NEARLY = {"f": TOY, "h": Fraction(1, 4), "z": vec(Fraction(280001, 100000), Fraction(5, 14))}

BALANCING_BOUND = Theorem(
    balancing_bound,
    source=SOURCE,
    label="balancing-bound",
    status="true",
    proof=PROOF,
    given=(NEVER,),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant("1.98 in place of 2", {"two": Fraction(99, 50)}, killed_at=NEARLY),
        Mutant("orbits that land on a minimizer, too", drops=(NEVER.says,), killed_at=LANDS),
    ),
)


def balancing_bound_from_every_start(f: Factorization, h: Step, z: Start, *, two: Fraction = TWO) -> Claim:
    r"""If gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges to $(x, y)$, then $|x - y|^2 \le \frac2h - 2a$, from every start."""
    return at_limit(GD(f, h), z, lambda p: le(f.imbalance(p), two / h - two * f.a))


BALANCING_BOUND_FROM_EVERY_START = Theorem(
    balancing_bound_from_every_start,
    source=SOURCE,
    label="balancing-bound",
    reading="every-start",
    status="false",
    refuted_at=LANDS,
    undecided=Fraction(1, 100),
)


def balancing_bound_in_motion(f: Factorization, h: Step, z: Start) -> Claim:
    r"""If gradient descent on $\frac12(a - \langle x, y\rangle)^2$ converges to $(x, y)$, then $|x - y|^2 \le \frac2h - 2a$, from every start that is no minimizer."""
    return at_limit(GD(f, h), z, lambda p: le(f.imbalance(p), 2 / h - 2 * f.a))


BALANCING_BOUND_IN_MOTION = Theorem(
    balancing_bound_in_motion,
    source=SOURCE,
    label="balancing-bound",
    reading="in-motion",
    status="false",
    given=(Given("the start is no minimizer", no_minimizer),),
    refuted_at=LANDS,
    undecided=Fraction(1, 100),
)

SmallerStep = Annotated[Fraction, lambda f: steps_to_critical(f)]


def below(f: ScalarFactorization, h: Fraction, one: Fraction) -> Domain:
    """The step sizes above h and below 1/|a| (for a = 0 below 2 h)."""
    top = one / abs(f.a) if f.a != 0 else 2 * h
    return between(h, top, open=True, drawn=((7 * h + top) / 8, top))


BothBelow = Annotated[Fraction, below]
Held = Annotated[Vec, held_starts]


def larger_step_more_balance(
    f: Factorization, h: SmallerStep, larger: BothBelow, z: Held, *, one: Fraction = ONE
) -> Claim:
    r"""The larger the step, the more balance gradient descent can create: with a smaller step it reaches limits that are less balanced than any that an orbit of the larger step creeps to. From every
    start $z$ close to a minimizer of sharpness between $2/h_+$ and $2/h$ the limit with step $h$ has $|x - y|^2 > \frac2{h_+} - 2a$.
    """
    return at_limit(GD(f, h), z, lambda p: lt(2 * (one / larger - f.a), f.imbalance(p)))


LARGER_STEP_MORE_BALANCE = Theorem(
    larger_step_more_balance,
    source=SOURCE,
    label="larger-step-more-balance",
    status="true",
    proof=PROOF,
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "1.01 in place of 1",
            {"one": Fraction(101, 100)},
            killed_at={"f": TOY, "h": Fraction(1, 4), "larger": Fraction(50, 199), "z": NEARLY["z"]},
        ),
    ),
)

LargerStep = Annotated[Fraction, lambda h: steps_beyond(1 / h, 1)]


def larger_step_more_balance_from_the_same_start(f: Factorization, h: Step, larger: LargerStep, z: Start) -> Claim:
    r"""The strongest reading of "the larger the step, the more balanced the limit": if $x_k$ converges to $p$ with step $h$ and to $q$ with a larger one, from the
    same start, then $|x_q - y_q| \le |x_p - y_p|$.
    """
    return at_limit(GD(f, h), z, lambda p: at_limit(GD(f, larger), z, lambda q: le(f.imbalance(q), f.imbalance(p))))


LARGER_STEP_MORE_BALANCE_FROM_THE_SAME_START = Theorem(
    larger_step_more_balance_from_the_same_start,
    source=SOURCE,
    label="larger-step-more-balance",
    reading="same-start",
    status="false",
    given=(
        Given("no iterate with step h is a minimizer", lambda f, h, z: misses_minimizers(f, h, z)),
        Given("no iterate with the larger step is one", lambda f, larger, z: misses_minimizers(f, larger, z)),
    ),
    refuted_at={
        "f": ScalarFactorization(Fraction(0), 1),
        "h": HALF,
        "larger": Fraction(4, 5),
        "z": vec(Fraction(3, 4), 2),
    },
    undecided=Fraction(1, 100),
)
