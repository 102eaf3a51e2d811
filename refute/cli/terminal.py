"""A counterexample as lines of a terminal: the formulas of the page, spelled out."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what is known need not wait for what a search needs
    from refute.statements.statement import Instance
    from refute.statements.theorem import Theorem
    from refute.verdicts.certificate import Line

_CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}", re.DOTALL)
# So many columns a line has.
WIDTH = 150


def counterexample_lines(theorem: Theorem, file: Path) -> list[str]:
    """Those of a counterexample that was written to a file; none where it is none, or cannot be shown."""
    from refute.verdicts.certificate import verify

    try:
        found = verify(file, [theorem])
        return [*instance_lines(found.instance), violation(found.lines[-1])]
    except Exception:  # its data are a user's, and its formulas too: what was found is more than how it looks
        return []


def instance_lines(instance: Instance) -> list[str]:
    """Every variable with its value, as many in a line as fit."""
    from refute.report.instances import written

    parts: list[str] = []
    for v in written(instance):
        equation = spelled(v.equation)
        if parts and parts[-1].endswith(" with"):
            parts[-1] += f" {equation}"
        else:
            parts.append(f"{equation}: {v.words}" if v.words else equation)
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]},  {part}" if lines[-1] else part
        lines[-1:] = [longer] if len(longer) <= WIDTH or not lines[-1] else [lines[-1], part]
    return lines


def violation(last: Line) -> str:
    """What is violated, with both sides where it compares numbers."""
    _, _, sides = last.mpmath.partition(": ")
    lhs, _, rhs = sides.partition(" and ")
    return last.says + (f", lhs = {_short(lhs)}, rhs = {_short(rhs)}" if rhs else "")


def _short(digits: str) -> str:
    mantissa, e, power = digits.partition("e")
    return digits if len(mantissa) <= 16 else f"{mantissa[:16]}…{e}{power}"


def spelled(tex: str) -> str:
    r"""TeX in one line of text: \frac{1}{x + 1} is 1/(x + 1)."""
    text = _speller().latex_to_text(_CASES.sub(lambda m: _rows(m[1]), tex))
    text = re.sub(r"\^\{([^{}]*)\}", lambda m: "^" + _factor(m[1]), text)
    text = re.sub(r"_\{([^{}]*)\}", r"_\1", text).replace("{", "").replace("}", "")
    return " ".join(re.sub(r" *(≤|≥|=|<|>) *", r" \1 ", text).split())


def _rows(cases: str) -> str:
    """The pieces of a function, one after the other."""
    pairs = [row.partition("&")[::2] for row in cases.split(r"\\")]
    return r"; ".join(rf"{value.strip()}\ \mathrm{{for}}\ {where.strip()}" for value, where in pairs)


def _outside(text: str) -> str:
    """What stands outside of all parentheses."""
    while (outer := re.sub(r"\([^()]*\)", "", text)) != text:
        text = outer
    return text


def _summand(text: str) -> str:
    """In parentheses, if it is a sum."""
    return f"({text})" if " + " in _outside(text) or " - " in _outside(text) else text


def _factor(text: str) -> str:
    """In parentheses, if it is more than one factor."""
    return text if re.fullmatch(r"[\w.†⋆]*(\^\w+)?", _outside(text)) else f"({text})"


@lru_cache(1)
def _speller() -> Any:
    from pylatexenc import latex2text

    def fraction(node: Any, l2tobj: Any) -> str:
        above, below = (l2tobj.nodelist_to_text([a]).strip().removeprefix("{").removesuffix("}") for a in node.nodeargs)
        return f"{_summand(above)}/{_factor(below)}"

    context = latex2text.get_default_latex_context_db()
    context.add_context_category(
        "refute",
        prepend=True,
        macros=[latex2text.MacroTextSpec("frac", simplify_repl=fraction)],
    )
    return latex2text.LatexNodes2Text(
        latex_context=context, math_mode="text", keep_braced_groups=True, keep_braced_groups_minlen=1
    )
