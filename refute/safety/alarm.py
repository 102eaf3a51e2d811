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
    before = signal.getsignal(signal.SIGVTALRM)
    if before is not _ring:
        signal.signal(signal.SIGVTALRM, _ring)
    outer, again = signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    if 0 < outer < seconds:
        signal.setitimer(signal.ITIMER_VIRTUAL, outer, again)
    began = time.process_time() if outer else 0.0
    try:
        yield
    finally:
        left = max(outer - (time.process_time() - began), 1e-3) if outer else 0.0
        signal.setitimer(signal.ITIMER_VIRTUAL, left, again)
        if before is not _ring:
            signal.signal(signal.SIGVTALRM, before)


def _ring(signal_number: int, frame: FrameType | None) -> None:
    raise TimeIsUp
