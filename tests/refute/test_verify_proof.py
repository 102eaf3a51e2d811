"""The second checker of proofs: it accepts what the first one writes, and believes nothing else of a file."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from refute.duality.everywhere import prove_everywhere
from refute.proofs.for_all import as_data
from refute.running.check import known_theorems
from refute.sources.files import bundled
from refute.verify_proof import NoProof, check
from refute.verify_proof.__main__ import main
from refute.verify_proof.conditions import is_of_curvatures
from refute.verify_proof.forms import is_name

IDS = (
    "tao-wang-2022/descent-step",
    "drori-teboulle-2014/rate:three-steps",
    "taylor-2017/contraction",
    "bansal-gupta-2019/accelerated-rate",
    "tao-wang-2022/oscillation-not-in-f:f-never-rises",
)
BUNDLED = {t.id: t for _, t in known_theorems([bundled()])}


@pytest.fixture(scope="module")
def proofs() -> dict[str, dict[str, Any]]:
    return {i: as_data(BUNDLED[i], prove_everywhere(BUNDLED[i].itself) or []) for i in IDS}


@pytest.mark.parametrize("id_", IDS)
def test_genuine_proofs_are_accepted(id_: str, proofs: dict[str, Any], tmp_path: Path) -> None:
    assert check(proofs[id_])
    file = tmp_path / "p.proof.json"
    file.write_text(json.dumps(proofs[id_]))
    assert main([str(file)]) == 0


ONE = {"p": ["1"], "q": ["1"]}
MINUS = {"p": ["-1"], "q": ["1"]}


def claims(d: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = d["cases"][0]["claims"][0]["form"]
    return found


def nothing_claimed(key: str) -> Callable[[dict[str, Any]], Any]:
    """A claim whose form has one odd part, without weights."""

    def change(d: dict[str, Any]) -> None:
        d["cases"][0]["claims"][0]["form"] = {key: MINUS}
        d["cases"] = d["cases"][:1]
        d["parts"] = [{**d["parts"][0], "weights": []}]

    return change


#: What each leaves is no proof.
FORGED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "unknowns that are not listed": lambda d: d["cases"][0].update(vectors=[]),
    "a key in another order": nothing_claimed("1 0"),
    "a negative index": nothing_claimed("-1 -1"),
    "a key of three": nothing_claimed("0 0 0"),
    "a key of a space": nothing_claimed(" "),
    "a negative constant": nothing_claimed(""),
    "a negative square": nothing_claimed("0 0"),
    "two answers at one point": lambda d: d["cases"][0]["functions"][0]["rows"].append(
        {**d["cases"][0]["functions"][0]["rows"][0], "at": "again", "g": {}}
    ),
    "mu above L": lambda d: d["cases"][0]["functions"][0].update(low={"p": ["2"], "q": ["1"]}),
    "a negative weight": lambda d: d["parts"][0]["weights"][0].update(p=["-1"]),
    "no weight": lambda d: d["parts"][0].update(weights=[]),
    "a part left out": lambda d: d["parts"].pop(),
    "less than the interval": lambda d: d["parts"][0].update({"from": "1/2", "to": "3/4"}),
    "a float": lambda d: d["parts"][0].update({"from": 0.1}),
    "an empty part": lambda d: d["parts"][0].update({"from": "1", "to": "1"}),
    "a huge number": lambda d: d["parts"][0].update({"to": "1e100000000"}),
    "a huge weight": lambda d: d["parts"][0]["weights"][0].update(p=["1e300000000"]),
    "no parts": lambda d: d.update(parts=[]),
    "a stronger claim": lambda d: claims(d).update({"": MINUS}),
    "a condition of another name": lambda d: d["parts"][0]["weights"][0].update(of="f at x above its model at z"),
    "another format": lambda d: d.update(format="refute proof 2"),
}


@pytest.mark.parametrize("name", FORGED)
@pytest.mark.parametrize("id_", IDS)
def test_forged_proofs_are_rejected(id_: str, name: str, proofs: dict[str, Any], tmp_path: Path) -> None:
    data = copy.deepcopy(proofs[id_])
    FORGED[name](data)
    with pytest.raises((NoProof, KeyError, ValueError, TypeError)):
        check(data)
    file = tmp_path / "p.proof.json"
    file.write_text(json.dumps(data))
    assert main([str(file)]) == 1


def test_the_step_of_an_induction_uses_no_condition_but_those_of_classes(proofs: dict[str, Any]) -> None:
    data = copy.deepcopy(proofs["bansal-gupta-2019/accelerated-rate"])
    case = data["cases"][0]
    (number,) = (i for i, c in enumerate(case["conditions"]) if c["says"].startswith("the potential"))
    (step,) = (p for p in data["parts"] if case["claims"][p["claim"]]["step"])
    step["weights"].append({"of": case["conditions"][number]["says"], "number": number, "p": [], "q": ["1"]})
    with pytest.raises(NoProof, match="no condition of a class"):
        check(data)


@pytest.mark.parametrize("where", ["a claim", "another beginning", "powers"])
def test_only_a_step_begins_after_the_range_and_only_at_1(proofs: dict[str, Any], where: str) -> None:
    data = copy.deepcopy(proofs["bansal-gupta-2019/accelerated-rate"])
    (case,) = data["cases"]
    (step,) = (c for c in case["claims"] if c["step"])
    assert case["from"] in ("0", "1")
    step["from"] = "1"
    assert check(data)
    if where == "a claim":
        step["step"] = False
    elif where == "another beginning":
        step["from"] = "2"
    else:
        case["t"] = "(1/2)^N"
    with pytest.raises(NoProof, match="the step of an induction"):
        check(data)


def jumping() -> dict[str, Any]:
    """A convex function that need not be smooth, asked at 0 and at t v, 0 <= t <= 1, and the claim <g_b - g_a, v> >= 0, which is false at t = 0."""
    t = {"p": ["0", "1"], "q": ["1"]}
    asks = {"one": [], "pair": [{"0": ONE, "1": MINUS, "0 3": MINUS, "2 3": ONE}], "to_minimizer": []}
    rows = [
        {"at": "a", "x": {}, "g": {"1": ONE}, "f": {"0": ONE}},
        {"at": "b", "x": {"0": t}, "g": {"2": ONE}, "f": {"1": ONE}},
    ]
    names = ("f at a and b", "f at b and a")
    case = {
        "fixed": {}, "t": "h", "from": "0", "to": "1", "vectors": ["v", "g_a", "g_b"], "values": ["f_a", "f_b"],
        "functions": [{"name": "f", "asks": asks, "rows": rows}],
        "conditions": [{"says": says, "form": {}} for says in names],
        "claims": [{"says": "dot(g_b - g_a, v) >= 0", "form": {"0 2": ONE, "0 1": MINUS}, "step": False, "strict": False}],
    }  # fmt: skip
    weights = [{"of": says, "number": i, "p": ["1"], "q": ["0", "1"]} for i, says in enumerate(names)]
    part = {"fixed": {}, "claim": 0, "from": "0", "to": "1", "weights": weights}
    return {"format": "refute proof 1", "cases": [case], "parts": [part]}


def test_no_second_function_makes_a_condition_continuous() -> None:
    data = jumping()
    with pytest.raises(NoProof, match="has a pole"):
        check(data)
    data["cases"][0]["functions"].append({"name": "f", "low": {"p": [], "q": ["1"]}, "rows": []})
    with pytest.raises(NoProof, match="have one name"):
        check(data)
    data["cases"][0]["functions"][1]["name"] = "f at a"
    with pytest.raises(NoProof, match="has a pole"):
        check(data)


def forged(low: Any, gradient: Any, weight: Any, ends: tuple[str, str]) -> dict[str, Any]:
    """A function of curvatures between low and 1, asked at x, where its gradient is the given one, and at 0, where it is 0; the claim |x|^2 <= 0, by both conditions with one weight."""
    names = ("f at a above its model at b", "f at b above its model at a")
    rows = [
        {"at": "a", "x": {"0": ONE}, "g": gradient, "f": {"0": ONE}},
        {"at": "b", "x": {}, "g": {}, "f": {"1": ONE}},
    ]
    case = {
        "fixed": {}, "t": "t", "from": ends[0], "to": ends[1], "vectors": ["x"], "values": ["f(x)", "f(0)"],
        "functions": [{"name": "f", "low": low, "rows": rows}],
        "conditions": [{"says": says, "form": {}} for says in names],
        "claims": [{"says": "x = 0", "form": {"0 0": MINUS}, "step": False, "strict": False}],
    }  # fmt: skip
    weights = [{"of": says, "number": i, **weight} for i, says in enumerate(names)]
    part = {"fixed": {}, "claim": 0, "from": ends[0], "to": ends[1], "weights": weights}
    return {"format": "refute proof 1", "cases": [case], "parts": [part]}


def rational_function(p: list[int], q: list[int]) -> dict[str, list[str]]:
    return {"p": list(map(str, p)), "q": list(map(str, q))}


#: Each is right for all t but one, where it is false: the answers hold there alone, or the class is larger.
TIED = {
    "a gradient that is made of the point": forged(
        MINUS, {"0": rational_function([-1], [0, 1])}, rational_function([0, 0, 2], [1, 0, -1]), ("1/2", "1")
    ),
    "a class that is larger in between": forged(
        rational_function([0, 0, 1], [1]), {}, rational_function([1, 0, -1], [0, 0, 1]), ("-1/2", "1/2")
    ),
    "a class that is larger at the end": forged(
        rational_function([0, 1], [1]), {}, rational_function([1, -1], [0, 1]), ("0", "1/2")
    ),
}


@pytest.mark.parametrize("data", TIED.values(), ids=TIED)
def test_answers_that_are_no_unknowns_do_not_go_with_t(data: dict[str, Any]) -> None:
    with pytest.raises(NoProof, match="has a pole"):
        check(data)
    inside = {"from": "5/8", "to": "3/4"} if data["cases"][0]["to"] == "1" else {"from": "1/8", "to": "1/4"}
    for part in (data["cases"][0], data["parts"][0]):
        part.update(inside)
    assert check(data)


def with_hypothesis(form: dict[str, Any], asks: bool) -> dict[str, Any]:
    """t f(x) >= |x|^2 for 0 <= t <= 1, by t times what is known of f at x."""
    t = rational_function([0, 1], [1])
    rows = [{"at": "a", "x": {"0": ONE}, "g": {"1": ONE}, "f": {"0": ONE}}]
    says = "f at a" if asks else "H"
    of = {"asks": {"one": [form], "pair": [], "to_minimizer": []}} if asks else {"low": rational_function([], [1])}
    case = {
        "fixed": {}, "t": "t", "from": "0", "to": "1", "vectors": ["x", "g"], "values": ["f(x)"],
        "functions": [{"name": "f", **of, "rows": rows}],
        "conditions": [{"says": says, "form": form}],
        "claims": [{"says": "t f(x) >= |x|^2", "form": {"0": t, "0 0": MINUS}, "step": False, "strict": False}],
    }  # fmt: skip
    part = {"fixed": {}, "claim": 0, "from": "0", "to": "1", "weights": [{"of": says, "number": 0, **t}]}
    return {"format": "refute proof 1", "cases": [case], "parts": [part]}


@pytest.mark.parametrize("asks", [False, True])
def test_what_is_known_has_no_pole(asks: bool) -> None:
    with pytest.raises(NoProof, match="has a pole"):
        check(with_hypothesis({"0": ONE, "0 0": rational_function([-1], [0, 1])}, asks))


def test_the_ends_are_printed_also_where_t_has_no_meaning(proofs: dict[str, Any]) -> None:
    t = rational_function([0, 1], [1])
    data = forged(rational_function([], [1]), {"0": ONE}, t, ("0", "1"))
    data["cases"][0].update(t="", claims=[{"says": "claim", "form": {"0 0": t}, "step": False, "strict": False}])
    data["parts"][0]["weights"] = []
    assert check(data)[0] == "claim  (0 <= t <= 1)"


def test_coefficients_are_printed_with_their_denominators() -> None:
    data = forged(rational_function([0, 1], [1]), {}, rational_function([1, -1], [0, 1]), ("1/8", "1/2"))
    data["cases"][0]["claims"][0]["form"]["0 0"] = rational_function([100], [-100])
    data["cases"][0]["functions"][0]["low"] = rational_function([0, -5], [-5])
    shown = check(data)
    assert "    as 0 <= (-1) x . x" in shown
    assert "the class of f: the curvature is between 0, 1 and 1" in shown


def test_an_end_that_is_open_may_be_a_pole() -> None:
    data = forged(rational_function([0, 1], [1]), {}, rational_function([1, -1], [0, 1]), ("0", "1/2"))
    with pytest.raises(NoProof, match="has a pole"):
        check(data)
    data["cases"][0]["open"] = ["from"]
    assert check(data)[0] == "x = 0  (0 < t <= 1/2, t = t)"
    data["cases"][0]["open"] = ["to"]
    with pytest.raises(NoProof, match="has a pole"):
        check(data)
    data["cases"][0]["open"] = ["here"]
    with pytest.raises(NoProof, match="open ends"):
        check(data)


@pytest.mark.parametrize("name", ["f(y) + (-100) 1", "f(y) + f(x)", "-x", "x . x", "", "f(x) f(y)", "2 * x", 7])
def test_a_name_that_reads_as_a_sum_is_none(name: Any) -> None:
    data = forged(rational_function([0, 1], [1]), {}, rational_function([1, -1], [0, 1]), ("1/8", "1/2"))
    data["cases"][0]["values"][1] = name
    with pytest.raises(NoProof, match=r"the name of an unknown|a proof"):
        check(data)


def test_unknowns_have_names_of_their_own() -> None:
    data = forged(rational_function([0, 1], [1]), {}, rational_function([1, -1], [0, 1]), ("1/8", "1/2"))
    data["cases"][0]["values"] = ["f(x)", "f(x)"]
    with pytest.raises(NoProof, match="one name"):
        check(data)


def test_what_was_answered_is_printed(proofs: dict[str, Any]) -> None:
    """A file may say that the gradient at y is twice what it calls that: whoever reads sees it."""
    data = copy.deepcopy(proofs["tao-wang-2022/descent-step"])
    shown = check(data)
    assert "the class of f: the curvature is between -1 and 1" in shown
    assert "f at x: the point 0, gradient (1) grad f(x), value (1) f(x)" in shown
    for row in data["cases"][0]["functions"][0]["rows"]:
        row["g"] = {k: {"p": ["2"], "q": ["1"]} for k in row["g"]}
    data["cases"][0]["claims"][0]["form"] = {}
    data["parts"][0]["weights"] = []
    assert "f at x: the point 0, gradient (2) grad f(x), value (1) f(x)" in check(data)


def test_what_is_given_is_printed_with_its_form(proofs: dict[str, Any]) -> None:
    """Whoever changes what an induction gives changes what is printed."""
    data = copy.deepcopy(proofs["bansal-gupta-2019/accelerated-rate"])
    given = [line for line in check(data) if line.startswith("    given: the potential after N steps")]
    assert given
    assert all(", as 0 <= (" in line for line in given)
    case = data["cases"][0]
    (number,) = (i for i, c in enumerate(case["conditions"]) if c["says"].startswith("the potential"))
    case["conditions"][number]["form"] = {}
    case["claims"][0]["form"] = {}
    for part in data["parts"]:
        if part["claim"] == 0:
            part["weights"] = [w for w in part["weights"] if w["number"] == number]
    assert "    given: the potential after N steps is at most that before, as 0 <= 0" in check(data)


def test_files_that_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = {"deep": "[" * 100_000, "empty": "", "number": "1", "list": "[]", "object": "{}"}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
    assert main([str(tmp_path / n) for n in (*texts, "missing")]) == 1
    assert capsys.readouterr().out.count(": no proof: ") == len(texts) + 1
    assert main([]) == 1


def test_a_reader_that_closes_the_pipe_gets_no_traceback(proofs: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "p.json"
    file.write_text(json.dumps(proofs[IDS[0]]))
    command = [sys.executable, "-m", "refute.verify_proof", *[str(file)] * 40]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_a_file_cannot_hide_what_is_read(
    proofs: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A carriage return, or a code that makes a terminal's letters invisible, stands there written out: of a proof, and of what is none."""
    proof = copy.deepcopy(proofs[IDS[0]])
    proof["cases"][0]["claims"][0]["says"] = "f falls\r\n\x1b[8m by nothing"
    (tmp_path / "hidden.json").write_text(json.dumps(proof))
    (tmp_path / "none.json").write_text(json.dumps({"\x1b[8m": 1}))
    main([str(tmp_path / "hidden.json"), str(tmp_path / "none.json")])
    said = capsys.readouterr().out
    assert not [c for c in said if not c.isprintable() and c != "\n"]
    assert "\\x1b[8m by nothing" in said


