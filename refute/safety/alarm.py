"""A limit on the processor time of one instance, where the platform has timers that interrupt."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TimeIsUp(BaseException):
    """The time of an instance is used up; not an Exception, so that no body catches it by accident."""


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Raise TimeIsUp in the block after so many seconds of processor time, and again every second until it ends."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _ring)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _ring(signal_number: int, frame: FrameType | None) -> None:
    raise TimeIsUp
