"""What the commands share: their options, and errors of one sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from refute.errors import BadInput
from refute.safety.plain import one_line, plain

PATHS = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
THEOREMS = click.option(
    "--theorems",
    "folders",
    multiple=True,
    type=click.Path(path_type=Path),
    help="Folders or files with theorems, besides the bundled ones.",
)


def say(text: str = "", *, err: bool = False) -> None:
    """Print one line; no character of it reaches the terminal but as itself."""
    click.echo(one_line(text), err=err)


def say_page(text: str) -> None:
    """Print text of several lines."""
    click.echo(plain(text))


class Interrupted(KeyboardInterrupt):
    """Ctrl-C; the message says what was finished and how to go on."""


def one_sentence(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn BadInput into one line on standard error and exit status 1."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except BadInput as why:
            say(f"refute: {' '.join(str(why).split())}", err=True)
            sys.exit(1)
        except KeyboardInterrupt as why:
            say(f"refute: interrupted{f'; {why}' if str(why) else ''}", err=True)
            sys.exit(130)
        except BrokenPipeError:
            raise  # whoever reads has seen enough: click ends quietly
        except OSError as why:
            file = f"{why.filename}: " if why.filename else ""
            say(f"refute: {file}{why.strerror or why}", err=True)
            sys.exit(1)

    return run


def seconds_of(length: str, option: str) -> float:
    """A length of time such as 90s, 10m or 2h, in seconds; raises BadInput."""
    units = {"s": 1, "m": 60, "h": 3600}
    number, unit = length[:-1], length[-1:]
    if unit not in units or not number.isascii() or not number.isdigit() or int(number) == 0:
        raise BadInput(f"{option} {length}: write a length such as 90s, 10m or 2h")
    return float(int(number) * units[unit])
