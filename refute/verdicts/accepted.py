"""The verdicts that a person has accepted, and whether they are stale.

`refute accept ID` writes to refute-accepted.json in the current folder, a file to be committed.
"""

from __future__ import annotations

import inspect
import json
import re
from difflib import SequenceMatcher
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_text, write_text
from refute.sources import text
from refute.sources.files import ACCEPTED
from refute.statements import fingerprint
from refute.statements.data import MAX_BYTES, read_json
from refute.statements.theorem import Theorem

Fingerprints = dict[str, str]
_WORD = re.compile(r"\\[A-Za-z]+|[^\W\d_]+|\d+|\s+|.", re.DOTALL)
# How much of a passage is shown.
LONGEST = 80


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
    """Accept the statement and its text as they are now; the words of the text are kept, to say later what changed."""
    entry = current(theorem)
    if theorem.text:
        entry["words"] = words(theorem)
    entries = {**load(folder), theorem.id: entry}
    write_text(folder / ACCEPTED, json.dumps(dict(sorted(entries.items())), indent=2) + "\n")


def stale(theorem: Theorem, folder: Path) -> str:
    """Why the verdict is stale, or the empty string."""
    entry = load(folder).get(theorem.id)
    if entry is None:
        return "its text was never accepted: read both, then refute accept" if theorem.text else ""
    now = current(theorem)
    for what, said in (("statement", "the statement"), ("text", "the linked text")):
        if entry.get(what) != now.get(what):
            changed = (
                differences(entry["words"], words(theorem))
                if what == "text" and "words" in entry and theorem.text
                else ""
            )
            return f"{said} changed since it was accepted: {changed or f'{entry.get(what)} then, {now.get(what)} now'}"
    return ""


def words(theorem: Theorem) -> str:
    """The linked text without layout and comments, and the definitions of its macros, in one line."""
    return "".join(text.tokens_of(theorem.text, Path(inspect.getfile(theorem.statement)).resolve().parent))


# So many differences are shown, with so many words before and after each.
SHOWN, AROUND = 3, 4


def differences(before: str, after: str) -> str:
    """What changed from one text to the other, with a few words around it."""
    a, b = (_WORD.findall(t) for t in (before, after))
    changes = [c for c in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if c[0] != "equal"]
    shown = [f"“{_cut(a, i, j)}” is now “{_cut(b, k, m)}”" for _, i, j, k, m in changes[:SHOWN]]
    more = len(changes) - SHOWN
    return "; ".join([*shown, *([f"and {more} more"] if more > 0 else [])])


def _cut(words: list[str], i: int, j: int) -> str:
    found = "".join(words[max(0, i - AROUND) : j + AROUND]).strip()
    return found if len(found) <= LONGEST else f"{found[:LONGEST]}…"
