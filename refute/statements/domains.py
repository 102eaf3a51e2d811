"""Domains: sets that are drawn from, also in bulk, and whose membership is itself a claim.

A domain stands in the annotation of a variable, `h: Annotated[Fraction, between(0, 2)]`, or as a
function of earlier variables, `Annotated[Fraction, lambda f: between(0, 2 / f.L)]`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from fractions import Fraction
from math import prod
from typing import Any, NoReturn

import lazy_loader
import numpy as np

from refute.errors import BadInput
from refute.numbers.functions import Scalar
from refute.numbers.vector import Vec
from refute.statements.claims import Claim, any_of, known

#: Hypothesis's draw function: a strategy in, a value out.
Draw = Callable[[Any], Any]
Rng = np.random.Generator
# Only a search draws: whoever reads or re-checks an instance need not wait for it.
hypothesis = lazy_loader.load("hypothesis")


@dataclass(frozen=True)
class Case:
    """A case that a generator must reach in at least `share` of its draws; where it is not `required` (a part of the domain
    may exclude it) it is only counted."""

    name: str
    share: Fraction
    test: Callable[[Any], bool]
    required: bool = True


@dataclass(frozen=True)
class Family:
    """What stands for all elements of a domain at once, where a statement is decided by duality.

    member     (space, name, constants) -> an abstract element, whose unknowns are made in the space;
    constants  those of an element on which its class depends: {"L": f.L};
    of_element what of one element is kept while its worst case is looked for, such as how far along a line it lies: what is proved with it
               is about such elements alone, and counts for nothing;
    scale      the constant that a change of units makes 1, and that is positive; empty where there is none;
    within     further constants, between 0 and the scale;
    code       functions of a user that say what the class asks: they are read as a body is;
    assumed    that the elements which are drawn satisfy what the class asks is a user's word, tried and not proved: a proof does not shorten
               the search.
    """

    member: Callable[[Any, str, Mapping[str, Any]], Any]
    constants: Callable[[Any], Mapping[str, Fraction]] = lambda x: {}
    of_element: Callable[[Any], Mapping[str, Fraction]] | None = None
    scale: str = ""
    within: tuple[str, ...] = ()
    code: tuple[Callable[..., Any], ...] = ()
    assumed: bool = False


@dataclass(frozen=True)
class Domain:
    """A set of exact data.

    name    how people call it;
    draw    one exact element, from Hypothesis's draw function;
    member  the claim that a (lifted) value belongs to it;
    types   the dataclasses that its elements are made of, for reading certificates;
    bulk    n float64 candidates around one drawn element, for batches (None: not in bulk);
    simpler elements that are simpler than a given one, simplest first (see refute.search.simplify);
    cases   what the generator must reach;
    nonnegative  whether it is known to be a set of numbers >= 0 (see refute.proofs.at_once);
    elements     all of them, for a small finite set (see refute.proofs.at_once);
    dim     for a set of points: the dimension that they all have;
    every   what stands for all elements at once (see `Family`), for a class of functions or a space of points;
    ends    of an interval of numbers, None where it has none: what is proved for the ends, too, is proved for the interval;
    moved   an element like a given one, whose constants are among these numbers, which a hypothesis names;
    takes_any    whether every point of its dimension belongs: then points that matter to what was drawn before it are drawn, too;
    reach        how large the coordinates are that are drawn, where its maker says so;
    narrowed  what holds of its elements beside the rest, by name (see `such_that`): hypotheses, where a statement is decided by duality;
    one_of  of which domains it is the union.
    """

    name: str
    draw: Callable[[Draw], Any]
    member: Callable[[Any], Claim]
    types: tuple[type, ...] = ()
    bulk: Callable[[Rng, int, Any], Any] | None = None
    simpler: Callable[[Any], Any] | None = None
    cases: tuple[Case, ...] = ()
    nonnegative: bool = False
    elements: tuple[Any, ...] | None = None
    dim: int | None = None
    every: Family | None = None
    ends: Callable[[], tuple[Scalar | None, Scalar | None]] | None = None
    moved: Callable[[Draw, Any, tuple[Fraction, ...]], Any] | None = None
    takes_any: bool = False
    reach: int | None = None
    narrowed: tuple[tuple[str, Callable[[Any], Claim]], ...] = ()
    one_of: tuple[Domain, ...] = ()

    def __post_init__(self) -> None:
        if callable(self.dim):
            raise BadInput(f"{self.name}: dim={self.dim!r} is no dimension")
        names = [t.__name__ for t in dict.fromkeys(self.types)]
        twice = next((n for n in names if names.count(n) > 1), None)
        if twice is not None:
            raise BadInput(
                f"{self.name}: two of its classes are called {twice}, and nobody could tell their certificates apart: rename one"
            )

    def example(self, seed: int = 0) -> Any:
        """One element, as the search draws them; another one for another seed."""
        found: list[Any] = []
        st = hypothesis.strategies

        def draws(data: Any) -> None:
            found.append(self.draw(data.draw))

        some = hypothesis.settings(
            max_examples=10,
            database=None,
            deadline=None,
            phases=(hypothesis.Phase.generate,),
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        hypothesis.seed(seed)(some(hypothesis.given(st.data())(draws)))()
        return found[-1]

    def is_made_of(self, value: Any) -> bool:
        """Whether a value is of a kind that the domain has elements of: only then is `member` asked."""
        if self.one_of:
            return any(domain.is_made_of(value) for domain in self.one_of)
        if self.types:
            return isinstance(value, self.types) and (self.dim is None or _length(value) in (None, self.dim))
        return not isinstance(value, Vec) and not is_dataclass(value)


def _length(value: Any) -> int | None:
    return len(value) if isinstance(value, Vec) else None


def choose(d: Draw, *sizes: int) -> tuple[int, ...]:
    """One index below each size, all from a single draw: a draw costs more than what it decides."""
    n = d(hypothesis.strategies.integers(0, prod(sizes) - 1))
    indices = []
    for size in sizes:
        n, i = divmod(n, size)
        indices.append(i)
    return tuple(indices)


def nothing(why: str) -> Domain:
    """A domain without elements."""
    return Domain("nothing", lambda d: reject(), lambda x: known(False, why), elements=())


def one_of(name: str, *domains: Domain, cases: tuple[Case, ...] = ()) -> Domain:
    """The union of domains; membership asks those of which the value is a kind of element, and one of them has to hold."""

    def draw(d: Draw) -> Any:
        return domains[d(hypothesis.strategies.integers(0, len(domains) - 1))].draw(d)

    def member(x: Any) -> Claim:
        fits = [domain for domain in domains if domain.is_made_of(x)]
        if len(fits) == 1:
            return fits[0].member(x)
        return (
            any_of(**{domain.name: domain.member(x) for domain in fits})
            if fits
            else known(False, f"{type(x).__name__} is not in {name}")
        )

    types = tuple(dict.fromkeys(t for domain in domains for t in domain.types))
    return Domain(name, draw, member, types, cases=cases, one_of=domains)


def reject() -> NoReturn:
    """Give up this draw, from within the `draw` of a domain: nothing fits. Another one is made."""
    hypothesis.reject()
    raise AssertionError("Hypothesis ends the draw")
