r"""The environments of a LaTeX text and the labels that belong to each, found in one pass.

A label names the innermost environment around it that is a statement and no formula, list or frame of layout. What stands in a comment, between \iffalse and
\fi, in verbatim text or in the definition of a macro is not there. A macro that begins or ends an environment does so where it is used; a macro with
\label{#1} in its body labels; so do [label=...] of thmtools and the second argument of a theorem of tcolorbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

#: What TeX would not read, sign for sign, and its ends of lines, so that places stay.
GONE = "\0\2"
_GONE = re.compile(r"[^\n]")
USUAL = frozenset(
    "theorem lemma proposition corollary conjecture claim assumption definition fact hypothesis thm lem prop cor conj defn".split()
)
MATH = frozenset(
    "equation align gather multline displaymath math eqnarray alignat flalign xalignat IEEEeqnarray dmath subequations".split()
)
_LISTS = frozenset("enumerate itemize description list compactenum compactitem inparaenum tasks".split())
_LAYOUT = frozenset(
    "document multicols appendices landscape center minipage quote quotation small footnotesize flushleft flushright adjustwidth spacing "
    "aligned alignedat gathered split array cases dcases matrix pmatrix bmatrix vmatrix tabular tabularx".split()
)
_VERBATIM = frozenset("verbatim Verbatim lstlisting minted comment filecontents".split())
_UNREAD = re.compile(
    r"(?P<comment>%[^\n]*(?:\n[ \t]*)?)|(?P<verb>\\verb\*?(?P<sign>[^A-Za-z*\s])[^\n]*?(?P=sign))"
    r"|(?P<url>\\(?:url|href|path|nolinkurl)\s*\{[^{}]*\})|\\begin\s*\{(?P<env>[A-Za-z]+)\*?\}|(?P<iffalse>\\iffalse(?![A-Za-z@]))|\\.",
    re.DOTALL,
)
_IF = re.compile(r"\\(?:(?P<fi>fi(?![A-Za-z@]))|(?P<else>else(?![A-Za-z@]))|(?!iff(?![A-Za-z@]))if[A-Za-z@]*)")
_DEFINITION = re.compile(
    r"\\(?P<kind>(?:re)?new[A-Za-z]*|provide[A-Za-z]*|(?:New|Renew|Provide|Declare)[A-Za-z]*|[A-Za-z]*def|[A-Za-z]*[lL]et[A-Za-z]*)\*?"
    r"\s*(?:\{\s*(?P<braced>\\(?:[A-Za-z@]+|.))\s*\}|(?P<bare>\\(?:[A-Za-z@]+|.)))"
)
_SECOND_NAME = re.compile(r"\s*=?\s*(\\[A-Za-z@]+|\\?.)")
_ENVIRONMENT = re.compile(
    r"\\(?P<kind>(?:re)?newenvironment|(?:New|Renew|Provide|Declare)DocumentEnvironment)\*?\s*\{(?P<name>[^{}]*)\}"
)
_THEOREM = re.compile(
    r"\\(?P<tcb>newtcbtheorem|newtheorem|declaretheorem|spnewtheorem)\*?\s*(?:\[[^\]]*\]\s*)?\{(?P<name>[A-Za-z@*]+)\}"
)
_EDGE = re.compile(r"\\(?P<edge>begin|end)\s*\{(?P<env>[^{}\s]+)\}")
_PIECE = re.compile(rf"{_EDGE.pattern}|\\label\s*\{{(?P<label>[^{{}}]*)\}}|(?P<macro>\\(?:[A-Za-z@]+|.))", re.DOTALL)
_LABELS = re.compile(r"\\label\s*\{(?P<before>[^{}#]*)#(?P<n>[1-9])(?P<after>[^{}#]*)\}")
_OPTION = re.compile(r"(?:^|,)\s*label\s*=\s*\{?([^,{}\]]+)")


@dataclass(frozen=True)
class Label:
    """A label, where it stands, and whether it is the environment's own: not that of a formula or an item in it."""

    name: str
    at: int
    own: bool


@dataclass
class Environment:
    """A piece of a text from \\begin to behind its \\end, with the labels that name it."""

    kind: str
    start: int
    end: int = -1
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True)
class Macros:
    """What the texts of a document define: bodies of macros, edges of environments that macros stand for, macros that label, kinds of theorems
    and, of those of tcolorbox, the beginning of their labels."""

    bodies: dict[str, list[str]]
    edges: dict[str, list[tuple[str, str]]]
    labels: dict[str, tuple[str, int, str]]
    kinds: frozenset[str]
    tcb: dict[str, str]


