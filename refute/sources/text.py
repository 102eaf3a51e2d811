"""The linked text of a statement: a labelled environment of a LaTeX or Markdown file, as tokens.

LaTeX is read by pylatexenc. White space, line breaks and comments make no token (one blank stands
between words; in mathematics none counts). The definitions of the macros that the environment uses, in this file or in another of the document (document.py),
belong to its tokens, so that a change of a macro is a change of the statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_text
from refute.sources.document import files_of
from refute.sources.files import linked_file
from refute.statements.fingerprint import digest

_MATH_ENVIRONMENTS = frozenset(
    "equation equation* align align* gather gather* multline multline* displaymath math eqnarray".split()
)
_LATEX = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*(\n[ \t]*)?)|(?P<macro>\\([A-Za-z@]+\*?|.))|(?P<blank>\s+)|(?P<char>.)",
    re.DOTALL,
)
# Where a percent sign begins no comment.
_VERBATIM = re.compile(r"\\verb\*?(?P<sign>[^A-Za-z*\s]).*?(?P=sign)|\\(?:url|href|path|nolinkurl)\s*\{[^{}]*\}")
_PLAIN = re.compile(r"(?P<macro>\\([A-Za-z@]+\*?|.))|(?P<blank>\s+)|(?P<char>.)", re.DOTALL)

# The largest text that a statement is looked for in, in bytes.
MAX_TEXT = 64 * 2**20


def fingerprint(link: str, base: Path) -> str:
    """The fingerprint of the text that `link` ("paper.tex#lem:descent") names.

    The file is looked for beside the theorem file (`base` is its folder) and in the folders above.
    Raises BadInput where file or label is missing.
    """
    return digest(tokens_of(link, base))


def tokens_of(link: str, base: Path) -> list[str]:
    """The tokens of the text that `link` names. Raises BadInput where file or label is missing."""
    name, _, label = link.partition("#")
    if not label:
        raise BadInput(f'text={link!r} names no label: write "paper.tex#lem:descent"')
    path = linked_file(name, base)
    source = read_text(path, MAX_TEXT)
    if path.suffix in (".md", ".markdown"):
        return markdown_tokens(source, label, path.name)
    return latex_tokens(source, label, path.name, [_readable(p) for p in files_of(path)[1:]])


def _readable(path: Path) -> str:
    """The text of another file of the document; nothing where it cannot be read."""
    try:
        return read_text(path, MAX_TEXT)
    except BadInput:
        return ""


def statement_of(link: str, base: Path) -> str:
    """The LaTeX of the statement that `link` names. Raises BadInput where file or label is missing, or the file is no LaTeX."""
    name, _, label = link.partition("#")
    if not label or not name.endswith(".tex"):
        raise BadInput(f'{link!r} names no statement of a LaTeX file: write "paper.tex#lem:descent"')
    path = linked_file(name, base)
    source = _VERBATIM.sub(lambda m: m[0].replace("%", "\x1a"), read_text(path, MAX_TEXT))
    body = re.sub(r"(?<!\\)%[^\n]*", "", _environment(source, label, path.name))
    return body.replace("\x1a", "%")


def latex_tokens(source: str, label: str, where: str, others: Sequence[str] = ()) -> list[str]:
    """The tokens of the innermost environment that carries the label, then those of its macros, which the other texts of the document may define."""
    source = _VERBATIM.sub(lambda m: m[0].replace("%", "\x1a"), source)
    body = _environment(source, label, where)
    definitions = _definitions(source)
    for other in others:
        for name, tokens in _definitions(other).items():
            definitions.setdefault(name, []).extend(tokens)
    return _with_macros(list(_tokens(body)), definitions)


def _with_macros(tokens: list[str], definitions: dict[str, list[str]]) -> list[str]:
    """The tokens, then those of the definitions of all macros that they use."""
    used, todo = [], list(tokens)
    while todo:
        t = todo.pop().rstrip("*")  # a star belongs to the use, as in \\abs*{x}
        if t in definitions and t not in used:
            used.append(t)
            todo += definitions[t]
    return [*tokens, *(x for t in sorted(used) for x in (t, *definitions[t]))]


def _environment(source: str, label: str, where: str) -> str:
    from pylatexenc.latexwalker import LatexEnvironmentNode, LatexWalker, LatexWalkerError

    try:
        nodes, _, _ = LatexWalker(source, tolerant_parsing=True).get_latex_nodes()
    except LatexWalkerError as why:
        raise BadInput(f"{where}: cannot be read as LaTeX ({why})") from None
    found: list[str] = []

    def walk(some: object) -> None:
        for node in some or ():  # type: ignore[attr-defined]
            children = getattr(node, "nodelist", None)
            if children is None:
                continue
            inner = node.latex_verbatim()
            if isinstance(node, LatexEnvironmentNode) and _labels(inner).count(label):
                found.append(inner)
            walk(children)

    walk(nodes)
    holders = [t for t in found if not t.startswith("\\begin{document}")]
    if not holders:
        raise BadInput(f"{where}: no environment carries \\label{{{label}}}")
    shortest = min(holders, key=len)
    outer = [t for t in holders if len(t) > len(shortest) and not _is_math(shortest)]
    # A label inside a displayed formula of a lemma is the formula's; any other is the lemma's.
    return shortest if not outer else min((t for t in holders if not _is_math(t)), key=len)


def _is_math(text: str) -> bool:
    m = re.match(r"\\begin\{([^}]*)\}", text)
    return m is not None and m.group(1) in _MATH_ENVIRONMENTS


def _labels(text: str) -> list[str]:
    uncommented = re.sub(r"(?<!\\)%[^\n]*", "", text)
    return [m.strip() for m in re.findall(r"\\label\s*\{([^}]*)\}", uncommented)]


def _tokens(text: str, comments: bool = True) -> Iterator[str]:
    """Control words, characters, and one blank between words of the text; without `comments` a percent sign is one."""
    math = 0
    blank = False
    previous = ""
    skip_group = 0
    for m in (_LATEX if comments else _PLAIN).finditer(text):
        if comments and m.group("comment") is not None:
            # TeX drops the line's end with the comment and the blanks that open the next line.
            continue
        if m.group("blank") is not None:
            blank = True
            continue
        t = m.group()
        if skip_group:
            skip_group += {"{": 1, "}": -1}.get(t, 0)
            if t == "}" and skip_group == 1:
                skip_group = 0
            continue
        if t == "\\label" and re.match(r"\s*\{", text[m.end() : m.end() + 99]):
            skip_group = 1
            continue
        opens, closes = _math_switch(t, text, m.start(), math)
        if blank and not math and not closes and previous and not previous.startswith("\\"):
            yield " "
        blank = False
        math += opens - closes
        yield t
        previous = t


def _math_switch(t: str, text: str, at: int, math: int) -> tuple[int, int]:
    if t in ("\\[", "\\("):
        return 1, 0
    if t in ("\\]", "\\)"):
        return 0, 1
    if t == "$":
        return (0, 1) if math else (1, 0)
    if t in ("\\begin", "\\end"):
        m = re.match(r"\\(?:begin|end)\s*\{([^}]*)\}", text[at:])
        if m and m.group(1) in _MATH_ENVIRONMENTS:
            return (1, 0) if t == "\\begin" else (0, 1)
    return 0, 0


_DEFINITION = re.compile(
    r"\\(?P<kind>(?:re)?new[A-Za-z]*|provide[A-Za-z]*|(?:New|Renew|Provide|Declare)[A-Za-z]*|[A-Za-z]*def|[A-Za-z]*[lL]et[A-Za-z]*)\*?"
    r"\s*(?:\{\s*(?P<braced>\\(?:[A-Za-z@]+|.))\s*\}|(?P<bare>\\(?:[A-Za-z@]+|.)))"
)
_COMMENT = re.compile(r"(?<!\\)((?:\\\\)*)%[^\n]*")
_SECOND_NAME = re.compile(r"\s*=?\s*(\\[A-Za-z@]+|\\?.)")


def _definitions(source: str, comments: bool = True) -> dict[str, list[str]]:
    """Each macro that the file defines, with the tokens of all its definitions: which one counts is TeX's to say."""
    found: dict[str, list[str]] = {}
    text = _COMMENT.sub(r"\1", source) if comments else source
    for m in _DEFINITION.finditer(text):
        name, kind = m["braced"] or m["bare"], m["kind"]
        if "let" in kind.lower():
            second = _SECOND_NAME.match(text, m.end())
            end = second.end() if second else m.end()
        elif kind.endswith("def"):
            end = _group_end(text, text.find("{", m.end()))
        else:
            end = _arguments_end(text, m.end(), 2 if "DocumentCommand" in kind else 1)
        found.setdefault(name, []).extend(_tokens("$" + text[m.end() : end] + "$"))
    return found


