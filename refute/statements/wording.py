"""How a claim is written in the file that states it: the two sides of a comparison as formulas, and what a body notes.

Both are looked up only where somebody will read them: a search decides thousands of instances and prints none.
"""

from __future__ import annotations

import ast
import linecache
from contextvars import ContextVar
from itertools import islice
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")
# What is noted in the block that is described; None outside of such blocks.
_NOTED: ContextVar[list[tuple[str, Any]] | None] = ContextVar("noted", default=None)


class described:  # noqa: N801  # used like a function
    """A block in which claims remember how they are written; yields the list of what bodies note in it."""

    def __enter__(self) -> list[tuple[str, Any]]:
        noted: list[tuple[str, Any]] = []
        self.before = _NOTED.set(noted)
        return noted

    def __exit__(self, kind: Any, why: Any, trace: Any) -> None:
        _NOTED.reset(self.before)


def note(name: str, value: T) -> T:
    """The value itself; where a counterexample is shown, a line `name = value` is shown with it: note("L", f.L)."""
    noted = _NOTED.get()
    if noted is not None and all(name != n for n, _ in noted):
        noted.append((name, value))
    return value


def sides_at(frame: FrameType | None) -> tuple[str, str] | None:
    """The first two arguments of the call that a frame is in the middle of, as they are written; None where nobody asks, or it cannot be seen."""
    if _NOTED.get() is None or frame is None:
        return None
    code = frame.f_code
    first, last, begin, end = next(islice(code.co_positions(), frame.f_lasti // 2, None), (None,) * 4)
    if first is None or last is None or begin is None or end is None:
        return None
    lines = [linecache.getline(code.co_filename, i).encode() for i in range(first, last + 1)]
    if not all(lines):
        return None
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][begin:]
    try:
        call = ast.parse(b"(" + b"".join(lines) + b")", mode="eval").body
    except (SyntaxError, ValueError):
        return None
    if not isinstance(call, ast.Call) or len(call.args) < 2 or any(isinstance(a, ast.Starred) for a in call.args):
        return None
    return ast.unparse(call.args[0]), ast.unparse(call.args[1])
