"""What theorem files hold, without what a search needs: ids, statements, fingerprints.

A file is loaded in a process of its own, whatever it does there, and its outline is kept in .refute/cache under the digest of its code: as
long as nothing of it changes, nobody loads it again to list it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.running.workers import Late, Workers
from refute.safety import cache
from refute.safety.failure import no_exit, told
from refute.sources.code import code_of, text_of
from refute.sources.files import ACCEPTED, linked_file
from refute.verdicts.record import Record, broken

# How long a theorem file may take to load, in seconds.
LOADING = 60.0


@dataclass(frozen=True)
class Outline:
    """A theorem file: for each theorem the fields of a record with nothing tried yet, what it names without a record as (id, why), the
    digest of each text that it links to, and in `why` what is wrong with the file."""

    file: Path
    theorems: tuple[dict[str, Any], ...] = ()
    not_tried: tuple[tuple[str, str], ...] = ()
    linked: tuple[tuple[str, str], ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Task:
    """One theorem to check: its file and its id (what a worker process can be told), and its record with nothing tried yet."""

    file: Path
    id: str
    blank: Record = field(compare=False, repr=False)


def outlined(files: Sequence[Path], folder: Path, jobs: int | None = None) -> tuple[list[Task], list[Record]]:
    """The theorems of the files, and an "error" record for each file that cannot be loaded and each id that is taken;
    `folder` holds the acceptances and the cache."""
    tasks: list[Task] = []
    errors: list[Record] = []
    first: dict[str, Path] = {}
    for found in outlines(files, folder, jobs):
        if found.why:
            errors.append(broken(found.file.name, found.file.name, found.why))
        for record in (Record(**t) for t in found.theorems):
            if record.id in first:
                names = f"{found.file.name} and {first[record.id].name}"
                says = f"{names} both have a theorem {record.id}; give one another reading="
                errors.append(replace(record, verdict="error", why=says))
                continue
            first[record.id] = found.file
            if record.verdict == "error":
                errors.append(record)
            else:
                tasks.append(Task(found.file, record.id, record))
    return tasks, errors


def kept_in(folder: Path) -> Path:
    """Where outlines and verdicts are kept."""
    return folder / ".refute" / "cache"


def outlines(files: Sequence[Path], folder: Path, jobs: int | None = None) -> list[Outline]:
    """The outline of each file; a file that cannot be loaded has a `why`. `folder` holds the acceptances and the cache."""
    keys = {f: _key(f, folder) for f in files}
    found = {f: known for f in files if (known := _recalled(f, keys[f], folder)) is not None}
    missing = [f for f in files if f not in found]
    if missing:
        with Workers(min(jobs or os.cpu_count() or 1, len(missing)), LOADING) as pool:
            for file, future in [(f, pool.submit(outline, f, folder)) for f in missing]:
                try:
                    found[file] = future.result()
                except Exception as problem:  # whatever a file does to its process, or to the answer on its way
                    found[file] = Outline(file, why=sentence(problem, f"{file.name}: while it was loaded ", LOADING))
                _keep(found[file], keys[file], folder)
    return [found[f] for f in files]


def outline(file: Path, folder: Path) -> Outline:
    """Load a file and say what it holds."""
    from refute.running.blank import blank_of
    from refute.sources.discover import alone, not_tried_in, theorems_of
    from refute.sources.proofs import named_file

    alone(file)
    try:
        with no_exit():
            theorems, not_tried = theorems_of(file), not_tried_in(file)
        code = code_of(file)
        linked = {name for t in theorems for link in t.links for name in _names_of(link, file)}
        linked |= {named_file(t.proof) for t in theorems}
        return Outline(
            file,
            tuple(asdict(blank_of(t, file, code, folder)) for t in theorems),
            tuple((n.id, n.why) for n in not_tried),
            tuple((n, _linked(n, file)) for n in sorted(linked - {""})),
        )
    except BadInput as why:
        return Outline(file, why=str(why))
    except Exception as why:
        return Outline(file, why=f"{file.name}: {told(why)}")


def sentence(why: BaseException, where: str, seconds: float | None) -> str:
    """What became of a process, in one sentence."""
    if isinstance(why, Late):
        return f"{where}it did not end within {seconds:g} s and was killed"
    if isinstance(why, MemoryError):
        return f"{where}it ran out of memory"
    return str(why) if isinstance(why, BadInput) else f"{where}{why or type(why).__name__}"


def _key(file: Path, folder: Path) -> str:
    """Empty for a file that is broken, in whatever way."""
    try:
        # Whose acceptances count depends on which are there.
        accepted = [_digest(place / ACCEPTED) for place in (folder, *file.resolve().parents)]
        return cache.key_of(["outline", text_of(file), file.name, *accepted])
    except Exception:
        return ""


def _recalled(file: Path, key: str, folder: Path) -> Outline | None:
    data: Any = cache.recall(kept_in(folder), key) if key else None
    try:
        not_tried, linked = (tuple((str(a), str(b)) for a, b in data[name]) for name in ("not_tried", "linked"))
        found = Outline(file, tuple(data["theorems"]), not_tried, linked)
        return found if all(_linked(name, file) == before for name, before in found.linked) else None
    except (TypeError, KeyError, ValueError):
        return None


def _keep(found: Outline, key: str, folder: Path) -> None:
    """Only what is whole: an error is told again by the file itself."""
    if key and not found.why and all(t["fingerprints"] and t["verdict"] != "error" for t in found.theorems):
        data = asdict(found)
        cache.keep(kept_in(folder), key, {name: data[name] for name in ("theorems", "not_tried", "linked")})


def _names_of(link: str, file: Path) -> Iterator[str]:
    """The file of a linked text, and all others that its fingerprint is made of, or that were looked for, from the folder of the theorem file."""
    from refute.sources.text import files_behind

    yield link.partition("#")[0]
    here = file.resolve().parent
    try:
        yield from (os.path.relpath(p, here) for p in files_behind(link, here))
    except (BadInput, OSError):
        return


def _linked(name: str, file: Path) -> str:
    try:
        return _digest(linked_file(name, file.resolve().parent))
    except BadInput:
        return ""


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
