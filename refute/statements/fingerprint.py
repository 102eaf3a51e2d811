"""Fingerprints of statements: what a verdict was accepted for.

The fingerprint of a statement covers its function (signature, domains, body, constants), the
hypotheses of its record, everything of its file that these name, and the modules beside the file that it takes names from; not
docstrings, comments, layout, or the rest of the file.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_source
from refute.safety.nested import nested
from refute.statements.theorem import Theorem

# The name that `from module import *` binds here: any.
STAR = "*"
_WORD = re.compile(r"[^\W\d]\w*")


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
    text = read_source(Path(file))
    with nested():
        return digest(_parts(text, theorem.name, theorem.label, theorem.reading, Path(file).parent))


def _parts(text: str, function: str, label: str, reading: str, folder: Path) -> tuple[str, ...]:
    defined, calls = _top_level(text)
    if function not in defined:
        raise BadInput(f"the statement {function!r} is not defined at the top of its file")
    hypotheses = _hypotheses(calls, function, label, reading)
    parts = [ast.dump(k) for k in hypotheses]
    # A name that nothing here binds may come with a star.
    todo = [function, *(n for k in hypotheses for n in _names(k)), *([STAR] if STAR in defined else [])]
    seen: set[str] = set()
    while todo:
        name = todo.pop()
        if name in seen or name not in defined:
            continue
        seen.add(name)
        for node in defined[name]:
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                parts += _imported(node, name, folder)
                continue
            parts.append(ast.dump(_without_docstrings(node)))
            todo += _names(node)
    return tuple(sorted(parts))


def _imported(node: ast.Import | ast.ImportFrom, name: str, folder: Path) -> list[str]:
    """What a name that an import binds stands for, and the code behind it that lies beside the file."""
    alias = next(a for a in node.names if (a.asname or a.name.split(".")[0]) == name)
    module = getattr(node, "module", None) or ""
    inner = [f"{module}.{alias.name}"] if module and name != STAR else []
    found = [text for m in (module or alias.name, *inner) for text in _beside(m, folder)]
    return [f"{name} = {module}.{alias.name}", *found]


@lru_cache(64)
def _top_level(text: str) -> tuple[dict[str, list[ast.stmt]], list[ast.Call]]:
    """The statements at the top level of a file that bind each name, and all calls in it."""
    tree = ast.parse(text)
    defined: dict[str, list[ast.stmt]] = {}
    for node in tree.body:
        for name in _binds(node):
            defined.setdefault(name, []).append(node)
    return defined, [n for n in ast.walk(tree) if isinstance(n, ast.Call)]


def _beside(module: str, folder: Path) -> list[str]:
    """The code of a module whose file lies beside the theorem file, of the packages that it lies in, and of those beside it that it imports."""
    found: dict[Path, str] = {}
    todo = [(folder, module)]
    while todo:
        base, name = todo.pop()
        parts = name.split(".")
        packages = [base.joinpath(*parts[:k], "__init__.py") for k in range(1, len(parts) + 1)]
        for path in (*packages, base.joinpath(*parts).with_suffix(".py")):
            if path in found or not path.is_file():
                continue
            tree = ast.parse(read_source(path))
            found[path] = "".join(ast.dump(_without_docstrings(n)) for n in tree.body)
            todo += [(here, m) for m, level in _modules_of(tree) for here in _bases(path, level, folder)]
    return [found[p] for p in sorted(found)]


def _modules_of(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The modules that a file may import, each with the number of dots before its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            inside = [node.module] if node.module else []
            yield from ((".".join(n), node.level) for n in (inside, *([*inside, a.name] for a in node.names)) if n)
        elif isinstance(node, ast.Import):
            yield from ((a.name, 0) for a in node.names)


def _bases(path: Path, level: int, folder: Path) -> list[Path]:
    return [path.parents[level - 1]] if 0 < level <= len(path.parents) else [folder]


def _binds(node: ast.stmt) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    if isinstance(node, (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.Delete)):
        return _bound_within(node)
    if isinstance(node, ast.Expr):
        return _names(node.value)  # a call may change what it is given
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return [a.asname or a.name.split(".")[0] for a in node.names]
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign):
        targets = node.targets
    elif isinstance(node, (ast.AnnAssign, ast.AugAssign)):
        targets = [node.target]
    return [n.id for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)]


def _bound_within(node: ast.stmt) -> list[str]:
    """What a compound statement may bind or change: every name in it."""
    inner = [n for n in ast.walk(node) if isinstance(n, ast.stmt) and n is not node]
    plain = [
        name
        for n in inner
        if isinstance(n, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom))
        for name in _binds(n)
    ]
    return [*plain, *_names(node)]


def _names(node: ast.AST) -> list[str]:
    """The names that it uses, also those in annotations that are quoted."""
    found = []
    for n in ast.walk(node):
        if isinstance(n, ast.Name):
            found.append(n.id)
        quoted = getattr(n, "annotation", None) or getattr(n, "returns", None)
        if isinstance(quoted, ast.AST):
            texts = (c.value for c in ast.walk(quoted) if isinstance(c, ast.Constant) and isinstance(c.value, str))
            found += [word for text in texts for word in _WORD.findall(text)]
    return found


def _hypotheses(calls: list[ast.Call], function: str, label: str, reading: str) -> list[ast.expr]:
    """The expressions `given=` of the record that this theorem was made by."""
    found = []
    for call in calls:
        keywords = {k.arg: k.value for k in call.keywords}
        states = call.args[0] if call.args else keywords.get("statement")
        is_it = (
            isinstance(states, ast.Name)
            and states.id == function
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
