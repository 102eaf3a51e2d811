"""What Python evaluates late or once: a claim is about the values that names have where it is written, and about all that an iterator has."""

import ast
import json
from pathlib import Path
from typing import Any, overload

import pytest

from refute import both, converges, every, le, vec
from refute.errors import BadInput
from refute.numbers.lifting import closed
from refute.sources.rewriting import GIVEN, rewritten
from tests.commands import run

HEAD = """from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from itertools import groupby
from typing import Annotated
from refute import *
from objectives import Objective, convex, orbit, starts, step_sizes

F = Fraction
N = Annotated[int, integers(1, 20)]
Convex = Annotated[Objective, convex(minimizer="known")]
Start = Annotated[Vec, lambda f: starts(f)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L, below=1, closed=True)]


@dataclass
class Relaxed:
    h: Fraction

    def step(self, x):
        return ((1 - self.h) * x[0],)


def stepped(p, x):
    return ((1 - p["h"]) * x[0],)


class Steps:
    def __init__(self, n):
        self.k, self.n = 0, n

    def __iter__(self):
        return self

    def __next__(self):
        self.k += 1
        if self.k > self.n:
            raise StopIteration
        return self.k


def halves(n):
    return (k for k in range(n)), n


def total(xs):
    return gone_through(xs)


def gone_through(xs):
    return both(mean=le(0, sum(xs)), each=every(lt(x, 0) for x in xs))


"""
#: Each once came out `proved`, or is a sibling of one that did; all are false.
FALSE = {
    "an orbit twice": (
        "f: Convex, x0: Start, h: Step",
        "xs = orbit(f, h, x0, 3)\n    mean = (xs[0] + xs[1] + xs[2] + xs[3]) / 4\n    return le(sum(sq(x - mean) for x in xs), 0)",
    ),
    "a name that changes later": (
        "f: Convex, x0: Start, h: Step",
        "bound = f.minimum.value\n    each = every(le(f(x), bound) for x in orbit(f, h, x0, 2))\n    bound = f(x0)\n    return each",
    ),
    "a loop": (
        "n: N",
        "found = []\n    for c in (0, 1):\n        found.append(every(le(k, c * n) for k in range(1, n + 1)))\n    return every(found)",
    ),
    "maps in a loop": (
        "n: N",
        "return both(**{f'h{i}': converges(lambda x: x - h * x, vec(1)) for i, h in enumerate((3, F(1, 2)))})",
    ),
    "a map by way of another": (
        "n: N",
        "found = {}\n    for i, h in enumerate((3, F(1, 2))):\n        def step(x):\n            return h * x\n"
        "        found[f'h{i}'] = converges(lambda x: x - step(x), vec(1))\n    return both(**found)",
    ),
    "a list that changes later": (
        "n: N",
        "c, parts = [F(3)], {}\n    for i in range(n):\n        parts[f'i{i}'] = converges(lambda x: (c[-1] * x[0],), vec(1))\n        c.append(F(1, 2))\n    return both(**parts)",
    ),
    "a field that changes later": (
        "n: N",
        "a = {'c': F(1)}\n    (y,) = solution(lambda z: (a['c'] * z[0],), vec(1), F(1))\n    a['c'] = F(-1)\n    return lt(y, 2)",
    ),
    "functions in a list": ("n: N", "maps = [lambda t: k * t for k in (1, 2)]\n    return eq(maps[0](n), 2 * n)"),
    "functions of a loop": (
        "n: N",
        "maps = []\n    for k in (1, 2):\n        c = 2 * k\n        def g(t):\n            return c * t\n        maps.append(g)\n    return eq(maps[0](n), 4 * n)",
    ),
    "generators of a loop": (
        "n: N",
        "parts = []\n    for k in (2, 1, 0):\n        parts.append(k * n for _ in range(2))\n    return every([le(sum(p), 0) for p in parts])",
    ),
    "generators of a comprehension": (
        "n: N",
        "parts = [(k * t for t in (n, 2 * n)) for k in (2, 1, 0)]\n    return every([le(sum(p), 0) for p in parts])",
    ),
    "classes of a loop": (
        "n: N",
        "fs = []\n    for k in (2, 1, 0):\n        class Line:\n            def at(self, t):\n                return k * t\n        fs.append(Line())\n    return every(le(f.at(n), 0) for f in fs)",
    ),
    "a default that is a function": (
        "n: N",
        "fs = []\n    for k in (5, 2, 0):\n        def scaled(t, by=lambda t: k * t):\n            return by(t)\n        fs.append(scaled)\n    return every(le(f(n), 0) for f in fs)",
    ),
    "a method of an object that changes": (
        "n: N",
        "m, claims = Relaxed(F(1)), []\n    for h in (F(3), F(1)):\n        m.h = h\n        claims.append(converges(m.step, vec(1)))\n    return every(claims)",
    ),
    "an object that changes": (
        "n: N",
        "m, claims = Relaxed(F(1)), []\n    for h in (F(3), F(1)):\n        m.h = h\n        claims.append(converges(lambda x: m.step(x), vec(1)))\n    return every(claims)",
    ),
    "a partial of what changes": (
        "n: N",
        "p, claims = {}, []\n    for h in (F(3), F(1)):\n        p['h'] = h\n        claims.append(converges(partial(stepped, p), vec(1)))\n    return every(claims)",
    ),
    "a generator of coordinates": ("x: Annotated[Vec, points(2)]", "return eq(norm(-Vec(c for c in x)), 0)"),
    "coordinates, whole numbers among them": (
        "x: Annotated[Vec, points(2)]",
        "return le(sq(Vec(x[0] if i == 0 else 0 for i in range(3))), 0)",
    ),
    "map of coordinates": (
        "x: Annotated[Vec, points(2)]",
        "return eq(Vec(map(lambda i: x[i - 1] if i else 1, range(3)))[0], x[0])",
    ),
}
#: Each goes through an iterator a second time, when nothing is left.
TWICE = {
    "a generator": "squares = (k * k for k in range(1, n + 1))\n    s = sum(squares)\n    return every(lt(s, q) for q in squares)",
    "map": "ks = map(abs, range(n))\n    s = sum(ks)\n    return every(lt(s, k) for k in ks)",
    "zip": "ks = zip(range(n), range(n))\n    s = sum(a for a, b in ks)\n    return every(lt(s, a) for a, b in ks)",
    "reversed": "ks = reversed(range(n))\n    s = max(ks)\n    return every(lt(s, k) for k in ks)",
    "an argument": "return gone_through(k for k in range(n))",
    "an argument that is a call": "return gone_through(iter(range(n)))",
    "asked for an element": "ks = (k for k in range(n))\n    return known(not (0 in ks and 0 in ks))",
    "left by a break": "ks = (k for k in range(n))\n    for k in ks:\n        break\n    return every(lt(k, 0) for k in ks)",
    "begun by zip": "ks = (k for k in range(n))\n    a = list(zip(range(1), ks))\n    return every(lt(k, 0) for k in ks)",
    "begun by any": "ks = (k for k in range(n))\n    return both(a=known(any(k == 0 for k in ks)), b=every(lt(k, 0) for k in ks))",
    "in a tuple": "a, b = (k for k in range(n)), (k for k in range(n))\n    return both(s=le(0, sum(a)), t=every(lt(k, 0) for k in a))",
    "in a list": "rows = [(k for k in range(n))]\n    return both(s=le(0, sum(rows[0])), t=every(lt(k, 0) for r in rows for k in r))",
    "in a dict": "d = {'a': (k for k in range(n))}\n    return both(s=le(0, sum(d['a'])), t=every(lt(k, 0) for k in d['a']))",
    "what a function answers": "ks, m = halves(n)\n    return both(s=le(0, sum(ks)), t=every(lt(k, 0) for k in ks))",
    "a function of the name of another": "return total(k for k in range(n))",
    "groups": "claims = []\n    for key, group in groupby(range(n), key=lambda k: k // 2):\n        m = len(list(group))\n        claims.append(le(sum(group), 0))\n    return every(claims)",
    "a list of iterators": "rows = list(map(iter, [(1, 2), (3, 4)]))\n    sums = [sum(r) for r in rows]\n    return every(le(v, 0) for r in rows for v in r)",
    "an iterator of one's own": "ks = Steps(n)\n    s = sum(ks)\n    return every(le(k, 0) for k in ks)",
    "a walrus": "return both(a=le(0, sum(ks := (k for k in range(n)))), b=every(lt(k, 0) for k in ks))",
}


