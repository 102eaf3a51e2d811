"""What check --stale says: which statements and texts are no longer as they were accepted; nothing is searched."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from refute.cli.common import say
from refute.errors import BadInput
from refute.sources.discover import theorems_of
from refute.sources.files import ACCEPTED
from refute.verdicts import accepted


def stale(files: Sequence[Path], word: str, whole: Sequence[Path]) -> int:
    """What is no longer as it was accepted, one sentence each; the exit status. `whole` is what was checked as a whole, of which no link may be missing."""
    asked, broken = [], list[str]()
    first: dict[str, Path] = {}
    for f in files:
        try:
            theorems = theorems_of(f)
            broken += [
                f"{f.name} and {first[t.id].name} both have a theorem {t.id}; give one another reading="
                for t in theorems
                if first.setdefault(t.id, f) != f
            ]
            asked += [t for t in theorems if word in t.id]
        except BadInput as says:  # the others go on
            broken.append(str(says))
    if not asked and not broken and (word or whole):
        raise BadInput(f"no theorem {'matches ' + repr(word) if word else 'was found'}; try refute list")
    found = 0
    for problem in broken:
        say(f"error  {problem}")
    missing = [] if broken else accepted.missing(asked, whole, Path.cwd())
    for id_ in missing:
        found += 1
        say(
            f"stale  {id_}: it was accepted with a text, and there is no such theorem any more: delete its entry in {ACCEPTED}, or accept it under its new name and delete this one"
        )
    for t in asked:
        try:
            why = accepted.stale(t, Path.cwd())
        except BadInput as says:  # a text or a label that is gone
            why = str(says)
        if why:
            found += 1
            say(f"stale  {t.id}: {why}")
    n = len(asked) + len(missing)
    many = f"{n} statement{'' if n == 1 else 's'}"
    say(f"{found} of {many} stale" if found else f"{many}, none stale")
    return 1 if found or broken else 0
