"""All orbits of a given period of a map in a box, by branch and prune with Krawczyk's test in balls.

A box holds no periodic point where T^p(x) - x excludes 0 over it, holds exactly one where Krawczyk's operator maps it
into its interior, and is halved otherwise. Where the rest points of T form a curve no such test can succeed on it: there the
system offers `factor(box)`, balls around m with u(Tx) = m(x) u(x) for a residual u that vanishes at rest points only; if the
product of m along p steps excludes 1, every p-periodic point of the box is at rest. Each orbit is then enclosed to
many digits by Newton's method, and the eigenvalues of (T^p)' there decide its kind.

The search covers a hull of the box in balls, which is a little wider. Whether an orbit meets the box itself is decided afterwards,
on the exact ends: by its enclosures, or, where one touches an end, by the simplest rational point in it, if that is periodic,
exactly. An orbit that is neither seen to meet the box nor to miss it makes the answer None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import log10, prod
from typing import Any, Literal, Protocol

from flint import acb, acb_mat, arb, arb_mat

from refute.errors import BadInput, NotExact, Undecided
from refute.numbers.ball import Ball, precision
from refute.numbers.lifting import lift
from refute.numbers.polynomials import polynomials
from refute.numbers.real import as_fraction, simplest_between
from refute.numbers.reflected import refuse_answer
from refute.numbers.vector import Matrix, Vec, times
from refute.orbits.conditions import between
from refute.orbits.cycle import image, matrix_product
from refute.orbits.system import itself
from refute.statements.consistency import holds_users_code

Kind = Literal["attracting", "repelling", "saddle", "undecided"]
Box = tuple[tuple[Fraction, Fraction], ...]
#: A symmetry of T: the sign of each coordinate.
Signs = tuple[int, ...]
BITS, FINE, SMALLEST = 53, 256, 1e-9


class Factored(Protocol):
    """A system with an exact factor for its rest points."""

    def move(self, x: Vec) -> Vec:
        """T(x) - x."""

    def derivative(self, box: Vec) -> Matrix | None:
        """Balls around the entries of T'; None where it may jump."""

    def factor(self, box: Vec) -> Any:
        """A ball around m, where u(Tx) = m(x) u(x) and u(x) = 0 only where T(x) = x; None where there is none."""


@dataclass(frozen=True, eq=False)
class Multiplier:
    """An eigenvalue of the derivative of T^p along an orbit, enclosed: `abs(m)`, `m.real` and `m.imag` are balls, which claims compare. Raises Undecided for m == z
    where the enclosure holds z."""

    enclosure: Any

    def __abs__(self) -> Ball:
        return Ball(abs(self.enclosure))

    @property
    def real(self) -> Ball:
        """The real part."""
        return Ball(self.enclosure.real)

    @property
    def imag(self) -> Ball:
        """The imaginary part."""
        return Ball(self.enclosure.imag)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        z = other.enclosure if isinstance(other, Multiplier) else acb(Ball.of(other).a)
        if self.enclosure.overlaps(z):
            raise Undecided("whether a multiplier, which is known to many digits, is another number")
        return False

    __hash__ = None  # type: ignore[assignment]

    def __bool__(self) -> bool:
        refuse_answer("a multiplier is neither true nor false: compare abs(m), m.real or m.imag with a number")
        return True


@dataclass(frozen=True, eq=False)
class Orbit:
    """One periodic orbit: its points, enclosed, and the eigenvalues of (T^p)' (complex balls)."""

    points: tuple[Vec, ...]
    multipliers: tuple[Multiplier, ...]

    def __eq__(self, other: object) -> bool:
        if self is not other:
            refuse_answer("orbits are enclosed, and whether two are the same is a question about their points")
        return self is other

    def __hash__(self) -> int:
        refuse_answer("orbits are enclosed, and no set tells two of them apart: count them, len(orbits)")
        return object.__hash__(self)

    @property
    def period(self) -> int:
        """The least period."""
        return len(self.points)

    @property
    def kind(self) -> Kind:
        """By the sizes of the multipliers."""
        sizes = [abs(m.enclosure) for m in self.multipliers]
        inside, outside = sum(bool(s < 1) for s in sizes), sum(bool(s > 1) for s in sizes)
        if inside + outside < len(sizes):
            return "undecided"
        return "attracting" if not outside else "repelling" if not inside else "saddle"

    def digits(self) -> int:
        """How many digits of every coordinate are certain."""
        return int(-log10(max(float(c.a.rad()) for x in self.points for c in x) or 1e-300))


