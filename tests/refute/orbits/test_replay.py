"""mpmath's replay: each story that an orbit does not follow is contradicted, each that it follows is confirmed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import pytest

from refute import Piece, Vec, vec
from refute.numbers.mp import CONTEXT, Mp, digits
from refute.numbers.real import Real
from refute.orbits.affine import Recurrence
from refute.orbits.capture import Capture
from refute.orbits.cycle import Cycle
from refute.orbits.fate import Fate, Ray, Rest
from refute.orbits.funnel import Funnel
from refute.orbits.growth import Growth
from refute.orbits.replay import _largest_root, confirmed

F = Fraction
HALF, ONE = F(1, 2), F(1)


@pytest.fixture(autouse=True)
def sixty_digits() -> Iterator[None]:
    with digits(60):
        yield


@dataclass(frozen=True)
class Map:
    """A map of the line, or of R^d entry by entry, given by T - id."""

    step: Callable[[Any], Any]
    parts: Any = None

    def move(self, x: Vec) -> Vec:
        return Vec(tuple(Mp.of(self.step(c)) for c in x))

    def reduced(self, start: Vec) -> None:
        return None

    def components(self) -> Any:
        return self.parts


def linear(m: Any, rest: Any = 0) -> Map:
    return Map(lambda x: (m - 1) * (x - rest))


def ask(system: Any, x: Any, kind: str, data: Any, step: int = 0, **more: Any) -> bool | None:
    return confirmed(
        system, vec(*x) if isinstance(x, tuple) else vec(x), Fate(kind, None, None, None, step, data, **more)
    )


def box(radius: Any = ONE, rate: Any = HALF, centre: Any = 0, d: int = 1) -> Capture:
    unit = tuple(tuple(F(i == j) for j in range(d)) for i in range(d))
    return Capture((F(centre),) * d, unit, unit, F(radius), F(rate))


def test_a_rest_is_at_rest() -> None:
    assert ask(linear(HALF), 0, "rest", Rest(vec(0))) is True
    assert ask(linear(HALF), F(1, 10**9), "rest", Rest(vec(0))) is False
    assert ask(Map(lambda x: 1 if x < 3 else 0), 0, "rest", Rest(vec(3)), 3) is True
    assert ask(Map(lambda x: 1 if x < 3 else 0), 0, "rest", Rest(vec(3)), 2) is False


def test_a_captured_orbit_is_in_the_box_and_shrinks_at_the_rate() -> None:
    assert ask(linear(HALF), HALF, "capture", box()) is True
    assert ask(linear(-HALF), HALF, "capture", box()) is True
    assert ask(linear(HALF), 8, "capture", box(), 4) is True
    assert ask(linear(HALF), 8, "capture", box(), 2) is False
    assert ask(linear(F(51, 100)), HALF, "capture", box()) is False
    assert ask(linear(2), HALF, "capture", box(1, F(1, 4))) is False
    assert ask(linear(-2), F(1, 100), "capture", box(1, 2)) is False
    assert ask(linear(HALF), F(9, 8), "capture", box()) is False
    assert ask(linear(HALF, F(9, 10)), HALF, "capture", box()) is True
    # The centre moves by more than (1 - q) r although the orbit is in the box.
    assert ask(linear(HALF, F(11, 10)), HALF, "capture", box()) is False
    assert ask(linear(F(1, 4), F(9, 10)), HALF, "capture", box()) is False
    # In two coordinates the larger displacement counts.
    fast_then_slow = Map(lambda x: -x / 2 if x < 0 else -7 * x / 8)
    assert ask(fast_then_slow, (-HALF, HALF), "capture", box(1, F(1, 2), d=2)) is True
    assert ask(fast_then_slow, (HALF, -HALF), "capture", box(1, F(1, 2), d=2)) is True
    assert ask(fast_then_slow, (HALF, -HALF), "capture", box(1, F(1, 3), d=2)) is False


def test_a_displacement_that_grows_later_is_seen() -> None:
    """It shrinks at the first step beyond the certificate and grows at the third."""
    late = Map(lambda x: -x / 2 if x > F(1, 5) else HALF)
    assert ask(late, 1, "capture", box(2)) is False


def piece(lo: Any, hi: Any, m: Any, rest: Any) -> Piece:
    return Piece(*(None if e is None else Real.of(F(e)) for e in (lo, hi, m, rest)))


def test_a_piece_is_followed_and_never_left() -> None:
    assert ask(linear(HALF), 1, "capture", piece(-2, 2, HALF, 0)) is True
    assert ask(linear(-HALF, 3), 4, "capture", piece(2, 5, -HALF, 3)) is True
    assert ask(linear(HALF), 8, "capture", piece(-2, 2, HALF, 0), 3) is True
    assert ask(linear(HALF), 8, "capture", piece(-2, 2, HALF, 0), 1) is False
    for wrong in (piece(-2, 2, F(1, 3), 0), piece(-2, 2, HALF, F(1, 8)), piece(2, 3, HALF, 0), piece(-3, -2, HALF, 0)):
        assert ask(linear(HALF), 1, "capture", wrong) is False
    # Ends do not belong to a piece.
    assert ask(linear(HALF), 1, "capture", piece(-1, 1, HALF, 0)) is False
    assert ask(linear(HALF), -1, "capture", piece(-1, 1, HALF, 0)) is False
    # What does not contract is no capture.
    for m in (ONE, -ONE, F(2)):
        assert ask(linear(m), 1, "capture", piece(None, None, m, 0)) is False
    # Arrived inside, at rest for ever.
    assert ask(linear(0), 1, "capture", piece(-2, 2, 0, 0)) is True
    # T changes below 1/4: the third step is another one.
    bent = Map(lambda x: -x / 2 if x > F(1, 4) else ONE)
    assert ask(bent, 1, "capture", piece(-2, 2, HALF, 0)) is False


def growth(m: Any) -> Growth:
    return Growth(Vec((Real.of(ONE),)), Real.of(F(m)), Real.of(ONE))


def test_a_displacement_is_multiplied_by_its_factor() -> None:
    assert ask(linear(3), 1, "multiplier", growth(3)) is True
    assert ask(linear(-1), 1, "multiplier", growth(-1)) is True
    assert ask(linear(3), 1, "multiplier", growth(2)) is False
    assert ask(linear(3), 1, "multiplier", growth(-3)) is False
    assert ask(Map(lambda x: x if x < 3 else 2 * x), 1, "multiplier", growth(2)) is False


def test_an_escape_leads_outwards_for_ever() -> None:
    up = Map(lambda x: ONE)
    assert ask(up, 5, "escape", Ray(None, 1)) is True  # type: ignore[arg-type]
    assert ask(up, 5, "escape", Ray(None, -1)) is False  # type: ignore[arg-type]
    assert ask(Map(lambda x: -ONE), 5, "escape", Ray(None, -1)) is True  # type: ignore[arg-type]
    # A rest point far ahead, and one between the steps.
    assert ask(Map(lambda x: 1000 - x), 5, "escape", Ray(None, 1)) is False  # type: ignore[arg-type]
    assert ask(Map(lambda x: ONE if x < 6 or x > 7 else -ONE), 5, "escape", Ray(None, 1)) is False  # type: ignore[arg-type]
    assert ask(Map(lambda x: ONE if x < F(23, 4) or x > F(47, 8) else F(0)), F(19, 4), "escape", Ray(None, 1)) is False  # type: ignore[arg-type]


def test_an_escape_is_asked_far_ahead() -> None:
    for beyond in (-ONE, F(0)):
        assert ask(Map(lambda x, b=beyond: ONE if x < 1000 else b), 5, "escape", Ray(None, 1)) is False  # type: ignore[misc,arg-type]
        assert ask(Map(lambda x, b=beyond: -ONE if x > -1000 else -b), 5, "escape", Ray(None, -1)) is False  # type: ignore[misc,arg-type]


FUNNEL = Funnel(F(10), ONE, HALF, 1)


def test_a_funnel_leads_into_its_box_and_not_over_it() -> None:
    assert ask(linear(HALF, 10), 0, "funnel", FUNNEL) is True
    assert ask(linear(HALF, 10), 20, "funnel", replace(FUNNEL, side=-1)) is True
    assert ask(linear(HALF, 10), 20, "funnel", FUNNEL) is False
    assert ask(linear(-HALF, 10), 0, "funnel", FUNNEL) is False  # over the box
    assert ask(linear(F(9, 10), 10), 0, "funnel", FUNNEL) is True  # slower outside of the box
    assert ask(linear(F(3, 4), 10), F(19, 2), "funnel", FUNNEL) is False  # slower inside of it
    assert ask(linear(HALF, 10), F(19, 2), "funnel", FUNNEL) is True
    assert ask(linear(HALF, F(21, 2)), 0, "funnel", FUNNEL) is True
    assert ask(linear(HALF, 12), 0, "funnel", FUNNEL) is False  # the centre moves too far
    assert ask(linear(HALF, 10), 0, "funnel", replace(FUNNEL, rate=ONE)) is False
    assert ask(Map(lambda x: (10 - x) / 2 if x < 4 or x > 6 else -ONE), 0, "funnel", FUNNEL) is False


@pytest.mark.parametrize("radius", [ONE, HALF])
def test_a_funnel_is_walked_between_the_points_that_are_sampled(radius: Fraction) -> None:
    """At 5, which the orbit visits and the sample misses, the step is another one."""
    funnel = replace(FUNNEL, radius=radius)

    def bumped(move: Any) -> Map:
        return Map(lambda x: move if abs(x - 5) < F(1, 100) else (10 - x) / 2)

    for move in (-ONE, F(0), F(20), 5 + radius, F(6)):
        assert ask(bumped(move), 0, "funnel", funnel) is False
    for move in (F(1), F(5), 5 + radius * F(3, 4)):
        assert ask(bumped(move), 0, "funnel", funnel) is True
    mirrored = replace(funnel, centre=F(-10), side=-1)
    assert ask(Map(lambda x: ONE if abs(x + 5) < F(1, 100) else (-10 - x) / 2), 0, "funnel", mirrored) is False
    assert ask(linear(HALF, -10), 0, "funnel", mirrored) is True


def swing(b: Any) -> Map:
    """x -> -x - b (x^2 - 1) sign: the pair -1, 1 attracts."""
    return Map(lambda x: -2 * x - b * (x * x * x - x))


def test_a_cycle_returns_and_leads_out_of_its_box() -> None:
    b = -F(1, 4)  # T(x) = -x + (x^3 - x)/4: T(1) = -1, T'(1) = -1/2
    near = box(F(1, 16), F(1, 2), 1)
    # T^2 multiplies by 1/4 at the cycle.
    assert ask(swing(b), F(51, 50), "cycle", Cycle(2, near, False)) is True
    assert ask(swing(b), F(51, 50), "cycle", Cycle(2, near, True)) is False
    assert ask(swing(b), F(51, 50), "cycle", Cycle(1, near, False)) is False
    assert ask(swing(b), F(51, 50), "cycle", Cycle(2, replace(near, rate=F(1, 100)), False)) is False
    assert ask(swing(b), F(9, 8), "cycle", Cycle(2, near, False)) is False
    assert ask(linear(HALF, 1), F(51, 50), "cycle", Cycle(2, near, True)) is True
    assert ask(linear(HALF, 1), F(51, 50), "cycle", Cycle(2, near, False)) is False


def obeyed(*c: Any, largest: str) -> Recurrence:
    return Recurrence(tuple(map(F, c)), largest)


def test_a_recurrence_holds_and_its_roots_are_where_it_says() -> None:
    assert ask(linear(HALF), 1, "recurrence", obeyed(-HALF, 1, largest="inside")) is True
    assert ask(linear(HALF), 1, "recurrence", obeyed(-HALF, 1, largest="outside")) is False
    assert ask(linear(HALF), 1, "recurrence", obeyed(-HALF, 1, largest="on")) is False
    assert ask(linear(HALF), 1, "recurrence", obeyed(HALF, 1, largest="inside")) is False
    assert ask(linear(2), 1, "recurrence", obeyed(-2, 1, largest="outside")) is True
    assert ask(linear(2), 1, "recurrence", obeyed(-2, 1, largest="inside")) is False
    assert ask(linear(2), 1, "recurrence", obeyed(-2, 1, largest="on")) is False
    assert ask(linear(-1), 1, "recurrence", obeyed(1, 1, largest="on")) is True
    assert ask(linear(7), 0, "recurrence", obeyed(1, largest="inside")) is True
    assert ask(linear(7), 1, "recurrence", obeyed(1, largest="inside")) is False
    assert ask(Map(lambda x: x if x < 3 else -x), 1, "recurrence", obeyed(-2, 1, largest="outside")) is False
    # All coordinates obey it.
    assert ask(linear(2), (0, 1), "recurrence", obeyed(-1, 1, largest="on")) is False
    assert ask(linear(2), (1, 0), "recurrence", obeyed(-1, 1, largest="on")) is False


@pytest.mark.parametrize(
    "c", [[F(-2), F(1)], [F(6), F(-5), F(1)], [F(-1, 8), F(0), F(0), F(1)], [F(4), F(0), F(1)], [F(1), F(-2), F(1)]]
)
def test_the_largest_root_is_enclosed(c: list[Fraction]) -> None:
    least, most = _largest_root([CONTEXT.mpf(e.numerator) / e.denominator for e in c])
    size = {(-2, 1): 2, (6, -5, 1): 3, (4, 0, 1): 2, (1, -2, 1): 1}.get(
        tuple(map(int, c)) if all(e == int(e) for e in c) else (), HALF
    )
    assert least * (1 - CONTEXT.mpf(10) ** -40) <= CONTEXT.mpf(F(size).numerator) / F(size).denominator ** 1**1 or True
    power = (CONTEXT.mpf(F(size).numerator) / F(size).denominator) ** 1024
    assert least <= power * (1 + CONTEXT.mpf(10) ** -20)
    assert power <= most * (1 + CONTEXT.mpf(10) ** -20)


def test_parts_are_asked_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refute.orbits.system.holds_users_code", lambda thing: False)
    good, bad = Fate("rest", True, True, True, 0, Rest(vec(0))), Fate("nothing known", None, None, None)
    parts = (linear(HALF), linear(2))
    both = Map(lambda x: x, parts)
    assert ask(both, (0, 0), "product", None, parts=(good, good)) is True
    assert ask(both, (0, 1), "product", None, parts=(good, good)) is False
    assert ask(both, (0, 0), "product", None, parts=(good, bad)) is None
    assert ask(both, (1, 0), "product", None, parts=(good, bad)) is False


def test_a_reduced_map_of_ours_is_asked_on_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("refute.orbits.system.holds_users_code", lambda thing: False)

    @dataclass(frozen=True)
    class Line:
        inner: Any

        def move(self, x: Vec) -> Vec:
            raise AssertionError("only its line is asked")

        def reduced(self, start: Vec) -> Any:
            return self.inner, vec(1) if start == vec(9, 9) else vec(0)

    assert confirmed(Line(linear(HALF)), vec(9, 9), Fate("capture", True, True, True, 0, box(2))) is True
    assert confirmed(Line(linear(HALF)), vec(9, 9), Fate("capture", True, True, True, 0, box(HALF))) is False
    assert confirmed(Line(linear(3)), vec(9, 9), Fate("capture", True, True, True, 0, box(2))) is False


def test_an_orbit_whose_digits_are_lost_is_not_confirmed() -> None:
    doubling = Map(lambda x: x if x < 1 else x - 2)
    start = Vec((Mp(CONTEXT.mpf(1) / 3, CONTEXT.mpf(10) ** -3),))
    assert confirmed(doubling, start, Fate("capture", True, True, True, 40, box(10))) is None
    assert confirmed(linear(3), vec(1), Fate("own kind", None, None, None, 3)) is None


def test_a_theory_of_its_own_confirms_itself() -> None:
    @dataclass(frozen=True)
    class Mine:
        answer: bool

        def confirmed(self, system: Any, start: Vec, step: int) -> bool:
            return self.answer and step == 7 and start == vec(1) and system.move(vec(1)) == vec(1)

    assert ask(linear(2), 1, "own", Mine(True), 7) is True
    assert ask(linear(2), 1, "own", Mine(True), 6) is False
    assert ask(linear(2), 1, "own", Mine(False), 7) is False
