"""What a commit range touches: theorem files, what they import, what they link."""

import subprocess
from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.safety.files import HOME
from refute.sources.changed import changed_files, dependencies, touched


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=t", "-c", "user.email=t@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def test_only_what_a_change_touches(conjectures: Path) -> None:
    folder = conjectures.parent
    (folder / "helper.py").write_text("BOUND = 1\n")
    user = folder / "uses_helper.py"
    user.write_text("from refute import le\nfrom helper import BOUND\n")
    git(folder, "init")
    git(folder, "add", "-A")
    git(folder, "commit", "-m", "start")
    assert touched([conjectures, user], changed_files("HEAD", folder)) == []
    (folder / "helper.py").write_text("BOUND = 2\n")
    assert touched([conjectures, user], changed_files("HEAD", folder)) == [user]
    (folder / "new.py").write_text("")
    assert (folder / "new.py").resolve() in changed_files("HEAD", folder)
    conjectures.write_text(conjectures.read_text() + "\n")
    assert touched([conjectures, user], changed_files("HEAD", folder)) == [conjectures, user]


def test_the_linked_text_and_the_engine_are_dependencies(conjectures: Path) -> None:
    (conjectures.parent / "paper.tex").write_text("")
    linked = conjectures.with_name("linked.py")
    linked.write_text(conjectures.read_text().replace('label="amgm",', 'label="amgm", text="paper.tex#lem:amgm",'))
    names = {p.name for p in dependencies(linked)}
    assert {"paper.tex", "linked.py", "theorem.py", "sampling.py"} <= names


def test_names_that_a_stub_finds_are_dependencies(tmp_path: Path) -> None:
    file = tmp_path / "claim.py"
    file.write_text("from objectives import GD\nfrom refute import le\n")
    names = {p.relative_to(HOME).as_posix() for p in dependencies(file) if p.is_relative_to(HOME)}
    assert {"objectives/methods/gradient_descent.py", "objectives/functions/quadratic.py"} <= names


def test_relative_imports_are_dependencies(tmp_path: Path) -> None:
    package = tmp_path / "notes"
    package.mkdir()
    (package / "__init__.py").write_text("from . import constants\nfrom .more import x\n")
    (package / "constants.py").write_text("")
    (package / "more.py").write_text("x = 1\n")
    file = tmp_path / "claim.py"
    file.write_text("from refute import le\nfrom notes import x\n")
    assert {"constants.py", "more.py"} <= {p.name for p in dependencies(file)}


def test_bad_bases_get_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="--changed: fatal"):
        changed_files("HEAD", tmp_path)


def test_a_base_that_was_not_fetched_is_said(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    with pytest.raises(BadInput, match=r"bad revision .* \(in CI the history has to be fetched: fetch-depth: 0\)"):
        changed_files("origin/main", tmp_path)
