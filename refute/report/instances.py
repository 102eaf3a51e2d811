"""An instance as mathematics: every variable with its value as TeX."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from typing import Any

from refute.measure.runs import Runs
from refute.numbers.vector import Vec
from refute.report.formula import formula, names_of, number
from refute.statements.statement import Instance

GREEK = {n: "\\" + n for n in "gamma eta mu sigma epsilon delta lambda rho alpha beta Lambda".split()} | {
    "eps": r"\epsilon"
}
# So many entries of a list are shown.
MOST = 16


@dataclass(frozen=True)
class Value:
    """One variable: its name and value as TeX, and words where it is no formula."""

    name: str
    tex: str
    words: str = ""

    @property
    def equation(self) -> str:
        """name = value."""
        return f"{self.name} = {self.tex}" if self.tex else self.name


def written(instance: Instance) -> tuple[Value, ...]:
    """Every variable of an instance, in order."""
    return tuple(v for name, value in instance.items() for v in _values(symbol(name), value))


def symbol(name: str) -> str:
    """A Python name as TeX: x0 is x_0, gamma the Greek letter, mu_dagger has an index."""
    head, _, tail = name.partition("_")
    if not tail and head[:-1].isalpha() and head[-1].isdigit():
        head, tail = head[:-1], head[-1]
    base = GREEK.get(head) or (head if len(head) == 1 else rf"\mathrm{{{head}}}")
    if tail in ("star", "dagger"):
        return rf"{base}_{{\{tail}}}"
    index = tail if tail.isdigit() else rf"\mathrm{{{tail}}}".replace("_", r"\,")
    return base + (f"_{{{index}}}" if tail else "")


def _values(name: str, value: Any) -> Iterator[Value]:
    if callable(value) and is_dataclass(value):
        tex = formula(value)
        if tex is not None:
            yield Value(f"{name}({', '.join(names_of(getattr(value, 'dim', 0)))})", tex)
            return
    if isinstance(value, Runs):
        yield Value(name, "", value.words)
        return
    if hasattr(value, "table") and hasattr(value, "words"):  # answers, and not the pieces of a formula
        yield Value(name, "", value.words)
        for x, f, g in value.table():
            if f is None:  # of an operator
                yield Value(rf"{name}({_inside(x)})", plain(g))
                continue
            yield Value(rf"{name}({_inside(x)})", plain(f))
            yield Value(rf"\nabla {name}({_inside(x)})", plain(g))
        return
    if is_dataclass(value) and not isinstance(value, Vec):
        yield Value(name, "", f"{spaced(type(value).__name__)} with")
        for f in fields(value):
            yield from _values(rf"{symbol(f.name)}", getattr(value, f.name))
        return
    yield Value(name, plain(value))


def _inside(x: Vec) -> str:
    """The coordinates of a point, without the parentheses around them."""
    return ", ".join(map(plain, x))


def plain(value: Any) -> str:
    """Numbers, points and lists of them as TeX."""
    if isinstance(value, (int, Fraction)):
        return number(value)
    if isinstance(value, Vec) and len(value) == 1:
        return plain(value[0])
    if isinstance(value, (Vec, tuple)):
        shown = ", ".join(plain(v) for v in list(value)[:MOST])
        more = r", \ldots" if len(value) > MOST else ""
        return rf"\left({shown}{more}\right)"
    if is_dataclass(value) and not isinstance(value, type):
        inner = ", ".join(rf"{symbol(f.name)} = {plain(getattr(value, f.name))}" for f in fields(value))
        return rf"\left[{inner}\right]"
    words = "".join(c for c in str(value) if c.isalnum() or c in " -.")
    return rf"\text{{{words}}}"


def spaced(name: str) -> str:
    """CamelCase as words."""
    return "".join(f" {c.lower()}" if c.isupper() and i else c.lower() if i else c for i, c in enumerate(name))
