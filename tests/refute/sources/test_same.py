r"""What is the same statement, and what is another one: each kind of change that a paper lives through, in several shapes."""

from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.sources.places import statement_of
from refute.sources.text import fingerprint, latex_tokens, markdown_tokens, tokens_of

OPEN, CLOSE = "\\begin{lemma}\\label{d}", "\\end{lemma}"


def lemma(text: str) -> list[str]:
    return latex_tokens(f"{OPEN}{text}{CLOSE}", "d", "p.tex")


# In each group every line is the same statement.
SAME = [
    [" Let $x$.", "\nLet $x$.\n", "Let $x$.", "\n\n  Let $x$. % why\n", "%\nLet $x$.%\n"],
    [
        "We have $$a+b$$ here.",
        "We have $$ a + b $$ here.",
        "We have\n\\[a+b\\]\nhere.",
        "We have \\[ a\n+ b \\] here.",
        "We have\n\\begin{equation}\\label{e}\n  a + b\n\\end{equation}\nhere.",
        "We have \\begin{equation*} a+b \\end{equation*} here.",
    ],
    ["an {\\em orbit of $f$} is", "an \\emph{orbit of $f$} is", "an {\\em\norbit of $f$} is"],
    ["{\\bf A}", "\\textbf{A}", "{\\bfseries A}"],
    ["A B", "A\\vspace{-1em} B", "A \\setlength{\\parskip}{0pt}B", "A\\pagebreak\nB", "A \\vspace*{2pt}\n B"],
    ["$A^\\bullet \\to B$", "$A^\\bullet \\to % a remark\n B$", "$A^\\bullet\n\\to B$"],
    ["$a\\eqdef \\sum b$", "$a\\eqdef \\sum % why\nb$"],
    ["a\\newline \\textbf{b}", "a\\newline \\textbf{b}% why\n"],
    ["i.e.\\ a", "i.e.\\\na", "i.e.\\\ta"],
    ["$a \\le b$", "$a\\leq b$", "\\(a \\leq b\\)", "$a\\,\\le\\;b$", "$ a {\\le} b $", "$a~\\le b$"],
    ["$\\left( a \\right)$", "$(a)$", "$\\bigl( a \\bigr)$", "$\\Big( a\\Big)$", "$ ( a )$"],
    ["$x^{2}_{k}$", "$x^2_k$", "$x^ 2_{ k}$", "$x^{{2}}_k$"],
    ["$\\tfrac{1}{2}$", "$\\frac12$", "$\\dfrac {1} {2}$", "$\\displaystyle\\frac 1 2$"],
    ["$\\lVert x\\rVert$", "$\\|x\\|$", "$\\left\\| x \\right\\|$", "$\\Vert x \\Vert$"],
    ["a~b", "a b", "a\nb", "a\\ b", "a % c\n b"],
    [
        "A\\index{step size}B",
        "AB",
        "\\lean{descent}\\leanok AB",
        "\\uses{def:smooth,lem:x}AB",
        "AB\\todo[inline]{check {this}}",
        "A\\index{a}%\nB",
    ],
    ["$a$\\\\ b", "$a$\\\\[2pt] b", "$a$ \\\\[-1.5ex]b"],
    [
        "\\begin{alignat}{2} a &\\le b\\end{alignat}",
        "\\begin{alignat}{2}a&\\leq b \\end{alignat}",
        "\\begin{alignat}{2}\n a & \\le b\n\\end{alignat}",
    ],
    ["$\\left. a\\right|_0$", "$a|_0$"],
    ["\\begin{enumerate}\n\\item A\n\\item B\n\\end{enumerate}", "\\begin{enumerate}\\item A \\item B\\end{enumerate}"],
]

# In each group no two lines are the same statement.
OTHER = [
    ["$h<2/L$", "$h<4/L$", "$h\\le 2/L$", "$h>2/L$", "$2/L$", "$h<2L$", "$h<2/\\ell$"],
    ["95\\% of $x$", "96\\% of $x$", "95 of $x$"],
    ["after \\verb|50%| we have $2$", "after \\verb|50%| we have $3$", "after \\verb|51%| we have $2$"],
    ["see \\url{x/a%20b} $2$", "see \\url{x/a%20b} $4$"],
    ["$x_{12}$", "$x_1 2$", "$x^{12}$", "$x_{1}2_{1}$"],
    ["$\\frac{1}{23}$", "$\\frac{12}{3}$", "$\\frac{1}{2}3$"],
    ["an a", "ana", "a n a"],
    ["$|x|$", "$\\|x\\|$", "$(x)$"],
    ["$f(x)\\le f(y)$", "$f(y)\\le f(x)$", "$f(x)\\not\\le f(y)$"],
    ["\\begin{enumerate}\\item A\\item B\\end{enumerate}", "\\begin{itemize}\\item A\\item B\\end{itemize}", "AB"],
    ["$\\epsilon$", "$\\varepsilon$", "$\\eps$"],
    ["$a$\\\\% note\n$b$", "$a$\\\\$c$"],
    ["[A] x", "[B] x", "x"],
    ["\\emph{a} b", "\\textbf{a} b", "a b", "\\emph{a b}"],
    ["$$a$$", "$a$", "\\begin{align}a\\end{align}"],
]


