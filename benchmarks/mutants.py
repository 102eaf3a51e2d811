"""Mutation testing of the trusted core: python -m benchmarks.mutants [MODULE ...] [--jobs J].

mutmut (`pip install 'mutmut>=3.8'`) changes one thing at a time in the functions of CORE, what a verdict is believed for, and runs the tests
beside them. A mutant survives where no test fails. Mutants that change nothing but words, and those of EQUIVALENT, each with the reason why
it computes the same, do not count. Exit status 1 where fewer than 97 % of the others are killed.
"""

from __future__ import annotations

import argparse
import ast
import difflib
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: Modules of the core with the tests that hold them, and the functions that are left out: they print, or steer floats.
CORE = {
    "orbits.conditions": (),
    "orbits.affine": ("Recurrence", "affine_map", "_linear_form"),
    "numbers.decide": (),
    "statements.opinions": (),
    "measure.intervals": (),
    "orbits.replay": (),
    "orbits.growth": ("__str__",),
    "orbits.monotone": ("__str__",),
    "statements.claims.decision": (),
    "statements.claims.relation": ("slack", "_tightness"),
    "statements.claims.parts": ("slack",),
    "statements.claims.constant": ("slack", "Constant"),
    "statements.claims.words": ("le", "lt", "eq", "ne", "both", "known"),
}
TESTS = (
    "orbits/test_conditions", "orbits/test_affine", "numbers/test_decide", "statements/claims/test_trusted", "measure/test_intervals", "orbits/test_replay", "statements/claims/test_words", "orbits/test_fate", "orbits/test_cycle", "orbits/test_funnel", "orbits/test_growth", "orbits/test_monotone",
)  # fmt: skip
LEAST = 0.97
# Bytes of address space for a process.
MEMORY = 4 * 2**30

# Patterns of (what stood there, what the mutant has), and why nothing changes.
EQUIVALENT: tuple[tuple[str, str, str], ...] = (
    (
        r"strict=(True|False)",
        r"strict=(None|False)|, \)",
        "both sequences have one length, or strict is left at its default",
    ),
    (r"if not top < 1", r"top (<= 1|< 2)", "the rate is compared with 1 once more at the end"),
    (r"result = result \+ p", r"result - p", "a sign that both factors of a product change"),
    (r"side \* ", r"side / ", "side is 1 or -1: the quotient has the sign of the product"),
    (r"None if None in places", r"and False", "every irreducible factor has a place"),
    (r"abs\(Fraction\(-int", r"\+int", "under abs"),
    (
        r"in \(f, -f\)",
        r"\+f",
        "an irreducible polynomial of degree 2 or more is never minus its mirror image: it would vanish at 1",
    ),
    (
        r"may_be_on and all",
        r"may_be_on or all",
        "a factor that is not its own mirror image has no root that is its own",
    ),
    (r"s = sign_of\(ball\)", r"s = None", "the next stage decides the same sign"),
    (r"opinions: list.*= \[\]", r"= None", "digits are asked at least once"),
    (
        r"range\(1, len\(ends\) - 1, 2\)",
        r"range\(1, len\(ends\) - (1, |2, 2)\)",
        "the ends of one interval are in order already; the same gaps are visited",
    ),
    (
        r"c if c > a else a|p if p > lo|p, q\) if p < q|if b > merged|if lo < hi",
        r"[<>]=",
        "equal numbers are interchangeable, and empty intervals are dropped",
    ),
    (r"key=_by_left", r"key=None|, \)", "pairs are sorted by their left ends first"),
    (r"sign_apart\([ac] \+ d, [ac]\)", r"- d", "whether d is 0"),
    (r"\[CONTEXT.zero\] \* \(n \+ 1\)", r"n \+ 2", "one more coefficient, which is 0"),
    (r"\(i \+ j\) % 2", r"\(i - j\) % 2", "the same parity"),
    (
        r"squared\[\(i \+ j\)",
        r"-= a|!= 0|== 1",
        "the sign of the whole polynomial, which is divided by its leading coefficient",
    ),
    (r"e / squared", r"e \* squared", "the leading coefficient is 1 or -1"),
    (r"for j in range\(-8, 24\)", r"ahead = \[x\[0\] \+", "any sample of points ahead will do"),
    (r"c.e < 1", r"c.e (<=|<) [12]", "how many digits may be lost: more are asked for, or the orbit is compared"),
    (r"side > 0", r"side >= 0", "side is 1 or -1"),
    (r"2\*\*j|step = ", r"", "where the other end is looked for: whatever is found is checked"),
    (r"Fraction\(0\) if side", r">= 0", "an end of the ball that is 0 is an end of the interval already"),
    (
        r"there.multiplier < 0",
        r"there.multiplier (<= 0|< 1)",
        "the product is above 1, and the other multiplier negative",
    ),
    (r"here.multiplier < 0", r"here.multiplier <= 0", "the product is above 1"),
    (r'variable\("x0"\)', r"None", "any name will do"),
    (r"sizes.get\(len", r"get\(None", "one variable has one monomial of each degree"),
    (r"default=0", r"default=1", "a degree below 2 is none"),
    (r"rest = sum", r", \)", "the empty sum is 0"),
    (r"AHEAD \+ 1|around.inside, 2", r"AHEAD \+ 2|around.inside, 3", "a step more is walked"),
)


