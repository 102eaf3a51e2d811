"""Two thousand edits of a linked text: a thousand cosmetic ones pass, a thousand semantic ones are seen."""

import random
import re

from refute.sources.text import latex_tokens

LEMMA = r"""\begin{lemma}[Descent lemma]\label{lem:descent}
Let $f$ be $L$-smooth and convex. Then for all $x, y \in \R^d$ and every $h < 2/L$
\[ f(y) \le f(x) + \langle \nabla f(x), y - x \rangle + \frac{L}{2} \|y - x\|^2 , \]
and there is no $c > 0$ such that the gradient is smaller than $c$ in each point.
\begin{align}
  f(x_{k+1}) &\le f(x_k) - h \left(1 - \frac{L h}{2}\right) \|\nabla f(x_k)\|^2 \\
  \sum_{k=0}^{N-1} \|\nabla f(x_k)\|^2 &\le \frac{f(x_0) - f(x_N)}{h (1 - L h / 2)} .
\end{align}
\end{lemma}
"""
DOCUMENT = "\\newcommand{\\R}{\\mathbb{R}}\n\\begin{document}\n" + LEMMA + "\\end{document}\n"

SIGNS = [("+", "-"), ("-", "+")]
ORDER = [("\\le", "\\ge"), ("<", ">"), (">", "<"), ("\\le", "<")]
WORDS = [
    ("for all", "for some"),
    ("every", "some"),
    ("no", "a"),
    ("each", "one"),
    ("convex", "concave"),
    ("smaller", "larger"),
]
NUMBERS = [("2", "3"), ("1", "2"), ("0", "1")]


def tokens(document: str) -> list[str]:
    return latex_tokens(document, "lem:descent", "paper.tex")


def spots(pattern: str) -> list[tuple[int, int]]:
    """Where the pattern stands in the lemma, outside of \\label and \\begin or \\end."""
    kept = re.sub(r"\\(label|begin|end)\{[^}]*\}", lambda m: "\0" * len(m.group()), LEMMA)
    return [m.span() for m in re.finditer(pattern, kept)]


def cosmetic(rng: random.Random) -> str:
    text = LEMMA
    for _ in range(rng.randint(1, 6)):
        # A comment and the end of its line are one blank.
        blanks = [m.span() for m in re.finditer(r"(?<!\\)(?:[ \t\n]|%[^\n]*\n)+", text)]
        a, b = rng.choice(blanks)
        new = rng.choice([" ", "  ", "\n", " \n  ", " % a remark\n", "\t", "\n\n", " %\n"])
        text = text[:a] + new + text[b:]
    return DOCUMENT.replace(LEMMA, text)


def semantic(rng: random.Random) -> str:
    kind = rng.choice([SIGNS, ORDER, WORDS, NUMBERS])
    while True:
        old, new = rng.choice(kind)
        word = re.escape(old) + (r"(?![A-Za-z])" if old[-1].isalpha() else "")
        found = spots(r"(?<![A-Za-z\\])" + word if old[0].isalpha() else word)
        if found:
            a, b = rng.choice(found)
            return DOCUMENT.replace(LEMMA, LEMMA[:a] + new + LEMMA[b:])


def test_a_thousand_cosmetic_edits_raise_no_alarm() -> None:
    rng = random.Random(1)
    before = tokens(DOCUMENT)
    for _ in range(1000):
        edited = cosmetic(rng)
        assert tokens(edited) == before, edited


def test_a_thousand_semantic_edits_are_all_seen() -> None:
    rng = random.Random(2)
    before = tokens(DOCUMENT)
    for _ in range(1000):
        edited = semantic(rng)
        assert edited != DOCUMENT
        assert tokens(edited) != before, edited
