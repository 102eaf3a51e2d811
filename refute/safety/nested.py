"""Work on deeply nested formulas: a sum of a thousand terms is nested a thousand deep."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# How deep a formula may be nested.
DEEPEST = 50_000


@contextmanager
def nested() -> Iterator[None]:
    """A block in which functions may call themselves that deep."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, DEEPEST))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