@lru_cache(512)
def read(source: str) -> str:
    """The text with GONE for comments and what stands between \\iffalse and \\fi; verbatim text stays."""
    parts: list[str] = []
    at, unclosed = 0, set[str]()
    while (m := _UNREAD.search(source, at)) is not None:
        parts.append(source[at : m.start()])
        end, gone = m.end(), bool(m["comment"])
        if m["env"] in _VERBATIM and m["env"] not in unclosed:
            close = source.find(f"\\end{{{m['env']}", end)
            unclosed |= {m["env"]} if close < 0 else set()
            end = max(close, end)
        elif m["iffalse"] and "if" not in unclosed:
            close = _closing_if(source, end)
            unclosed |= {"if"} if close < 0 else set()
            end, gone = max(close, end), close >= 0
        piece = source[m.start() : end]
        parts.append(_GONE.sub(GONE[0], piece).replace("\n", GONE[1]) if gone else piece)
        at = end
    return "".join((*parts, source[at:]))


def line_of(text: str, at: int, since: int = 0) -> int:
    """How many lines end in a text that was `read` between two places."""
    return text.count("\n", since, at) + text.count(GONE[1], since, at)


def without_gone(text: str) -> str:
    """A text that was `read`, without what TeX would not read."""
    return text.replace(GONE[0], "").replace(GONE[1], "")


def _closing_if(source: str, at: int) -> int:
    depth = 1
    for m in _IF.finditer(source, at):
        if m["fi"]:
            depth -= 1
        elif not m["else"]:
            depth += 1
        if depth == 0 or (depth == 1 and m["else"]):
            return m.end()
    return -1


def macros_of(texts: Sequence[str]) -> Macros:
    """What these texts define together; of several definitions of a macro all count: which one TeX would take depends on where it stands."""
    bodies: dict[str, list[str]] = {}
    kinds, tcb = set(USUAL), dict[str, str]()
    for text in texts:
        defined, theorems = _made_by(text)
        for name, body in defined:
            bodies.setdefault(name, []).append(body)
        kinds |= {name for name, _ in theorems}
        tcb.update((name, prefix) for name, prefix in theorems if prefix is not None)
    edges = {name: e for name, b in bodies.items() if (e := _edges(b[-1]))}
    labels = {
        name: (found["before"], int(found["n"]), found["after"])
        for name, b in bodies.items()
        if (found := _LABELS.search(b[-1])) is not None
    }
    return Macros(bodies, edges, labels, frozenset(kinds), tcb)


@lru_cache(512)
def _made_by(text: str) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str | None], ...]]:
    """The macros that one text defines, with their bodies, and its kinds of theorems, of those of tcolorbox with the beginning of their labels."""
    theorems: list[tuple[str, str | None]] = []
    for m in _THEOREM.finditer(text):
        groups = list(_groups(text, m.end(), 3)) if m["tcb"] == "newtcbtheorem" else None
        theorems.append((m["name"], None if groups is None else groups[2].strip() if len(groups) == 3 else ""))
    return tuple((name, text[start:end]) for name, start, end in definitions(text)), tuple(theorems)


def _edges(body: str) -> list[tuple[str, str]]:
    """The edges of environments that a macro leaves open or closes."""
    found = [(m["edge"], m["env"]) for m in _EDGE.finditer(body)]
    begun = sum(1 if edge == "begin" else -1 for edge, _ in found)
    return found if begun else []


def definitions(text: str) -> Iterator[tuple[str, int, int]]:
    """The macros that a text defines, and from where to where each definition goes on behind the name."""
    for m in _DEFINITION.finditer(text):
        yield m["braced"] or m["bare"], m.end(), _definition_end(text, m)
    for m in _ENVIRONMENT.finditer(text):
        yield f"\\begin{{{m['name']}}}", m.end(), _arguments_end(text, m.end(), 3 if "Document" in m["kind"] else 2)


def _definition_end(text: str, m: re.Match[str]) -> int:
    kind = m["kind"]
    if "let" in kind.lower():
        second = _SECOND_NAME.match(text, m.end())
        return second.end() if second else m.end()
    if kind.endswith("def"):
        start = text.find("{", m.end(), m.end() + LONGEST)
        return group_end(text, start) if start >= 0 else m.end()
    return _arguments_end(text, m.end(), 2 if "DocumentCommand" in kind else 1)


def environments(text: str, macros: Macros) -> tuple[list[Environment], list[Label]]:
    """The environments of a text that was `read`, in the order of their beginnings, and the labels that stand in none."""
    found: list[Environment] = []
    loose: list[Label] = []
    open_: list[Environment] = []
    last: Environment | None = None
    at, unclosed = 0, set[str]()
    skips = dict(_defined(text))
    starts = sorted(skips, reverse=True)
    while (m := _PIECE.search(text, at)) is not None:
        while starts and starts[-1] < m.start():
            starts.pop()
        at = m.end()
        if starts and starts[-1] == m.start():
            at = max(skips[starts.pop()], at)
            continue
        if m["label"] is not None:
            _attach(Label(m["label"].strip(), m.start(), True), open_, last, loose, text)
        elif m["macro"] in macros.labels:
            before, n, after = macros.labels[m["macro"]]
            groups = list(_groups(text, m.end(), n))
            if len(groups) == n:
                _attach(Label(before + groups[-1].strip() + after, m.start(), True), open_, last, loose, text)
        for edge, env in (
            macros.edges.get(m["macro"], ()) if m["macro"] else ((m["edge"], m["env"]),) if m["edge"] else ()
        ):
            kind = env.rstrip("*")
            if edge == "begin":
                open_.append(Environment(env, m.start()))
                found.append(open_[-1])
                _labels_at_the_beginning(open_[-1], text, m.end(), macros)
                if kind in _VERBATIM and kind not in unclosed:
                    close = text.find(f"\\end{{{kind}", at)
                    unclosed |= {kind} if close < 0 else set()
                    at = max(close, at)
            elif any(e.kind == env for e in open_):
                while open_:
                    e = open_.pop()
                    e.end = m.end() if e.kind == env else m.start()
                    if e.kind == env:
                        last = e if kind in macros.kinds else None
                        break
    for e in open_:
        e.end = len(text)
    return found, loose