@pytest.mark.parametrize("group", SAME, ids=lambda g: g[0][:20])
def test_these_are_one_statement(group: list[str]) -> None:
    assert len({tuple(lemma(t)) for t in group}) == 1, [lemma(t) for t in group]


@pytest.mark.parametrize("group", OTHER, ids=lambda g: g[0][:20])
def test_these_are_different_statements(group: list[str]) -> None:
    assert len({tuple(lemma(t)) for t in group}) == len(group)


BODY = "Let $h<2/L$."


@pytest.mark.parametrize(
    "text",
    [
        "%s",
        "\\iffalse \\begin{lemma}\\label{d}old\\end{lemma} \\fi %s",
        "\\iffalse \\ifnum1=1 x\\fi \\begin{lemma}\\label{d}old\\end{lemma}\\fi %s $a \\iff b$",
        "%% \\begin{lemma}\\label{d}old\\end{lemma}\n%s",
        "\\begin{verbatim}\\begin{lemma}\\label{d}old\\end{lemma}\\end{verbatim}%s",
        "\\begin{lstlisting}[label=d]\n%% \\label{d}\n\\end{lstlisting}%s",
        "\\newcommand{\\be}{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\\be a \\ee %s",
        "\\newenvironment{lem}{\\begin{lemma}\\label{d}}{\\end{lemma}}%s",
        "\\newcommand{\\old}{\\begin{lemma}\\label{d}old\\end{lemma}}%s",
        "\\begin{multicols}{2}%s\\end{multicols}",
        "\\begin{center}unclosed %s",
        "\\def\\x#1{\\begin{a}}%s",
    ],
)
def test_the_statement_is_found_among_what_is_not_there(text: str) -> None:
    assert latex_tokens(text % f"{OPEN}{BODY}{CLOSE}", "d", "p.tex") == lemma(BODY)


@pytest.mark.parametrize(
    "text",
    [
        "\\begin{lemma}\\label{d} $h<%s/L$ \\end{lemma}",
        "\\begin{lemma}[Title \\label{d}] $h<%s/L$ \\end{lemma}",
        "\\begin{lemma}[label=d, name=X] $h<%s/L$ \\end{lemma}",
        "\\begin{lemma}[name={X},label={d}] $h<%s/L$ \\end{lemma}",
        "\\newtcbtheorem{Lem}{Lemma}{a={b}}{lem}\\begin{Lem}{T}{d} $h<%s/L$ \\end{Lem}",
        "\\newtcbtheorem[x]{Lem}{Lemma}{}{e}\\begin{Lem}[opt]{T}{d} $h<%s/L$ \\end{Lem}",
        "\\begin{tcolorbox}\\label{d}\\begin{lemma} $h<%s/L$\\end{lemma}\\end{tcolorbox}",
        "\\begin{multicols}{2}\\begin{lemma} $h<%s/L$\\end{lemma}\\label{d} more\\end{multicols}",
        "\\begin{lemma} $h<%s/L$\\end{lemma} %% here\n \\label{d} more",
        "\\newcommand{\\lab}[1]{\\label{#1}}\\begin{lemma}\\lab{d} $h<%s/L$ \\end{lemma}",
        "\\newcommand{\\be}{\\begin{equation}}\\newcommand{\\ee}{\\end{equation}}\\be\\label{d} $h<%s/L$ \\ee",
        "\\begin{lemma}Let $h<%s/L$. \\begin{enumerate}\\item\\label{d} A\\end{enumerate}\\end{lemma}",
        "\\begin{lemma}Let $h<%s/L$. \\begin{equation}\\label{d} a \\end{equation}\\end{lemma}",
        "\\begin{equation}\\label{d} h<%s/L \\end{equation}",
        "\\begin{thm}\\begin{align}\\begin{aligned}a\\label{d}\\end{aligned}\\end{align} $h<%s/L$\\end{thm}",
        "\\begin{lemma*}\\label{d}\\be $h<%s/L$\\end{lemma*}",
        "\\begin{lemma}\\label{d}" + "{" * 500 + "$h<%s/L$" + "}" * 500 + "\\end{lemma}",
    ],
)
def test_a_change_is_seen_wherever_the_label_stands(text: str) -> None:
    assert latex_tokens(text % 2, "d", "p.tex") != latex_tokens(text % 4, "d", "p.tex")


