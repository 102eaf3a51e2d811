"""Counterexamples as files, and their re-checking from the file alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from refute import fingerprint
from refute.claims import Opinion
from refute.data import MAX_BYTES, decode, encode, keys, read_json
from refute.errors import BadInput, OutsideDomain
from refute.mp import digits
from refute.statement import Checked, Instance, Statement
from refute.theorem import Theorem

FORMAT = "refute counterexample 1"
KEYS = ["format", "theorem", "fingerprint", "statement", "instance", "conclusion"]
# Fifty digits are shown, and ten more are computed.
DIGITS = (60, 200, 1300)


def second_opinion(statement: Statement, instance: Instance, checked: Checked) -> list[tuple[str, Opinion]]:
    """mpmath's opinions at 60 digits, or more where 60 leave one open."""
    opinions: list[tuple[str, Opinion]] = []
    for n in DIGITS:
        with digits(n):
            opinions = list(statement.opinions(instance, checked))
        if opinions[-1][1].truth is not None and not contradiction(checked, opinions):
            break
    return opinions


def contradiction(checked: Checked, opinions: list[tuple[str, Opinion]]) -> str:
    """Where mpmath and the exact decision differ in sign; empty where they do not."""
    decided = [*checked.hypotheses, ("the conclusion", checked.conclusion)]
    for (says, d), (_, o) in zip(decided, opinions, strict=True):
        if d.truth is not None and o.truth is not None and d.truth != o.truth:
            return f"arithmetics disagree about {says}: exact {d.truth}, mpmath {o.truth}"
    if checked.conclusion.truth is False and opinions[-1][1].truth is None and not checked.conclusion.equal:
        return "mpmath does not confirm the violation"
    return ""


def write(theorem: Theorem, instance: Instance, folder: Path) -> Path:
    """Write a counterexample and return its file; an older one of the same statement is replaced."""
    checked = theorem.itself.check(instance)
    last = second_opinion(theorem.itself, instance, checked)[-1][1]
    data = {
        "format": FORMAT,
        "theorem": theorem.id,
        "fingerprint": fingerprint.of_statement(theorem),
        "statement": theorem.prose or theorem.name,
        "instance": encode(dict(instance)),
        "conclusion": {"violated": last.says, "lhs": last.lhs, "rhs": last.rhs},
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (theorem.id.replace("/", "--").replace(":", "--") + ".json")
    write_text(path, json.dumps(data, indent=2) + "\n")
    return path


def write_text(path: Path, text: str) -> None:
    """Write a whole file at once: a reader, or a kill, sees the old one or the new one. A link is followed; a pipe or a device
    is written to, never replaced."""
    path = path.resolve()
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8")
        return
    draft = path.with_name(path.name + ".draft")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


@dataclass(frozen=True)
class Line:
    """One step of a verification: what was checked, what exact arithmetic and mpmath say of it."""

    says: str
    exact: str
    mpmath: str


@dataclass(frozen=True)
class Verified:
    """An accepted certificate."""

    theorem: Theorem
    instance: Instance
    lines: tuple[Line, ...]


def verify(path: Path, theorems: Iterable[Theorem]) -> Verified:
    """Re-check a certificate against the theorems at hand; raises BadInput with the reason."""
    where = path.name
    data = _parsed(path)
    theorem = next((t for t in theorems if t.id == data["theorem"]), None)
    if theorem is None:
        raise BadInput(f"{where}: no theorem {str(data['theorem'])[:80]!r} is known; name its folder with --theorems")
    if data["fingerprint"] != fingerprint.of_statement(theorem):
        raise BadInput(f"{where}: the statement {theorem.id} has changed since this was written")
    instance = read_instance(theorem, data["instance"], where)
    statement = theorem.itself
    try:
        checked = statement.check(instance)
    except OutsideDomain as why:
        raise BadInput(f"{where}: {why}") from None
    for says, d in checked.hypotheses:
        if d.truth is None:
            raise BadInput(f"{where}: the hypothesis {says!r} stays undecided ({d.says})")
    if checked.conclusion.truth is not False:
        state = "holds" if checked.conclusion.truth else f"stays undecided ({checked.conclusion.says})"
        raise BadInput(f"{where}: no counterexample, the conclusion of {theorem.id} {state} there")
    opinions = second_opinion(statement, instance, checked)
    doubt = contradiction(checked, opinions)
    if doubt:
        raise BadInput(f"{where}: {doubt}")
    stated = data["conclusion"]
    found = {"violated": opinions[-1][1].says, "lhs": opinions[-1][1].lhs, "rhs": opinions[-1][1].rhs}
    if stated != found:
        raise BadInput(f"{where}: the conclusion that it states is not the one that its instance gives")
    return Verified(theorem, instance, tuple(_lines(checked, opinions)))


def _parsed(path: Path) -> dict[str, Any]:
    where = path.name
    try:
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"{where}: larger than {MAX_BYTES} bytes, no certificate is")
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadInput(f"{where}: not a text file") from None
    except OSError as why:
        raise BadInput(f"{path}: cannot be read ({why.strerror})") from None
    data = read_json(text, where)
    if not isinstance(data, dict):
        raise BadInput(f"{where}: a certificate is a JSON object")
    keys(data, KEYS, where)
    if data["format"] != FORMAT:
        raise BadInput(f"{where}: its format is {str(data['format'])[:40]!r}, not {FORMAT!r}")
    return data


def read_instance(theorem: Theorem, data: Any, where: str) -> dict[str, Any]:
    """The instance of a theorem from JSON, variable by variable; raises BadInput."""
    if not isinstance(data, dict):
        raise BadInput(f"{where}: the instance is a JSON object")
    keys(data, list(theorem.variables), f"{where}: instance")
    seen: dict[str, Any] = dict(theorem.constants)
    for name in theorem.variables:
        place = f"{where}: instance.{name}"
        try:
            known = theorem.itself.domain(name, seen).types
        except (ArithmeticError, ValueError) as why:
            raise BadInput(f"{place}: its domain is empty for the values before it ({why})") from None
        seen[name] = decode(data[name], theorem.types[name], known, place)
    return {n: seen[n] for n in theorem.variables}


def _lines(checked: Checked, opinions: list[tuple[str, Opinion]]) -> Iterable[Line]:
    for (says, d), (_, o) in zip(checked.hypotheses, opinions, strict=False):
        yield Line(says, _word(d.truth), _word(o.truth) + _sides(o))
    yield Line(f"violated: {checked.conclusion.says}", "violated", "violated" + _sides(opinions[-1][1]))


def _sides(o: Opinion) -> str:
    return f": {o.lhs} and {o.rhs}" if o.lhs else ""


def _word(truth: bool | None) -> str:
    return {True: "holds", False: "fails", None: "too close to tell"}[truth]
