"""What a body may name and call where it runs on abstract points: whatever could tell functions of a class apart ends the attempt.

An abstract function is of no class, equals nothing and has no dimension; a body that asks, or that catches what an unknown cannot answer, would take
another branch for it than for some of the functions that it stands for. So the code of a body, of its hypotheses, of the domains, and of every
function of the user that they call is read: it names numbers, functions, and a few builtins, and handles no exception.
"""

from __future__ import annotations

import builtins
import dis
import sys
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import BuiltinFunctionType, CodeType, FunctionType, GenericAlias, ModuleType, UnionType
from typing import Any, TypeVar

from gmpy2 import mpq, mpz

from refute.duality.forms import Form, Point
from refute.duality.parameters.ratio import Ratio
from refute.errors import NotLinear
from refute.numbers.ball import Ball
from refute.numbers.lifting import held_by
from refute.numbers.real import Real
from refute.numbers.reflected import WORDS_OF_A_USER
from refute.numbers.vector import Vec
from refute.safety.files import HOME
from refute.statements.bodies.one_pass import codes
from refute.statements.consistency import came_with_refute
from refute.statements.domains import Domain, Family
from refute.statements.statement import Statement

_MPQ, _MPZ = type(mpq()), type(mpz())


def _names_of(kind: type) -> Iterator[str]:
    """What objects of a class have, but for what Python asks them."""
    yield from (
        n for n in (*dir(kind), *getattr(kind, "__annotations__", ()), *getattr(kind, "__slots__", ())) if n[:2] != "__"
    )


_BUILTINS = frozenset(
    "range sum min max abs len zip enumerate list tuple reversed all any map filter int float pow divmod round bool dict sorted".split()
)
_MODULES = frozenset(("refute", "objectives", "fractions", "itertools", "math"))
# What an abstract object, a number or a list of the body may be asked for.
_ATTRIBUTES = frozenset(
    "L M mu minimum value at grad prox has_subgradient adjoint dim codim numerator denominator append extend items values keys".split()
)
# Of refute's own names those that see what kind of object they are given.
_SEEING = frozenset(
    "came_with_refute contradictions holds_users_code printed formula lift check as_fraction derivative_of".split()
)
# What a body may ask for where nothing but numbers is free, beside these.
_OF_DATA = frozenset("invariants hessian eigenvalues curvatures knots slope centre entries r w alpha".split())
# What other things than the members of a class have as well: no constant of a class may be asked for by such a name.
_OF_OTHERS = frozenset(n for kind in (Domain, Family, Vec, Form, Point, Ratio, Real, Ball) for n in _names_of(kind))
# What a condition of a class speaks of: a point, a gradient, a value.
_OF_ANSWERS = ("x", "g", "f")
# What changes a list: one of a module would be another one the next time. (What the step of an induction keeps is looked at when it is run.)
_CHANGING = frozenset(("in place", *"append extend pop insert update add remove clear setdefault send".split()))
_IN_PLACE = frozenset(f"__exact_{kind}_in_place__" for kind in ("sum", "product", "quotient", "power"))
_LIST = "a list of the module"
# What looks at the values of a user's module: see refute.sources.rewriting.
_ASKED = "refute.sources.asked"
# What annotations are made of; Annotated[...] is an object of typing, and list[int] and int | None are of types of their own.
_ANNOTATIONS = frozenset(("typing", "collections.abc"))
_ALIASES = (GenericAlias, UnionType)
# Lists of lists are read so deeply.
DEPTH = 3
# Instructions that do nothing to the value of which an attribute is asked.
_NOTHING = frozenset(("CACHE", "EXTENDED_ARG", "NOP", "PUSH_NULL", "RESUME"))
# What handles an exception, asks for a class or the parts of an object, or makes text of it.
_REFUSED = {
    "PUSH_EXC_INFO": "it handles exceptions",
    "MATCH_CLASS": "it asks for classes",
    "MATCH_KEYS": "it asks for keys",
    "MATCH_MAPPING": "it asks for classes",
    "MATCH_SEQUENCE": "it asks for classes",
    "FORMAT_VALUE": "it makes text of what it is given",
    "FORMAT_SIMPLE": "it makes text of what it is given",
    "FORMAT_WITH_SPEC": "it makes text of what it is given",
    "IMPORT_NAME": "it imports",
    "LOAD_BUILD_CLASS": "it makes a class",
    # What has no answer for an abstract object may have one for a number.
    "POP_JUMP_FORWARD_IF_NONE": "it asks whether something is None",
    "POP_JUMP_FORWARD_IF_NOT_NONE": "it asks whether something is None",
    "POP_JUMP_BACKWARD_IF_NONE": "it asks whether something is None",
    "POP_JUMP_BACKWARD_IF_NOT_NONE": "it asks whether something is None",
    "POP_JUMP_IF_NONE": "it asks whether something is None",
    "POP_JUMP_IF_NOT_NONE": "it asks whether something is None",
    "IS_OP": "it asks whether two things are one",
    "STORE_GLOBAL": "it changes what stands outside of it",
    "DELETE_GLOBAL": "it changes what stands outside of it",
    # An attribute outlives the run of a body.
    "STORE_ATTR": "it changes what stands outside of it",
    "DELETE_ATTR": "it changes what stands outside of it",
}
_OF_WORDS = ("FORMAT_VALUE", "FORMAT_SIMPLE", "FORMAT_WITH_SPEC")


