r"""Where the definition of a macro stands, and how it is written: a change of it is a change of the statements that use it, and nothing else is.

Each of the first kind went unseen once: a comment between the name and the body, a document that begins in a sibling folder or takes in its chapters by a macro of its own,
a package that lies elsewhere in the repository, an option of it, a file with the ends of lines of Windows."""

import json
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.sources.text import files_behind, fingerprint
from tests.commands import run

LEMMA = r"\begin{lemma}\label{l} $h \le \fac$. \end{lemma}"


def document(preamble: str, body: str = LEMMA) -> str:
    return f"\\documentclass{{article}}\n{preamble}\n\\newtheorem{{lemma}}{{Lemma}}\n\\begin{{document}}\n{body}\n\\end{{document}}\n"


@dataclass(frozen=True)
class Edit:
    """The files of a repository, and one replacement in one of them; `link` names the statement."""

    files: dict[str, str]
    file: str
    old: str
    new: str
    link: str = "main.tex#l"
    more: dict[str, str] = field(default_factory=dict)


def in_preamble(definition: str, old: str = "4", new: str = "5", body: str = LEMMA) -> Edit:
    return Edit({"main.tex": document(definition, body)}, "main.tex", old, new)


OWN = "\\newcommand{\\fac}{4}\n\\DeclareOption{strong}{\\renewcommand{\\fac}{5}}\n\\ProcessOptions\n"
NOTE = "---\nmath:\n  '\\fac': '4'\n---\n\n:::{prf:lemma}\n:label: l\n$h \\le \\fac$\n:::\n"
LONG = "\\newif\\iflong\n\\longtrue\n"
BOOK = "---\n---\n\n````{prf:theorem}\n:label: t\n\nIf $L=1$ then\n\n"
SEEN = {
    "a sign that is set by its name": Edit(
        {"main.tex": document("", "\\begin{lemma}\\label{l} $h \\leq 4$. \\end{lemma}")},
        "main.tex", "\\newtheorem", "\\expandafter\\let\\csname leq\\endcsname\\geq\n\\newtheorem",
    ),
    "a sign that is set by its number": Edit(
        {"main.tex": document("", "\\begin{lemma}\\label{l} $h \\leq 4$. \\end{lemma}")},
        "main.tex", "\\newtheorem", "\\mathchardef\\leq=\"3215\n\\newtheorem",
    ),
    "a macro of a document's own that is called \\new": in_preamble(
        "\\newcommand{\\new}{n}\\newcommand{\\fac}{4}", body="A point $x_\\new \\fac + 1$.\n" + LEMMA
    ),
    "a switch around definitions": in_preamble(
        LONG + "\\iflong\\newcommand\\fac{4}\\else\\newcommand\\fac{5}\\fi", "longtrue", "longfalse"
    ),
    "a toggle around definitions": in_preamble(
        "\\newtoggle{l}\\toggletrue{l}\n\\iftoggle{l}{\\newcommand\\fac{4}}{\\newcommand\\fac{5}}", "toggletrue", "togglefalse"
    ),
    "a switch around packages": Edit(
        {
            "main.tex": document(LONG + "\\iflong\\usepackage{a}\\else\\usepackage{b}\\fi"),
            "a.sty": "\\newcommand{\\fac}{4}\n",
            "b.sty": "\\newcommand{\\fac}{5}\n",
        },
        "main.tex", "longtrue", "longfalse",
    ),
    "an option of the class that a package asks for": Edit(
        {
            "main.tex": document("\\usepackage{mac}").replace("{article}", "[long]{article}"),
            "mac.sty": "\\newif\\iflong\\DeclareOption{long}{\\longtrue}\\ProcessOptions\n\\newcommand{\\fac}{\\iflong 4\\else 5\\fi}\n",
        },
        "main.tex", "[long]", "[a4paper]",
    ),
    "an option of a package in a folder": Edit(
        {"main.tex": document("\\usepackage{sty/own}"), "sty/own.sty": OWN}, "main.tex", "\\usepackage", "\\usepackage[strong]"
    ),
    "an option that a package gives itself": Edit(
        {"main.tex": document("\\usepackage{own}"), "own.sty": OWN}, "own.sty", "\\ProcessOptions", "\\ExecuteOptions{strong}\n\\ProcessOptions"
    ),
    "a package that asks for its options no more": Edit(
        {"main.tex": document("\\usepackage[strong]{own}"), "own.sty": OWN}, "own.sty", "\\ProcessOptions\n", "\n"
    ),
    "a draft": in_preamble("", "{article}", "[draft]{article}", LEMMA.replace("\\fac", "\\ifdraft{4}{5}")),
    "a file that TeX finds by a path": Edit(
        {
            "main.tex": document("\\makeatletter\\def\\input@path{{sty/}}\\makeatother\n\\input{mac}"),
            "sty/mac.tex": "\\newcommand{\\fac}{4}\n",
        },
        "sty/mac.tex", "{4}", "{5}",
    ),
    "the theorem around a formula in a fence": Edit(
        {"p.md": BOOK + "```{math}\n:label: l\n\nx \\ge 2\n```\n````\n"}, "p.md", "L=1", "L=2", "p.md#l"
    ),
    "the theorem around a displayed formula": Edit(
        {"p.md": BOOK + "$$x \\ge 2$$ (l)\n````\n"}, "p.md", "L=1", "L=2", "p.md#l"
    ),
    "the theorem around a formula with a target": Edit(
        {"p.md": BOOK + "(l)=\n$$x \\ge 2$$\n````\n"}, "p.md", "L=1", "L=2", "p.md#l"
    ),
    "a macro of MathJax": Edit(
        {
            "_config.yml": 'sphinx:\n  config:\n    mathjax3_config:\n      tex:\n        macros:\n          "fac": "4"\n',
            "p.md": NOTE.split("---")[2],
        },
        "_config.yml", '"4"', '"5"', "p.md#l",
    ),
    "what Quarto puts before each file": Edit(
        {"_quarto.yml": "header-includes: |\n  \\newcommand{\\fac}{4}\n", "p.qmd": NOTE.split("---")[2]},
        "_quarto.yml", "{4}", "{5}", "p.qmd#l",
    ),
    "a file that Quarto puts before each file": Edit(
        {
            "_quarto.yml": "format:\n  pdf:\n    include-in-header: mac.tex\n",
            "mac.tex": "\\newcommand{\\fac}{4}\n",
            "p.qmd": NOTE.split("---")[2],
        },
        "mac.tex", "{4}", "{5}", "p.qmd#l",
    ),
    "a variable of Quarto": Edit(
        {"_variables.yml": "step: 4\n", "p.qmd": NOTE.split("---")[2].replace("$h", "{{< var step >}} $h")},
        "_variables.yml", "4", "5", "p.qmd#l",
    ),
    "a file of macros that is included before": Edit(
        {"mac.md": "$$\n\\newcommand{\\fac}{4}\n$$\n", "p.md": "```{include} mac.md\n```\n\n" + NOTE.split("---")[2]},
        "mac.md", "{4}", "{5}", "p.md#l",
    ),
    "a comment before the body": in_preamble("\\newcommand{\\fac}% the factor\n  {4}"),
    "a comment after a blank": in_preamble("\\newcommand{\\fac} % the factor\n{4}"),
    "a comment behind the number of arguments": in_preamble("\\newcommand{\\fac}[1]%\n{4 #1}", body=LEMMA.replace("fac$", "fac{x}$")),
    "a comment in what LaTeX3 defines": in_preamble(
        "\\NewDocumentCommand{\\fac}%\n{O{h} m}%\n{4 #2}", body=LEMMA.replace("fac$", "fac{x}$")
    ),
    "a comment behind a plain name": in_preamble("\\def\\fac% one\n{4}"),
    "a comment in an operator": in_preamble("\\DeclareMathOperator*{\\fac}%\n{4}"),
    "a document in a sibling folder": Edit(
        {"paper/main.tex": document("\\newcommand{\\fac}{4}", "\\input{../ch/c}"), "ch/c.tex": LEMMA},
        "paper/main.tex", "{4}", "{5}", "ch/c.tex#l",
    ),
    "chapters by a macro": Edit(
        {"main.tex": document("\\newcommand{\\fac}{4}\\newcommand{\\chap}[1]{\\input{ch/#1}}", "\\chap{c}"), "ch/c.tex": LEMMA},
        "main.tex", "{4}", "{5}", "ch/c.tex#l",
    ),
    "chapters by a macro of several lines": Edit(
        {
            "main.tex": document(
                "\\newcommand{\\fac}{4}\\newcommand{\\get}[2]{%\n  \\input{#1/#2}%\n}", "\\get{ch}{c}"
            ),
            "ch/c.tex": LEMMA,
        },
        "main.tex", "{4}", "{5}", "ch/c.tex#l",
    ),
    "a macro in the name of a chapter": Edit(
        {"main.tex": document("\\newcommand{\\fac}{4}\\newcommand{\\ch}{ch}", "\\input{\\ch/c}"), "ch/c.tex": LEMMA},
        "main.tex", "{4}", "{5}", "ch/c.tex#l",
    ),
    "a name in quotation marks": Edit(
        {"main.tex": document("\\newcommand{\\fac}{4}", '\\input{"ch/c.tex"}'), "ch/c.tex": LEMMA},
        "main.tex", "{4}", "{5}", "ch/c.tex#l",
    ),
    "a package elsewhere": Edit(
        {"main.tex": document("\\usepackage{own}"), "texmf/own.sty": "\\newcommand{\\fac}{4}"}, "texmf/own.sty", "4", "5"
    ),
    "an option of a package": Edit({"main.tex": document("\\usepackage[strong]{own}"), "own.sty": OWN}, "main.tex", "[strong]", ""),
    "options in braces": Edit(
        {"main.tex": document("\\usepackage[names={a,b},strong]{own}"), "own.sty": OWN}, "main.tex", ",strong", ""
    ),
    "a package that is there twice": Edit(
        {"main.tex": document("\\usepackage{own}"), "a/own.sty": "\\newcommand{\\fac}{4}", "b/own.sty": "\\newcommand{\\fac}{6}"},
        "a/own.sty", "4", "5",
    ),
    "a definition behind a guard that ends the file": Edit(
        {
            "main.tex": document("\\input{macros}"),
            "macros.tex": "\\ifdefined\\fac\n  \\endinput\n\\fi\n\\newcommand{\\fac}{4}\n",
        },
        "macros.tex", "4", "5",
    ),
    "what stands on the line that ends a file": Edit(
        {"main.tex": document("\\input{macros}"), "macros.tex": "\\endinput \\newcommand{\\fac}{4}\n"}, "macros.tex", "4", "5"
    ),
    "a note that is printed in red": in_preamble(
        "\\newcommand{\\todo}[1]{\\textcolor{red}{#1}}", "convex", "smooth", "\\begin{lemma}\\label{l} $f$ is \\todo{convex}. \\end{lemma}"
    ),
    "a formula in a word of blueprints": in_preamble(
        "\\newcommand{\\uses}[1]{#1^2}", "h<1", "h<2", "\\begin{lemma}\\label{l} $f \\uses{h<1}$. \\end{lemma}"
    ),
    "a line that begins with % in a text that shows MyST": Edit(
        {"note.qmd": "```\n:::{note}\n:::\n```\n\n::: {#l}\nAt most\n%20 or more.\n:::\n"}, "note.qmd", "%20", "%40", "note.qmd#l"
    ),
    "an option of a class": Edit(
        {"main.tex": document("").replace("{article}", "[strong]{own}"), "own.cls": OWN}, "main.tex", "[strong]", ""
    ),
    "a note with ends of lines of Windows": Edit({"note.md": NOTE.replace("\n", "\r\n")}, "note.md", "'4'", "'5'", "note.md#l"),
    "settings that settings of MyST extend": Edit(
        {
            "note.md": NOTE[NOTE.index(":::") :],
            "myst.yml": "version: 1\nextends:\n  - mac.yml\n",
            "mac.yml": "project:\n  math:\n    '\\fac': '4'\n",
        },
        "mac.yml", "'4'", "'5'", "note.md#l",
    ),
    "a file of settings that settings of Quarto take in": Edit(
        {"p.qmd": NOTE[NOTE.index(":::") :], "_quarto.yml": "metadata-files: [m.yml]\n", "m.yml": "header-includes: |\n  \\newcommand{\\fac}{4}\n"},
        "m.yml", "{4}", "{5}", "p.qmd#l",
    ),
    "a header of its own front matter": Edit(
        {"p.qmd": "---\ninclude-in-header: mac.tex\n---\n" + NOTE[NOTE.index(":::") :], "mac.tex": "\\newcommand{\\fac}{4}\n"},
        "mac.tex", "{4}", "{5}", "p.qmd#l",
    ),
    "a text that Quarto puts before each body": Edit(
        {"p.qmd": NOTE[NOTE.index(":::") :], "_quarto.yml": "include-before-body: mac.md\n", "mac.md": "$\\newcommand{\\fac}{4}$\n"},
        "mac.md", "{4}", "{5}", "p.qmd#l",
    ),
    "macros in one line of front matter": Edit(
        {"p.md": "---\nmath: {'\\fac': '4'}\n---\n" + NOTE[NOTE.index(":::") :]}, "p.md", "'4'", "'5'", "p.md#l"
    ),
    "a note at the foot": Edit(
        {"p.md": NOTE.replace("$h", "See[^1]: $h") + "\n[^1]: only if L=1\n"}, "p.md", "L=1", "L=2", "p.md#l"
    ),
    "a note that a note calls": Edit(
        {"p.md": NOTE.replace("$h", "See[^1]: $h") + "\n[^1]: only if [^b]\n\n[^b]: here\n    L=1\n"}, "p.md", "L=1", "L=2", "p.md#l"
    ),
    "the target of a link": Edit(
        {"p.md": NOTE.replace("$h", "Under [this][r]: $h") + "\n[r]: #ass-1\n"}, "p.md", "ass-1", "ass-2", "p.md#l"
    ),
    "a class that a class loads with its options": Edit(
        {
            "main.tex": document("").replace("{article}", "{thesis}"),
            "thesis.cls": "\\LoadClassWithOptions{base}\n",
            "base.cls": "\\newcommand{\\fac}{4}\n",
        },
        "base.cls", "{4}", "{5}",
    ),
    "a package that a package asks for with its options": Edit(
        {
            "main.tex": document("\\usepackage{own}"),
            "own.sty": "\\RequirePackageWithOptions{base}\n",
            "base.sty": "\\newcommand{\\fac}{4}\n",
        },
        "base.sty", "{4}", "{5}",
    ),
    "a document far above its chapters": Edit(
        {"main.tex": document("\\newcommand{\\fac}{4}", "\\include{a/b/c/d/e/one}"), "a/b/c/d/e/one.tex": LEMMA},
        "main.tex", "{4}", "{5}", "a/b/c/d/e/one.tex#l",
    ),
    "files within files": Edit(
        {
            "main.tex": document("", LEMMA.replace("$h", "\\input{s1} $h")),
            **{f"s{k}.tex": f"\\input{{s{k + 1}}}\n" for k in range(1, 6)},
            "s6.tex": "fours\n",
        },
        "s6.tex", "fours", "fives",
    ),
    "one of two files of a name, behind a change of the folder": Edit(
        {
            "main.tex": document("", "\\import{b/}{ch}\\import{a/}{ch}"),
            "a/ch.tex": "Words.\n",
            "b/ch.tex": LEMMA.replace("$h", "\\input{st} $h"),
            "a/st.tex": "threes\n",
            "b/st.tex": "fours\n",
        },
        "b/st.tex", "fours", "fives", "b/ch.tex#l",
    ),
    "what a macro that makes a whole statement is given": in_preamble(
        "\\newcommand{\\lemA}[2]{\\begin{lemma}\\label{#1}#2\\end{lemma}}", "fours", "fives",
        "\\begin{lemma}\\label{b} first \\end{lemma}\n\n\\lemA{l}{fours}",
    ),
    "how a macro makes a whole statement": in_preamble(
        "\\newcommand{\\lemA}[2]{\\begin{lemma}\\label{#1}#2 if $4$\\end{lemma}}", "$4$", "$5$",
        "\\begin{lemma}\\label{b} first \\end{lemma}\n\n\\lemA{l}{fours}",
    ),
    "the statement around a formula that a macro makes": in_preamble(
        "\\newcommand{\\eqn}[2]{\\begin{equation}\\label{#1}#2\\end{equation}}", "fours", "fives",
        "\\begin{lemma}\\label{b} fours \\eqn{l}{x=y} \\end{lemma}",
    ),
    "a sentence behind verbatim text that looks like an end": in_preamble(
        "", "fives", "fours", "\\begin{lemma}\\label{l} Not \\verb|\\end{lemma}|, but fives. \\end{lemma}"
    ),
    "what a note that prints its argument says": in_preamble(
        "\\newcommand{\\todo}[1]{#1}", "convex", "smooth", "\\begin{lemma}\\label{l} $f$ is \\todo{convex}. \\end{lemma}"
    ),
}  # fmt: skip
# New settings, of which there were none.
APPEARS = {
    "settings of MyST": ("myst.yml", "project:\n  math:\n    '\\fac': '5'\n"),
    "settings of Jupyter Book": ("_config.yml", 'parse:\n  myst_substitutions:\n    "\\fac": "5"\n'),
    "settings of a folder of Quarto": ("_metadata.yml", "header-includes: |\n  \\renewcommand{\\fac}{5}\n"),
}
FENCED = "````{prf:theorem}\n:label: l\n\n* Let $h \\le 1$.\n````\n"
UNSEEN = {
    "an option of the class that no package of its own knows": Edit(
        {"main.tex": document("\\usepackage{own}").replace("{article}", "[11pt]{article}"), "own.sty": OWN}, "main.tex", "11pt", "12pt"
    ),
    "a sentence with a macro that is called \\new": in_preamble(
        "\\newcommand{\\new}{n}\\newcommand{\\fac}{4}", "\\in X", "\\in Y",
        "A point $x_\\new \\in X$ here.\n" + LEMMA.replace("$h", "$h \\in R, h"),
    ),
    "a longer fence": Edit({"p.md": FENCED}, "p.md", "````", "`````", "p.md#l"),
    "a fence of colons": Edit({"p.md": FENCED}, "p.md", "````", "::::", "p.md#l"),
    "another sign for an item": Edit({"p.md": FENCED}, "p.md", "* Let", "- Let", "p.md#l"),
    "a formula by its role": Edit({"p.md": FENCED}, "p.md", "$h \\le 1$", "{math}`h \\le 1`", "p.md#l"),
    "an option of the layout": Edit({"p.md": FENCED}, "p.md", ":label: l", ":label: l\n:class: dropdown", "p.md#l"),
    "a comment within a directive": Edit({"p.md": FENCED}, "p.md", "* Let", "% a comment\n* Let", "p.md#l"),
    "a comment of HTML within a directive": Edit({"p.md": FENCED}, "p.md", "* Let", "<!-- a comment -->\n* Let", "p.md#l"),
    "a comment in a definition": in_preamble("\\newcommand{\\fac}{4}", "{\\fac}{4}", "{\\fac}% four\n {4}"),
    "another definition in verbatim text": in_preamble(
        "\\newcommand{\\fac}{4}", "\\begin{lemma}", "\\verb|\\renewcommand{\\fac}{5}|\\begin{lemma}"
    ),
    "a definition behind the end of a file": Edit(
        {"main.tex": document("\\input{macros}"), "macros.tex": "\\newcommand{\\fac}{4}\n\\endinput\nold"},
        "macros.tex", "old", "\\renewcommand{\\fac}{6}",
    ),
    "the label of thmtools": in_preamble(
        "\\newcommand{\\fac}{4}", "label=l", "label=l", "\\begin{lemma}[name=N, label=l] $h \\le \\fac$ \\end{lemma}"
    ),
    "ends of lines": Edit({"note.md": NOTE}, "note.md", "\n", "\r\n", "note.md#l"),
    "a comment of MyST": Edit({"note.md": NOTE}, "note.md", "\n$h", "\n% a comment\n$h", "note.md#l"),
    "a note": in_preamble("\\newcommand{\\fac}{4}", "$h", "\\todo{check} $h"),
    "what a blueprint prints of its bookkeeping": in_preamble(
        "\\newcommand{\\fac}{4}\\newcommand{\\lean}[1]{\\lstinline{#1}}\\newcommand{\\uses}[1]{\\textbf{#1}}",
        "$h",
        "\\lean{a.b}\\uses{c,d}$h",
    ),
    "a note that says that it is one": in_preamble(
        "\\newcommand{\\fac}{4}\\newcommand{\\todo}[1]{\\textcolor{red}{TODO: #1}}", "$h", "\\todo{check} $h"
    ),
    "a note that is printed in a margin": in_preamble(
        "\\newcommand{\\fac}{4}\\newcommand{\\todo}[1]{\\marginpar{#1}}", "$h", "\\todo{check} $h"
    ),
}  # fmt: skip


