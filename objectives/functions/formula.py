"""Functions that print as what they are: f(x) = x^2/2, in a terminal and in a notebook."""

from __future__ import annotations

from refute import formula, printed


class Printed:
    """For classes of functions: their text is their formula, where they have a short one."""

    __slots__ = ()

    def __str__(self) -> str:
        return printed(self)

    def _repr_latex_(self) -> str | None:
        tex = formula(self)
        return None if tex is None else f"$f = {tex}$"
