"""All needles by name: the fourteen of `statements`, and every constant of theorems/ moved by 1 % and 0.01 %."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from benchmarks.needles.statements import NEEDLES
from refute import Mutant, Theorem
from refute.check import known_theorems
from refute.discover import bundled
from refute.power import attacked, weakened
from refute.statement import Statement

#: Weakenings that stay true, with the proof: none is known.
STAY_TRUE: dict[str, str] = {}


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
    for i, (theorem, mutant) in enumerate(NEEDLES, 1):
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