def test_a_file_that_takes_too_long_is_no_proof(
    proofs: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("refute.verify_proof.__main__.SECONDS", 0.05)
    data = copy.deepcopy(proofs["drori-teboulle-2014/rate:three-steps"])
    # As many coefficients as a file may have, with long denominators: pivots of such weights are huge.
    for i, weight in enumerate(data["parts"][0]["weights"]):
        weight.update(
            p=[f"{n + i}/{10**30 + n}" for n in range(1, 200)], q=[f"{n}/{10**29 + i}" for n in range(1, 200)]
        )
    file = tmp_path / "p.proof.json"
    file.write_text(json.dumps(data))
    assert main([str(file)]) == 1
    assert "not decided within 0.05 s" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["x", "f(*)", "last 0", "grad f(x_1)", "grad f(grad S(v))", "g(a, b)"])
def test_what_an_unknown_may_be_called(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "f(x", "f x)", "(x)", "x . y", "f(x) + g(x)", "f(a)(b)", "f(x) g", "2 . x"])
def test_what_reads_as_a_sum_or_a_product_is_no_name(name: str) -> None:
    assert not is_name(name)


def template(**parts: int | str) -> dict[str, Any]:
    """A form in a.x, a.g, b.x, b.g (0 to 3) and a.f, b.f, by names such as f0 or x01."""
    return {" ".join(k[1:]): {"p": [str(c)], "q": ["1"]} for k, c in parts.items()}


