"""No theorem is passed over, and no verdict outlives what it was about: each of these once ended with status 0 on a false statement."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal

import pytest
from click.testing import Result

from refute.errors import BadInput
from refute.running.hunt import Hunt, Turn, take_turn
from refute.running.outline import outlined
from refute.running.workers import Died, Workers
from refute.sources.changed import changed_files, touched
from refute.sources.code import code_of, local_sources
from refute.sources.discover import theorems_of
from refute.sources.files import theorem_files
from refute.statements.data import decode, encode, read_json
from tests.commands import run

F = Fraction
FALSE = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, Theorem, le, log, rationals
X = Annotated[Fraction, rationals()]


def small(x: X) -> Claim:
    """x <= 5."""
    return le(x, 5)


SMALL = Theorem(small, source="x", label="small", status="false", refuted_at={"x": Fraction(6)})
'''
GOOD = (
    FALSE.replace("le(x, 5)", "le(0, x * x)")
    .replace("small", "good")
    .replace('status="false", refuted_at={"x": Fraction(6)}', 'status="open"')
)


def check(folder: Path, *more: str) -> Result:
    return run(folder, "check", ".", "-j", "1", "--examples", "20", "-q", *more)


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbf" + FALSE.encode(),
        b"# -*- coding: latin-1 -*-\n# L\xf6wner\n" + FALSE.encode(),
        FALSE.encode().replace(b"\n", b"\r"),
        FALSE.encode().replace(b"\n", b"\r\n"),
    ],
    ids=["a byte order mark", "a coding line", "CR", "CRLF"],
)
def test_a_file_that_python_reads_is_read(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_bytes(data)
    (file,) = theorem_files([tmp_path])
    assert [t.id for t in theorems_of(file)] == ["x/small"]


def test_a_file_that_python_does_not_read_is_no_silence(tmp_path: Path) -> None:
    (tmp_path / "good.py").write_text(GOOD)
    (tmp_path / "bad.py").write_bytes(FALSE.encode() + b"# \xff\n")
    found = check(tmp_path)
    assert found.exit_code == 1
    assert "bad.py" in found.output
    assert "1 theorem, 1 as expected, 1 broken files" in found.output


def test_theorems_are_found_however_deep(tmp_path: Path) -> None:
    held = "\nKEPT = {'all': [[SMALL]]}\nclass Kept:\n    one = Theorem(small, source='x', label='two')\ndel SMALL\n"
    file = tmp_path / "claims.py"
    file.write_text(FALSE + held)
    assert [t.id for t in theorems_of(file)] == ["x/small", "x/two"]


def test_a_changed_status_is_checked_anew(tmp_path: Path) -> None:
    file = tmp_path / "claims.py"
    file.write_text(FALSE)
    assert check(tmp_path).exit_code == 0
    file.write_text(FALSE.replace('status="false", refuted_at={"x": Fraction(6)}', 'status="true", proof="obvious"'))
    found = check(tmp_path)
    assert found.exit_code == 1
    assert "x/small: refuted, but its status is true" in found.output


def test_a_changed_helper_is_checked_anew(tmp_path: Path) -> None:
    text = FALSE.replace("from fractions", "from bounds import BOUND\nfrom fractions").replace(
        "le(x, 5)", "le(x, BOUND)"
    )
    text = text.replace('status="false", refuted_at={"x": Fraction(6)}', 'status="open"')
    (tmp_path / "claims.py").write_text(text.replace("rationals", "between").replace("between()", "between(0, 7)"))
    (tmp_path / "bounds.py").write_text("from more import BOUND\n")
    (tmp_path / "more.py").write_text("BOUND = 10**9\n")
    assert check(tmp_path).exit_code == 0
    assert check(tmp_path).exit_code == 0
    (tmp_path / "more.py").write_text("BOUND = 5\n")
    assert check(tmp_path).exit_code == 1


def test_each_folder_has_its_own_helpers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "bounds", raising=False)  # another test's
    found = {}
    for name, bound in (("one", 5), ("two", 7)):
        folder = tmp_path / name
        (folder / "inner").mkdir(parents=True)
        (folder / "bounds.py").write_text(f"from inner import more\nBOUND = {bound}\n")
        (folder / "inner" / "__init__.py").write_text("")
        (folder / "inner" / "more.py").write_text(f"MORE = {bound}\n")
        (folder / "claims.py").write_text(
            "from bounds import BOUND\nfrom inner.more import MORE\n" + FALSE.replace("le(x, 5)", "le(x, BOUND + MORE)")
        )
        found[name] = theorems_of(folder / "claims.py")[0].itself
    assert found["one"].check({"x": F(12)}).conclusion.truth is False
    assert found["two"].check({"x": F(12)}).conclusion.truth is True
    assert sys.modules["bounds"].BOUND == 5


def test_the_code_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "claims.py"
    file.write_text("import beside\n" + FALSE)
    (tmp_path / "beside.py").write_text("import deeper\n")
    (tmp_path / "deeper.py").write_text("")
    (tmp_path / "stranger.py").write_text("")
    assert {p.name for p in local_sources(file)} == {"claims.py", "beside.py", "deeper.py"}
    before = code_of(file)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(tmp_path, elsewhere, ignore=lambda folder, names: {"elsewhere"} & set(names))
    assert code_of(elsewhere / "claims.py") == before
    (tmp_path / "stranger.py").write_text("x = 1\n")
    assert code_of(file) == before
    (tmp_path / "deeper.py").write_text("x = 1\n")
    assert code_of(file) != before
    file.write_text("def\n")
    with pytest.raises(BadInput, match=r"claims\.py"):
        code_of(file)


def test_a_package_is_all_that_importing_it_runs(tmp_path: Path) -> None:
    for name in ("outer", "outer/inner", "twice"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
    (tmp_path / "outer" / "inner" / "consts.py").write_text("from . import BOUND\n")
    (tmp_path / "twice.py").write_text("")
    file = tmp_path / "claims.py"
    file.write_text("import outer.inner.consts\nimport twice\n" + FALSE)
    found = {str(p.relative_to(tmp_path.resolve())) for p in local_sources(file)}
    inner = {"outer/__init__.py", "outer/inner/__init__.py", "outer/inner/consts.py"}
    assert found == {"claims.py", "twice/__init__.py"} | inner


def test_an_acceptance_is_looked_at_when_a_record_is_taken_again(tmp_path: Path) -> None:
    file = tmp_path / "claims.py"
    file.write_text(GOOD)
    assert run(tmp_path, "accept", "x/good", "--theorems", ".").exit_code == 0
    kept = (tmp_path / "refute-accepted.json").read_text()
    (tmp_path / "refute-accepted.json").unlink()
    file.write_text(GOOD.replace("le(0, x * x)", "le(0, 2 * x * x)"))
    assert check(tmp_path).exit_code == 0
    (tmp_path / "refute-accepted.json").write_text(kept)
    found = check(tmp_path)
    assert found.exit_code == 1
    assert "stale" in found.output


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_changes_in_files_of_any_name_and_in_broken_ones(tmp_path: Path) -> None:
    names = [tmp_path / "théorème.py", tmp_path / "two words.py"]
    for file in names:
        file.write_text(FALSE)
    git(tmp_path, "init")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-m", "start")
    for file in names:
        file.write_text(FALSE + "\n")
    new = tmp_path / "né.py"
    new.write_text("from refute import\n")
    assert changed_files("HEAD", tmp_path) == {p.resolve() for p in (*names, new)}
    assert touched([new], set()) == [new]


def test_whatever_a_file_does_while_it_is_outlined_is_its_own_record(tmp_path: Path) -> None:
    bad = {
        "words.py": FALSE + "small.__doc__ = 5\n",
        "values.py": FALSE + "class L(list):\n    __class__ = property(lambda self: 1 / 0)\nKEPT = L()\n",
        "error.py": FALSE + "class E(Exception):\n    def __init__(self, a, b): pass\nraise E(1, 2)\n",
    }
    for name, text in bad.items():
        (tmp_path / name).write_text(text.replace('label="small"', f'label="{name}"'))
    long = GOOD.replace("le(0, x * x)", "le(0, " + " + ".join(["x * x"] * 700) + ")").replace('"good"', '"long"')
    (tmp_path / "long.py").write_text(long)
    (tmp_path / "good.py").write_text(GOOD)
    tasks, errors = outlined(theorem_files([tmp_path]), tmp_path, 1)
    assert {"x/good", "x/long"} <= {t.id for t in tasks}
    assert {"words.py", "error.py"} <= {r.module for r in errors}


def test_a_hunt_tells_what_it_did_not_decide_or_could_not_load(tmp_path: Path) -> None:
    (tmp_path / "open.py").write_text(GOOD.replace("le(0, x * x)", "le(log(-1), x)").replace("good", "open"))
    found = run(tmp_path, "hunt", ".", "--for", "1s", "-j", "1")
    assert found.exit_code == 1
    assert "x/open: no instance was decided" in found.output
    (tmp_path / "open.py").write_text(GOOD)
    assert run(tmp_path, "hunt", ".", "--for", "1s", "-j", "1").exit_code == 0
    (tmp_path / "z.py").write_text("from refute import Theorem\nimport posix; posix._exit(0)\n")
    found = run(tmp_path, "hunt", ".", "--for", "1s", "-j", "1")
    assert found.exit_code == 1
    assert "z.py: while it was loaded it ended its process" in found.output


def test_a_turn_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "claims.py").write_text(FALSE.replace('"false", refuted_at={"x": Fraction(6)}', '"open"'))
    (tmp_path / ".refute").write_text("no folder")
    (task,) = outlined([tmp_path / "claims.py"], tmp_path, 1)[0]
    result = take_turn(Turn(task, 1, 5.0, 0), tmp_path)
    assert 'refuted at {"x": "' in result["problem"]
    assert "cannot be written" in result["problem"]
    hunt = Hunt(tmp_path, [task])
    hunt.quarries[task.id].add(result)
    assert hunt.neediest() is None


def forked() -> str:
    """An answer, from a process that leaves another one behind."""
    if not os.fork():
        while True:
            pass
    return "done"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a platform that cannot fork cannot leave one behind")
def test_what_a_task_starts_ends_with_it() -> None:
    with Workers(1) as pool:
        assert pool.submit(forked).result(timeout=60) == "done"


def sleep() -> None:
    """A task that takes long."""
    time.sleep(600)


def test_a_task_that_is_being_started_when_all_are_ended_is_ended_too(monkeypatch: pytest.MonkeyPatch) -> None:
    pool = Workers(1)
    started = pool._context.Process

    def late(*arguments: Any, **more: Any) -> Any:
        pool.shutdown(wait=False, cancel_futures=True)
        return started(*arguments, **more)

    monkeypatch.setattr(pool._context, "Process", late)
    with pytest.raises(Died):
        pool.submit(sleep).result(timeout=60)


def test_a_claim_that_pytest_skips_has_not_passed(tmp_path: Path) -> None:
    text = FALSE.replace("    return le(x, 5)", "    if x > 5:\n        pytest.skip('later')\n    return le(x, 5)")
    text = text.replace("rationals()", "integers(0, 9)").replace("Fraction, ", "int, ").replace("rationals", "integers")
    text = text.replace('status="false", refuted_at={"x": Fraction(6)}', 'status="open"')
    (tmp_path / "claims.py").write_text("import pytest\n" + text)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "claims.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
    assert "Skipped: later" in done.stdout


@dataclass(frozen=True, kw_only=True)
class Kept:
    flag: bool
    maybe: Fraction | None
    pair: tuple[int, Fraction]
    word: Literal[1, "two"]
    large: int
    table: dict[str, Fraction]
    twice: Fraction = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "twice", 2 * self.pair[1])


@pytest.mark.parametrize("maybe", [None, F(1, 3)])
@pytest.mark.parametrize("word", [1, "two"])
def test_what_is_written_can_be_read(maybe: Fraction | None, word: Any) -> None:
    value = Kept(flag=False, maybe=maybe, pair=(3, F(1, 2)), word=word, large=10**40, table={"a": F(5)})
    assert decode(encode(value), Kept, (Kept,), "it") == value


def test_a_counterexample_of_a_class_without_equality_is_kept(tmp_path: Path) -> None:
    before = "@dataclass(frozen=True, eq=False)\nclass Held:\n    c: Fraction\n\n\n"
    domain = "Domain('held', lambda d: Held(Fraction(choose(d, 9)[0])), lambda f: known(True), (Held,))"
    text = FALSE.replace("X = Annotated", before + f"H = Annotated[Held, {domain}]\nX = Annotated")
    text = (
        text.replace("x: X", "x: H")
        .replace("le(x, 5)", "le(x.c, 5)")
        .replace("rationals\n", "rationals, Domain, known, choose\n", 1)
    )
    text = text.replace("Fraction(6)", "Held(Fraction(6))").replace(
        "from fractions", "from dataclasses import dataclass\nfrom fractions", 1
    )
    (tmp_path / "claims.py").write_text(text)
    found = check(tmp_path)
    assert found.exit_code == 0, found.output
    (certificate,) = (tmp_path / ".refute" / "certificates").glob("*.json")
    assert run(tmp_path, "verify", str(certificate), "--theorems", ".").exit_code == 0


@pytest.mark.parametrize(
    ("key", "data"),
    [
        ("flag", 0),
        ("maybe", 3),
        ("pair", [3]),
        ("pair", ["1/2", "1/2"]),
        ("word", "1"),
        ("word", True),
        ("large", 10**100),
        ("table", ["5"]),
        ("twice", "5"),
    ],
)
def test_what_was_not_written_is_not_read(key: str, data: Any) -> None:
    value = Kept(flag=False, maybe=None, pair=(3, F(1, 2)), word=1, large=10**40, table={})
    with pytest.raises(BadInput, match=rf"it\.{key}"):
        decode({**encode(value), key: data}, Kept, (Kept,), "it")


def test_data_of_too_many_entries_are_not_read() -> None:
    with pytest.raises(BadInput, match="more than 200000 entries"):
        read_json("[" + "[]," * 300_000 + "0]", "it")
