"""Instances as JSON: exact data out, strictly checked data in.

A rational is a string "p/q" (hexadecimal "0x..." for huge ones, since Python limits decimal
conversion), a count is a JSON integer, a point a list of rationals, a function
{"type": "Quadratic", ...} with the fields of its dataclass. A class is only ever looked up among
those that the variable's domain names: reading a certificate runs no code that it chooses.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from refute.errors import BadInput
from refute.numbers.vector import Vec

MAX_BYTES = 4_000_000
MAX_CHARACTERS = 40_000
MAX_ENTRIES = 200_000
LARGEST_COUNT = 10**100
_DECIMAL = re.compile(r"-?[0-9]{1,1000}(/[1-9][0-9]{0,999})?")
_HEX = re.compile(r"-?0x[0-9a-f]+(/0x[0-9a-f]+)?")
_LONGEST_DECIMAL = 10**900


def encode(value: Any) -> Any:
    """The JSON form of exact data."""
    if isinstance(value, Fraction):
        if abs(value.numerator) < _LONGEST_DECIMAL and value.denominator < _LONGEST_DECIMAL:
            return str(value)
        return f"{value.numerator:#x}/{value.denominator:#x}"
    if value is None or isinstance(value, (int, str)):
        return value
    if isinstance(value, Mapping):
        return {k: encode(v) for k, v in value.items()}
    if isinstance(value, (Vec, tuple)):
        return [encode(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        data = {f.name: encode(getattr(value, f.name)) for f in fields(value)}
        return {"type": type(value).__name__, **data}
    raise BadInput(f"{value!r} is not exact data and cannot be written to a certificate")


def read_json(text: str, where: str) -> Any:
    """Strict JSON: no floats, no NaN, no duplicate keys; raises BadInput in one sentence."""
    if len(text) > MAX_BYTES:
        raise BadInput(f"{where}: larger than {MAX_BYTES} bytes, no certificate is")
    if sum(map(text.count, ",[{")) > MAX_ENTRIES:
        raise BadInput(f"{where}: more than {MAX_ENTRIES} entries, no certificate has so many")

    def no_float(word: str) -> Any:
        raise BadInput(f'{where}: {word} is a float; write exact data as a string such as "1/2"')

    def no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                raise BadInput(f"{where}: the key {key[:60]!r} occurs twice in one object")
            found[key] = value
        return found

    try:
        return json.loads(text, parse_float=no_float, parse_constant=no_float, object_pairs_hook=no_duplicates)
    except json.JSONDecodeError as why:
        raise BadInput(f"{where}: not JSON ({why.msg} in line {why.lineno})") from None
    except RecursionError:
        raise BadInput(f"{where}: nested too deeply") from None
    except ValueError as why:
        if isinstance(why, BadInput):
            raise
        raise BadInput(f"{where}: an integer has too many digits; write it in hexadecimal") from None


def decode(data: Any, hint: Any, known: tuple[type, ...], where: str) -> Any:
    """Exact data of the type `hint` from JSON; `known` are the dataclasses that may occur in it."""
    if hint is Fraction:
        return _rational(data, where)
    if hint is int:
        return _count(data, where)
    if hint is bool or hint is type(None):
        return _constant(data, hint, where)
    if hint is str or get_origin(hint) is Literal:
        return _word(data, hint, where)
    if hint is Vec:
        if not isinstance(data, list):
            raise BadInput(f"{where}: a point is a list of rationals, not {_kind(data)}")
        return Vec(tuple(_rational(v, f"{where}[{i}]") for i, v in enumerate(data)))
    if get_origin(hint) is tuple:
        return _tuple(data, get_args(hint), known, where)
    if get_origin(hint) is dict:
        if not isinstance(data, dict):
            raise BadInput(f"{where}: expected an object, not {_kind(data)}")
        return {k: decode(v, get_args(hint)[1], known, f"{where}.{k[:60]}") for k, v in data.items()}
    if get_origin(hint) in (Union, types.UnionType) and not isinstance(data, dict):
        return _one_of(data, [h for h in get_args(hint) if not is_dataclass(h)], known, where)
    return _object(data, _allowed(hint, known), known, where)


def _tuple(data: Any, hints: tuple[Any, ...], known: tuple[type, ...], where: str) -> tuple[Any, ...]:
    if not isinstance(data, list):
        raise BadInput(f"{where}: expected a list, not {_kind(data)}")
    if len(hints) == 2 and hints[1] is Ellipsis:
        hints = (hints[0],) * len(data)
    if len(data) != len(hints):
        raise BadInput(f"{where}: expected {len(hints)} entries, not {len(data)}")
    return tuple(decode(v, h, known, f"{where}[{i}]") for i, (v, h) in enumerate(zip(data, hints, strict=True)))


def _one_of(data: Any, hints: list[Any], known: tuple[type, ...], where: str) -> Any:
    """The value by the first of some types that it fits."""
    problem = BadInput(f'{where}: expected an object with a "type", not {_kind(data)}')
    for hint in hints:
        try:
            return decode(data, hint, known, where)
        except BadInput as why:
            problem = why
    raise problem


def _constant(data: Any, hint: Any, where: str) -> Any:
    if (data is not None) if hint is type(None) else (type(data) is not bool):
        raise BadInput(f"{where}: expected {'null' if hint is type(None) else 'true or false'}, not {_kind(data)}")
    return data


def _allowed(hint: Any, known: tuple[type, ...]) -> tuple[type, ...]:
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(t for t in known if t in get_args(hint))
    if isinstance(hint, type) and is_dataclass(hint):
        return (hint,)
    return known


def _object(data: Any, allowed: tuple[type, ...], known: tuple[type, ...], where: str) -> Any:
    if not isinstance(data, dict):
        raise BadInput(f'{where}: expected an object with a "type", not {_kind(data)}')
    names = {t.__name__: t for t in allowed if t is not Vec}
    name = data.get("type")
    if not isinstance(name, str) or name not in names:
        raise BadInput(f"{where}: the type {name!r} is none of {', '.join(names) or 'those known here'}")
    cls = names[name]
    hints = get_type_hints(cls)
    expected = [f.name for f in fields(cls)]
    keys(data, ["type", *expected], where)
    values = {n: decode(data[n], hints[n], known, f"{where}.{n}") for n in expected}
    try:
        made = cls(**{f.name: values[f.name] for f in fields(cls) if f.init})
    except (ValueError, ArithmeticError, IndexError) as why:
        raise BadInput(f"{where}: {why}") from None
    for f in fields(cls):
        if not f.init and getattr(made, f.name) != values[f.name]:
            raise BadInput(f"{where}.{f.name}: it follows from the other fields, and is not this")
    return made


def keys(data: Mapping[str, Any], expected: list[str], where: str) -> None:
    """Raise BadInput unless data has exactly these keys."""
    for k in data:
        if k not in expected:
            raise BadInput(f"{where}: unknown key {k[:60]!r}")
    for k in expected:
        if k not in data:
            raise BadInput(f"{where}: the key {k!r} is missing")


def _rational(data: Any, where: str) -> Fraction:
    if not isinstance(data, str):
        raise BadInput(f'{where}: a rational is a string such as "1/2", not {_kind(data)}')
    if len(data) > MAX_CHARACTERS:
        raise BadInput(f"{where}: a rational of more than {MAX_CHARACTERS} characters")
    if _DECIMAL.fullmatch(data):
        return Fraction(data)
    if _HEX.fullmatch(data):
        p, _, q = data.partition("/")
        denominator = int(q or "0x1", 16)
        if denominator:
            return Fraction(int(p, 16), denominator)
    raise BadInput(f'{where}: {data[:40]!r} is not a rational such as "1/2"')


def _count(data: Any, where: str) -> int:
    if not isinstance(data, int) or isinstance(data, bool) or abs(data) >= LARGEST_COUNT:
        raise BadInput(f"{where}: expected an integer of at most a hundred digits, not {str(data)[:40]}")
    return data


def _word(data: Any, hint: Any, where: str) -> Any:
    words = get_args(hint)
    if not (isinstance(data, str) if not words else any(type(data) is type(w) and data == w for w in words)):
        choice = f"one of {', '.join(map(str, words))}" if words else "a string"
        raise BadInput(f"{where}: expected {choice}, not {str(data)[:40]!r}")
    return data


def _kind(data: Any) -> str:
    names = {dict: "an object", list: "a list", str: "a string", int: "an integer", bool: "a truth value"}
    return names.get(type(data), "null")
