"""How much arithmetic this process has done: a clock that runs alike on every machine, under any load.

Every number that is made (an exact one, a ball, one of mpmath, a batch of floats) is one tick. What makes no such numbers
in a long loop of its own says how many it would have made.
"""

from __future__ import annotations


class Clock:
    """`ticks` only grows."""

    __slots__ = ("ticks",)

    def __init__(self) -> None:
        self.ticks = 0


WORK = Clock()
