"""True statements with equality cases survive: ill-conditioned functions, huge offsets, limit steps."""

from fractions import Fraction
from typing import Any

import pytest

from refute.proofs.at_once import is_finite
from refute.running.check import known_theorems
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.sources.files import bundled
from refute.statements.theorem import Theorem

TRUE = [t for _, t in known_theorems([bundled()]) if t.status == "true"]
# Of finitely many instances, each of which is decided in every run, no seed draws another one.
EXACT = [t for t in TRUE if not t.undecided and not is_finite(t)]


def not_survived(theorem: Theorem, examples: int, seed: int) -> str:
    """What befalls a true statement; empty where all instances are decided, hold, and reach what they have to."""
    tally = search(theorem.itself, Budget(examples, 128, None, seed))
    if tally.counterexample is not None:
        return f"refuted at {tally.counterexample}"
    return f"{tally.undecided} undecided: {tally.why_undecided}" if tally.undecided else ", ".join(tally.missed())


@pytest.mark.parametrize("theorem", EXACT, ids=lambda t: t.id)
def test_true_statements_survive_another_seed(theorem: Theorem) -> None:
    # The theorem itself is an item of its own, with a thousand instances; as many with other seeds: python -m benchmarks.power
    assert not_survived(theorem, 16, 31) == ""


def extremes(theorem: Theorem, examples: int) -> dict[str, Any]:
    """The extremes that a search draws: condition, offset, distance of the step from its limit."""
    from refute.search import sampling as module

    seen: dict[str, Any] = {"condition": Fraction(0), "offset": Fraction(0), "distance": Fraction(1)}
    original = module._count

    def count(statement: Any, tally: Any, instance: Any, checked: Any, asked: int) -> None:
        f, h, x = instance["f"], instance.get("h"), instance["x"]
        values = [abs(v) for v in getattr(f, "eigenvalues", getattr(f, "curvatures", ())) if v]
        if values:
            seen["condition"] = max(seen["condition"], max(values) / min(values))
        seen["offset"] = max([seen["offset"], *(abs(e) for e in x)])
        if h is not None and f.L:
            seen["distance"] = min(seen["distance"], abs(2 - h * f.L) / 2)
        original(statement, tally, instance, checked, asked)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_count", count)
        search(theorem.itself, Budget(examples, 0, None, 41))
    return seen


def test_the_generator_reaches_its_extremes() -> None:
    amended = next(t for t in TRUE if t.id == "tao-wang-2022/summed-gradients:amended")
    seen = extremes(amended, 2000)
    assert seen["condition"] >= 10**12
    assert seen["offset"] >= 10**6
    assert seen["distance"] <= Fraction(1, 10**12)
