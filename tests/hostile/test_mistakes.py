"""The mistakes that one makes in a theorem file, each with what is said: where it is, what is there, what to write."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands import run

HEAD = '''"""Claims."""
from fractions import Fraction
from typing import Annotated

from objectives import Objective, gradient_step, smooth, square
from refute import Claim, Given, Mutant, Theorem, Vec, between, dot, le, lt, points, positive, rationals, sq, sqrt, vec

Smooth = Annotated[Objective, smooth()]
Flat = Annotated[Objective, smooth(allow_flat=True, dim=1)]
Point = Annotated[Vec, lambda f: points(f.dim)]
Number = Annotated[Fraction, rationals()]
Positive = Annotated[Fraction, positive()]
'''
MUTANT = 'Mutant("m", {"c": Fraction(-1)}, killed_at={"x": Fraction(1)})'
CONSTANT = "x: Number, *, c: Fraction = Fraction(1)"


def claim(signature: str, answer: str, record: str = "", before: str = "", says: str = '"""A claim."""') -> str:
    return f"""{before}

def s({signature}) -> Claim:
    {says}
    {answer}


T = Theorem(s, source="me", label="LABEL", {record})
"""


def square_is(record: str, signature: str = "x: Number", answer: str = "return le(0, x * x)") -> str:
    return claim(signature, answer, record)


# The name of the mistake; the file; what has to be said.
MISTAKES: dict[str, tuple[str, str]] = {
    "a float": (
        claim("x: Number", "return le(0.5 * x, x * x + 1)"),
        r"line 17: .*0.5 is a float.* write Fraction\(1, 2\)",
    ),
    "a float for a constant": (
        claim("x: Number, *, c: Fraction = 0.5", "return le(c * x, x)"),
        r"the constant c = 0.5 of s: .*write Fraction\(1, 2\)",
    ),
    "text for a constant": (
        claim('x: Number, *, c: Fraction = "1"', "return le(c * x, x)"),
        r"the constant c = '1' of s",
    ),
    "a constant without a value": (
        claim("x: Number, *, c: Fraction", "return le(c * x, x)"),
        r"the constant c of s has no value: write c: Fraction = Fraction\(1\)",
    ),
    "numpy": (
        claim("x: Number", "return le(np.sin(x), 1)", before="import numpy as np\n"),
        r"line 18: .*write refute's sin",
    ),
    "math": (
        claim("x: Number", "return le(math.exp(x), 1)", before="import math\n"),
        r"line 18: .*refute's sqrt, exp, sin",
    ),
    "a bool": (claim("x: Number", "return 0 <= x * x"), r"its body returns True, not a claim: write le\(x, y\)"),
    "nothing returned": (claim("x: Number", "le(0, x * x)"), r"its body returns nothing: end it with return le"),
    "two claims": (claim("x: Number", "return le(0, x * x), le(-1, x)"), r"2 claims: join them, both\("),
    "vectors compared": (
        claim("f: Smooth, x: Point", "return le(x, f.grad(x))"),
        r"line 17: .*a point of R\^. where a number belongs: write sq\(x\)",
    ),
    "a vector minus a number": (
        claim("f: Smooth, x: Point", "return le(0, sq(x - 1))"),
        r"line 17: .*a number and a point of R\^.: write vec\(1\)",
    ),
    "a vector times a vector": (
        claim("f: Smooth, x: Point", "return le(0, x * x)"),
        r"line 17: .*a product of two points: write dot\(x, y\)",
    ),
    "the product of a number": (
        claim("f: Smooth, x: Point", "return le(0, dot(f.grad(x), 1))"),
        r"line 17: .*a number and a point",
    ),
    "abs of a vector": (claim("f: Smooth, x: Point", "return le(0, abs(x))"), r"line 17: .*write norm\(x\)"),
    "a tuple for a point": (
        claim("x: Number", "return le(0, square(1)((x,)))"),
        r"line 17: .*a tuple and a point of R\^1: a point is vec",
    ),
    "a list for a point": (
        claim("x: Number", "return le(0, square(1)([x]))"),
        r"line 17: .*a list and a point of R\^1: a point is vec",
    ),
    "a number for a point": (claim("f: Flat, t: Number", "return le(0, f(t))"), r"line 17"),
    "swapped arguments": (
        claim("f: Smooth, x: Point", "return le(0, sq(gradient_step(f, x, 1)))"),
        r"line 17: .*a number and a point",
    ),
    "a swapped record": (
        'T = Theorem("me", lambda x: x, "LABEL")\n',
        r"its first argument is the function that states it",
    ),
    "no domain": (
        claim("x: Fraction", "return le(0, x)"),
        r"'x' of s has no domain: annotate it with Annotated\[type, domain\]",
    ),
    "no annotation": (claim("x", "return le(0, x)"), r"'x' of s has no domain"),
    "a domain without a type": (
        claim("x: rationals()", "return le(0, x)"),
        r"'x' of s has no type: write Annotated\[Fraction, R\]",
    ),
    "the type last": (
        claim("x: Annotated[rationals(), Fraction]", "return le(0, x)"),
        r"'x' of s has its type last: write Annotated\[type, domain\]",
    ),
    "a pair for a domain": (
        claim("x: Annotated[Fraction, (0, 2)]", "return le(0, x)"),
        r"has the tuple \(0, 2\) for a domain: write between\(0, 2\)",
    ),
    "a domain that is not called": (
        claim("f: Annotated[Objective, smooth]", "return le(0, f.L)"),
        r"write smooth\(\.\.\.\) for one",
    ),
    "an unknown name in a domain": (
        claim("f: Smooth, x: Annotated[Vec, lambda g: points(g.dim)]", "return le(0, sq(x))"),
        r"the domain of 'x' needs 'g', but only f comes before it",
    ),
    "variables in the wrong order": (
        claim("x: Point, f: Smooth", "return le(0, sq(x))"),
        r"the domain of 'x' needs 'f', .*: put f first",
    ),
    "a float in a domain": (
        claim("x: Annotated[Fraction, between(0, 0.5)]", "return le(0, x)"),
        r"the end 0.5 of an interval is a float.*Fraction",
    ),
    "a root as a power": (
        claim("x: Positive", "return le(0, x ** Fraction(1, 2))"),
        r"line 17: .*the exponent 1/2 is not an integer: write sqrt\(x\)",
    ),
    "a root as a float power": (
        claim("x: Positive", "return le(0, x ** 0.5)"),
        r"line 17: .*the exponent 0.5 is not an integer: write sqrt\(x\)",
    ),
    "an unknown constant": (
        square_is('mutants=(Mutant("m", {"cc": Fraction(-1)}),)', CONSTANT),
        r"mutant 'm' names 'cc', but the statement binds only c, x; did you mean 'c'\?",
    ),
    "mutant for mutants": (square_is(f"mutant={MUTANT}", CONSTANT), r"did you mean mutants=\?"),
    "one mutant": (
        square_is(f"mutants={MUTANT}", CONSTANT),
        r"mutants= is a tuple, also of one: write mutants=\(Mutant",
    ),
    "a mutant without words": (
        square_is('mutants=(Mutant({"c": Fraction(2)}),)', CONSTANT),
        r"first what it says, in words",
    ),
    "a mutant without an instance": (
        square_is('mutants=(Mutant("m", {"c": Fraction(-1)}),)', CONSTANT, "return le(0, c * x * x)"),
        r'it has no killed_at=, an instance at which it is false: write killed_at=\{"x": ',
    ),
    "a mutant that survives": (
        square_is(
            'mutants=(Mutant("m", {"c": Fraction(2)}, killed_at={"x": Fraction(3)}),)',
            CONSTANT,
            "return le(0, c * x * x)",
        ),
        r"the conclusion holds there: 0 <= c \* x \* x, where c \* x \* x = 18",
    ),
    "no equality": (
        square_is('attained=({"x": Fraction(3)},)'),
        r"but not with equality: 0 <= x \* x, where x \* x = 9",
    ),
    "an instance outside": (
        square_is('attained=({"x": Fraction(3)},)', "x: Annotated[Fraction, between(0, 2)]"),
        r"attained\[0\]: outside its domain, 'x in \[0, 2\]' fails: below: x <= hi, where x = 3, hi = 2",
    ),
    "a float in an instance": (
        square_is('attained=({"x": 0.5},)'),
        r"attained\[0\]: the value of 'x': 0.5 is a float.*Fraction\(1, 2\)",
    ),
    "an instance without a value": (
        square_is('attained=({"x": Fraction(0)},)', "x: Number, y: Number"),
        r"attained\[0\]: the instance gives no value for 'y'",
    ),
    "no counterexample": (
        square_is('status="false", refuted_at={"x": Fraction(3)}'),
        r"refuted_at: no violation, the conclusion holds there: 0 <= x \* x, where x \* x = 9",
    ),
    "a hypothesis that is a bool": (
        square_is('given=(Given("x > 0", lambda x: x > 0),)'),
        r"'x > 0' answers (True|False), not a claim: write .*lt\(0, x\) for 0 < x",
    ),
    "a hypothesis in words": (
        square_is('given=("x > 0",)'),
        r'given\[0\] is x > 0, a str: write Given\("x > 0", lambda x: lt\(0, x\)\)',
    ),
    "a hypothesis in words twice": (
        square_is('given=(Given("x > 0", "x > 0"),)'),
        r'write Given\("x > 0", lambda x: lt\(0, x\)\)',
    ),
    "one hypothesis": (square_is('given=Given("x > 0", lambda x: lt(0, x))'), r"given= is a tuple, also of one"),
    "hypotheses that nothing meets": (
        square_is('given=(Given("x > 0", lambda x: lt(0, x)), Given("x < -1", lambda x: lt(x, -1)))'),
        r"no draw met the hypotheses: \d+ violated 'x [><] -?\d', \d+ violated",
    ),
    "a status that is none": (
        square_is('status="True"'),
        r"status 'True' is none of true, false, vacuous, open; did you mean 'true'\?",
    ),
    "true without a proof": (square_is('status="true"'), r"status 'true' needs proof="),
    "false without a counterexample": (square_is('status="false"'), r"status 'false' needs refuted_at="),
    "a proof that is not there": (
        square_is('status="true", proof="docs/nothing.md#lemma"'),
        r"proof='docs/nothing.md#lemma': .*docs/nothing.md",
    ),
    "a heading that is not there": (
        square_is('status="true", proof="NOTES.md#lema"'),
        r"proof='NOTES.md#lema': NOTES.md has no heading of that name; did you mean lemma\?",
    ),
    "a text that is not there": (square_is('text="paper.tex#lem:none"'), r"the linked text 'paper.tex' is neither in"),
    "variables without names": (
        claim("*xs: Number", "return le(0, xs[0])"),
        r"\*xs in the signature of s: give each variable a name and a domain of its own",
    ),
    "keywords without names": (claim("**xs: Number", "return le(0, 1)"), r"\*\*xs in the signature of s"),
    "no docstring": (claim("x: Number", "return le(0, x * x)", says=""), r"its function has no docstring"),
    "a docstring that is not raw": (
        claim("x: Number", "return le(0, x * x)", says='"""For $\\frac x2$."""'),
        r"a control character where \\f was meant: begin it with r",
    ),
    "a formula that is not closed": (
        claim("x: Number", "return le(0, x * x)", says='r"""For $x > 0."""'),
        r"a formula of its docstring is not closed",
    ),
    "a command that is not typeset": (
        claim("x: Number", "return le(0, x * x)", says=r'r"""For $\foo x$."""'),
        r"its formula \$\\foo x\$ is shown as its source",
    ),
    "a division by L = 0": (
        claim("f: Flat, x: Point", "return le(0, sq(f.grad(x)) / f.L)"),
        r"line 17: ZeroDivisionError.*the first at",
    ),
    "an attribute": (
        claim("f: Smooth, x: Point", "return le(0, sq(f.gradient(x)))"),
        r"line 17: .*did you mean grad\?",
    ),
    "a letter": (claim("f: Smooth, x: Point", "return le(0, f.l)"), r"line 17: .*did you mean L\?"),
    "a name that is not imported": (
        claim("x: Number", "return le(norm(vec(x)), 1)"),
        r"line 17: .*write: from refute import norm",
    ),
    "a coordinate of a number": (claim("x: Number", "return le(x[0], 1)"), r"line 17: .*those of a point, x\[0\]"),
    "a misspelt name": (claim("x: Number", "return le(sqr(x), 1)"), r"line 17: .*did you mean sqrt\?"),
    "a misspelt keyword": (claim("x: Number", "return le(0, x * x, units=x)"), r"line 17: .*did you mean unit=\?"),
    "an argument too few": (
        claim("x: Number", "return le(x * x)"),
        r"line 17: .*missing 1 required positional argument: 'rhs'",
    ),
    "a chain of comparisons": (claim("x: Number", "return lt(-1, x * x) < 3"), r"a claim is no number, .*write both\("),
    "claims joined by and": (
        claim("x: Number", "return le(0, x * x) and le(-1, x)"),
        r"a claim has no truth value .*write both\(",
    ),
    "a misspelt import": ("from refute import rationls\n", r"did you mean rationals\?"),
    "a misspelt import of objectives": ("from objectives import smoth\n", r"did you mean smooth\?"),
    "an import from the wrong package": (
        "from refute import smooth\n",
        r"it is in objectives: from objectives import smooth",
    ),
    "a misspelt module": ("import refute.numbrs\n", r"did you mean refute.numbers\?"),
    "a misspelt file": ("import helprs\n", r"did you mean helpers\?"),
    "a parenthesis": (claim("x: Number", "return le(0, x * x"), r"line \d+: SyntaxError: '\(' was never closed"),
    "a source that is no name": (
        square_is("").replace('source="me"', 'source="Me 2020"'),
        r"source 'Me 2020' of a theorem is not a name: use lower-case letters",
    ),
    "no label": (square_is("").replace('label="LABEL",', ""), r"missing 1 required positional argument: 'label'"),
    "an id twice": (
        square_is("") + 'U = Theorem(s, source="me", label="LABEL")\n',
        r"two theorems have the id me/.*; give one another reading=",
    ),
}


def label(mistake: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", mistake.lower())


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What one check says of all files."""
    folder = tmp_path_factory.mktemp("mistakes")
    (folder / "helpers.py").write_text("BOUND = 1\n")
    (folder / "NOTES.md").write_text("# Lemma\n\nA proof.\n")
    for mistake, (text, _) in MISTAKES.items():
        (folder / f"{label(mistake)}.py").write_text(HEAD + text.replace("LABEL", label(mistake)))
    result = run(folder, "check", ".", "-q", "--examples", "300")
    assert result.exit_code == 1
    assert f"{len(MISTAKES)} " not in result.output or "Traceback" not in result.output
    return " ".join(result.output.split())


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_gets_a_sentence(mistake: str, said: str) -> None:
    name = label(mistake)
    about = re.findall(
        rf"(?:! )?(?:me/{name}|{name}\.py)[:,] .*?(?= ! | me/[a-z-]+: its | \d+ counterexamples| \d+ theorems)", said
    )
    assert any(re.search(MISTAKES[mistake][1], sentence) for sentence in about), about or said[-2000:]


