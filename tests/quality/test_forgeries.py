"""Ten thousand mutations of genuine certificates: accepted only where an evaluation of our own agrees.

The independent evaluation uses Fractions and nothing of the engine: the function is rebuilt from
the JSON, its hypotheses and its conclusion are written down here a second time.
"""

import copy
import json
import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from refute.certificate import verify, write
from refute.check import known_theorems
from refute.discover import bundled
from refute.errors import BadInput
from refute.theorem import Theorem

ALL = [t for _, t in known_theorems([bundled()])]
SUMMED = next(t for t in ALL if t.id == "tao-wang-2022/summed-gradients")
STRICT = next(t for t in ALL if t.id == "tao-wang-2022/oscillation-not-in-f:strict")
REGIMES = next(t for t in ALL if t.id == "tao-wang-2022/parabola-regimes")


def rational(text: Any) -> Fraction:
    if not isinstance(text, str):
        raise TypeError
    return Fraction(text)


def slopes(f: dict[str, Any], x: Fraction) -> tuple[Fraction, Fraction]:
    """(f(x), f'(x)) of a piecewise quadratic, by integrating from its first knot."""
    knots = [rational(t) for t in f["knots"]]
    curvatures = [rational(s) for s in f["curvatures"]]
    t, v, g = knots[0], rational(f["value"]), rational(f["slope"])
    if x < t:
        u = x - t
        return v + g * u + curvatures[0] * u * u / 2, g + curvatures[0] * u
    for i, s in enumerate(curvatures[1:]):
        end = knots[i + 1] if i + 1 < len(knots) else None
        w = x - t if end is None or x < end else end - t
        if end is None or x < end:
            return v + g * w + s * w * w / 2, g + s * w
        t, v, g = end, v + g * w + s * w * w / 2, g + s * w
    raise AssertionError


def bounded_below(f: dict[str, Any]) -> bool:
    knots = [rational(t) for t in f["knots"]]
    left, right = rational(f["curvatures"][0]), rational(f["curvatures"][-1])
    _, g = slopes(f, knots[-1])
    return (left > 0 or (left == 0 and rational(f["slope"]) <= 0)) and (right > 0 or (right == 0 and g >= 0))


def violates_summed(data: dict[str, Any]) -> bool:
    """The first inequality of the printed chain, written down a second time (the second holds whenever
    f_* <= f(x_N), that is always)."""
    f, h, x, N = data["f"], rational(data["h"]), rational(data["x"][0]), data["N"]
    L = max(abs(rational(s)) for s in f["curvatures"])
    if not (h > 0 and h * L < 2 and N >= 1 and bounded_below(f)):
        return False
    start, total = slopes(f, x)[0], Fraction(0)
    for _ in range(N):
        x -= h * slopes(f, x)[1]
        total += slopes(f, x)[1] ** 2
    return total * h * (1 - L * h / 2) > start - slopes(f, x)[0]


def violates_strict(data: dict[str, Any]) -> bool:
    h, x = rational(data["h"]), rational(data["x"])
    y = x - h * x
    return 1 < h < 2 and not (x * y < 0 and y * y <= x * x)


def violates_regimes(data: dict[str, Any]) -> bool:
    h, x = rational(data["h"]), rational(data["x"])
    y = x - h * x
    if h <= 0:
        return False
    if h < 1:
        return x * y < 0
    if 1 < h < 2:
        return not (x * y <= 0 and y * y <= x * x)
    return h > 2 and x == 0


CASES = [
    (SUMMED, dict(SUMMED.refuted_at or {}), violates_summed),
    (STRICT, dict(STRICT.refuted_at or {}), violates_strict),
    (REGIMES, dict(REGIMES.refuted_at or {}), violates_regimes),
]


def leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict):
        for k, v in value.items():
            yield from leaves(v, (*path, k))
    elif isinstance(value, list):
        for i, v in enumerate(value):
            yield from leaves(v, (*path, i))
    else:
        yield path


def put(data: Any, path: tuple[Any, ...], value: Any) -> None:
    for k in path[:-1]:
        data = data[k]
    data[path[-1]] = value


def get(data: Any, path: tuple[Any, ...]) -> Any:
    for k in path:
        data = data[k]
    return data


def mutate(rng: random.Random, data: dict[str, Any]) -> None:
    kind = rng.randrange(8)
    if kind == 0:
        data["theorem"] = rng.choice(ALL).id
    elif kind == 1:
        data["fingerprint"] = f"{rng.getrandbits(64):016x}"
    elif kind == 2:
        path = rng.choice(list(leaves(data["conclusion"])))
        put(data["conclusion"], path, rng.choice(["", "0.0", "1.0", "lhs <= rhs"]))
    else:
        path = rng.choice(list(leaves(data["instance"])))
        old = get(data["instance"], path)
        put(data["instance"], path, _number(rng, old))


def _number(rng: random.Random, old: Any) -> Any:
    if isinstance(old, int):
        return old + rng.choice([-1, 1, 2, 5])
    try:
        q = Fraction(old)
    except (ValueError, ZeroDivisionError, TypeError):
        return rng.choice(["Quadratic", "RidgeSum", f"{old}x"])
    edits = [
        str(q + Fraction(rng.choice([-1, 1]), 10 ** rng.randrange(13))),
        str(-q),
        str(q * 2),
        str(q / 3),
        str(q + rng.choice([-1, 1])),
        "0",
        "2",
        "1/0",
        "nan",
        float(q),
        None,
    ]
    return rng.choice(edits)


@pytest.mark.parametrize(("theorem", "instance", "violates"), CASES, ids=lambda x: getattr(x, "id", ""))
def test_ten_thousand_mutations(theorem: Theorem, instance: dict[str, Any], violates: Any, tmp_path: Path) -> None:
    path = write(theorem, instance, tmp_path)
    genuine = json.loads(path.read_text())
    assert verify(path, ALL).theorem.id == theorem.id
    assert violates(genuine["instance"])
    rng = random.Random(theorem.id)
    accepted = 0
    for _ in range(3400):
        data = copy.deepcopy(genuine)
        mutate(rng, data)
        if rng.random() < 0.2:
            mutate(rng, data)
        # A forger would also state the conclusion that his instance gives.
        _restate(data, theorem)
        path.write_text(json.dumps(data))
        refusal = ""
        try:
            verify(path, ALL)
        except BadInput as why:
            refusal = str(why)
        assert "\n" not in refusal
        if refusal:
            continue
        accepted += 1
        assert data["theorem"] == theorem.id
        assert violates(data["instance"]), data["instance"]
    assert accepted > 0


def _restate(data: dict[str, Any], theorem: Theorem) -> None:
    from refute.certificate import read_instance
    from refute.opinions import second_opinion

    try:
        found = read_instance(theorem, data["instance"], "forged")
        checked = theorem.itself.check(found)
        last = second_opinion(theorem.itself, found, checked)[-1][1]
    except (BadInput, ArithmeticError):
        return
    data["conclusion"] = {"violated": last.says, "lhs": last.lhs, "rhs": last.rhs}
