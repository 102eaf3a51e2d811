"""Proofs by duality as files, and their re-checking: the body is run again, and what the file says is multiplied and compared."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import starmap, zip_longest
from pathlib import Path
from typing import Any

from refute.duality.forms import Form, is_zero
from refute.duality.parameters.cases import Case, cases
from refute.duality.parameters.ratio import Ratio, from_coefficients, parameters, second_parameter
from refute.duality.signs.interval import Ends
from refute.duality.weights import Weights, checked
from refute.errors import BadInput, NotLinear
from refute.proofs.legend import legend
from refute.safety.files import file_of, write_text
from refute.statements import fingerprint
from refute.statements.data import decode, keys, read_json
from refute.statements.theorem import Theorem

# A proof for one parameter at most, and one for two.
FORMAT, OF_TWO = "refute proof 1", "refute proof 2"
KEYS = ["format", "theorem", "fingerprint", "statement", "cases", "parts"]
PART = ["fixed", "claim", "from", "to", "weights"]
# Parts, and weights of one, that a proof may have.
MOST = 2000


def file_of_proof(id_: str, folder: Path) -> Path:
    """Where the proof of a theorem is written."""
    return file_of(id_, folder).with_suffix(".proof.json")


def write(theorem: Theorem, proof: Sequence[Weights], folder: Path) -> Path:
    """Write a proof and return its file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = file_of_proof(theorem.id, folder)
    write_text(path, json.dumps(as_data(theorem, proof), indent=2) + "\n")
    return path


def as_data(theorem: Theorem, proof: Sequence[Weights]) -> dict[str, Any]:
    """A proof as the JSON object of its file."""
    known = cases(theorem.itself)
    return {
        "format": _format(known),
        "theorem": theorem.id,
        "fingerprint": fingerprint.of_statement(theorem),
        "statement": theorem.prose or theorem.name,
        "cases": [_case(c) for c in known],
        "parts": [_part(w) for w in proof],
    }


def _format(known: Iterable[Case]) -> str:
    return OF_TWO if any(c.region is not None for c in known) else FORMAT


def _case(case: Case) -> dict[str, Any]:
    """What the weights are about, for readers that cannot run the statement: unknowns, where the functions were asked, all conditions and claims."""
    problem = case.problem
    return {
        "fixed": {n: str(v) for n, v in case.fixed.items()},
        "t": case.unit,
        "from": _end(case.ends[0]) if case.parameter else "",
        "to": _end(case.ends[1]) if case.parameter else "",
        **(_of_region(case) if case.region is not None else {}),
        **({"open": _open(case)} if _open(case) else {}),
        **({"steps": case.steps} if case.steps else {}),
        "vectors": ["0" if i == problem.origin else v.name for i, v in enumerate(problem.vectors)],
        "values": [v.name for v in problem.values],
        "functions": [
            {
                "name": f.name,
                **(
                    {"low": _ratio(f.low)}
                    if f.low is not None
                    else {"asks": {k: [*map(_form, v)] for k, v in f.asks.items()}}
                ),
                **({"linear": True} if f.linear else {}),
                **({"adjoint_of": f.adjoint_of} if f.adjoint_of else {}),
                "rows": [
                    {
                        "at": label,
                        "x": {str(i): _ratio(c) for i, c in x.items()},
                        "g": {str(i): _ratio(c) for i, c in g.items()},
                        "f": {str(k[0]): _ratio(c) for k, c in value.items()},
                    }
                    for label, x, g, value in f.rows
                ],
            }
            for f in case.functions
        ],
        "conditions": [
            {
                "says": c.says,
                "form": _form(c.form),
                **{k: True for k in ("of_step", "unmade", "of_end") if getattr(c, k)},
            }
            for c in problem.conditions
        ],
        "claims": [
            {
                "says": c.says,
                "form": _form(c.form),
                "step": c.induction,
                "strict": c.strict,
                **({"begins": True} if c.begins else {}),
                **({"from": _end(case.ends_of(c)[0])} if case.ends_of(c) != case.ends else {}),
            }
            for c in problem.claims
        ],
    }


def _of_region(case: Case) -> dict[str, Any]:
    """The second parameter, and the ends of the first one as functions of it; null: no end."""
    assert case.region is not None
    ends = (case.region.lo, case.region.hi)
    return {"m": case.second, "region": [None if e is None else _ratio(e) for e in ends]}


def _open(case: Case) -> list[str]:
    """Which ends the parameter does not take."""
    if case.region is not None:
        of = zip(("from", "to"), (case.region.lo, case.region.hi), case.region.closed, strict=True)
        return [end for end, at, closed in of if at is not None and not closed]
    ends = zip(("from", "to"), case.ends, case.closed, strict=True)
    return [end for end, at, closed in ends if case.parameter and at is not None and not closed]


def _form(form: Form) -> dict[str, Any]:
    """By "" the constant, by "i" the i-th value, by "i j" the inner product of two vectors."""
    return {" ".join(map(str, k)): _ratio(c) for k, c in form.terms.items()}


