"""Samples of the long attacks of benchmarks/attacks: no wrong sign, no wrong fate."""

from benchmarks.attacks import expressions, maps


def test_no_sign_is_wrong() -> None:
    found = expressions.attack(1500, 11)
    assert set(found) <= {"right", "open", "missed"}
    assert found["right"] > 700
    assert found["missed"] == 0


def test_no_fate_is_wrong() -> None:
    found = maps.attack(120, 11)
    assert set(found) <= {"right", "open"}
    assert found["right"] > 80
