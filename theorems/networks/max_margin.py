r"""Where gradient descent on the logistic loss goes: wu-2023, as summarised in the source.

The points $z_i$ (labels multiplied in) are linearly separable; $w$ is the shortest vector with $\langle z_i, w\rangle \ge 1$ for all $i$, solved exactly. The support vectors have $\langle z_i, w\rangle = 1$;
$\zeta_i$ is the part of $z_i$ orthogonal to $w$, and $\Phi(v) = \sum e^{-\langle\zeta_i, v\rangle}$, over the support vectors, the potential across.
"""

from fractions import Fraction
from typing import Annotated

from objectives.networks import Across, Separated, separated_points, spanned, supported, well_supported_points
from refute import Claim, Domain, Draw, Given, Mutant, Theorem, Vec, both, choose, converges, points, positive, vec

ONE = Fraction(1)
SOURCE, LABEL = "wu-2023", "logistic-max-margin"
AS_CITED = "the paper of that name, as remembered, whose data are not degenerate; the text at hand says only that it studies the implicit bias"


def any_step() -> Domain:
    """(0, infinity), drawn from 1/2 to 8, where limits are decided soon."""
    line = positive()

    def draw(d: Draw) -> Fraction:
        return Fraction(1 + choose(d, 16)[0], 2)

    return Domain(line.name, draw, line.member)


Data = Annotated[Separated, separated_points()]
WellSupported = Annotated[Separated, well_supported_points()]
Step = Annotated[Fraction, any_step()]
Start = Annotated[Vec, lambda f: points(f.dim, within=2)]


def along_max_margin(f: Data, h: Step, w0: Start) -> Claim:
    r"""Of any separable data: the iterates tend to infinity along $w$, and their parts orthogonal to $w$ converge, to a minimizer of the potential. (A certificate of the convergence implies the rest: where the parts across are bounded, those along $w$ grow beyond all bounds. That the potential is strongly convex is the reading `potential`.)"""
    return converges(Across(f, h), w0)


# z = (1, 0) and (1, 1): w = (1, 0), and the potential 1 + e^{-v} has no minimizer.
ONE_SIDED = {"f": Separated((vec(1, 0), vec(1, 1)), (ONE, Fraction(0))), "h": ONE, "w0": vec(0, 0)}
ALONE = {"f": Separated((vec(1, 0),), (ONE,)), "h": ONE, "w0": vec(0, 0)}

ALONG_MAX_MARGIN = Theorem(
    along_max_margin,
    source=SOURCE,
    label=LABEL,
    reading="any-data",
    status="false",
    refuted_at=ONE_SIDED,
    undecided=Fraction(1, 100),
)


def potential_is_strongly_convex(f: Data) -> Claim:
    r"""The potential is strongly convex, so that it has at most one minimizer. (Of that strictly convex is asked: the support vectors span the space.)"""
    return spanned(f)


POTENTIAL_IS_STRONGLY_CONVEX = Theorem(
    potential_is_strongly_convex,
    source=SOURCE,
    label=LABEL,
    reading="potential",
    status="false",
    refuted_at={"f": Separated((vec(1, 0),), (ONE,))},
)


def along_max_margin_of_well_supported_points(f: WellSupported, h: Step, w0: Start) -> Claim:
    r"""With any step size and from any start, if the support vectors span the space and all have positive multipliers, $w = \sum\alpha_iz_i$ with $\alpha_i > 0$: then the potential has one minimizer, and the parts
    of the iterates orthogonal to $w$ converge to it.
    """
    return both(strictly_convex=spanned(f), converges=along_max_margin(f, h, w0))


SUPPORTED = Given("every support vector has a positive multiplier", supported)
SPANNED = Given("the support vectors span", spanned)

ALONG_MAX_MARGIN_OF_WELL_SUPPORTED_POINTS = Theorem(
    along_max_margin_of_well_supported_points,
    source=SOURCE,
    label=LABEL,
    status="true",
    as_cited=AS_CITED,
    proof="docs/logistic.md#along-the-max-margin-vector",
    given=(SUPPORTED, SPANNED),
    undecided=Fraction(1, 100),
    mutants=(
        Mutant(
            "a multiplier may be 0", drops=(SUPPORTED.says,), domains={"f": separated_points()}, killed_at=ONE_SIDED
        ),
        Mutant("whether or not they span", drops=(SPANNED.says,), domains={"f": separated_points()}, killed_at=ALONE),
    ),
)