def checked(tmp_path: Path, signature: str, body: str) -> str:
    (tmp_path / "claims.py").write_text(
        f"{HEAD}def s({signature}) -> Claim:\n    '''It is.'''\n    {body}\n\n\nT = Theorem(s, source='s', label='l')\n"
    )
    return run(tmp_path, "check", "claims.py", "-j", "1", "--examples", "60").output


@pytest.mark.parametrize("name", FALSE)
def test_what_is_evaluated_late_is_about_the_values_of_its_place(tmp_path: Path, name: str) -> None:
    assert "1 open and refuted" in checked(tmp_path, *FALSE[name])


@pytest.mark.parametrize("name", TWICE)
def test_an_iterator_that_is_gone_through_twice_is_an_error(tmp_path: Path, name: str) -> None:
    shown = checked(tmp_path, "n: N", TWICE[name])
    assert "error" in shown
    assert "gone through a second time, when not all of it is left: write tuple(...)" in shown


def test_iterators_that_are_gone_through_once_are_none(tmp_path: Path) -> None:
    body = (
        "it = iter(range(n))\n    first = next(it)\n    rest = sum(it)\n    pairs = list(zip(range(n), range(n)))\n"
        "    return both(a=eq(first + rest, sum(a for a, b in pairs)), b=every(eq(a, b) for a, b in pairs))"
    )
    assert "proved" in checked(tmp_path, "n: N", body)