SMOOTH: dict[str, Any] = {"f0": 1, "f1": -1, "x03": -1, "x23": 1, "x11": "-1/2", "x33": "-1/2", "x13": 1}


LEAST = template(f0=1, f1=-1, x11="-1/2")


@pytest.mark.parametrize(
    ("changed", "others", "is_one"),
    [
        ({}, {}, True),
        ({"x11": "-1/4", "x33": "-1/4", "x13": "1/2"}, {}, True),  # f'' <= 2
        ({}, {"to_minimizer": [LEAST]}, True),
        ({}, {"to_minimizer": [template(f0=1, f1=-1, x11="-1")]}, False),
        ({}, {"to_minimizer": [template(x00=-1, x22=-1, x02=2)]}, False),
        ({}, {"one": [template(x11=1)]}, False),
        ({"x00": -1, "x22": -1, "x02": 2}, {}, False),
        ({"x11": 0, "x33": 0, "x13": 0}, {}, False),  # nothing bounds the gradients
        ({"x11": "1/2", "x33": "1/2", "x13": -1}, {}, False),
        ({"x33": 0}, {}, False),
        ({"f1": 0}, {}, False),
    ],
)
def test_what_is_a_class_of_curvatures(changed: dict[str, Any], others: dict[str, Any], is_one: bool) -> None:
    parts = template(**(SMOOTH | changed))
    pair = {k: c for k, c in parts.items() if c["p"] != ["0"]}
    assert is_of_curvatures({"pair": [pair], "one": [], "to_minimizer": [], **others}) is is_one


