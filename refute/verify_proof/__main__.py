"""python -m refute.verify_proof FILE ...: check files, within a time."""

from __future__ import annotations

import json
import os
import signal
import sys
from typing import Any

from refute.verify_proof.check import check
from refute.verify_proof.polynomials import NoProof

# So many seconds of processor time a file may take.
SECONDS = 60


def main(files: list[str]) -> int:
    """Check files; exit status 1 where one is no proof."""
    failed = not files
    for name in files:
        try:
            _clock(SECONDS)
            with open(name, encoding="utf-8") as file:
                shown = check(json.load(file))
        except (
            NoProof,
            OSError,
            ValueError,
            KeyError,
            TypeError,
            AttributeError,
            IndexError,
            ZeroDivisionError,
            RecursionError,
        ) as why:
            print(f"{name}: no proof: {_plain(str(why)) or type(why).__name__}")
            failed = True
            continue
        finally:
            _clock(0)
        print(f"{name}: a proof")
        print("\n".join(f"  {_plain(line)}" for line in shown))
    return int(failed)


def _plain(text: str) -> str:
    """A line of a file, whose control characters would hide or move what is read."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _too_long(*_: Any) -> None:
    raise NoProof(f"not decided within {SECONDS} s of processor time")


def _clock(seconds: float) -> None:
    """Raise NoProof after so many seconds of processor time from now; 0: no more. Where the system has no such clock it does nothing."""
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGVTALRM, _too_long)
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds)


if __name__ == "__main__":
    try:
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(errors="backslashreplace")
        status = main(sys.argv[1:])
        sys.stdout.flush()
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        status = 1
    sys.exit(status)
