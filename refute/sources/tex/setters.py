r"""Macros that define others where they are used: \newcommand{\setrate}[1]{\renewcommand{\rate}{#1}}, \newcommand{\defvec}[2]{\expandafter\def\csname v#1\endcsname{#2}}."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from refute.sources.tex.macros import definitions, groups

_NAMED = re.compile(
    r"\\csname([^\\{}]{1,80})\\endcsname|\\(?:@namedef|cs[gex]?def|csgdef|csxdef|cslet)\s*\{([^{}]{1,80})\}"
)
_DEFINES = re.compile(
    r"\\(?:[gex]?def|let|(?:re)?new|provide|Declare|(?:New|Renew|Provide)[A-Z])|\\(?:@namedef|cs[gex]?def|cslet)"
)
_PLACE = re.compile(r"#([1-9])")
# A use is no longer than this, and so many of each macro are looked at.
MOST_ARGUMENTS, MOST_USES = 9, 2000


def set_by_uses(texts: Sequence[str], bodies: Mapping[str, Sequence[str]]) -> Iterator[tuple[frozenset[str], str]]:
    """The uses of macros that define others in these texts: the names that a use gives a meaning, and its text."""
    for name, found in bodies.items():
        if not name.startswith("\\") or name.startswith("\\begin"):
            continue
        patterns = sorted({p for body in found for p in _defined(body)})
        if not patterns:
            continue
        use = re.compile(re.escape(name) + r"(?![A-Za-z@])")
        for text in texts:
            for n, m in enumerate(use.finditer(text)):
                if n == MOST_USES:
                    break
                arguments = [a.strip() for a in groups(text, m.end(), MOST_ARGUMENTS)]
                names = {_filled(p, arguments) for p in patterns}
                whole = "".join((name, *(f"{{{a}}}" for a in arguments)))
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


def _filled(pattern: str, arguments: Sequence[str]) -> str:
    return _PLACE.sub(lambda m: arguments[int(m[1]) - 1] if int(m[1]) <= len(arguments) else m[0], pattern)
