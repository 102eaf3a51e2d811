"""Fingerprints of statements: what a verdict was accepted for.

The fingerprint of a statement covers its function (signature, domains, body, constants), the
hypotheses of its record, and everything of its file that these name; not docstrings, comments,
layout, or the rest of the file.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from refute.errors import BadInput
from refute.statements.theorem import Theorem


def digest(tokens: Iterable[str]) -> str:
    """Sixteen hexadecimal digits that stand for a sequence of tokens."""
    h = hashlib.sha256()
    for t in tokens:
        h.update(t.encode() + b"\0")
    return h.hexdigest()[:16]


def of_statement(theorem: Theorem) -> str:
    """The fingerprint of a theorem's statement."""
    file = inspect.getsourcefile(theorem.statement)
    if file is None or not Path(file).is_file():
        raise BadInput(f"{theorem.id}: its source file cannot be found")
    text = Path(file).read_text(encoding="utf-8")
    return digest(_parts(text, theorem.name, theorem.label, theorem.reading))


@lru_cache(maxsize=256)
def _parts(text: str, function: str, label: str, reading: str) -> tuple[str, ...]:
    tree = ast.parse(text)
    defined: dict[str, list[ast.stmt]] = {}
    for node in tree.body:
        for name in _binds(node):
            defined.setdefault(name, []).append(node)
    if function not in defined:
        raise BadInput(f"the statement {function!r} is not defined at the top of its file")
    parts = [ast.dump(k) for k in _hypotheses(tree, function, label, reading)]
    todo = [function, *(n for k in _hypotheses(tree, function, label, reading) for n in _names(k))]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen or name not in defined:
            continue
        seen.add(name)
        for node in defined[name]:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                alias = next(a for a in node.names if (a.asname or a.name.split(".")[0]) == name)
                parts.append(f"{name} = {getattr(node, 'module', '')}.{alias.name}")
                continue
            parts.append(ast.dump(_without_docstrings(node)))
            todo += _names(node)
    return tuple(sorted(parts))


def _binds(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [a.asname or a.name.split(".")[0] for a in node.names]
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AnnAssign, ast.AugAssign)):
        targets = [node.target]
    return [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]


def _names(node: ast.AST) -> list[str]:
    return [n.id for n in ast.walk(node) if isinstance(n, ast.Name)]


def _hypotheses(tree: ast.Module, function: str, label: str, reading: str) -> list[ast.expr]:
    """The expressions `given=` of the record that this theorem was made by."""
    found = []
    for call in (n for n in ast.walk(tree) if isinstance(n, ast.Call)):
        keywords = {k.arg: k.value for k in call.keywords}
        is_it = (
            bool(call.args)
            and isinstance(call.args[0], ast.Name)
            and call.args[0].id == function
            and _text(keywords.get("label"), label) == label
            and _text(keywords.get("reading"), "printed") == reading
        )
        if is_it and "given" in keywords:
            found.append(keywords["given"])
    return found


def _text(node: ast.expr | None, default: str) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else default


def _without_docstrings(node: ast.stmt) -> ast.stmt:
    copy = ast.parse(ast.unparse(node)).body[0]
    for n in ast.walk(copy):
        if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(n) is not None:
            n.body = n.body[1:] or [ast.Pass()]
    return copy
