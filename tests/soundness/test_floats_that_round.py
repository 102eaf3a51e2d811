"""A float that arises from whole numbers decides nothing: it is refused where it is used, before floor, Fraction or a comparison makes an exact thing of it."""

from pathlib import Path

import pytest

from tests.commands import run

HEAD = """import math
import random
from fractions import Fraction
from typing import Annotated

import numpy as np

from refute import *
import helpers

K = Annotated[int, integers(50, 90)]
TENTH = 0.1


def root(k):
    return math.sqrt(k)


"""
#: Each rounds somewhere, and none of the verdicts that it would get is earned.
BODIES = {
    "floor of a logarithm": "return eq(math.floor(math.log2(2**k - 1)), k)",
    "a rational of a root": "return le(k, Fraction(math.sqrt(k)) ** 2)",
    "a rational of numpy's": "return le(k, Fraction(float(np.sqrt(k))) ** 2)",
    "a float of 32 bits": "return eq(int(np.float32(10**9 + k)), 10**9 + k)",
    "a literal": "return eq(round(10 * (k * 0.1)), k)",
    "a name": "return eq(int(10 * (k * TENTH)), k)",
    "a comparison": "return known(math.log2(2**60 + k) > 60)",
    "a comparison of names": "a = math.log2(2**60 + k)\n    return known(60 < a)",
    "a condition": "return le(0, k) if math.sqrt(k * k + 1) - k else lt(1, 0)",
    "a condition of a loop": "while math.fmod(k, 1.0):\n        k += 1\n    return le(0, k)",
    "a truth value": "return known(bool(k * 1e-400 or False) is False)",
    "not": "return known(not k * 1e-400)",
    "an element": "return known(max([math.sqrt(k), 100]) == 100)",
    "a sum over elements": "return known(sum(0.1 for _ in range(k)) == k / 10)",
    "a key": "return known(min(range(k), key=lambda i: math.cos(i)) == 22)",
    "a function beside": "return eq(math.floor(helpers.log(2**k - 1)), k)",
    "a function above": "return eq(math.floor(root(k * k)), k)",
    "a method of floats": "a = k * TENTH\n    return known(a.is_integer())",
    "a match": "match math.sqrt(k * k):\n        case 0:\n            return lt(1, 0)\n    return le(0, k)",
    "a condition of a comprehension": "return eq(len([m for m in range(2**27, 2**27 + k) if math.sqrt(m * m + 1) % 1]), 0)",
    "an array that wraps around": "return lt(np.prod(range(1, k - 25)).item(), 10**19)",
    "an array as a list": "return lt(np.cumprod(range(1, k - 25)).tolist()[-1], 10**19)",
    "a function of numpy as a key": "return eq(min([(2**k, 2**k, 1), (2**k, 2**k, 0)], key=np.linalg.norm)[2], 1)",
    "half of an answer": "_, e = math.frexp(2**k - 1)\n    return eq(e, k + 1)",
    "an entry of an answer": "return eq(math.frexp(2**k - 1)[1], k + 1)",
    "a loop over an answer": "for e in math.frexp(2**k - 1):\n        pass\n    return eq(e, k + 1)",
    "words": "return lt(Fraction(f'{math.sqrt(4**k + 1) - 2**k:.40f}'), Fraction(1, 10**40))",
    "words of another kind": "return eq(int('%d' % math.log2(2**k - 1)), k)",
    "a guard": "match k:\n        case n if math.log2(2**k - 1) - k:\n            return lt(k, 0)\n    return eq(k, k)",
    "a key of a table": "return eq({k: 1}.get(k) or 1, {0.0: 1}[math.log2(2**60 + 1) - 60])",
    "a constant of a class": "return eq(helpers.Grid(k).levels, k)",
    "a complex number": "return known((k + 0j) == k)",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_float_is_refused_where_it_is_used(name: str, tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text(
        "import math\nfrom dataclasses import dataclass\nfrom refute import constant\n\n\ndef log(n):\n    return math.log2(n)\n\n\n"
        "@dataclass(frozen=True)\nclass Grid:\n    n: int\n\n    @constant\n    def levels(self):\n        return math.floor(log(2**self.n - 1))\n"
    )
    (tmp_path / "claims.py").write_text(
        HEAD
        + f'def body(k: K) -> Claim:\n    """It rounds."""\n    {BODIES[name]}\n\n\nT = Theorem(body, source="s", label="rounds")\n'
    )
    done = run(tmp_path, "check", "claims.py", "--profile", "quick", "-j", "1")
    assert "error     s/rounds" in done.output
    assert "rounded" in done.output or "not exact data" in done.output
    assert done.exit_code == 1


def test_floats_that_steer_and_words_for_people_remain(tmp_path: Path) -> None:
    (tmp_path / "helpers.py").write_text("")
    (tmp_path / "claims.py").write_text(
        HEAD
        + '''
def draw(d):
    n = choose(d, 10)[0]
    return Fraction(round(100 * math.sqrt(n)), 100) if n * TENTH > 0.2 else Fraction(n)


class Own:
    def __init__(self, claim):
        self.claim = claim

    def decide(self):
        d = self.claim.decide()
        return Decision(d.truth, f"{float(50):.2f}", 0.5)

    def slack(self):
        return self.claim.slack()

    def opinion(self, decision):
        return self.claim.opinion(decision)


X = Annotated[Fraction, Domain("numbers", draw, lambda x: le(0, x))]


def body(x: X, k: K) -> Claim:
    """math.isqrt is exact, and so are floor and gcd."""
    return both(root=le(math.isqrt(k) ** 2, k), gcd=eq(math.gcd(k, 2 * k), k), floor=eq(math.floor(k / 2), k // 2))


T = Theorem(body, source="s", label="exact")
'''
    )
    done = run(tmp_path, "check", "claims.py", "--profile", "quick", "-j", "1")
    assert done.exit_code == 0, done.output
