"""The command line, as a user in a folder calls it."""

import os
from pathlib import Path

from click.testing import CliRunner, Result

from refute.cli.main import main


def run(folder: Path, *words: str) -> Result:
    """refute with these words, in this folder."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        return CliRunner().invoke(main, [*words])
    finally:
        os.chdir(before)
