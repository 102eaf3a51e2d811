"""Power: printed false statements fall from scratch, and what is printed of them is small."""

import pytest

from refute.duality.decide import SETTINGS, at_settings
from refute.running.check import known_theorems
from refute.search.budget import Budget
from refute.search.sampling import examples, search
from refute.search.shrink import presentable
from refute.search.simplify import cost, numbers
from refute.sources.files import bundled
from refute.statements.theorem import Mutant, Theorem

ALL = [t for _, t in known_theorems([bundled()])]
FALSE = [t for t in ALL if t.status == "false"]
# Two quadratics of the plane, a point and a step are fourteen numbers, one of them fitted to the others; where outcomes
# change with the fourth digit of a step, the step has four; and small starts are small numbers.
SIZES = {
    "grachev-2023/theorem-2.2-small-step:any-shape": (14, 45),
    "grachev-2023/example-2d-larger-flatter:every-step": (12, 50),
    "frei-2022/one-step-rank-reduction:exact-rank": (12, 60),
    # A start whose first step ends at a stationary point, to 160 digits.
    "tao-wang-2022/escapes-local-minima:every-start": (12, 3000),
    # Two tables of three and four points, of the line or of the plane.
    "patrinos-2014/accelerated-douglas-rachford:beyond-quadratics": (39, 60),
    # A table of three points of the plane, with gradients and values.
    "nesterov-2004/negative-subgradient-descends:misstated": (20, 40),
}
# False neighbours whose worst case is a table that random answers come near to, and not so near: of these the default run finds a counterexample by duality.
BY_DUALITY = {
    "barre-2023/inexact-proximal-point:one-step",
    "boyle-dykstra-1986/dykstra:two-rounds",
    "drori-taylor-2020/conjugate-gradients:one-step",
    "gorbunov-2022/optimistic-gradient:cocoercive-two-steps",
    "goujaud-2022/conjugate-gradients:two-steps",
    "hazan-2016/follow-the-leader:two-rounds",
    "hazan-2016/follow-the-regularized-leader:two-rounds",
    "lieder-2018/krasnoselskii-mann-with-growing-steps:two-steps",
    "millan-machado-2019/epsilon-subgradients:two-steps",
    "taylor-2017-composite/averaged-projections:one-round",
    "vonneumann-1949/alternating-projections:one-round",
}
# False neighbours of which most take a search seconds each, all eighteen as long as the other 260: the default run refutes them, and `python -m benchmarks.power` with other seeds.
LONG = {
    "barre-2023/inexact-douglas-rachford",
    "cai-2022/past-extragradient:two-steps",
    "craciun-ghoshdastidar-2024/critical-step",
    "gorbunov-2022/optimistic-gradient:two-steps",
    "goujaud-2022/gradient-descent:long-step",
    "grachev-2023/theorem-2.2-large-step:journey",
    "jaggi-2013/frank-wolfe",
    "liang-2016/krasnoselskii-mann",
    "patrinos-2014/accelerated-douglas-rachford:amended",
    "tao-wang-2022/gibbs-limit",
    "taylor-2017-composite/inexact-fast-gradient:two-steps",
    "wang-2023/limiting-sharpness:square-loss-amended",
    "weibel-2025/online-frank-wolfe:three-rounds",
    "zinkevich-2003/online-gradient-descent:two-rounds",
}
# And five false statements, which take as long as all others: 7 to 23 seconds each.
LONG_FALSE = {
    "grachev-2023/example-2d-larger-flatter:every-step",
    "grachev-2023/theorem-2.2-large-step:near",
    "grachev-2023/theorem-2.2-small-step:any-shape",
    "nesterov-2004/negative-subgradient-descends:misstated",
    "tao-wang-2022/gibbs-limit:constant-step",
}
MUTANTS = [(t, m) for t in ALL for m in t.mutants]
QUICK = [(t, m) for t, m in MUTANTS if t.id not in LONG]


def not_found(theorem: Theorem, seed: int) -> str:
    """Why a false statement does not fall from scratch, or with a counterexample that nobody would print; empty where it does."""
    tally = search(theorem.itself, Budget(1000, 128, None, seed))
    if tally.counterexample is None:
        return f"no counterexample among {tally.decided} instances"
    small = presentable(theorem.itself, tally)
    if theorem.itself.check(small).conclusion.truth is not False:
        return "what is printed is no counterexample"
    # What a person would print: at most a dozen numbers, none of more than three digits or so.
    most, dearest = SIZES.get(theorem.id, (12, 40))
    printed = numbers(small)
    large = len(printed) > most or max(map(cost, printed), default=0) > dearest
    return f"a counterexample of {len(printed)} numbers, as {small}" if large else ""


@pytest.mark.parametrize("theorem", [t for t in FALSE if t.id not in LONG_FALSE], ids=lambda t: t.id)
@pytest.mark.parametrize("seed", [12])  # further seeds: python -m benchmarks.power
def test_false_statements_fall_without_a_stored_counterexample(theorem: Theorem, seed: int) -> None:
    assert not_found(theorem, seed) == ""


def survives(theorem: Theorem, mutant: Mutant, seed: int) -> str:
    """What a false neighbour survives; empty where it is refuted."""
    statement = theorem.mutated(mutant)
    if theorem.id in BY_DUALITY:
        decided = at_settings(statement, lambda: examples(statement, seed, SETTINGS))
        return "" if decided is not None and decided.counterexample is not None else f"{mutant.says}: not by duality"
    tally = search(statement, Budget(1000, 128, None, seed))
    return "" if tally.counterexample is not None else f"{mutant.says}: not among {tally.decided} instances"


@pytest.mark.parametrize(("theorem", "mutant"), QUICK, ids=lambda x: getattr(x, "says", getattr(x, "id", "")))
def test_mutants_fall_with_another_seed(theorem: Theorem, mutant: Mutant) -> None:
    assert survives(theorem, mutant, 21) == ""


def test_what_is_left_to_the_benchmark_is_there() -> None:
    assert {t.id for t, _ in MUTANTS} >= LONG
    assert {t.id for t in FALSE} >= LONG_FALSE


def test_every_constant_is_attacked() -> None:
    for t in ALL:
        if t.status == "false":
            continue
        attacked = {name for m in t.mutants for name in m.constants}
        assert attacked == set(t.constants), t.id
