"""How far a search is, said to whoever listens: the run that shows it, in another process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: What hears of a search: instances decided, instances wanted.
Listener = Callable[[int, int], None]
# Seconds between two words.
EVERY = 0.5
_LISTENER: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def heard(listener: Listener) -> Iterator[None]:
    """While a task runs, its searches say how far they are, twice a second at most."""
    last = 0.0

    def seldom(decided: int, wanted: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= EVERY:
            last = now
            listener(decided, wanted)

    before = _LISTENER.set(seldom)
    try:
        yield
    finally:
        _LISTENER.reset(before)


def pulse(decided: int, wanted: int) -> None:
    """Said by a search at each instance."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(decided, wanted)
