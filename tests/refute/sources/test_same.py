r"""What is the same statement, and what is another one: each kind of change that a paper lives through, in several shapes."""

from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.sources.text import fingerprint, latex_tokens, markdown_tokens, statement_of, tokens_of

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
        ("# A {#dd}\n", "no heading ends in .* did you mean dd"),
        ("```\n# A {#d}\n```\n", "no heading ends in"),
        ("", "no heading ends in"),
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


#: A preamble that sets something (%s stands for what changes), two values, and a statement that depends on it.
SETTINGS: dict[str, tuple[str, str, str, str]] = {
    "a switch of TeX": ("\\newif\\iflong\n\\usepackage{amsmath}\n\\long%s", "true", "false", "$h\\iflong\\le 1\\else <3\\fi$"),
    "a toggle": ("\\newtoggle{long}\n\\toggle%s{long}", "true", "false", "$h\\iftoggle{long}{\\le 1}{<3}$"),
    "a boolean": ("\\setboolean{long}{%s}", "true", "false", "\\ifthenelse{\\boolean{long}}{A}{B}"),
    "a part of the text": ("\\%scomment{long}", "include", "exclude", "A \\begin{long}with $h<1$\\end{long}"),
    "a counter": ("\\newcounter{c}\\setcounter{c}{%s}", "1", "2", "$h\\le\\arabic{c}$"),
    "a register": ("\\newcount\\N\n\\N=%s", "1", "2", "$h\\le\\the\\N$"),
    "a macro by its name": ("\\@namedef{c}{%s}", "1", "2", "$h\\le\\csname c\\endcsname$"),
    "a macro by csname": ("\\expandafter\\def\\csname N\\endcsname{%s}", "1", "2", "$h\\le\\N$"),
    "a macro that is computed": ("\\pgfmathsetmacro{\\N}{%s}", "1", "2", "$h\\le\\N$"),
    "a macro that grows": ("\\newcommand\\N{1}\n\\appto\\N{%s}", "0", "1", "$h\\le\\N$"),
    "a macro of LaTeX3": ("\\cs_new:Npn \\hmax {%s}", "1", "2", "$h\\le\\hmax$"),
    "an entry of a glossary": ("\\newglossaryentry{hm}{\nname={%s}}", "1", "2", "$h\\le\\gls{hm}$"),
    "a macro that uses a switch": ("\\newif\\ifa\\a%s\n\\newcommand\\N{\\ifa1\\else2\\fi}", "true", "false", "$h\\le\\N$"),
    "a macro of bookkeeping's name": ("\\newcommand{\\proves}{%s}", "\\vdash", "\\dashv", "$\\Gamma\\proves\\phi$"),
    "a macro of a size's name": ("\\renewcommand{\\big}{%s}", "M", "N", "$\\big$"),
}  # fmt: skip
PAPER = "\\documentclass{{article}}\n{}\n\\begin{{document}}\n{}\n\\end{{document}}\n"


@pytest.mark.parametrize("name", SETTINGS)
def test_what_the_preamble_sets_is_part_of_the_statement_that_uses_it(name: str) -> None:
    preamble, one, other, use = SETTINGS[name]

    def of(value: str, used: str = use) -> list[str]:
        return latex_tokens(PAPER.format(preamble % value, f"{OPEN}{used}{CLOSE}"), "d", "p.tex")

    assert of(one) != of(other)
    assert of(one, "Let $x$.") == of(other, "Let $x$.")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("\\newtheorem{lemma}{Lemma}", "\\newtheorem{lemma}{Lemma}[section]\n\\crefname{lemma}{Lemma}{Lemmas}"),
        ("\\usepackage{amsmath}", "\\usepackage[a4paper]{geometry}\n\\hypersetup{colorlinks}"),
        ("\\newcommand{\\lean}[1]{}", "\\newcommand{\\lean}[1]{\\ignorespaces}"),
        ("\\newif\\ifother\\othertrue", "\\newif\\ifother\\otherfalse"),
        ("\\setlength{\\parskip}{1em}", "\\numberwithin{equation}{section}"),
        ("\\title{On $a\\le b$}\\author{\\emph{A}}", "\\title{More on $a\\le b$}\\author{\\emph{A}, \\emph{B}}"),
        ("\\hypersetup{pdftitle={$\\le$}}", "\\hypersetup{pdftitle={$\\le$},\ncolorlinks=true}"),
    ],
)
def test_a_preamble_that_the_statement_does_not_use_makes_no_difference(one: str, other: str) -> None:
    text = f"{OPEN}\\lean{{a.b}}Let $a\\le b$. \\begin{{equation}}c\\end{{equation}}\\begin{{enumerate}}\\item A\\end{{enumerate}}{CLOSE}"
    found = [latex_tokens(PAPER.format(p, text), "d", "p.tex") for p in (one, other)]
    assert found[0] == found[1]


def test_what_a_macro_of_the_document_says_is_no_bookkeeping() -> None:
    paper = PAPER.format("\\newcommand{\\missing}[1]{\\tilde{#1}}", f"{OPEN}$\\missing{{%s}}$\\uses{{lem:%s}}{CLOSE}")
    assert latex_tokens(paper % ("h", "a"), "d", "p.tex") == latex_tokens(paper % ("h", "b"), "d", "p.tex")
    assert latex_tokens(paper % ("h", "a"), "d", "p.tex") != latex_tokens(paper % ("g", "a"), "d", "p.tex")


