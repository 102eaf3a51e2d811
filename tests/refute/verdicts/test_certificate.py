"""Certificates: written, re-checked, and refused for every reason."""

import json
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from refute.errors import BadInput
from refute.numbers.vector import Vec
from refute.running.check import known_theorems
from refute.safety.files import write_text
from refute.safety.limited import Limits
from refute.sources.discover import theorems_of
from refute.sources.files import bundled
from refute.statements import fingerprint
from refute.statements.claims import Opinion
from refute.statements.opinions import contradiction, second_opinion
from refute.statements.theorem import Theorem
from refute.verdicts.certificate import verify, write


@pytest.fixture
def theorems(conjectures: Path) -> list[Theorem]:
    return theorems_of(conjectures)


@pytest.fixture
def genuine(theorems: list[Theorem], tmp_path: Path) -> Path:
    false = theorems[1]
    return write(false, {"x": Fraction(1, 2)}, tmp_path / "certificates")


def test_a_genuine_certificate_is_accepted(genuine: Path, theorems: list[Theorem]) -> None:
    accepted = verify(genuine, theorems)
    assert accepted.theorem.id == "me/squares-grow"
    assert [line.says for line in accepted.lines] == ["x in R", "violated: x <= x ** 2"]
    assert accepted.lines[-1].mpmath == "violated: 0.5 and 0.25"
    data = json.loads(genuine.read_text())
    assert data["instance"] == {"x": "1/2"}
    assert data["statement"] == "x <= x^2."


def change(**new: Any) -> Callable[[dict[str, Any]], None]:
    return lambda data: data.update(new)


@pytest.mark.parametrize(
    ("edit", "says"),
    [
        (change(instance={"x": "3"}), "no counterexample, the conclusion of me/squares-grow holds"),
        (change(instance={"x": "1"}), "no counterexample"),
        (change(instance={"x": "1/3"}), "the conclusion that it states is not"),
        (change(theorem="me/amgm"), "has changed since"),
        (change(theorem="me/other"), "no theorem 'me/other' is known"),
        (change(fingerprint="0" * 16), "has changed since"),
        (change(format="refute counterexample 2"), "its format is"),
        (change(extra=1), "unknown key 'extra'"),
        (change(instance=[]), "the instance is a JSON object"),
        (change(instance={"x": "1/2", "y": "1"}), "unknown key 'y'"),
        (change(instance={}), "the key 'x' is missing"),
        (change(instance={"x": 1}), "a rational is a string"),
        (lambda data: data.pop("conclusion"), "the key 'conclusion' is missing"),
    ],
)
def test_a_forged_certificate_is_refused(
    genuine: Path, theorems: list[Theorem], edit: Callable[[dict[str, Any]], None], says: str
) -> None:
    data = json.loads(genuine.read_text())
    edit(data)
    genuine.write_text(json.dumps(data))
    with pytest.raises(BadInput, match=says) as caught:
        verify(genuine, theorems)
    assert "\n" not in str(caught.value)


def test_an_instance_outside_its_domain(theorems: list[Theorem], tmp_path: Path) -> None:
    path = write(theorems[1], {"x": Fraction(1, 2)}, tmp_path)
    data = json.loads(path.read_text())
    data.update(theorem="me/amgm", instance={"x": "2", "y": "1"})
    data["fingerprint"] = fingerprint.of_statement(theorems[0])
    data["statement"] = theorems[0].prose
    path.write_text(json.dumps(data))
    with pytest.raises(BadInput, match="outside its domain"):
        verify(path, theorems)


def test_unreadable_files(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be read"):
        verify(tmp_path / "absent.json", [])
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="not a text file"):
        verify(tmp_path / "binary.json", [])
    (tmp_path / "list.json").write_text("[]")
    with pytest.raises(BadInput, match="a certificate is a JSON object"):
        verify(tmp_path / "list.json", [])


def test_a_planted_wrong_value_is_caught_by_mpmath(theorems: list[Theorem]) -> None:
    """If exact arithmetic claimed a violation that is none, mpmath would contradict it."""
    statement = theorems[1].itself
    true_there = {"x": Fraction(3)}
    checked = statement.check(true_there)
    from dataclasses import replace

    planted = replace(checked, conclusion=replace(checked.conclusion, truth=False))
    opinions = second_opinion(statement, true_there, planted)
    assert "arithmetics disagree about the conclusion" in contradiction(planted, opinions)
    silent = [*opinions[:-1], ("conclusion", Opinion(None, ""))]
    assert contradiction(planted, silent) == "mpmath does not confirm the violation"
    assert contradiction(checked, second_opinion(statement, true_there, checked)) == ""


