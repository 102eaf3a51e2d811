"""From a counterexample to the one that a person would print.

Edits are tried in order of how much they simplify: better coordinates and units, fewer coordinates, simpler parts of a
function, smaller integers, rationals with small numerator and denominator. An edit is kept when the instance
still meets every hypothesis and still violates the conclusion, decided exactly each time.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any

from refute.errors import BadInput
from refute.numbers.vector import Vec
from refute.safety.alarm import TimeIsUp, alarm
from refute.safety.failure import told
from refute.statements.statement import Instance, Statement
from refute.work import WORK

# Edits whose instances may be decided, and elementary operations that their decisions may take: some seconds. They are counted and not timed: a busy
# machine shows the same counterexample.
TRIES = 2000
OPERATIONS = 2_500_000
# Seconds of processor time for statements that need seconds for one instance: what is simple by then is printed.
PATIENCE = 60.0
# Seconds of processor time for one edited instance: what takes longer is not simpler.
LONGEST = 10.0
# So many edits are looked at for each that is tried: most are no simpler than what there is.
LOOKS = 20


def simplify(statement: Statement, instance: Instance, patience: float = PATIENCE, tries: int = TRIES) -> Instance:
    """The simplest counterexample that so many local edits reach from `instance`, within so many seconds of processor time."""
    until, most = time.process_time() + patience, WORK.ticks + OPERATIONS
    moving = refutes(statement, instance, moving=True)
    best, looked = dict(instance), LOOKS * tries
    while tries > 0:
        for edited in _edits(statement, best):
            looked -= 1
            if tries == 0 or looked < 0 or WORK.ticks > most or time.process_time() > until:
                return best
            if not _is_smaller(edited, best):
                continue
            tries -= 1
            if refutes(statement, edited, moving):
                best = dict(edited)
                break
        else:
            return best
    return best


def refutes(statement: Statement, instance: Instance, moving: bool) -> bool:
    """Whether the instance refutes the statement, and with `moving` by no orbit that stays where it starts."""
    try:
        with alarm(LONGEST):
            d = statement.check(instance).conclusion
            return d.truth is False and not (moving and d.still)
    except (BadInput, ArithmeticError, ValueError, TimeIsUp):
        return False


def _is_smaller(edited: Instance, best: Instance) -> bool:
    """Whether an edit is smaller; what a stranger's code offers may be no data at all."""
    try:
        return size(edited) < size(best)
    except Exception:
        return False


def size(value: Any) -> tuple[int, int]:
    """(number of numbers, what they cost to print): the smaller the simpler."""
    if isinstance(value, Fraction):
        return 1, cost(value)
    if isinstance(value, int):
        return 1, abs(value).bit_length()
    if isinstance(value, str):
        return 0, 0
    if isinstance(value, dict):
        parts = list(value.values())
    elif is_dataclass(value):
        parts = [getattr(value, f.name) for f in fields(value)]
    else:
        parts = list(value)
    sizes = [size(p) for p in parts]
    return sum(s[0] for s in sizes), sum(s[1] for s in sizes)


def cost(q: Fraction) -> int:
    """0 for 0, 1 for 1, and growing with the digits of p and q (a denominator weighs more)."""
    sign = 1 if q < 0 else 0
    return 2 * abs(q.numerator).bit_length() + 3 * (q.denominator.bit_length() - 1) + sign


def _edits(statement: Statement, instance: Instance) -> Iterator[Instance]:
    yield from _straightened(instance)
    yield from _rescaled(instance)
    yield from _fewer_coordinates(instance)
    seen: dict[str, Any] = dict(statement.constants)
    for name in statement.variables:
        domain = statement.domain(name, seen)
        seen[name] = instance[name]
        if domain.simpler is not None:
            for v in _offered(partial(domain.simpler, instance[name])):
                yield {**instance, name: v}
    yield from _equal_numbers(instance)
    for name, value in instance.items():
        for v in simpler(value):
            yield {**instance, name: v}


def _offered(offers: Callable[[], Any]) -> Iterator[Any]:
    """What a domain or a function offers as simpler; raises BadInput, in one sentence, where its code fails."""
    try:
        yield from offers()
    except (BadInput, TimeIsUp):
        raise
    except Exception as why:
        raise BadInput(told(why)) from why


def _straightened(instance: Instance) -> Iterator[Instance]:
    """In the coordinates in which a function is simplest, where it offers some (`straightened`)."""
    for name, value in instance.items():
        offered = _offered(lambda: [value.straightened()]) if hasattr(value, "straightened") else ()  # noqa: B023  # used at once
        for offer in filter(None, offered):
            simple, moved = offer
            points = {n: moved(v) for n, v in instance.items() if isinstance(v, Vec)}
            yield {**instance, **points, name: simple}