#: The files of a document, which of them changes from 1 to 2, and whether its statement changes.
FILES: dict[str, tuple[dict[str, str], str, bool]] = {
    "the file that is meant": ({"p.tex": PAPER.format("\\input{a/c}", f"{OPEN}\\input{{b/c}}{CLOSE}"), "a/c.tex": "x", "b/c.tex": "$h<1$"}, "b/c.tex", True),
    "its namesake": ({"p.tex": PAPER.format("", f"\\input{{a/c}}{OPEN}\\input{{./b/c}}{CLOSE}"), "a/c.tex": "$h<1$", "b/c.tex": "x"}, "a/c.tex", False),
    "a file of a folder": ({"p.tex": PAPER.format("", f"\\input{{a/c}}{OPEN}\\import{{b}}{{c}}{CLOSE}"), "a/c.tex": "x", "b/c.tex": "$h<1$"}, "b/c.tex", True),
    "macros by another command": ({"p.tex": PAPER.format("\\InputIfFileExists{m.tex}{}{}", f"{OPEN}$\\N${CLOSE}"), "m.tex": "\\def\\N{1}"}, "m.tex", True),
    "registers in another file": ({"p.tex": PAPER.format("\\input{m}", f"{OPEN}$\\the\\N${CLOSE}"), "m.tex": "\\newcount\\N\n\\N=1"}, "m.tex", True),
    "a glossary with formulas": ({"p.tex": PAPER.format("\\input{g}", f"{OPEN}\\gls{{lip}}{CLOSE}"), "g.tex": "\\newglossaryentry{lip}{name={$1$}}"}, "g.tex", True),
    "prose in another file": ({"p.tex": PAPER.format("", f"\\input{{i}}{OPEN}$\\N${CLOSE}"), "i.tex": "Of $\\N$ we say 1 thing."}, "i.tex", False),
}  # fmt: skip
MARKDOWN_FILES: dict[str, tuple[dict[str, str], str, bool]] = {
    "macros in the front matter": ({"p.md": "---\nmath:\n  '\\hmax': '1/L'\n---\n## A {#d}\nLet $h\\le\\hmax$.\n"}, "p.md", True),
    "other macros in it": ({"p.md": "---\nmath:\n  '\\hmin': '1/L'\n---\n## A {#d}\nLet $h\\le\\hmax$.\n"}, "p.md", False),
    "what is put in": ({"p.md": "---\nsubstitutions:\n  c: 1\n---\n## A {#d}\nLet h be {{ c }}.\n"}, "p.md", True),
    "what Quarto puts in": ({"p.md": "---\nc: 1\n---\n## A {#d}\nLet h be {{< meta c >}}.\n"}, "p.md", True),
    "macros of the project": ({"p.md": "## A {#d}\nLet $h\\le\\hmax$.\n", "myst.yml": 'project:\n  math:\n    "\\\\hmax":\n      macro: 1\n'}, "myst.yml", True),
    "the title of the project": ({"p.md": "## A {#d}\nLet $h\\le\\hmax$.\n", "myst.yml": "project:\n  title: 1\n"}, "myst.yml", False),
    "an inclusion of MyST": ({"p.md": "## A {#d}\nLet\n\n```{include} c.md\n```\n", "c.md": "$h<1$"}, "c.md", True),
    "an inclusion of Quarto": ({"p.md": "## A {#d}\nLet\n\n{{< include s/_c.qmd >}}\n", "s/_c.qmd": "$h<1$"}, "s/_c.qmd", True),
}  # fmt: skip


@pytest.mark.parametrize("name", [*FILES, *MARKDOWN_FILES])
def test_files_that_a_statement_takes_in(name: str, tmp_path: Path) -> None:
    files, changes, changed = (FILES | MARKDOWN_FILES)[name]
    found = []
    for n, folder in (("1", tmp_path / "one"), ("2", tmp_path / "two")):
        for file, text in files.items():
            (folder / file).parent.mkdir(parents=True, exist_ok=True)
            (folder / file).write_text(text.replace("1", n) if file == changes else text)
        found.append(tokens_of(f"{next(iter(files))}#d", folder))
    assert (found[0] != found[1]) is changed


def test_what_is_struck_out_in_markdown_is_another_statement() -> None:
    found = [
        markdown_tokens(f"## A {{#d}}\nLet f be {word} convex.\n", "d", "p.md") for word in ("strongly", "~~strongly~~")
    ]
    assert found[0] != found[1]


def test_no_file_outside_of_the_project_is_included(tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("$h<1$")
    project = tmp_path / "project"
    project.mkdir()
    (project / "in.md").write_text("$h<3$")
    text = "## A {{#d}}\n{{{{< include {} >}}}}\n"
    for name in ("../secret.md", str(tmp_path / "secret.md"), "/etc/passwd", "x" * 300, "p.md", "absent.md", "\0"):
        (project / "p.md").write_text(text.format(name))
        assert tokens_of("p.md#d", project) == markdown_tokens(text.format(name), "d", "p.md") or name == "p.md"
    (project / "p.md").write_text(text.format("/in.md"))
    assert "3" in tokens_of("p.md#d", project)


def test_a_file_that_takes_in_itself_often_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "p.md").write_text("## A {#d}\n" + "{{< include p.md >}}\n" * 200)
    assert len(tokens_of("p.md#d", tmp_path)) < 10**6
    (tmp_path / "q.tex").write_text(PAPER.format("", f"{OPEN}{CLOSE}".replace("{d}", "{d}" + "\\input{r}" * 200)))
    (tmp_path / "r.tex").write_text("\\input{r}" * 200)
    assert len(tokens_of("q.tex#d", tmp_path)) < 10**6


@pytest.mark.parametrize(
    "odd", ["\\hypersetup{" + "\n" * 4000 + "\\foo}", "{" + " " * 100000, "\\csname" + " " * 20000, "{" * 4000]
)
def test_odd_preambles_are_read_in_no_time(odd: str) -> None:
    assert latex_tokens(PAPER.format(odd, f"{OPEN}$x$\\csname{CLOSE}"), "d", "p.tex")
