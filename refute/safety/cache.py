"""What was computed once and need not be again: one file for each key, in a folder that several processes share.

An entry is read as it was written, or not at all: it carries the digest of its text. The folder may be thrown away at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.safety.files import read_text, write_text

FORMAT = "refute cache 1"
# The entries that a folder keeps; beyond, those that were not asked for the longest time go.
MOST = 20_000
# The largest entry that is kept, in bytes.
MAX_ENTRY = 16 * 2**20


def key_of(parts: Iterable[str]) -> str:
    """Forty hexadecimal digits that stand for a sequence of texts."""
    h = hashlib.sha256()
    for part in parts:
        h.update(part.encode("utf-8", "surrogateescape") + b"\0")
    return h.hexdigest()[:40]


def recall(folder: Path, key: str) -> Any:
    """The JSON data kept under a key; None where there are none, or where their file is not as it was written."""
    path = folder / f"{key}.json"
    try:
        first, _, body = read_text(path, MAX_ENTRY).partition("\n")
        if first != _head(key, body):
            return None
        data = json.loads(body)
        os.utime(path)
    except (BadInput, OSError, ValueError, RecursionError):
        return None
    return data


def keep(folder: Path, key: str, data: Any) -> None:
    """Keep JSON data under a key; where that fails nothing is lost but time."""
    body = json.dumps(data)
    if len(body) > MAX_ENTRY // 4:
        return
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if (folder / f"{key}.json").is_fifo():
            return  # whoever put it there would have to read it
        write_text(folder / f"{key}.json", f"{_head(key, body)}\n{body}")


@contextlib.contextmanager
def one_at_a_time(folder: Path, names: Iterable[str]) -> Iterator[None]:
    """A block that no two processes run at once for the same names, where the folder can be written."""
    from filelock import FileLock

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock: contextlib.AbstractContextManager[Any] = FileLock(folder / f"{key_of(names)}.lock")
        lock.__enter__()
    except OSError:
        yield
        return
    try:
        yield
    finally:
        lock.__exit__(None, None, None)


def prune(folder: Path, most: int = MOST) -> None:
    """Throw away the entries that were not asked for the longest time, where there are more than `most`."""
    with contextlib.suppress(OSError):
        files = list(folder.glob("*.json"))
        if len(files) > most:
            for path in sorted(files, key=lambda p: p.stat().st_mtime)[: len(files) - most]:
                path.unlink(missing_ok=True)


def _head(key: str, body: str) -> str:
    return f"{FORMAT} {hashlib.sha256(f'{key}{body}'.encode()).hexdigest()}"