def _rescaled(instance: Instance) -> Iterator[Instance]:
    """In units in which a constant of a function is 1, where it offers some (`rescaled`): numbers beside
    the function are taken for the same, for inverses (step sizes) or for pure numbers, whichever refutes."""
    for name, value in instance.items():
        offers = _offered(value.rescaled) if hasattr(value, "rescaled") else ()
        for simple, slope, length in offers:
            points = {n: length * v for n, v in instance.items() if isinstance(v, Vec)}
            for power in (-1, 0, 1):
                numbers = {n: v * slope**power for n, v in instance.items() if isinstance(v, Fraction)}
                yield {**instance, **points, **numbers, name: simple}


def _fewer_coordinates(instance: Instance) -> Iterator[Instance]:
    """Restrict every vector and function to the same few coordinates, the fewest first."""
    dims = {len(v) for v in instance.values() if isinstance(v, Vec)}
    dims |= {v.dim for v in instance.values() if hasattr(v, "restrict")}
    if len(dims) != 1:
        return
    dim = dims.pop()
    for keep in range(1, dim):
        for axes in combinations(range(dim), keep):
            try:
                yield {n: _restricted(v, axes) for n, v in instance.items()}
            except (BadInput, ValueError):
                continue


def _restricted(value: Any, axes: tuple[int, ...]) -> Any:
    if isinstance(value, Vec):
        return Vec(tuple(value[i] for i in axes))
    return value.restrict(axes) if hasattr(value, "restrict") else value


def _equal_numbers(instance: Instance) -> Iterator[Instance]:
    """Round all rationals of the instance at once, coarsely first."""
    for d in (1, 2, 4, 16):
        yield {n: renumbered(v, partial(_nearest, d=d)) for n, v in instance.items()}


def _nearest(q: Fraction, d: int) -> Fraction:
    return Fraction(round(q * d), d)


def parts(value: Any) -> list[Any]:
    """The entries of a tuple or dataclass."""
    if isinstance(value, tuple):
        return list(value)
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, f.name) for f in fields(value)]
    return []


def rebuilt(value: Any, new: Iterable[Any]) -> Any:
    """A tuple or dataclass of the same kind with other entries; its own checks run again."""
    if isinstance(value, tuple):
        return tuple(new)
    try:
        entries = dict(zip((f.name for f in fields(value)), new, strict=True))
        return type(value)(**{f.name: entries[f.name] for f in fields(value) if f.init})
    except (ValueError, ArithmeticError):
        return value


def numbers(value: Any) -> list[Fraction]:
    """The rationals of an instance, a point, a function, in order."""
    if isinstance(value, Fraction):
        return [value]
    return [q for p in (value.values() if isinstance(value, dict) else parts(value)) for q in numbers(p)]


def renumbered(value: Any, new: Callable[[Fraction], Fraction]) -> Any:
    """The same shape with other rationals, in the same order."""
    if isinstance(value, Fraction):
        return new(value)
    return rebuilt(value, [renumbered(p, new) for p in parts(value)]) if parts(value) else value


def simpler(value: Any) -> Iterator[Any]:
    """Simpler values of the same shape, one number changed at a time."""
    if isinstance(value, Fraction):
        yield from simpler_rationals(value)
        return
    if not isinstance(value, tuple) and hasattr(value, "simpler"):
        yield from _offered(value.simpler)
    entries = parts(value)
    for i, entry in enumerate(entries):
        for v in simpler(entry):
            try:
                yield rebuilt(value, [*entries[:i], v, *entries[i + 1 :]])
            except (BadInput, ArithmeticError, ValueError, TypeError):  # no such value
                continue


def _scales(q: Fraction) -> list[Fraction]:
    """For q close to 0: the powers of 10 and of 2 on both sides, and the nearest 1/n."""
    if not 0 < abs(q) < 1:
        return []
    sign, inverse = (1 if q > 0 else -1), 1 / abs(q)
    found = []
    for base in (10, 2):
        power = base ** (len(str(int(inverse))) - 1 if base == 10 else int(inverse).bit_length() - 1)
        found += [Fraction(sign, power), Fraction(sign, power * base)]
    return [*found, Fraction(sign, round(inverse))]


def simpler_rationals(q: Fraction) -> Iterator[Fraction]:
    """0, 1, -1, the integers around q, quarters between them and numbers close to them, small numbers of its size, then its
    best approximations by small denominators."""
    tried = {q}
    near = [
        q.limit_denominator(d) for d in (2, 3, 4, 5, 8, 10, 16, 64, 100, 200, 400, 700, 1000, 2000, 5000, 10**4, 10**6)
    ]
    floor = q.numerator // q.denominator
    wide = [Fraction(n) for n in (0, 1, -1, 2, -2, 3, -3, 5, 10)]
    wide += [Fraction(1, n) for n in (2, 3, 4, 5, 10, 100, -2, -3)]
    between = [floor + Fraction(n, 4) for n in (2, 1, 3)]
    between += [end for k in (8, 10, 16, 64, 100) for end in (floor + 1 - Fraction(1, k), floor + Fraction(1, k))]
    for c in [*wide, Fraction(floor), Fraction(floor + 1), *between, *_scales(q), *near, -q, q / 2]:
        if c not in tried and cost(c) < cost(q):
            tried.add(c)
            yield c
