"""What the commands share: their options, and errors of one sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from refute.errors import BadInput

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
THEOREMS = click.option(
    "--theorems",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folders or files with theorems, besides the bundled ones.",
)


def one_sentence(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn BadInput into one line on standard error and exit status 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except BadInput as why:
            click.echo(f"refute: {' '.join(str(why).split())}", err=True)
            sys.exit(1)
        except KeyboardInterrupt:
            click.echo("refute: interrupted; what was finished is kept in .refute/ledger.json", err=True)
            sys.exit(130)

    return run


def paths_or_bundled(paths: Sequence[Path]) -> list[Path]:
    """The paths that were given, or the bundled theorems."""
    from refute.discover import bundled

    return list(paths) if paths else [bundled()]


def theorem_folders(folders: Sequence[Path]) -> list[Path]:
    """The bundled theorems, those of ./theorems, and these folders."""
    from refute.discover import bundled

    local = [Path("theorems")] if Path("theorems").is_dir() else []
    return list(dict.fromkeys(p.resolve() for p in (bundled(), *local, *folders)))
