"""The linked text of a statement: a labelled environment of a LaTeX or Markdown file, as tokens.

LaTeX is read by pylatexenc. White space, line breaks and comments make no token (one blank stands
between words; in mathematics none counts). The definitions of the file's own macros that the
environment uses belong to its tokens, so that a change of a macro is a change of the statement.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from refute.errors import BadInput
from refute.safety.files import read_text
from refute.sources.files import linked_file
from refute.statements.fingerprint import digest

_MATH_ENVIRONMENTS = frozenset(
    "equation equation* align align* gather gather* multline multline* displaymath math eqnarray".split()
)
_LATEX = re.compile(
    r"(?P<comment>(?<!\\)%[^\n]*(\n[ \t]*)?)|(?P<macro>\\([A-Za-z@]+\*?|.))|(?P<blank>\s+)|(?P<char>.)",
    re.DOTALL,
)

# The largest text that a statement is looked for in, in bytes.
MAX_TEXT = 64 * 2**20


def fingerprint(link: str, base: Path) -> str:
    """The fingerprint of the text that `link` ("paper.tex#lem:descent") names.

    The file is looked for beside the theorem file (`base` is its folder) and in the folders above.
    Raises BadInput where file or label is missing.
    """
    name, _, label = link.partition("#")
    if not label:
        raise BadInput(f'text={link!r} names no label: write "paper.tex#lem:descent"')
    path = linked_file(name, base)
    source = read_text(path, MAX_TEXT)
    tokens = markdown_tokens if path.suffix in (".md", ".markdown") else latex_tokens
    return digest(tokens(source, label, str(path.name)))


def latex_tokens(source: str, label: str, where: str) -> list[str]:
    """The tokens of the innermost environment that carries the label, then those of its macros."""
    body = _environment(source, label, where)
    tokens = list(_tokens(body))
    definitions = _definitions(source)
    used, todo = [], list(tokens)
    while todo:
        t = todo.pop()
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


def _tokens(text: str) -> Iterator[str]:
    """Control words, characters, and one blank between words of the text."""
    math = 0
    blank = False
    previous = ""
    skip_group = 0
    for m in _LATEX.finditer(text):
        if m.group("comment") is not None:
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
        if t == "\\label":
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
    r"\\(?:new|renew|provide)command\*?\s*\{?\s*(\\[A-Za-z@]+)\s*\}?|\\def\s*(\\[A-Za-z@]+)"
    r"|\\DeclareMathOperator\*?\s*\{?\s*(\\[A-Za-z@]+)\s*\}?"
)


def _definitions(source: str) -> dict[str, list[str]]:
    """Each macro that the file defines, with the tokens of its definition."""
    found: dict[str, list[str]] = {}
    for m in _DEFINITION.finditer(source):
        name = next(g for g in m.groups() if g)
        start = source.find("{", m.end())
        if start < 0:
            continue
        depth, end = 0, start
        for end in range(start, len(source)):
            depth += {"{": 1, "}": -1}.get(source[end], 0)
            if depth == 0:
                break
        found[name] = list(_tokens("$" + source[m.end() : end + 1] + "$"))
    return found


def markdown_tokens(source: str, label: str, where: str) -> list[str]:
    """The tokens of a labelled part of a Markdown file: the section under a heading that ends in
    {#label}, or a MyST directive (```{prf:lemma} ... ``` or :::) with `:label: label`."""
    text = re.sub(r"<!--.*?-->", "", source, flags=re.DOTALL)
    for block in (_section(text, label), _directive(text, label)):
        if block is not None:
            return list(_tokens(block))
    raise BadInput(f"{where}: no heading ends in {{#{label}}} and no directive has :label: {label}")


def _section(text: str, label: str) -> str | None:
    m = re.search(rf"^(#+)[^\n]*\{{#{re.escape(label)}\}}[ \t]*$", text, re.MULTILINE)
    if m is None:
        return None
    rest = text[m.end() :]
    end = re.search(rf"^#{{1,{len(m.group(1))}}}\s", rest, re.MULTILINE)
    return text[m.start() : m.end()] + (rest[: end.start()] if end else rest)


def _directive(text: str, label: str) -> str | None:
    for m in re.finditer(r"^(`{3,}|:{3,})\{[^}\n]*\}[^\n]*\n(.*?)^\1\s*$", text, re.MULTILINE | re.DOTALL):
        if re.search(rf"^:label:\s*{re.escape(label)}\s*$", m.group(2), re.MULTILINE):
            return m.group()
    return None
