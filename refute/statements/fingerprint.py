"""Fingerprints of statements: what a verdict was accepted for.

The fingerprint of a statement covers its function (signature, domains, body, constants), the
hypotheses of its record, everything of its file that these name, and the modules beside the file that it takes names from; not
docstrings, comments, layout, or the rest of the file.
"""

from __future__ import annotations

import ast
import hashlib
import linecache
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
    text, folder = _text_of(theorem)
    if not text:
        raise BadInput(
            f"{theorem.id}: the text of its statement cannot be found; write it to a file, or into a notebook's cell"
        )
    with nested():
        return digest(_parts(text, theorem.name, theorem.label, theorem.reading, folder))


def of_file(theorem: Theorem) -> str:
    """A digest of what the file of a theorem says of its statement, without the modules beside it."""
    with nested():
        return digest(_own(_text_of(theorem)[0], theorem.name, theorem.label, theorem.reading))


def of_modules(theorem: Theorem) -> dict[Path, str]:
    """The modules beside the file of a theorem that its statement may be made of, each with a digest of its code."""
    text, folder = _text_of(theorem)
    with nested():
        return {path: digest((code,)) for path, code in _modules(text, folder)}


def _text_of(theorem: Theorem) -> tuple[str, Path]:
    """The text of the file of a theorem, and its folder."""
    file = Path(theorem.statement.__code__.co_filename)
    if file.is_file():
        return read_source(file), file.parent
    # A cell of a notebook: its text is known, that of the other cells is not.
    return "".join(linecache.getlines(str(file))), Path()


def _modules(text: str, folder: Path) -> Iterator[tuple[Path, str]]:
    """The modules beside a file that it imports, and those that these import: an import within a block, or a body, binds what nobody looks up by its name."""
    for module, level in _imported(text):
        if not level:
            yield from _beside(module, folder).items()


def _parts(text: str, function: str, label: str, reading: str, folder: Path) -> list[str]:
    return sorted((*_own(text, function, label, reading), *(code for _, code in _modules(text, folder))))


def _own(text: str, function: str, label: str, reading: str) -> list[str]:
    tree, defined = _top_level(text)
    if function not in defined:
        raise BadInput(f"the statement {function!r} is not defined at the top of its file")
    hypotheses, plain = _hypotheses(text, function, label, reading)
    parts = [ast.dump(k) for k in hypotheses]
    if not plain:
        parts += map(_code_of, tree.body)  # how the record is made, nobody reads off here
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
                alias = next(a for a in node.names if (a.asname or a.name.split(".")[0]) == name)
                parts.append(f"{name} = {getattr(node, 'module', '')}.{alias.name}")
                continue
            parts.append(_code_of(node))
            todo += _names_of(node)
    return sorted(parts)


@lru_cache(64)
def _top_level(text: str) -> tuple[ast.Module, dict[str, list[ast.stmt]]]:
    """A file, and the statements at its top level that bind each name."""
    tree = ast.parse(text)
    defined: dict[str, list[ast.stmt]] = {}
    for node in tree.body:
        for name in _binds(node):
            defined.setdefault(name, []).append(node)
    return tree, defined


@lru_cache(64)
def _calls(text: str) -> tuple[ast.Call, ...]:
    """The calls in a file."""
    return tuple(n for n in ast.walk(_top_level(text)[0]) if isinstance(n, ast.Call))


@lru_cache(64)
def _imported(text: str) -> tuple[tuple[str, int], ...]:
    """The modules that a file may import."""
    return tuple(_modules_of(_top_level(text)[0]))


# A statement of a file that is kept by `_top_level` has the same code and names each time.
@lru_cache(8192)
def _code_of(node: ast.stmt) -> str:
    return ast.dump(_without_docstrings(node))


@lru_cache(8192)
def _names_of(node: ast.stmt) -> tuple[str, ...]:
    return tuple(_names(node))


@lru_cache(64)
def _code_of_module(text: str) -> str:
    return "".join(ast.dump(_without_docstrings(n)) for n in _without_its_docstring(_top_level(text)[0]))


def _beside(module: str, folder: Path) -> dict[Path, str]:
    """The code of a module whose file lies beside the theorem file, of the packages that it lies in, and of those beside it that it imports."""
    found: dict[Path, str] = {}
    todo = [(folder, module)]
    while todo:
        base, name = todo.pop()
        parts = name.split(".")
        packages = [base.joinpath(*parts[:k], "__init__.py") for k in range(1, len(parts) + 1)]
        inside = (
            sorted(base.joinpath(*parts[:-1]).glob("**/*.py")) if parts[-1] == "*" else []
        )  # whatever its __all__ names
        for path in (*packages, base.joinpath(*parts).with_suffix(".py"), *inside):
            if path in found or not path.is_file():
                continue
            text = read_source(path)
            found[path] = _code_of_module(text)
            todo += [(here, m) for m, level in _imported(text) for here in _bases(path, level, folder)]
    return found


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
    targets: list[ast.expr] = [n.target for n in ast.walk(node) if isinstance(n, ast.NamedExpr)]
    if isinstance(node, ast.Assign):
        targets += node.targets
    elif isinstance(node, (ast.AnnAssign, ast.AugAssign)):
        targets.append(node.target)
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


def _hypotheses(text: str, function: str, label: str, reading: str) -> tuple[list[ast.expr], bool]:
    """The expressions `given=` of the record that this theorem was made by; and whether that is all that can make it."""
    calls = list(_records(_calls(text), function, label, reading))
    found = [k.value for call in calls for k in call.keywords if k.arg == "given"]
    spread = any(k.arg is None for call in calls for k in call.keywords)
    replaced = any(any(k.arg == "given" for k in n.keywords) and not _makes(n) for n in _calls(text))
    return found, len(calls) == 1 and not spread and not replaced


def _makes(call: ast.Call) -> bool:
    """Whether a call is Theorem(...)."""
    return getattr(call.func, "id", getattr(call.func, "attr", "")) == "Theorem"


def records_of(tree: ast.Module, function: str, label: str, reading: str) -> Iterator[ast.Call]:
    """The calls in a file that make the record of a theorem: Theorem(function, label=..., reading=...)."""
    yield from _records((n for n in ast.walk(tree) if isinstance(n, ast.Call)), function, label, reading)


def _records(calls: Iterable[ast.Call], function: str, label: str, reading: str) -> Iterator[ast.Call]:
    for call in calls:
        if not _makes(call):
            continue
        keywords = {k.arg: k.value for k in call.keywords}
        states = call.args[0] if call.args else keywords.get("statement")
        named = isinstance(states, ast.Name) and states.id == function
        if (
            named
            and _text(keywords.get("label"), label) == label
            and _text(keywords.get("reading"), "printed") == reading
        ):
            yield call


def _text(node: ast.expr | None, default: str) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else default


def _without_its_docstring(tree: ast.Module) -> list[ast.stmt]:
    """The statements of a module but for its docstring."""
    return tree.body[1:] if ast.get_docstring(tree) is not None else tree.body


def _without_docstrings(node: ast.stmt) -> ast.stmt:
    copy = ast.parse(ast.unparse(node)).body[0]
    for n in ast.walk(copy):
        if isinstance(n, (ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(n) is not None:
            n.body = n.body[1:] or [ast.Pass()]
    return copy