def changes(edit: Edit, folder: Path) -> bool:
    """Whether the edit changes the fingerprint of the statement."""
    (folder / ".git").mkdir()
    for name, text in edit.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, newline="")
    before = fingerprint(edit.link, folder)
    text = edit.files[edit.file]
    assert edit.old in text
    (folder / edit.file).write_text(text.replace(edit.old, edit.new), newline="")
    return fingerprint(edit.link, folder) != before


@pytest.mark.parametrize("name", SEEN)
def test_a_change_of_what_a_statement_says_is_seen(name: str, tmp_path: Path) -> None:
    assert changes(SEEN[name], tmp_path)


@pytest.mark.parametrize("name", SEEN)
def test_the_file_that_was_changed_is_one_of_those_behind_the_statement(name: str, tmp_path: Path) -> None:
    """So that `--changed` finds what `--stale` sees."""
    edit = SEEN[name]
    changes(edit, tmp_path)
    assert (tmp_path / edit.file).resolve() in files_behind(edit.link, tmp_path)


@pytest.mark.parametrize("name", APPEARS)
def test_settings_that_were_not_there_are_looked_for(name: str, tmp_path: Path) -> None:
    file, text = APPEARS[name]
    (tmp_path / ".git").mkdir()
    (tmp_path / "p.md").write_text(NOTE)
    before = fingerprint("p.md#l", tmp_path)
    assert (tmp_path / file).resolve() in files_behind("p.md#l", tmp_path)
    (tmp_path / file).write_text(text)
    assert fingerprint("p.md#l", tmp_path) != before