def test_a_condition_that_changes_with_the_parameter_is_none_of_two_numbers() -> None:
    parts = template(**SMOOTH)
    parts["1 1"] = parts["3 3"] = rational_function([0, -1], [1])
    parts["1 3"] = rational_function([0, 2], [1])
    assert not is_of_curvatures({"pair": [parts], "one": [], "to_minimizer": []})


LIPSCHITZ = {"x01": 1, "x03": -1, "x12": -1, "x23": 1, "x11": -1, "x13": 2, "x33": -1}
SHRINKING = rational_function([-1, 2, -1], [1])  # -(t - 1)^2
OPENED = rational_function([1], [1, -2, 1])  # 1/(t - 1)^2


def of_an_operator(claim: Any, rows: list[Any], weights: list[Any], **asks: Any) -> dict[str, Any]:
    """A file about an operator with <dg, dx> >= |dg|^2 and further conditions, for t between 0 and 2."""
    vectors = ["x", *(f"A({at})" for at, _ in rows)]
    answers = [{"at": at, "x": x, "g": {str(i + 1): ONE}, "f": {}} for i, (at, x) in enumerate(rows)]
    whole = {"pair": [template(**LIPSCHITZ), *asks.get("pair", [])], "one": asks.get("one", []), "to_minimizer": []}
    case = {
        "fixed": {},
        "t": "h",
        "from": "0",
        "to": "2",
        "vectors": vectors,
        "values": [],
        "functions": [{"name": "A", "asks": whole, "rows": answers}],
        "conditions": [{"says": w["of"], "form": {}} for w in weights],
        "claims": [{"says": "claim", "form": claim, "step": False, "strict": False}],
    }
    parts = [{"fixed": {}, "claim": 0, "from": "0", "to": "2", "weights": weights}]
    return {"format": "refute proof 1", "cases": [case], "parts": parts}


