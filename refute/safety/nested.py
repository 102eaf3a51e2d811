"""Work on deeply nested formulas: a sum of a thousand terms is nested a thousand deep."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

# How deep a formula may be nested.
DEEPEST = 50_000


@contextmanager
def nested() -> Iterator[None]:
    """A block in which functions may call themselves that deep, and numbers are written out however long they are."""
    before, digits = sys.getrecursionlimit(), sys.get_int_max_str_digits()
    sys.setrecursionlimit(max(before, DEEPEST))
    sys.set_int_max_str_digits(0)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
        sys.set_int_max_str_digits(digits)


# So many digits a whole number may have where it is printed; Python refuses 4301.
DIGITS = 100_000


@contextmanager
def long_numbers() -> Iterator[None]:
    """Whole numbers of many digits are printed and read."""
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(DIGITS)
    try:
        yield
    finally:
        sys.set_int_max_str_digits(before)