def test_a_copy_of_the_document_in_a_folder_is_another_document(tmp_path: Path) -> None:
    """As for arXiv. A chapter that names its document, ../main.tex, names the one beside it."""
    (tmp_path / ".git").mkdir()
    chapter = "\\documentclass[../main.tex]{subfiles}\n\\begin{document}\n%s\n\\end{document}\n"
    for place in (tmp_path, tmp_path / "arxiv"):
        (place / "ch").mkdir(parents=True)
        (place / "main.tex").write_text(document("\\newcommand{\\fac}{4}", "\\subfile{ch/c}\n\\subfile{ch/d}"))
        (place / "ch/c.tex").write_text(chapter % LEMMA)
        (place / "ch/d.tex").write_text(chapter % "Nothing.")
        assert fingerprint("ch/c.tex#l", tmp_path)
    with_copy = fingerprint("ch/c.tex#l", tmp_path)
    (tmp_path / "arxiv/main.tex").write_text(document("\\newcommand{\\fac}{5}", "\\subfile{ch/c}"))
    assert fingerprint("ch/c.tex#l", tmp_path) == with_copy


@pytest.mark.parametrize(
    "statement",
    [
        "\\begin{lemma}[label=l] $h$ \\end{lemma}",
        "\\begin{lemma}[name=N, label={l}] $h$ \\end{lemma}",
        "\\begin{boxed}{Title}{l} $h$ \\end{boxed}",
    ],
)
def test_a_label_in_options_that_moved_to_another_file_is_found(statement: str, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "b.tex").write_text(document("\\newtcbtheorem{boxed}{Lemma}{}{lem}", statement))
    with pytest.raises(BadInput, match=r"neither in .*; b\.tex has it"):
        fingerprint("a.tex#l", tmp_path)


