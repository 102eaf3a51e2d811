"""Which definition of a macro counts: the one that TeX takes where the statement stands, and those of which that cannot be told."""

from itertools import combinations
from pathlib import Path

import pytest

from refute.sources.text import latex_tokens, tokens_of

LEMMA = "\\begin{lemma}\\label{d}$h \\le \\x$\\end{lemma}"
ONE, TWO = "\\newcommand{\\x}{1}", "\\renewcommand{\\x}{2}"
BEGINS = "\\documentclass{article}"


def taken(text: str) -> list[str]:
    """The bodies of the definitions that count, which are digits here."""
    found = latex_tokens(text.replace("LEMMA", LEMMA), "d", "p.tex")
    return [t for t in found[found.index("\\end{lemma}") :] if t.isdigit()]


ONLY_THE_LAST = {
    "defined again before": f"{ONE}\n{TWO}\nLEMMA",
    "defined again behind": f"{TWO}\nLEMMA\n{ONE}",
    "in braces that have closed": f"{TWO} Some words.\n{{{ONE}}}\nLEMMA",
    "in braces that are open": f"{ONE} Some words.\n\n{{{TWO}\nLEMMA}}",
    "in a group that has closed": f"{TWO}\\begingroup{ONE}\\endgroup LEMMA",
    "in an environment that has closed": f"{TWO}\\begin{{proof}}{ONE}\\end{{proof}}LEMMA",
    "in an environment of a macro": f"\\newcommand\\bp{{\\begin{{proof}}}}\\newcommand\\ep{{\\end{{proof}}}}{TWO}\\bp {ONE}\\ep LEMMA",
    "within groups": f"{TWO}\\begin{{proof}}\\begin{{proof}}{ONE}\\end{{proof}}{ONE}\\end{{proof}}LEMMA",
    "for all groups": f"{ONE}\\begingroup\\gdef\\x{{2}}\\endgroup LEMMA",
    "for all groups, in two words": f"{ONE}\\begingroup\\global\\def\\x{{2}}\\endgroup LEMMA",
    "in the document": f"{BEGINS}{ONE}\\begin{{document}}{TWO}LEMMA\\end{{document}}",
    "around a condition": f"\\ifdraft a\\else b\\fi {ONE}{TWO}LEMMA",
    "behind a switch": f"\\newif\\ifdraft {ONE}{TWO}LEMMA",
    "behind a sign that is no condition": f"$a \\iff b$ {ONE}{TWO}LEMMA",
}


@pytest.mark.parametrize("text", ONLY_THE_LAST.values(), ids=ONLY_THE_LAST)
def test_the_definition_that_tex_takes(text: str) -> None:
    assert taken(text) == ["2"]


BOTH = {
    "under a condition": f"{ONE}\\ifdraft{TWO}\\fi LEMMA",
    "under one that does not end": f"{ONE}\\ifdraft{TWO} LEMMA",
    "in the other case": f"{ONE}\\ifdraft\\else{TWO}\\fi LEMMA",
    "in a condition within one": f"\\ifdraft \\ifx a b\\fi {TWO}\\fi {ONE}LEMMA",
    "at the beginning of the document": f"\\AtBeginDocument{{{TWO}}}{ONE}LEMMA",
    "where it is not defined": f"\\makeatletter\\@ifundefined{{x}}{{{TWO}}}{{}}\n{ONE}LEMMA",
    "if there is none": f"{ONE}\\providecommand{{\\x}}{{2}}LEMMA",
    "in another macro": f"{ONE}\\newcommand\\late{{{TWO}}}\\late LEMMA",
    "in another macro with an argument": f"{ONE}\\def\\late#1{{{TWO}}}\\late1 LEMMA",
    "an old meaning kept": f"{ONE}\\let\\y\\x\\renewcommand{{\\x}}{{2\\y}}LEMMA",
    "carried out at once": f"{ONE}\\edef\\y{{\\x}}\\renewcommand{{\\x}}{{2\\y}}LEMMA",
    "only behind": f"LEMMA {ONE}{TWO}",
    "in groups that have closed": f"a. {{{ONE}}} b. {{{TWO}}} LEMMA",
}


