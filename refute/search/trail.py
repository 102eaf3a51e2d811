"""How a search came to an instance: enough to draw it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hypothesis.control import current_build_context

from refute.search.simplify import numbers
from refute.statements.statement import Instance


@dataclass(frozen=True)
class Trail:
    """Hypothesis's choices, and the variables whose values a batch put in place of the drawn ones.

    The choices for those are the numerators and denominators of their numbers, after all others.
    """

    choices: tuple[Any, ...]
    replaced: tuple[str, ...] = ()

    def onwards(self, instance: Instance, replaced: Sequence[str]) -> Trail:
        """To the instance that a batch has put in place of the drawn one."""
        fractions = [q for name in replaced for q in numbers(instance[name])]
        integers = [part for q in fractions for part in (q.numerator, q.denominator)]
        return Trail((*self.choices, *integers), tuple(replaced))


def so_far() -> Trail:
    """The trail of the example that Hypothesis is running."""
    return Trail(tuple(current_build_context().data.choices))
