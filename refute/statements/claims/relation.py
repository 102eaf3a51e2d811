"""Two numbers compared: in exact arithmetic and balls, in floats of a batch, and by mpmath."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from refute.errors import Undecided, overlook
from refute.numbers.atoms import least_sign_everywhere
from refute.numbers.ball import Ball, FreeVariable
from refute.numbers.batch import Array, Batch
from refute.numbers.decide import sign
from refute.numbers.functions import Scalar
from refute.numbers.mp import Mp, sign_apart
from refute.numbers.real import Real
from refute.statements.claims.decision import Decision, NoTruthValue, Opinion

# Floats see an equation violated only beyond this relative difference.
NOISE = 1e-6


@dataclass(frozen=True, eq=False)
class Relation(NoTruthValue):
    """lhs op rhs for op in <=, <, =, !=; slack is measured in `unit`s."""

    lhs: Scalar
    op: str
    rhs: Scalar
    unit: Scalar = None
    written: tuple[str, str] | None = field(default=None, compare=False, repr=False)

    def decide(self) -> Decision:
        if self._is_enclosed():
            return self._by_enclosures()
        try:
            gap = Real.of(self.rhs) - Real.of(self.lhs)
            s = sign(gap)
        except (Undecided, ZeroDivisionError) as why:
            if self._for_all_values():
                overlook(why)
                return Decision(True, f"lhs {self.op} rhs for all values of the variables")
            return Decision(None, str(why))
        truth = _TRUE_FOR[self.op](s)
        tightness, equal = self._tightness(gap, truth), s == 0
        if self.written is None:
            return Decision(truth, f"lhs {self.op} rhs", tightness, equal=equal)
        left, right = self.written
        sides = ((left, Real.of(self.lhs).text()), (right, Real.of(self.rhs).text()))
        return Decision(truth, f"{left} {self.op} {right}", tightness, equal=equal, sides=sides)

    def gap(self) -> Real | None:
        """rhs - lhs of an inequality between exact numbers."""
        return Real.of(self.rhs) - Real.of(self.lhs) if self.op in ("<=", "<") else None

    def _for_all_values(self) -> bool:
        """Whether an inequality between polynomials in free variables shows its truth in the coefficients."""
        gap = self.gap()
        least = None if gap is None else least_sign_everywhere(gap)
        return least is not None and least >= (self.op == "<")

    def _is_enclosed(self) -> bool:
        """Whether a side is known by an enclosure alone, as the points and multipliers of an orbit are."""
        return isinstance(self.lhs, Ball) or isinstance(self.rhs, Ball)

    def _by_enclosures(self) -> Decision:
        gap = (Ball.of(self.rhs) - Ball.of(self.lhs)).a
        if not (gap > 0 or gap < 0):
            return Decision(None, f"lhs {self.op} rhs, for which the enclosures are too wide")
        return Decision(_TRUE_FOR[self.op](1 if gap > 0 else -1), f"lhs {self.op} rhs")

    def _tightness(self, gap: Real, truth: bool) -> float | None:
        if self.op not in ("<=", "<"):
            return None
        try:
            unit = abs(Real.of(self.lhs)) + abs(Real.of(self.rhs)) if self.unit is None else Real.of(self.unit)
            u, g = float(unit), float(gap)
        except (FreeVariable, OverflowError):
            return None
        if not (u > 0 and np.isfinite(g / u)):
            return None
        # The float of a decided gap may have the wrong sign by a rounding.
        return min(1.0 - g / u, 1.0) if truth else max(1.0 - g / u, 1.0)

    def slack(self) -> Array:
        lhs, rhs = Batch.of(self.lhs), Batch.of(self.rhs)
        gap = rhs.f - lhs.f
        unit = np.abs(lhs.f) + np.abs(rhs.f) if self.unit is None else Batch.of(self.unit).f
        slack = np.asarray(np.divide(gap, unit), dtype=np.float64)
        if self.op == "=":
            return np.asarray(NOISE - np.abs(slack))
        return np.abs(slack) if self.op == "!=" else slack

    def opinion(self, decision: Decision) -> Opinion:
        if self._is_enclosed():
            return Opinion(None, "an enclosure, whose orbit is checked again")
        lhs, rhs = Mp.of(self.lhs), Mp.of(self.rhs)
        s = sign_apart(lhs, rhs)
        truth = None if s is None else _TRUE_FOR[self.op](s)
        return Opinion(truth, f"lhs {self.op} rhs", lhs.text(), rhs.text())


_TRUE_FOR: dict[str, Callable[[int], bool]] = {
    "<=": lambda s: s >= 0,
    "<": lambda s: s > 0,
    "=": lambda s: s == 0,
    "!=": lambda s: s != 0,
}
