"""Domains of numbers: intervals, the line, whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from math import gcd
from typing import Any

import lazy_loader
import numpy as np

from refute.errors import BadInput, NoElement
from refute.numbers.ball import Ball, precision
from refute.numbers.batch import Batch, to_float
from refute.numbers.functions import Scalar
from refute.numbers.mp import CONTEXT, Mp
from refute.numbers.real import Real, as_fraction
from refute.statements.claims import both, known, le, lt, ne
from refute.statements.domains import Domain, Draw, Rng, choose, reject

# Only a search draws: whoever reads or re-checks an instance need not wait for it.
hypothesis = lazy_loader.load("hypothesis")

# How close to the end of an interval the generator goes: one part in 2^42, about 2e-13.
NEAREST = 42


#: Shares of an interval that no halving meets: thirds, fifths, sixths, ...
UNEVEN = tuple(Fraction(p, q) for q in (3, 5, 6, 7, 9, 10, 12) for p in range(1, q) if gcd(p, q) == 1)
# How many shares there are.
SHARES = 65 + 2 * NEAREST - 1 + len(UNEVEN)


def _share(i: int) -> Fraction:
    """0..64: the grid of 64ths; above: ever closer to 1 (even i) or to 0 (odd i); then the uneven ones."""
    if i <= 64:
        return Fraction(i, 64)
    if i >= SHARES - len(UNEVEN):
        return UNEVEN[i - SHARES]
    close = Fraction(1, 2 ** ((i - 63) // 2))
    return 1 - close if i % 2 == 0 else close


def _moved(d: Draw, x: Any, numbers: tuple[Fraction, ...], belongs: Callable[[Fraction], bool]) -> Any:
    """One of these numbers, of those that belong."""
    inside = [n for n in numbers if belongs(n)]
    return inside[choose(d, len(inside))[0]] if inside else x


def between(lo: Scalar, hi: Scalar, *, open: bool = False, drawn: tuple[Scalar, Scalar] | None = None) -> Domain:
    """The interval from lo to hi (rationals when drawn), without its ends where `open`; with `drawn` only a part of it,
    where what matters happens, is drawn from."""
    for end in (lo, hi, *(drawn or ())):
        if isinstance(end, float):
            raise BadInput(f"the end {end!r} of an interval is a float, a rounded number: write Fraction(p, q)")
    compare = lt if open else le
    first, last = drawn or (lo, hi)
    first, last = _rational_within(first, last)

    def draw(d: Draw) -> Fraction:
        if first > last or (open and first == last):
            reject()  # no number for these values of the variables before it
        i = d(hypothesis.strategies.integers(1 if open else 0, SHARES - 1))
        t = _share(65 if open and i == 64 else i)
        return Fraction(first + (last - first) * t)

    def moved(d: Draw, x: Any, numbers: tuple[Fraction, ...]) -> Any:
        return _moved(d, x, numbers, lambda n: first < n < last or (not open and n in (first, last)))

    def bulk(rng: Rng, n: int, value: Any) -> Batch:
        a, b = to_float(first), to_float(last)
        t = np.concatenate([rng.uniform(size=n - n // 4), 1 - 2.0 ** rng.uniform(-20, 0, size=n // 4)])
        return Batch(a + (b - a) * t)

    return Domain(
        f"{'(' if open else '['}{lo}, {hi}{')' if open else ']'}",
        draw,
        lambda x: both(above=compare(lo, x), below=compare(x, hi)),
        bulk=bulk,
        ends=lambda: (lo, hi),
        moved=moved,
    )


def _rational_within(lo: Scalar, hi: Scalar) -> tuple[Scalar, Scalar]:
    """Rationals between the ends of an interval, close to those that are none, such as roots; other numbers than exact ones as they are."""
    return _rational(lo, 1), _rational(hi, -1)


def _rational(end: Scalar, side: int) -> Scalar:
    if not isinstance(end, Real):
        return end
    if end.q is not None:
        return as_fraction(end)
    with precision(128):
        ball = Ball.of(end).a
        bound = (ball.upper() if side > 0 else ball.lower()).fmpq()
    return Fraction(int(bound.p), int(bound.q))


RATIONALS = 641


def rational(i: int) -> Fraction:
    """The i-th of RATIONALS rationals: mostly 32nds up to 8, then thirds, powers of ten up to 10^6."""
    k = i // 2 if i % 2 else -(i // 2)
    if abs(k) <= 256:
        return Fraction(k, 32)
    n = abs(k) - 256
    value = Fraction(10) ** (n // 10) if n % 2 else Fraction(n, 3) * Fraction(1, 10 ** (n // 10))
    return value if k > 0 else -value


def draw_rational(d: Draw) -> Fraction:
    """A rational of the line: mostly small, sometimes thirds or eighths, sometimes huge or tiny."""
    return rational(d(hypothesis.strategies.integers(0, RATIONALS - 1)))


def _moved_to_any(d: Draw, x: Any, numbers: tuple[Fraction, ...]) -> Any:
    return numbers[choose(d, len(numbers))[0]]


def rationals() -> Domain:
    """All of R, drawn as rationals up to 10^6 in size."""

    def bulk(rng: Rng, n: int, value: Any) -> Batch:
        return Batch(spread(rng, n, to_float(value)))

    return Domain(
        "R",
        draw_rational,
        lambda x: known(True, "a real number"),
        bulk=bulk,
        ends=lambda: (None, None),
        moved=_moved_to_any,
    )


def spread(rng: Rng, n: int, around: float) -> Any:
    """Half of the candidates over R on many scales, half around one value on many scales."""
    scale = 10.0 ** rng.uniform(-4, 3, size=n)
    noise = rng.standard_normal(n) * scale
    noise[: n // 2] += around
    return noise


def positive() -> Domain:
    """The positive reals, drawn from 2^-12 to 2^12, and often close to 1 and 2."""

    def draw(d: Draw) -> Fraction:
        i = d(hypothesis.strategies.integers(1, 136))
        if i <= 64:
            return Fraction(i, 16)
        if i <= 88:
            return Fraction(2) ** int(i - 76)
        sign = 1 if i % 2 else -1
        return Fraction(1 + i % 4 // 2) + Fraction(sign, 2 ** int(4 + (i - 88) // 4))

    def bulk(rng: Rng, n: int, value: Any) -> Batch:
        return Batch(2.0 ** rng.uniform(-12, 12, size=n))

    return Domain(
        "(0, infinity)",
        draw,
        lambda x: lt(0, x),
        bulk=bulk,
        nonnegative=True,
        ends=lambda: (Fraction(0), None),
        moved=lambda d, x, numbers: _moved(d, x, numbers, lambda n: n > 0),
    )


def nonzero() -> Domain:
    """R without 0."""
    line = rationals()

    def draw(d: Draw) -> Fraction:
        return draw_rational(d) or Fraction(1)

    return Domain(
        "R without 0",
        draw,
        lambda x: ne(x, 0),
        bulk=line.bulk,
        ends=line.ends,
        moved=lambda d, x, numbers: _moved(d, x, numbers, bool),
    )


def at_least(lo: Scalar) -> Domain:
    """[lo, infinity); lo itself is drawn often, where it is rational."""
    first = _rational(lo, 1)

    def draw(d: Draw) -> Fraction:
        i = d(hypothesis.strategies.integers(0, 79))
        far = Fraction((i - 16) ** 2, 64) if i <= 64 else Fraction(2 ** (i - 60 if i <= 76 else 8 * (i - 74)))
        return Fraction(first) if i < 16 else Fraction(first) + far

    def bulk(rng: Rng, n: int, value: Any) -> Batch:
        return Batch(to_float(lo) + 2.0 ** rng.uniform(-12, 4, size=n))

    known_sign = isinstance(lo, (int, Fraction)) and lo >= 0
    return Domain(
        f"[{lo}, infinity)",
        draw,
        lambda x: le(lo, x),
        bulk=bulk,
        nonnegative=known_sign,
        ends=lambda: (lo, None),
        moved=lambda d, x, numbers: _moved(d, x, numbers, lambda n: first <= n),
    )


def _whole(n: Any) -> int | None:
    """A whole number as an int: an int, or a rational of denominator 1 in whichever arithmetic."""
    if type(n) is int:
        return n
    if isinstance(n, Mp):
        whole = int(CONTEXT.nint(n.m))
        return whole if n == whole else None
    q = n if type(n) is Fraction else getattr(n, "q", None)
    return int(q) if q is not None and q.denominator == 1 else None


def _simpler_wholes(lo: int, hi: int, n: Any) -> Iterator[int]:
    """Whole numbers from lo to hi that are simpler than n: small ones, then powers of two and the neighbours of the ends."""
    near = [k for i in range(33) for k in (i, -i, lo + i)]
    far = [s * 2**k for k in range(6, max(abs(lo), abs(hi)).bit_length() + 1) for s in (1, -1)]
    yield from dict.fromkeys(k for k in (*near, *far, hi) if lo <= k <= hi and k != n)


def _moved_to_a_whole(belongs: Callable[[Fraction], bool]) -> Callable[[Draw, Any, tuple[Fraction, ...]], Any]:
    def moved(d: Draw, n: Any, numbers: tuple[Fraction, ...]) -> Any:
        return int(_moved(d, Fraction(n), numbers, lambda k: k.denominator == 1 and belongs(k)))

    return moved


def integers(lo: int, hi: int) -> Domain:
    """lo, lo + 1, ..., hi. Raises BadInput where there is none, unless lo or hi depends on other variables: then there is no instance."""
    if not (type(lo) is int and type(hi) is int):
        raise BadInput(f"integers({lo}, {hi}): its ends are whole numbers, such as n of Annotated[int, ...]")
    if lo > hi:
        raise NoElement(f"integers({lo}, {hi}): there is no whole number from {lo} to {hi}")
    return Domain(
        f"{{{lo}, ..., {hi}}}",
        lambda d: d(hypothesis.strategies.integers(lo, hi)),
        lambda n: known((k := _whole(n)) is not None and lo <= k <= hi, f"{n} is not one of {lo}, ..., {hi}"),
        simpler=lambda n: _simpler_wholes(lo, hi, int(n)),
        elements=tuple(range(lo, hi + 1)) if hi - lo < 1000 else None,
        moved=_moved_to_a_whole(lambda n: lo <= n <= hi),
    )


def naturals(lo: int, drawn: int) -> Domain:
    """lo, lo + 1, ... without end; those that are drawn go up to `drawn`. Raises BadInput where none is drawn."""
    if lo > drawn:
        raise NoElement(f"naturals({lo}, drawn={drawn}): no whole number from {lo} up to {drawn} can be drawn")
    return Domain(
        f"{{{lo}, {lo + 1}, ...}}",
        lambda d: d(hypothesis.strategies.integers(lo, drawn)),
        lambda n: known((k := _whole(n)) is not None and lo <= k, f"{n} is not one of {lo}, {lo + 1}, ..."),
        ends=lambda: (Fraction(lo), None),
        simpler=lambda n: _simpler_wholes(lo, int(n) - 1, int(n)),
        moved=_moved_to_a_whole(lambda n: lo <= n <= drawn),
    )
