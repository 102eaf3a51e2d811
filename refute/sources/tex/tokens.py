r"""The tokens of a piece of LaTeX or Markdown: texts with the same tokens are the same statement.

Layout, bookkeeping (\label, \index, \lean, \uses, ...) and the ways to write one sign (\le and \leq, \left( and (, ^{2} and ^2, \tfrac and \frac,
\( and $, ~) make no difference. All else does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from refute.sources.tex.latex import MATH
from refute.sources.tex.macros import group_end
from refute.sources.tex.unread import GONE

_TOKEN = re.compile(r"(?P<macro>\\(?:[A-Za-z@]+\*?|.))|(?P<blank>[\s~]+)|\$\$|(?P<char>.)", re.DOTALL)
_ENVIRONMENT = re.compile(r"\s*\{([^{}]*)\}")
# Commands of bookkeeping, with what follows them in brackets and braces; and without.
_NOTES = frozenset(r"\label \index \todo \lean \uses \discussion".split())
_BOOKKEEPING = frozenset(r"\proves \missing \vspace \vspace* \hspace \hspace* \needspace".split())
# And those with two groups.
_OF_TWO = frozenset(r"\setlength \addtolength".split())
_NOTHING = frozenset(
    r"\leanok \mathlibok \notready \tangled \pagebreak \newpage \noindent \smallskip \medskip \bigskip \allowdisplaybreaks \nonumber \notag \displaystyle \textstyle "
    r"\limits \nolimits \left \right \middle \big \Big \bigg \Bigg \bigl \bigr \Bigl \Bigr \biggl \biggr \Biggl \Biggr \bigm".split()
)
_SPACES = frozenset(
    (r"\,", r"\;", r"\:", r"\>", r"\!", "\\ ", "\\\n", "\\\t", r"\quad", r"\qquad", r"\thinspace", r"\enspace")
)
_SAME = {
    r"\leq": r"\le",
    r"\geq": r"\ge",
    r"\neq": r"\ne",
    r"\tfrac": r"\frac",
    r"\dfrac": r"\frac",
    r"\lVert": r"\|",
    r"\rVert": r"\|",
    r"\Vert": r"\|",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\vert": "|",
    r"\colon": ":",
    r"\rightarrow": r"\to",
    r"\ldots": r"\dots",
    r"\cdots": r"\dots",
    r"\dotsc": r"\dots",
    r"\dotsb": r"\dots",
    r"\land": r"\wedge",
    r"\lor": r"\vee",
    r"\lnot": r"\neg",
    r"\owns": r"\ni",
    r"\lbrace": r"\{",
    r"\rbrace": r"\}",
    r"\(": "$",
    r"\)": "$",
    r"\[": "$$",
    r"\]": "$$",
}
# Formulas on a line of their own, with a number or without.
_DISPLAYED = frozenset(("equation", "equation*", "displaymath"))
# What a declaration at the beginning of a group says as a command.
_DECLARED = {
    r"\em": r"\emph",
    r"\it": r"\textit",
    r"\itshape": r"\textit",
    r"\bf": r"\textbf",
    r"\bfseries": r"\textbf",
}
_DECLARATION = re.compile(r"\s*(\\[a-z]+)(?![A-Za-z@])\s*")
_MEASURE = re.compile(r"\s*\[-?[\d.]+\s*(?:pt|em|ex|cm|mm|in)\]")


def tokens(text: str, own: Collection[str] = (), printed: Collection[str] = ()) -> list[str]:
    """Control words, characters, and one blank between words of the text. What the document itself defines (`own`) is no bookkeeping and no layout
    in a formula; a note or, in a formula, another word of bookkeeping that it defines to print its argument (`printed`) is none."""
    found: list[str] = []
    for t in _tokens(text, own, printed):
        if t == "}" and len(found) > 1 and found[-2] == "{" and found[-1] not in ("{", "}", " "):
            found[-2:] = [found[-1]]  # ^{2} is ^2
        else:
            found.append(t)
    return found


def _tokens(text: str, own: Collection[str], printed: Collection[str]) -> Iterator[str]:
    inside: list[str] = []  # the formulas that are open: by a sign, or by an environment
    blank = False
    edge = True  # where a blank is layout
    depth, title, at = 0, -1, 0
    while (m := _TOKEN.match(text, at)) is not None:
        t, at = m[0], m.end()
        if m["blank"] or (t in _SPACES and not inside):
            blank = True
            continue
        if t in GONE or ((t in _NOTHING or t in _SPACES) and not (inside and t in own)):
            at += t in (r"\left", r"\right") and text.startswith(".", at)
            continue
        if (t in _NOTES and not (t in printed and (inside or t == r"\todo"))) or (
            (t in _BOOKKEEPING or t in _OF_TWO) and not (inside and t in own)
        ):
            at = _behind_arguments(text, at)
            at = _behind_arguments(text, at) if t in _OF_TWO else at
            continue
        declaration = _DECLARATION.match(text, at) if t == "{" else None
        if declaration is not None and declaration[1] in _DECLARED:
            if blank and not inside and not edge:
                yield " "
            yield _DECLARED[declaration[1]]
            blank, edge, at = False, True, declaration.end()
        t = t if t in own else _SAME.get(t, t)
        begins = t == r"\begin"
        named = _ENVIRONMENT.match(text, at) if t in (r"\begin", r"\end") else None
        if named is not None and named[1].strip() in _DISPLAYED:
            t, at, named = "$$", named.end(), None
        if blank and not inside and not edge and named is None and t not in ("$$", r"\item", r"\\"):
            yield " "
        blank, edge = False, False
        if named is not None:
            at = named.end()
            kind = named[1].strip()
            if kind.rstrip("*") in MATH:
                inside = [*inside, kind] if begins else [k for k in inside if k != kind]
            yield f"{t}{{{kind}}}"
            edge = True
            title = depth if begins and text[at : at + 99].lstrip().startswith("[") else -1
            continue
        if t in ("$", "$$"):
            inside = [k for k in inside if k != t] if t in inside else [*inside, t]
            edge = t == "$$"
        elif t == r"\\":
            measure = _MEASURE.match(text, at)
            at = measure.end() if measure else at
        elif t in "{}":
            depth += 1 if t == "{" else -1
        elif t == "]" and title == depth:
            edge, title = True, -1
        yield t
        edge = edge or t.startswith("\\")


_ARGUMENTS = re.compile(rf"[\s{GONE}]*(?:\[[^\]{{}}]*\][\s{GONE}]*)?(?=\{{)")


def _behind_arguments(text: str, at: int) -> int:
    """Behind an argument in brackets and one in braces."""
    m = _ARGUMENTS.match(text, at)
    if m is None:
        return at
    return group_end(text, m.end())
