"""Work in processes of its own: whatever a statement does to its process, the others and the run go on.

Every task gets a fresh process, forked from a server that has imported everything (where the platform has one), so
that a task may exit, abort, use up its memory or never end: the others never notice. A process does not outlive the run that
started it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing import connection
from typing import Any, ParamSpec, TypeVar

from refute.safety.failure import told
from refute.safety.pulse import heard

P = ParamSpec("P")
T = TypeVar("T")

#: What the server imports before it forks.
PRELOADED = ["refute.preloaded"]
# What one process may use, in bytes of address space.
MEMORY = 6 * 2**30
# So many objects are made before those in cycles are looked for.
OBJECTS = 100_000
# The longest name of a folder that leaves room for that of a socket.
LONGEST_FOLDER = 60


class Died(Exception):
    """A process ended without an answer; the message says how."""


class Late(Exception):
    """A process used up its time and was killed."""


def nobody(task: Any, decided: int, wanted: int) -> None:
    """Hears of a task, and says nothing."""


class Workers(Executor):
    """At most `jobs` processes at a time; each is killed after `seconds` (None: never). `told` hears of each task, by its first argument, when
    it begins (0 of 0 instances), and how far its searches are."""

    def __init__(self, jobs: int, seconds: float | None = None, told: Callable[[Any, int, int], None] = nobody) -> None:
        self.seconds = seconds
        self._told = told
        self._threads = ThreadPoolExecutor(jobs)
        self._running: set[Any] = set()
        self._ended = False
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        _short_names()
        if method == "forkserver":
            self._context.set_forkserver_preload(PRELOADED)
            _start_server()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Run fn in a process of its own; its future raises Died or Late where there is no answer."""
        return self._threads.submit(self._in_process, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End; with `cancel_futures` the tasks that run are killed, and none is begun."""
        self._threads.shutdown(wait=False, cancel_futures=cancel_futures)
        if cancel_futures:
            self._ended = True
            for process in tuple(self._running):
                process.kill()
                _end_group(process.pid)
        self._threads.shutdown(wait=wait)

    def _in_process(self, fn: Callable[..., T], args: Any, kwargs: Any) -> T:
        answers, ours = self._context.Pipe(duplex=False)
        process = self._context.Process(target=_answer, args=(ours, fn, args, kwargs))
        process.start()
        ours.close()
        self._running.add(process)
        if self._ended:
            process.kill()  # it was being started when all were killed
        until = None if self.seconds is None else time.monotonic() + self.seconds
        ok: bool | None = None
        value: Any = (0, 0)
        try:
            while ok is None:
                self._told(args[0] if args else None, *value)
                left = None if until is None else max(0.0, until - time.monotonic())
                if not connection.wait([answers, process.sentinel], left):
                    process.kill()
                    raise Late
                if not answers.poll():
                    raise EOFError  # it is gone, and what it has left behind may keep the pipe open
                ok, value = answers.recv()
        except (EOFError, ConnectionResetError):
            process.join()
            raise Died(_how(process.exitcode)) from None
        finally:
            process.join(1)
            if process.is_alive():
                process.kill()
            _end_group(process.pid)
            self._running.discard(process)
            answers.close()
        if not ok:
            raise value
        return value  # type: ignore[no-any-return]


def _answer(answers: Any, fn: Callable[..., Any], args: Any, kwargs: Any) -> None:
    """What a process does: one task, its answer or its exception into the pipe."""
    _lead_a_group()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the run's, which then kills this process
    _end_with_the_run()
    _limit_memory()
    _collect_rarely()
    _say_in_one_line()
    try:
        with heard(lambda decided, wanted: answers.send((None, (decided, wanted)))):
            answer = True, fn(*args, **kwargs)
    except BaseException as why:
        answer = False, why if isinstance(why, Exception) else Died(f"{type(why).__name__}: {why}")
    answers.send(answer)


def _start_server() -> None:
    """The server that forks does not look for its modules where the run was started: a math.py there is not Python's."""
    from multiprocessing import forkserver

    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        forkserver.ensure_running()
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _short_names() -> None:
    """Processes talk through sockets in the folder for temporary files, whose names have to be short."""
    if len(tempfile.gettempdir()) > LONGEST_FOLDER and os.access("/tmp", os.W_OK):
        tempfile.tempdir = "/tmp"


def _say_in_one_line() -> None:
    """What fails where nobody can answer, in a thread or while an object goes, is a sentence, too."""

    def say(thing: Any) -> None:
        why = thing.exc_value
        print(f"refute: {told(why) if why is not None else thing.exc_type.__name__}", file=sys.stderr)

    sys.unraisablehook = say
    threading.excepthook = say


def _end_with_the_run() -> None:
    """End this process when the run is gone, also after kill -9."""
    run = multiprocessing.parent_process()

    def watch() -> None:
        if run is not None:
            run.join()
            _end_group(os.getpid())
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True).start()


def _lead_a_group() -> None:
    """What a task starts belongs to it, and ends with it."""
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)


def _end_group(pid: int | None) -> None:
    try:
        if pid is not None and hasattr(os, "killpg"):
            os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return  # it is gone, or never led a group


def _collect_rarely() -> None:
    """Exact arithmetic makes many small objects, hardly ever in cycles: looking for these at Python's own pace is a tenth of the time of a check."""
    gc.freeze()
    gc.set_threshold(OBJECTS, 50, 50)


def _limit_memory() -> None:
    try:
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, hard))
    except (ImportError, ValueError, OSError):
        return  # a platform without limits


def _how(code: int | None) -> str:
    if code is None:
        return "its process ended without an answer"
    if code < 0:
        return f"its process was ended by {signal.Signals(-code).name}"
    return f"it ended its process with exit status {code}"
