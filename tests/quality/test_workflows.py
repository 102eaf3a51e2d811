"""The workflows that docs/ offers for GitHub and GitLab, their steps run one by one on a repository as its maintainer has it."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

DOCS = Path(__file__).parents[2] / "docs"
CLAIMS = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, Theorem, between, le

X = Annotated[Fraction, between(0, 4)]


def small(x: X) -> Claim:
    """x is at most 5."""
    return le(x, 5)


T = Theorem(small, source="p", label="small", text="paper.tex#l")
'''
PAPER = "\\begin{lemma}\\label{l} $x \\le 5$ \\end{lemma}\n"


def shell(folder: Path, words: str, **more: str) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    known = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "GITHUB_", "CI_"))}
    return subprocess.run(
        ["bash", "-ec", words], cwd=folder, capture_output=True, text=True, env={**known, "PATH": path, **more}
    )


def commit(folder: Path) -> str:
    done = shell(folder, "git add -A && git -c user.name=a -c user.email=a@b commit -qm change && git rev-parse HEAD")
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def theory(tmp_path: Path) -> Path:
    (tmp_path / "theorems").mkdir()
    (tmp_path / "theorems" / "claims.py").write_text(CLAIMS)
    (tmp_path / "paper.tex").write_text(PAPER)
    (tmp_path / ".gitignore").write_text(".refute/\nledger.json\njunit.xml\nrefute.sarif\n")
    assert shell(tmp_path, "git init -q && refute accept p/small --theorems theorems").returncode == 0
    commit(tmp_path)
    return tmp_path


def github(event: str, base: str) -> Iterator[str]:
    """The commands of the steps that run on this event, the installation left out."""
    for step in yaml.safe_load((DOCS / "github-workflow.yml").read_text())["jobs"]["claims"]["steps"]:
        condition = step.get("if", "always()")
        if (
            "run" in step
            and not step["run"].startswith("pip ")
            and (condition == "always()" or f"'{event}'" in condition)
        ):
            yield step["run"].replace("origin/${{ github.base_ref }}", base)


def gitlab(event: str, base: str) -> Iterator[str]:
    job = yaml.safe_load((DOCS / "gitlab-ci.yml").read_text())["claims"]
    variable = f"export CI_MERGE_REQUEST_DIFF_BASE_SHA={base if event == 'pull_request' else ''}\n"
    yield from (variable + step for step in (*job["script"], *job["after_script"]))


def failed(folder: Path, steps: Iterator[str]) -> list[str]:
    """The steps that end with another status than 0; the first of them ends a pipeline, and the report is written all the same."""
    found: list[Any] = [(step, shell(folder, step)) for step in steps]
    return [f"{step}: {done.stdout}{done.stderr}" for step, done in found if done.returncode]


@pytest.mark.parametrize("pipeline", [github, gitlab])
def test_a_repository_of_theory_has_the_right_colour(pipeline: Any, theory: Path) -> None:
    base = commit_of(theory)
    assert failed(theory, pipeline("push", base)) == []
    assert (theory / ".refute" / "base.json").is_file()
    assert (theory / "junit.xml").is_file()
    assert (theory / "refute.sarif").is_file()

    (theory / "ledger.json").unlink()
    (theory / "README.md").write_text("what this is")
    commit(theory)
    assert failed(theory, pipeline("pull_request", base)) == []

    (theory / "paper.tex").write_text(PAPER.replace("5", "3"))
    commit(theory)
    assert any("is now" in f for f in failed(theory, pipeline("pull_request", base)))

    (theory / "paper.tex").write_text(PAPER)
    (theory / "theorems" / "claims.py").write_text(CLAIMS.replace("le(x, 5)", "le(x, 3)"))
    assert shell(theory, "refute accept p/small --theorems theorems").returncode == 0
    commit(theory)
    red = failed(theory, pipeline("pull_request", base))
    assert any("refuted" in f for f in red)


def commit_of(folder: Path) -> str:
    return shell(folder, "git rev-parse HEAD").stdout.strip()
