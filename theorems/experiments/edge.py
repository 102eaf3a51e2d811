r"""The sharpness along training against $2/h$: cohen-2021, to which tao-wang-2022 points, at the scale of the runs (`python -m experiments edge-of-stability`).

A run draws 500 of 5,000 images of MNIST and a start of a network of three layers with tanh and squared loss, and makes 2,000 steps of gradient descent with $h = 0.1$; the sharpness $\lambda$, the largest eigenvalue of the Hessian, is computed every 50 steps. Decided by
exact tests at the error 1/1000; nothing is proved (docs/experiments.md).
"""

from fractions import Fraction
from typing import Annotated

from refute import Claim, Mutant, Runs, Theorem, more_often, recorded
from theorems.experiments.measured import edge_of_stability

ONE = Fraction(1)
SOURCE, PROOF = "tao-wang-2022", "docs/experiments.md#the-edge-of-stability"
CITED = "cohen-2021"

RUNS = Runs.of(**edge_of_stability.RUNS)
Measured = Annotated[Runs, recorded(RUNS)]


def reaches_the_edge(runs: Measured, *, edge: Fraction = ONE) -> Claim:
    r"""The sharpness rises to $2/h$: in most runs $\frac{h\lambda}2$ is below 1 at the start and at least 1 later."""
    start, largest = runs["ratio_at_start"], runs["largest_ratio"]
    return more_often([a < 1 and b >= edge for a, b in zip(start, largest, strict=True)], says="it reaches the edge")


def hovers(runs: Measured, *, within: Fraction = Fraction(1, 5)) -> Claim:
    r"""Once it has come to $2/h$ the sharpness $\lambda$ hovers just about there: in most runs $\frac{h\lambda}2$ stays within a fifth of 1 in the second half of the iterations."""
    return more_often([a <= within for a in runs["largest_deviation_in_second_half"]], says="it stays at the edge")


def still_decreases(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """At the edge the loss does not decrease from step to step, and decreases over long times: in most runs some steps raise it, and it ends below what it was when the edge was reached."""
    end, reached, rises = runs["loss_at_end"], runs["loss_when_reached"], runs["steps_that_raise_the_loss"]
    seen = [c * a < b and n > 0 for a, b, n in zip(end, reached, rises, strict=True)]
    return more_often(seen, says="it goes up and ends lower")


THEOREMS = [
    Theorem(
        reaches_the_edge,
        source=SOURCE,
        label="edge-of-stability",
        reading="networks",
        as_cited=CITED,
        status="open",
        proof=PROOF,
        mutants=(Mutant("half as far again", {"edge": Fraction(3, 2)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        hovers,
        source=SOURCE,
        label="edge-of-stability",
        reading="networks-hover",
        as_cited=CITED,
        status="open",
        proof=PROOF,
        mutants=(Mutant("within a fiftieth", {"within": Fraction(1, 50)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        still_decreases,
        source=SOURCE,
        label="edge-of-stability",
        reading="networks-non-monotone",
        as_cited=CITED,
        status="open",
        proof=PROOF,
        mutants=(Mutant("to a tenth", {"c": Fraction(10)}, killed_at={"runs": RUNS}),),
    ),
]
