"""The labelled parts of a Markdown text: of MyST, Quarto, pandoc, Jupyter Book or plain.

A label stands in the attributes of a heading or a div, `{#label .class}`; in the options of a directive, `:label:` or `:name:`, also as YAML; in a target `(label)=`
before a heading, a directive or a paragraph; behind a displayed formula, `$$ {#label}` or `$$ (label)`. What stands in a block of code names nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from refute.errors import BadInput

ENDINGS = (".md", ".markdown", ".qmd", ".rmd", ".Rmd", ".myst", ".mdx")
_ATTRIBUTES = re.compile(r"\{[^{}]*\}[ \t]*$")
_COLONS = re.compile(r"^\s*(:{3,})\s*(\S.*)?$")
_DIRECTIVE = re.compile(r"^\{[^}]+\}")
_MATH = re.compile(r"^\s*(?:`{3,}|:{3,})\s*\{math\}")
_TARGET = re.compile(r"^\s*\(([^()\s]+)\)=\s*$")
_OPTION = re.compile(r"^\s*:?(?:label|name):\s*(\S+)\s*$")
_FORMULA = re.compile(r"\$\$\s*(?:\{[^{}]*#(?P<id>[^\s{}]+)[^{}]*\}|\((?P<name>[^()\s]+)\))\s*$")


@dataclass(frozen=True)
class Part:
    """A labelled part: lines start to end; `within` where the label is that of a formula in it."""

    label: str
    start: int
    end: int
    within: bool = False


def part_of(source: str, label: str, where: str) -> str:
    """The lines that the label names. Raises BadInput where there are none, or several."""
    lines = source.splitlines(keepends=True)
    part = _part(lines, label, where)
    text = "".join(_without(line, label) for line in lines[part.start : part.end])
    return text + ("" if not part.within else f"\n(the formula {label})")


def line_of(source: str, label: str, where: str) -> int:
    """The line in which the part with this label begins. Raises BadInput as `part_of`."""
    return _part(source.splitlines(keepends=True), label, where).start + 1


_INCLUDED = re.compile(
    r"^(?P<fence>`{3,}|:{3,})[ ]*\{include\}[ ]*(?P<directive>\S+)[^\n]*\n(?:[^\n]*\n)*?(?P=fence)[ ]*$|\{\{<[ ]*include[ ]+(?P<short>\S+)[ ]*>\}\}",
    re.MULTILINE,
)
_OPTION_OF_INCLUDE = re.compile(r"[ ]*:(?P<key>[a-z-]+):[ ]*(?P<value>[^\n]*?)[ ]*$")
_NUMBER = re.compile(r"[0-9]{1,9}")
_FRONT = re.compile(r"---[ ]*\n(.*?)\n(?:---|\.\.\.)[ ]*(?:\n|$)", re.DOTALL)
_KEY = re.compile(
    r"""(?P<before>[ ]*)(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)'|(?P<plain>[^\s:'"#-][^:]*)):(?:\s|$)"""
)

# A key of a mapping in one line: {'\\R': '\\mathbb R'}.
_KEY_IN_FLOW = re.compile(r"""[{,]\s*["']?(\\{0,2}[A-Za-z]+)["']?\s*:""")
# A note, or the target of a link, that stands elsewhere in the text.
_NOTE = re.compile(r"^\[(?P<name>\^?[^\]\n]+)\]:[^\n]*(?:\n(?:[ \t]+[^\n]*|[ \t]*(?=\n[ \t]+\S)))*", re.MULTILINE)
_CALLS = re.compile(r"\[(\^?[^\[\]\n]+)\]")


def with_notes(part: str, whole: str) -> str:
    """A part of a text with the notes, and the targets of links, that it calls and that stand outside of it."""
    found = {m["name"].lower(): m[0] for m in _NOTE.finditer(whole) if m[0] not in part}
    used: list[str] = []
    todo = _CALLS.findall(part) if found else []
    while todo:
        note = found.pop(todo.pop(0).lower(), None)
        if note is not None:
            used.append(note)
            todo += _CALLS.findall(note)
    return "\n\n".join((part, *used))


