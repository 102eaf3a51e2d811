r"""Three starts and three steps on MNIST: grachev-2023, section 3.2, at the scale of the runs (`python -m experiments mnist-trajectories`).

A run draws 1,000 of 5,000 images to train on, the others to test, and three starts of a network of three layers with ReLU; from each start gradient descent with $h = 0.05, 0.1, 0.2$ runs until all
training images are right. Nothing is proved here: a claim about most runs is decided by an exact test at the error 1/1000 (docs/experiments.md).
"""

from fractions import Fraction
from typing import Annotated

from refute import Claim, Mutant, Runs, Theorem, more_often, recorded
from theorems.experiments.measured import mnist_trajectories

ONE = Fraction(1)
SOURCE, PROOF = "grachev-2023", "docs/experiments.md#three-starts-three-steps-on-mnist"

RUNS = Runs.of(**mnist_trajectories.RUNS)
Measured = Annotated[Runs, recorded(RUNS)]


def one_plane(runs: Measured, *, c: Fraction = ONE) -> Claim:
    """In the plane of the principal components of all paths the path hardly depends on the step: in most runs the ends of one start are nearer to each other than the ends of two starts ever are."""
    same, other = runs["ends_of_one_start"], runs["ends_of_two_starts"]
    return more_often([c * a < b for a, b in zip(same, other, strict=True)], says="one start, nearer ends")


def own_planes(runs: Measured, *, width: Fraction = Fraction(1, 100)) -> Claim:
    """In the plane of the paths of one start the paths are different: in most runs, for every start, those of the smallest and the largest step are apart by more than a hundredth of the picture, the width of a line."""
    return more_often([a > width for a in runs["apart_in_own_plane"]], says="paths apart for every start")


def similar_performance(runs: Measured, *, level: Fraction = Fraction(1, 1000)) -> Claim:
    """All minima that are reached perform alike on training and test images: in most runs all have every training image right, and the test images tell no two steps of one start apart (McNemar's exact test at the level 1/1000)."""
    least, p = runs["least_train_accuracy"], runs["told_apart"]
    return more_often([a == 1 and q > level for a, q in zip(least, p, strict=True)], says="not told apart")


THEOREMS = [
    Theorem(
        one_plane,
        source=SOURCE,
        label="mnist-trajectories",
        status="open",
        proof=PROOF,
        mutants=(Mutant("by a factor of 1000", {"c": Fraction(1000)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        own_planes,
        source=SOURCE,
        label="mnist-trajectories",
        reading="own-planes",
        status="open",
        proof=PROOF,
        mutants=(Mutant("by half of the picture", {"width": Fraction(1, 2)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        similar_performance,
        source=SOURCE,
        label="mnist-trajectories",
        reading="similar-performance",
        status="open",
        proof=PROOF,
        mutants=(Mutant("at the level 1/2", {"level": Fraction(1, 2)}, killed_at={"runs": RUNS}),),
    ),
]
