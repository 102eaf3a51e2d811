"""A real number given by a procedure: balls of any precision, and independently mpmath digits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Enclosed:
    """enclose(bits) is an arb that contains the number; approximate(digits) an `Mp` without balls."""

    enclose: Callable[[int], Any]
    approximate: Callable[[int], Any]