@pytest.mark.parametrize("text", BOTH.values(), ids=BOTH)
def test_what_cannot_be_told_counts(text: str) -> None:
    assert set(taken(text)) == {"1", "2"}


def test_definitions_in_the_statement_count() -> None:
    assert taken(ONE + LEMMA.replace("$h", f"{TWO}$h")) == ["1", "2"]


def test_a_definition_that_moves_across_the_statement_is_seen() -> None:
    before, behind = f"{ONE}{TWO}{LEMMA}", f"{ONE}{LEMMA}{TWO}"
    assert latex_tokens(before, "d", "p.tex") != latex_tokens(behind, "d", "p.tex")


def test_what_a_macro_uses_is_taken_where_the_statement_stands() -> None:
    y = "\\newcommand{\\y}{\\x}"
    assert taken(f"{ONE}{y}{TWO}{LEMMA}".replace("\\le \\x", "\\le \\y")) == ["2"]


# A document of several files: the main one, that with the lemma, and others. {} is what is defined in one of them.
FILES = {
    "main.tex": f"{BEGINS}\\usepackage{{own}}%s\\begin{{document}}%s\\input{{early}}%s\\input{{lemma}}%s\\input{{late}}\\end{{document}}",
    "own.sty": "%s",
    "early.tex": "%s",
    "lemma.tex": f"%s{LEMMA}%s",
    "late.tex": "%s",
}
#: Where a definition may stand, in the order of reading: before the lemma, and behind it.
BEFORE = [("own.sty", 0), ("main.tex", 0), ("main.tex", 1), ("early.tex", 0), ("main.tex", 2), ("lemma.tex", 0)]
BEHIND = [("lemma.tex", 1), ("main.tex", 3), ("late.tex", 0)]


def of_the_document(folder: Path, placed: dict[tuple[str, int], str]) -> list[str]:
    for name, text in FILES.items():
        parts = tuple(placed.get((name, n), "") for n in range(text.count("%s")))
        (folder / name).write_text(text % parts)
    found = tokens_of("lemma.tex#d", folder)
    return [t for t in found[found.index("\\end{lemma}") :] if t.isdigit()]


@pytest.mark.parametrize(("first", "second"), list(combinations(BEFORE, 2)))
def test_files_are_read_in_their_order(tmp_path: Path, first: tuple[str, int], second: tuple[str, int]) -> None:
    assert of_the_document(tmp_path, {first: ONE, second: TWO}) == ["2"]
    assert of_the_document(tmp_path, {first: TWO, second: ONE}) == ["1"]


@pytest.mark.parametrize("behind", BEHIND)
def test_what_is_read_behind_the_lemma(tmp_path: Path, behind: tuple[str, int]) -> None:
    assert of_the_document(tmp_path, {("main.tex", 0): ONE, behind: TWO}) == ["1"]
    assert of_the_document(tmp_path, {behind: TWO}) == ["2"]


TAKEN_IN = {
    "under a condition": "\\ifdraft\\input{m}\\fi",
    "in a group": "Some words. {\\input{m}}",
    "in an environment": "\\begin{small}\\input{m}\\end{small}",
    "in an argument": "\\AtBeginDocument{\\input{m}}",
    "twice": "\\input{m}\\input{m}",
    "as a document of its own": "\\subfile{m}",
    "by nobody": "",
}


@pytest.mark.parametrize("how", TAKEN_IN.values(), ids=TAKEN_IN)
def test_a_file_of_which_it_cannot_be_told(how: str) -> None:
    main, m = Path("/doc/main.tex"), Path("/doc/m.tex")
    found = latex_tokens(f"{BEGINS}{how}{ONE}{LEMMA}", "d", main, {m: TWO})
    assert {"1", "2"} <= set(found[found.index("\\end{lemma}") :])


def test_two_documents_with_one_lemma(tmp_path: Path) -> None:
    for name, n in (("one.tex", 1), ("two.tex", 2)):
        (tmp_path / name).write_text(f"{BEGINS}\\newcommand{{\\x}}{{{n}}}\\input{{lemma}}")
    (tmp_path / "lemma.tex").write_text(LEMMA)
    found = tokens_of("lemma.tex#d", tmp_path)
    assert {"1", "2"} <= set(found[found.index("\\end{lemma}") :])
