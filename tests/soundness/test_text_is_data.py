"""No character of a statement, a message or a file reaches a terminal, a page or LaTeX but as itself."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from refute.cli.main import main
from refute.report.formulas import allowed
from refute.report.prose import latex
from refute.safety.plain import plain

EVIL = "\x1b[31mred\x07\x9b2J\u202etxt\x00\r"
CLAIMS = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, Given, Theorem, le, lt, rationals
R = Annotated[Fraction, rationals()]
def s(x: R) -> Claim:
    """{evil} $x \\\\input{{/etc/passwd}} \\\\le x^2$ and $x \\\\le x^2$."""
    return le(x, x * x)
T = Theorem(s, source="e", label="evil", given=(Given("{evil}", lambda x: lt(0, x)),))
def b(x: R) -> Claim:
    """b"""
    raise RuntimeError("{evil}")
B = Theorem(b, source="e", label="broken")
'''.replace("{evil}", EVIL.encode("unicode_escape").decode())


def printable(text: str) -> bool:
    return plain(text) == text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.py").write_text(CLAIMS)
    return tmp_path


def test_controls_are_written_out() -> None:
    assert plain(EVIL) == "\\x1b[31mred\\x07\\x9b2J\\x202etxt\\x00\\x0d"
    assert plain("a\tb\nc é ≤ 数") == "a\tb\nc é ≤ 数"


def test_nothing_reaches_the_terminal(folder: Path) -> None:
    for command in (
        ["check", "claims.py", "--examples", "30"],
        ["list", "claims.py"],
        ["show", "e/evil", "--theorems", "claims.py"],
    ):
        out = CliRunner().invoke(main, command)
        assert printable(out.output), command
        assert "\\x1b" in out.output or command[0] == "show"
    certificate = next((folder / ".refute" / "certificates").glob("*.json"))
    out = CliRunner().invoke(main, ["verify", str(certificate), "--theorems", "claims.py"])
    assert out.exit_code == 0, out.output
    assert printable(out.output)
    data = json.loads(certificate.read_text())
    data["theorem"] = EVIL
    certificate.write_text(json.dumps(data))
    assert printable(CliRunner().invoke(main, ["verify", str(certificate)]).output)


def test_nothing_reaches_the_page_or_latex(folder: Path) -> None:
    CliRunner().invoke(main, ["check", "claims.py", "--examples", "30", "-q"])
    # An erratum is a statement whose status is false: what was open, and fell, is news.
    (certificate,) = (folder / ".refute" / "certificates").iterdir()
    assert CliRunner().invoke(main, ["adopt", str(certificate)]).exit_code == 0
    CliRunner().invoke(main, ["check", "claims.py", "--examples", "30", "-q"])
    out = CliRunner().invoke(
        main, ["report", "--theorems", "claims.py", "--errata", "errata", "--junit", "junit.xml", "-q"]
    )
    assert out.exit_code == 0, out.output
    for name in (".refute/report.html", ".refute/report.md", "errata/errata.tex", "errata/errata.bib", "junit.xml"):
        assert printable((folder / name).read_text()), name
    tex = (folder / "errata" / "errata.tex").read_text()
    assert "\\input" not in tex.replace("textbackslash", "")
    assert "$x \\le x^2$" in tex


@pytest.mark.parametrize(
    "tex",
    [
        r"\input{/etc/passwd}", r"\include{x}", r"\write18{ls}", r"\immediate\write18{ls}", r"\csname input\endcsname x", r"\def\x{y}",
        r"\newcommand{\x}{y}", r"\catcode`\%=12", r"\openin5=x", r"\read5 to\x", r"^^5cinput{x}", r"x % y", r"x $ y $", r"\begin{document}",
        r"\begin{verbatim}", r"\end{document}", r"\href{javascript:x}{y}", r"\url{x}", r"\includegraphics{x}", r"\usepackage{x}", r"\let\a\b",
        r"\expandafter\a", r"\loop", r"\special{x}", r"\string\input", r"\@input", r"x}", r"{x", r"}{", r"\lowercase{x}", r"\begin {x}", "x\\",
        r"\directlua{x}", r"\futurelet\a", r"#1", r"\char`\\",
    ],
)  # fmt: skip
def test_commands_that_do_more_than_typeset_are_shown_as_source(tex: str) -> None:
    assert not allowed(tex)
    shown = latex(f"see ${tex}$") if "$" not in tex else latex(f"see $${tex}$$")
    assert "\\texttt" in shown or "$" in tex


@pytest.mark.parametrize(
    "tex",
    [
        r"f(y) \le f(x) + \langle \nabla f(x), y - x\rangle + \tfrac L2 |y - x|^2", r"\frac{a}{b}", r"\{x \mid x > 0\}", r"x_{k+1}",
        r"\begin{cases} 1 & x > 0 \\ 0 & x \le 0 \end{cases}", r"\mathbb{R}^d", r"\left( x \right)", r"\sum_{k=1}^N", r"50\,\%", r"\operatorname{diag}(x)",
    ],
)  # fmt: skip
def test_mathematics_stands_as_it_is(tex: str) -> None:
    assert allowed(tex)


def test_every_formula_of_the_bundled_statements_is_allowed() -> None:
    from refute.report.prose import pieces
    from refute.running.check import known_theorems
    from refute.sources.files import bundled

    refused = [
        (t.id, p)
        for _, t in known_theorems([bundled()])
        for kind, p in pieces(t.prose)
        if kind in ("inline", "block") and not allowed(p)
    ]
    assert refused == []
