"""What Python does with tuples where a theorist means points and matrices; what it does with whole numbers where another sign is meant."""

from pathlib import Path
from typing import Any

import pytest

from refute import Vec, jacobian, partials, vec
from refute.errors import NotExact
from refute.numbers.vector import Rows
from tests.commands import run

HEAD = """from fractions import Fraction
from typing import Annotated
from objectives import step_sizes
from refute import *

P = Annotated[Vec, points(2)]
N = Annotated[int, integers(2, 10)]
"""
#: A body, and the verdict that it earns.
STATEMENTS = {
    "halves are points": ("x: P, y: P", "return le(sq(x[:1] + y[:1]), sq(x[:1]) + sq(y[:1]))", "refuted"),
    "gradients are points": (
        "x: P",
        "a, b = partials(lambda z: z[0] ** 2 + z[1], x), partials(lambda z: z[0] * z[1], x)\n    return eq(sq(a + b), sq(a) + sq(b))",
        "refuted",
    ),
    "their multiples": (
        "x: P, n: N",
        "g = partials(lambda z: z[0] * z[1], x)\n    return eq(sq(n * g), n**2 * sq(g))",
        "holds",
    ),
    "multiples of a matrix": (
        "x: P, v: P",
        "J = jacobian(lambda z: (z[0] + z[1] ** 2, z[1]), x)\n    return eq(sq(times(2 * J, v)), 4 * sq(times(J, v)))",
        "holds",
    ),
    "sums of matrices": (
        "x: P, y: P, v: P",
        "J = lambda x: jacobian(lambda z: (z[0] + z[1] ** 2, z[1]), x)\n    return eq(times(J(x) + J(y), v), times(J(x), v) + times(J(y), v))",
        "holds",
    ),
    "sums of gradients": (
        "x: P, y: P",
        "g = lambda z: partials(lambda u: u[0] * u[1], z)\n    return eq(total(g(z) for z in (x, y)), g(x) + g(y))",
        "holds",
    ),
}
#: A body that Python would carry out, and not as it is meant.
REFUSED = {
    "a product of points": ("x: P, y: P", "return known(x * y == y * x)", "product of two points"),
    "a point of points": ("x: P, y: P", "return le(0, sq(Vec((x, y))))", "numbers as coordinates"),
    "a sum of lists": (
        "x: P, y: P",
        "a, *u = x\n    b, *v = y\n    return le(0, sq(Vec(u + v)))",
        "one list of numbers behind the other",
    ),
    "a sum of rows": (
        "x: P",
        "A = ((1, 2), (3, 4))\n    return le(0, sq(times(A + A, x)))",
        "one tuple of numbers behind the other",
    ),
    "a multiple of rows": (
        "x: P",
        "A = ((1, 2), (3, 4))\n    return le(0, sq(times(2 * A, x)))",
        "repeats a tuple of numbers",
    ),
    "a multiple in place": (
        "x: P, n: N",
        "A = ((1, 2), (3, 4))\n    A *= n\n    return le(0, sq(times(A, x)))",
        "repeats a tuple",
    ),
    "a sum in place": (
        "x: P",
        "A = B = ((1, 2), (3, 4))\n    A += B\n    return le(0, sq(times(A, x)))",
        "one tuple of numbers behind",
    ),
    "an order of rows": ("x: P", "a, *u = x\n    return known(u <= [a])", "words in a dictionary"),
    "an order of points": ("x: P, y: P", "return known(x[:1] <= y[:1])", "'<=' not supported"),
    "a power that is none": ("n: N", "return le(n ^ 2, n + 2)", "a power is x**n"),
    "an or that is none": ("n: N", "return known(n == 1 | n == 2)", "join conditions by"),
    "an and that is none": ("n: N", "return known(1 < n & n < 5)", "join conditions by"),
    "a multiple of two numbers": ("x: P", "return le(0, sq(Vec(2 * (x[0], x[1]))))", "repeats a tuple of numbers"),
    "a sum of two numbers each": (
        "x: P",
        "return le(0, sq(Vec((x[0], 1) + (x[1], 1))))",
        "one tuple of numbers behind the other",
    ),
    "a sum of lists that are made": (
        "x: P",
        "return le(0, sq(Vec([c for c in x] + [2 * c for c in x])))",
        "one list of numbers behind the other",
    ),
    "the larger of two points": ("x: P", "a, *u = x\n    return known(max(u, [a]) == u)", "words in a dictionary"),
    "whole numbers up to what is none": (
        "x: Annotated[Fraction, between(0, 3)], n: Annotated[int, lambda x: integers(0, x)]",
        "return le(n, x)",
        "its ends are whole numbers",
    ),
    "a power in place": ("n: N", "m = n\n    m ^= n\n    return le(m, 0)", "a power is x**n"),
    "a dict of claims": ("n: N", "return every({'a': le(0, n)})", "write both(**claims)"),
    "a real number of the whole ones": (
        "n: Annotated[int, at_least(1)]",
        "return le(0, (n - 1) * (n - 2))",
        "n is annotated as int, and its domain holds",
    ),
    "a number of points": (
        "x: Annotated[Vec, positive()]",
        "return le(0, sq(x))",
        "x is annotated as Vec, and its domain holds the number",
    ),
    "a point of numbers": (
        "x: Annotated[Fraction, points(1)]",
        "return le(0, x)",
        "x is annotated as Fraction, and its domain holds the point",
    ),
    "two domains": ("h: Annotated[Fraction, between(-5, 5), positive()]", "return lt(0, h)", "has two domains"),
    "an alias with another domain": (
        "h: Annotated[Annotated[Fraction, rationals()], positive()]",
        "return lt(0, h)",
        "has two domains",
    ),
}


