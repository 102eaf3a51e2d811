"""Counterexamples in a terminal: formulas in one line, and where a user meets them."""

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner

from objectives import PiecewiseQuadratic, Ridge, RidgeSum, square
from refute import vec
from refute.cli.main import main
from refute.cli.terminal import WIDTH, instance_lines, violation
from refute.report.prose import spelled
from refute.verdicts.certificate import Line

CLAIM = '''from fractions import Fraction
from typing import Annotated
from objectives import Objective, gradient_step, smooth
from refute import Claim, Theorem, Vec, between, le, points, sq
Smooth = Annotated[Objective, smooth()]
Step = Annotated[Fraction, lambda f: between(0, 2 / f.L)]
Point = Annotated[Vec, lambda f: points(f.dim)]


def decreases(f: Smooth, h: Step, x: Point) -> Claim:
    """f decreases by h |grad f(x)|^2 / 2."""
    return le(f(gradient_step(f, h, x)), f(x) - h * sq(f.grad(x)) / 2)


T = Theorem(decreases, source="my", label="decreases")
'''


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"\frac{{\left(1 - x y\right)}^{2}}{2}", "(1 - x y)^2/2"),
        (r"\frac{1}{1 + {\left(x - 1\right)}^{2}}", "1/(1 + (x - 1)^2)"),
        (r"\frac{x + 1}{2 x}", "(x + 1)/(2 x)"),
        (r"\left(0, -\frac{1}{5000}\right)", "(0, -1/5000)"),
        (r"\log\left(1 + e^{-x}\right)", "log(1 + e^(-x))"),
        (r"x_{\dagger} = 1", "x_† = 1"),
        (r"\gamma=\frac{1}{2}", "γ = 1/2"),
        (r"\begin{cases} x & x \le 0 \\ 2 x & x \ge 0 \end{cases}", "x for x ≤ 0; 2 x for x ≥ 0"),
    ],
)
def test_formulas_in_one_line(tex: str, text: str) -> None:
    assert spelled(tex) == text


def test_an_instance_is_read_like_mathematics() -> None:
    bent = PiecewiseQuadratic((Fraction(0),), (Fraction(1), Fraction(2)), Fraction(0), Fraction(0))
    assert instance_lines({"f": square(1), "h": Fraction(1, 3), "x0": vec(1)}) == ["f(x) = x^2/2,  h = 1/3,  x_0 = 1"]
    assert instance_lines({"f": bent}) == ["f(x) = x^2/2 for x ≤ 0; x^2 for x ≥ 0"]
    many = RidgeSum(tuple(Ridge(Fraction(1), "log_cosh", vec(i, 1), Fraction(i)) for i in range(1, 9)))
    lines = instance_lines({"f": many, "h": Fraction(1, 3), "x": vec(1, 2), "N": 3})
    assert lines[-1] == "h = 1/3,  x = (1, 2),  N = 3"
    assert all(len(line) <= WIDTH for line in lines[1:])


def test_both_sides_of_a_violation() -> None:
    sides = (("x", "9/4"), ("c * x", "2"), ("0", "0"))
    line = Line("violated: x <= c * x", "violated", "violated: 2.25 and 2.0", sides)
    assert violation(line) == ["violated: x <= c * x", "    x = 9/4", "    c * x = 2"]
    assert violation(Line("violated: x_k converges", "violated", "violated")) == ["violated: x_k converges"]


def test_a_refutation_is_shown_where_it_is_found(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(CLAIM)
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        said = [CliRunner().invoke(main, ["check", "claims.py", "-q"]).output for _ in range(2)]
        again = (
            CliRunner()
            .invoke(main, ["verify", ".refute/certificates/my--decreases.json", "--theorems", "claims.py"])
            .output
        )
    finally:
        os.chdir(before)
    for text in said:
        after = text[text.index("News: my/decreases, which was open, is refuted.") :].splitlines()
        assert after[1].startswith("    f(x) = ")
        assert after[2] == "    violated: f(gradient_step(f, h, x)) <= f(x) - h * sq(f.grad(x)) / 2"
        assert after[3].startswith("        f(gradient_step(f, h, x)) = ")
        assert "  Keep it in the theorem file with: refute adopt .refute/certificates/my--decreases.json" in after
    assert after[1].strip() in again


@pytest.mark.usefixtures("bundled_are_known")
@pytest.mark.parametrize("words", [("list",), ("show", "tao-wang-2022/descent-lemma"), ("--help",)])
def test_a_reader_that_closes_the_pipe_gets_no_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    command = [sys.executable, "-m", "refute", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
