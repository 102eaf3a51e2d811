"""The sides of a statement that branches on a number of its parameters, as |1 - h L| does, the larger of two rates, or `if h < 1 / f.L`: each is read, and is a case of its own.

A reading follows choices, one for each number of which the sign is asked; where these end it takes the first side, and notes it. The readings of all choices cover all values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from refute.errors import NotLinear

# So many sides of a statement are read, and in a reading so many signs are asked for, so many of them anew: a loop that ends for each number need not end where a reading chooses.
MOST_READINGS, MOST_QUESTIONS, MOST_ANEW = 32, 500, 16


@dataclass(frozen=True)
class Side:
    """That a number of the parameters is at least 0. Where it is 0 nothing need be shown on a `strict` side: the statement is read on the other one."""

    number: Any
    strict: bool


@dataclass
class Choices:
    """The sides that a reading takes: those that are given, and then always the first one."""

    given: tuple[bool, ...] = ()
    #: The numbers, whether it matters which side is read where one is 0, and whether the side is that above 0.
    taken: list[tuple[Any, bool, bool]] = field(default_factory=list)
    questions: int = 0

    def is_above_0(self, number: Any, matters: bool) -> bool:
        """Whether the number is above 0 on the side that is read. Raises NotLinear for numbers of steps, and where that is asked again and again."""
        self.questions += 1
        if self.questions > MOST_QUESTIONS or len(self.taken) > MOST_ANEW:
            raise NotLinear("the body branches on its parameters again and again")
        if any(number.involves(name) for name in ("k", "q^t", "q^k")):
            raise NotLinear("the body branches on a number of steps")
        number = number.of_size_1()
        known = self._known(number, matters)
        if known is not None:
            return known
        above = self.given[len(self.taken)] if len(self.taken) < len(self.given) else True
        self.taken.append((number, matters, above))
        return above

    def _known(self, number: Any, matters: bool) -> bool | None:
        """What was said of the number, or of its opposite, where that is an answer: where it is 0 it has to be one as well, or not to matter."""
        for known, mattered, above in self.taken:
            if (known - number).is_zero and (not matters or mattered):
                return above
            if (known + number).is_zero and (not matters or (mattered and above)):
                return not above
        return None

    def sides(self) -> tuple[Side, ...]:
        """What holds on the sides that were taken."""
        return tuple(Side(number if above else -number, above or not matters) for number, matters, above in self.taken)

    def others(self) -> Iterator[tuple[bool, ...]]:
        """The choices that lead to the sides that were not taken, beside the given ones."""
        taken = tuple(above for *_, above in self.taken)
        for n in range(len(self.given), len(taken)):
            yield (*taken[:n], False)


class SameChoices(Choices):
    """The choices of another reading in which L stands for something else: by the numbers that are asked about, where L = 1."""

    def __init__(self, others: Choices) -> None:
        super().__init__()
        self._others = replace(others, taken=[(_at_1(n), matters, above) for n, matters, above in others.taken])

    def is_above_0(self, number: Any, matters: bool) -> bool:
        """What the other reading said. Raises NotLinear where it was not asked, or where the sign is another one for another L."""
        known = self._others._known(_at_1(number).of_size_1(), matters)
        if known is None:
            raise NotLinear("the body branches on what depends on the units")
        return known


def _at_1(number: Any) -> Any:
    """A number of which the sign is the same for all L, with L = 1; raises NotLinear for another one."""
    number.degree("L")
    return number.without("L")


#: The choices of the reading that is going on.
CHOICES: ContextVar[Choices | None] = ContextVar("choices", default=None)


def is_above_0(number: Any, *, matters: bool = True) -> bool:
    """What the reading that is going on chooses, where the sign of a number is asked; `matters`: where it is 0 it matters which side is read. Raises NotLinear where no reading is."""
    choices = CHOICES.get()
    if choices is None:
        raise NotLinear("the body branches on the sign of a parameter")
    return choices.is_above_0(number, matters)


def readings(read: Callable[[Choices], Any]) -> Iterator[Any]:
    """What is read on each of the sides. Raises NotLinear where there are many."""
    todo: list[tuple[bool, ...]] = [()]
    for _ in range(MOST_READINGS):
        if not todo:
            return
        choices = Choices(todo.pop())
        yield read(choices)
        todo += choices.others()
    if todo:
        raise NotLinear(f"the body branches on its parameters, in more than {MOST_READINGS} ways")