_ARGUMENT = re.compile(r"\s*(?:([\[{])|(\\(?:[A-Za-z@]+|.)|[^\s\\%}]))")


def _arguments_end(text: str, at: int, mandatory: int) -> int:
    """Where the arguments end that begin here: so many in braces, or of one sign, and all in brackets before and between them; further
    groups that follow at once."""
    while (found := _ARGUMENT.match(text, at)) is not None:
        if found[1] == "[":
            at = _bracket_end(text, found.end() - 1)
        elif found[1] == "{" and (mandatory > 0 or found.end() - 1 == at):
            mandatory, at = mandatory - 1, _group_end(text, found.end() - 1)
        elif found[1] is None and mandatory > 0:
            mandatory, at = mandatory - 1, found.end()
        else:
            break
    return at


def _group_end(text: str, start: int) -> int:
    """Behind the brace that closes the one at `start`; at the end of the text where none does."""
    depth = 0
    for m in re.compile(r"\\.|[{}]", re.DOTALL).finditer(text, max(start, 0)):
        depth += {"{": 1, "}": -1}.get(m[0], 0)
        if depth == 0 and m[0] == "}":
            return m.end()
    return len(text)


def _bracket_end(text: str, start: int) -> int:
    depth = 0
    for m in re.compile(r"\\.|[{}\]]", re.DOTALL).finditer(text, start + 1):
        depth += {"{": 1, "}": -1}.get(m[0], 0)
        if depth == 0 and m[0] == "]":
            return m.end()
    return len(text)