def with_included(
    text: str, file_of: Callable[[str], str | None], depth: int, open_: frozenset[str] = frozenset()
) -> str:
    """The text with the files that it takes in, or the parts of them that the options of the directive name, by {include} or {{< include >}}, behind the words
    that do; a file that is not there, or that is just taken in, is only named."""

    def taken(m: re.Match[str]) -> str:
        name = m["directive"] or m["short"]
        inner = file_of(name) if depth and name not in open_ else None
        if inner is None:
            return m[0]
        if m["directive"]:
            options = takewhile(bool, map(_OPTION_OF_INCLUDE.match, m[0].splitlines()[1:]))
            inner = _part_of_file(inner, {o["key"]: o["value"] for o in options if o})
        return f"{m[0]}\n{with_included(inner, file_of, depth - 1, open_ | {name})}"

    return _INCLUDED.sub(taken, text)


def _part_of_file(text: str, options: Mapping[str, str]) -> str:
    """What the options of {include} take of a file: lines from a number, counted from 0, to another, then from a text, or behind it, to another, or before
    it. A text that is not there bounds nothing."""
    first, last = (options.get(key, "") for key in ("start-line", "end-line"))
    if _NUMBER.fullmatch(first) or _NUMBER.fullmatch(last):
        numbers = (int(n) if _NUMBER.fullmatch(n) else None for n in (first, last))
        text = "".join(text.splitlines(keepends=True)[slice(*numbers)])
    for key, keep in (("start-after", 0), ("start-at", 1)):
        head, mark, tail = text.partition(options.get(key) or "\0")
        text = mark * keep + tail if mark else head
    for key, keep in (("end-before", 0), ("end-at", 1)):
        head, mark, _ = text.partition(options.get(key) or "\0")
        text = head + mark * keep
    return text


def front_matter(source: str) -> str:
    """The YAML with which a text begins."""
    m = _FRONT.match(source)
    return m[1] if m else ""


def settings(yaml: str) -> Iterator[tuple[frozenset[str], str]]:
    """The keys of YAML, each with its line and those that are indented below it: macros, and what is put in for a name."""
    lines = yaml.splitlines()
    for i, line in enumerate(lines):
        if (m := _KEY.match(line)) is None:
            continue
        below = takewhile(lambda x: not x.strip() or len(x) - len(x.lstrip()) > len(m["before"]), lines[i + 1 :])
        name = (m["double"] or m["single"] or m["plain"]).rstrip()
        name = name.replace("\\\\", "\\")
        inner = [n.replace("\\\\", "\\") for n in _KEY_IN_FLOW.findall(line[m.end() :])]
        names = {name, *inner}  # MathJax leaves the backslash of a macro away
        yield frozenset(names | {f"\\{n}" for n in names}), "\n".join((line, *below))


def _part(lines: Sequence[str], label: str, where: str) -> Part:
    found = sorted({p for p in parts(lines) if p.label == label}, key=lambda p: p.start)
    if not found:
        raise BadInput(f"{where}: no heading or div has {{#{label}}} and no directive :label: {label}")
    if len({p.start for p in found}) > 1:
        places = " and ".join(str(p.start + 1) for p in found)
        raise BadInput(f"{where}: the label {label} stands more than once, in lines {places}: rename one")
    return found[0]


# How a directive is fenced, which sign marks an item, which options are of the layout: no part of what is said.
_FENCED = re.compile(r"^(\s*)(?:`{3,}|:{3,})(?=\s*\{|\s*$)")
_ITEM = re.compile(r"^(\s*)[*+-](?=\s)")
_LAYOUT = re.compile(r"^\s*:(?:class|nonumber|enumerated):")
_ROLE = re.compile(r"\{math\}`([^`]*)`")


# What frames a statement: the fence of a directive with its title, an option of it, the fence of a div.
_FRAME = re.compile(r"^\s*(?:`{3,}|:{3,})\s*(?:\{[^{}]*\}[ \t]*)?|^\s*:[\w-]+:[^\n]*$|^---\s*$", re.MULTILINE)


def without_frames(text: str) -> str:
    """The words of a statement without the fences and options of its directive or div; of LaTeX, which has none, all of it."""
    return _FRAME.sub("", text)


# The kinds of statements by their names, in a directive or a class, and by how Quarto begins their labels.
KINDS = "theorem lemma proposition corollary conjecture definition assumption axiom property claim fact remark example exercise criterion observation".split()
_PREFIXES = {"thm": "theorem", "lem": "lemma", "cor": "corollary", "prp": "proposition", "cnj": "conjecture", "def": "definition", "exm": "example", "exr": "exercise", "rem": "remark"}  # fmt: skip
_KIND = re.compile(
    rf"\{{(?:prf:)?({'|'.join(KINDS)})\}}|\.({'|'.join(KINDS)})\b|^\s*:::+\s*({'|'.join(KINDS)})\s*$", re.IGNORECASE
)


