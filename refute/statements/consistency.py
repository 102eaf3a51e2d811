"""A class cannot lie unnoticed: what it declares of a function or of a map is compared with what its value says.

The names have fixed meanings: f(x) the value, `grad` its gradient (at a kink: a subgradient), `hessian(box)` enclosures of the second
derivatives, `L` a Lipschitz constant of the gradient, `mu` a number with f - mu |x|^2/2 convex, `convex` whether f is, `minimum` the least value and
where; for a map `move(x)` = T(x) - x, `derivative(box)` enclosures of T', `components()` the maps that a product is made of. Other hooks of a stranger's map are not believed: see fate.py.
Values and gradients are differentiated in balls around a few points, constants are tried on pairs of them. Whoever
means another thing by L or mu gives it another name.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import lru_cache, partial
from itertools import combinations
from pathlib import Path
from types import FunctionType, MethodType
from typing import Any

from flint import arb

from refute.errors import BadInput, NotExact
from refute.numbers.ball import Ball, precision
from refute.numbers.derivatives import jacobian, partials
from refute.numbers.lifting import held_by, lift
from refute.numbers.real import Real
from refute.numbers.reflected import Reflected
from refute.numbers.vector import Vec, dot, sq
from refute.safety.files import HOME

BITS = 128
# The balls in which is differentiated: a kink in one widens the derivative, and accuses nobody.
NEAR = Fraction(1, 2**40)
COORDINATES = (0, 1, -1, Fraction(1, 2), -3, Fraction(7, 3), 2, Fraction(-5, 4), 10)
# What evaluating outside of where a function is defined may raise.
UNDEFINED = (ArithmeticError, ValueError, NotExact, IndexError)


class Contradiction(BadInput):
    """A class declares what its own value contradicts."""


def raise_contradictions(value: Any, start: Vec | None = None) -> None:
    """Raise Contradiction where an object of a class that did not come with refute, or one of its parts, contradicts
    itself; each object is asked once, and what it said is said again. A map is asked at the start of its orbit too."""
    for thing in _strangers(value):
        origin = getattr(thing, "__dict__", {}).get("_lifted_from", (thing,))[0]
        seen = getattr(origin, "__dict__", {})  # one without (slots) is asked every time
        if "_contradicts" not in seen:
            seen["_contradicts"] = ""  # before it is asked: a body that builds it again need not ask again
            try:
                seen["_contradicts"] = next(contradictions(origin, start if hasattr(origin, "move") else None), "")
            except BaseException:
                del seen["_contradicts"]
                raise
        if seen["_contradicts"]:
            raise Contradiction(f"the class {type(origin).__name__} contradicts itself: {seen['_contradicts']}")


def _strangers(value: Any, within: tuple[Any, ...] = ()) -> Iterator[Any]:
    if isinstance(value, tuple):
        for v in value:
            yield from _strangers(v)
    if isinstance(value, type) or (isinstance(value, DATA) and _is_bare(type(value))):
        return
    if isinstance(value, FunctionType):
        if not any(value is f for f in within):
            for cell in value.__closure__ or ():
                yield from _strangers(held_by(cell), (*within, value))
        return
    if isinstance(value, MethodType):
        yield from _strangers(value.__self__)
        return
    if isinstance(value, partial):
        yield from _strangers((value.func, *value.args, *value.keywords.values()))
        return
    if not came_with_refute(type(value)) and (hasattr(value, "grad") or hasattr(value, "move") or _is_function(value)):
        yield value
    if is_dataclass(value):
        for f in fields(value):
            yield from _strangers(getattr(value, f.name))


# Bare data, and subclasses of them.
DATA = (tuple, Vec, int, str, Fraction, Reflected)


def _is_bare(kind: type) -> bool:
    return kind in (tuple, Vec, int, bool, str, Fraction, type(None)) or came_with_refute(kind)


def holds_users_code(value: Any) -> bool:
    """Whether a function, or an object of a class that did not come with refute, is the value or a part of it."""
    if type(value) is tuple:
        return any(map(holds_users_code, value))
    if isinstance(value, DATA) or value is None:
        return not _is_bare(type(value))  # a subclass has code of its own
    if isinstance(value, type) or not is_dataclass(value) or not came_with_refute(type(value)):
        return not (hasattr(value, "enclose") or (isinstance(value, FunctionType) and _is_ours(value.__module__)))
    return any(holds_users_code(getattr(value, f.name)) for f in fields(value))


def _is_function(thing: Any) -> bool:
    """A value and a dimension make a function of R^dim."""
    return callable(thing) and isinstance(getattr(thing, "dim", None), int)


def came_with_refute(kind: type | FunctionType) -> bool:
    """Whether a class or a function stands in refute or in its objectives."""
    return _is_ours(kind.__module__)


@lru_cache(1024)
def _is_ours(module: str) -> bool:
    file = getattr(sys.modules.get(module), "__file__", None)
    homes = (HOME / "refute", HOME / "objectives")
    return file is not None and any(Path(file).resolve().is_relative_to(home) for home in homes)


def contradictions(thing: Any, start: Vec | None = None) -> Iterator[str]:
    """What an object of exact data declares and its value contradicts, with the point and both numbers."""
    dim = getattr(thing, "dim", None)
    with precision(BITS):
        if (
            isinstance(dim, int)
            and (callable(getattr(thing, "grad", None)) or callable(thing))
            and not hasattr(thing, "move")
        ):
            yield from _of_function(thing, dim)
        elif callable(getattr(thing, "move", None)) and (start is not None or isinstance(dim, int)):
            yield from _of_map(thing, len(start) if start is not None else int(dim or 0), start)


def sample(dim: int, also: tuple[Vec, ...] = ()) -> list[Vec]:
    """A few points of R^dim, and those of `also`."""
    n = len(COORDINATES)
    drawn = [Vec(tuple(Fraction(COORDINATES[(i + j * (i + 1)) % n]) for j in range(dim))) for i in range(n)]
    return [*also, *drawn]


def _of_function(f: Any, dim: int) -> Iterator[str]:
    exact = lift(f, Real.of)
    declared_grad = getattr(exact, "grad", None)
    grad = declared_grad or (lambda z: partials(exact, z))
    points = sample(dim, tuple(getattr(f, "landmarks", ()))[:8])
    if callable(exact) and any(
        isinstance(_defined(exact, lift(x, Ball.of)), Vec) for x in (*points, *_known_points(f))
    ):
        return  # an operator, which is the derivative of nothing that it says
    seen = [(x, g) for x in points if (g := _defined(grad, lift(x, Ball.of))) is not None and _has_value(exact, x)]
    for x, g in seen:
        if len(g) != dim:
            yield f"at x = {_at(x)} its grad has {len(g)} entries, but dim is {dim}"
            return
        if declared_grad is not None and callable(exact):
            d = _defined(lambda z: partials(exact, z), _around(x))
            yield from _apart(x, "grad", g, "the derivative of its value", d)
    if callable(getattr(exact, "hessian", None)) or declared_grad is None:
        for x, _ in seen:
            around = _around(x)
            second = _defined(lambda z: jacobian(grad, z), around)
            yield from _of_curvatures(f, x, second)
            for box in (around, _hull(points)) if hasattr(f, "hessian") else ():
                declared = _defined(lift(f, Ball.of).hessian, box)
                yield from _apart_matrices(x, "hessian", declared, "the derivative of its grad", second)
    yield from _of_constants(f, seen)
    yield from _of_minimum(f, exact, seen)
    yield from _of_rays(lift(f, Ball.of), exact, grad, seen)


def _of_constants(f: Any, seen: list[tuple[Vec, Vec]]) -> Iterator[str]:
    L, mu = _constant(f, "L"), _constant(f, "mu")
    if getattr(f, "convex", None) is True and (mu is None or mu < 0):
        mu = Fraction(0)
    for (x, g), (y, k) in combinations(seen, 2):
        between, change = lift(x - y, Ball.of), g - k
        if L is not None and (sq(change) - Ball.of(L) ** 2 * sq(between)).a > 0:
            yield (
                f"its gradients at x = {_at(x)} and y = {_at(y)} differ by more than L |x - y| with L = {_number(L)}: "
                f"by at least {_least_ratio(change, between)} |x - y|"
            )
            return
        if mu is not None and (Ball.of(mu) * sq(between) - dot(change, between)).a > 0:
            yield (
                f"<f'(x) - f'(y), x - y> is less than mu |x - y|^2 with mu = {_number(mu)} at x = {_at(x)} and "
                f"y = {_at(y)}: {_number(dot(change, between) / sq(between))} |x - y|^2"
            )
            return


def _of_curvatures(f: Any, x: Vec, second: Any) -> Iterator[str]:
    """L and mu against the second derivatives along the axes."""
    L, mu = _constant(f, "L"), _constant(f, "mu")
    for i, row in enumerate(second or ()):
        e = Ball.of(row[i])
        if L is not None and (abs(e) - Ball.of(L)).a > 0:
            yield f"with L = {_number(L)} its second derivative at x = {_at(x)} is {_number(e)}"
        if mu is not None and (Ball.of(mu) - e).a > 0:
            yield f"with mu = {_number(mu)} its second derivative at x = {_at(x)} is {_number(e)}"


def _known_points(f: Any) -> tuple[Vec, ...]:
    """The points of a table, which says nothing elsewhere."""
    return tuple(getattr(f, "points", ()))[:8]


def _has_value(exact: Any, x: Vec) -> bool:
    """Whether the function is defined at a point, as far as it can be asked; an operator, whose values are vectors, is no function."""
    if not callable(exact):
        return True
    value = _defined(exact, lift(x, Ball.of))
    return not isinstance(value, Vec) and value is not None and bool(Ball.of(value).a.is_finite())


def _of_minimum(f: Any, exact: Any, seen: list[tuple[Vec, Vec]]) -> Iterator[str]:
    least = getattr(f, "minimum", None)
    value = getattr(least, "value", None)
    if value is None or not callable(exact):
        return
    bottom = Ball.of(value)
    for x, _ in seen:
        here = _defined(exact, lift(x, Ball.of))
        if here is not None and (bottom - here).a > 0:
            yield f"its minimum is said to be {_number(bottom)}, but its value at x = {_at(x)} is {_number(here)}"
            return
    at = getattr(least, "at", None)
    if at is None:
        return
    here = _defined(exact, lift(at, Ball.of))
    if here is not None and not Ball.of(here).a.overlaps(bottom.a):
        yield f"its minimum is said to be {_number(bottom)}, but its value at x = {_at(at)}, the minimizer, is {_number(here)}"


def _of_rays(ball: Any, exact: Any, grad: Callable[[Vec], Vec], seen: list[tuple[Vec, Vec]]) -> Iterator[str]:
    """The hooks of functions of the line: `outward`, `fades` and `piece` against the gradient."""
    if getattr(exact, "dim", 0) != 1:
        return
    h = Fraction(1, 8)
    for x, g in seen:
        at = Ball.of(x[0])
        for side in (1, -1):
            if callable(getattr(ball, "outward", None)) and _defined(lambda y, s=side: exact.outward(y, s), at):  # type: ignore[misc]
                for j in (-4, 0, 4, 16):
                    y = x[0] + side * Fraction(2) ** j
                    slope = _defined(grad, Vec((Ball.of(y),)))
                    if slope is not None and (side * slope[0]).a >= 0:
                        yield f"outward says that f decreases from x = {_at(x)} on, but f'({y}) is {_number(slope[0])}"
                        return
        if callable(getattr(exact, "piece", None)):
            p = _defined(lambda y: exact.piece(y, Real.of(h)), at)
            moved = None if p is None else Ball.of(p.rest) + Ball.of(p.multiplier) * (at - Ball.of(p.rest))
            if moved is not None and not (at - h * g[0]).a.overlaps(moved.a):
                yield f"piece says that x = {_at(x)} goes to {_number(moved)} for h = {h}, but it goes to {_number(at - h * g[0])}"
                return
    for side in (1, -1):
        if callable(getattr(exact, "fades", None)) and exact.fades(side):
            near, far = (_defined(grad, Vec((Ball.of(side * Fraction(2) ** j),))) for j in (32, 96))
            if near is not None and far is not None and (abs(far[0]) - abs(near[0])).a >= 0 and near[0].a != 0:
                yield f"fades says that f' tends to 0, but it is {_number(near[0])} at {side} * 2^32, {_number(far[0])} at {side} * 2^96"


def _of_map(system: Any, dim: int, start: Vec | None) -> Iterator[str]:
    exact, ball = lift(system, Real.of), lift(system, Ball.of)
    points = sample(dim, () if start is None or any(not _is_exact(c) for c in start) else (start,))
    for x in points:
        around = _around(x)
        if callable(getattr(ball, "derivative", None)):
            declared = _defined(ball.derivative, around)
            found = _defined(lambda z: jacobian(lambda y: y + exact.move(y), z), around)
            yield from _apart_matrices(x, "derivative", declared, "the derivative of x + move(x)", found)
        parts = exact.components() if callable(getattr(exact, "components", None)) else None
        moved = _defined(exact.move, lift(x, Ball.of)) if parts is not None else None
        for i, part in enumerate(parts or ()):
            own = _defined(lambda z, p=part: p.move(z) if hasattr(p, "move") else p(z) - z, Vec((Ball.of(x[i]),)))  # type: ignore[misc]
            if moved is not None and own is not None and not _overlap(moved[i], own[0]):
                yield f"at x = {_at(x)} component {i} moves by {_number(own[0])}, but move(x) by {_number(moved[i])}"


def _is_exact(c: Any) -> bool:
    return isinstance(c, (int, Fraction)) or getattr(c, "q", None) is not None


def _apart(x: Vec, name: str, declared: Any, what: str, found: Any) -> Iterator[str]:
    if found is None:
        return
    for i, (a, b) in enumerate(zip(declared, found, strict=True)):
        if not _overlap(a, b):
            entry = f" (entry {i})" if len(found) > 1 else ""
            yield f"at x = {_at(x)} {name}{entry} is {_number(a)}, but {what} is {_number(b)}"


def _apart_matrices(x: Vec, name: str, declared: Any, what: str, found: Any) -> Iterator[str]:
    if declared is None or found is None:
        return
    for row, other in zip(declared, found, strict=True):
        yield from _apart(x, name, row, what, other)


def _overlap(a: Any, b: Any) -> bool:
    return bool(Ball.of(a).a.overlaps(Ball.of(b).a)) or not Ball.of(b).a.is_finite() or not Ball.of(a).a.is_finite()


def _defined(f: Callable[[Any], Any], x: Any) -> Any:
    """f(x); None where f is not defined, or not known, there."""
    try:
        return f(x)
    except UNDEFINED:
        return None


def _around(x: Vec) -> Vec:
    return Vec(tuple(Ball.of(c) + Ball(arb(0, 1)) * NEAR for c in x))


def _hull(points: list[Vec]) -> Vec:
    return Vec(tuple(Ball.hull(min(c), max(c)) for c in zip(*points, strict=True)))


def _constant(f: Any, name: str) -> Any:
    value = getattr(f, name, None)
    return value if isinstance(value, (int, Fraction)) or hasattr(value, "enclose") else None


def _least_ratio(change: Vec, between: Vec) -> str:
    return f"{float((sq(change) / sq(between)).a.sqrt().lower()):.6g}"


def _number(v: Any) -> str:
    return str(v) if isinstance(v, (int, Fraction)) else f"{float(Ball.of(v)):.6g}"


def _at(x: Vec) -> str:
    return str(x[0]) if len(x) == 1 else f"({', '.join(str(c) for c in x)})"