def test_the_place_of_a_label_inside_counts() -> None:
    first = "\\begin{lemma}\\begin{enumerate}\\item\\label{d} A\\item B\\end{enumerate}\\end{lemma}"
    second = "\\begin{lemma}\\begin{enumerate}\\item A\\item\\label{d} B\\end{enumerate}\\end{lemma}"
    assert latex_tokens(first, "d", "p.tex") != latex_tokens(second, "d", "p.tex")


MACROS = [
    ("\\newcommand{\\Lc}{%s}\n%%\\newcommand{\\Lc}{\\ell}\n", "$\\Lc$"),
    ("{\\newcommand{\\Lc}{q}}\\newcommand{\\Lc}{%s}", "$\\Lc$"),
    ("\\DeclarePairedDelimiter{\\abs}{%s}{\\rvert}", "$\\abs*{x}$"),
    ("\\NewDocumentCommand{\\Lc}{o m}{%s}", "$\\Lc{x}$"),
    ("\\let\\Lc=%s", "$\\Lc$"),
    ("\\newcommand{\\n}[1][x_{k}]{\\|%s#1\\|}", "$\\n$"),
    ("\\DeclareMathOperator{\\Lc}{%s}", "$\\Lc$"),
    ("\\def\\Lc#1{%s#1}", "$\\Lc x$"),
    ("\\newcommand\\inner{%s}\\newcommand\\Lc{\\inner}", "$\\Lc$"),
]