def stated(source: str) -> list[tuple[str, tuple[str, ...], int]]:
    """The theorem-like statements of a text: the kind, the labels and the first line of each, in order."""
    lines = source.splitlines(keepends=True)
    labelled: dict[int, list[str]] = {}
    for p in parts(lines):
        labelled.setdefault(p.start, []).append(p.label)
    return [(kind, tuple(dict.fromkeys(labelled.get(i, ()))), i + 1) for i, kind in _stated(lines, 0)]


def _stated(lines: Sequence[str], offset: int) -> Iterator[tuple[int, str]]:
    code, _, directives = _blocks(lines)
    free = [True] * len(lines)
    for a, b in code:
        free[a:b] = [False] * (b - a)
    for start, end in sorted((*directives, *_divs(lines, free))):
        ids = [_PREFIXES.get(i.partition("-")[0], "") for i in _ids(lines[start])]
        m = _KIND.search(lines[start])
        kind = next(filter(None, m.groups())).lower() if m else next(filter(None, ids), "")
        if kind:
            yield offset + start, kind
        if (start, end) in directives:
            yield from _stated(lines[start + 1 : end - 1], offset + start + 1)


def without_layout(text: str) -> str:
    """A part without what is layout."""
    lines = (line for line in text.splitlines(keepends=True) if not _LAYOUT.match(line))
    return "".join(_ROLE.sub(r"$\1$", _ITEM.sub(r"\1-", _FENCED.sub(r"\1:::", line))) for line in lines)


def _without(line: str, label: str) -> str:
    """A line without the label itself."""
    if _OPTION.match(line) or _TARGET.match(line):
        return ""
    return re.sub(rf"#{re.escape(label)}(?=[\s}}])", "", line) if _ATTRIBUTES.search(line.rstrip("\n")) else line


def labels(source: str) -> list[str]:
    """All labels of a text."""
    return list(dict.fromkeys(p.label for p in parts(source.splitlines(keepends=True))))


def parts(lines: Sequence[str], offset: int = 0, outer: tuple[int, int] | None = None) -> Iterator[Part]:
    """The labelled parts of these lines, which lie within the lines of `outer`; the label of a formula names the whole part around it."""
    code, headings, directives = _blocks(lines)
    free = [True] * len(lines)
    for a, b in code:
        free[a:b] = [False] * (b - a)
    divs = list(_divs(lines, free))
    blocks = dict((*directives, *divs))
    statements = [(a, b) for a, b in blocks.items() if not _MATH.match(lines[a])]

    def part(label: str, start: int, end: int, formula: bool) -> Part:
        around = max(((a, b) for a, b in statements if a < start and end <= b), default=None)
        whole = outer if around is None else (offset + around[0], offset + around[1])
        if formula and whole is not None:
            return Part(label, *whole, True)
        return Part(label, offset + start, offset + end)

    for i, end in _sections(headings, len(lines)):
        blocks.setdefault(i, end)
        yield from (Part(n, offset + i, offset + end) for n in _ids(lines[i]))
    for start, end in (*directives, *divs):
        names = [*_ids(lines[start]), *_options(lines[start + 1 : end])]
        yield from (part(n, start, end, _MATH.match(lines[start]) is not None) for n in dict.fromkeys(names))
    for start, end in directives:
        inner = outer if _MATH.match(lines[start]) else (offset + start, offset + end)
        yield from parts(lines[start + 1 : end - 1], offset + start + 1, inner)
    for i, line in enumerate(lines):
        if not free[i]:
            continue
        if (m := _TARGET.match(line)) is not None:
            start = next((j for j in range(i + 1, len(lines)) if lines[j].strip() and not _TARGET.match(lines[j])), i)
            blank = next((j for j in range(start, len(lines)) if not lines[j].strip()), len(lines))
            formula = _MATH.match(lines[start]) is not None or lines[start].lstrip().startswith("$$")
            yield part(m[1], start, blocks.get(start, blank), formula)
        if (m := _FORMULA.search(line.rstrip("\n"))) is not None:
            start = i
            while lines[start].count("$$") < 2 and start > 0 and (start == i or "$$" not in lines[start]):
                start -= 1
            yield part(m["id"] or m["name"], start, i + 1, True)


