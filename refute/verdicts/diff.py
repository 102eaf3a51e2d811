"""What changed between two ledgers, and whether it is for the worse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.safety.files import MAX_LEDGER, read_text
from refute.verdicts.ledger import damage

# The better a verdict, the later it stands; "refuted" is what a false statement should be.
_ORDER = ("error", "stale", "undecided", "refuted", "vacuous", "holds", "proved")


@dataclass(frozen=True)
class Change:
    """One difference; `worse` changes make `refute diff` exit with 1."""

    id: str
    says: str
    worse: bool


def load(path: Path) -> dict[str, Mapping[str, Any]]:
    """A ledger by id; raises BadInput."""
    import json

    text = read_text(path, MAX_LEDGER)
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput(f"{path}: not a ledger of refute check --json") from None
    if not isinstance(data, list):
        raise BadInput(f"{path}: not a ledger of refute check --json")
    wrong = next(filter(None, map(damage, data)), "")
    if wrong:
        raise BadInput(f"{path}: not a ledger of refute check --json: {wrong}")
    return {str(r["id"]): r for r in data}


def changes(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]], *, part: bool = False
) -> Iterator[Change]:
    """Every changed verdict, status, statement, tightness, number of killed mutants, proof file and number of instances, then what was added and removed; of a `part` nothing is said to be removed."""
    for i in old:
        if i not in new:
            if not part:
                yield Change(i, "removed", True)
            continue
        yield from _between(i, old[i], new[i])
    for i in new:
        if i not in old:
            yield Change(i, f"added: {new[i]['verdict']}", not new[i]["as_expected"])


def _between(i: str, a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[Change]:
    if a["verdict"] != b["verdict"] or a["as_expected"] != b["as_expected"]:
        worse = bool(a["as_expected"] and not b["as_expected"]) or (
            a["as_expected"] == b["as_expected"] and _rank(b["verdict"]) < _rank(a["verdict"])
        )
        expected = "" if b["as_expected"] else ", not as expected"
        yield Change(i, f"verdict {a['verdict']} -> {b['verdict']}{expected}", worse)
    if a.get("status") != b.get("status"):
        # Whoever says less than before withdrew a proof, or a counterexample.
        yield Change(i, f"status {a.get('status')} -> {b.get('status')}", b.get("status") == "open")
    printed = [r.get("fingerprints", {}) for r in (a, b)]
    for what in sorted(printed[0].keys() | printed[1].keys()):
        before, after = (p.get(what) for p in printed)
        if before != after:
            yield Change(i, f"{what} changed ({before} -> {after})", False)
    before, after = a.get("tightness"), b.get("tightness")
    if _differ(before, after):
        # A smaller tightness means that the search came less close: its power is less.
        less = before is not None and (after is None or after < before - 1e-3)
        yield Change(i, f"tightness {_short(before)} -> {_short(after)}", less)
    killed, killed_now = ((r.get("mutants") or {}).get("killed", 0) for r in (a, b))
    if killed != killed_now:
        yield Change(i, f"mutants killed {killed} -> {killed_now}", killed_now < killed)
    if bool(a.get("proof_file")) != bool(b.get("proof_file")):
        says = "has no proof file any more" if a.get("proof_file") else "has a proof file now"
        yield Change(i, says, bool(a.get("proof_file")))
    n, n_now = a.get("examples", 0), b.get("examples", 0)
    # How many are decided depends on the budget, and a little on the machine; less than half as many is less evidence.
    if a["verdict"] == b["verdict"] == "holds" and 2 * n_now < n:
        yield Change(i, f"instances {n} -> {n_now}", True)


def _rank(verdict: str) -> int:
    return _ORDER.index(verdict) if verdict in _ORDER else -1


def _differ(a: float | None, b: float | None) -> bool:
    if a is None or b is None:
        return a is not b
    return abs(a - b) > 1e-6


def _short(x: float | None) -> str:
    return "none" if x is None else f"{x:.6g}"
