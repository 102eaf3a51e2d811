"""What a search has drawn: the range of each number, the dimensions of points and functions, the classes."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from gmpy2 import mpfr, mpq

from refute.numbers.vector import Vec
from refute.statements.statement import Instance


@dataclass
class Drawn:
    """What was drawn of one variable."""

    least: Any = None
    largest: Any = None
    whole: bool = True
    dims: set[int] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    def add(self, value: Any) -> None:
        """Take in one value."""
        if isinstance(value, (int, Fraction)):
            self.whole = self.whole and value.denominator == 1
            self.least = value if self.least is None else min(self.least, value)
            self.largest = value if self.largest is None else max(self.largest, value)
            return
        dim = len(value) if isinstance(value, Vec) else getattr(value, "dim", None)
        if isinstance(dim, int):
            self.dims.add(dim)
        if not isinstance(value, (Vec, tuple)):
            self.kinds.add(type(value).__name__)

    def words(self) -> str:
        """One line: "from 1/64 to 2, rationals", "d = 1, 2, 3: Quadratic, RidgeSum"."""
        if self.least is not None:
            return f"from {_short(self.least)} to {_short(self.largest)}{'' if self.whole else ', rationals'}"
        dims = f"d = {', '.join(map(str, sorted(self.dims)))}" if self.dims else ""
        return ": ".join(part for part in (dims, ", ".join(sorted(self.kinds))) if part)


def _short(q: Any) -> str:
    digits = max(int(q.numerator).bit_length(), int(q.denominator).bit_length())
    text = str(q) if digits < 64 else ""
    if 0 < len(text) <= 12:
        return text
    try:
        return f"{float(q):.3g}"
    except OverflowError:
        return f"{mpfr(mpq(q)):.3g}"


def add(drawn: dict[str, Drawn], instance: Instance) -> None:
    """Take in one instance."""
    for name, value in instance.items():
        drawn.setdefault(name, Drawn()).add(value)


def words(drawn: dict[str, Drawn]) -> dict[str, str]:
    """A line for each variable of which something can be said."""
    return {name: text for name, d in drawn.items() if (text := d.words())}