def read(statement: Statement, made: Iterable[Family] = (), *, numbers_alone: bool = False) -> None:
    """Raise NotLinear where the code of a statement could treat some functions of a class unlike others. The constants of its classes are attributes
    that all members have; `made` are the classes that its domains made. With `numbers_alone` numbers and coordinates are what it must not tell apart,
    and it may ask for more of the functions that it is about."""
    families = [*(d.every for d in _domains(statement) if d.every is not None), *made]
    constants = frozenset(c for f in families for c in (f.scale, *f.within) if c)
    answers = frozenset(_OF_ANSWERS if any(f.code for f in families) else ())
    taken = min(constants & _OF_OTHERS, default="")
    if taken:
        raise NotLinear(f"a constant of a class is called {taken}, as what other things have")
    todo: list[Any] = [
        statement.body,
        *(g.claim for g in statement.given),
        *(d for d in statement.variables.values() if not isinstance(d, Domain)),
        *(f for family in families for f in family.code),
        *(f for d in statement.variables.values() if isinstance(d, Domain) for f in _of_domain(d)),
    ]
    seen: set[int] = set()
    names: set[str] = set()
    while todo:
        f = todo.pop()
        if not isinstance(f, FunctionType):
            raise NotLinear(f"it calls {getattr(f, '__name__', type(f).__name__)}, which cannot be read")
        if _is_ours(f):
            if f.__name__ in _SEEING:
                raise NotLinear(f"it calls {f.__name__}, which could tell functions apart")
            names.add(f.__name__)
        elif id(f) not in seen:
            seen.add(id(f))
            todo += _functions(
                f, names, _ATTRIBUTES | constants | answers | (_OF_DATA if numbers_alone else frozenset())
            )
    if _LIST in names and ("iterated" in names or names & _CHANGING):
        why = "in an induction" if "iterated" in names else f"and changes something ({min(names & _CHANGING)})"
        raise NotLinear(
            f"it names {_LIST} {why}, which may be another the next time: write a tuple, or a list in the body"
        )