def _ratio(c: Any) -> dict[str, list[Any]]:
    r = Ratio.of(c, from_coefficients((), (Fraction(1),)))
    return {"p": _row(r.p), "q": _row(r.q)}


def _part(w: Weights) -> dict[str, Any]:
    conditions = w.case.problem.conditions
    return {
        "fixed": {n: str(v) for n, v in w.case.fixed.items()},
        "claim": w.case.problem.claims.index(w.claim),
        "from": _end(w.case.ends[0]) if w.case.parameter else "",
        "to": _end(w.case.ends[1]) if w.case.parameter else "",
        "weights": [{"of": conditions[k].says, "number": k, **_ratio(r)} for k, r in w.weights.items()],
    }


def _end(e: Fraction | None) -> str:
    return "" if e is None else str(e)


def _row(p: Any) -> list[Any]:
    """The coefficients of a polynomial in t, from the constant one up; of one in t and m each is a rational or a list, those of a polynomial in m."""
    found: dict[int, dict[int, str]] = {}
    for exponents, c in p.to_dict().items():
        found.setdefault(int(exponents[0]), {})[int(exponents[-1])] = str(c)
    rows = [found.get(i, {}) for i in range(max(found, default=-1) + 1)]
    return [row.get(0, "0") if set(row) <= {0} else [row.get(j, "0") for j in range(max(row) + 1)] for row in rows]


def parsed(text: str, where: str) -> dict[str, Any]:
    """The JSON object of a proof; raises BadInput."""
    data = read_json(text, where)
    if not isinstance(data, dict) or data.get("format") not in (FORMAT, OF_TWO):
        raise BadInput(f"{where}: no proof, whose format is {FORMAT!r} or {OF_TWO!r}")
    return data


def verify(data: dict[str, Any], theorem: Theorem, where: str) -> list[Weights]:
    """The proof that a file holds, checked: each part anew, and that the parts cover all cases; raises BadInput with the reason."""
    keys(data, KEYS, where)
    if data["fingerprint"] != fingerprint.of_statement(theorem):
        raise BadInput(f"{where}: the statement {theorem.id} has changed since this was written")
    if data["statement"] != (theorem.prose or theorem.name):
        raise BadInput(f"{where}: the words of its statement are not those of {theorem.id}")
    if not isinstance(data["parts"], list) or len(data["parts"]) > MOST:
        raise BadInput(f"{where}: the parts of a proof are a list, of at most {MOST}")
    try:
        known = cases(theorem.itself)
    except NotLinear as why:
        raise BadInput(f"{where}: {theorem.id} is not linear in inner products and values: {why}") from None
    if data["format"] != _format(known):
        raise BadInput(f"{where}: the format of a proof of {theorem.id} is {_format(known)!r}")
    if not isinstance(data["cases"], list) or _as_text(data["cases"]) != _as_text(
        starmap(_like, zip_longest(data["cases"], known))
    ):
        raise BadInput(f"{where}: its cases are not those of {theorem.id}")
    found = [_read(part, known, f"{where}: parts[{i}]") for i, part in enumerate(data["parts"])]
    for case in known:
        for n, claim in enumerate(case.problem.claims):
            pieces = [w.case.ends for w in found if w.case.fixed == case.fixed and w.claim is claim]
            if not _cover(pieces, case.ends_of(claim)):
                fixed = ", ".join(f"{k} = {v}" for k, v in case.fixed.items())
                raise BadInput(f"{where}: claim {n}{f' for {fixed}' if fixed else ''} is not proved everywhere")
    if not found:
        raise BadInput(f"{where}: it proves nothing")
    return found


def _like(said: Any, case: Case | None) -> dict[str, Any]:
    """A case as a file has it that says the same: those of earlier versions do not say which ends are open."""
    found = {} if case is None else _case(case)
    if isinstance(said, dict) and "open" not in said:
        found.pop("open", None)
    return found


def _as_text(cases: Iterable[Any]) -> str:
    """Cases as text, in which 0 is not false."""
    return json.dumps(list(cases), sort_keys=True)


