"""One needle, one tool, one seed: whether it was found, in how many seconds, and whether that is certified."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.needles.needles import needles, twins
from objectives import Quadratic
from refute import Domain, Vec
from refute.errors import BadInput
from refute.search.budget import Budget
from refute.search.sampling import draw_instance, search
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.statement import Instance, Statement

HERE = Path(__file__).parent
HUNT_SECONDS, TURN_SECONDS, PEER_SECONDS = 60.0, 5.0, 10.0
Result = dict[str, Any]


def refute_check(name: str, seed: int) -> Result:
    """The default budget of `refute check`."""
    statement = needles()[name].statement
    started = time.monotonic()
    tally = search(statement, Budget(seed=seed + 1))
    return _outcome(statement, tally.counterexample, time.monotonic() - started)


def refute_hunt(name: str, seed: int) -> Result:
    """Turns of 5, 10, 20 and 25 s with fresh seeds, a minute at most, as `refute hunt` takes them."""
    statement = needles()[name].statement
    started = time.monotonic()
    found: Instance | None = None
    turn = 0
    while found is None and time.monotonic() - started < HUNT_SECONDS:
        left = HUNT_SECONDS - (time.monotonic() - started)
        seconds = min(TURN_SECONDS * 2**turn, left)
        turn += 1
        found = search(statement, Budget(10**6, 512, seconds, 1000 * seed + turn)).counterexample
    return _outcome(statement, found, time.monotonic() - started)


def refute_twin(name: str, seed: int) -> Result:
    """The true statement, at the budget of `refute check`: found means that it was refuted."""
    statement = twins()[name].itself
    started = time.monotonic()
    tally = search(statement, Budget(seed=seed + 1))
    return _outcome(statement, tally.counterexample, time.monotonic() - started)


def _outcome(statement: Statement, found: Instance | None, seconds: float) -> Result:
    certified = False
    if found is not None:
        checked = statement.check(found)
        certified = not contradiction(checked, second_opinion(statement, found, checked))
    return {"found": found is not None, "certified": certified, "seconds": round(seconds, 3)}


class _Found(BaseException):
    """A counterexample, or the end of the time."""


def _plain(statement: Statement, seed: int, strategy: Any) -> Result:
    started = time.monotonic()
    result: Result = {"found": False, "certified": False}

    @st.composite
    def timed(draw: Any) -> Instance:
        # Here, since an example that is rejected never comes to the test.
        if time.monotonic() - started > PEER_SECONDS:
            raise _Found
        instance: Instance = draw(strategy)
        return instance

    def test(instance: Instance) -> None:
        try:
            result["found"] = statement.check(instance).conclusion.truth is False
        except BadInput:
            hypothesis.reject()
        if result["found"]:
            raise _Found

    bound: Any = given(timed())
    wrapped = bound(test)
    tested: Any = settings(
        max_examples=10**6,
        database=None,
        deadline=None,
        derandomize=False,
        phases=(Phase.generate,),
        backend="hypothesis",
        suppress_health_check=list(HealthCheck),
    )(hypothesis.seed(seed)(wrapped))
    # Hypothesis calls a test flaky that ends by the clock; it has ended all the same.
    with contextlib.suppress(_Found, hypothesis.errors.HypothesisException):
        tested()
    return {**result, "seconds": round(time.monotonic() - started, 3)}


@st.composite
def own_instances(draw: Any, statement: Statement) -> Instance:
    """What this project's generators draw."""
    return draw_instance(statement, draw)[0]


def hypothesis_ours(name: str, seed: int) -> Result:
    """Plain Hypothesis with this project's generators and exact decisions; no batches, no climbing."""
    statement = needles()[name].statement
    return _plain(statement, seed, own_instances(statement))