@dataclass(frozen=True, eq=False)
class _Zero:
    """A box with exactly one p-periodic point, and the point enclosed."""

    box: Vec
    point: Vec


def periodic_orbits(
    system: Factored, period: int, box: Box, symmetries: tuple[Signs, ...] = ()
) -> tuple[Orbit, ...] | None:
    """All orbits of least period `period` of the system of rational data that have a point in the box or in one of its images
    under the symmetries; None where some part of the box stays open. Raises BadInput for data that are not rational."""
    if not isinstance(period, int) or period < 2:
        raise BadInput(f"orbits are enumerated for periods of at least 2, whole numbers; this one is {period!r}")
    if not isinstance(box, (tuple, list)) or not box or not all(_is_interval(s) for s in box):
        raise BadInput(
            f"a box is a tuple of intervals (lo, hi), one for each coordinate, such as ((-1, 1),); this one is {box!r}"
        )
    try:
        exact, sides = lift(system, as_fraction), tuple((as_fraction(a), as_fraction(b)) for a, b in box)
    except NotExact as why:
        raise BadInput(f"orbits are enumerated for maps and boxes of rational data: {why}") from None
    # Equal data make equal maps for the bundled classes alone: others may hide a part of their data from ==, or read what changes.
    stranger = holds_users_code(itself(system))
    return (_enumerated.__wrapped__ if stranger else _enumerated)(exact, period, sides, symmetries)


def _is_interval(side: Any) -> bool:
    return isinstance(side, (tuple, list)) and len(side) == 2 and not any(isinstance(end, str) for end in side)


@lru_cache(64)
def _enumerated(system: Factored, period: int, box: Box, symmetries: tuple[Signs, ...]) -> tuple[Orbit, ...] | None:
    if any(a >= b for a, b in box):
        raise BadInput("orbits are enumerated in a box of intervals (lo, hi), lo < hi")
    _check_symmetries(system, len(box), symmetries)
    with precision(BITS):
        boxes = _isolated(lift(system, Ball.of), period, Vec(tuple(Ball.hull(a, b) for a, b in box)))
    if boxes is None:
        return None
    with precision(FINE):
        fine = lift(system, Ball.of)
        zeros: list[_Zero] = []
        for b in boxes:
            point = _refined(fine, period, b)
            if point is None:
                return None
            for signs in ((1,) * len(box), *symmetries):
                image_point = Vec(tuple(s * c for s, c in zip(signs, point, strict=True)))
                found = _Zero(Vec(tuple(s * c for s, c in zip(signs, b, strict=True))), image_point)
                known = _named(image_point, zeros)
                if known is None and any(_touch(image_point, z.point) for z in zeros):
                    return None  # the same point or another one: too close to tell
                if known is None:
                    zeros.append(found)
        orbits = _grouped(fine, period, zeros)
        return None if orbits is None else _meeting(system, orbits, box, symmetries)


def _touch(x: Vec, y: Vec) -> bool:
    return all(a.a.overlaps(b.a) for a, b in zip(x, y, strict=True))


def _meeting(
    system: Factored, orbits: Sequence[Orbit], box: Box, symmetries: tuple[Signs, ...]
) -> tuple[Orbit, ...] | None:
    """The orbits with a point in the box or in one of its images, on exact ends; None where that is open for one."""
    images = [
        box,
        *(tuple(_image_of_side(s, side) for s, side in zip(signs, box, strict=True)) for signs in symmetries),
    ]
    kept = []
    for o in orbits:
        answers = [_inside(system, o.period, x, b) for x in o.points for b in images]
        if True in answers:
            kept.append(o)
        elif None in answers:
            return None
    return tuple(kept)


