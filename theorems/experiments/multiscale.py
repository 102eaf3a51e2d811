r"""A weight of a small network that is trained with a large step on data of two scales: tao-wang-2022 after Kong and Tao, at the scale of the runs (`python -m experiments multiscale-network`).

The data are $(t, t/\epsilon)$ and $\sin 2t + 0.3\sin(t/\epsilon)$ at 64 points, $\epsilon = 1/50$; a run draws the start of a network with one hidden layer of 32 sines, and of one of 4 tanh, which make 8,000 steps with $h = 1$ ($0.2$ for tanh)
and, from the same start, with $h = 0.002$. The source shows one weight of one network; here it is the weight that moves most, in most runs. Decided by exact tests at the error 1/1000; nothing is proved (docs/experiments.md).
"""

from fractions import Fraction
from typing import Annotated

from refute import Claim, Mutant, Runs, Theorem, more_often, recorded
from theorems.experiments.measured import multiscale_network

SOURCE, PROOF = "tao-wang-2022", "docs/experiments.md#a-weight-of-a-small-network-on-data-of-two-scales"

RUNS = Runs.of(**multiscale_network.RUNS)
Measured = Annotated[Runs, recorded(RUNS)]
THREE_QUARTERS = Fraction(3, 4)


def _in_blobs(runs: Runs, name: str, gaps: Fraction) -> Claim:
    bounded, empty = runs[f"{name}_bounded"], runs[f"{name}_gaps_of_the_weight"]
    moves = [
        a > b
        for a, b in zip(runs[f"{name}_gradient_at_the_end"], runs[f"{name}_gradient_at_the_end_small"], strict=True)
    ]
    seen = [b == 1 and m and e >= gaps for b, m, e in zip(bounded, moves, empty, strict=True)]
    return more_often(seen, than=THREE_QUARTERS, says="blobs")


def blobs(runs: Measured, *, gaps: Fraction = Fraction(1)) -> Claim:
    """With sines the weight does not converge to a single value, but keeps to blobs: in more than three runs of four it stays bounded, the gradient at the end is larger than with the small step, and of 50 equal parts of the range of its last 2,000 values some part is empty."""
    return _in_blobs(runs, "sine", gaps)


def chaotic(runs: Measured, *, factor: Fraction = Fraction(1)) -> Claim:
    """Neighbours part, as on a chaotic attractor: in most runs an orbit that starts $10^{-9}$ away is farther away after 2,000 steps (by which factor is measured)."""
    return more_often([a > factor for a in runs["sine_separation"]], says="neighbours part")


def inherits(runs: Measured, *, more: Fraction = Fraction(0)) -> Claim:
    r"""The loss inherits the scale of the data: in most runs it has more local minima along a weight of $t/\epsilon$ than along any of $t$, within 1 of where the orbit ends."""
    fast, slow = runs["sine_minima_along_fast_weight"], runs["sine_minima_along_slow_weight"]
    return more_often([a > b + more for a, b in zip(fast, slow, strict=True)], says="ripples along the weight")


def blobs_with_tanh(runs: Measured, *, gaps: Fraction = Fraction(1)) -> Claim:
    """With tanh in place of sines the weight does not converge to a single value either, but keeps to blobs, in more than three runs of four."""
    return _in_blobs(runs, "tanh", gaps)


def inherits_with_tanh(runs: Measured, *, least: Fraction = Fraction(2)) -> Claim:
    r"""The loss of the network with tanh inherits the scale of the data, too: in most runs it has at least two local minima along some weight of $t/\epsilon$, within 1 of where the orbit ends."""
    return more_often([a >= least for a in runs["tanh_minima_along_fast_weight"]], says="ripples along the weight")


THEOREMS = [
    Theorem(
        blobs,
        source=SOURCE,
        label="multiscale-network",
        reading="blobs",
        status="open",
        proof=PROOF,
        mutants=(Mutant("nearly all parts empty", {"gaps": Fraction(48)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        chaotic,
        source=SOURCE,
        label="multiscale-network",
        reading="chaotic",
        status="open",
        proof=PROOF,
        mutants=(Mutant("by a factor of 10^12", {"factor": Fraction(10**12)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        inherits,
        source=SOURCE,
        label="multiscale-network",
        reading="loss",
        status="open",
        proof=PROOF,
        mutants=(Mutant("by fifty minima", {"more": Fraction(50)}, killed_at={"runs": RUNS}),),
    ),
    Theorem(
        blobs_with_tanh,
        source=SOURCE,
        label="multiscale-network",
        reading="tanh",
        status="false",
        proof=PROOF,
        refuted_at={"runs": RUNS},
    ),
    Theorem(
        inherits_with_tanh,
        source=SOURCE,
        label="multiscale-network",
        reading="loss-with-tanh",
        status="false",
        proof=PROOF,
        refuted_at={"runs": RUNS},
    ),
]
