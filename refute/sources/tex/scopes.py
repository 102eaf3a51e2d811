r"""Which definitions of a macro count at a place of a document: the one that TeX takes there, and those of which that cannot be told.

TeX takes the last definition before the place whose group is still open there. A definition counts wherever it stands if it may not be carried
out just there and once: between \if... and \fi, in the argument of a command (\AtBeginDocument{...}), by \providecommand, in a file that is taken in
under such a condition, twice, or by no known document. So do all definitions of a name whose meaning another one keeps (\let, \edef).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from os.path import normpath
from pathlib import Path

from refute.sources.tex.document import TAKES, is_beginning, names_taken
from refute.sources.tex.macros import EDGE, definitions
from refute.sources.tex.unread import GONE

_EVENT = re.compile(
    rf"{EDGE.pattern}|\\(?P<group>(?:begin|end|b|e)group)(?![A-Za-z@])|\\(?P<fi>fi(?![A-Za-z@]))"
    r"|(?P<new>\\newif\s*)?\\(?!iff(?![A-Za-z@]))(?P<if>if[A-Za-z@]*)|(?P<macro>\\[A-Za-z@]+)|\\.|(?P<brace>[{}])",
    re.DOTALL,
)
_KIND = re.compile(r"\\([A-Za-z]+)")
_GLOBAL = re.compile(r"\\global\s*$")
_WORD = re.compile(r"\\[A-Za-z@]+")
# Between what stands before a brace and the brace: a group of its own begins, and no argument.
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*$")
_COMMAND = re.compile(r"\\(?:[A-Za-z@]+\*?|.)$", re.DOTALL)
_LOOKED_AT = 80
# A condition of etoolbox or ifthen, just before what it is about.
_ASKED = re.compile(
    r"(\\(?:if|not)?(?:toggle|bool)\s*\{[^{}]+\}|\\ifthenelse\s*\{\\(?:boolean|value)\s*\{[^{}]+\}[^{}]*\})\s*$"
)
_Edges = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(frozen=True)
class Definition:
    """One definition of a macro: its body, where it begins, where its scope ends (None: nowhere), whether it is certain to be carried out there, and the
    conditions under which it is: \\iflong, \\iftoggle{long}."""

    body: str
    at: int
    until: int | None
    certain: bool
    under: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Order:
    """How TeX reads the files of one document: pieces of files in turn, and the files that are read under a condition, or twice."""

    pieces: dict[Path, list[tuple[int, int]]]
    doubtful: frozenset[Path]
    under: dict[Path, tuple[str, ...]]

    def key(self, path: Path, at: int) -> tuple[int, int]:
        """Where in the order a place of a file stands."""
        return max((n, at) for start, n in self.pieces[path] if start <= at)


@dataclass(frozen=True, eq=False)
class Scopes:
    """The definitions of the files of a document, as they were `read`, and the orders in which its documents read them."""

    found: dict[str, list[tuple[Path, Definition]]]
    kept: frozenset[str]
    orders: tuple[_Order, ...]
    #: The conditions under which a file is taken in.
    under: Mapping[Path, tuple[str, ...]] = field(default_factory=dict)

    def conditions(self, name: str) -> list[str]:
        """The conditions under which a macro has one definition or another."""
        return sorted({c for file, d in self.found.get(name, []) for c in (*d.under, *self.under.get(file, ()))})

    def bodies(self, name: str, path: Path, start: int, end: int) -> list[str]:
        """The bodies of the definitions of a macro that count in this part of a file, in the order in which its files were given."""
        every = self.found.get(name, [])
        if len(every) < 2 or name in self.kept:
            return [d.body for _, d in every]
        counts = set(chain.from_iterable(self._counting(every, order, path, start, end) for order in self.orders))
        return [d.body for i, (_, d) in enumerate(every) if i in counts]

    @staticmethod
    def _counting(
        every: Sequence[tuple[Path, Definition]], order: _Order, path: Path, start: int, end: int
    ) -> Iterable[int]:
        place = order.key(path, start)
        taken: tuple[tuple[int, int], int] | None = None
        for i, (file, d) in enumerate(every):
            if file not in order.pieces or file in order.doubtful or not d.certain:
                yield i
            elif file == path and start <= d.at < end:
                yield i  # in the part itself
            elif (at := order.key(file, d.at)) < place and (d.until is None or order.key(file, d.until) > place):
                taken = max((at, i), taken or (at, i))
        if taken is not None:
            yield taken[1]
        else:
            yield from range(len(every))


def scopes(texts: Mapping[Path, str], path: Path, edges: Mapping[str, Sequence[tuple[str, str]]]) -> Scopes:
    """The definitions in these texts, of which the file at `path` is one; `edges` are the environments that macros begin and end."""
    found: dict[str, list[tuple[Path, Definition]]] = {}
    kept: set[str] = set()
    known = tuple((name, tuple(e)) for name, e in sorted(edges.items()))
    for file, text in texts.items():
        made, holding = _defined(text, known)
        for name, d in made:
            found.setdefault(name, []).append((file, d))
        kept |= holding
    roots = [file for file, text in texts.items() if is_beginning(text)]
    orders = [o for root in roots if path in (o := _order(root, texts, known)).pieces]
    orders = orders or [_order(path, texts, known)]
    under = {file: names for o in orders for file, names in o.under.items()}
    return Scopes(found, frozenset(kept), tuple(orders), under)


def _order(root: Path, texts: Mapping[Path, str], edges: _Edges) -> _Order:
    pieces: dict[Path, list[tuple[int, int]]] = {}
    doubtful: set[Path] = set()
    under: dict[Path, tuple[str, ...]] = {}
    count = 0

    def walk(path: Path, sure: bool, conditions: tuple[str, ...]) -> None:
        nonlocal count
        if path in pieces:
            doubtful.update(() if path.suffix in (".sty", ".cls") else (path,))
            return
        doubtful.update(() if sure else (path,))
        pieces[path] = []
        start = 0
        under[path] = conditions
        for at, names, certain, these in _takes(texts[path], edges):
            pieces[path].append((start, count))
            count, start = count + 1, at
            for places in names:
                named = dict.fromkeys(Path(normpath(f / n)) for n in places for f in (path.parent, root.parent))
                files = [p for p in named if p in texts]
                for file in files:
                    walk(file, sure and certain and len(files) == 1, (*conditions, *these))
        pieces[path].append((start, count))
        count += 1

    walk(root, True, ())
    return _Order(pieces, frozenset(doubtful), under)


@lru_cache(512)
def _takes(text: str, edges: _Edges) -> tuple[tuple[int, tuple[tuple[str, ...], ...], bool, tuple[str, ...]], ...]:
    """Where a text takes in files, the names that each may have, whether it is certain to, and under which conditions it does."""
    found = list(TAKES.finditer(text))
    around = _around(text, [m.start() for m in found], edges)
    return tuple(
        (
            m.end(),
            tuple(tuple(f"{name}{s}" for s in ends) for name, ends in names_taken(m)),
            # \\subfile opens a group of its own.
            certain and until is None and not m[0].startswith("\\subfile"),
            under,
        )
        for m, (certain, until, under) in zip(found, around, strict=True)
    )


@lru_cache(512)
def _defined(text: str, edges: _Edges) -> tuple[tuple[tuple[str, Definition], ...], frozenset[str]]:
    """The definitions of a text, and the names of which one of them keeps the meaning that they have there."""
    made = sorted(definitions(text), key=lambda d: d[1])
    found: list[tuple[str, Definition]] = []
    kept: set[str] = set()
    outer = 0
    for (name, start, behind, end), (certain, until, under) in zip(
        made, _around(text, [d[1] for d in made], edges), strict=True
    ):
        m = _KIND.match(text, start)
        kind = m[1] if m else ""
        body = text[behind:end]
        if kind.lower().endswith(("let", "letcs", "letltxmacro", "copy")) or kind in (
            "edef",
            "xdef",
            "csedef",
            "csxdef",
        ):
            kept.update(_WORD.findall(body))
        if kind in ("gdef", "xdef", "csgdef", "csxdef", "glet") or _GLOBAL.search(text, max(0, start - 16), start):
            until = None
        certain = certain and start >= outer and not kind.lower().startswith("provide")
        outer = max(outer, end)
        found.append((name, Definition(body, start, until, certain, under)))
    return tuple(found), frozenset(kept)


@dataclass(eq=False)
class _Group:
    kind: str  # "{", "argument", "if", "group" or \\ and the name of an environment
    condition: str = ""
    end: int | None = None


_DOUBTFUL = ("argument", "if")
_BRACES = ("{", "argument")


class _Open:
    """The groups that are open at a place of a text."""

    def __init__(self) -> None:
        self.groups: list[_Group] = []
        self.last: dict[str, list[int]] = {}  # where in `groups` those of one kind are
        self.braces: list[int] = []
        self.local: list[_Group] = []
        self.doubts = 0

    def begin(self, kind: str, condition: str = "") -> None:
        """Open a group, which may be what a condition is about."""
        self.last.setdefault(kind, []).append(len(self.groups))
        if kind in _BRACES:
            self.braces.append(len(self.groups))
        self.groups.append(_Group(kind, condition))
        if kind in _DOUBTFUL:
            self.doubts += 1
        else:
            self.local.append(self.groups[-1])

    def end(self, kind: str, at: int) -> None:
        """Close the innermost group of a kind with all in it; none beyond the innermost brace."""
        n = (self.last.get(kind) or [-1])[-1]
        if n > (self.braces or [-1])[-1]:
            self._down_to(n, at)

    def end_brace(self, at: int) -> None:
        """Close the innermost brace with all in it."""
        if self.braces:
            self._down_to(self.braces[-1], at)

    def end_if(self) -> None:
        """A condition ends where it does: it is no group."""
        found = self.last.get("if") or [-1]
        if found[-1] > (self.braces or [-1])[-1]:
            self.groups[found.pop()].end = 0
            self.doubts -= 1

    def _down_to(self, n: int, at: int) -> None:
        while len(self.groups) > n:
            g = self.groups.pop()
            if g.kind == "if" and g.end == 0:
                continue
            g.end = at
            self.last[g.kind].pop()
            if g.kind in _BRACES:
                self.braces.pop()
            if g.kind in _DOUBTFUL:
                self.doubts -= 1
            else:
                self.local.pop()


def _around(text: str, places: Sequence[int], edges: _Edges) -> list[tuple[bool, int | None, tuple[str, ...]]]:
    """For places of a text, in their order: whether what stands there is carried out just there, where the innermost group around it ends, and the conditions
    that it stands under."""
    known = dict(edges)
    open_ = _Open()
    standing: list[tuple[bool, _Group | None, tuple[str, ...]]] = []

    def reached(at: int) -> bool:
        while len(standing) < len(places) and places[len(standing)] <= at:
            under = tuple(g.condition for g in open_.groups if g.condition and g.end is None) if open_.doubts else ()
            standing.append((open_.doubts == 0, open_.local[-1] if open_.local else None, under))
        return len(standing) == len(places) and all(g is None or g.end is not None for _, g, _ in standing[-1:])

    for m in _EVENT.finditer(text):
        if reached(m.start()) and not open_.local:
            break
        if m["brace"] == "{":
            bare = _is_bare(text, m.start())
            asked = None if bare else _ASKED.search(text[max(0, m.start() - _LOOKED_AT) : m.start()])
            open_.begin("{" if bare else "argument", asked[1] if asked else "")
        elif m["brace"]:
            open_.end_brace(m.end())
        elif m["group"] in ("begingroup", "bgroup"):
            open_.begin("group")
        elif m["group"]:
            open_.end("group", m.end())
        elif m["fi"]:
            open_.end_if()
        elif m["if"] and not m["new"]:
            open_.begin("if", f"\\{m['if']}")
        for edge, env in known.get(m["macro"], ()) if m["macro"] else [(m["edge"], m["env"])] if m["edge"] else ():
            if env != "document":
                open_.begin(f"\\{env}") if edge == "begin" else open_.end(f"\\{env}", m.end())
    reached(len(text))
    return [(sure, None if g is None else len(text) if g.end is None else g.end, under) for sure, g, under in standing]


def _is_bare(text: str, at: int) -> bool:
    """Whether a brace begins a group of its own, and no argument, as far as what stands before it tells."""
    before = text[max(0, at - _LOOKED_AT) : at].translate(dict.fromkeys(map(ord, GONE)))
    if _PARAGRAPH.search(before) or (not before.strip() and at < _LOOKED_AT):
        return True
    before = before.rstrip()
    return bool(before) and before[-1] in ".,;:!?)$" and not _COMMAND.search(before)
