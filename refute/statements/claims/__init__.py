"""Claims: what a body returns. A claim decides itself and says why.

A claim built from Reals decides in three values; built from batches it yields slacks that steer the
search; built from mpmath numbers it gives a second opinion. An undecided comparison is neither true
nor false: nothing here negates a comparison to get another.
"""

from refute.statements.claims.constant import Constant, Supposition
from refute.statements.claims.decision import (
    Claim,
    Decision,
    NoTruthValue,
    Opinion,
    Sides,
    certified,
    decided,
    in_numbers,
)
from refute.statements.claims.parts import NO_PART, Every, Some, Violated
from refute.statements.claims.relation import NOISE, Relation
from refute.statements.claims.words import any_of, both, eq, every, known, le, lt, named, ne

__all__ = [
    "NOISE",
    "NO_PART",
    "Claim",
    "Constant",
    "Decision",
    "Every",
    "NoTruthValue",
    "Opinion",
    "Relation",
    "Sides",
    "Some",
    "Supposition",
    "Violated",
    "any_of",
    "both",
    "certified",
    "decided",
    "eq",
    "every",
    "in_numbers",
    "known",
    "le",
    "lt",
    "named",
    "ne",
]
