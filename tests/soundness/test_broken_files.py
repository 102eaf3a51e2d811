"""Forty files that end, abort, loop, fail or lie, beside three good ones: forty sentences, three verdicts, status 1."""

import json
import subprocess
import sys
from typing import Any

import pytest

HEAD = """import ctypes, os, signal, sys, time
from dataclasses import dataclass
from fractions import Fraction as F
from typing import Annotated, Any
from refute import *
R = Annotated[F, rationals()]
P = Annotated[Vec, points(1)]
@dataclass(frozen=True)
class Q:
    c: F
    dim = 1
    def __call__(self, x): return self.c * x[0] ** 2 / 2
    def grad(self, x): return Vec((self.c * x[0],))
def D(draw=lambda d: Q(F(2)), member=lambda f: known(True, ""), **more): return Domain("D", draw, member, types=(Q,), **more)
def fail(*_): raise KeyError("no such thing")
"""


def statement(body: str, signature: str = "x: R", record: str = "", before: str = "") -> str:
    return (
        HEAD
        + f'{before}\ndef s({signature}) -> Claim:\n    """d"""\n    {body}\nT = Theorem(s, source="b", label="LABEL"{record})\n'
    )


OF_F = "f: Annotated[Any, DOMAIN], x: P"


def drawn(domain: str, body: str = "return le(f(x), f(x))", before: str = "") -> str:
    return statement(body, OF_F.replace("DOMAIN", domain), before=before)


BROKEN = {
    "exit in the body": statement("sys.exit(0)"),
    "exit with a word": statement("sys.exit('bye')"),
    "late exit": statement("if x > 5: sys.exit(0)\n    return le(x, x)"),
    "os exit": statement("os._exit(0)"),
    "the exit of C": statement("ctypes.CDLL(None).exit(0)"),
    "raw exit": statement("import posix; posix._exit(0)"),
    "abort": statement("os.abort()"),
    "killed": statement("os.kill(os.getpid(), signal.SIGKILL)"),
    "segmentation fault": statement("ctypes.string_at(0)"),
    "interrupt": statement("raise KeyboardInterrupt"),
    "generator exit": statement("raise GeneratorExit"),
    "base exception": statement("raise BaseException('mine')"),
    "stop iteration": statement("raise StopIteration"),
    "recursion": statement("return s(x)"),
    "memory": statement("return le(len(bytearray(10**12)), x)"),
    "attribute": statement("return le(x.nonsense, x)"),
    "a truth value": statement("return x <= x"),
    "nothing": statement("pass"),
    "a float": statement("return le(0.5 * x, x)"),
    "an unprintable claim": statement("return Z()", before="class Z:\n    def __repr__(self): raise OSError('r')"),
    "an unprintable error": statement("raise Z()", before="class Z(Exception):\n    def __str__(self): raise OSError('r')"),
    "exit at import": HEAD + "sys.exit(0)\n",
    "os exit at import": HEAD + "os._exit(0)\n",
    "abort at import": HEAD + "os.abort()\n",
    "failing import": HEAD + "import no_such_module\n",
    "syntax": HEAD + "def f(:\n",
    "failing at import": HEAD + "raise RuntimeError('no')\n",
    "exit in a draw": drawn("D(draw=lambda d: sys.exit(0))"),
    "failing draw": drawn("D(draw=fail)"),
    "os exit in a draw": drawn("D(draw=lambda d: os._exit(0))"),
    "a draw of another kind": drawn("D(draw=lambda d: 7)"),
    "failing member": drawn("D(member=fail)"),
    "exit in a member": drawn("D(member=lambda f: sys.exit(0))"),
    "a member that answers a truth value": drawn("D(member=lambda f: True)"),
    "failing case": drawn("D(cases=(Case('c', F(1), fail),))"),
    "failing given": statement("return le(x, x)", record=", given=(Given('g', fail),)"),
    "exit in a given": statement("return le(x, x)", record=", given=(Given('g', lambda x: sys.exit(0)),)"),
    "failing bulk": drawn("D(bulk=fail)"),
    "failing hessian": drawn("D()", "return converges(Of(f), x)", "class Of(Q):\n    pass\nfrom objectives import GD\nclass W(Q):\n    def hessian(self, box): fail()\ndef Of(f): return GD(W(f.c), F(1, 4))"),
    "failing mpmath view": statement("return Z(x)", before="class Z:\n    def __init__(self, x): self.x = x\n    def decide(self): return le(self.x, self.x - 1).decide()\n    def slack(self): return le(self.x, self.x).slack()\n    def opinion(self, d): fail()"),
    "failing simplification": statement("return lt(f.c, 0)", OF_F.replace("DOMAIN", "D(simpler=fail)")),
}  # fmt: skip
GOOD = {
    "good1": statement("return le(2 * x, x * x + 1)").replace("LABEL", "amgm"),
    "good2": statement("return le(x, x * x)").replace("LABEL", "squares"),
    "good3": statement("return eq((x + 1) ** 2, x * x + 2 * x + 1)", record=", symbols={'x': 'any'}").replace(
        "LABEL", "identity"
    ),
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> tuple[subprocess.CompletedProcess[str], list[dict[str, Any]]]:
    folder = tmp_path_factory.mktemp("broken")
    for i, text in enumerate(BROKEN.values()):
        (folder / f"broken{i:02d}.py").write_text(text.replace("LABEL", f"l{i:02d}"))
    for name, text in GOOD.items():
        (folder / f"{name}.py").write_text(text)
    command = [
        sys.executable,
        "-m",
        "refute",
        "check",
        ".",
        "--examples",
        "60",
        "--timeout",
        "60s",
        "--json",
        "out.json",
    ]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    return done, json.loads((folder / "out.json").read_text())


def test_there_are_forty() -> None:
    assert len(BROKEN) >= 40


def test_the_run_ends_with_its_table_and_status_1(
    checked: tuple[subprocess.CompletedProcess[str], list[dict[str, Any]]],
) -> None:
    done, records = checked
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert "theorems" in done.stdout.splitlines()[-1]
    assert len(records) == len(BROKEN) + len(GOOD)


def test_the_good_ones_have_their_verdicts(
    checked: tuple[subprocess.CompletedProcess[str], list[dict[str, Any]]],
) -> None:
    verdicts = {r["id"]: r["verdict"] for r in checked[1]}
    assert (verdicts["b/amgm"], verdicts["b/squares"], verdicts["b/identity"]) == ("proved", "refuted", "proved")


@pytest.mark.parametrize(("i", "name"), list(enumerate(BROKEN)), ids=lambda v: str(v))
def test_each_broken_one_gets_its_sentence(
    i: int, name: str, checked: tuple[subprocess.CompletedProcess[str], list[dict[str, Any]]]
) -> None:
    record = next(r for r in checked[1] if r["module"] == f"broken{i:02d}.py")
    # What was found before simplification failed is not lost.
    assert record["verdict"] == ("refuted" if name == "failing simplification" else "error"), record
    assert bool(record["certificate"]) == (record["verdict"] == "refuted")
    assert record["as_expected"] is False
    assert f"broken{i:02d}.py" in record["why"] or f"b/l{i:02d}" in record["why"], record["why"]
    assert "\n" not in record["why"].strip()
    said = [
        line
        for line in checked[0].stdout.splitlines()
        if line.startswith("! ") and (f"broken{i:02d}" in line or f"b/l{i:02d}" in line)
    ]
    assert len(said) == 1