def checked(tmp_path: Path, signature: str, body: str) -> str:
    text = (
        f"{HEAD}def s({signature}) -> Claim:\n    '''It is.'''\n    {body}\n\n\nT = Theorem(s, source='s', label='l')\n"
    )
    (tmp_path / "claims.py").write_text(text)
    return run(tmp_path, "check", "claims.py", "-j", "1", "--examples", "60").output


@pytest.mark.parametrize("name", STATEMENTS)
def test_parts_derivatives_and_matrices_are_what_they_are_taken_for(tmp_path: Path, name: str) -> None:
    signature, body, verdict = STATEMENTS[name]
    assert checked(tmp_path, signature, body).startswith((verdict, "proved") if verdict == "holds" else verdict)


@pytest.mark.parametrize("name", REFUSED)
def test_what_python_means_otherwise_is_an_error(tmp_path: Path, name: str) -> None:
    signature, body, says = REFUSED[name]
    shown = checked(tmp_path, signature, body)
    assert "error" in shown
    assert says in shown


#: Bodies that once ended with an error, or an instance that was none, and the verdicts that they earn.
EDGES = {
    "no whole number for some values": (
        "n: Annotated[int, integers(0, 5)], m: Annotated[int, lambda n: integers(1, n)]",
        "return le(m, n)",
        "proved",
    ),
    "no step for some values": (
        "a: N, h: Annotated[Fraction, lambda a: step_sizes(1, below=3, above=a, closed=True)]",
        "return lt(a, h)",
        "holds",
    ),
    "a flow of no time": (
        "t: Annotated[Fraction, between(0, 1)]",
        "(y,) = solution(lambda z: (-z[0],), vec(1), t)\n    return le(y, 1)",
        "holds",
    ),
    "sizes of multipliers": (
        "n: N",
        "box = ((Fraction(1, 10), Fraction(99, 100)),)\n    return orbits_of_period(lambda x: (4 * x[0] * (1 - x[0]),), 2, box, lambda found: every(lt(3, abs(c.multipliers[0])) for c in found))",
        "proved",
    ),
    "points of orbits": (
        "n: N",
        "box = ((Fraction(1, 10), Fraction(99, 100)),)\n    return orbits_of_period(lambda x: (4 * x[0] * (1 - x[0]),), 2, box, lambda found: every(lt(c.points[0][0], Fraction(1, 2)) for c in found))",
        "refuted",
    ),
}


#: What stands at the top of a file, and is no more what it was taken for than in a body.
AT_THE_TOP = {
    "LOW = 2 ^ 3": "a power is x**n",
    "LOW = ((1, 2) + (3, 4))[0]": "one tuple of numbers behind the other",
    "LOW = (2 * (3, 4))[0]": "repeats a tuple of numbers",
    "LOW = Fraction(0.1)": "is that of a rounded number: write Fraction('0.1')",
}


@pytest.mark.parametrize("line", AT_THE_TOP)
def test_constants_are_looked_at_too(tmp_path: Path, line: str) -> None:
    text = f"{HEAD}{line}\n\ndef s(n: N) -> Claim:\n    '''It is.'''\n    return le(LOW, n)\n\n\nT = Theorem(s, source='s', label='l')\n"
    (tmp_path / "claims.py").write_text(text)
    assert AT_THE_TOP[line] in run(tmp_path, "check", "claims.py", "-j", "1").output


