"""The text of a user's module as it is carried out: exact quotients, and questions where its values are used."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

import numpy as np

from refute.errors import BadInput
from refute.numbers.reflected import OF_A_USER, WORDS_OF_A_USER
from refute.sources import asked
from refute.sources.loops import BOUND, bound_by, close_in_loops, refuse_two_values

_NAMES: dict[type[ast.operator], str] = {
    ast.Div: "__exact_quotient__",
    ast.Pow: "__exact_power__",
    ast.Add: "__exact_sum__",
    ast.Mult: "__exact_product__",
}
_IN_PLACE: dict[type[ast.operator], str] = {
    ast.Div: "__exact_quotient_in_place__",
    ast.Pow: "__exact_power_in_place__",
    ast.Add: "__exact_sum_in_place__",
    ast.Mult: "__exact_product_in_place__",
}

_SLICE = "__exact_slice__"
_NUMBER = OF_A_USER
_WORDS = WORDS_OF_A_USER
_PARTS = "__exact_parts__"
_ONCE = "__gone_through_once__"
_ORDERED = "__exact_in_order__"
_BITS = "__exact_bits__"
_JOINED = "__joined__"
_EACH = "__each__"
#: What a module that is rewritten has beside its own names.
GIVEN: dict[str, Any] = {
    _NAMES[ast.Div]: asked.quotient,
    _NAMES[ast.Pow]: asked.power,
    _NAMES[ast.Add]: asked.added,
    _NAMES[ast.Mult]: asked.multiplied,
    _IN_PLACE[ast.Div]: asked.quotient_in_place,
    _IN_PLACE[ast.Pow]: asked.power_in_place,
    _IN_PLACE[ast.Add]: asked.added_in_place,
    _IN_PLACE[ast.Mult]: asked.multiplied_in_place,
    _SLICE: slice,
    _NUMBER: asked.exact_number,
    _WORDS: asked.exact_words,
    _PARTS: asked.exact_parts,
    _ONCE: asked.gone_through_once,
    _ORDERED: asked.exact_in_order,
    _BITS: asked.exact_bits,
    _JOINED: asked.joined,
    _EACH: asked.each,
    BOUND: asked.bound,
}
# What takes floats and makes no number of a statement of them, and what is asked of a float alone.
_TAKES_FLOATS = frozenset(("Decision", "Opinion", "sleep"))
_OF_FLOATS = frozenset(("is_integer", "as_integer_ratio", "real", "imag", "conjugate", "hex"))
# What is given words for people.
_SAYS = frozenset(("Decision", "Opinion", "known", "note", "print"))
# What goes through an iterator once, as far as the module has no function of that name.
_ONE_PASS = frozenset("sum any all max min tuple list set frozenset dict sorted next total every dot Vec vec".split())
# What says that it puts one list behind another.
_LISTS = frozenset(("tuple", "list", "sorted"))
# What is asked of arrays, which wrap around and round.
_OF_ARRAYS = frozenset(n for n in dir(np.ndarray) if not n.startswith("_"))


def rewritten(tree: ast.Module, path: str) -> ast.Module:
    """The text of a module as it is carried out; changed in place, since formulas may be nested deeply.

    a / b, a ** b, a + b, a * b and pow(a, b) are calls of the functions in asked.py; what is used is looked at, where it stands; functions that are made in
    loops are closed. Raises BadInput for a name of the module with two values that a function reads.
    """
    passed = _passed_once(list(ast.walk(tree)))
    close_in_loops(tree, passed)
    refuse_two_values(tree, path)
    nodes = list(ast.walk(tree))
    own = _own_names(nodes)
    words = _words_for_people(nodes) | _types(nodes)
    for node in nodes:
        changed: Any = node
        _refuse_rounded(node, path)
        if id(node) not in words:
            _look_at_floats(node)
        if isinstance(node, ast.FormattedValue):
            node.value = _called(_WORDS, node.value)
        if isinstance(node, (ast.Assign, ast.AnnAssign, ast.NamedExpr)) and node.value is not None:
            node.value = _called(_ONCE, node.value)
        if isinstance(node, (ast.For, ast.comprehension)):
            node.iter = _called(_EACH, node.iter)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"max", "min"} - own:
            node.args = list(map(_ordered, node.args)) if len(node.args) > 1 else node.args
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"pow"} - own:
            if len(node.args) == 2 and not node.keywords and not any(isinstance(a, ast.Starred) for a in node.args):
                node.func.id = _NAMES[ast.Pow]
            continue
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(node, name, None)
            if isinstance(statements, list):
                setattr(node, name, [s for statement in statements for s in _in_place(statement)])
        if isinstance(node, ast.GeneratorExp) and id(node) not in passed:
            inner = ast.copy_location(ast.GeneratorExp(node.elt, node.generators), node)
            once = ast.copy_location(ast.Name(_ONCE, ast.Load()), node)
            changed.__class__ = ast.Call
            changed.func, changed.args, changed.keywords = once, [inner], []
        elif isinstance(node, ast.BinOp) and type(node.op) in _NAMES and not _says_so(node):
            called = ast.copy_location(ast.Name(_NAMES[type(node.op)], ast.Load()), node)
            changed.__class__ = ast.Call
            changed.func, changed.args, changed.keywords = called, [changed.left, changed.right], []
    return tree


def _passed_once(nodes: Iterable[ast.AST]) -> set[int]:
    """The generators that are an argument of what goes through it once."""
    own = _own_names(nodes)
    found: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Call) and (
            (isinstance(node.func, ast.Name) and node.func.id in _ONE_PASS - own)
            or (isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Constant))
        ):
            found |= {id(a) for a in node.args if isinstance(a, ast.GeneratorExp)}
    return found


def _own_names(nodes: Iterable[ast.AST]) -> set[str]:
    """The names to which the module gives a value of its own: what it imports from refute is refute's."""
    return {name for node in nodes for name in bound_by(node) if not _is_of_refute(node)}


