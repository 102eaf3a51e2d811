"""Forged certificates: accepted only where an evaluation of our own agrees.

The independent evaluation uses Fractions and nothing of the engine: the function is rebuilt from the JSON, its hypotheses and its conclusion
are written down here a second time. Beside that the files themselves are damaged, in every part and of every statement: each
gets its sentence, in its time, and none a traceback.
"""

from __future__ import annotations

import copy
import json
import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from refute.errors import BadInput
from refute.running.check import known_theorems
from refute.safety.limited import Limits
from refute.sources.files import bundled
from refute.statements.opinions import second_opinion
from refute.statements.theorem import Theorem
from refute.verdicts.certificate import read_instance, verify, write

ALL = [t for _, t in known_theorems([bundled()])]
BY_ID = {t.id: t for t in ALL}
# No file of this size takes longer to be refused or accepted, in seconds.
LONGEST = 4.0


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


def displacement(f: dict[str, Any], x: list[Any]) -> bool:
    """Whether the gradient of a quadratic vanishes at x: f = sum e_i u_i^2/2 + s_i u_i in coordinates u = Q^T (x - centre), so exactly
    where e_i u_i + s_i = 0 for all i. Only for quadratics in their own axes."""
    if any(rational(s) for s in f["skew"]):
        raise ValueError
    data = zip(f["eigenvalues"], f["slopes"], f["centre"], x, strict=True)
    return all(rational(e) * (rational(c) - rational(p)) + rational(s) == 0 for e, s, p, c in data)


def violates_blow_up(data: dict[str, Any]) -> bool:
    """The orbit of a quadratic is bounded from a start at rest, and from any other if |1 - h e| < 1 wherever it moves."""
    f, L, h, x = data["f"], rational(data["L"]), rational(data["h"]), data["x0"]
    least = max(abs(rational(e)) for e in f["eigenvalues"])
    if not (least <= L and h * L > 2 and h > 0):
        return False
    if displacement(f, x):
        return True
    moves = [
        (1 - h * rational(e), rational(e) * (rational(c) - rational(p)) + rational(s))
        for e, s, p, c in zip(f["eigenvalues"], f["slopes"], f["centre"], x, strict=True)
    ]
    return all(abs(m) < 1 or (m == -1) or not d for m, d in moves)


#: Statements with an evaluation of our own: id, whether an instance violates it.
CASES: dict[str, Callable[[dict[str, Any]], bool]] = {
    "tao-wang-2022/summed-gradients": violates_summed,
    "tao-wang-2022/oscillation-not-in-f:any-start": violates_strict,
    "tao-wang-2022/parabola-regimes:any-start": violates_regimes,
    "tao-wang-2022/quadratics-blow-up:every-start-any-constant": violates_blow_up,
}


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


def forged(id_: str, n: int, folder: Path, seed: int = 0) -> Counter[str]:
    """n mutations of the genuine certificate of one statement, each restated as a forger would; what became of them."""
    theorem, violates = BY_ID[id_], CASES[id_]
    path = write(theorem, dict(theorem.refuted_at or {}), folder)
    genuine = json.loads(path.read_text())
    assert violates(genuine["instance"])
    rng = random.Random(f"{id_} {seed}")
    found: Counter[str] = Counter()
    for _ in range(n):
        data = copy.deepcopy(genuine)
        mutate(rng, data)
        if rng.random() < 0.2:
            mutate(rng, data)
        _restate(data, theorem)
        path.write_text(json.dumps(data))
        says = _answer(path, None)
        if says != "accepted":
            found[says if says.startswith("WRONG") else "refused"] += 1
            continue
        try:
            right = data["theorem"] == id_ and violates(data["instance"])
        except ValueError:
            right = True  # beyond what our own evaluation covers
        found["accepted" if right else f"WRONG: accepted {data['instance']}"] += 1
    return found


def _answer(path: Path, limits: Limits | None) -> str:
    started = time.monotonic()
    try:
        verify(path, ALL, limits)
    except BadInput as why:
        if "\n" in str(why) or not str(why):
            return f"WRONG: not one sentence: {why!r}"
    except Exception as why:
        return f"WRONG: {type(why).__name__}: {why}"
    else:
        return "accepted"
    spent = time.monotonic() - started
    return f"WRONG: it took {spent:.1f} s" if spent > LONGEST else "refused"


# What is put in the place of a part of a file.
JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**6, 10**30, 0.5, "", "0", "-1", "1/0", "0/1", "9" * 2000, "0x" + "f" * 3000, "nan", "1e9", [], ["1"],
    ["1", "1", "1"], [[]], {}, {"type": "Vec"}, {"type": "Quadratic"}, "Quadratic", "\u0661", " 1", "1_0", ["0"] * 300,
)  # fmt: skip


def damaged(n: int, folder: Path, seed: int = 0, ids: list[str] | None = None) -> Counter[str]:
    """n damaged files of all statements with a stored counterexample: parts replaced by junk, left out, doubled, exchanged."""
    rng = random.Random(seed)
    files = [write(t, t.refuted_at, folder) for t in ALL if t.refuted_at is not None and (ids is None or t.id in ids)]
    genuine = [json.loads(p.read_text()) for p in files]
    found: Counter[str] = Counter()
    target = folder / "damaged.json"
    for _ in range(n):
        data = copy.deepcopy(rng.choice(genuine))
        for _ in range(rng.choice((1, 1, 2))):
            _damage(rng, data, genuine)
        target.write_text(json.dumps(data))
        says = _answer(target, Limits())
        found[says] += 1
        if says.startswith("WRONG"):
            print(f"{says}: {json.dumps(data)[:2000]}", flush=True)
    return found


def _damage(rng: random.Random, data: Any, others: list[Any]) -> None:
    paths = [p for p in _places(data) if p]
    path = rng.choice(paths)
    parent = get(data, path[:-1])
    kind = rng.randrange(4)
    if kind == 0 and isinstance(parent, dict):
        del parent[path[-1]]
    elif kind == 1 and isinstance(parent, list):
        parent.append(copy.deepcopy(rng.choice(parent)) if parent else "1")
    elif kind == 2:
        other = rng.choice(others)
        place = rng.choice([p for p in _places(other) if p])
        put(data, path, copy.deepcopy(get(other, place)))
    else:
        put(data, path, copy.deepcopy(rng.choice(JUNK)))


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for k, v in children:
        yield from _places(v, (*path, k))


def _restate(data: dict[str, Any], theorem: Theorem) -> None:
    # A forger would also state the conclusion that his instance gives.
    try:
        found = read_instance(theorem, data["instance"], "forged")
        checked = theorem.itself.check(found)
        last = second_opinion(theorem.itself, found, checked)[-1][1]
    except (BadInput, ArithmeticError):
        return
    data["conclusion"] = {"violated": last.says, "lhs": last.lhs, "rhs": last.rhs}
