"""The certificate of a limit as exact data: in the file of a counterexample, and where it is verified."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import pytest

from refute import Claim, Theorem, between, bounded, converges, le, vec
from refute.errors import BadInput
from refute.verdicts.certificate import verify, write

F = Fraction


def damped(h: Annotated[F, between(F(11, 10), F(13, 10))]) -> Claim:
    """x - h (x^3 - x) converges from 1/2."""
    return converges(lambda x: vec(x[0] - h * (x[0] ** 3 - x[0])), vec(F(1, 2)))


def turned(h: Annotated[F, between(2, 3)]) -> Claim:
    """-h x stays bounded, and so does x/2."""
    return bounded(lambda x: vec(-h * x[0], x[1] / 2), vec(1, 1))


def small(x: Annotated[F, between(0, 2)]) -> Claim:
    """x^2 <= x."""
    return le(x * x, x)


SMALL = Theorem(small, source="s", label="small")
CYCLE = Theorem(damped, source="s", label="damped")
GROWS = Theorem(turned, source="s", label="turned")


def test_a_reader_can_check_a_contraction_by_hand(tmp_path: Path) -> None:
    """The box [c - r, c + r] is mapped into itself by the power, as the file says: moved by at most (1 - q) r at its middle."""
    path = write(CYCLE, {"h": F(5, 4)}, tmp_path)
    (found,) = json.loads(path.read_text())["conclusion"]["certificates"]
    assert (found["kind"], found["rests"]) == ("cycle", False)
    inside = found["inside"]
    c, r, q = F(inside["centre"][0]), F(inside["radius"]), F(inside["rate"])
    y = c
    for _ in range(found["power"]):
        y = (y - F(5, 4) * (y**3 - y)).limit_denominator(10**60)
    assert q < 1
    assert abs(y - c) <= (1 - q) * r


def test_what_is_verified_is_found_anew_and_shown_exactly(tmp_path: Path) -> None:
    path = write(CYCLE, {"h": F(5, 4)}, tmp_path)
    shown = verify(path, [CYCLE]).lines[-1].certificate
    assert shown[0].startswith("certificate: cycle at step ")
    assert any(line.strip().startswith("inside.radius = ") for line in shown)
    data = json.loads(path.read_text())
    data["conclusion"]["certificates"] = [{"kind": "rest", "step": 0}]  # another machine may find another one first
    path.write_text(json.dumps(data))
    assert verify(path, [CYCLE]).lines[-1].certificate == shown
    data["conclusion"]["violated"] = "nothing"
    path.write_text(json.dumps(data))
    with pytest.raises(BadInput, match="the conclusion that it states"):
        verify(path, [CYCLE])


def test_orbits_of_coordinates_have_a_certificate_each(tmp_path: Path) -> None:
    path = write(GROWS, {"h": F(2)}, tmp_path)
    kinds = [c["kind"] for c in json.loads(path.read_text())["conclusion"]["certificates"]]
    assert kinds
    assert "open" not in kinds


def test_a_statement_about_no_limit_has_none(tmp_path: Path) -> None:
    path = write(SMALL, {"x": F(2)}, tmp_path)
    assert "certificates" not in json.loads(path.read_text())["conclusion"]
    assert verify(path, [SMALL]).lines[-1].certificate == ()
