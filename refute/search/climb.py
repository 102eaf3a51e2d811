"""A Hypothesis backend that climbs: it breeds examples from those with the highest `target` scores.

    @settings(backend="refute-climb")

Some examples are drawn afresh, uniformly. The others repeat the choices of a good earlier example with
a few moves: a step of random scale at one or two places; the last improving move once more, twice as
far; or all numbers at once along the difference of two good examples (differential evolution, which
takes its scales from how far the good examples lie apart). A child that scores at least as high takes
its parent's place. All randomness comes from Hypothesis's own generator, so `@seed` and `derandomize` fix the examples;
unlike the default backend's, they do not depend on which modules happen to be loaded.

Hypothesis itself shrinks what is found. A test without `target` gets uniform examples.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

from hypothesis.internal.conjecture.choice import choice_permitted
from hypothesis.internal.conjecture.providers import COLLECTION_DEFAULT_MAX_SIZE, PrimitiveProvider

NAME = "refute-climb"

# How many good examples are kept and bred from (for each label of `target`), and how often an example
# is fresh. Of the other examples: how often the last improving move is made again, twice as far; how
# often all numbers move along the difference of two others; how often a moved choice is drawn anew.
KEPT = 6
FRESH = 0.4
AGAIN = 0.5
DIFFERENCE = 0.5
ANEW = 0.2
# How often an integer is an end of its range, or the one that Hypothesis takes for the simplest.
PLAIN = 0.05

# Beyond this size numbers are not compared; where unbounded ones end, and the floats that are worth a try by themselves.
LARGEST = 2**1000
BITS = 64
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, math.inf, -math.inf, math.nan, 5e-324, 2.0**-1022, 1.7976931348623157e308)

# Strings and bytes beyond their least size: on average, and at most.
MEAN_SIZE = 6
MOST = 64

Choices = tuple[Any, ...]


@dataclass(eq=False)
class Kept:
    """A good example: its score, its choices, and the move that made it better than its parent."""

    score: float
    choices: Choices
    move: dict[int, float] = field(default_factory=dict)


#: What one run of a test has kept, for each label of `target`.
Run = dict[str, list[Kept]]

# The runs under way, each known by its generator of random numbers.
_RUNS: WeakKeyDictionary[Random, Run] = WeakKeyDictionary()


def register() -> None:
    """Make the backend known to Hypothesis by name; Hypothesis calls this when it is imported."""
    from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS

    AVAILABLE_PROVIDERS[NAME] = "refute.search.climb.Climbing"


class Climbing(PrimitiveProvider):
    """The choices of one example: those of a parent with a few moves, or fresh ones."""

    lifetime = "test_case"

    def __init__(self, conjecturedata: Any, /) -> None:
        super().__init__(conjecturedata)
        self.random: Random = conjecturedata._random or Random(0)
        self.run = _RUNS.setdefault(self.random, {})
        self.label, self.parent = "", Kept(-math.inf, ())
        # The places that change: by a given amount, or (None) as their kind of choice does.
        self.moves: dict[int, float | None] = {}
        self.drawn = 0
        if self.run and self.random.random() > FRESH:
            self._conceive()

    @contextmanager
    def per_test_case_context_manager(self) -> Iterator[None]:
        """Runs one example; one that ends in an exception (rejected, or failed) is not bred from."""
        yield
        data: Any = self._cd
        choices = tuple(data.choices)
        for label, score in data.target_observations.items():
            self._keep(label, score, choices)

    def _keep(self, label: str, score: float, choices: Choices) -> None:
        """A child takes the place of its parent, a fresh example that of the worst, if it is as good."""
        kept = self.run.setdefault(label, [])
        mine = Kept(score, choices)
        child = self.parent.choices and label == self.label
        if not child and len(kept) < KEPT:
            kept.append(mine)
            return
        rival = self.parent if child else min(kept, key=lambda k: k.score)
        if score < rival.score:
            rival.move = {}
        elif rival in kept:
            if child and score > rival.score:
                mine.move = _difference(choices, rival.choices)
            kept[kept.index(rival)] = mine

    def _conceive(self) -> None:
        r = self.random
        self.label = r.choice(list(self.run))
        kept = self.run[self.label]
        # The better of two: breeding favours what is good without giving up the rest.
        self.parent = max(r.choice(kept), r.choice(kept), key=lambda k: k.score)
        places = len(self.parent.choices)
        if not places:
            return
        if self.parent.move and r.random() < AGAIN:
            self.moves = {i: 2 * step for i, step in self.parent.move.items()}
        elif len(kept) > 2 and r.random() < DIFFERENCE:
            a, b = r.sample(kept, 2)
            scale = r.uniform(0.2, 1.2)
            self.moves = {i: scale * step for i, step in _difference(a.choices, b.choices).items() if r.random() < 0.7}
        if not self.moves:
            self.moves = {r.randrange(places): None}
            while r.random() < 0.5:
                self.moves[r.randrange(places)] = None

    def _inherited(self, kind: type) -> tuple[Any, bool, float | None]:
        """The parent's choice here (None without one of this kind), whether it moves, and by how much."""
        i, self.drawn = self.drawn, self.drawn + 1
        value = self.parent.choices[i] if i < len(self.parent.choices) else None
        return (value if type(value) is kind else None), i in self.moves, self.moves.get(i)

    def draw_boolean(self, p: float = 0.5) -> bool:
        value, move, _ = self._inherited(bool)
        if 0 < p < 1 and value is not None:
            return value is not move
        return self.random.random() < p

    def draw_integer(
        self,
        min_value: int | None = None,
        max_value: int | None = None,
        *,
        weights: dict[int, float] | None = None,
        shrink_towards: int = 0,
    ) -> int:
        lo, hi = _bounds(min_value, max_value, shrink_towards)
        value, move, step = self._inherited(int)
        r = self.random
        if value is not None and lo <= value <= hi:
            if not move:
                return int(value)
            if step is None and r.random() > ANEW:
                step = r.choice((-1, 1)) * 2.0 ** r.uniform(0, (hi - lo).bit_length() - 1)
            if step is not None:
                by = math.ceil(abs(step)) if r.random() < 0.5 else math.floor(abs(step)) or 1
                return min(max(int(value) + (by if step > 0 else -by), lo), hi)
        if weights is not None and r.random() < sum(weights.values()):
            return r.choices(list(weights), list(weights.values()))[0]
        near = min(max(shrink_towards, lo), hi)
        if r.random() < PLAIN:
            return r.choice((lo, near, hi))
        if min_value is None or max_value is None:
            return min(max(near + r.choice((-1, 1)) * int(2.0 ** r.uniform(0, BITS) - 1), lo), hi)
        return r.randint(lo, hi)

    def draw_float(
        self,
        *,
        min_value: float = -math.inf,
        max_value: float = math.inf,
        allow_nan: bool = True,
        smallest_nonzero_magnitude: float,
    ) -> float:
        rules: Any = {
            "min_value": min_value,
            "max_value": max_value,
            "allow_nan": allow_nan,
            "smallest_nonzero_magnitude": smallest_nonzero_magnitude,
        }
        value, move, step = self._inherited(float)
        if value is not None and not move and choice_permitted(value, rules):
            return float(value)
        x: float
        for attempt in range(16):
            stepped = value is not None and step is not None and not attempt
            x = value + step if stepped else self._float(value if move else None, min_value, max_value)
            if choice_permitted(x, rules):
                return x
        ends = (min_value, max_value, 0.0)
        return next(x for x in ends if choice_permitted(x, rules))

    def _float(self, near: float | None, lo: float, hi: float) -> float:
        r = self.random
        if near is not None and math.isfinite(near) and r.random() > ANEW:
            return near + r.gauss(0, 1) * math.pow(10, r.uniform(-12, 1)) * (abs(near) or 1.0)
        if r.random() < 0.2:
            return r.choice((*SPECIAL, lo, hi))
        if math.isfinite(hi - lo):
            return r.uniform(lo, hi)
        return r.choice((-1, 1)) * math.pow(2, r.uniform(-40, 40))

    def draw_string(self, intervals: Any, *, min_size: int = 0, max_size: int = COLLECTION_DEFAULT_MAX_SIZE) -> str:
        value, move, _ = self._inherited(str)
        rules: Any = {"intervals": intervals, "min_size": min_size, "max_size": max_size}
        if value is not None and not move and choice_permitted(value, rules):
            return str(value)
        if not len(intervals):
            return ""
        n = self._size(min_size, max_size)
        return "".join(chr(intervals[self.random.randrange(len(intervals))]) for _ in range(n))

    def draw_bytes(self, min_size: int = 0, max_size: int = COLLECTION_DEFAULT_MAX_SIZE) -> bytes:
        value, move, _ = self._inherited(bytes)
        if value is not None and not move and min_size <= len(value) <= max_size:
            return bytes(value)
        return self.random.randbytes(self._size(min_size, max_size))

    def _size(self, lo: int, hi: int) -> int:
        return min(lo + int(min(self.random.expovariate(1 / MEAN_SIZE), MOST)), hi)


def _difference(a: Choices, b: Choices) -> dict[int, float]:
    """Where two examples chose different numbers of one kind, and by how much a is larger."""
    found = {}
    for i, (x, y) in enumerate(zip(a, b, strict=False)):
        if type(x) is type(y) and type(x) in (int, float) and x != y:
            step = float(x - y) if abs(x) < LARGEST and abs(y) < LARGEST else math.nan
            if math.isfinite(step):
                found[i] = step
    return found


def _bounds(lo: int | None, hi: int | None, towards: int) -> tuple[int, int]:
    """Finite bounds for an integer: those given, or 2^BITS away from the other one or from `towards`."""
    far = 2**BITS
    if lo is not None:
        return lo, lo + far if hi is None else hi
    if hi is not None:
        return hi - far, hi
    return towards - far, towards + far
