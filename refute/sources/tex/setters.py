r"""Macros that define others where they are used: \newcommand{\setrate}[1]{\renewcommand{\rate}{#1}}, \newcommand{\defvec}[2]{\expandafter\def\csname v#1\endcsname{#2}}."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from refute.sources.tex.macros import LONGEST, WORD, definitions, groups

_NAMED = re.compile(
    r"\\csname([^\\{}]{1,80})\\endcsname|\\(?:@namedef|cs[gex]?def|csgdef|csxdef|cslet)\s*\{([^{}]{1,80})\}"
)
_DEFINES = re.compile(
    r"\\(?:[gex]?def|let|(?:re)?new|provide|Declare|(?:New|Renew|Provide)[A-Z])|\\(?:@namedef|cs[gex]?def|cslet)"
)
_PLACE = re.compile(r"#([1-9])")
MOST_ARGUMENTS = 9


def set_by_uses(texts: Sequence[str], bodies: Mapping[str, Sequence[str]]) -> Iterator[tuple[frozenset[str], str]]:
    """The uses of macros that define others in these texts: the names that a use gives a meaning, and its text."""
    setters = {
        name: patterns
        for name, found in bodies.items()
        if name.startswith("\\")
        and not name.startswith("\\begin")
        and (patterns := sorted({p for body in found if len(body) < LONGEST for p in _defined(body)}))
    }
    for m in (m for text in texts if setters for m in WORD.finditer(text)):
        if m[0] not in setters:
            continue
        arguments = [a.strip() for a in groups(m.string, m.end(), MOST_ARGUMENTS) if len(a) < LONGEST]
        names = {filled(p, arguments) for p in setters[m[0]]}
        whole = "".join((m[0], *(f"{{{a}}}" for a in arguments)))
        yield frozenset(n for part in names for n in (part, part.removeprefix("\\"))), whole


def _defined(body: str) -> Iterator[str]:
    """The names that a body defines, with places for arguments: \\rate, \\v#1."""
    if not _DEFINES.search(body):
        return
    yield from (
        name
        for name, _, _, _ in definitions(body)
        if name.startswith("\\") and name not in ("\\csname", "\\expandafter")
    )
    for m in _NAMED.finditer(body):
        yield f"\\{(m[1] or m[2]).strip()}"


def filled(pattern: str, arguments: Sequence[str]) -> str:
    """A body with its places #1, #2, ... filled; a place without an argument stays."""
    return _PLACE.sub(lambda m: arguments[int(m[1]) - 1] if int(m[1]) <= len(arguments) else m[0], pattern)
