"""A limit on the processor time of a piece of work, where the platform has timers that interrupt."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeIsUp(BaseException):
    """The time of a piece of work is used up; not an Exception, so that no body catches it by accident."""


@contextmanager
def alarm(seconds: float | None) -> Iterator[None]:
    """Raise TimeIsUp in the block after so many seconds of processor time, and again every second until it ends; None: never.

    An alarm around this one goes on: what is left of it when the block ends is what it had, less what the block took.
    """
    if seconds is None or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    outer, again = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    began = time.process_time()
    if 0 < outer < seconds:
        signal.setitimer(signal.ITIMER_VIRTUAL, outer, again)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        if outer:
            signal.setitimer(signal.ITIMER_VIRTUAL, max(outer - (time.process_time() - began), 1e-3), again)


def _ring(signal_number: int, frame: FrameType | None) -> None:
    raise TimeIsUp
