"""A statement's text (paragraphs, $formulas$, `names`) as HTML, LaTeX, Markdown and plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from typing import Any

from refute.report.formulas import allowed
from refute.report.mathml import mathml
from refute.safety.plain import plain

_CASES = re.compile(r"\\begin\{cases\}(.*?)\\end\{cases\}", re.DOTALL)
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


def spelled(tex: str) -> str:
    r"""TeX in one line of text: \frac{1}{x + 1} is 1/(x + 1)."""
    text = _speller().latex_to_text(_CASES.sub(lambda m: _rows(m[1]), tex))
    text = re.sub(r"\^\{([^{}]*)\}", lambda m: "^" + _factor(m[1]), text)
    text = re.sub(r"_\{([^{}]*)\}", r"_\1", text).replace("{", "").replace("}", "")
    return " ".join(re.sub(r" *(≤|≥|=|<|>) *", r" \1 ", text).split())


def _rows(cases: str) -> str:
    """The pieces of a function, one after the other."""
    pairs = [row.partition("&")[::2] for row in cases.split(r"\\")]
    return r"; ".join(rf"{value.strip()}\ \mathrm{{for}}\ {where.strip()}" for value, where in pairs)


def _outside(text: str) -> str:
    """What stands outside of all parentheses."""
    while (outer := re.sub(r"\([^()]*\)", "", text)) != text:
        text = outer
    return text


def _summand(text: str) -> str:
    """In parentheses, if it is a sum."""
    return f"({text})" if " + " in _outside(text) or " - " in _outside(text) else text


def _factor(text: str) -> str:
    """In parentheses, if it is more than one factor."""
    return text if re.fullmatch(r"[\w.†⋆]*(\^\w+)?", _outside(text)) else f"({text})"


@lru_cache(1)
def _speller() -> Any:
    from pylatexenc import latex2text

    def fraction(node: Any, l2tobj: Any) -> str:
        above, below = (l2tobj.nodelist_to_text([a]).strip().removeprefix("{").removesuffix("}") for a in node.nodeargs)
        return f"{_summand(above)}/{_factor(below)}"

    context = latex2text.get_default_latex_context_db()
    context.add_context_category(
        "refute",
        prepend=True,
        macros=[latex2text.MacroTextSpec("frac", simplify_repl=fraction)],
    )
    return latex2text.LatexNodes2Text(
        latex_context=context, math_mode="text", keep_braced_groups=True, keep_braced_groups_minlen=1
    )