def _types(nodes: Iterable[ast.AST]) -> set[int]:
    """What stands for types, of which `float` is one: annotations, and what isinstance is asked of."""
    found: set[int] = set()
    for node in nodes:
        named: list[ast.AST | None] = []
        match node:
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, kind]):
                named = [kind, node]
            case ast.arg() | ast.AnnAssign():
                named = [node.annotation]
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                named = [node.returns]
        found |= {
            id(part) for root in named if root is not None for part in (ast.walk(root) if root is not node else [node])
        }
    return found


def _refuse_rounded(node: ast.AST, path: str) -> None:
    """Raise BadInput for Fraction(0.1): a rational that was rounded before."""
    match node:
        case ast.Call(
            func=ast.Name(id="Fraction") | ast.Attribute(attr="Fraction"), args=[ast.Constant(value=float() as c)]
        ):
            raise BadInput(
                f"{path}, line {node.lineno}: Fraction({c}) is that of a rounded number: write Fraction('{c}'), or p / q of whole numbers"
            )


def _ordered(value: ast.expr) -> ast.expr:
    return value if isinstance(value, ast.Starred) else _called(_ORDERED, value)


def _is_of_refute(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "refute"


def _says_so(node: ast.BinOp) -> bool:
    """Whether a sum says that it puts lists behind each other, or a product that it repeats one: by tuple(...) or list(...), or by a list of one element; and
    what is plainly no list is asked nothing."""
    if not isinstance(node.op, (ast.Add, ast.Mult)):
        return False
    for part in (node.left, node.right):
        match part:
            case ast.Tuple(elts=[_]) | ast.List(elts=[_] | []) | ast.JoinedStr() | ast.Constant(value=str()):
                return True
            case ast.Constant():
                if isinstance(node.op, ast.Add):
                    return True
            case ast.Call(func=ast.Name(id=name)) if name in _LISTS:
                return True
    return False


def _words_for_people(nodes: Iterable[ast.AST]) -> set[int]:
    """The numbers that are printed in what a claim says, or an exception: no number of a statement is made of them."""
    found: set[int] = set()
    for node in nodes:
        if isinstance(node, ast.Raise) or (
            isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in _SAYS
        ):
            found |= {id(part) for part in ast.walk(node) if isinstance(part, ast.FormattedValue)}
    return found


def _look_at_floats(node: Any) -> None:
    """Have each value that is used here looked at: an argument, an element, a side of a comparison, a condition, what is returned. What is only
    named, or a term of a sum, is used elsewhere."""
    match node:
        case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in _TAKES_FLOATS:
            pass
        case ast.Call():
            node.args = list(map(_seen, node.args))
            for k in node.keywords:
                k.value = _seen(k.value)
        case ast.Compare():
            node.left, node.comparators = _seen(node.left), list(map(_seen, node.comparators))
            if any(isinstance(op, (ast.Lt, ast.LtE, ast.Gt, ast.GtE)) for op in node.ops):
                node.left, *node.comparators = (_called(_ORDERED, v) for v in (node.left, *node.comparators))
            if len(node.ops) > 1:  # n == 1 | n == 2 is n == (1 | n) == 2
                for v in (node.left, *node.comparators):
                    _look_at_joined(v)
        case ast.BinOp(op=ast.BitXor()):
            node.left, node.right = _called(_BITS, node.left), _called(_BITS, node.right)
        case ast.AugAssign(op=ast.BitXor()):
            node.value = _called(_BITS, node.value)
        case ast.BoolOp():
            node.values = list(map(_seen, node.values))
        case ast.UnaryOp(op=ast.Not()):
            node.operand = _seen(node.operand)
        case ast.If() | ast.While() | ast.IfExp() | ast.Assert():
            node.test = _seen(node.test)
        case ast.Match():
            node.subject = _seen(node.subject)
        case ast.Return(value=ast.expr() as value):
            node.value = _seen(value)
        case ast.Lambda():
            node.body = _seen(node.body)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            node.elt = _seen(node.elt)
        case ast.DictComp():
            node.key, node.value = _seen(node.key), _seen(node.value)
        case ast.comprehension():
            node.ifs, node.iter = list(map(_seen, node.ifs)), _parts_seen(node.iter)
        case ast.For():
            node.iter = _parts_seen(node.iter)
        case ast.Assign(targets=[ast.Tuple() | ast.List(), *_]):
            node.value = _parts_seen(node.value)
        case ast.match_case(guard=ast.expr() as guard):
            node.guard = _seen(guard)
        case ast.FormattedValue():
            node.value = _seen(node.value)
        case ast.BinOp(left=ast.Constant(value=str()) | ast.JoinedStr(), op=ast.Mod()):
            node.right = _seen(node.right)
        case ast.Subscript():
            node.value, node.slice = _parts_seen(node.value), _seen(node.slice)
        case ast.Dict():
            node.keys = [k and _seen(k) for k in node.keys]
            node.values = list(map(_seen, node.values))
        case ast.Set() | ast.List(ctx=ast.Load()) | ast.Tuple(ctx=ast.Load()):
            node.elts = list(map(_seen, node.elts))
        case ast.Attribute(attr=name) if name in _OF_FLOATS or name in _OF_ARRAYS:
            node.value = _seen(node.value)


def _look_at_joined(value: Any) -> None:
    """Have conditions that are joined by | or & without brackets complain, where these are whole numbers."""
    while isinstance(value, ast.Call) and getattr(value.func, "id", "") in (_NUMBER, _ORDERED):
        value = value.args[0]
    if isinstance(value, ast.BinOp) and isinstance(value.op, (ast.BitOr, ast.BitAnd)):
        value.left, value.right = _called(_JOINED, value.left), _called(_JOINED, value.right)


def _parts_seen(value: ast.expr) -> ast.expr:
    """What a call answers as an argument of `exact_parts`: a tuple of which one part is a float is unpacked, and the float forgotten."""
    return _called(_PARTS, value) if isinstance(value, ast.Call) else value


def _called(name: str, value: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Call(ast.copy_location(ast.Name(name, ast.Load()), value), [value], []), value)


def _seen(value: ast.expr) -> ast.expr:
    """The value as an argument of `exact_number`, unless it is plainly no float."""
    match value:
        case ast.Constant(value=c) if not isinstance(c, (float, complex)):
            return value
        case ast.Starred() | ast.Compare() | ast.JoinedStr() | ast.Lambda() | ast.Slice() | ast.Tuple() | ast.List():
            return value
        case ast.GeneratorExp() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.Dict() | ast.Set():
            return value
    return _called(_NUMBER, value)


def _in_place(statement: Any) -> list[ast.stmt]:
    """`target /= value` as target = quotient_in_place(target, value), and its like: an entry or an attribute of what was computed once."""
    if not isinstance(statement, ast.AugAssign) or type(statement.op) not in _IN_PLACE:
        return [statement]
    if _says_so(ast.BinOp(statement.value, statement.op, statement.value)):
        return [statement]
    target, parts = statement.target, []

    def once(value: ast.expr, name: str) -> ast.expr:
        parts.append(ast.Assign([ast.Name(name, ast.Store())], value))
        return ast.Name(name, ast.Load())

    if isinstance(target, ast.Attribute):
        target.value = once(target.value, "__exact_owner__")
    elif isinstance(target, ast.Subscript):
        target.value, target.slice = (
            once(target.value, "__exact_owner__"),
            once(_as_value(target.slice), "__exact_key__"),
        )
    read = type(target)(**{**dict(ast.iter_fields(target)), "ctx": ast.Load()})
    called = ast.Name(_IN_PLACE[type(statement.op)], ast.Load())
    parts.append(ast.Assign([target], ast.Call(called, [read, statement.value], [])))
    return [_placed(part, statement) for part in parts]


def _as_value(key: ast.expr) -> ast.expr:
    """What stands between brackets as an expression: a slice, which is none, as a call of slice."""
    if isinstance(key, ast.Slice):
        ends = [ast.Constant(None) if e is None else e for e in (key.lower, key.upper, key.step)]
        return ast.Call(ast.Name(_SLICE, ast.Load()), ends, [])
    if isinstance(key, ast.Tuple):
        return ast.Tuple([_as_value(e) for e in key.elts], ast.Load())
    return key


def _placed(node: ast.stmt, like: ast.stmt) -> ast.stmt:
    """The node with the line of another in all of its parts that have none."""
    for part in ast.walk(node):
        if isinstance(part, (ast.expr, ast.stmt)) and not hasattr(part, "lineno"):
            ast.copy_location(part, like)
    return node
