"""Claims about all orbits of a period of a map in a box."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from refute.errors import CannotBatch
from refute.numbers.ball import Ball
from refute.numbers.batch import Array
from refute.numbers.lifting import closed, lift
from refute.numbers.mp import CONTEXT, Mp
from refute.numbers.real import as_fraction
from refute.numbers.reflected import exact_only
from refute.numbers.vector import Vec
from refute.orbits.periodic import Box, Orbit, Signs, periodic_orbits
from refute.orbits.system import Mapping, as_system
from refute.statements.claims import Claim, Decision, NoTruthValue, Opinion, decided
from refute.statements.consistency import raise_contradictions

# What mpmath calls the same point: a point is enclosed to more digits.
NEAR = Fraction(1, 10**25)


@dataclass(frozen=True, eq=False)
class OfPeriod(NoTruthValue):
    """`then` of all orbits of a period in a box."""

    system: Any
    period: int
    box: Box
    symmetries: tuple[Signs, ...]
    then: Callable[[tuple[Orbit, ...]], Claim]

    def decide(self) -> Decision:
        found = periodic_orbits(self.system, self.period, self.box, self.symmetries)
        raise_contradictions(self.system, Vec(tuple(a for a, _ in self.box)))
        if found is None:
            return Decision(None, "a part of the box stays open")
        kinds = sorted({o.kind for o in found})
        counts = ", ".join(f"{sum(o.kind == k for o in found)} {k}" for k in kinds)
        with exact_only():
            claim = self.then(found)
        d = decided(claim)
        # A count of attracting orbits says nothing while the kind of one is open.
        truth = None if "undecided" in kinds else d.truth
        says = f"{d.says}: {len(found)} orbits of period {self.period} ({counts})"
        return Decision(truth, says, None, (*found, d), costly=True)

    def slack(self) -> Array:
        raise CannotBatch("orbits are enumerated in balls")

    def opinion(self, decision: Decision) -> Opinion:
        """mpmath's check that every orbit closes, to 25 digits, and no earlier, that it meets the box, and that its multipliers
        are of its kind."""
        if not isinstance(decision.evidence, tuple) or decision.truth is None:
            return Opinion(None, "the orbits")
        found = [o for o in decision.evidence if isinstance(o, Orbit)]
        said = next((d for d in decision.evidence if isinstance(d, Decision)), None)
        agrees = all(_agrees(lift(self.system, Mp.of), o) and self._meets(o) for o in found)
        with exact_only():
            again = None if said is None else self.then(tuple(found)).opinion(said).truth
        truth = (decision.truth if again is None else again) if agrees else not decision.truth
        return Opinion(truth, f"{len(found)} orbits of period {self.period}, each closes")

    def _meets(self, orbit: Orbit) -> bool:
        """Whether a point of the orbit lies in the box or in one of its images, give or take 10^-25."""
        for signs in ((1,) * len(self.box), *self.symmetries):
            for x in orbit.points:
                sides = zip(signs, x, self.box, strict=True)
                if all(as_fraction(a) - NEAR <= s * _middle(c) <= as_fraction(b) + NEAR for s, c, (a, b) in sides):
                    return True
        return False


def _agrees(system: Any, orbit: Orbit) -> bool:
    xs = [Vec(tuple(Mp.of(_middle(c)) for c in x)) for x in orbit.points]
    for x, after in zip(xs, [*xs[1:], xs[0]], strict=True):
        if any(abs(c) > NEAR for c in x + system.move(x) - after):
            return False
    if any(all(abs(c) <= NEAR for c in x - xs[0]) for x in xs[1:]):
        return False
    product = CONTEXT.eye(len(xs[0]))
    for x in xs:
        product = CONTEXT.matrix([[Mp.of(e).m for e in row] for row in system.derivative(x)]) * product
    outside = sum(abs(m) > 1 for m in CONTEXT.eig(product, left=False, right=False))
    return orbit.kind == ("attracting" if not outside else "repelling" if outside == len(xs[0]) else "saddle")


def _middle(c: Ball) -> Fraction:
    q = c.a.mid().fmpq()
    return Fraction(int(q.p), int(q.q))


def orbits_of_period(
    system: Mapping,
    period: int,
    box: Box,
    then: Callable[[tuple[Orbit, ...]], Claim],
    symmetries: tuple[Signs, ...] = (),
) -> Claim:
    """`then` of all orbits of this least period of a map (a function of a point will do) in a box (see `periodic_orbits`)."""
    return OfPeriod(
        as_system(system),
        period,
        box,
        symmetries,
        closed(then),
    )
