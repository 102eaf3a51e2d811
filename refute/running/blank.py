"""The record of a theorem with nothing tried yet, and what its verdict will depend on."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from refute.errors import BadInput
from refute.safety.failure import told
from refute.sources.proofs import proof_problem
from refute.statements import fingerprint
from refute.statements.theorem import Theorem
from refute.verdicts import accepted
from refute.verdicts.examine import blank, seed_of
from refute.verdicts.record import Record, broken


def blank_of(theorem: Theorem, file: Path, code: str, folder: Path) -> Record:
    """The record before anything is tried, with the fingerprints, the seed and the digest of the code; `folder` holds the acceptances."""
    try:
        record = blank(theorem)
        problem = proof_problem(theorem.proof, file)
        record.problems = [problem] if problem else []
        record.seed = seed_of(theorem)
        record.file = os.path.relpath(file, folder)
        try:
            record.fingerprints = accepted.current(theorem)
            # Whether the statement is as it was accepted is a part of its verdict.
            record.code = fingerprint.digest([accepted.stale(theorem, folder)])[:8] + code
        except BadInput:
            record.fingerprints = {}  # its check will say what is wrong with the linked text
        return record
    except Exception as why:
        says = str(why) if isinstance(why, BadInput) else told(why)
        return replace(broken(theorem.id, file.name, f"{file.name}: {theorem.id}: {says}"), id=theorem.id)