def _read(part: Any, known: Sequence[Case], where: str) -> Weights:
    if not isinstance(part, dict):
        raise BadInput(f"{where}: a part of a proof is a JSON object")
    keys(part, PART, where)
    case = next((c for c in known if {n: str(v) for n, v in c.fixed.items()} == part["fixed"]), None)
    claims = () if case is None else case.problem.claims
    n = part["claim"]
    if case is None or type(n) is not int or not 0 <= n < len(claims):
        raise BadInput(f"{where}: the statement has no such case")
    ends = tuple(None if part[k] == "" else decode(part[k], Fraction, (), f"{where}.{k}") for k in ("from", "to"))
    if not case.parameter:
        if ends != (None, None):
            raise BadInput(f"{where}: the case has no parameter, and so no ends")
        ends = case.ends
    if case.region is not None and ends != (None, None):
        raise BadInput(f"{where}: a proof for two parameters is one for all of their values, and has no ends")
    if ends[0] is not None and ends[1] is not None and not ends[0] <= ends[1]:
        raise BadInput(f"{where}: it ends before it begins")
    weights: dict[int, Ratio] = {}
    if not isinstance(part["weights"], list) or len(part["weights"]) > MOST:
        raise BadInput(f"{where}: the weights are a list, of at most {MOST}")
    for w in part["weights"]:
        if not isinstance(w, dict):
            raise BadInput(f"{where}: a weight is a JSON object")
        keys(w, ["of", "number", "p", "q"], where)
        k = w["number"]
        conditions = case.problem.conditions
        if type(k) is not int or not 0 <= k < len(conditions) or conditions[k].says != w["of"] or k in weights:
            raise BadInput(f"{where}: the statement has no condition {str(w['of'])[:60]!r} of this number")
        p, q = (_polynomial(w[key], case, f"{where}.{key}") for key in ("p", "q"))
        if q.is_zero:
            raise BadInput(f"{where}: a weight is divided by 0")
        weights[k] = p / q
    proof = checked(case.within(ends), claims[n], weights)  # type: ignore[arg-type]
    if proof is None:
        raise BadInput(
            f"{where}: the weighted conditions do not add up to the claim, or a weight or a pivot of the squares is negative"
        )
    return proof


def _polynomial(row: Any, case: Case, where: str) -> Ratio:
    one = (Fraction(1),)
    if case.region is None or not isinstance(row, list):
        return from_coefficients(decode(row, tuple[Fraction, ...], (), where), one)
    if len(row) > MOST or any(isinstance(c, list) and len(c) > MOST for c in row):
        raise BadInput(f"{where}: a polynomial has at most {MOST} coefficients")
    t, m = parameters()[0], second_parameter()
    found: Ratio = 0 * t
    for i, c in enumerate(row):
        of_m = decode(c if isinstance(c, list) else [c], tuple[Fraction, ...], (), where)
        found = found + sum((a * m**j for j, a in enumerate(of_m) if a), 0 * t) * t**i
    return found


def _cover(pieces: Iterable[Ends], ends: Ends) -> bool:
    """Whether closed intervals cover another one."""
    lo, hi = ends
    reached: Fraction | None = lo
    started = False
    # From left to right; one without a left end is the first.
    for a, b in sorted(pieces, key=lambda e: (e[0] is not None, e[0] or Fraction(0))):
        if a is not None and (
            (not started and (lo is None or a > lo)) or (started and reached is not None and a > reached)
        ):
            return False
        if b is None:
            return True
        reached = b if not started or reached is None else max(reached, b)
        started = True
    return started and hi is not None and reached is not None and reached >= hi


def lines(proof: Sequence[Weights]) -> list[str]:
    """A proof as a person writes it: which inequality with which weight, and the squares that remain."""
    found: list[str] = []
    for w in proof:
        case, problem = w.case, w.case.problem
        names = [v.name for v in problem.vectors]
        fixed = ", ".join(f"{n} = {v}" for n, v in case.fixed.items())
        lo, hi = case.ends if case.region is None else (case.region.lo, case.region.hi)
        closed = case.closed if case.region is None else case.region.closed
        below, above = ("<=" if belongs else "<" for belongs in closed)
        ends = ("" if lo is None else f"{lo} {below} ") + "t" + ("" if hi is None else f" {above} {hi}")
        of = f"for {ends}" if case.parameter and ends != "t" else ""
        unit = f"t = {case.unit}" if case.parameter else ""
        second = ("", "") if case.region is None else (f"m = {case.second}", "0 < m <= 1")
        head = ", ".join(e for e in (fixed, unit, second[0], of, second[1]) if e)
        found.append(f"{w.claim.says}{f'  ({head})' if head else ''}")
        for k, weight in w.weights.items():
            found.append(f"    {weight} times: {problem.conditions[k].says}")
        constant = w.constant()
        squares = [*([] if is_zero(constant) else [str(constant)]), *_squares(w, names)]
        found.append(f"    and what remains is {' + '.join(squares) or '0'}")
    known = [" ".join(filter(None, line)) for line in legend(w.case for w in proof)]
    return [*found, *([f"Here {known[0]}", *(f"     {line}" for line in known[1:])] if known else [])]


def _squares(w: Weights, names: Sequence[str]) -> Iterable[str]:
    """Each square with its factor."""
    for pivot, combination in w.sum_of_squares():
        yield f"{_times(pivot)}|{_sum((c, names[i]) for c, i in combination)}|^2"


def _sum(terms: Iterable[tuple[Any, str]]) -> str:
    text = ""
    for c, name in terms:
        negative = str(c).startswith("-")
        sign = (" - " if negative else " + ") if text else "-" if negative else ""
        text += f"{sign}{_times(-c if negative else c)}{name}"
    return text


def _times(c: Any) -> str:
    """A coefficient as a factor; nothing for 1."""
    text = str(c)
    if text == "1":
        return ""
    plain = text.replace("/", "").isalnum() or (text.startswith("(") and ")/(" not in text)
    return f"{text} " if plain else f"({text}) "
