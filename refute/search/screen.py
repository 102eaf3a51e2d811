"""Screening: one drawn function tried at many points and steps at once, in float64.

A batch never decides. It proposes the candidate with the least slack, as exact data (first rounded
to few bits, then exactly the doubles that they are), for the exact decision. A body that branches on its numbers takes no batch:
it is run on a few candidates, one float at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from refute.errors import BadInput, CannotBatch
from refute.numbers.batch import Array, Batch
from refute.numbers.lifting import lift
from refute.numbers.vector import Vec
from refute.statements.domains import Domain, Rng
from refute.statements.statement import Instance, Statement, by_name
from refute.work import WORK

# Below this slack (in units of the inequality) floats cannot tell equality from violation; as far
# below zero they can, and coarser candidates are worth a try. Of the batches that are merely close
# to equality one in four is followed up: their worst candidates look alike.
SUSPICIOUS = 1e-9
FOLLOWED = 4


# A statement whose body refuses so many batches in a row takes none.
REFUSALS = 16
# Where the body takes no batch, so many candidates are tried one float at a time: a float costs as much time as an instance may.
SINGLES = 4
# In one candidate of so many a point is close to another one.
CLOSE = 4
# Beside one instance in so many: where floats come one at a time, and where a batch follows orbits and costs more than so many times what the decision of an
# instance does.
BESIDE, PART, COSTLY = 8, 1, 1000


class Screen:
    """The batches of one statement; `off` once its body has turned out not to take them."""

    def __init__(self, statement: Statement, size: int) -> None:
        self.statement = statement
        self.size = size
        self.off = size <= 0
        self.screened = 0
        self.asked = 0
        self.batches = 0
        self.refused = 0
        self.singly = self.costly = False
        self.work = self.beside = 0
        #: The candidate with the least slack of all so far, where every variable is varied.
        self.best: tuple[float, Instance] | None = None

    @staticmethod
    def varied(domains: Mapping[str, Domain]) -> list[str]:
        """The variables that take many values in a batch."""
        return [name for name, domain in domains.items() if domain.bulk is not None]

    def worst(
        self, rng: Rng, instance: Instance, domains: Mapping[str, Domain], cost: int
    ) -> tuple[float, Iterator[Instance]] | None:
        """The least slack of a batch around `instance`, whose decision took `cost` operations, and exact candidates for it, simplest first."""
        bulk = {n: d.bulk for n, d in domains.items() if d.bulk is not None}
        self.asked += 1
        self.beside += cost
        if self.off or not bulk or ((self.singly or self.costly) and self.asked % BESIDE):
            return None
        # Where nothing but numbers and points is varied the batches also close in on the best candidate.
        around = self.best[1] if self.best is not None and self.batches % 2 == 0 else instance
        tried = min(SINGLES, self.size) if self.singly else self.size
        drawn = {n: draw(rng, self.size, around[n]) for n, draw in bulk.items()}
        candidates = _brought_close(rng, drawn, tried // CLOSE)
        fixed = {n: v for n, v in {**self.statement.constants, **instance}.items() if n not in bulk}
        lifted = {**{n: lift(v, Batch.of) for n, v in fixed.items()}, **candidates}
        before = WORK.ticks
        try:
            with np.errstate(all="ignore"):
                slack = self._one_by_one(lifted, bulk) if self.singly else self._slacks(lifted, self.size)
        except CannotBatch:
            # The first refusal may come from a branch: floats one at a time know which way to go.
            self.singly = True
            self.refused += 1
            self.off = self.refused >= REFUSALS
            return None
        except (ArithmeticError, BadInput):
            # Floats may lie outside of the hypotheses, where a body may be undefined: the exact decision says what is wrong with it.
            self.refused += 1
            self.off = self.refused >= REFUSALS
            return None
        self.work += WORK.ticks - before
        self.refused = 0
        self.screened += len(slack)
        self.batches += 1
        each = self.work / self.batches
        self.costly = each > COSTLY and each > PART * self.beside / self.asked
        slack[np.isnan(slack)] = np.inf
        i = int(np.argmin(slack))
        least = float(slack[i])
        if len(bulk) == len(domains) and (self.best is None or least < self.best[0]):
            self.best = least, {n: _pick(c, i, 53) for n, c in candidates.items()}
        return least, self._exact(instance, candidates, i, least)

    def _slacks(self, lifted: Mapping[str, Any], size: int) -> Array:
        """The slack of the conclusion for each candidate, infinite where a hypothesis fails."""
        slack = np.array(np.broadcast_to(self.statement.conclusion(lifted).slack(), (size,)))
        for g in self.statement.given:
            inside = by_name(g.claim, lifted, g.says).slack()
            slack[np.broadcast_to(inside < 0, slack.shape)] = np.inf
        return slack

    def _one_by_one(self, lifted: Mapping[str, Any], bulk: Iterable[str]) -> Array:
        found = np.full(min(SINGLES, self.size), np.inf)
        for i in range(len(found)):
            try:
                found[i] = self._slacks({**lifted, **{n: _single(lifted[n], i) for n in bulk}}, 1)[0]
            except (ArithmeticError, BadInput):
                continue
        return found

    def _exact(self, instance: Instance, candidates: Mapping[str, Any], i: int, slack: float) -> Iterator[Instance]:
        close = self.batches % FOLLOWED == 0
        for bits in (4, 10, 53) if slack < -SUSPICIOUS else (53,) if close else ():
            yield {**instance, **{n: _pick(c, i, bits) for n, c in candidates.items()}}


def _brought_close(rng: Rng, candidates: dict[str, Any], n: int) -> dict[str, Any]:
    """The candidates; in the first n of them each point is close, on some scale, to the point of its dimension that comes before it: where two points
    are needed at once, those drawn one by one are too far apart."""
    before: dict[int, Vec] = {}
    for name, x in candidates.items():
        if not isinstance(x, Vec):
            continue
        if (y := before.get(len(x))) is not None:
            scale = 10.0 ** rng.uniform(-5, 0, size=n)
            moved = (b.f[:n] + scale * rng.standard_normal(n) for b in y)
            x = Vec(tuple(Batch(np.concatenate([m, a.f[n:]])) for m, a in zip(moved, x, strict=True)))
        before[len(x)] = candidates[name] = x
    return candidates


def _single(candidate: Any, i: int) -> Any:
    """The i-th candidate as a single float, or a point of them."""
    if isinstance(candidate, Vec):
        return Vec(tuple(_single(c, i) for c in candidate))
    return Batch(float(candidate.f if np.ndim(candidate.f) == 0 else candidate.f[i]))


def _pick(candidate: Any, i: int, bits: int) -> Any:
    if isinstance(candidate, Vec):
        return Vec(tuple(_pick(c, i, bits) for c in candidate))
    mantissa, exponent = np.frexp(candidate.f[i])
    if not np.isfinite(mantissa):
        return Fraction(0)
    return Fraction(round(float(mantissa) * 2**bits)) * Fraction(2) ** (int(exponent) - bits)
