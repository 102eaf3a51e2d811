"""Work under a budget: elementary operations that are counted, and a process of its own that is held to time and memory.

A file that somebody else wrote may ask for anything: a million steps, a matrix of a thousand rows. What runs here is counted in
calls of functions, which is the same on every machine, and beside that its process may use so many seconds and bytes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from refute.errors import BadInput
from refute.safety.failure import told

T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """What one file may use; `times` multiplies all of it."""

    times: float = 1.0

    @property
    def operations(self) -> int:
        """Calls of functions."""
        return int(1_000_000 * self.times)

    @property
    def seconds(self) -> float:
        """Seconds of the clock."""
        return 1.5 * max(1.0, self.times)

    @property
    def memory(self) -> int:
        """Bytes beyond what the process holds already."""
        return int(512 * 2**20 * max(1.0, self.times))


class OutOfBudget(BaseException):
    """The operations are used up; not an Exception, so that no code catches it by accident."""


@contextmanager
def counted(most: int) -> Iterator[None]:
    """Raise OutOfBudget in the block after so many calls of functions."""
    left = most

    def count(frame: Any, event: str, argument: Any) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise OutOfBudget

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)


def limited(work: Callable[[], T], limits: Limits, where: str) -> T:
    """work(), in a forked process that is held to the limits; raises BadInput that says which of them was used up. Where the
    platform cannot fork, the operations alone are counted."""
    if "fork" not in multiprocessing.get_all_start_methods():
        return _counted(work, limits, where)
    context = multiprocessing.get_context("fork")
    answers, ours = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(ours, work, limits, where), daemon=True)
    process.start()
    ours.close()
    try:
        if not answers.poll(limits.seconds):
            raise BadInput(f"{where}: not checked within {limits.seconds:g} s; --budget 10 allows ten times as much")
        ok, value = answers.recv()
    except EOFError:
        process.join()
        code = process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        raise BadInput(f"{where}: its check ended with {how}, perhaps for want of memory") from None
    finally:
        process.kill()
        process.join()
        answers.close()
    if not ok:
        raise BadInput(value)
    return value  # type: ignore[no-any-return]


def _counted(work: Callable[[], T], limits: Limits, where: str) -> T:
    try:
        with counted(limits.operations):
            return work()
    except OutOfBudget:
        raise BadInput(
            f"{where}: not checked within {limits.operations} operations; --budget 10 allows ten times as many"
        ) from None
    except MemoryError:
        raise BadInput(
            f"{where}: not checked within {limits.memory >> 20} MB; --budget 10 allows ten times as much"
        ) from None


def _answer(answers: Any, work: Callable[[], Any], limits: Limits, where: str) -> None:
    # What C libraries print when they run out of memory is said in our own words.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    _hold_memory(limits.memory)
    try:
        answer: tuple[bool, Any] = True, _counted(work, limits, where)
    except BadInput as why:
        answer = False, str(why)
    except BaseException as why:
        answer = False, f"{where}: {told(why)}"
    answers.send(answer)


def _hold_memory(more: int) -> None:
    try:
        import resource
        from pathlib import Path

        held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (held + more, resource.getrlimit(resource.RLIMIT_AS)[1]))
    except (ImportError, ValueError, OSError):
        return  # a platform without limits, or without /proc
