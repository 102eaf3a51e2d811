r"""The limit of the gradient's norm against the step, for networks that are not linear: craciun-ghoshdastidar-2024, at the scale of the runs (`python -m experiments nonlinear-networks`).

A run draws 8 images of MNIST with labels $\pm 1$ and a start of a network with one hidden layer of 8 units and squared loss, and makes 5,000 steps with each of 25 step sizes from an eighth to 32 times $2/\lambda$, $\lambda$ the sharpness at the start. The
gradient vanishes where its norm is below a thousandth of that at the start in the whole last tenth. Decided by exact tests at the error 1/1000; nothing is proved (docs/experiments.md).
"""

from fractions import Fraction
from typing import Annotated

from refute import Claim, Mutant, Runs, Theorem, more_often, recorded
from theorems.experiments.measured import nonlinear_networks

ONE, THREE_QUARTERS = Fraction(1), Fraction(3, 4)
SOURCE, PROOF = "craciun-ghoshdastidar-2024", "docs/experiments.md#the-limit-of-the-gradient-against-the-step"

RUNS = Runs.of(**nonlinear_networks.RUNS)
Measured = Annotated[Runs, recorded(RUNS)]


def transition(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """With tanh there is a transition as the step crosses a critical value: in more than three runs of four the gradient vanishes for all steps up to one, and for none beyond it."""
    return more_often([c * a == 1 for a in runs["tanh_one_transition"]], than=THREE_QUARTERS, says="one transition")


def too_large(runs: Measured, *, settled: Fraction = Fraction(0)) -> Claim:
    r"""With tanh the gradient does not vanish if the step is too large: in more than three runs of four it does not with the step $64/\lambda$."""
    seen = [a == settled for a in runs["tanh_settles_at_greatest_step"]]
    return more_often(seen, than=THREE_QUARTERS, says="no convergence")


def too_large_with_relu(runs: Measured, *, share: Fraction = Fraction(99, 100)) -> Claim:
    r"""With ReLU it vanishes from hardly any start, either: in more than 99 runs of 100 it does not with the step $64/\lambda$."""
    return more_often([a == 0 for a in runs["relu_settles_at_greatest_step"]], than=share, says="no convergence")


def transition_with_relu(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """With ReLU there is one transition, too: in more than three runs of four the gradient vanishes for all steps up to one, and for none beyond it."""
    return more_often([c * a == 1 for a in runs["relu_one_transition"]], than=THREE_QUARTERS, says="one transition")


def beyond_two_over_sharpness(runs: Measured, *, c: Fraction = ONE) -> Claim:
    r"""The critical step is larger than $2/\lambda$ at the start: in most runs with tanh the gradient vanishes for some step larger than that."""
    return more_often([a > c for a in runs["tanh_greatest_settled"]], says="beyond 2/sharpness")


THEOREMS = [
    Theorem(
        transition,
        source=SOURCE,
        label="nonlinear-networks",
        reading="tanh",
        status="open",
        proof=PROOF,
        mutants=(Mutant("no transition", {"c": Fraction(2)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        too_large,
        source=SOURCE,
        label="nonlinear-networks",
        reading="too-large",
        status="open",
        proof=PROOF,
        mutants=(Mutant("it converges there", {"settled": ONE}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        too_large_with_relu,
        source=SOURCE,
        label="nonlinear-networks",
        reading="too-large-relu",
        status="false",
        proof=PROOF,
        refuted_at={"runs": RUNS},
    ),
    Theorem(
        transition_with_relu,
        source=SOURCE,
        label="nonlinear-networks",
        reading="relu",
        status="false",
        proof=PROOF,
        refuted_at={"runs": RUNS},
    ),
    Theorem(
        beyond_two_over_sharpness,
        source=SOURCE,
        label="nonlinear-networks",
        reading="beyond-two-over-sharpness",
        status="open",
        proof=PROOF,
        mutants=(Mutant("beyond sixteen times that", {"c": Fraction(16)}, killed_at={"runs": RUNS}),),
    ),
]
