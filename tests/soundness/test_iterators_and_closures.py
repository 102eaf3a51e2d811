"""What Python evaluates late or once: a claim is about the values that names have where it is written, and about all that an iterator has."""

from pathlib import Path

import pytest

from refute import both, converges, every, le, vec
from refute.numbers.lifting import closed
from tests.commands import run

HEAD = """from fractions import Fraction
from typing import Annotated
from refute import *
from objectives import Objective, convex, orbit, starts, step_sizes

F = Fraction
N = Annotated[int, integers(1, 20)]
Convex = Annotated[Objective, convex(minimizer="known")]
Start = Annotated[Vec, lambda f: starts(f)]
Step = Annotated[Fraction, lambda f: step_sizes(f.L, below=1, closed=True)]


def gone_through(xs):
    return both(mean=le(0, sum(xs)), each=every(lt(x, 0) for x in xs))


"""
#: Each once came out `proved`, or is a sibling of one that did; all are false.
FALSE = {
    "an orbit twice": (
        "f: Convex, x0: Start, h: Step",
        "xs = orbit(f, h, x0, 3)\n    mean = total(xs) / 4\n    return le(total(sq(x - mean) for x in xs), 0)",
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
}
#: Each goes through an iterator a second time, when nothing is left.
TWICE = {
    "a generator": "squares = (k * k for k in range(1, n + 1))\n    s = sum(squares)\n    return every(lt(s, q) for q in squares)",
    "map": "ks = map(abs, range(n))\n    s = sum(ks)\n    return every(lt(s, k) for k in ks)",
    "zip": "ks = zip(range(n), range(n))\n    s = sum(a for a, b in ks)\n    return every(lt(s, a) for a, b in ks)",
    "reversed": "ks = reversed(range(n))\n    s = max(ks)\n    return every(lt(s, k) for k in ks)",
    "an argument": "return gone_through(k for k in range(n))",
    "an argument that is a call": "return gone_through(iter(range(n)))",
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
    assert "gone through a second time, when nothing is left of it: write tuple(...)" in shown


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
