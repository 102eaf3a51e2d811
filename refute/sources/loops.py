"""Functions that a user's module makes in loops, and names of it that have two values.

Python looks a name up when a function runs. A function that is made for each k of a loop then reads the last k, and one that reads a name of the module the last value that
this is given: what is decided is not what stands there. So a function that is made in a loop is closed over the names of the loop where it is made, and a
name that has two values and is read by a function is refused.
"""

from __future__ import annotations

import ast
from collections.abc import Container, Iterable, Iterator
from typing import Any

from refute.errors import BadInput

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_SCOPES = (*_FUNCTIONS, ast.ClassDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_MAKES = "__made_in_a_loop__"
BOUND = "__bound__"
# What reads names when it is carried out, later than it is made.
_MADE = (*_FUNCTIONS, ast.ClassDef, ast.GeneratorExp)


def close_in_loops(tree: ast.Module, consumed: Container[int] = ()) -> None:
    """Close each function, class or generator that is made in a loop over the names of the loop that it reads: `lambda x: k * x` becomes
    (lambda k: lambda x: k * x)(k). In place. Generators that are `consumed` where they are made are left as they are."""
    above = _parents(tree)
    stored = _stored(tree, above)
    made = [n for n in ast.walk(tree) if isinstance(n, _MADE) and id(n) not in consumed]
    for f in made:
        names = sorted(_of_the_loop(f, above, stored))
        values: list[ast.expr] = [_bound(n) for n in names]
        if names and isinstance(f, (ast.Lambda, ast.GeneratorExp)):
            inside = ast.copy_location(type(f)(**dict(ast.iter_fields(f))), f)
            _become(f, ast.Call(ast.copy_location(ast.Lambda(_arguments(names), inside), f), values, []))
        elif names and not isinstance(f, (ast.Lambda, ast.GeneratorExp)):
            inner = ast.copy_location(type(f)(**dict(ast.iter_fields(f))), f)
            factory = ast.FunctionDef(_MAKES, _arguments(names), [inner, ast.Return(ast.Name(f.name, ast.Load()))], [])
            given = ast.Assign([ast.Name(f.name, ast.Store())], ast.Call(ast.Name(_MAKES, ast.Load()), values, []))
            # One statement in place of one: both parts under a condition that holds.
            _become(f, ast.If(ast.Constant(True), [factory, given], []))


def _bound(name: str) -> ast.expr:
    """The value of a name, if it has one."""
    return ast.Call(ast.Name(BOUND, ast.Load()), [ast.Lambda(_arguments(()), ast.Name(name, ast.Load()))], [])


def refuse_two_values(tree: ast.Module, where: str) -> None:
    """Raise BadInput for a name of the module that is given a value more than once, and is read by a function of it."""
    above = _parents(tree)
    bound: dict[str, list[tuple[int, dict[int, str]]]] = {}
    in_loop: dict[str, int] = {}
    for node in ast.walk(tree):
        for name in bound_by(node):
            if _scope_of(node, above) is not tree or _gives_no_value(node, above):
                continue
            around = list(_ancestors(node, above))
            line = getattr(node, "lineno", 0)
            if isinstance(node, ast.Import) and bound.get(name) and not any(a.asname == name for a in node.names):
                continue  # import a.b, a.c gives a one value
            branches = {id(p): _branch(p, c) for c, p in around if isinstance(p, (ast.If, ast.Try, ast.Match))}
            bound.setdefault(name, []).append((line, branches))
            if any(isinstance(p, _LOOPS) and c is not getattr(p, "iter", None) for c, p in around):
                in_loop[name] = line
    twice: dict[str, str] = {}
    for name, places in bound.items():
        pairs = [(a, b) for i, a in enumerate(places) for b in places[i + 1 :] if not _exclusive(a[1], b[1])]
        if name in in_loop:
            twice[name] = f"in a loop (line {in_loop[name]})"
        elif pairs:
            twice[name] = f"in the lines {pairs[0][0][0]} and {pairs[0][1][0]}"
    if not twice:
        return
    for f in ast.walk(tree):
        if isinstance(f, _FUNCTIONS) and not _is_bound(f, above):
            for node in _own_nodes(f):
                if isinstance(node, ast.Name) and node.id in twice and not _is_local(node, above):
                    raise BadInput(
                        f"{where}, line {node.lineno}: {node.id} is given a value {twice[node.id]}, and a function that reads it takes the last one: give each "
                        "value a name of its own, or make the function in a function of it"
                    )


def _is_bound(f: ast.AST, above: dict[int, ast.AST]) -> bool:
    """Whether a function reads a name at once, to close another one over it."""
    p = above.get(id(f))
    return isinstance(p, ast.Call) and getattr(p.func, "id", "") == BOUND


def _gives_no_value(node: ast.AST, above: dict[int, ast.AST]) -> bool:
    """Whether a name is only declared: STEP: Fraction, or @overload."""
    p = above.get(id(node))
    declared = isinstance(p, ast.AnnAssign) and p.value is None and p.target is node
    heads = node.decorator_list if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else []
    return declared or any(getattr(d, "id", getattr(d, "attr", "")) == "overload" for d in heads)


def _exclusive(one: dict[int, str], other: dict[int, str]) -> bool:
    return any(one[p] != other[p] for p in one.keys() & other.keys())


def _branch(p: ast.AST, child: ast.AST) -> str:
    """In which of the branches, of which one is carried out, a child of a statement stands. What stands behind `try` may be carried out after a part of it."""
    if isinstance(p, ast.Match):
        return str(next((i for i, c in enumerate(p.cases) if c is child), -1))
    if isinstance(p, ast.Try):
        return "handlers" if any(child is h for h in p.handlers) else "body"
    return "orelse" if any(child is s for s in getattr(p, "orelse", ())) else "body"


def _become(node: Any, other: ast.AST) -> None:
    """Turn a node into another one, in place."""
    line, column = node.lineno, node.col_offset
    end = (node.end_lineno, node.end_col_offset)
    fields = dict(ast.iter_fields(other))
    for name in node._fields:
        if name in vars(node):
            delattr(node, name)
    node.__class__ = type(other)
    for name, value in fields.items():
        setattr(node, name, value)
    for part in ast.walk(node):
        if isinstance(part, (ast.expr, ast.stmt, ast.arg)) and not hasattr(part, "lineno"):
            part.lineno, part.col_offset, (part.end_lineno, part.end_col_offset) = line, column, end


def _arguments(names: Iterable[str]) -> ast.arguments:
    return ast.arguments([], [ast.arg(n) for n in names], None, [], [], None, [])


def _parents(tree: ast.Module) -> dict[int, ast.AST]:
    return {id(child): node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}


def _ancestors(node: ast.AST, above: dict[int, ast.AST]) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each node above, with the child of it on the way."""
    while (p := above.get(id(node))) is not None:
        yield node, p
        node = p


def _scope_of(node: ast.AST, above: dict[int, ast.AST]) -> ast.AST:
    """The function, comprehension, class or module whose names are bound where a node stands: what belongs to the head of a function stands outside of it."""
    for child, p in _ancestors(node, above):
        match p:
            case ast.Lambda():
                inside = child is p.body or child is p.args
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                inside = child is p.args or any(child is s for s in p.body)
            case ast.ClassDef():
                inside = any(child is s for s in p.body)
            case _:
                inside = isinstance(p, (*_COMPREHENSIONS, ast.Module))
        if inside:
            return p
    return node


def bound_by(node: ast.AST) -> Iterator[str]:
    """The names that a node gives a value."""
    match node:
        case ast.Name(id=name, ctx=ast.Store()):
            yield name
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            yield from ((a.asname or a.name).partition(".")[0] for a in names)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.arg(arg=name):
            yield name


def _stored(tree: ast.Module, above: dict[int, ast.AST]) -> dict[int, list[tuple[str, ast.AST]]]:
    """For each scope the nodes that give a name of it a value. An assignment expression in a comprehension binds around it."""
    found: dict[int, list[tuple[str, ast.AST]]] = {}
    for node in ast.walk(tree):
        for name in bound_by(node):
            scope = _scope_of(node, above)
            while isinstance(scope, _COMPREHENSIONS) and isinstance(above.get(id(node)), ast.NamedExpr):
                scope = _scope_of(scope, above)
            found.setdefault(id(scope), []).append((name, node))
    return found


def _of_the_loop(f: Any, above: dict[int, ast.AST], stored: dict[int, list[tuple[str, ast.AST]]]) -> set[str]:
    """The names that a function reads, and that a loop in which it is made gives new values."""
    reads = {n.id for n in _own_nodes(f) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    outside = {n for s in _own_nodes(f) if isinstance(s, (ast.Global, ast.Nonlocal)) for n in s.names}
    own = {name for name, _ in stored.get(id(f), ())} | {getattr(f, "name", "")} | outside
    changing: set[str] = set()
    at = (f.lineno, f.col_offset)
    for child, p in _ancestors(f, above):
        if isinstance(p, _COMPREHENSIONS):
            if child is p.generators[0] and any(n is f for n in ast.walk(p.generators[0].iter)):
                continue
            changing |= {name for name, _ in stored.get(id(p), ())}
        elif isinstance(p, _LOOPS) and child is not getattr(p, "iter", None):
            scope = _scope_of(p, above)
            # What a function around changes is state, of which the last value is meant.
            state = {n for s in ast.walk(scope) if isinstance(s, (ast.Nonlocal, ast.Global)) for n in s.names}
            for name, node in stored.get(id(scope), ()):
                known = any(n == name and _place(m) < at for n, m in stored[id(scope)])
                if known and name not in state and any(q is p for _, q in _ancestors(node, above)):
                    changing.add(name)
        elif isinstance(p, _SCOPES) and _is_inside(child, p):
            break
    return (reads & changing) - own


def _is_inside(child: ast.AST, p: Any) -> bool:
    """Whether a child of a function or class stands in its body, and not in its head."""
    return child is p.body if isinstance(p, ast.Lambda) else any(child is s for s in p.body)


def _place(node: ast.AST) -> tuple[int, int]:
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _own_nodes(f: Any) -> Iterator[ast.AST]:
    """The nodes that are carried out when a function is called, a generator gone through: its body, with the functions in it. Of a class its methods."""
    if isinstance(f, ast.GeneratorExp):
        first, *rest = f.generators
        parts: list[ast.AST] = [f.elt, *first.ifs, *rest]
    else:
        parts = [f.body] if isinstance(f, ast.Lambda) else f.body
    for part in parts:
        yield from ast.walk(part)


def _is_local(name: ast.Name, above: dict[int, ast.AST]) -> bool:
    """Whether a name that is read belongs to a function or comprehension around it, and not to the module."""
    scope = _scope_of(name, above)
    while not isinstance(scope, ast.Module):
        if not isinstance(scope, ast.ClassDef) or _scope_of(name, above) is scope:
            nodes: Iterable[ast.AST] = ast.walk(scope)
            if any(name.id == n for node in nodes for n in bound_by(node) if _scope_of(node, above) is scope):
                declared = {n for node in ast.walk(scope) if isinstance(node, ast.Global) for n in node.names}
                return name.id not in declared
        scope = _scope_of(scope, above)
    return False
