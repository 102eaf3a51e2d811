"""A counterexample that goes into the theorem file: status="false" and refuted_at=..., as Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.numbers.vector import Vec
from refute.safety.files import read_source
from refute.statements.data import encode
from refute.statements.fingerprint import records_of
from refute.statements.statement import Instance
from refute.statements.theorem import Theorem

# What may make several records by one call.
_REPEATS = (ast.For, ast.While, ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
#: A name that the instance needs, and the module that has it.
Import = tuple[str, str]


def adopted(theorem: Theorem, instance: Instance, file: Path) -> str:
    """The text of the theorem file with the counterexample in its record; raises BadInput where the record cannot be found."""
    text = read_source(file)
    tree = ast.parse(text)
    calls = list(records_of(tree, theorem.name, theorem.label, theorem.reading))
    if len(calls) != 1:
        raise BadInput(
            f"{file.name}: {theorem.id} is written {len(calls)} times as Theorem({theorem.name}, ...): add refuted_at= by hand"
        )
    if any(isinstance(node, _REPEATS) and any(c is calls[0] for c in ast.walk(node)) for node in ast.walk(tree)):
        raise BadInput(
            f"{file.name}: {theorem.id} is written in a loop or a function, perhaps with others: add refuted_at= by hand"
        )
    needed: set[Import] = set()
    value = python_of(dict(instance), needed)
    edited = _with_keywords(text, calls[0], {"status": '"false"', "refuted_at": value})
    return _with_imports(edited, needed, theorem)


def holds_counterexample(file: Path, id_: str, instance: Any) -> bool:
    """Whether the record of this id in a file has the instance, as data, for its counterexample."""
    from refute.sources.discover import alone, theorems_of

    alone(file)
    found = [t.refuted_at for t in theorems_of(file) if t.id == id_]
    return len(found) == 1 and found[0] is not None and encode(dict(found[0])) == instance


def _with_keywords(text: str, call: ast.Call, new: dict[str, str]) -> str:
    """The text with these keywords in a call: in the place of old ones, or behind the last argument."""
    edits: list[tuple[int, int, str]] = []
    for keyword in call.keywords:
        if keyword.arg in new:
            edits.append((*_span(text, keyword.value), new.pop(keyword.arg)))
    last = max(_span(text, a)[1] for a in (*call.args, *call.keywords))
    indent = " " * (call.col_offset if call.lineno == call.end_lineno else _indent_of(text, call))
    between = ", " if call.lineno == call.end_lineno else f",\n{indent}"
    if new:
        edits.append((last, last, "".join(f"{between}{name}={value}" for name, value in new.items())))
    for begin, end, value in sorted(edits, reverse=True):
        text = text[:begin] + value + text[end:]
    return text


def _indent_of(text: str, call: ast.Call) -> int:
    """How far the arguments of a call of several lines are indented."""
    last = (call.keywords[-1].value if call.keywords else call.args[-1]).lineno
    line = lines_of(text)[last - 1]
    return len(line) - len(line.lstrip())


def lines_of(text: str) -> list[str]:
    """The lines as Python counts them, with their ends: a form feed ends none."""
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def _span(text: str, node: Any) -> tuple[int, int]:
    """Where a node stands in the text, in characters."""
    lines = lines_of(text)

    def at(line: int | None, column: int | None) -> int:
        assert line is not None
        assert column is not None
        return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())

    return at(node.lineno, node.col_offset), at(node.end_lineno, node.end_col_offset)


def python_of(value: Any, needed: set[Import]) -> str:
    """An expression that makes the value; the names that it needs are added to `needed`."""
    if isinstance(value, Fraction):
        needed.add(("fractions", "Fraction"))
        return (
            f"Fraction({value.numerator})"
            if value.denominator == 1
            else f"Fraction({value.numerator}, {value.denominator})"
        )
    if isinstance(value, Vec):
        needed.add(("refute", "vec"))
        return f"vec({', '.join(_entry(c, needed) for c in value)})"
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{name}": {python_of(v, needed)}' for name, v in value.items()) + "}"
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        inner = ", ".join(python_of(v, needed) for v in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if is_dataclass(value) and not isinstance(value, type):
        needed.add((type(value).__module__, type(value).__name__))
        return f"{type(value).__name__}({', '.join(_fields_of(value, needed))})"
    return repr(value)


def _entry(c: Any, needed: set[Import]) -> str:
    return str(c.numerator) if isinstance(c, Fraction) and c.denominator == 1 else python_of(c, needed)


def _fields_of(value: Any, needed: set[Import]) -> Iterator[str]:
    for f in fields(value):
        held = getattr(value, f.name)
        if f.init and not (f.default is not MISSING and type(f.default) is type(held) and f.default == held):
            yield f"{f.name}={python_of(held, needed)}"


def _with_imports(text: str, needed: set[Import], theorem: Theorem) -> str:
    """The text with an import for each name that it does not bind yet, behind its last import."""
    tree = ast.parse(text)
    bound = {a.asname or a.name for n in tree.body if isinstance(n, (ast.Import, ast.ImportFrom)) for a in n.names}
    bound |= {n.name for n in tree.body if isinstance(n, (ast.ClassDef, ast.FunctionDef))}
    missing = sorted((_home(module, name), name) for module, name in needed if name not in bound)
    missing = [(m, n) for m, n in missing if m != theorem.statement.__module__]
    if not missing:
        return text
    last = max((n.end_lineno or 1 for n in tree.body if isinstance(n, (ast.Import, ast.ImportFrom))), default=0)
    lines = lines_of(text)
    return "".join([*lines[:last], *(f"from {m} import {n}\n" for m, n in missing), *lines[last:]])


def _home(module: str, name: str) -> str:
    """Where a name is imported from: the package that exports it, if it is one of ours."""
    import sys

    top = module.partition(".")[0]
    exported = getattr(sys.modules.get(top), "__all__", ())
    return top if name in exported else module