def markdown_tokens(source: str, label: str, where: str) -> list[str]:
    """The tokens of a labelled part of a Markdown file: the section under a heading that ends in
    {#label}, or a MyST directive (```{prf:lemma} ... ``` or :::) with `:label: label`."""
    text = _without_comments(source)
    for block in (_section(text, label), _directive(text, label)):
        if block is not None:
            return _with_macros(list(_tokens(block, comments=False)), _definitions(text, comments=False))
    raise BadInput(f"{where}: no heading ends in {{#{label}}} and no directive has :label: {label}")


_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it lies in a fenced block of code."""
    fence = ""
    for line in re.split(r"(?<=\n)|(?<=\r)(?!\n)", text):
        m = _FENCE.match(line)
        yield line, bool(fence)
        if m and not fence:
            fence = m[1]
        elif m and m[1][0] == fence[0] and len(m[1]) >= len(fence) and not line[m.end() :].strip():
            fence = ""


def _without_comments(text: str) -> str:
    """The text without the comments of HTML; what stands in code is none."""
    parts: list[str] = []
    for line, code in _lines(text):
        if parts and not code and not parts[-1].startswith("\0"):
            parts[-1] += line
        else:
            parts.append(("\0" if code else "") + line)
    comment = re.compile(
        r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`))|(?P<escape>\\.)|<!--.*?-->", re.DOTALL
    )
    return "".join(
        p[1:] if p.startswith("\0") else comment.sub(lambda m: m[0] if m["code"] or m["escape"] else "", p)
        for p in parts
    )


def _section(text: str, label: str) -> str | None:
    """From the heading with the label to the next one of its level, or a higher one."""
    begins = re.compile(rf"(#+)[^\n]*\{{#{re.escape(label)}\}}[ \t]*$")
    found: list[str] = []
    level = 0
    for line, code in _lines(text):
        m = None if code else re.match(r"(#+)\s", line)
        if found and m and len(m[1]) <= level:
            break
        if found:
            found.append(line)
        elif m and begins.match(line.rstrip("\n")):
            found, level = [line], len(m[1])
    return "".join(found) or None


def _directive(text: str, label: str) -> str | None:
    for m in re.finditer(r"^(`{3,}|:{3,})\{[^}\n]*\}[^\n]*\n(.*?)^\1\s*$", text, re.MULTILINE | re.DOTALL):
        if re.search(rf"^:label:\s*{re.escape(label)}\s*$", m.group(2), re.MULTILINE):
            return m.group()
    return None
