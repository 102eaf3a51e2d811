r"""The environments of a LaTeX text and the labels that belong to each, found in one pass.

A label names the innermost environment around it that is a statement and no formula, list or frame of layout. What stands in a comment, between \iffalse and
\fi, in verbatim text or in the definition of a macro is not there. A macro that begins or ends an environment does so where it is used, and one that makes a whole
labelled environment of its arguments is one; a macro with
\label{#1} in its body labels; so do [label=...] of thmtools and the second argument of a theorem of tcolorbox.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from refute.sources.tex.macros import EDGE, Macros, definitions, groups, groups_end, optional
from refute.sources.tex.unread import GONE, VERBATIM

MATH = frozenset(
    "equation align gather multline displaymath math eqnarray alignat flalign xalignat IEEEeqnarray dmath subequations".split()
)
_LISTS = frozenset("enumerate itemize description list compactenum compactitem inparaenum tasks".split())
_LAYOUT = frozenset(
    "document multicols appendices landscape center minipage quote quotation small footnotesize flushleft flushright adjustwidth spacing "
    "aligned alignedat gathered split array cases dcases matrix pmatrix bmatrix vmatrix tabular tabularx".split()
)
_PIECE = re.compile(
    rf"\\(?P<verb>verb\*?(?P<sign>[^A-Za-z*\s])[^\n]*?(?P=sign))|{EDGE.pattern}|\\label\s*\{{(?P<label>[^{{}}]*)\}}|(?P<macro>\\(?:[A-Za-z@]+|.))",
    re.DOTALL,
)
_LABEL_OPTION = re.compile(r"(^|,)\s*label\s*=\s*(?:\{[^{}]*\}|[^,{}\]]+)")
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


def environments(text: str, macros: Macros) -> tuple[list[Environment], list[Label]]:
    """The environments of a text that was `read`, in the order of their beginnings, and the labels that stand in none."""
    found: list[Environment] = []
    loose: list[Label] = []
    open_: list[Environment] = []
    last: Environment | None = None
    at, unclosed = 0, set[str]()
    # What stands in a definition is not there.
    skips = {start: end for _, start, _, end in definitions(text)}
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
            kind, taken = macros.whole(m["macro"])
            arguments = list(groups(text, m.end(), max(n, taken)))
            if len(arguments) == max(n, taken):
                states = kind.rstrip("*") in macros.kinds
                label = Label(before + arguments[n - 1].strip() + after, m.start(), states or not kind)
                if states or (kind and not _statements(open_)):
                    at = max(at, groups_end(text, m.end(), taken))
                    found.append(Environment(kind, m.start(), at, [label]))
                    last = found[-1] if states else None
                else:
                    _attach(label, open_, None if kind else last, loose, text)
        for edge, env in (
            macros.edges.get(m["macro"], ()) if m["macro"] else ((m["edge"], m["env"]),) if m["edge"] else ()
        ):
            kind = env.rstrip("*")
            if edge == "begin":
                open_.append(Environment(env, m.start()))
                found.append(open_[-1])
                _labels_at_the_beginning(open_[-1], text, m.end(), macros)
                if kind in VERBATIM and kind not in unclosed:
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


def _attach(label: Label, open_: list[Environment], last: Environment | None, loose: list[Label], text: str) -> None:
    """Give a label to the environment that it names."""
    if last is not None and not text[last.end : label.at].strip(GONE + " \t\n"):
        last.labels.append(label)  # right behind its \end
        return
    inner = [e for e in open_ if e.kind.rstrip("*") in MATH | _LISTS]
    statements = _statements(open_)
    holder = statements[-1] if statements else inner[0] if inner else None
    if holder is None:
        loose.append(label)
        return
    beyond = open_[open_.index(holder) + 1 :]
    holder.labels.append(Label(label.name, label.at, label.own and not any(e in inner for e in beyond)))


def _statements(open_: list[Environment]) -> list[Environment]:
    """Those that are no formula, list or frame of layout."""
    return [e for e in open_ if e.kind.rstrip("*") not in MATH | _LISTS | _LAYOUT]


def restated(text: str, e: Environment) -> str:
    """The kind of the statement that an environment `restatable` of thm-restate or thmtools holds; nothing for another environment."""
    begins = EDGE.match(text, e.start)
    if e.kind.rstrip("*") != "restatable" or begins is None:
        return ""
    _, at = optional(text, begins.end())
    return next(groups(text, at, 1), "").strip()


def without_label(body: str, kind: str, macros: Macros) -> str:
    """An environment without the label that its options or, in a theorem of tcolorbox, its second argument are."""
    begins = EDGE.match(body)
    if begins is None:
        return body
    options, at = optional(body, begins.end())
    rest = body[at:]
    if kind in macros.tcb and len(found := list(groups(body, at, 2))) == 2:
        title, label = found
        behind = body.index("{" + label + "}", body.index("{" + title + "}", at) + len(title) + 2) + len(label) + 2
        rest = "{" + title + "}" + body[behind:]
    if not options:
        return body[: begins.end()] + rest
    left = _LABEL_OPTION.sub("", options).strip().strip(",")
    return body[: begins.end()] + (f"[{left}]" if left.strip() else "") + rest


def _labels_at_the_beginning(e: Environment, text: str, at: int, macros: Macros) -> None:
    kind = e.kind.rstrip("*")
    if kind in _LISTS | VERBATIM | MATH:
        return
    options, at = optional(text, at)
    if (m := _OPTION.search(options)) is not None:
        e.labels.append(Label(m[1].strip(), e.start, True))
    if kind in macros.tcb:
        arguments = list(groups(text, at, 2))
        if len(arguments) == 2:
            name, prefix = arguments[1].strip(), macros.tcb[kind]
            e.labels += [Label(n, e.start, True) for n in dict.fromkeys((name, f"{prefix}:{name}"))]