def test_claims_are_made_at_once() -> None:
    c = 1
    claim = every(le(k, c) for k in (1,))
    c = 0
    assert claim.decide().truth is True
    maps = [lambda x, h=h: x - h * x for h in (3, 1)]
    assert [converges(T, vec(1)).decide().truth for T in maps] == [False, True]
    late = both(**{f"h{h}": converges(lambda x: x - h * x, vec(1)) for h in (3, 1)})  # noqa: B023
    assert late.decide().truth is False


def test_closed_keeps_what_a_function_is() -> None:
    def fall(n: int) -> int:
        """n down to 0."""
        return fall(n - 1) if n else 0

    copy = closed(fall)
    assert (copy(3), copy.__doc__, copy.__name__, copy.__qualname__) == (0, fall.__doc__, "fall", fall.__qualname__)
    assert closed(len) is len

    def ahead() -> int:
        return later

    frozen = closed(ahead)
    later = 5
    assert frozen() == 5


MODULE = """
ALL = []
for k in (1, 2, 3):
    def at_most(x: Annotated[Fraction, between(0, 3)]) -> Claim:
        '''It is.'''
        return le(x, k)
    ALL.append(Theorem(at_most, source="s", label=f"at-most-{k}"))
BELOW = [such_that(positive(), f"below {k}", lambda x: lt(x, k)) for k in (1, 2, 3)]
def below(x: Annotated[Fraction, BELOW[0]]) -> Claim:
    '''It is below 1.'''
    return lt(x, 1)
T = Theorem(below, source="s", label="below")
"""


