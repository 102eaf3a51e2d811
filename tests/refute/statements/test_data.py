"""JSON of exact data: there and back, and strict on the way back."""

import json
from fractions import Fraction
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives import PiecewiseQuadratic, Quadratic, Ridge, RidgeSum, SeparableSum
from objectives.classes.smooth import TYPES, smooth
from refute.errors import BadInput
from refute.numbers.vector import Vec, vec
from refute.statements.data import decode, encode, read_json


@given(st.data())
def test_functions_come_back_as_they_were(data: st.DataObject) -> None:
    f = smooth().draw(data.draw)
    text = json.dumps(encode(f))
    assert decode(read_json(text, "f"), object, TYPES, "f") == f


@given(st.integers(1, 30000), st.integers(1, 30000))
def test_huge_rationals_come_back(p: int, q: int) -> None:
    x = Fraction(3**p, 2**q)
    assert decode(encode(x), Fraction, (), "x") == x


def test_points_and_counts() -> None:
    assert decode(["1/2", "-3"], Vec, (), "x") == vec(Fraction(1, 2), -3)
    assert decode(7, int, (), "n") == 7
    assert decode("a", Literal["a", "b"], (), "w") == "a"


@pytest.mark.parametrize(
    ("data", "hint", "says"),
    [
        (1, Fraction, "a rational is a string"),
        ("1/0", Fraction, "'1/0' is not a rational"),
        ("1e400000000", Fraction, "is not a rational"),
        ("0.5", Fraction, "is not a rational"),
        ("9" * 50_000, Fraction, "more than 40000 characters"),
        (True, int, "expected an integer"),
        (10**100, int, "expected an integer"),
        ("c", Literal["a", "b"], "expected one of a, b"),
        ("1", Vec, "a point is a list"),
        ([1], Vec, r"x\[0\]: a rational is a string"),
        ({"type": "Other"}, object, "the type 'Other' is none of"),
        ([], object, "expected an object"),
        ({"type": "Ridge", "c": "1"}, Ridge, "the key 'phi' is missing"),
        ({"type": "Ridge", "c": "1", "phi": "cos", "a": ["1"], "b": "0", "d": "1"}, Ridge, "unknown key 'd'"),
        (
            {
                "type": "PiecewiseQuadratic",
                "knots": ["1", "0"],
                "curvatures": ["1", "1", "1"],
                "slope": "0",
                "value": "0",
            },
            PiecewiseQuadratic,
            "knots .* must increase",
        ),
    ],
)
def test_bad_data_gets_one_sentence(data: Any, hint: Any, says: str) -> None:
    with pytest.raises(BadInput, match=says) as caught:
        decode(data, hint, (Quadratic, PiecewiseQuadratic, RidgeSum, Ridge, SeparableSum), "x")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "not JSON"),
        ('{"a": 1, "a": 2}', "the key 'a' occurs twice"),
        ('{"a": NaN}', "NaN is a float"),
        ('{"a": 0.5}', "0.5 is a float"),
        ("[" * 100_000, "nested too deeply"),
        ("9" * 5000, "too many digits"),
        (" " * 4_000_001, "larger than"),
    ],
)
def test_bad_json_gets_one_sentence(text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_json(text, "file")
