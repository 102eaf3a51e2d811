"""What a proof, a process or a cache keeps must be true of the statement at hand: each of these once came out wrong.

Free variables are no numbers, a contradiction is said as often as it is met, a module is the one that Python imports, and the clock decides nothing that is
kept."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import pytest
from click.testing import Result

from objectives import GD, gradient_step
from refute import (
    Claim,
    Theorem,
    Vec,
    at_least,
    at_limit,
    between,
    bounded,
    converges,
    converges_to,
    le,
    points,
    rationals,
    sq,
    vec,
)
from refute.numbers.atoms import variable
from refute.numbers.polynomials import polynomials
from refute.proofs.at_once import prove
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.statements.consistency import Contradiction
from tests.commands import run

Step = Annotated[Fraction, at_least(0)]
Number = Annotated[Fraction, rationals()]
Plane = Annotated[Vec, points(2)]


def every_step(h: Step) -> Claim:
    """The multiplier is 1 - h/64."""
    return converges(lambda z: (z[0] - h * z[0] / 64,), vec(1))


def every_bound(h: Step) -> Claim:
    """The same of bounded orbits."""
    return bounded(lambda z: (z[0] - h * z[0] / 64,), vec(1))


def collide(x0: Step) -> Claim:
    """A variable that is called like a coordinate."""
    return converges(lambda z: (z[0] - x0**2 * (z[0] - x0) / 2000,), vec(0))


def limit(c: Step) -> Claim:
    """The limit is c."""
    return at_limit(lambda z: ((z[0] + c) / 2,), vec(0), lambda y: le(y[0], 100))


def target(p: Plane) -> Claim:
    """The multiplier depends on p."""
    return converges_to(lambda z: (z[0] - (1 + sq(p)) * (z[0] - 1) / 64,), vec(0), vec(1))


@pytest.mark.parametrize("body", [every_step, every_bound, collide, limit, target])
def test_a_limit_is_not_proved_by_free_variables(body: Callable[..., Claim]) -> None:
    assert prove(Theorem(body, source="s", label="l")).decision is None


def test_neither_where_symbols_say_so() -> None:
    found = prove(Theorem(every_step, source="s", label="l", symbols={"h": "nonnegative"})).decision
    assert found is not None
    assert found.truth is None


@pytest.mark.parametrize("body", [every_step, limit])
def test_and_falls_in_the_search(body: Callable[..., Claim]) -> None:
    assert search(Theorem(body, source="s", label="l").itself, Budget(1000, 16, None, 1)).counterexample is not None


def test_polynomials_have_numbers_for_coefficients() -> None:
    for name in ("h", "x0"):
        h = variable(name)
        assert polynomials(lambda z, h=h: Vec((h * z[0],)), 1) is None  # type: ignore[misc]
        assert polynomials(lambda z, h=h: Vec((z[0] + h,)), 1) is None  # type: ignore[misc]
    assert polynomials(lambda z: Vec((3 * z[0],)), 1) == [{(1,): Fraction(3)}]


@dataclass(frozen=True)
class Half:
    """c x^2/2 with half of its gradient."""

    c: Fraction
    dim = 1

    def __call__(self, x: Vec) -> Any:
        return self.c * sq(x) / 2

    def grad(self, x: Vec) -> Vec:
        return self.c / 2 * x


Wide = Annotated[Fraction, between(Fraction(1, 10), 3)]
Start = Annotated[Vec, points(1)]
F = Half(Fraction(1))


def lies(h: Wide, x: Start, *, f: Half = Half(Fraction(1))) -> Claim:
    """False beyond h = 2, where the gradient is that of the value."""
    return converges(GD(f, h), x)


def lies_in_a_partial(h: Wide, x: Start) -> Claim:
    """The same through a partial."""
    return converges(partial(gradient_step, F, h), x)


@pytest.mark.parametrize("body", [lies, lies_in_a_partial])
def test_a_contradiction_is_said_each_time(body: Callable[..., Claim]) -> None:
    theorem = Theorem(body, source="s", label="l")
    prove(theorem)
    for _ in range(2):
        with pytest.raises(Contradiction, match="the class Half contradicts itself"):
            theorem.itself.check({"h": Fraction(5, 2), "x": vec(1)})


def check(folder: Path, *more: str) -> Result:
    return run(folder, "check", "-j", "1", "--examples", "50", "-q", *more)


HEAD = "from fractions import Fraction\nfrom typing import Annotated\nfrom refute import Claim, Theorem, between, le\n"
CLAIM = """U = Annotated[Fraction, between(0, 1)]


def small(x: U) -> Claim:
    \"\"\"x is below the bound.\"\"\"
    return {body}