@pytest.mark.parametrize(("definition", "use"), MACROS)
def test_a_macro_is_part_of_the_statement_that_uses_it(definition: str, use: str) -> None:
    def of(text: str, used: str = use) -> list[str]:
        return latex_tokens(f"{definition % text}{OPEN}{used}{CLOSE}", "d", "p.tex")

    assert of("b") != of("c")
    assert of("b", "$x$") == of("c", "$x$")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (f"{OPEN}a{CLOSE}\n{OPEN}b{CLOSE}", "stands more than once, in lines 1 and 2"),
        (f"% {OPEN}\n\n{OPEN}a{CLOSE}\n{OPEN}b{CLOSE}", "in lines 3 and 4"),
        ("\\section{A}\\label{d}", "stands in no environment"),
        ("\\begin{lemma}\\label{dd}\\end{lemma}", "no environment carries .label{d}; did you mean dd"),
        ("\\label{", "no environment carries"),
        ("\\begin{lemma}\\label{e}", "no environment carries"),
    ],
)
def test_a_label_that_names_no_one_statement_is_one_sentence(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        latex_tokens(text, "d", "p.tex")


MARKDOWN = [
    "## Lemma {#d}\n\nWith probability 95%% we have $h<%s/L$.\n\n## Next\n",
    "## Lemma {#d .unnumbered}\n\n```python\n# comment\n```\n\n$h<%s/L$\n\n# Next\n",
    "## Lemma {.unnumbered #d}\n\n$h<%s/L$\n",
    "---\ntitle: x\n# no heading {#d}\n---\n\n## Lemma {#d}\n\n$h<%s/L$\n",
    "::: {#d}\n## Title\n$h<%s/L$\n:::\n",
    "::: {#d .theorem}\n::: {.inner}\nx\n:::\n$h<%s/L$\n:::\n",
    ":::: {.columns}\n::: {#d}\n$h<%s/L$\n:::\n::::\n",
    ":::{prf:lemma} T\n:label: d\n\n$h<%s/L$\n:::\n",
    "````{prf:lemma} T\n:class: x\n:label: d\n\n```python\n# x\n```\n$h<%s/L$\n````\n",
    "```{prf:lemma}\n---\nlabel: d\n---\n$h<%s/L$\n```\n",
    "  ```{prf:lemma} T\n  :name: d\n\n  $h<%s/L$\n  ```\n",
    "(d)=\n## Lemma\n\n$h<%s/L$\n\n## Next\n",
    "(d)=\n:::{prf:lemma} T\n$h<%s/L$\n:::\n",
    "(d)=\n\nA paragraph: $h<%s/L$.\n\nAnother.\n",
    "````{admonition} A\n```{prf:lemma}\n:label: d\n$h<%s/L$\n```\n````\n",
    "$$\nh<%s/L\n$$ {#d}\n",
    "$$h<%s/L$$ (d)\n",
    "::: {.theorem}\nLet $h<%s/L$:\n\n$$\na\n$$ {#d}\n:::\n",
    "```\n## Lemma {#d}\n$h<9/L$\n```\n\n## Lemma {#d}\n$h<%s/L$\n",
    "Lemma {#d}\n=====\n\n$h<%s/L$\n\nNext\n====\n",
]


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_of_every_family(text: str) -> None:
    before = markdown_tokens(text % 2, "d", "p.md")
    assert markdown_tokens(text % 4, "d", "p.md") != before
    assert markdown_tokens(text % 2 + "\n\n# Another section\n\nText.\n", "d", "p.md") == before


def test_markdown_macros_in_formulas_count() -> None:
    text = "$$\\newcommand{\\R}{%s}$$\n\n## Lemma {#d}\n\n$\\R$\n"
    assert markdown_tokens(text % "L", "d", "p.md") != markdown_tokens(text % "2L", "d", "p.md")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# A {#d}\n\n# B {#d}\n", "more than once, in lines 1 and 3"),
        ("# A {#dd}\n", "no heading or div has .* did you mean dd"),
        ("```\n# A {#d}\n```\n", "no heading or div has"),
        ("", "no heading or div has"),
    ],
)
def test_markdown_labels_that_name_nothing(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        markdown_tokens(text, "d", "p.md")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8-sig", "utf-16", "cp1252"])
def test_texts_of_other_encodings_are_read(encoding: str, tmp_path: Path) -> None:
    text = "\\begin{lemma}\\label{d}théorème $h<%s$\\end{lemma}"
    for h in "24":
        (tmp_path / f"{h}.tex").write_bytes((text % h).encode(encoding))
    assert "é" in tokens_of("2.tex#d", tmp_path)
    assert fingerprint("2.tex#d", tmp_path) != fingerprint("4.tex#d", tmp_path)


def test_a_label_that_moved_is_found_again(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "main.tex").write_text("nothing")
    (tmp_path / "two" / "b.tex").write_text(f"{OPEN}a{CLOSE}")
    with pytest.raises(BadInput, match=r"no environment carries .*; two/b.tex has it"):
        fingerprint("main.tex#d", tmp_path)


def test_the_statement_without_its_comments(tmp_path: Path) -> None:
    (tmp_path / "p.tex").write_text(f"{OPEN}a % remark\nb{CLOSE}")
    assert statement_of("p.tex#d", tmp_path) == f"{OPEN}a b{CLOSE}"


HARD = {
    "braces": "{" * 100_000,
    "closed braces": "{" * 50_000 + "}" * 50_000,
    "definitions without an end": "\\newcommand{\\a}{" * 5_000,
    "titles without an end": "\\begin{x}[" * 5_000,
    "environments": "\\begin{x}" * 20_000,
    "ends": "\\begin{x}" + "\\end{y}" * 20_000,
    "conditions": "\\iffalse " * 20_000,
    "verbatim": "\\begin{verbatim}" * 20_000,
    "defs": "\\def\\a" * 20_000,
    "labels": "\\begin{y}" + "\\label{q}" * 20_000 + "\\end{y}",
    "a long text": "word $x^{2}$ \\emph{word} \n" * 40_000,
}


@pytest.mark.parametrize("kind", HARD)
def test_a_hostile_text_is_read_in_one_pass(kind: str) -> None:
    """Each took minutes, or all memory of the stack, where a reader goes back."""
    found = latex_tokens(f"{OPEN}a{CLOSE}{HARD[kind]}", "d", "p.tex")
    assert found[: len(lemma("a"))] == lemma("a")


def test_what_a_statement_inputs_is_part_of_it(tmp_path: Path) -> None:
    paper = "\\documentclass{article}\\begin{document}\\begin{lemma}\\label{d}%s\\end{lemma}\\end{document}"
    for taking in ("\\input{stmt}", "\\input{stmt.tex}", "\\input stmt ", "\\subfile{stmt}", "\\import{.}{stmt}"):
        (tmp_path / "paper.tex").write_text(paper % taking)
        (tmp_path / "stmt.tex").write_text("$h \\ge 0$ % kept\n")
        before = tokens_of("paper.tex#d", tmp_path)
        (tmp_path / "stmt.tex").write_text("$h \\geq 0$")
        assert tokens_of("paper.tex#d", tmp_path) == before, taking
        (tmp_path / "stmt.tex").write_text("$h < 0$")
        assert tokens_of("paper.tex#d", tmp_path) != before, taking


def test_a_file_that_inputs_itself_ends(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text("\\documentclass{a}\\begin{lemma}\\label{d}\\input{loop}\\end{lemma}")
    (tmp_path / "loop.tex").write_text("a \\input{loop}")
    assert "a" in tokens_of("paper.tex#d", tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        "\\newenvironment{setting}{Let f be %s.}{}\\begin{lemma}\\label{d}\\begin{setting}x\\end{setting}\\end{lemma}",
        "\\NewDocumentEnvironment{setting}{o}{Let f be %s.}{}\\begin{lemma}\\label{d}\\begin{setting}x\\end{setting}\\end{lemma}",
    ],
)
def test_an_environment_is_part_of_the_statement_that_uses_it(text: str) -> None:
    assert latex_tokens(text % "convex", "d", "p.tex") != latex_tokens(text % "smooth", "d", "p.tex")