def _sections(headings: Sequence[tuple[int, int]], lines: int) -> Iterator[tuple[int, int]]:
    """From each heading to the next one of its level, or a higher one."""
    opened: list[tuple[int, int]] = []
    for level, i in headings:
        while opened and opened[-1][0] >= level:
            yield opened.pop()[1], i
        opened.append((level, i))
    yield from ((i, lines) for _, i in opened)


def _ids(line: str) -> list[str]:
    m = _ATTRIBUTES.search(line.rstrip("\n"))
    return re.findall(r"#([^\s{}]+)", m[0]) if m else []


def _options(lines: Sequence[str]) -> Iterator[str]:
    """The labels among the options with which a directive begins: lines :name: value, or YAML between two lines ---."""
    yaml = bool(lines) and lines[0].strip() == "---"
    for line in lines[1:] if yaml else lines:
        if line.strip() == "---" or not (yaml or line.lstrip().startswith(":")):
            return
        if (m := _OPTION.match(line)) is not None:
            yield m[1].strip("\"'")


def _blocks(lines: Sequence[str]) -> tuple[list[tuple[int, int]], list[tuple[int, int]], list[tuple[int, int]]]:
    """The lines of code, front matter and comments; the headings with their levels; the directives in fences."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.front_matter import front_matter_plugin

    code, headings, directives = [], [], []
    for token in MarkdownIt("commonmark", {"maxNesting": 64}).use(front_matter_plugin).parse("".join(lines)):
        if token.map is None:
            continue
        start, end = token.map
        if token.type == "fence":
            code.append((start, end))
            if _DIRECTIVE.match(token.info.strip()):
                directives.append((start, end))
        elif token.type in ("code_block", "front_matter", "html_block"):
            code.append((start, end))
        elif token.type == "heading_open":
            headings.append((int(token.tag[1:]), start))
    return code, headings, directives


def _divs(lines: Sequence[str], free: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """The blocks between colons: one with words opens, one without closes the innermost."""
    opened: list[int] = []
    for i, line in enumerate(lines):
        m = _COLONS.match(line) if free[i] else None
        if m is None:
            continue
        if m[2]:
            opened.append(i)
        elif opened:
            yield opened.pop(), i + 1
    yield from ((start, len(lines)) for start in opened)


# What shows that a text is one of MyST, where a line that begins with % is a comment.
_MYST = re.compile(r":{3,}[ ]*\{[A-Za-z]|`{3,}[ ]*\{prf:")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
# Directives whose content is code.
_OF_CODE = re.compile(r"\s*\{(?:code|sourcecode|eval|mermaid|raw|literalinclude|math)")


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it lies in a fenced block of code; the content of other directives is text."""
    open_: list[tuple[str, bool]] = []
    for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text):
        m = _FENCE.match(line)
        yield line, any(code for _, code in open_)
        if m is None:
            continue
        rest = line[m.end() :]
        if open_ and m[1][0] == open_[-1][0][0] and len(m[1]) >= len(open_[-1][0]) and not rest.strip():
            open_.pop()
        elif not any(code for _, code in open_):
            directive = _DIRECTIVE.match(rest.strip()) and not _OF_CODE.match(rest)
            open_.append((m[1], not directive))


def without_comments(text: str) -> str:
    """The text without the comments of HTML, and in MyST without lines that begin with %; what stands in code is none."""
    parts: list[str] = []
    myst = any(_MYST.match(line) for line, code in _lines(text) if not code)
    for line, code in _lines(text):
        if myst and not code and line.startswith("%"):
            continue
        if parts and not code and not parts[-1].startswith("\0"):
            parts[-1] += line
        else:
            parts.append(("\0" if code else "") + line)
    comment = re.compile(
        r"(?P<code>(?<!`)(?P<ticks>`{1,2})(?!`).+?(?<!`)(?P=ticks)(?!`))|(?P<escape>\\.)|<!--.*?-->", re.DOTALL
    )
    return "".join(
        p[1:] if p.startswith("\0") else comment.sub(lambda m: m[0] if m["code"] or m["escape"] else "", p)
        for p in parts
    )
