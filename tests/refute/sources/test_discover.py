"""Discovery: by text, under private names, beside anything a user may have."""

import sys
from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.sources.discover import load, theorems_of
from refute.sources.files import bundled, is_theorem_file, theorem_files


def test_files_are_recognised_by_their_text(tmp_path: Path) -> None:
    yes = tmp_path / "a.py"
    yes.write_text("import os\nfrom refute import le\n")
    for name, text in (
        ("b.py", "# from refute import le\n"),
        ("c.py", "import refutation\n"),
        ("test_d.py", "from refute import le\n"),
        ("e.txt", "from refute import le\n"),
    ):
        (tmp_path / name).write_text(text)
    (tmp_path / "f.py").write_bytes(b"\xff\xfe")
    assert theorem_files([tmp_path]) == [yes.resolve()]
    assert is_theorem_file(yes)


def test_virtual_environments_and_hidden_folders_are_skipped(tmp_path: Path) -> None:
    for folder in ("env/lib", ".hidden", "site-packages"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "x.py").write_text("from refute import le\n")
    (tmp_path / "env" / "pyvenv.cfg").write_text("")
    assert theorem_files([tmp_path]) == []


def test_the_bundled_theorems_are_found() -> None:
    ids = [t.id for f in theorem_files([bundled()]) for t in theorems_of(f)]
    assert "tao-wang-2022/descent-lemma" in ids
    assert len(ids) == len(set(ids))


def test_private_names(conjectures: Path) -> None:
    module = load(conjectures)
    assert module.__name__.startswith("_refute_")
    assert "conjectures" not in sys.modules
    assert load(conjectures) is module


def test_a_folder_named_objectives_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = tmp_path / "objectives"
    theirs.mkdir()
    (theirs / "__init__.py").write_text("square = 'theirs'\n")
    (tmp_path / "claim.py").write_text("from objectives import square\nfrom refute import le\nfound = square(1).L\n")
    ours = {n: m for n, m in sys.modules.items() if n.split(".")[0] == "objectives"}
    for n in ours:
        monkeypatch.delitem(sys.modules, n)
    monkeypatch.syspath_prepend(str(tmp_path))
    import objectives

    assert vars(objectives)["square"] == "theirs"
    assert load(tmp_path / "claim.py").found == 1
    assert sys.modules["objectives"] is objectives


def test_a_file_beside_the_theorem_can_be_imported(tmp_path: Path) -> None:
    (tmp_path / "my_helper_functions.py").write_text("BOUND = 7\n")
    (tmp_path / "claim.py").write_text("from refute import le\nfrom my_helper_functions import BOUND\n")
    assert load(tmp_path / "claim.py").BOUND == 7
    assert str(tmp_path) not in sys.path


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("from refute import le\nx = (\n", r"bad.py, line 2: SyntaxError"),
        ("from refute import le\n\n1 / 0\n", "bad.py, line 3: ZeroDivisionError"),
        ("from refute import nothing_of_the_kind\n", "ImportError"),
        ("from refute import Theorem\nT = Theorem(len, source='S S', label='l')\n", "not a name"),
    ],
)
def test_files_that_cannot_be_loaded(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "bad.py").write_text(text)
    with pytest.raises(BadInput, match=says):
        load(tmp_path / "bad.py")


def test_bad_paths_and_equal_ids(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        theorem_files([tmp_path / "absent"])
    plain = tmp_path / "plain.py"
    plain.write_text("x = 1\n")
    with pytest.raises(BadInput, match="not a theorem file"):
        theorem_files([plain])
    twice = tmp_path / "twice.py"
    twice.write_text(
        "from typing import Annotated\nfrom fractions import Fraction\n"
        "from refute import Theorem, le, rationals\nR = Annotated[Fraction, rationals()]\n"
        "def f(x: R):\n    return le(x, x)\n"
        "A = Theorem(f, source='s', label='l')\nB = Theorem(f, source='s', label='l', status='open')\n"
    )
    with pytest.raises(BadInput, match="two theorems have the id s/l"):
        theorems_of(twice)
