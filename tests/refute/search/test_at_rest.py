"""An orbit that never moves is the last resort of a search: no author would accept it where another start refutes."""

from fractions import Fraction
from typing import Annotated

import pytest

from objectives import GD, square
from refute import Claim, Theorem, Vec, at_least, does_not_converge, points, unbounded, vec
from refute.running.check import known_theorems
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.search.shrink import presentable
from refute.sources.files import bundled

Step = Annotated[Fraction, at_least(Fraction(3))]
Start = Annotated[Vec, points(1)]


def from_every_start(h: Step, x: Start) -> Claim:
    r"""On $x^2/2$ with $h \\ge 3$ no orbit stays bounded."""
    return unbounded(GD(square(1), h), x)


def one_lands(x: Start) -> Claim:
    r"""On $x^2/2$ with $h = 1$ no orbit converges."""
    return does_not_converge(GD(square(1), Fraction(1)), x)


def test_what_falls_only_at_rest_falls_there() -> None:
    t = Theorem(from_every_start, source="s", label="from-every-start")
    tally = search(t.itself, Budget(100, 0, None, 1))
    assert tally.counterexample is not None
    assert presentable(t.itself, tally)["x"] == vec(0)


@pytest.mark.parametrize("seed", range(5))
def test_a_start_that_moves_is_preferred_and_stays_one(seed: int) -> None:
    t = Theorem(one_lands, source="s", label="one-lands")
    found = presentable(t.itself, search(t.itself, Budget(100, 0, None, seed)))
    assert found["x"] != vec(0)


def test_no_record_is_refuted_at_rest() -> None:
    stored = [t for _, t in known_theorems([bundled()]) if t.refuted_at is not None]
    at_rest = [t.id for t in stored if t.itself.check(t.refuted_at or {}).conclusion.still]
    assert at_rest == ["tao-wang-2022/parabola-regimes:any-start"]  # it falls there alone