T = Theorem(small, source="k", label="small{name}")
"""


def test_each_folder_has_its_own_helpers_while_bodies_run(tmp_path: Path) -> None:
    for name, bound in (("a", "1"), ("b", "Fraction(1, 2)")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "bounds.py").write_text(f"from fractions import Fraction\nBOUND = {bound}\n")
        (folder / "helpers.py").write_text(
            "from refute import le\ndef below(x):\n    from bounds import BOUND\n    return le(x, BOUND)\nimport bounds\n"
        )
        (folder / f"claims_{name}.py").write_text(
            HEAD + "from helpers import below\n" + CLAIM.format(body="below(x)", name=f"-{name}")
        )
    command = [sys.executable, "-m", "pytest", "-q", "--refute-examples=50", "a/claims_a.py", "b/claims_b.py"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    assert "1 failed, 1 passed" in said
    assert "k/small-b: news: it was open, and is refuted" in said
    found = check(tmp_path, "a", "b")
    assert "2 theorems, 1 as expected, 1 open and refuted; 2 from before" in found.output


def test_a_helper_imports_what_python_imports(tmp_path: Path) -> None:
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text("")
    (tmp_path / "pkg" / "mod.py").write_text("from util import BOUND\n")
    (tmp_path / "pkg" / "util.py").write_text("BOUND = 7\n")
    (tmp_path / "util.py").write_text("BOUND = 1\n")
    (tmp_path / "claims.py").write_text(
        HEAD + "from pkg.mod import BOUND\n" + CLAIM.format(body="le(x, BOUND)", name="")
    )
    assert check(tmp_path, "claims.py").exit_code == 0
    (tmp_path / "util.py").write_text("from fractions import Fraction\nBOUND = Fraction(1, 2)\n")
    assert check(tmp_path, "claims.py").exit_code == 1


def test_what_lies_beside_a_file_can_be_imported_in_a_body(tmp_path: Path) -> None:
    (tmp_path / "late.py").write_text("BOUND = 1\n")
    body = "__import__('late') and le(x, __import__('late').BOUND)"
    (tmp_path / "claims.py").write_text(HEAD + "import late\n" + CLAIM.format(body=body, name=""))
    assert check(tmp_path, "claims.py").exit_code == 0


def test_mutants_that_had_no_time_are_tried_again(tmp_path: Path) -> None:
    text = HEAD.replace("Theorem,", "Mutant, Theorem,").replace("from fractions", "import time\nfrom fractions")
    text += CLAIM.format(body="(time.sleep(0.03), le(x, c))[1]", name="").replace(
        "x: U)", "x: U, *, c: Fraction = Fraction(1))"
    )
    mutant = 'Mutant("0.99999", {"c": Fraction(99999, 100000)}, killed_at={"x": Fraction(1)})'
    text = text.replace('label="small")', f'label="small", mutants=({mutant},))')
    (tmp_path / "claims.py").write_text(text)
    first = check(tmp_path, "claims.py", "--timeout", "1s")
    assert "time: " in first.output
    again = check(tmp_path, "claims.py")
    assert again.exit_code == 0, again.output
    assert "from before" not in again.output


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("try:\n    from " + "." * 30 + " import helpers\nexcept ImportError:\n    pass\n", 0),
        ("x = " + "+".join(["1"] * 200_000) + "\n", 1),
        ("x = " + "-" * 200_000 + "1\n", 1),
        ("x = 0x" + "f" * 4000 + "\n", 0),
    ],
    ids=["dots", "a long sum", "many signs", "a long number"],
)
def test_one_odd_file_is_its_own_affair(text: str, status: int, tmp_path: Path) -> None:
    good = HEAD + CLAIM.format(body="le(x, 1)", name="")
    (tmp_path / "good.py").write_text(good)
    (tmp_path / "odd.py").write_text(HEAD + text + CLAIM.format(body="le(x, 1)", name="-odd"))
    found = check(tmp_path, ".")
    assert "k/small " in found.output
    assert found.exit_code == status
    assert run(tmp_path, "list", ".").exit_code == status


def test_a_name_that_is_no_text(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"bad\xff.py")).write_text(HEAD + CLAIM.format(body="le(x, 1)", name=""))
    except OSError:
        return  # a file system of texts
    assert check(tmp_path, ".").exit_code == 0


def test_ints_of_a_domain_are_kept_as_what_is_meant(tmp_path: Path) -> None:
    text = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, Domain, Theorem, Vec, integers, known, le, naturals


def grid() -> Domain:
    return Domain("a grid", lambda d: Vec((integers(-4, 4).draw(d), integers(-4, 4).draw(d))), lambda x: known(True), (Vec,))


N = Annotated[Fraction, naturals(1, 100)]
G = Annotated[Vec, grid()]


def few(n: N) -> Claim:
    """n <= 50."""
    return le(n, 50)


def near(x: G) -> Claim:
    """x_0 <= 3."""
    return le(x[0], 3)


A = Theorem(few, source="k", label="few")
B = Theorem(near, source="k", label="near")
'''
    (tmp_path / "claims.py").write_text(text)
    found = check(tmp_path, "claims.py", "--examples", "300")
    assert found.output.count("which was open, is refuted") == 2, found.output
    files = [str(p) for p in (tmp_path / ".refute" / "certificates").glob("*.json")]
    assert run(tmp_path, "verify", *files, "--theorems", "claims.py").exit_code == 0


def squared(x: Number) -> Claim:
    """Expanded it has a degree of 2^40."""
    y = x
    for _ in range(40):
        y = y - (y - y * y)
    return le(y, y + 1)


def walked(x: Number, h: Number) -> Claim:
    """Expanded it has a thousand terms of a degree of a thousand."""
    y = x
    for _ in range(1000):
        y = y - h * y
    return le(y, y + 1)


@pytest.mark.parametrize("body", [squared, walked])
def test_the_attempt_at_a_proof_is_short(body: Callable[..., Claim]) -> None:
    import resource
    import time

    started, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert prove(Theorem(body, source="s", label="l")).decision is None
    assert time.process_time() - started < 10
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000
