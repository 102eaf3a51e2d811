"""What failed in a user's code, in one sentence: file, line, what was raised."""

from __future__ import annotations

import os
import site
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from refute.safety.files import HOME
from refute.safety.hints import hint

LONGEST = 300
_OURS = tuple(str(HOME / package) + os.sep for package in ("refute", "objectives"))
_LIBRARIES = tuple(
    {sysconfig.get_path("stdlib") + os.sep, sysconfig.get_path("purelib") + os.sep, *site.getsitepackages()}
)


class Exit(BaseException):
    """A user's code tried to end the process."""


def told(why: BaseException) -> str:
    """The exception in one sentence, with the innermost line of a file that is not refute's and no library's."""
    where = place(why)
    # In one line: what a user's code says is no line of a table.
    says = " ".join(part for line in shown(why).splitlines() if (part := line.strip()))
    words = f"{type(why).__name__}: {says}".removesuffix(": ") + hint(why)
    return f"{where}: {words}" if where else words


def shown(value: Any) -> str:
    """str(value), also where the user's own `__str__` or `__repr__` fails."""
    try:
        text = str(value)
    except Exception as why:
        text = f"a {type(value).__name__} that cannot be printed ({type(why).__name__})"
    return text if len(text) <= LONGEST else text[:LONGEST] + " ..."


def place(why: BaseException) -> str:
    """ "claims.py, line 12": where an exception came through a user's file; empty where it did not."""
    found, trace = "", why.__traceback__
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith((*_OURS, *_LIBRARIES, "<")):
            found = f"{Path(file).name}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return found


@contextmanager
def no_exit() -> Iterator[None]:
    """While a user's code runs, `os._exit` is an exception like any other."""

    def refuse(status: int) -> NoReturn:
        raise Exit(f"os._exit({status})")

    before = os._exit
    os._exit = refuse
    try:
        yield
    finally:
        os._exit = before
