"""The ledger: records as a JSON file that several runs share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from filelock import FileLock

from refute.errors import BadInput
from refute.safety.files import MAX_LEDGER, read_text, write_text
from refute.verdicts.record import Record


def save(records: Iterable[Record], path: Path, keep: bool = False) -> None:
    """Write the ledger, one JSON object per theorem; with `keep` it keeps the records of other theorems that it holds,
    also those that another process has added meanwhile; a file that is no ledger is kept beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = [asdict(r) for r in records]
    if not keep:
        write_text(path, json.dumps(new, indent=1) + "\n")
        return
    with FileLock(path.with_name(path.name + ".lock"), timeout=60):
        if path.is_file() and _parsed(path) is None:
            path.replace(path.with_name(path.name + ".unreadable"))  # somebody may want to mend it
        older = others(path, {r["id"] for r in new})
        write_text(path, json.dumps([*older, *new], indent=1) + "\n")


def others(path: Path, ids: set[str]) -> list[Any]:
    """The records of a ledger that have none of these ids; none where it cannot be read."""
    return [r for r in _parsed(path) or () if isinstance(r, dict) and r.get("id") not in ids]


def _parsed(path: Path) -> list[Any] | None:
    try:
        found = json.loads(read_text(path, MAX_LEDGER))
    except (BadInput, ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None