ASKED_TWICE = [("x", {"0": ONE}), ("p_1", {"0": rational_function([0, 1], [1])})]
AT_ONE = {
    "a condition on an answer that says nothing at t = 1": of_an_operator(
        {"1 1": MINUS},
        [("x", {"0": ONE})],
        [{"of": "A at x", "number": 0, **OPENED}],
        one=[{"1 1": SHRINKING}],
    ),
    "a condition on two answers that says nothing at t = 1": of_an_operator(
        {"0 0": MINUS},
        [("x", {"0": ONE}), ("p_1", {})],
        [{"of": "A at x and p_1, condition 2", "number": 0, **OPENED}],
        pair=[{"0 0": SHRINKING, "0 2": rational_function([2, -4, 2], [1]), "2 2": SHRINKING}],
    ),
    "an operator that answers at one point alone": of_an_operator(
        {"0 0": MINUS},
        [("x", {}), ("p_1", {"0": rational_function([-1, 1], [1])})],
        [{"of": "A at x and p_1, condition 2", "number": 0, **OPENED}],
        pair=[template(x00=-1, x22=-1, x02=2, x11=-1, x33=-1, x13=2)],
    ),
    "an operator that answers on the unit sphere alone": of_an_operator(
        {"": MINUS},
        ASKED_TWICE,
        [
            {"of": "A at p_1", "number": 0, **rational_function([1], [-1, 0, 1])},
            {"of": "A at x, condition 2", "number": 1, **rational_function([0, 0, 1], [-1, 0, 1])},
        ],
        one=[{"": ONE, "0 0": MINUS}, {"": MINUS, "0 0": ONE}],
    ),
}


