"""Counterexamples as files, and their re-checking from the file alone."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

from refute.errors import BadInput, OutsideDomain
from refute.numbers.real import Real
from refute.numbers.vector import Vec, exact_point
from refute.safety.failure import shown, told
from refute.safety.files import file_of, read_text, write_text
from refute.safety.limited import Limits, limited
from refute.statements import fingerprint
from refute.statements.claims import Opinion, Sides
from refute.statements.consistency import raise_contradictions
from refute.statements.data import MAX_BYTES, decode, encode, keys, read_json
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Checked, Instance
from refute.statements.theorem import Theorem
from refute.statements.wording import described
from refute.verdicts.limits import as_data, certificates_in, lines

FORMAT = "refute counterexample 1"
# The numbers that the instance of a certificate may have.
MOST_NUMBERS = 2000
KEYS = ["format", "theorem", "fingerprint", "statement", "instance", "conclusion"]


def write(theorem: Theorem, instance: Instance, folder: Path) -> Path:
    """Write a counterexample and return its file; an older one of the same statement is replaced. Raises BadInput, once it is written, for an
    instance that cannot be read from it."""
    # A domain may draw ints where rationals are meant: 3 is kept as "3".
    instance = {name: _exact(value, theorem.types.get(name)) for name, value in instance.items()}
    checked = theorem.itself.check(instance)
    last = second_opinion(theorem.itself, instance, checked)[-1][1]
    limits = [as_data(fate) for fate in certificates_in(checked.conclusion.evidence)]
    data = {
        "format": FORMAT,
        "theorem": theorem.id,
        "fingerprint": fingerprint.of_statement(theorem),
        "statement": theorem.prose or theorem.name,
        "instance": encode(dict(instance)),
        "conclusion": {
            "violated": last.says,
            "lhs": last.lhs,
            "rhs": last.rhs,
            **({"certificates": limits} if limits else {}),
        },
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = file_of(theorem.id, folder)
    write_text(path, json.dumps(data, indent=2) + "\n")
    # What nobody can read again is kept, and is no counterexample that anybody can check.
    if encode(read_instance(theorem, data["instance"], f"{theorem.id}: {path.name}")) != data["instance"]:
        raise BadInput(
            f"{theorem.id}: the instance in {path.name} reads otherwise than it was: give its class plain fields of exact data"
        )
    return path


def _exact(value: Any, kind: Any) -> Any:
    if kind is Fraction and type(value) is int:
        return Fraction(value)
    return exact_point(value) if type(value) is Vec else value


@dataclass(frozen=True)
class Line:
    """One step of a verification: what was checked, what exact arithmetic and mpmath say of it."""

    says: str
    exact: str
    mpmath: str
    sides: Sides = ()
    #: Of a claim about limits: what the decision rests on, each number exact.
    certificate: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verified:
    """An accepted certificate; `notes` are what the body notes there."""

    theorem: Theorem
    instance: Instance
    lines: tuple[Line, ...]
    notes: tuple[tuple[str, str], ...] = ()


def verify(path: Path, theorems: Iterable[Theorem], limits: Limits | None = None) -> Verified:
    """Re-check a certificate against the theorems at hand, within limits where some are given; raises BadInput with the
    reason."""
    data = parsed(path)
    known = list(theorems)
    theorem = next((t for t in known if t.id == data["theorem"]), None)
    if theorem is None:
        raise BadInput(
            f"{path.name}: no theorem {str(data['theorem'])[:80]!r} is known; name its folder with --theorems"
        )
    most = MOST_NUMBERS * max(1.0, 1.0 if limits is None else limits.times)
    work = partial(_read_and_checked, data, theorem, path.name, most)
    said, notes = work() if limits is None else limited(work, limits, path.name)
    # What came through the limits once does so again.
    return Verified(theorem, read_instance(theorem, data["instance"], path.name), said, notes)


def confirm(text: str, where: str, theorem: Theorem) -> None:
    """Re-check the text of a certificate against its theorem; raises BadInput with the reason."""
    data = _object(text, where)
    if data["theorem"] != theorem.id:
        raise BadInput(f"{where}: it is about another theorem than {theorem.id}")
    _read_and_checked(data, theorem, where, MOST_NUMBERS)


Found = tuple[tuple[Line, ...], tuple[tuple[str, str], ...]]


def _read_and_checked(data: dict[str, Any], theorem: Theorem, where: str, most: float) -> Found:
    try:
        return _checked(data, theorem, _claimed(data, theorem, where, most), where)
    except BadInput:
        raise
    except Exception as why:  # whatever a stranger's data make of a class or a domain
        raise BadInput(f"{where}: {told(why)}") from why


def _claimed(data: dict[str, Any], theorem: Theorem, where: str, most: float) -> dict[str, Any]:
    """The instance that a certificate is about."""
    if data["fingerprint"] != fingerprint.of_statement(theorem):
        raise BadInput(f"{where}: the statement {theorem.id} has changed since this was written")
    if data["statement"] != (theorem.prose or theorem.name):
        raise BadInput(f"{where}: the words of its statement are not those of {theorem.id}")
    count = _numbers_in(data["instance"])
    if count > most:
        raise BadInput(f"{where}: its instance has {count} numbers; --budget 10 allows {10 * most:.0f}")
    return read_instance(theorem, data["instance"], where)


def _checked(data: dict[str, Any], theorem: Theorem, instance: Instance, where: str) -> Found:
    """Every hypothesis and the conclusion, decided twice; raises BadInput where it is no counterexample."""
    statement = theorem.itself
    for value in instance.values():
        raise_contradictions(value)
    try:
        with described() as noted:
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
    # Which certificate is found first may be another one on another machine: it is found anew, and shown.
    if isinstance(stated, dict):
        stated = {key: value for key, value in stated.items() if key != "certificates"}
    found = {"violated": opinions[-1][1].says, "lhs": opinions[-1][1].lhs, "rhs": opinions[-1][1].rhs}
    if stated != found:
        raise BadInput(f"{where}: the conclusion that it states is not the one that its instance gives")
    return tuple(_lines(checked, opinions)), tuple((name, _shown(value)) for name, value in noted)


def _numbers_in(data: Any) -> int:
    """How many numbers JSON data hold."""
    count, todo = 0, [data]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo += value.values()
        elif isinstance(value, list):
            todo += value
        else:
            count += 1
    return count


def parsed(path: Path) -> dict[str, Any]:
    """The JSON object of a certificate, with the keys of one; raises BadInput."""
    return _object(read_text(path, MAX_BYTES), path.name)


def _object(text: str, where: str) -> dict[str, Any]:
    data = read_json(text, where)
    if not isinstance(data, dict):
        raise BadInput(f"{where}: a certificate is a JSON object")
    keys(data, KEYS, where)
    if data["format"] != FORMAT:
        raise BadInput(f"{where}: its format is {str(data['format'])[:40]!r}, not {FORMAT!r}")
    return data


def read_instance(theorem: Theorem, data: Any, where: str) -> dict[str, Any]:
    """The instance of a theorem from JSON, variable by variable, each point of the dimension of its domain; raises BadInput."""
    if not isinstance(data, dict):
        raise BadInput(f"{where}: the instance is a JSON object")
    keys(data, list(theorem.variables), f"{where}: instance")
    seen: dict[str, Any] = dict(theorem.constants)
    for name in theorem.variables:
        place = f"{where}: instance.{name}"
        try:
            domain = theorem.itself.domain(name, seen)
        except BadInput:
            raise
        except Exception as why:  # the domain is a user's code, at values that nobody has checked yet
            raise BadInput(f"{place}: it has no domain for the values before it ({told(why)})") from None
        hint = theorem.types[name]
        if isinstance(data[name], dict) and domain.types:
            hint = Any  # what the domain draws, which need not be what the annotation calls it
        elif domain.one_of and not isinstance(data[name], dict):  # of a union a number, or a point
            hint = Vec if isinstance(data[name], list) else int if theorem.types[name] is int else Fraction
        value = seen[name] = decode(data[name], hint, domain.types, place)
        if isinstance(value, Vec) and domain.dim is not None and len(value) != domain.dim:
            raise BadInput(f"{place}: a point of R^{len(value)}, where one of R^{domain.dim} belongs")
    return {n: seen[n] for n in theorem.variables}


def _lines(checked: Checked, opinions: list[tuple[str, Opinion]]) -> Iterable[Line]:
    for (says, d), (_, o) in zip(checked.hypotheses, opinions, strict=False):
        yield Line(says, _word(d.truth), _word(o.truth) + _sides(o), d.sides)
    last = checked.conclusion
    rests_on = tuple(line for fate in certificates_in(last.evidence) for line in lines(fate))
    yield Line(f"violated: {last.says}", "violated", "violated" + _sides(opinions[-1][1]), last.sides, rests_on)


def _shown(value: Any) -> str:
    """What a body notes: exactly where that is short."""
    if isinstance(value, Vec):
        return f"({', '.join(map(_shown, value))})"
    return value.text() if isinstance(value, Real) else shown(value)


def _sides(o: Opinion) -> str:
    return f": {o.lhs} and {o.rhs}" if o.lhs else ""


def _word(truth: bool | None) -> str:
    return {True: "holds", False: "fails", None: "too close to tell"}[truth]
