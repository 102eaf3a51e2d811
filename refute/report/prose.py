"""A statement's text (paragraphs, $formulas$, `names`) as HTML, LaTeX and Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from refute.report.formulas import allowed
from refute.report.mathml import mathml
from refute.safety.plain import plain

_PIECE = re.compile(r"\$\$(?P<block>.+?)\$\$|\$(?P<inline>[^$]+)\$|`(?P<name>[^`]+)`", re.DOTALL)


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """(kind, text): kind is "text", "inline", "block" or "name"."""
    end = 0
    for m in _PIECE.finditer(text):
        if m.start() > end:
            yield "text", text[end : m.start()]
        kind = m.lastgroup or "text"
        yield kind, m.group(kind)
        end = m.end()
    if end < len(text):
        yield "text", text[end:]


def html(text: str) -> str:
    """Paragraphs with MathML; whatever the text says, no element of its own."""
    return "".join(f"<p>{_html(p)}</p>" for p in re.split(r"\n\s*\n", text.strip()) if p.strip())


def _html(paragraph: str) -> str:
    shown: dict[str, Callable[[str], str]] = {
        "text": lambda t: escape(re.sub(r"\s+", " ", t)),
        "inline": mathml,
        "block": lambda t: mathml(t, block=True),
        "name": lambda t: f"<code>{escape(t)}</code>",
    }
    return "".join(shown[kind](t) for kind, t in pieces(paragraph))


def latex(text: str) -> str:
    """LaTeX source: formulas as they stand, the rest quoted."""
    shown: dict[str, Callable[[str], str]] = {
        "text": quoted,
        "inline": lambda t: f"${t}$" if allowed(t) else source(f"${t}$"),
        "block": lambda t: rf"\[{t}\]" if allowed(t) else source(f"$${t}$$"),
        "name": lambda t: rf"\texttt{{{quoted(t)}}}",
    }
    return "".join(shown[kind](t) for kind, t in pieces(text))


def source(tex: str) -> str:
    """A formula that may not stand as it is, as what was written."""
    return rf"\texttt{{{quoted(tex)}}}"


def quoted(text: str) -> str:
    """Plain text as LaTeX: special characters escaped, those of Unicode as commands."""
    from pylatexenc.latexencode import unicode_to_latex

    return str(unicode_to_latex(plain(text), unknown_char_warning=False))


def markdown(text: str) -> str:
    """One line of Markdown, with no element and no table of its own."""
    return re.sub(r"\s+", " ", text).strip().replace("<", "&lt;").replace("|", "&#124;")