@pytest.mark.parametrize("name", AT_ONE)
def test_a_class_that_is_another_one_at_one_value_or_place_does_not_go_on(name: str) -> None:
    """Each claim is false at t = 1, where the weights have poles."""
    data = copy.deepcopy(AT_ONE[name])
    if "sphere" in name:
        data["cases"][0]["from"] = data["parts"][0]["from"] = "1"
    with pytest.raises(NoProof, match="has a pole"):
        check(data)


def test_a_claim_that_has_no_value_at_a_parameter_is_not_proved() -> None:
    data = of_an_operator({"": OPENED}, [("x", {"0": ONE})], [])
    with pytest.raises(NoProof, match="a claim has a pole"):
        check(data)


def test_the_origin_and_numbers_are_no_unknowns(proofs: dict[str, Any]) -> None:
    data = copy.deepcopy(proofs["tao-wang-2022/descent-step"])
    (case,) = data["cases"]
    origin = case["vectors"].index("0")
    check(data)
    case["claims"][0]["form"][f"{origin} {origin}"] = ONE
    with pytest.raises(NoProof, match="the origin"):
        check(data)
    for name in ("1", "0", "2 x", "1/2"):
        assert not is_name(name)


def of_curvatures(at: Any, weight: Any) -> dict[str, Any]:
    """A file about f with 0 <= f'' <= 1 and a minimizer at a point: then |grad f(x)|^2 <= 0, for h between 0 and 1."""
    rows = [
        {"at": "x", "x": {"0": ONE}, "g": {"1": ONE}, "f": {"0": ONE}},
        {"at": "*", "x": at, "g": {}, "f": {"1": ONE}},
    ]
    says = ["f at x above its model at *", "f at * above its model at x"]
    case = {
        "fixed": {},
        "t": "h",
        "from": "0",
        "to": "1",
        "vectors": ["x", "grad f(x)"],
        "values": ["f(x)", "f(*)"],
        "functions": [{"name": "f", "low": rational_function([0], [1]), "rows": rows}],
        "conditions": [{"says": s, "form": {}} for s in says],
        "claims": [{"says": "claim", "form": {"1 1": MINUS}, "step": False, "strict": False}],
    }
    weights = [{"of": s, "number": n, **weight} for n, s in enumerate(says)]
    parts = [{"fixed": {}, "claim": 0, "from": "0", "to": "1", "weights": weights}]
    return {"format": "refute proof 1", "cases": [case], "parts": parts}


def test_a_minimizer_that_an_answer_moves_does_not_go_on() -> None:
    """x - h grad f(x) is a minimizer of x^2/2 for h = 1 alone."""
    moved = {"0": ONE, "1": rational_function([0, -1], [1])}
    with pytest.raises(NoProof, match="has a pole"):
        check(of_curvatures(moved, rational_function([1], [1, -1])))


def test_a_class_has_one_description() -> None:
    data = of_curvatures({}, ONE)
    data["cases"][0]["functions"][0]["asks"] = {"one": [{"1 1": MINUS}], "pair": [], "to_minimizer": []}
    with pytest.raises(NoProof, match="one of curvatures, with low, or says what it asks"):
        check(data)
