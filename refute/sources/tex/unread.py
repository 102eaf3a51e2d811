r"""What TeX would not read of a text: comments, what stands between \iffalse and \fi, and behind \endinput; verbatim text stays."""

from __future__ import annotations

import re
from functools import lru_cache

#: What TeX would not read, sign for sign, and its ends of lines, so that places stay.
GONE = "\0\2"
_GONE = re.compile(r"[^\n]")
#: The environments whose text is no LaTeX.
VERBATIM = frozenset("verbatim Verbatim lstlisting minted comment filecontents".split())
_UNREAD = re.compile(
    r"(?P<comment>%[^\n]*(?:\n[ \t]*)?)|(?P<rest>^[ \t]*\\endinput(?![A-Za-z@]))|(?P<verb>\\verb\*?(?P<sign>[^A-Za-z*\s])[^\n]*?(?P=sign))"
    r"|(?P<url>\\(?:url|href|path|nolinkurl)\s*\{[^{}]*\})|\\begin\s*\{(?P<env>[A-Za-z]+)\*?\}|(?P<iffalse>\\iffalse(?![A-Za-z@]))|\\.",
    re.DOTALL | re.MULTILINE,
)
_COMMENTS = re.compile(r"(?<!\\)%[^\n]*")
_EDGES = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_IF = re.compile(r"\\(?:(?P<fi>fi(?![A-Za-z@]))|(?P<else>else(?![A-Za-z@]))|(?!iff(?![A-Za-z@]))if[A-Za-z@]*)")


@lru_cache(512)
def read(source: str) -> str:
    """The text with GONE for comments and what stands between \\iffalse and \\fi; verbatim text stays."""
    parts: list[str] = []
    at, unclosed = 0, set[str]()
    while (m := _UNREAD.search(source, at)) is not None:
        parts.append(source[at : m.start()])
        end, gone = m.end(), bool(m["comment"])
        if m["rest"] and _is_outermost(source, m.start()):
            line = source.find("\n", end)  # the rest of its line is read
            parts.append(source[m.start() : line] if line >= 0 else source[m.start() :])
            parts.append(_GONE.sub(GONE[0], source[line:]).replace("\n", GONE[1]) if line >= 0 else "")
            return "".join(parts)
        if m["env"] in VERBATIM and m["env"] not in unclosed:
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


def _is_outermost(source: str, at: int) -> bool:
    """Whether what stands at a place is carried out whenever the file is read: in no group, environment or condition."""
    before = _COMMENTS.sub("", source[:at])
    ifs = sum(1 if not m["fi"] else -1 for m in _IF.finditer(before) if not m["else"])
    edges = sum(1 if m[1] == "begin" else -1 for m in _EDGES.finditer(before) if m[2] != "document")
    braces = re.sub(r"\\.", "", before)
    return ifs == 0 and edges == 0 and braces.count("{") == braces.count("}")


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