def test_a_link_is_followed_and_a_device_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("old")
    (tmp_path / "link").symlink_to(tmp_path / "target")
    write_text(tmp_path / "link", "new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "target").read_text() == "new"
    write_text(Path("/dev/null"), "x")
    assert Path("/dev/null").is_char_device()


BIG = "0x" + "f" * 30_000


@pytest.mark.parametrize(
    ("label", "change", "says"),
    [
        ("summed-gradients", {"N": 10**6}, "operations; --budget 10|within 1.5 s"),
        ("summed-gradients", {"N": 10**4}, "no counterexample|operations; --budget 10|within 1.5 s"),
        ("reaches-stationary-point", {"terms": 20_000}, "numbers; --budget 10"),
        ("quadratics-blow-up:every-start-any-constant", {"dimension": 120}, "numbers; --budget 10"),
        ("summed-gradients", {"knots": 3_000}, "numbers; --budget 10"),
        ("summed-gradients", {"x": [BIG]}, "not the one|no counterexample|operations|within|gives"),
        ("summed-gradients", {"x": []}, r"a point of R\^0, where one of R\^1 belongs"),
        ("summed-gradients", {"x": ["1", "2"]}, r"a point of R\^2, where one of R\^1 belongs"),
        ("reaches-stationary-point", {"x0": []}, r"a point of R\^0, where one of R\^1 belongs"),
    ],
)
def test_whatever_a_file_asks_for_is_answered_within_its_budget(
    label: str, change: dict[str, Any], says: str, tmp_path: Path
) -> None:
    bundled_theorems = [t for _, t in known_theorems([bundled()])]
    theorem = next(t for t in bundled_theorems if t.id == f"tao-wang-2022/{label}")
    assert theorem.refuted_at is not None
    path = write(theorem, theorem.refuted_at, tmp_path)
    data = json.loads(path.read_text())
    instance = data["instance"]
    if "terms" in change:
        instance["f"]["terms"] = instance["f"]["terms"][:1] * change["terms"]
    elif "dimension" in change:
        d = change["dimension"]
        instance["f"] = {
            "type": "Quadratic", "skew": ["1"] * (d * (d - 1) // 2), "eigenvalues": ["1"] * d, "slopes": ["0"] * d, "centre": ["0"] * d,
            "value": "0",
        }  # fmt: skip
        instance["x0"] = ["1"] * d
    elif "knots" in change:
        n = change["knots"]
        instance["f"]["knots"] = [str(i) for i in range(n)]
        instance["f"]["curvatures"] = ["1"] * (n + 1)
    else:
        instance.update(change)
    path.write_text(json.dumps(data))
    started = time.monotonic()
    with pytest.raises(BadInput, match=says) as caught:
        verify(path, bundled_theorems, Limits())
    assert time.monotonic() - started < 10  # 1.5 s on an idle machine
    assert "\n" not in str(caught.value)


def test_a_larger_budget_allows_more(tmp_path: Path) -> None:
    bundled_theorems = [t for _, t in known_theorems([bundled()])]
    theorem = next(t for t in bundled_theorems if t.id == "tao-wang-2022/summed-gradients")
    path = write(theorem, dict(theorem.refuted_at or {}), tmp_path)
    with pytest.raises(BadInput, match="operations; --budget 10 allows ten times as many"):
        verify(path, bundled_theorems, Limits(0.0001))
    assert verify(path, bundled_theorems, Limits(10.0)).theorem.id == theorem.id


def test_the_words_of_the_statement_are_checked(theorems: list[Theorem], tmp_path: Path) -> None:
    path = write(theorems[1], {"x": Fraction(1, 2)}, tmp_path)
    data = json.loads(path.read_text())
    data["statement"] = "x <= 2 x^2."
    path.write_text(json.dumps(data))
    with pytest.raises(BadInput, match="the words of its statement are not those of me/squares-grow"):
        verify(path, theorems)


def test_every_domain_of_points_knows_its_dimension_but_those_of_any_length() -> None:
    any_length = {"craciun-ghoshdastidar-2024/critical-step:deep", "nguegnang-2021/linear-networks-converge:chains"}
    for _, t in known_theorems([bundled()]):
        if t.refuted_at is None or t.id in any_length:
            continue
        seen: dict[str, Any] = dict(t.constants)
        for name in t.variables:
            domain = t.itself.domain(name, seen)
            seen[name] = t.refuted_at[name]
            if isinstance(seen[name], Vec):
                assert domain.dim == len(seen[name]), (t.id, name)
