"""The verdicts that a person has accepted, and whether they are stale.

`refute accept ID` writes to refute-accepted.json in the current folder, a file to be committed.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_text, write_text
from refute.sources import text
from refute.sources.files import ACCEPTED
from refute.statements import fingerprint
from refute.statements.data import MAX_BYTES, read_json
from refute.statements.theorem import Theorem

Fingerprints = dict[str, str]


def current(theorem: Theorem) -> Fingerprints:
    """The fingerprints of the statement and, where it is linked, of its text."""
    prints = {"statement": fingerprint.of_statement(theorem)}
    if theorem.text:
        base = Path(inspect.getfile(theorem.statement)).resolve().parent
        prints["text"] = text.fingerprint(theorem.text, base)
    return prints


def load(folder: Path) -> dict[str, Fingerprints]:
    """The accepted fingerprints by id; raises BadInput for a broken file."""
    path = folder / ACCEPTED
    if not path.is_file():
        return {}
    data = read_json(read_text(path, MAX_BYTES), ACCEPTED)
    if not isinstance(data, dict) or not all(
        isinstance(v, dict) and all(isinstance(w, str) for w in v.values()) for v in data.values()
    ):
        raise BadInput(f"{ACCEPTED}: expected an object of fingerprints for each id; mend it or delete it")
    return data


def accept(theorem: Theorem, folder: Path) -> None:
    """Accept the statement and its text as they are now."""
    entries = {**load(folder), theorem.id: current(theorem)}
    write_text(folder / ACCEPTED, json.dumps(dict(sorted(entries.items())), indent=2) + "\n")


def stale(theorem: Theorem, folder: Path) -> str:
    """Why the verdict is stale, or the empty string."""
    entry = load(folder).get(theorem.id)
    if entry is None:
        return "its text was never accepted: read both, then refute accept" if theorem.text else ""
    now = current(theorem)
    for what, words in (("statement", "the statement"), ("text", "the linked text")):
        if entry.get(what) != now.get(what):
            return f"{words} changed since it was accepted ({entry.get(what)} then, {now.get(what)} now)"
    return ""