def _image_of_side(sign: int, side: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    return side if sign > 0 else (-side[1], -side[0])


def _inside(system: Factored, period: int, x: Vec, box: Box) -> bool | None:
    """Whether the one periodic point that a box of balls holds lies in the closed box with these ends."""
    answer = between(x, box)
    if answer is None:
        exact = _rational_point(system, period, x)
        return None if exact is None else between(exact, box)
    return answer


def _rational_point(system: Factored, period: int, x: Vec) -> Vec | None:
    """The point itself, where it is rational and simple: the simplest rationals in its enclosure, if they are p-periodic."""
    try:
        start = Vec(tuple(_simplest(c.a) for c in x))
        y = start
        for _ in range(period):
            y = y + Vec(tuple(system.move(y)))
        returned = all(a == b for a, b in zip(y, start, strict=True))
    except (TypeError, ArithmeticError, ValueError):
        return None  # a map that rationals do not suit
    return start if returned else None


def _simplest(c: arb) -> Fraction:
    """The rational of least denominator in a ball."""
    ends = (end.mid().fmpq() for end in (c.lower(), c.upper()))
    return simplest_between(*(Fraction(int(q.p), int(q.q)) for q in ends))


def _check_symmetries(system: Factored, d: int, symmetries: tuple[Signs, ...]) -> None:
    """Raise BadInput where T does not commute with one of them, which its coefficients decide: what a map that is no polynomial does everywhere
    is not known from points."""
    if not symmetries:
        return
    formulas = polynomials(system.move, d)
    if formulas is None:
        raise BadInput(
            "a symmetry is believed of maps that are polynomials: leave it out, and take a box that holds the images, too"
        )
    for signs in symmetries:
        same = all(
            c == 0 or s == prod(t**n for t, n in zip(signs, powers, strict=True))
            for s, p in zip(signs, formulas, strict=True)
            for powers, c in p.items()
        )
        if not same:
            raise BadInput(f"the map does not commute with the symmetry {signs}")


def _isolated(system: Factored, period: int, box: Vec) -> list[Vec] | None:
    """Boxes that hold one p-periodic point each, and all of them but for rest points."""
    found, stack = [], [box]
    while stack:
        b = stack.pop()
        held = _tested(system, period, b)
        if held == "one":
            found.append(b)
        elif held == "open":
            widths = [float(c.a.rad()) for c in b]
            i = widths.index(max(widths))
            if widths[i] < SMALLEST:
                return None
            stack += _halves(b, i)
    return found


def _halves(b: Vec, i: int) -> list[Vec]:
    # Not in the middle: orbits of symmetric maps like to sit there.
    c, r = b[i].a.mid(), b[i].a.rad()
    cut = c + r * arb(-0.0126)
    return [Vec((*b.entries[:i], Ball(part), *b.entries[i + 1 :])) for part in ((c - r).union(cut), cut.union(c + r))]


@dataclass(frozen=True, eq=False)
class _Along:
    """What p steps make of a box: its images, the derivative of T^p, T^p at the middle, the product of the factors."""

    images: Vec
    product: Matrix
    middle: Vec
    ahead: Vec
    factor: Ball | None


def _along(system: Factored, period: int, b: Vec) -> _Along | None:
    middle = Vec(tuple(Ball(c.a.mid()) for c in b))
    images, ahead = b, middle
    product: Matrix | None = None
    factor: Ball | None = Ball.of(1)
    for _ in range(period):
        slopes = system.derivative(images)
        if slopes is None:
            return None  # the map may jump there
        product = slopes if product is None else matrix_product(slopes, product)
        m = system.factor(images) if hasattr(system, "factor") else None  # few maps know one
        factor = None if m is None or factor is None else factor * m
        images = image(system, images, slopes)
        ahead = ahead + Vec(tuple(system.move(ahead)))
    assert product is not None
    return _Along(images, product, middle, ahead, factor)


def _tested(system: Factored, period: int, b: Vec) -> Literal["none", "one", "open"]:
    at = _along(system, period, b)
    if at is None:
        return "open"
    spread = at.ahead + times(at.product, b - at.middle)
    if any(not (e.a - c.a).contains(0) for v in (spread, at.images) for e, c in zip(v, b, strict=True)):
        return "none"
    if at.factor is not None and not at.factor.a.contains(1):
        return "none"
    newton = _krawczyk(at, b)
    if newton is None:
        return "open"
    if any(not k.a.overlaps(c.a) for k, c in zip(newton, b, strict=True)):
        return "none"
    return "one" if all(c.a.contains_interior(k.a) for k, c in zip(newton, b, strict=True)) else "open"


def _krawczyk(at: _Along, b: Vec) -> Vec | None:
    """m - Y F(m) + (I - Y F'(b))(b - m) for F = T^p - id, with Y an approximate inverse of F'(m)."""
    n, middle = len(b), at.middle
    slopes = [[at.product[i][j].a - int(i == j) for j in range(n)] for i in range(n)]
    if not all(e.is_finite() for row in slopes for e in row):
        return None
    try:
        y = arb_mat([[e.mid() for e in row] for row in slopes]).inv()
    except ZeroDivisionError:
        return None
    y = arb_mat(n, n, [e.mid() for e in y.entries()])
    rest = arb_mat(n, n, [int(i == j) for i in range(n) for j in range(n)]) - y * arb_mat(slopes)
    shift = y * arb_mat(n, 1, [c.a for c in at.ahead - middle])
    spread = rest * arb_mat(n, 1, [(c - m).a for c, m in zip(b, middle, strict=True)])
    return Vec(tuple(Ball(middle[i].a - shift[i, 0] + spread[i, 0]) for i in range(n)))


def _refined(system: Factored, period: int, b: Vec) -> Vec | None:
    """The periodic point of the box, by Krawczyk's operator again and again."""
    for _ in range(64):
        at = _along(system, period, b)
        newton = None if at is None else _krawczyk(at, b)
        if newton is None:
            return None
        smaller = [c.a.intersection(k.a) for c, k in zip(b, newton, strict=True)]
        done = all(float(s.rad()) >= 0.95 * float(c.a.rad()) for s, c in zip(smaller, b, strict=True))
        b = Vec(tuple(Ball(s) for s in smaller))
        if done:
            break
    return b


def _named(x: Vec, zeros: Sequence[_Zero]) -> int | None:
    """The zero whose box holds x."""
    for i, z in enumerate(zeros):
        if all(c.a.contains(e.a) for c, e in zip(z.box, x, strict=True)):
            return i
    return None


def _grouped(system: Factored, period: int, zeros: Sequence[_Zero]) -> tuple[Orbit, ...] | None:
    """The orbits of the zeros, also where they leave the box; those of a smaller period are left out. None where two
    points are too close to tell apart."""
    left, orbits = set(range(len(zeros))), []
    while left:
        first = min(left)
        left.discard(first)
        x = zeros[first].point
        points = [x]
        for _ in range(period - 1):
            x = x + Vec(tuple(system.move(x)))
            at = _named(x, zeros)
            if at == first:
                break
            if at is None and any(_touch(x, z.point) for z in zeros):
                return None
            if at is not None:
                left.discard(at)
                x = zeros[at].point
            points.append(x)
        else:
            multipliers = _multipliers(system, points)
            if multipliers is None:
                return None
            orbits.append(Orbit(tuple(points), multipliers))
    return tuple(orbits)


def _multipliers(system: Factored, points: Sequence[Vec]) -> tuple[Multiplier, ...] | None:
    product: Matrix | None = None
    for x in points:
        slopes = system.derivative(x)
        if slopes is None:
            return None
        product = slopes if product is None else matrix_product(slopes, product)
    assert product is not None
    matrix = acb_mat(arb_mat([[e.a for e in row] for row in product]))
    return tuple(map(Multiplier, matrix.eig(multiple=True)))