@st.composite
def naive_instances(draw: Any, statement: Statement) -> Instance:
    """f a diagonal quadratic in one or two variables and points with arbitrary fractions; step sizes and
    counts as this project draws them."""
    numbers = st.fractions(-10, 10, max_denominator=1000)
    seen: dict[str, Any] = dict(statement.constants)
    for name in statement.variables:
        if name == "f":
            d = draw(st.integers(1, 2))
            zero = Fraction(0)
            seen["f"] = Quadratic(
                (zero,) * (d * (d - 1) // 2),
                tuple(draw(numbers) for _ in range(d)),
                (zero,) * d,
                Vec(tuple(draw(numbers) for _ in range(d))),
                zero,
            )
        elif name in ("x", "y", "x0") and "f" in seen:
            seen[name] = Vec(tuple(draw(numbers) for _ in range(seen["f"].dim)))
        else:
            try:
                domain: Domain = statement.domain(name, seen)
                seen[name] = domain.draw(draw)
            except (ArithmeticError, AttributeError, TypeError):
                # The domain asks for what a naive quadratic lacks: L = 0 has no largest step.
                hypothesis.reject()
    return {n: seen[n] for n in statement.variables}


def hypothesis_naive(name: str, seed: int) -> Result:
    """Plain Hypothesis with naive quadratics; exact decisions."""
    statement = needles()[name].statement
    return _plain(statement, seed, naive_instances(statement))


def hypofuzz(name: str, seed: int) -> Result:
    """HypoFuzz on the test of `fuzzed.py`, in the environment REFUTE_HYPOFUZZ; its time starts with its first example."""
    with TemporaryDirectory() as folder:
        marks = Path(folder)
        process = subprocess.Popen(
            [
                str(Path(os.environ["REFUTE_HYPOFUZZ"]) / "bin" / "hypothesis"),
                *("fuzz", "--no-dashboard", "-n", "1", "--", str(HERE / "fuzzed.py"), "-p", "no:cacheprovider"),
            ],
            cwd=folder,
            env={**os.environ, "NEEDLE": name, "MARKS": folder, "PYTHONPATH": str(HERE.parent.parent)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        begun, limit = time.monotonic(), 60.0
        try:
            while time.monotonic() - begun < limit and not (marks / "found").exists() and process.poll() is None:
                if limit == 60 and (marks / "started").exists():
                    begun, limit = time.monotonic(), PEER_SECONDS
                time.sleep(0.02)
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # it starts workers of its own
            process.wait()
        found = (marks / "found").exists()
        ran = (marks / "started").exists()
    return {"found": found, "certified": False, "seconds": round(time.monotonic() - begun, 3), "ran": ran}


def pepit(name: str, seed: int) -> Result:
    """PEPit with CLARABEL, in the environment REFUTE_PEPIT: found means that its worst case exceeds the bound."""
    python = str(Path(os.environ["REFUTE_PEPIT"]) / "bin" / "python")
    started = time.monotonic()
    done = subprocess.run(
        [python, str(HERE / "pepit_needles.py"), name[:2]], capture_output=True, text=True, check=False
    )
    words = done.stdout.split()[-2:]
    stated = done.returncode == 0 and len(words) == 2
    return {
        "found": stated and float(words[0]) > 1 + 1e-6,
        "certified": False,
        "seconds": round(float(words[1]) if stated else time.monotonic() - started, 3),
        "ran": stated,
    }


OURS: dict[str, Callable[[str, int], Result]] = {"check": refute_check, "hunt": refute_hunt, "twin": refute_twin}
PEERS: dict[str, Callable[[str, int], Result]] = {
    "hypothesis, our generators": hypothesis_ours,
    "hypothesis, naive quadratics": hypothesis_naive,
    "HypoFuzz": hypofuzz,
    "PEPit": pepit,
}


def run(tool: str, name: str, seed: int) -> Result:
    """One run, in whichever process. A peer that fails on its own has no result, and the reason is kept; our
    own tools may not fail."""
    if tool in OURS:
        result = OURS[tool](name, seed)
    else:
        try:
            result = PEERS[tool](name, seed)
        except Exception as why:  # whatever another tool raises on statements that it was not made for
            result = {"found": False, "certified": False, "seconds": 0.0, "ran": False, "problem": repr(why)}
    return {"tool": tool, "needle": name, "seed": seed, **result}
