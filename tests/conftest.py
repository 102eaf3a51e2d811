"""One Hypothesis profile for these tests, the same with and without CI: a loaded machine fails none; and what several tests need once."""

import gc
import os
import shutil
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from refute.running.outline import kept_in, outlines
from refute.running.workers import OBJECTS
from refute.sources.files import bundled, theorem_files

gc.set_threshold(OBJECTS, 50, 50)  # as the processes of a check have it
settings.register_profile("tests", deadline=None, database=None, derandomize=True)
settings.load_profile("tests")


@pytest.fixture
def bundled_are_known(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The outlines of the bundled theorem files, which take seconds, are in the cache of the test's folder: all processes of a run make them once."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "outlines"
    with FileLock(f"{shared}.lock"):
        if not shared.exists():
            outlines(theorem_files([bundled()]), shared)
    shutil.copytree(kept_in(shared), kept_in(tmp_path), dirs_exist_ok=True)
