"""The ledger: records as a JSON file that several runs share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from filelock import FileLock

from refute.errors import BadInput
from refute.safety.files import MAX_LEDGER, read_text, write_text
from refute.verdicts.record import Record


def save(records: Iterable[Record], path: Path, keep: bool = False) -> None:
    """Write the ledger, one JSON object per theorem; with `keep` it keeps the records of other theorems that it holds,
    also those that another process has added meanwhile; a file that is no ledger is kept beside it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = [_from_here(asdict(r)) for r in records]
    if not keep:
        write_text(path, json.dumps(new, indent=1) + "\n")
        return
    with FileLock(path.with_name(path.name + ".lock"), timeout=60):
        if path.is_file() and _parsed(path) is None:
            path.replace(path.with_name(path.name + ".unreadable"))  # somebody may want to mend it
        older = others(path, {r["id"] for r in new})
        write_text(path, json.dumps([*older, *new], indent=1) + "\n")


def _from_here(record: dict[str, Any]) -> dict[str, Any]:
    """The record with the files that lie below the current folder by their paths from there: a ledger is read on another machine."""
    for name in ("certificate", "proof_file"):
        path = Path(record[name])
        if record[name] and path.is_absolute() and path.is_relative_to(Path.cwd()):
            record[name] = path.relative_to(Path.cwd()).as_posix()
    return record


def others(path: Path, ids: set[str]) -> list[Any]:
    """The records of a ledger that have none of these ids; none where it cannot be read."""
    return [r for r in _parsed(path) or () if isinstance(r, dict) and r.get("id") not in ids]


def readable(path: Path) -> list[dict[str, Any]]:
    """The records of a ledger that are whole; none where there is no ledger, or it cannot be read."""
    return [r for r in _parsed(path) or () if not damage(r)]


def damage(record: Any) -> str:
    """What is wrong with a record as it was read, or nothing: `id`, `verdict` and `as_expected` are there, and each field is of its type."""
    if not isinstance(record, dict):
        return "a record is an object"
    missing = [name for name in ("id", "verdict", "as_expected") if name not in record]
    if missing:
        return f"a record without {missing[0]}"
    hints = get_type_hints(Record)
    wrong = [name for name, value in record.items() if name in hints and not _fits(value, hints[name])]
    return f"the {wrong[0]} of {str(record['id'])[:80]} is {json.dumps(record[wrong[0]])[:40]}" if wrong else ""


def _fits(value: Any, hint: Any) -> bool:
    kinds = get_args(hint) if isinstance(hint, UnionType) else (get_origin(hint) or hint,)
    return type(value) in kinds or (float in kinds and type(value) is int)


def _parsed(path: Path) -> list[Any] | None:
    try:
        found = json.loads(read_text(path, MAX_LEDGER))
    except (BadInput, ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None