def test_functions_that_a_module_makes_in_a_loop_are_about_their_own_values(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(HEAD + MODULE)
    shown = run(tmp_path, "check", "claims.py", "-j", "1", "--examples", "100", "--json", "out.json").output
    found = {r["id"]: r["verdict"] for r in json.loads((tmp_path / "out.json").read_text())}
    assert found == {"s/at-most-1": "refuted", "s/at-most-2": "refuted", "s/at-most-3": "proved", "s/below": "holds"}, (
        shown
    )


TWO_VALUES = {
    "twice": "c = 1\ndef g(x):\n    return c * x\nc = 2\n",
    "in a loop": "for c in (1, 2):\n    pass\ndef g(x):\n    return c * x\n",
    "in a function that is made outside of the loop": "def g(x):\n    return c * x\nfor c in (1, 2):\n    A = g(c)\n",
    "in place": "c = 1\nc += 1\nG = lambda x: c * x\n",
    "a function": "def c(x):\n    return x\ndef g(x):\n    return c(x)\ndef c(x):\n    return 2 * x\n",
    "an import": "from math import floor as c\nfrom math import ceil as c\nG = lambda x: c(x)\n",
    "under a condition": "c = 1\nif c:\n    c = 2\nG = lambda x: c * x\n",
}
ONE_VALUE = {
    "one of two": "if True:\n    c = 1\nelse:\n    c = 2\nG = lambda x: c * x\n",
    "an import that fails": "try:\n    from nowhere import c\nexcept ImportError:\n    c = 2\nG = lambda x: c * x\n",
    "one that no function reads": "c = 1\nc = 2\nG = lambda x: x\n",
    "an argument": "c = 1\nc = 2\nG = lambda c: c\n",
    "a default": "c = 1\nG = lambda x, c=c: c\nc = 2\n",
    "a name of a function": "c = 1\nc = 2\ndef g(x):\n    c = 3\n    return c * x\n",
    "a comprehension": "c = 1\nc = 2\nG = lambda x: [c for c in range(3)]\n",
    "one that is declared": "c: int\nif True:\n    c = 1\nelse:\n    c = 2\nG = lambda x: c * x\n",
    "overloads": "@overload\ndef c(x: int) -> int: ...\n@overload\ndef c(x: str) -> str: ...\ndef c(x):\n    return x\nG = lambda x: c(x)\n",
    "a loop's own": "A = []\nfor c in (1, 2):\n    A.append(lambda x: c * x)\n",
    "functions of one name": "def s(x):\n    return x\nA = s\ndef s(x):\n    return 2 * x\nB = s\n",
}


@pytest.mark.parametrize("text", TWO_VALUES.values(), ids=TWO_VALUES)
def test_a_name_of_the_module_with_two_values_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match=r"p.py, line \d+: c is given a value in .* takes the last one"):
        rewritten(ast.parse(text), "p.py")


@pytest.mark.parametrize("text", ONE_VALUE.values(), ids=ONE_VALUE)
def test_a_name_with_one_value_is_not(text: str) -> None:
    given = {**GIVEN, "overload": overload}
    as_written, seen = dict(given), dict(given)
    exec(text, as_written)
    exec(compile(ast.fix_missing_locations(rewritten(ast.parse(text), "p.py")), "p.py", "exec"), seen)
    assert seen.keys() == as_written.keys()
    assert seen.get("c", 0) == as_written.get("c", 0) or callable(seen["c"])


def test_functions_of_a_loop_keep_their_lines_names_and_words() -> None:
    text = "made = []\nfor k in (1, 2):\n    @staticmethod\n    def g(x, *, c=k):\n        '''Words.'''\n        return g and k * c * x\n    made.append(g)\n"
    tree = rewritten(ast.parse(text), "p.py")
    names: dict[str, Any] = dict(GIVEN)
    exec(compile(ast.fix_missing_locations(tree), "p.py", "exec"), names)
    one, two = (g.__func__ for g in names["made"])
    assert (one(1), two(1)) == (1, 4)
    assert (one.__name__, one.__doc__, one.__code__.co_firstlineno) == ("g", "Words.", 3)
