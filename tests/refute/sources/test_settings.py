r"""What a document sets, and what a statement takes in, belongs to the statement that uses it: preambles, front matter, files."""

from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.sources.text import latex_tokens, markdown_tokens, tokens_of
from tests.refute.sources.test_same import CLOSE, OPEN

#: A preamble that sets something (%s stands for what changes), two values, and a statement that depends on it.
SETTINGS: dict[str, tuple[str, str, str, str]] = {
    "a switch of TeX": ("\\newif\\iflong\n\\usepackage{amsmath}\n\\long%s", "true", "false", "$h\\iflong\\le 1\\else <3\\fi$"),
    "a toggle": ("\\newtoggle{long}\n\\toggle%s{long}", "true", "false", "$h\\iftoggle{long}{\\le 1}{<3}$"),
    "a boolean": ("\\setboolean{long}{%s}", "true", "false", "\\ifthenelse{\\boolean{long}}{A}{B}"),
    "a part of the text": ("\\%scomment{long}", "include", "exclude", "A \\begin{long}with $h<1$\\end{long}"),
    "a counter": ("\\newcounter{c}\\setcounter{c}{%s}", "1", "2", "$h\\le\\arabic{c}$"),
    "a register": ("\\newcount\\N\n\\N=%s", "1", "2", "$h\\le\\the\\N$"),
    "a counter by its name": ("\\newcounter{c}\n\\setcounter{c}{%s}", "1", "2", "$h\\le\\thec$"),
    "a length": ("\\newlength{\\c}\n\\setlength{\\c}{%spt}", "1", "2", "$h\\le\\the\\c$"),
    "a macro of etoolbox": ("\\csdef{c}{%s}", "1", "2", "$h\\le\\c$"),
    "its use by name": ("\\csgdef{c}{%s}", "1", "2", "$h\\le\\csuse{c}$"),
    "what is named and used": ("\\@namedef{c}{%s}", "1", "2", "$h\\le\\c$"),
    "a macro that sets another": ("\\newcommand{\\rate}{0}\\newcommand{\\setrate}[1]{\\renewcommand{\\rate}{#1}}\n\\setrate{%s}", "1", "2", "$h\\le\\rate$"),
    "a macro that makes others": ("\\newcommand{\\mk}[2]{\\expandafter\\newcommand\\csname v#1\\endcsname{\\mathbf{#2}}}\n\\mk{x}{%s}", "a", "b", "$\\vx$"),
    "how a macro makes others": ("\\newcommand{\\mk}[2]{\\expandafter\\newcommand\\csname v#1\\endcsname{\\%s{#2}}}\n\\mk{x}{a}", "mathbf", "mathbb", "$\\vx$"),
    "what begins an environment": ("\\AtBeginEnvironment{lemma}{Let $c=%s$.}", "1", "2", "Let $x$."),
    "a hook of one": ("\\AddToHook{env/lemma/begin}{Let $c=%s$.}", "1", "2", "Let $x$."),
    "another name of a macro": ("\\def\\d{%s}\\LetLtxMacro{\\c}{\\d}", "1", "2", "$\\c$"),
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
    assert use == "Let $x$." or of(one, "Let $x$.") == of(other, "Let $x$.")


@pytest.mark.parametrize("name", ["a switch of TeX", "a toggle", "a boolean", "a counter"])
def test_what_the_text_sets_is_part_of_it_too(name: str) -> None:
    sets, one, other, use = SETTINGS[name]

    def of(values: list[str], used: str = use) -> list[str]:
        text = "\n".join(("Words.", *(sets % value for value in values), f"{OPEN}{used}{CLOSE}"))
        return latex_tokens(PAPER.format("", text), "d", "p.tex")

    assert of([one]) != of([other])
    assert of([one, other, one]) != of([one, other])
    assert of([one], "Let $x$.") == of([other], "Let $x$.")


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


INCLUDED = "first\nsecond START third END\nfourth\n"
OPTIONS_OF_INCLUDE = {
    (): "first second START third END fourth",
    (":start-line: 1",): "second START third END fourth",
    (":end-line: 2",): "first second START third END",
    (":start-line: 1", ":end-line: 2"): "second START third END",
    (":start-after: START",): "third END fourth",
    (":start-at: START",): "START third END fourth",
    (":end-before: END",): "first second START third",
    (":end-at: END",): "first second START third END",
    (":start-after: START", ":end-before: END"): "third",
    (":start-after: nowhere",): "first second START third END fourth",
    (":heading-offset: 1",): "first second START third END fourth",
}


@pytest.mark.parametrize("options", OPTIONS_OF_INCLUDE, ids="".join)
def test_the_part_of_a_file_that_is_included(options: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "c.md").write_text(INCLUDED)
    (tmp_path / "p.md").write_text("\n".join(("## A {#d}", "```{include} c.md", *options, "```", "")))
    words = "".join(tokens_of("p.md#d", tmp_path)).split(":::")[-1]
    assert words.split() == OPTIONS_OF_INCLUDE[options].split()


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


PART = "```{{prf:lemma}}\n:label: l\nFor {} all.\n```\n"


@pytest.mark.parametrize(
    ("contents", "second", "twice"),
    [
        ("format: jb-book\nroot: a\nchapters:\n- file: ch/c\n", "ch/c.md", True),
        ("format: jb-book\nroot: a\nchapters:\n- file: ch/c\n", "b.md", False),
        ("format: jb-book\nroot: a\nchapters:\n- file: introduction\n", "intro.md", False),
        ("format: jb-book\nroot: introduction\nchapters:\n- file: b\n", "b.md", False),
    ],
    ids=["another chapter", "a file that is not listed", "a part of a name", "a file that is not listed itself"],
)
def test_a_label_stands_once_in_a_book(contents: str, second: str, twice: bool, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "ch").mkdir()
    (tmp_path / "_toc.yml").write_text(contents)
    for name in ("a.md", second):
        (tmp_path / name).write_text(PART.format(name))
    if twice:
        with pytest.raises(BadInput, match=r"stands a second time, in ch/c\.md"):
            tokens_of("a.md#l", tmp_path)
    else:
        assert tokens_of("a.md#l", tmp_path)


def test_no_file_outside_of_the_project_is_put_before_it(tmp_path: Path) -> None:
    (tmp_path / "mac.tex").write_text("\\newcommand{\\fac}{4}")
    project = tmp_path / "project"
    project.mkdir()
    (project / ".git").mkdir()
    (project / "p.qmd").write_text("## A {#d}\n$\\fac$\n")
    found = []
    for name in ("../mac.tex", str(tmp_path / "mac.tex"), "absent.tex"):
        (project / "_quarto.yml").write_text(f"include-in-header: {name}\n")
        found.append(tokens_of("p.qmd#d", project))
    assert found[0] == found[1] == found[2]
