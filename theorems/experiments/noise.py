r"""Noise and step size: mohtashami-2022, at the scale of the runs (`python -m experiments noise-and-step`).

A run draws 500 of 5,000 images of MNIST and a start of a network of three layers with ReLU and cross entropy. Stochastic gradients with batches of 1, 5, 20, 100 images and of all 500 take 8,000 steps with
$h = 0.01$ and with $h = 0.3$; the best test accuracy on the way is kept. Decided by exact tests at the error 1/1000; nothing is proved (docs/experiments.md).
"""

from fractions import Fraction
from typing import Annotated

from refute import Claim, Mutant, Runs, Theorem, more_often, recorded
from theorems.experiments.measured import noise_and_step

ONE, BY_CHANCE = Fraction(1), Fraction(4, 5)
SOURCE, PROOF = "mohtashami-2022", "docs/experiments.md#noise-and-step"

RUNS = Runs.of(**noise_and_step.RUNS)
Measured = Annotated[Runs, recorded(RUNS)]


def noise_is_not_enough(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """A large step is essential for the best performance, with noise, too: in most runs the best model of the large step is better than the best of the small step with whatever batch."""
    small, large = runs["best_small"], runs["best_large"]
    return more_often([c * a < b for a, b in zip(small, large, strict=True)], says="the large step is better")


def noise_is_beneficial(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """Noise is beneficial: with the small step the best model of the four batches smaller than all images is better than that of all images in more than four runs of five, as often as chance alone would make the best of four better than a fifth."""
    without, noisy = runs["best_small_without_noise"], runs["best_small_noisy"]
    return more_often([c * a < b for a, b in zip(without, noisy, strict=True)], than=BY_CHANCE, says="noise helps")


def without_noise(runs: Measured, *, share: Fraction = Fraction(1, 6)) -> Claim:
    """The large step does not always need noise: in more than one run of six, as often as chance alone would make it the best of six, it is better without any than the small step with whatever batch."""
    small, large = runs["best_small"], runs["best_large_without_noise"]
    better = [a < b for a, b in zip(small, large, strict=True)]
    return more_often(better, than=share, says="better without noise")


THEOREMS = [
    Theorem(
        noise_is_not_enough,
        source=SOURCE,
        label="noise-and-step",
        status="open",
        proof=PROOF,
        mutants=(Mutant("by a tenth", {"c": Fraction(11, 10)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        noise_is_beneficial,
        source=SOURCE,
        label="noise-and-step",
        reading="noise-is-beneficial",
        status="open",
        proof=PROOF,
        mutants=(Mutant("by a tenth", {"c": Fraction(11, 10)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        without_noise,
        source=SOURCE,
        label="noise-and-step",
        reading="no-noise-needed",
        status="open",
        proof=PROOF,
        mutants=(Mutant("in more than nine runs of ten", {"share": Fraction(9, 10)}, killed_at={"runs": RUNS}),),
    ),
]
