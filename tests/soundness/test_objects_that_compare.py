"""Points, sets, claims and orbits answer no question of Python's that is asked of what they stand for; and what rounds is refused, whoever makes it."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from objectives import SeparableSum, largest_above, square
from refute import BadInput, Boxes, Intervals, lift, vec
from refute.numbers.real import Real
from tests.commands import run

HEAD = """import decimal
import math
from fractions import Fraction
from typing import Annotated

import gmpy2
import mpmath
import numpy as np

from objectives import Objective, convex, square, starts
from refute import *

K = Annotated[int, integers(1, 5)]
Point = Annotated[Vec, points(1)]
ONE = Intervals(((Fraction(0), Fraction(1)),))


def beside(k):
    return Intervals(((Fraction(k), Fraction(k + 1)),))


"""
#: Each came out proved though false, or refuted though true.
BODIES = {
    "a point and a number": "return known(x != 0)",
    "a gradient and a number": "return known(square(1).grad(x) != 0)",
    "a gradient as a condition": "return known(bool(square(1).grad(x)))",
    "a point among numbers": "return known(x not in (0, 1))",
    "a point and a tuple": "return known(x == (x[0],))",
    "where": "return eq(where(x, 1, 0), 1)",
    "a branch": "return known(False) if x == 0 else le(0, 1)",
    "a map": "return converges(lambda u: u if u == 0 else u + vec(1), vec(0))",
    "a set as a condition": "return known(bool(ONE.meet(beside(k + 1))))",
    "where of a set": "return le(1, where(ONE.meet(beside(k + 1)), 1, 0))",
    "the same boxes": "return known(Boxes(((ONE, ONE), (beside(1), ONE))) == Boxes(((union(((0, 2),)), ONE),)))",
    "claims that are equal": "return known(le(k, 3) == le(2 * k, 6))",
    "claims that are not": "return known(le(k, 3) != le(2 * k, 6))",
    "an array": "return known(np.linalg.matrix_rank(np.array([[1, 2], [2, 4]])) == 1)",
    "a whole number that wraps around": "return known(int(np.prod(np.arange(1, 20 + k))) > 0)",
    "a root that is handed on": "return known(len(set(map(math.sqrt, (10**40, 10**40 + k)))) == 1)",
    "a key": "return known(max(range(k + 1), key=math.exp) == k)",
    "a decimal": "return known(decimal.Decimal(1) / decimal.Decimal(3 * k) * 3 * k == 1)",
    "mpmath": "return known(mpmath.sqrt(k) ** 2 == k)",
    "gmpy2": "return known(gmpy2.sqrt(k) ** 2 == k)",
}


@pytest.mark.parametrize("name", BODIES)
def test_a_question_that_python_would_answer_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(
        HEAD
        + f'def body(k: K, x: Point) -> Claim:\n    """It asks."""\n    {BODIES[name]}\n\n\nT = Theorem(body, source="s", label="asks")\n'
    )
    done = run(tmp_path, "check", "claims.py", "--profile", "quick", "-j", "1")
    assert "error     s/asks" in done.output, done.output
    assert done.exit_code == 1


def test_what_has_an_answer_has_it(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(
        HEAD
        + """def body(k: K, x: Point) -> Claim:
    \"\"\"Points are compared with points, sets by their measure.\"\"\"
    here = known(x == vec(x[0]) and (x != vec(0) or x[0] == 0) and x in (x, vec(7)))
    apart = known(not Boxes(((ONE, ONE),)).meet(Boxes(((ONE, beside(k + 1)),))))
    whole = known(max(range(k + 1), key=math.isqrt) <= k and sum(map(math.factorial, range(3))) == 4)
    return both(here=here, apart=apart, none=eq(ONE.meet(beside(k + 1)).measure, 0), whole=whole)


T = Theorem(body, source="s", label="asks")
"""
    )
    done = run(tmp_path, "check", "claims.py", "--profile", "quick", "-j", "1")
    assert done.exit_code == 0, done.output


def test_an_induction_is_over_numbers_of_steps(tmp_path: Path) -> None:
    """From -1 on: range(-1) makes no step, and the potential of step -1 is that of none."""
    (tmp_path / "claims.py").write_text("""from typing import Annotated

from objectives import Objective, convex, starts
from refute import *

F = Annotated[Objective, convex(minimizer="known")]
Start = Annotated[Vec, lambda f: starts(f)]
N = Annotated[int, naturals(-1, drawn=6)]


def body(f: F, x: Start, n: N) -> Claim:
    \"\"\"0 <= n |x - x_*|^2.\"\"\"
    last = iterated(lambda k, y: y, x, n, lambda k, y: -k * sq(y - f.minimum.at))
    return le(0, n * sq(last - f.minimum.at))


T = Theorem(body, source="s", label="negative")
""")
    said = run(tmp_path, "prove", "s/negative", "--theorems", "claims.py").output
    assert "is proved, for all functions of its classes" not in said
    assert "an induction is over a number of steps N" in said


def test_the_largest_eigenvalue_is_one_of_a_symmetric_matrix() -> None:
    one, zero = Fraction(1), Fraction(0)
    with pytest.raises(BadInput, match="symmetric"):
        largest_above(((one, one), (zero, one)), one)
    assert largest_above(((one, one), (one, one)), one).decide().truth is True


def test_a_separable_sum_has_its_minimum_in_every_arithmetic() -> None:
    parts: Any = (square(1), square(2))
    f = SeparableSum(parts)
    assert f.minimum is not None
    assert lift(f, Real.of).minimum is not None


def test_sets_are_equal_where_their_parts_are() -> None:
    side = Intervals(((Fraction(0), Fraction(1)),))
    assert Boxes(((side, side),)) == Boxes(((side, side),))
    assert Boxes(((side,),)) != vec(1)