def test_a_file_without_a_theorem(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(HEAD)
    found = run(tmp_path, "check", "claims.py")
    assert found.exit_code == 1
    assert "claims.py: it defines no Theorem of its own: write T = Theorem(" in found.output


def test_records_of_another_file(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(HEAD + square_is("").replace("LABEL", "squares"))
    (tmp_path / "again.py").write_text("from refute import Theorem\nfrom claims import T\n")
    assert "defines no Theorem of its own" in run(tmp_path, "check", "again.py").output
    assert "1 theorem, 1 as expected" in run(tmp_path, "check", ".", "--examples", "50").output


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["show", "me/square"], "did you mean me/squares?"),
        (["show", "me/sqaures", "--theorems", "claims.py"], "did you mean me/squares?"),
        (["check", "claim.py"], "claim.py: no such file or folder; did you mean claims.py?"),
        (["check", "claims.py", "-k", "sqares"], "no theorem matches 'sqares'"),
        (["chek"], "No such command 'chek'"),
        (["check", "claims.py", "--timeout", "soon"], "write a length such as 90s, 10m or 2h"),
    ],
)
def test_ids_paths_and_options(words: list[str], says: str, tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(HEAD + square_is("").replace("LABEL", "squares"))
    run(tmp_path, "check", "claims.py", "-q", "--examples", "20")
    found = run(tmp_path, *words)
    assert found.exit_code != 0
    assert says in " ".join(found.output.split())


def test_a_file_without_a_theorem_beside_others(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(HEAD + square_is("").replace("LABEL", "squares"))
    (tmp_path / "helpers.py").write_text(HEAD)
    found = run(tmp_path, "check", "claims.py", "helpers.py", "--examples", "50", "-q")
    assert found.exit_code == 0, found.output
    assert "1 theorem, 1 as expected" in found.output
