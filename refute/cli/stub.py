r"""A theorem file to begin with, from a labelled statement of a paper: `refute new claims.py --from main.tex#lem:descent`.

The statement becomes the docstring. What its words and formulas say of functions, points and step sizes becomes the signature, as far as they are among the
few that are known here; the rest is marked TODO, and the body claims nothing yet: such a file is undecided until somebody has written it.
"""

from __future__ import annotations

import keyword
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from refute.sources import markdown
from refute.sources.places import statement_of
from refute.verdicts.accepted import UNWRITTEN

#: Words of a statement, and the class of functions that they name, the first that fits: its name here, the call that makes it.
CLASSES = (
    (r"maximally\s+monotone|monotone\s+operator", "monotone_operators", "zero=True"),
    (r"strongly[\s-]+convex", "strongly_convex", ""),
    (r"convex.*(smooth|Lipschitz[\s-]+(continuous\s+)?gradient)|smooth.*convex", "convex", 'minimizer="known"'),
    (r"convex", "convex_nonsmooth", "minimizer=True"),
    (r"smooth|Lipschitz", "smooth", ""),
)
_STEP = re.compile(
    r"(?P<name>h|\\eta|\\gamma|\\alpha|\\tau)\s*(?P<less><|\\leq?(?:slant)?\b)\s*(?:(?P<a>\d*)\s*/\s*L|\\frac\s*\{?(?P<b>\d+)\}?\s*\{?L\}?)"
)
_BRACKETS = re.compile(
    r"\\in\s*[(\[]\s*0\s*,\s*(?:(?P<a>\d*)\s*/\s*L|\\frac\s*\{?(?P<b>\d+)\}?\s*\{?L\}?)\s*(?P<end>[)\]])"
)
_START = re.compile(r"(?<![A-Za-z\\])([xyzw])(?:_\{?0\}?)(?![0-9])")
_POINT = re.compile(r"(?<![A-Za-z\\_{])([xy])(?![A-Za-z_^0-9])")
# What the file has for other things.
_TAKEN = {"known", "integers", "starts", "step_sizes", *(made_by for _, made_by, _ in CLASSES)}
_COUNT = re.compile(r"[xyzw]_\{?([NTKn])\}?")


@dataclass(frozen=True)
class Seen:
    """What a statement's text says: the class of f, the points, the step as (name, bound, closed), the number of steps."""

    made_by: str
    options: str
    points: tuple[str, ...]
    step: tuple[str, str, bool] | None
    count: str


def seen_in(body: str) -> Seen:
    """What can be read off a statement's LaTeX."""
    plain = re.sub(r"\s+", " ", body)
    name, options = next(((n, o) for words, n, o in CLASSES if re.search(words, plain, re.IGNORECASE)), ("", ""))
    starts = tuple(f"{x}0" for x in dict.fromkeys(_START.findall(plain)))
    points = starts or tuple(dict.fromkeys(_POINT.findall(plain)))
    step = _step(plain)
    count = _COUNT.search(plain)
    return Seen(name, options, points, step, count[1] if count else "")


def _step(text: str) -> tuple[str, str, bool] | None:
    m = _STEP.search(text)
    if m is not None:
        return m["name"].lstrip("\\"), m["a"] or m["b"] or "1", m["less"] != "<"
    m = _BRACKETS.search(text)
    return None if m is None else ("h", m["a"] or m["b"] or "1", m["end"] == "]")


def stub(link: str, base: Path) -> str:
    """The text of the theorem file. Raises BadInput where the text or the label is missing."""
    body = statement_of(link, base)
    seen = seen_in(body)
    name, _, named = link.partition("#")
    label = _plain(named.partition(":")[2] or named) or "statement"
    source = _plain(Path(name).stem) or "source"
    function = _function(label)
    needs_domain = {"Objective", seen.made_by} if seen.made_by else set()
    lines, parameters = [], []
    if seen.made_by:
        lines.append(f"Function = Annotated[Objective, {seen.made_by}({seen.options})]")
        parameters.append("f: Function")
    else:
        lines.append("# TODO: the class of the function, such as Annotated[Objective, smooth()]")
    for p in seen.points:
        if seen.made_by:
            lines.append(f"{p.upper()} = Annotated[Vec, lambda f: starts(f)]")
            needs_domain |= {"starts"}
            parameters.append(f"{p}: {p.upper()}")
    if seen.step and seen.made_by:
        name, bound, closed = seen.step
        lines.append(
            f"Step = Annotated[Fraction, lambda f: step_sizes(f.L, below={bound}{', closed=True' if closed else ''})]"
        )
        needs_domain |= {"step_sizes"}
        parameters.append(f"{name}: Step")
    if seen.count:
        lines.append("Steps = Annotated[int, integers(1, 6)]")
        parameters.append(f"{seen.count}: Steps")
    from_refute = {"Claim", "Theorem", "known"} | ({"Vec"} if seen.points and seen.made_by else set())
    from_refute |= {"integers"} if seen.count else set()
    text = _docstring(body)
    return f'''r"""{link}, to be written."""

{"from fractions import Fraction" + chr(10) if "Step =" in chr(10).join(lines) else ""}from typing import Annotated

{f"from objectives import {', '.join(sorted(needs_domain))}" + chr(10) if needs_domain else ""}from refute import {", ".join(sorted(from_refute))}

# TODO: read these against the text. Hypotheses that are not here yet: given=(Given("h mu < 1", lambda f, h: lt(h * f.mu, 1)),)
{chr(10).join(lines)}


def {function}({", ".join(parameters)}) -> Claim:
    r"""{text}"""
    # TODO: the conclusion, such as le(x, y), lt(x, y), eq(x, y), converges(map, x0); constants of the theorem follow a * in the signature.
    return known(None, "{UNWRITTEN}")


{function.upper()} = Theorem({function}, source="{source}", label="{label}", status="open", text="{link}")
'''


def _plain(name: str) -> str:
    """A name as sources and labels are written: small letters without accents, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def _function(label: str) -> str:
    """A name of Python for a label: no keyword, no digit at its beginning, and nothing that the file imports or refute reads as a domain."""
    name = re.sub(r"\W", "_", label).strip("_")
    taken = not name.isidentifier() or keyword.iskeyword(name) or keyword.issoftkeyword(name)
    return f"lemma_{name}".rstrip("_") if taken or name in _TAKEN else name


def _docstring(body: str) -> str:
    words = markdown.without_frames(body)
    words = re.sub(r"\\(begin|end)\s*\{[^}]*\}(\[[^\]]*\])?|\\label\s*\{[^}]*\}", "", words)
    words = re.sub(r"\\\[|\\\]", "$$", re.sub(r"\\\(|\\\)", "$", words))
    return re.sub(r"\s+", " ", words).strip().replace('"""', "'''")
