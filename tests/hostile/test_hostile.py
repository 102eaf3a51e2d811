"""Bad files and options, each answered by one sentence and a status, never by a traceback."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from refute.cli.main import main
from refute.running.check import known_theorems
from refute.sources.files import bundled
from refute.verdicts.certificate import write

SUMMED = next(t for _, t in known_theorems([bundled()]) if t.id == "tao-wang-2022/summed-gradients")
DEEP = '{"type": "SeparableSum", "parts": [' * 400 + "1" + "]}" * 400

# What is put in the place of a part of a genuine certificate: path, value.
CERTIFICATES: dict[str, tuple[tuple[Any, ...], Any]] = {
    "h is zero": (("instance", "h"), "0"),
    "h is negative": (("instance", "h"), "-1"),
    "h at its limit": (("instance", "h"), "2"),
    "h beyond its limit": (("instance", "h"), "3"),
    "h a float": (("instance", "h"), 0.5),
    "h nan": (("instance", "h"), float("nan")),
    "h infinite": (("instance", "h"), float("inf")),
    "h nan as a string": (("instance", "h"), "nan"),
    "h with exponent": (("instance", "h"), "1e100000000"),
    "h divided by zero": (("instance", "h"), "1/0"),
    "h with sign in the denominator": (("instance", "h"), "1/-2"),
    "h with blanks": (("instance", "h"), " 1"),
    "h underscored": (("instance", "h"), "1_0"),
    "h in other digits": (("instance", "h"), "\u0661"),
    "h of a million digits": (("instance", "h"), "9" * 1_000_000),
    "h of many hex digits": (("instance", "h"), "0x" + "f" * 50_000),
    "h a list": (("instance", "h"), ["1"]),
    "h null": (("instance", "h"), None),
    "h true": (("instance", "h"), True),
    "N zero": (("instance", "N"), 0),
    "N negative": (("instance", "N"), -3),
    "N a string": (("instance", "N"), "1"),
    "N true": (("instance", "N"), True),
    "N huge": (("instance", "N"), 10**12),
    "N a float": (("instance", "N"), 1.0),
    "x empty": (("instance", "x"), []),
    "x of two dimensions": (("instance", "x"), ["1", "1"]),
    "x a number": (("instance", "x"), "1"),
    "x nested": (("instance", "x"), [["1"]]),
    "x elsewhere": (("instance", "x"), ["1000"]),
    "f missing its type": (("instance", "f"), {"knots": ["0"]}),
    "f of an unknown type": (("instance", "f"), {"type": "os.system"}),
    "f of a known type elsewhere": (("instance", "f"), {"type": "Minimum", "value": "0", "at": None}),
    "f a vector": (("instance", "f"), {"type": "Vec", "entries": ["1"]}),
    "f null": (("instance", "f"), None),
    "f a string": (("instance", "f"), "Quadratic"),
    "f without knots": (("instance", "f", "knots"), []),
    "knots equal": (("instance", "f", "knots"), ["1", "1"]),
    "knots falling": (("instance", "f", "knots"), ["3", "-3"]),
    "too few curvatures": (("instance", "f", "curvatures"), ["1"]),
    "falling at infinity": (("instance", "f", "curvatures"), ["-1", "-1", "-1"]),
    "an unknown profile": (
        ("instance", "f"),
        {"type": "RidgeSum", "terms": [{"type": "Ridge", "c": "1", "phi": "exp", "a": ["1"], "b": "0"}]},
    ),
    "no terms": (("instance", "f"), {"type": "RidgeSum", "terms": []}),
    "terms of two dimensions": (
        ("instance", "f"),
        {
            "type": "RidgeSum",
            "terms": [
                {"type": "Ridge", "c": "1", "phi": "cos", "a": ["1"], "b": "0"},
                {"type": "Ridge", "c": "1", "phi": "cos", "a": ["1", "2"], "b": "0"},
            ],
        },
    ),
    "a quadratic of no dimension": (
        ("instance", "f"),
        {"type": "Quadratic", "skew": [], "eigenvalues": [], "slopes": [], "centre": [], "value": "0"},
    ),
    "another theorem": (("theorem",), "tao-wang-2022/descent-lemma"),
    "an unknown theorem": (("theorem",), "nobody/nothing"),
    "a theorem that is a number": (("theorem",), 7),
    "a stale fingerprint": (("fingerprint",), "0123456789abcdef"),
    "a fingerprint that is null": (("fingerprint",), None),
    "another format": (("format",), "refute counterexample 0"),
    "an instance that is a list": (("instance",), []),
    "an instance with more": (("instance", "g"), "1"),
    "wrong digits": (("conclusion", "lhs"), "0.0"),
    "another conclusion": (("conclusion", "violated"), "second inequality: lhs <= rhs"),
    "a conclusion that is a word": (("conclusion",), "violated"),
    "something more": (("comment",), "trust me"),
}
TEXTS = {
    "empty": "",
    "not json": "refuted!",
    "a list": "[]",
    "a number": "1",
    "cut off": '{"format": "refute counterexample 1", "theorem": "tao',
    "a key twice": '{"format": "x", "format": "refute counterexample 1"}',
    "deeply nested": '{"format": ' + "[" * 50_000,
    "deep objects": f'{{"instance": {DEEP}}}',
    "an integer of many digits": '{"format": ' + "9" * 10_000 + "}",
}
HEAD = (
    "from fractions import Fraction\nfrom typing import Annotated\nfrom refute import Theorem, le, rationals, between\n"
)
THEOREMS = {
    "syntax error": "from refute import le\ndef f(:\n",
    "failing import": "from refute import le\nimport no_such_module_anywhere\n",
    "unknown name": "from refute import no_such_name\n",
    "failing at import": HEAD + "raise RuntimeError('no')\n",
    "no domain": HEAD + "def f(x: int):\n    return le(x, x)\nT = Theorem(f, source='s', label='l')\n",
    "unknown annotation": HEAD + "def f(x: 'Nowhere'):\n    return le(x, x)\nT = Theorem(f, source='s', label='l')\n",
    "a bad status": HEAD
    + "R = Annotated[Fraction, rationals()]\ndef f(x: R):\n    return le(x, x)\n"
    + "T = Theorem(f, source='s', label='l', status='proven')\n",
    "true without proof": HEAD
    + "R = Annotated[Fraction, rationals()]\ndef f(x: R):\n    return le(x, x)\n"
    + "T = Theorem(f, source='s', label='l', status='true')\n",
    "two of one id": HEAD
    + "R = Annotated[Fraction, rationals()]\ndef f(x: R):\n    return le(x, x)\n"
    + "A = Theorem(f, source='s', label='l')\nB = Theorem(f, source='s', label='l', text='a#b')\n",
    "a domain of a later variable": HEAD
    + "def f(x: Annotated[Fraction, lambda y: between(0, y)], y: Annotated[Fraction, rationals()]):\n"
    + "    return le(x, y)\nT = Theorem(f, source='s', label='l')\n",
    "a float in the body": HEAD
    + "R = Annotated[Fraction, rationals()]\ndef f(x: R):\n    return le(0.5 * x * x, x * x)\n"
    + "T = Theorem(f, source='s', label='l')\n",
    "a body that returns a truth value": HEAD
    + "R = Annotated[Fraction, rationals()]\ndef f(x: R):\n    return x <= x\n"
    + "T = Theorem(f, source='s', label='l')\n",
    "an empty domain": HEAD
    + "R = Annotated[Fraction, rationals()]\nfrom refute import Given, lt\ndef f(x: R):\n    return le(x, x)\n"
    + "T = Theorem(f, source='s', label='l', given=(Given('x^2 < 0', lambda x: lt(x * x, 0)),))\n",
    "text that is absent": HEAD
    + "R = Annotated[Fraction, rationals()]\ndef f(x: R):\n    return le(x, x)\n"
    + "T = Theorem(f, source='s', label='l', text='absent.tex#lem:a')\n",
}
OPTIONS = [
    (["check", "--examples", "many"], 2),
    (["check", "--examples", "-5"], 2),
    (["check", "--batch", "-1"], 2),
    (["check", "--jobs", "0"], 2),
    (["check", "--seed", "x"], 2),
    (["check", "--json", "/no/such/folder/a.json"], 1),
    (["check", "/no/such/path"], 1),
    (["check", "--no-such-option"], 2),
    (["check", "-k", "no theorem is called so"], 1),
    (["list", "/no/such/path"], 1),
    (["show"], 2),
    (["show", "nobody/nothing"], 1),
    (["verify", "/no/such/file"], 1),
    (["verify", "/"], 1),
    (["accept", "nobody/nothing"], 1),
    (["diff", "/no/such/file", "/no/such/file"], 1),
]


def answer(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


def one_sentence(output: str) -> bool:
    said = [line for line in output.splitlines() if line.startswith("refute: ")]
    return len(said) == 1 and len(said[0]) < 600 and "Traceback" not in output


def put(data: Any, path: tuple[Any, ...], value: Any) -> None:
    for k in path[:-1]:
        data = data[k]
    data[path[-1]] = value


def test_there_are_enough_of_them() -> None:
    assert len(CERTIFICATES) + len(TEXTS) + len(THEOREMS) + len(OPTIONS) >= 60


@pytest.mark.parametrize("name", CERTIFICATES)
def test_certificates(name: str, tmp_path: Path) -> None:
    path = write(SUMMED, SUMMED.refuted_at or {}, tmp_path)
    data = json.loads(path.read_text())
    put(data, *CERTIFICATES[name])
    path.write_text(json.dumps(data))
    status, output = answer("verify", path)
    assert status == 1, output
    assert one_sentence(output), output


@pytest.mark.parametrize("name", TEXTS)
def test_files_that_are_no_certificates(name: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.json"
    path.write_text(TEXTS[name])
    status, output = answer("verify", path)
    assert status == 1
    assert one_sentence(output), output


@pytest.mark.parametrize("name", THEOREMS)
def test_theorem_files(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "claims.py").write_text(THEOREMS[name])
    status, output = answer("check", tmp_path / "claims.py", "--examples", "20", "-j", "1", "-q")
    assert status == 1, output
    assert "Traceback" not in output
    said = [line for line in output.splitlines() if line.startswith("! ")]
    assert len(said) >= 1, output
    assert all("s/l" in line or line.startswith("! claims.py") for line in said), output
    assert " error !" in output, output


@pytest.mark.usefixtures("bundled_are_known")
@pytest.mark.parametrize(("arguments", "status"), OPTIONS, ids=lambda x: " ".join(x) if isinstance(x, list) else "")
def test_options(arguments: list[str], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found, output = answer(*arguments)
    assert found == status
    assert "Traceback" not in output
    if status == 1:
        assert one_sentence(output), output
