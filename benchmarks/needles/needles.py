"""All needles by name: fourteen named ones, and every constant of theorems/ moved by 1 % and 0.01 %."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from benchmarks.needles.heavy_ball import HEAVY_BALL
from benchmarks.needles.one_step import COCOERCIVITY, CONTRACTION, LINE_SEARCH, NO_ASCENT, SECANT_CONTRACTION
from benchmarks.needles.rates import FAST_VALUES, GRADIENTS, SMALLEST_GRADIENT, VALUES
from refute import Mutant, Theorem
from refute.running.check import known_theorems
from refute.running.power import attacked, weakened
from refute.sources.files import bundled
from refute.statements.statement import Statement
from theorems.classical.descent import DESCENT_LEMMA, SUMMED_GRADIENTS_FROM_ZERO

#: The fourteen: the true statement, its twin, and which of its mutants is the needle.
NAMED: tuple[tuple[Theorem, Mutant], ...] = (
    (DESCENT_LEMMA, Mutant("0.45 in place of 1/2", {"half": Fraction("0.45")}, killed_at=DESCENT_LEMMA.attained[0])),
    (DESCENT_LEMMA, Mutant("0.495 in place of 1/2", {"half": Fraction("0.495")}, killed_at=DESCENT_LEMMA.attained[0])),
    (NO_ASCENT, NO_ASCENT.mutants[0]),
    (CONTRACTION, CONTRACTION.mutants[0]),
    (SUMMED_GRADIENTS_FROM_ZERO, SUMMED_GRADIENTS_FROM_ZERO.mutants[0]),
    (COCOERCIVITY, COCOERCIVITY.mutants[0]),
    (LINE_SEARCH, LINE_SEARCH.mutants[0]),
    (VALUES, VALUES.mutants[0]),
    (VALUES, VALUES.mutants[1]),
    (GRADIENTS, GRADIENTS.mutants[0]),
    (FAST_VALUES, FAST_VALUES.mutants[0]),
    (SMALLEST_GRADIENT, SMALLEST_GRADIENT.mutants[0]),
    (SECANT_CONTRACTION, SECANT_CONTRACTION.mutants[0]),
    (HEAVY_BALL, HEAVY_BALL.mutants[0]),
)

#: Weakenings that stay true, with the proof.
STAY_TRUE: dict[str, str] = {
    f"grachev-2023/example-1d:minima, least moved by 10^-{digits}": "0 moved by a part of itself is 0"
    for digits in (2, 4)
}


@dataclass(frozen=True)
class Needle:
    """A false statement: a mutant of a true one, its twin."""

    name: str
    twin: Theorem
    mutant: Mutant
    named: bool

    @property
    def statement(self) -> Statement:
        """The false statement."""
        return self.twin.mutated(self.mutant)


def _all() -> Iterator[Needle]:
    for i, (theorem, mutant) in enumerate(NAMED, 1):
        yield Needle(f"{i:02} {theorem.label}, {mutant.says}", theorem, mutant, True)
    for _, theorem in known_theorems([bundled()]):
        for constant, mutant in attacked(theorem):
            for digits in (2, 4):
                name = f"{theorem.id.removeprefix('tao-wang-2022/')}, {constant} moved by 10^-{digits}"
                if theorem.status == "true" and name not in STAY_TRUE:
                    yield Needle(name, theorem, weakened(theorem, mutant, constant, digits), False)


@cache
def needles() -> dict[str, Needle]:
    """Every needle by its name."""
    return {n.name: n for n in _all()}


def twins() -> dict[str, Theorem]:
    """The true statements, by id."""
    return {n.twin.id: n.twin for n in needles().values()}
