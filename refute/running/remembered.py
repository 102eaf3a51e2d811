"""Verdicts that were computed before: a verdict is a function of the statement, of all code behind it, of its text and of the budget.

A counterexample and an identity are checked again before they are believed; of a search that found nothing, and of a proof by
finitely many instances, the record is all that there is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from refute.errors import BadInput
from refute.running.outline import kept_in
from refute.running.workers import Workers
from refute.safety import cache
from refute.safety.failure import no_exit
from refute.safety.files import file_of, read_text, write_text
from refute.search.budget import Budget
from refute.verdicts.record import Record, certificates

if TYPE_CHECKING:  # what is known need not wait for what a search needs
    from refute.statements.theorem import Theorem

# How long the counterexamples of some files may take to be checked again, in seconds.
CONFIRMING = 120.0


def remember(record: Record, blank: Record, budget: Budget, folder: Path) -> None:
    """Keep a verdict, with its counterexample, for the next check of the same statement on the same code. What depends on the clock, and an
    error, is none."""
    key = _key(blank, budget)
    if not key or not record.code or record.verdict == "error" or record.by_clock:
        return
    from refute.statements.data import MAX_BYTES

    try:
        kept = record.certificate or record.proof_file
        certificate = read_text(Path(kept), MAX_BYTES) if kept else ""
    except BadInput:
        return
    cache.keep(kept_in(folder), key, {"record": asdict(record), "certificate": certificate})


def all_recalled(blanks: Sequence[tuple[Path, Record]], budget: Budget, folder: Path, jobs: int) -> list[Record]:
    """The verdicts that are kept of the theorems, each with its file; what has to be checked again is checked in other processes."""
    entries = [(f, e) for f, blank in blanks if (e := _entry(blank, budget, folder)) is not None]
    plain = [e[0] for _, e in entries if not _to_confirm(e)]
    # One folder to a process: two of them may have files of one name, which their theorem files import.
    folders = sorted({f.parent for f, e in entries if _to_confirm(e)})
    groups = [[(f, e) for f, e in entries if _to_confirm(e) and f.parent == folder] for folder in folders]
    if not groups:
        return plain
    with Workers(max(1, min(jobs, len(groups))), CONFIRMING) as pool:
        futures = [pool.submit(_all_confirmed, group, folder) for group in groups]
        for future in futures:
            try:
                plain += future.result()
            except Exception:  # whatever ended it: what was kept is not believed, and is checked anew
                continue
    return plain


Entry = tuple[Record, str]


def _key(blank: Record, budget: Budget) -> str:
    """Empty where not all that the verdict depends on is known."""
    if not blank.code or not blank.fingerprints:
        return ""
    searched = [budget.seed or blank.seed, budget.examples, budget.batch]
    return cache.key_of(["verdict", blank.id, blank.code, json.dumps([blank.fingerprints, blank.problems, searched])])


def _entry(blank: Record, budget: Budget, folder: Path) -> Entry | None:
    key = _key(blank, budget)
    data: Any = cache.recall(kept_in(folder), key) if key else None
    try:
        record = Record(**data["record"])
        same = (record.id, record.code, record.fingerprints) == (blank.id, blank.code, blank.fingerprints)
        return (replace(record, remembered=True, file=blank.file), str(data["certificate"])) if same else None
    except (TypeError, KeyError):
        return None


def _to_confirm(entry: Entry) -> bool:
    record, certificate = entry
    return bool(certificate) or record.verdict in ("refuted", "proved")


def _all_confirmed(entries: Sequence[tuple[Path, Entry]], folder: Path) -> list[Record]:
    from refute.sources.discover import alone, theorems_of

    alone(entries[0][0])
    known = {f: {t.id: t for t in theorems_of(f)} for f in {f for f, _ in entries}}
    return [e[0] for f, e in entries if (t := known[f].get(e[0].id)) is not None and _confirmed(t, e, folder)]


def _confirmed(theorem: Theorem, entry: Entry, folder: Path) -> bool:
    """Whether the counterexample is one, and is written where the record says; and whether an identity is one."""
    from refute.proofs import for_all
    from refute.proofs.at_once import identity, is_finite
    from refute.verdicts.certificate import confirm

    record, certificate = entry
    try:
        with no_exit():
            if record.verdict == "proved" and record.proof_file:
                for_all.verify(for_all.parsed(certificate, theorem.id), theorem, theorem.id)
                path = for_all.file_of_proof(theorem.id, certificates(folder))
                path.parent.mkdir(parents=True, exist_ok=True)
                write_text(path, certificate)
                record.proof_file = str(path)
                return True
            if record.verdict == "proved" and not is_finite(theorem):
                proof = identity(theorem)
                return proof is not None and proof.truth is True
            if record.verdict == "refuted" or certificate:
                path = file_of(theorem.id, certificates(folder))
                confirm(certificate, path.name, theorem)
                path.parent.mkdir(parents=True, exist_ok=True)
                write_text(path, certificate)
                record.certificate = str(path)
        return True
    except (BadInput, OSError):
        return False
