"""Profiles: how hard a search tries, by name."""

from pathlib import Path

import pytest

from refute.errors import BadInput
from refute.search.budget import configured_profile


@pytest.mark.parametrize(
    ("text", "name"),
    [(None, "default"), ("", "default"), ("[tool.refute]\nprofile = 'deep'\n", "deep"), ("[tool.ruff]\n", "default")],
)
def test_the_profile_of_a_project(text: str | None, name: str, tmp_path: Path) -> None:
    if text is not None:
        (tmp_path / "pyproject.toml").write_text(text)
    assert configured_profile(tmp_path) == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[tool.refute]\nprofile = 'fast'\n", "'fast' of \\[tool.refute\\] is none of quick, default, deep"),
        ("[tool", "pyproject.toml: "),
    ],
)
def test_a_profile_that_is_none(text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(BadInput, match=says):
        configured_profile(tmp_path)
