r"""A large step from where a small one has led: mohtashami-2022, at the scale of the runs (`python -m experiments network-escape`).

A run draws 500 of 5,000 images of MNIST and a start of a network of three layers with tanh and squared loss, and trains it with $h = 0.01$ for the time 30 (time is the step size times the number of steps). From there it goes on for the time
60 with $h = 0.01$, and, from the same point, with $h = 0.1$. Decided by exact tests at the error 1/1000; nothing is proved (docs/experiments.md).
"""

from fractions import Fraction
from typing import Annotated

from refute import Claim, Mutant, Runs, Theorem, more_often, recorded
from theorems.experiments.measured import network_escape

ONE = Fraction(1)
SOURCE, PROOF = "mohtashami-2022", "docs/experiments.md#a-large-step-from-where-a-small-one-has-led"

RUNS = Runs.of(**network_escape.RUNS)
Measured = Annotated[Runs, recorded(RUNS)]


def escape(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """A large step escapes from where a small one has led and stays: in most runs the loss climbs with the large step above where it began, with the small step it does not, and after the time the large step is where the sharpness is less than where it began."""
    climbs = [c * a < b for a, b in zip(runs["loss_before"], runs["highest_loss_large"], strict=True)]
    stays = [a >= b for a, b in zip(runs["loss_before"], runs["highest_loss_small"], strict=True)]
    flatter = [a > b for a, b in zip(runs["sharpness_before"], runs["sharpness_after_large"], strict=True)]
    return more_often([all(o) for o in zip(climbs, stays, flatter, strict=True)], says="it escapes")


def trajectories_differ(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """From one point the small and the large step follow different trajectories: in most runs the path of the small step goes farther from that of the large step than the longest of all steps is."""
    apart, longest = runs["paths_apart"], runs["longest_step"]
    return more_often([a > c * b for a, b in zip(apart, longest, strict=True)], says="paths apart by more than a step")


def goes_farther(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """The large step ends farther from where it began than the small step does in the same time, in most runs."""
    small, large = runs["moved_small"], runs["moved_large"]
    return more_often([c * a < b for a, b in zip(small, large, strict=True)], says="the large step is farther")


def better(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """The large step gets the better model: in most runs its test accuracy after the time is higher than that of the small step."""
    small, large = runs["test_accuracy_small"], runs["test_accuracy_large"]
    return more_often([c * a < b for a, b in zip(small, large, strict=True)], says="the large step is better")


THEOREMS = [
    Theorem(
        escape,
        source=SOURCE,
        label="network-escape",
        status="open",
        proof=PROOF,
        mutants=(Mutant("to 1000 times the loss", {"c": Fraction(1000)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        trajectories_differ,
        source=SOURCE,
        label="network-escape",
        reading="trajectories-differ",
        status="open",
        proof=PROOF,
        mutants=(Mutant("by more than three steps", {"c": Fraction(3)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        goes_farther,
        source=SOURCE,
        label="network-escape",
        reading="goes-farther",
        status="open",
        proof=PROOF,
        mutants=(Mutant("twice as far", {"c": Fraction(2)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        better,
        source=SOURCE,
        label="network-escape",
        reading="better-model",
        status="open",
        proof=PROOF,
        mutants=(Mutant("by a tenth", {"c": Fraction(11, 10)}, killed_at={"runs": RUNS}),),
    ),
]
