"""Append-only journals: one JSON object a line, each with a checksum, written in one piece.

After a kill at any moment every line that was acknowledged is there; at most the last one is torn,
and is passed over when the journal is read.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def append(path: Path, record: dict[str, Any]) -> None:
    """Write one record durably. Raises OSError where it cannot be written whole (a full disk): it is not acknowledged then, and
    the torn line is passed over when the journal is read."""
    body = json.dumps(record, sort_keys=True)
    line = f"{zlib.crc32(body.encode()):08x} {body}\n".encode()
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    try:
        if _ends_torn(path):
            line = b"\n" + line  # what a kill has cut off stays a line of its own
        while line:
            written = os.write(handle, line)  # may be less than all: a full disk, a signal
            line = line[written:]
        os.fsync(handle)
    finally:
        os.close(handle)


def _ends_torn(path: Path) -> bool:
    with path.open("rb") as f:
        size = f.seek(0, os.SEEK_END)
        if not size:
            return False
        f.seek(size - 1)
        return f.read(1) != b"\n"


def read(path: Path) -> Iterator[dict[str, Any]]:
    """The intact records of a journal, in order."""
    if not path.is_file():
        return
    for line in path.read_bytes().split(b"\n"):
        mark, _, body = line.partition(b" ")
        if mark == f"{zlib.crc32(body):08x}".encode():
            record = json.loads(body)
            if isinstance(record, dict):
                yield record