#: Honest bodies, which look like some that are refused.
HONEST = {
    "digits in base 2": ("n: N", "return known((n * (n + 1) & 1) == 0 and (n >> 1) <= n)"),
    "a list of one element": ("n: N", "return eq(len([0] * n + [1]), n + 1)"),
    "types": (
        "x: P",
        "v: list[float] = []\n    return known(not isinstance(x[0], float) and not isinstance(x, (int, float)) and not v)",
    ),
    "a function called pow": ("n: N", "def pow(a, b):\n        return a + b\n    return eq(pow(n, 2), n + 2)"),
    "state of a function around": (
        "n: N",
        "claims = []\n    for k in range(3):\n        calls = 0\n        def asked(t):\n            nonlocal calls\n            calls += 1\n            return t\n"
        "        left = lambda: 3 - calls\n        while left() > 0 and calls < 10:\n            asked(n)\n        claims.append(eq(calls, 3))\n    return every(claims)",
    ),
    "a name that has a value later": (
        "n: N",
        "fs = []\n    for k in range(3):\n        if k:\n            last = k - 1\n        fs.append(lambda t: t * last if k else t)\n    return every(le(f(n), n) for f in fs)",
    ),
    "a default": ("n: N, m: Annotated[int, lambda n, k=2: integers(n, n + k)]", "return le(m, n + 2)"),
    "an end that is a root": ("n: N, x: Annotated[Fraction, lambda n: between(0, sqrt(n))]", "return le(x * x, n)"),
    "from a root on": ("n: N, x: Annotated[Fraction, lambda n: at_least(sqrt(n))]", "return le(n, x * x)"),
    "a number or a point": (
        "x: Annotated[object, one_of('both', rationals(), points(2))]",
        "return le(0, sq(x) if isinstance(x, Vec) else x * x)",
    ),
    "two intervals": ("x: Annotated[Fraction, one_of('two', between(0, 1), between(2, 3))]", "return le(x, 3)"),
    "points of two dimensions": ("x: Annotated[Vec, one_of('two', points(1), points(2))]", "return le(0, sq(x))"),
}


@pytest.mark.parametrize("name", HONEST)
def test_what_is_honest_is_decided(tmp_path: Path, name: str) -> None:
    shown = checked(tmp_path, *HONEST[name])
    assert shown.startswith(("holds", "proved")), shown


@pytest.mark.parametrize("name", EDGES)
def test_edges(tmp_path: Path, name: str) -> None:
    signature, body, verdict = EDGES[name]
    shown = checked(tmp_path, signature, body)
    assert shown.startswith((verdict, "holds", "proved") if verdict != "refuted" else verdict), shown


def test_a_field_with_another_number_of_coordinates(tmp_path: Path) -> None:
    shown = checked(
        tmp_path, "n: N", "(y,) = solution(lambda z: (z[0], z[0]), vec(1), Fraction(1))\n    return le(y, 3)"
    )
    assert "a field answers 2 coordinates at a point of R^1" in shown


def test_a_record_that_is_made_in_a_loop_is_not_adopted(tmp_path: Path) -> None:
    loop = "ALL = []\nfor k in (1, 3):\n    def s(x: Annotated[Fraction, between(0, 3)]) -> Claim:\n        '''x is at most k.'''\n        return le(x, k)\n    ALL.append(Theorem(s, source='s', label=f'l{k}'))\n"
    (tmp_path / "claims.py").write_text(HEAD + loop)
    run(tmp_path, "check", "claims.py", "-j", "1", "--examples", "60")
    found = run(tmp_path, "adopt", ".refute/certificates/s--l1.json")
    assert "add refuted_at= by hand" in found.output, found.output
    assert (tmp_path / "claims.py").read_text() == HEAD + loop


def test_lists_that_say_that_they_are_lists_are_none_of_these(tmp_path: Path) -> None:
    body = "both_ = Vec(tuple(x) + tuple(y))\n    both_ = Vec((*both_, *(0,) * n))\n    return eq(sq(both_), sq(x) + sq(y))"
    assert checked(tmp_path, "x: P, y: P, n: N", body).startswith(("holds", "proved"))


def test_a_matrix_adds_entry_by_entry() -> None:
    J = jacobian(lambda z: vec(z[0] * z[1], z[0]), vec(2, 3))
    assert isinstance(J, Rows)
    assert J + J == 2 * J == J * 2 == Rows((J[0] * 2, J[1] * 2))
    assert J - J == 0 * J
    assert -J == -1 * J
    assert sum([J, J]) == 2 * J
    assert J / 2 + J / 2 == J
    assert J[:1] + J[1:] == (J[0] + J[1],)
    wrong: Any
    for wrong in (lambda: J * J, lambda: J + J[:1], lambda: J + 1, lambda: J < J):
        with pytest.raises(NotExact):
            wrong()


def test_a_point_has_coordinates_whatever_they_come_from() -> None:
    point: Any = Vec
    made = [
        point(k for k in range(3)),
        point([0, 1, 2]),
        point(map(abs, (0, -1, 2))),
        point(vec(0, 1, 2)),
        vec(0, 1, 2)[:],
    ]
    assert all(x == vec(0, 1, 2) and len(x) == 3 for x in made)
    assert partials(lambda z: z[0] * z[1], vec(2, 3)) == vec(3, 2)
    assert vec(0, 1, 2)[1:] == vec(1, 2)