@pytest.mark.parametrize("name", UNSEEN)
def test_a_change_of_layout_is_none(name: str, tmp_path: Path) -> None:
    assert not changes(UNSEEN[name], tmp_path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\\begin{lemma}[label=l] $h$ \\end{lemma}", "\\begin{lemma}[label=ell] $h$ \\end{lemma}"),
        ("\\begin{lemma}[name=N, label={l}] $h$ \\end{lemma}", "\\begin{lemma}[name=N, label={ell}] $h$ \\end{lemma}"),
        ("\\begin{boxed}{Title}{l} $h$ \\end{boxed}", "\\begin{boxed}{Title}{ell} $h$ \\end{boxed}"),
    ],
)
def test_a_label_may_have_another_name(before: str, after: str, tmp_path: Path) -> None:
    for name, body in (("a", before), ("b", after)):
        (tmp_path / f"{name}.tex").write_text(document("\\newtcbtheorem{boxed}{Lemma}{}{lem}", body))
    assert fingerprint("a.tex#l", tmp_path) == fingerprint("b.tex#ell", tmp_path)
    (tmp_path / "b.tex").write_text(
        (tmp_path / "b.tex").read_text().replace("Title", "Name").replace("name=N", "name=M")
    )
    assert (fingerprint("a.tex#l", tmp_path) == fingerprint("b.tex#ell", tmp_path)) == (
        "Title" not in before and "name" not in before
    )


