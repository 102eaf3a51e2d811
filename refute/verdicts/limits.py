"""The certificates of limits as exact data, for a reader who checks one by hand: what the fate of an orbit rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from refute.numbers.ball import Ball
from refute.numbers.real import Real
from refute.numbers.vector import Vec
from refute.orbits.fate import Fate
from refute.statements.claims import Decision


def certificates_in(evidence: Any) -> Iterator[Fate]:
    """The fates that a decision rests on."""
    if isinstance(evidence, Fate):
        yield from evidence.parts or (evidence,)
    elif isinstance(evidence, Decision):
        yield from certificates_in(evidence.evidence)
    elif isinstance(evidence, tuple):
        for part in evidence:
            yield from certificates_in(part)


def as_data(fate: Fate) -> dict[str, Any]:
    """Kind and step, and the numbers of the certificate: rationals as text, points and matrices as lists, a ball by its middle and radius."""
    data = _data(fate.data)
    return {"kind": fate.kind, "step": fate.step, **(data if isinstance(data, dict) else {})}


def _data(value: Any) -> Any:
    if isinstance(value, (bool, int)):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Real):
        return str(value.q) if value.q is not None else None
    if isinstance(value, Ball):
        return {"middle": str(value.a.mid().fmpq()), "radius": str(value.a.rad().fmpq())}
    if isinstance(value, (Vec, tuple, list)):
        return [_data(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        found = {f.name: _data(getattr(value, f.name)) for f in fields(value)}
        return {name: v for name, v in found.items() if v is not None}
    return None


def lines(fate: Fate) -> list[str]:
    """The certificate in lines, each number exact."""
    data = as_data(fate)
    head = f"certificate: {data.pop('kind')} at step {data.pop('step')}"
    return [head, *(f"  {line}" for line in _shown("", data))]


def _shown(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, v in value.items():
            yield from _shown(f"{name}.{key}" if name else key, v)
    else:
        yield f"{name} = {_text(value)}"


def _text(value: Any) -> str:
    if isinstance(value, list):
        return f"({', '.join(map(_text, value))})"
    if isinstance(value, dict):
        return f"{value.get('middle')} +/- {value.get('radius')}"
    return str(value)