def _defined(text: str) -> Iterator[tuple[int, int]]:
    """The definitions of macros and environments: what stands in them is not there."""
    for m in _DEFINITION.finditer(text):
        yield m.start(), _definition_end(text, m)
    for m in _ENVIRONMENT.finditer(text):
        yield m.start(), _arguments_end(text, m.end(), 3 if "Document" in m["kind"] else 2)


def _attach(label: Label, open_: list[Environment], last: Environment | None, loose: list[Label], text: str) -> None:
    """Give a label to the environment that it names."""
    if last is not None and not text[last.end : label.at].strip(GONE + " \t\n"):
        last.labels.append(label)  # right behind its \end
        return
    inner = [e for e in open_ if e.kind.rstrip("*") in MATH | _LISTS]
    statements = [e for e in open_ if e.kind.rstrip("*") not in MATH | _LISTS | _LAYOUT]
    holder = statements[-1] if statements else inner[0] if inner else None
    if holder is None:
        loose.append(label)
        return
    beyond = open_[open_.index(holder) + 1 :]
    holder.labels.append(Label(label.name, label.at, not any(e in inner for e in beyond)))


def _labels_at_the_beginning(e: Environment, text: str, at: int, macros: Macros) -> None:
    kind = e.kind.rstrip("*")
    if kind in _LISTS | _VERBATIM | MATH:
        return
    options, at = _optional(text, at)
    if (m := _OPTION.search(options)) is not None:
        e.labels.append(Label(m[1].strip(), e.start, True))
    if kind in macros.tcb:
        groups = list(_groups(text, at, 2))
        if len(groups) == 2:
            name, prefix = groups[1].strip(), macros.tcb[kind]
            e.labels += [Label(n, e.start, True) for n in dict.fromkeys((name, f"{prefix}:{name}"))]


_SPACE = re.compile(rf"[\s{GONE}]*")


def _optional(text: str, at: int) -> tuple[str, int]:
    """The optional argument that begins here, and where it ends."""
    start = _SPACE.match(text, at).end()  # type: ignore[union-attr]
    if not text.startswith("[", start):
        return "", at
    end = _bracket_end(text, start)
    return text[start + 1 : end - 1], end


def _groups(text: str, at: int, most: int) -> Iterator[str]:
    """The groups in braces that follow each other from here, at most so many."""
    for _ in range(most):
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if not text.startswith("{", at):
            return
        end = group_end(text, at)
        yield text[at + 1 : end - 1]
        at = end


_ARGUMENT = re.compile(r"\s*(?:([\[{])|(\\(?:[A-Za-z@]+|.)|[^\s\\%}]))")


def _arguments_end(text: str, at: int, mandatory: int) -> int:
    """Where the arguments end that begin here: so many in braces, or of one sign, and all in brackets before and between them; further
    groups that follow at once."""
    while (found := _ARGUMENT.match(text, at)) is not None:
        if found[1] == "[":
            at = _bracket_end(text, found.end() - 1)
        elif found[1] == "{" and (mandatory > 0 or found.end() - 1 == at):
            mandatory, at = mandatory - 1, group_end(text, found.end() - 1)
        elif found[1] is None and mandatory > 0:
            mandatory, at = mandatory - 1, found.end()
        else:
            break
    return at


_BRACES = re.compile(r"\\.|[{}]", re.DOTALL)
_BRACKETS = re.compile(r"\\.|[{}\]]", re.DOTALL)
# An argument in brackets is no longer than this.
LONGEST = 4000


@lru_cache(16)
def _closing(text: str) -> dict[int, int]:
    """Behind which sign the group ends that each brace opens; those that nothing closes are not there."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for m in _BRACES.finditer(text):
        if m[0] == "{":
            opened.append(m.start())
        elif m[0] == "}" and opened:
            found[opened.pop()] = m.end()
    return found


def group_end(text: str, start: int) -> int:
    """Behind the brace that closes the one at `start`; at the end of the text where none does."""
    return _closing(text).get(start, len(text))


def _bracket_end(text: str, start: int) -> int:
    depth, most = 0, min(len(text), start + LONGEST)
    for m in _BRACKETS.finditer(text, start + 1, most):
        depth += {"{": 1, "}": -1}.get(m[0], 0)
        if depth == 0 and m[0] == "]":
            return m.end()
    return most