def _domains(statement: Statement) -> list[Domain]:
    """The domains of a statement, and those that functions of its variables name."""
    found: list[Domain] = []
    todo: list[Any] = list(statement.variables.values())
    seen: set[int] = set()
    while todo:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        if isinstance(thing, Domain):
            found.append(thing)
        elif type(thing) in (tuple, list, dict):
            todo += thing.values() if type(thing) is dict else thing
        elif isinstance(thing, FunctionType) and not _is_ours(thing):
            todo += (*(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values())
            todo += map(held_by, thing.__closure__ or ())
            named = {name for code in codes(thing.__code__) for name in code.co_names}
            todo += (thing.__globals__[name] for name in named if name in thing.__globals__)
    return found


def _is_ours(f: FunctionType) -> bool:
    """Whether the code stands in refute or its objectives; what a function says of itself may be another's."""
    return any(Path(f.__code__.co_filename).is_relative_to(HOME / room) for room in ("refute", "objectives"))


def _is_public(thing: Any) -> bool:
    """Whether what stands in refute or its objectives is offered to statements: by refute, by objectives, or by one of its rooms."""
    package, _, rest = thing.__module__.partition(".")
    offering = [
        sys.modules.get(package),
        sys.modules.get(f"{package}.{rest.partition('.')[0]}") if package == "objectives" else None,
    ]
    return any(thing.__name__ in getattr(m, "__all__", ()) for m in offering if m is not None)


def _functions(f: FunctionType, names: set[str], attributes: frozenset[str]) -> Iterator[FunctionType]:
    """The functions that a function may call; raises NotLinear for anything else that it names, and for attributes that are none of these. What it asks for
    joins `names`."""
    if vars(f):
        raise NotLinear(f"{f.__name__} has attributes of its own ({min(vars(f))}), which are not read")
    rebound = _rebound(f.__globals__)
    given = (*(f.__defaults__ or ()), *(f.__kwdefaults__ or {}).values(), *map(held_by, f.__closure__ or ()))
    for value in given:
        names.update(_kept_in(value))
        yield from functions_in(value)
    for code in codes(f.__code__):
        # The module of which the next instruction asks for an attribute: what another way leads to as well may be anything.
        module: ModuleType | None = None
        for instruction in _instructions(code):
            name, value = instruction.argval, None
            if instruction.opname in _NOTHING:
                continue
            of, module = (None if instruction.is_jump_target else module), None
            if instruction.opname in _OF_WORDS and WORDS_OF_A_USER in f.__globals__:
                continue  # what text is made of is looked at when it is made
            if instruction.opname in _REFUSED or (instruction.opname == "BINARY_OP" and "%" in instruction.argrepr):
                raise NotLinear(_REFUSED.get(instruction.opname, "it takes a remainder, or makes text"))
            if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
                if name in f.__globals__:
                    value = f.__globals__[name]
                    if name in rebound:
                        raise NotLinear(f"it names {name}, which a function of its file sets")
                    if isinstance(value, ModuleType):
                        module = value
                    else:
                        names.update(_kept_in(value))
                        yield from functions_in(value)
                    if name in _IN_PLACE:
                        names.add("in place")
                elif name not in _BUILTINS or not _as_it_came(builtins, name):
                    raise NotLinear(f"it calls {name}, which could tell functions apart")
                else:
                    names.add(name)
            elif instruction.opname in ("LOAD_ATTR", "LOAD_METHOD"):
                names.add(name)
                if name.startswith("__") or (of is None and name not in attributes):
                    raise NotLinear(f"it asks for .{name}")
                if of is not None:
                    value = getattr(of, name, None)
                    module = value if isinstance(value, ModuleType) else None
                    yield from _of_module(of, name)
            elif instruction.opname == "BINARY_OP" and instruction.argrepr.endswith("="):
                names.add("in place")
            elif instruction.opname in ("STORE_DEREF", "DELETE_DEREF") and name in f.__code__.co_freevars:
                raise NotLinear(f"it sets {name}, which stands outside of it, and is kept for the next time")
            elif instruction.opname in ("STORE_SUBSCR", "DELETE_SUBSCR", "STORE_SLICE") or (
                instruction.opname == "STORE_DEREF" and name in code.co_freevars
            ):
                names.add("update")  # an entry of what may be kept, or a variable of the function around it


def _kept_in(value: Any, depth: int = 0) -> Iterator[str]:
    """Whether a value is a list or a dict, or holds one."""
    if type(value) in (list, dict, set):
        yield _LIST
    elif depth < DEPTH and (type(value) is tuple or (came_with_refute(type(value)) and _is_frozen(value))):
        for v in value if type(value) is tuple else _parts(value):
            yield from _kept_in(v, depth + 1)


def _of_module(module: ModuleType, name: str) -> Iterator[FunctionType]:
    """The functions in a module's attribute; raises NotLinear where it has none, and where a known one has it from somebody else."""
    if not hasattr(module, name):
        raise NotLinear(f"it asks for .{name}")
    value = getattr(module, name)
    if isinstance(value, ModuleType):
        return
    if module.__name__.startswith(("refute", "objectives")) or module.__name__.partition(".")[0] not in _MODULES:
        if name in _rebound(vars(module)):
            raise NotLinear(f"it names {name}, which a function of its file sets")
        yield from functions_in(value)
    elif not _as_it_came(module, name):
        raise NotLinear(f"it asks {module.__name__} for .{name}, which did not come with it")


def _as_it_came(module: ModuleType, name: str) -> bool:
    """Whether a module of Python's has that attribute of its own: a number, or a function or class that says so."""
    value = getattr(module, name)
    of = getattr(value, "__module__", None)
    own = isinstance(value, (BuiltinFunctionType, type, FunctionType)) and of == module.__name__
    return own or type(value) is float


def _rebound(names: dict[str, Any]) -> frozenset[str]:
    """What the functions and classes of a file set among its names when they run."""
    found: set[str] = set()
    for value in [*names.values()]:
        methods = vars(value).values() if isinstance(value, type) and value.__module__ == names.get("__name__") else ()
        for f in (value, *methods):
            f = getattr(f, "__func__", f)
            if isinstance(f, FunctionType) and f.__globals__ is names:
                found |= {
                    i.argval
                    for code in codes(f.__code__)
                    for i in _instructions(code)
                    if i.opname in ("STORE_GLOBAL", "DELETE_GLOBAL")
                }
    return frozenset(found)


@cache
def _instructions(code: CodeType) -> tuple[dis.Instruction, ...]:
    return tuple(dis.get_instructions(code))


def functions_in(value: Any, depth: int = 0) -> Iterator[FunctionType]:
    """The functions in what a name stands for; raises NotLinear for what is not read."""
    if value is None or type(value) in (int, bool, Fraction, str, _MPQ, _MPZ):
        return
    if isinstance(value, FunctionType):
        if _is_ours(value) and not (_is_public(value) or value.__module__ == _ASKED):
            raise NotLinear(f"it calls {value.__name__}, which is no word of statements and could tell functions apart")
        yield value
    elif isinstance(value, Domain):
        yield from _of_domain(value)
    elif isinstance(value, type):
        if not (
            (came_with_refute(value) and _is_public(value))
            or value in (Fraction, tuple, list)
            or value.__module__ in _ANNOTATIONS
        ):
            raise NotLinear(f"it names the class {value.__name__}")
    elif type(value) in (tuple, list, dict) and depth < DEPTH:
        for v in (*value, *value.values()) if type(value) is dict else value:
            yield from functions_in(v, depth + 1)
    elif type(value) is Vec:
        for v in value:
            yield from functions_in(v)
    elif isinstance(value, (Ratio, Form, Point)):
        return  # what a parameter, a value or a point is made of while the statement runs
    elif isinstance(value, _ALIASES) or type(value).__module__ == "typing":
        # Annotated[...], which a body may call as what it annotates.
        for v in (getattr(value, "__origin__", None), *getattr(value, "__args__", ())):
            if v is not None and not isinstance(v, TypeVar):
                yield from functions_in(v)
    elif type(value) is Real:
        for v in value.args:
            yield from functions_in(v)
    elif came_with_refute(type(value)) and _is_frozen(value):
        for v in _parts(value):
            yield from functions_in(v)
    else:
        raise NotLinear(f"it names a {type(value).__name__}, which cannot be read")


def _of_domain(domain: Domain) -> Iterator[FunctionType]:
    """The functions that decide whether something belongs, where they are a user's: the conditions of classes, and of parts."""
    yield from domain.every.code if domain.every is not None else ()  # type: ignore[misc]
    for _, condition in domain.narrowed:
        yield from _of_users(condition)
    for one in domain.one_of:
        yield from _of_domain(one)


def _of_users(condition: Any) -> Iterator[FunctionType]:
    """A condition, or what one of ours was made of."""
    if not (isinstance(condition, FunctionType) and _is_ours(condition)):
        yield from functions_in(condition)
        return
    for held in map(held_by, condition.__closure__ or ()):
        if isinstance(held, FunctionType):
            yield from _of_users(held)


def _parts(value: Any) -> Iterator[Any]:
    return (getattr(value, field.name) for field in fields(value))


def _is_frozen(value: Any) -> bool:
    """Whether it is made of its fields alone, and keeps them."""
    made: Any = type(value)
    return is_dataclass(value) and bool(made.__dataclass_params__.frozen)