def main() -> int:
    """Run mutmut in a copy of the repository; print the score and every survivor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", metavar="MODULE", help="some of the core, such as orbits.affine")
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    strangers = set(asked.modules) - set(CORE)
    if strangers:
        parser.error(f"{min(strangers)} is not in the core: {', '.join(CORE)}")
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "refute"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", ".refute", "__pycache__", "mutants"))
        _configure(copy, asked.modules or list(CORE))
        run = [sys.executable, "-m", "mutmut", "run", "--max-children", str(asked.jobs)]
        subprocess.run(run, cwd=copy, check=False, stdout=subprocess.DEVNULL, preexec_fn=_hold_memory)
        rows = subprocess.run(
            [sys.executable, "-m", "mutmut", "results", "--all", "true"], cwd=copy, capture_output=True, text=True
        ).stdout
        return _report(rows, copy / "mutants" / "refute")


def _hold_memory() -> None:
    """A mutant may loop and collect for ever."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _configure(copy: Path, core: list[str]) -> None:
    modules = ", ".join(f'"refute/{m.replace(".", "/")}.py"' for m in core)
    tests = ", ".join(f'"tests/refute/{t}.py"' for t in TESTS)
    with (copy / "pyproject.toml").open("a") as f:
        f.write(
            f"\n[tool.mutmut]\nsource_paths = [{modules}]\npytest_add_cli_args_test_selection = [{tests}]\n"
            'also_copy = ["refute", "objectives", "theorems", "tests", "conftest.py", "references.bib", "docs"]\n'
        )


def _report(rows: str, mutated: Path) -> int:
    found: Counter[str] = Counter()
    survivors = []
    for row in rows.splitlines():
        name, _, status = row.strip().partition(": ")
        module, _, function = name.removeprefix("refute.").rpartition(".")
        if module not in CORE or any(f"ǁ{w}ǁ" in function or f"{w}__mutmut" in function for w in CORE[module]):
            continue
        before, after = change(mutated / f"{module.replace('.', '/')}.py", function)
        if status == "killed" or status == "timeout":
            found["killed"] += 1
        elif words_only(before, after):
            found["words only"] += 1
        elif reason := equivalent(before, after):
            found[f"equivalent: {reason}"] += 1
        else:
            found["survived"] += 1
            survivors.append(f"{module}.{function}\n    - {before}\n    + {after}")
    counted = found["killed"] + found["survived"]
    score = found["killed"] / counted if counted else 0.0
    for says, n in found.most_common():
        print(f"{n:6d} {says}")
    print("\n".join(survivors))
    print(f"{found['killed']} of {counted} mutants killed: {score:.1%}")
    return 0 if score >= LEAST else 1


def change(file: Path, function: str) -> tuple[str, str]:
    """The lines that a mutant changes, before and after."""
    text = file.read_text(encoding="utf-8")
    lines = text.split("\n")
    bodies = {
        n.name: lines[n.lineno : n.end_lineno] for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)
    }
    original = bodies.get(function.rsplit("__mutmut_", 1)[0] + "__mutmut_orig", [])
    diff = [
        d
        for d in difflib.unified_diff(original, bodies.get(function, []), lineterm="", n=0)
        if not d.startswith(("---", "+++", "@@"))
    ]
    return tuple(" | ".join(d[1:].strip() for d in diff if d[0] == sign) for sign in "-+")  # type: ignore[return-value]


def words_only(before: str, after: str) -> bool:
    """Whether two lines differ in the text of strings only."""

    def bare(line: str) -> str:
        return re.sub(r'f?"(?:[^"\\]|\\.)*"', '""', line)

    return bare(before) == bare(after)


def equivalent(before: str, after: str) -> str:
    """Why a mutant computes the same; empty where it may not."""
    return next((why for old, new, why in EQUIVALENT if re.search(old, before) and re.search(new, after)), "")


if __name__ == "__main__":
    sys.exit(main())
