"""What an exact proof costs: python -m benchmarks.duality [--pepit PYTHON].

For f(x_N) - f_* <= L |x_0 - x_*|^2/(4 N + 2), gradient descent with h = 1/L on convex functions, N = 1, ..., 10: CPU seconds of an exact proof at the
tight constant, and of an exact counterexample where the constant is 1 % and 0.01 % too good; and of all step sizes at once for N = 1, 2, 3. With the
interpreter of an environment that has PEPit, the CPU seconds of its float answer to the same question, in the same run.
"""

from __future__ import annotations

import argparse
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any

from objectives import Objective, convex, orbit, starts
from refute import Claim, Theorem, Vec, between, integers, le, sq
from refute.duality.decide import _violation
from refute.duality.everywhere import prove_everywhere
from refute.duality.multipliers import multipliers
from refute.duality.problem import posed

ONE = Fraction(1)
WithMinimizer = Annotated[Objective, convex(minimizer="known")]
Point = Annotated[Vec, lambda f: starts(f)]
Step = Annotated[Fraction, lambda f: between(0, 1 / f.L)]

PEER = """
import time
from PEPit import PEP
from PEPit.functions import SmoothConvexFunction
def solve(N):
    problem = PEP()
    f = problem.declare_function(SmoothConvexFunction, L=1.0)
    low = f.stationary_point()
    x = start = problem.set_initial_point()
    problem.set_initial_condition((start - low) ** 2 <= 1)
    for _ in range(N):
        x = x - f.gradient(x)
    problem.set_performance_metric(f(x) - f(low))
    return problem.solve(wrapper="cvxpy", solver="CLARABEL", verbose=0)
solve(1)
for N in range(1, 11):
    before = time.process_time()
    value = solve(N)
    print(N, time.process_time() - before, abs(value * (4 * N + 2) - 1))
"""


def rate(f: WithMinimizer, x: Point, h: Step, N: Annotated[int, integers(1, 10)], *, c: Fraction = ONE) -> Claim:
    """f(x_N) - f_* <= c L abs(x_0 - x_*)^2/(2 (1 + 2 N h L))."""
    *_, last = orbit(f, h, x, N)
    return le(f(last) - f.minimum.value, c * f.L * sq(x - f.minimum.at) / (2 * (1 + 2 * N * h * f.L)))


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU seconds, and the answer."""
    before = time.process_time()
    found = work()
    return time.process_time() - before, found


def decided(N: int, c: Fraction) -> Any:
    """A proof, or a counterexample."""
    statement = replace(Theorem(rate, source="s", label="rate").itself, constants={"c": c})
    problem = posed(statement, {"h": ONE, "N": N}, {"f": {"L": ONE}})
    (claim,) = problem.claims
    found, worst = multipliers(problem, claim)
    return found or _violation(statement, problem, claim, worst)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pepit", default=None, help="a Python interpreter that can import PEPit")
    peer: dict[int, tuple[float, float]] = {}
    python = parser.parse_args().pepit
    if python:
        done = subprocess.run([python, "-c", PEER], capture_output=True, text=True, check=True)
        peer = {int(n): (float(t), float(e)) for n, t, e in map(str.split, done.stdout.splitlines())}
    decided(1, ONE)
    print("| N | exact proof, s | weights | refuted at 0.99, s | at 0.9999, s | PEPit, float, s (error) |")
    print("| --- | --- | --- | --- | --- | --- |")
    for N in range(1, 11):
        proof, found = timed(lambda n=N: decided(n, ONE))  # type: ignore[misc]
        falls = [timed(lambda n=N, k=c: decided(n, k)) for c in (Fraction(99, 100), Fraction(9999, 10000))]  # type: ignore[misc]
        assert all(isinstance(instance, dict) for _, instance in falls)
        other = f"{peer[N][0]:.2f} ({peer[N][1]:.0e})" if peer else "-"
        print(
            f"| {N} | {proof:.2f} | {len(found.weights)} | {falls[0][0]:.2f} | {falls[1][0]:.2f} | {other} |",
            flush=True,
        )
    for N in (1, 2, 3):
        one = replace(
            Theorem(rate, source="s", label="rate").itself,
            variables={**Theorem(rate, source="s", label="rate").variables, "N": integers(N, N)},
        )
        seconds, found = timed(lambda s=one: prove_everywhere(s))  # type: ignore[misc]
        print(f"all h <= 1/L, N = {N}: {'proved' if found else 'open'} in {seconds:.2f} s")


if __name__ == "__main__":
    main()