def test_a_label_that_another_file_of_the_document_has_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(document("\\newcommand{\\fac}{4}", "\\input{c}\\input{d}"))
    (tmp_path / "c.tex").write_text(LEMMA)
    (tmp_path / "d.tex").write_text("Nothing.")
    fingerprint("c.tex#l", tmp_path)
    (tmp_path / "d.tex").write_text(LEMMA)
    with pytest.raises(BadInput, match=r"stands a second time, in d\.tex, a file of the same document"):
        fingerprint("c.tex#l", tmp_path)


CLAIM = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, Theorem, between, le


def a(h: Annotated[Fraction, between(0, 1)]) -> Claim:
    """h <= 4."""
    return le(h, 4)


A = Theorem(a, source="r", label="a", status="open", text="main.tex#l")
'''


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "main.tex").write_text(document("\\newcommand{\\fac}{4}"))
    (tmp_path / "theorems").mkdir()
    (tmp_path / "theorems/t.py").write_text(CLAIM)
    assert run(tmp_path, "accept", "r/a", "--because", "read both").exit_code == 0
    return tmp_path


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        (', text="main.tex#l"', "it was accepted with the text main.tex#l, and is not linked to it any more"),
        (CLAIM[CLAIM.index("A = ") :], "it was accepted with a text, and there is no such theorem any more"),
    ],
)
def test_a_link_that_is_removed_is_noticed(repository: Path, gone: str, says: str) -> None:
    assert run(repository, "check", "theorems", "--stale").exit_code == 0
    other = '\nB = Theorem(a, source="r", label="b", status="open")\n'
    (repository / "theorems/t.py").write_text(CLAIM.replace(gone, "") + other)
    done = run(repository, "check", "theorems", "--stale")
    assert done.exit_code == 1
    assert f"stale  r/a: {says}" in done.output
    assert run(repository, "check", "theorems", "--stale", "-k", "r/b").exit_code == 0


def test_a_link_that_follows_its_label_asks_to_be_accepted_again(repository: Path) -> None:
    for file in (repository / "main.tex", repository / "theorems/t.py"):
        file.write_text(file.read_text().replace("label{l}", "label{k}").replace("main.tex#l", "main.tex#k"))
    done = run(repository, "check", "theorems", "--stale")
    assert done.exit_code == 1
    says = "its text is main.tex#k now, with the same words, and was main.tex#l when it was accepted"
    assert f"stale  r/a: {says}; read both, then: refute accept r/a\n1 of 1 statement stale" in done.output
    assert says in run(repository, "accept", "r/a").output
    assert run(repository, "check", "theorems", "--stale").exit_code == 0


def test_the_statement_before_is_no_part_of_one_that_a_macro_makes(tmp_path: Path) -> None:
    text = document(
        "\\newcommand{\\lemA}[2]{\\begin{lemma}\\label{#1}#2\\end{lemma}}",
        "\\begin{lemma}\\label{b} first \\end{lemma}\n\n\\lemA{l}{second}",
    )
    (tmp_path / "main.tex").write_text(text)
    before = fingerprint("main.tex#l", tmp_path)
    (tmp_path / "main.tex").write_text(text.replace("first", "other"))
    assert fingerprint("main.tex#l", tmp_path) == before


def test_a_module_that_changed_is_named(repository: Path) -> None:
    theorem = repository / "theorems/t.py"
    theorem.write_text("from helper import FOUR\n" + CLAIM.replace("le(h, 4)", "le(h, FOUR)"))
    helper = repository / "theorems/helper.py"
    helper.write_text('"""Numbers."""\nFOUR = 4\n')
    assert run(repository, "accept", "r/a").exit_code == 0
    helper.write_text('"""Some numbers."""\n# and a comment\nFOUR = 4\n')
    assert run(repository, "check", "theorems", "--stale").exit_code == 0
    helper.write_text('"""Numbers."""\nFOUR = 5\n')
    done = run(repository, "check", "theorems", "--stale")
    says = "helper.py (the file has changes that are not committed), of which the statement may be made, changed since"
    assert f"stale  r/a: {says}" in done.output
    theorem.write_text(theorem.read_text().replace("le(h, FOUR)", "le(h, FOUR + 1)"))
    done = run(repository, "check", "theorems", "--stale")
    assert f"stale  r/a: the statement of the theorem file and {says}" in done.output


def test_a_theorem_in_two_files_is_an_error_without_a_search(repository: Path) -> None:
    (repository / "theorems/u.py").write_text(CLAIM)
    done = run(repository, "check", "theorems", "--stale")
    assert done.exit_code == 1
    assert "both have a theorem r/a" in done.output


def test_texts_that_are_not_read_are_refused(repository: Path) -> None:
    (repository / "main.rst").write_text(".. _l:\n")
    (repository / "theorems/t.py").write_text(CLAIM.replace("main.tex", "main.rst"))
    done = run(repository, "accept", "r/a")
    assert done.exit_code == 1
    assert "r/a is not accepted: main.rst: texts are read in LaTeX and in Markdown" in done.output


def test_what_is_gone_is_a_change(repository: Path) -> None:
    """A package that a document asks for, and a theorem file."""

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=repository, check=True)

    (repository / "mac.sty").write_text("\\newcommand{\\fac}{4}\n")
    (repository / "main.tex").write_text(document("\\usepackage{mac}"))
    (repository / "theorems/u.py").write_text(CLAIM.replace('"r"', '"s"'))
    assert run(repository, "accept", "r/a", "s/a").exit_code == 0
    git("add", "-A")
    git("commit", "-qm", "base")
    (repository / "theorems/u.py").unlink()
    done = run(repository, "check", "theorems", "--changed", "HEAD", "--stale")
    assert done.exit_code == 1
    assert "stale  s/a: it was accepted with a text, and there is no such theorem any more" in done.output
    git("checkout", "-q", ".")
    (repository / "mac.sty").unlink()
    done = run(repository, "check", "theorems", "--changed", "HEAD", "--stale")
    assert done.exit_code == 1
    assert "stale  r/a: the linked text changed" in done.output


def test_all_that_changed_is_said(repository: Path) -> None:
    main, claim = repository / "main.tex", repository / "theorems/t.py"
    main.write_text(main.read_text().replace("{4}", "{5}"))
    claim.write_text(claim.read_text().replace("return le(", "return le(0 + "))
    for done in (run(repository, "check", "theorems", "--stale"), run(repository, "accept", "r/a")):
        assert "the statement of the theorem file changed since" in done.output
        assert "\\fac (in main.tex): “$4$” is now “$5$”" in done.output


def test_acceptances_are_those_above_the_theorem_file(repository: Path) -> None:
    assert run(repository / "theorems", "check", ".", "--stale").exit_code == 0
    main = repository / "main.tex"
    main.write_text(main.read_text().replace("{4}", "{5}"))
    stale = run(repository / "theorems", "check", ".", "--stale").output
    assert "\\fac (in main.tex): “$4$” is now “$5$”" in stale
    assert "its own lines are as they were; read both, then: refute accept r/a" in stale
    done = run(repository / "theorems", "accept", "r/a", "--theorems", ".")
    assert "accepted r/a in ../refute-accepted.json" in done.output
    assert not (repository / "theorems/refute-accepted.json").exists()
    assert run(repository, "check", "theorems", "--stale").exit_code == 0


def test_a_reason_stays_as_long_as_nothing_changed(repository: Path) -> None:
    file = repository / "refute-accepted.json"
    run(repository, "accept", "r/a")
    assert "read both" in file.read_text()
    main = repository / "main.tex"
    main.write_text(main.read_text().replace("{4}", "{5}"))
    run(repository, "accept", "r/a")
    assert "read both" not in file.read_text()


def test_nothing_is_accepted_where_one_id_is_unknown(repository: Path) -> None:
    before = (repository / "refute-accepted.json").read_text()
    main = repository / "main.tex"
    main.write_text(main.read_text().replace("{4}", "{5}"))
    assert run(repository, "accept", "r/a", "r/nothing").exit_code == 1
    assert (repository / "refute-accepted.json").read_text() == before


def test_a_broken_file_hides_no_stale_text(repository: Path) -> None:
    (repository / "theorems/broken.py").write_text("from refute import (\n")
    main = repository / "main.tex"
    main.write_text(main.read_text().replace("{4}", "{5}"))
    done = run(repository, "check", "theorems", "--stale")
    assert done.exit_code == 1
    assert "error  broken.py, line 1: SyntaxError" in done.output
    assert "stale  r/a: the linked text changed" in done.output
    assert "main.tex" in run(repository, "coverage", "main.tex").output


def test_a_label_whose_file_is_gone_is_looked_for(repository: Path) -> None:
    (repository / "main.tex").rename(repository / "paper.tex")
    done = run(repository, "check", "theorems", "--stale")
    assert "the linked text 'main.tex' is neither in" in done.output
    assert "; paper.tex has it" in done.output


def test_a_stub_of_a_label_elsewhere_says_where(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(document("", "\\input{c}"))
    (tmp_path / "c.tex").write_text(LEMMA)
    assert "c.tex has it" in run(tmp_path, "new", "claims.py", "--from", "main.tex#l").output
    (tmp_path / "note.md").write_text("# Notes\n")
    (tmp_path / "c.md").write_text("(l)=\n## A lemma\n")
    assert "c.md and c.tex have it" in run(tmp_path, "new", "claims.py", "--from", "note.md#l").output


def test_a_label_that_is_shown_elsewhere_is_there_once(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(document("\\newcommand{\\fac}{4}", "\\input{c}\\input{d}"))
    (tmp_path / "c.tex").write_text(LEMMA)
    (tmp_path / "d.tex").write_text("\\begin{verbatim}\n" + LEMMA + "\n\\end{verbatim}")
    assert fingerprint("c.tex#l", tmp_path)


def test_a_chapter_that_ends_itself_under_a_condition_is_read(tmp_path: Path) -> None:
    (tmp_path / "main.tex").write_text(
        document("\\newcommand{\\fac}{4}", "\\ifdefined\\short\n\\endinput\n\\fi\n" + LEMMA)
    )
    assert fingerprint("main.tex#l", tmp_path)


def test_the_last_theorem_of_a_folder_is_missed(repository: Path) -> None:
    inner = repository / "theorems/more"
    inner.mkdir()
    (inner / "main.tex").write_text((repository / "main.tex").read_text())
    (inner / "t.py").write_text(CLAIM.replace('label="a"', 'label="b"'))
    (inner / "refute-accepted.json").write_text("{}")
    assert run(repository, "accept", "r/b", "--theorems", "theorems").exit_code == 0
    assert "r/b" in (inner / "refute-accepted.json").read_text()
    (inner / "t.py").unlink()
    done = run(repository, "check", "theorems", "--stale")
    assert done.exit_code == 1
    assert "stale  r/b: it was accepted with a text" in done.output


def test_acceptances_of_folders_that_are_passed_over_count_nowhere(repository: Path) -> None:
    (repository / "theorems/t.py").rename(repository / "t.py")
    run(repository, "accept", "r/a", "--theorems", ".")
    copy = repository / "node_modules/other"
    copy.mkdir(parents=True)
    (copy / "refute-accepted.json").write_text(
        json.dumps({"o/gone": {"statement": "0", "text": "1", "file": "t.py", "link": "p.tex#l"}})
    )
    assert run(repository, "check", ".", "--stale").exit_code == 0
    (repository / "refute-accepted.json").write_text(json.dumps({"r/a": {"file": "t.py"}}))
    assert "r/a: the statement of the theorem file" in run(repository, "check", ".", "--stale").output
