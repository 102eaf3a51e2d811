"""What a check costs beside what it cost before: python -m benchmarks.costs [-k WORD] [--base COMMIT].

Both versions are cloned and installed in environments of their own, in a folder that is thrown away. Prints ratios of CPU seconds, new over
old: of the records that both have (all of them, and those with equal N), of a second check, and of the commands that only look around.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import resource
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BASE = "0ed593f"
CLAIM = '''from fractions import Fraction
from typing import Annotated
from refute import Claim, Theorem, le, rationals
X = Annotated[Fraction, rationals()]


def square(x: X) -> Claim:
    """2 x <= x^2 + 1."""
    return le(2 * x, x * x + 1)


T = Theorem(square, source="my", label="square")
'''


def _adopt() -> None:
    """Processes that outlive the one that started them (a server that forks workers) become children of this one, and count."""
    ctypes.CDLL(None).prctl(36, 1)


def _wait_for_all() -> None:
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)


@dataclass(frozen=True)
class Version:
    """An installed version, and a folder to work in."""

    home: Path
    python: Path
    work: Path

    def spent(self, *words: str, tab: bool = False) -> float:
        """CPU seconds of `refute WORDS`, its processes included; with `tab` of completing them."""
        shell = {"_REFUTE_COMPLETE": "bash_complete", "COMP_WORDS": " ".join(("refute", *words)), "COMP_CWORD": "2"}
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [self.python, "-m", "refute", *(() if tab else words)],
            cwd=self.work,
            stdout=subprocess.DEVNULL,
            env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | (shell if tab else {}),
            check=False,
        )
        _wait_for_all()
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    def records(self) -> dict[str, Any]:
        """The ledger by id."""
        return {r["id"]: r for r in json.loads((self.work / ".refute" / "ledger.json").read_text())}


def installed(commit: str, folder: Path) -> Version:
    """The version of a commit, in an environment of its own."""
    home, place, work = folder / "refute", folder / "venv", folder / "work"
    subprocess.run(["git", "clone", "-q", ROOT, home], check=True)
    subprocess.run(["git", "checkout", "-q", commit], cwd=home, check=True)
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "-e", str(home)], check=True)
    work.mkdir()
    (work / "claims.py").write_text(CLAIM)
    return Version(home, python, work)


def told(what: str, old: float, new: float) -> None:
    """One line of the table."""
    print(f"| {what} | {old:.2f} | {new:.2f} | {new / old:.2f} |", flush=True)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-k", default="", help="only records whose id contains this")
    parser.add_argument("--base", default=BASE, help="the commit to compare with")
    options = parser.parse_args()
    _adopt()
    with TemporaryDirectory() as folder:
        pair = [installed(c, Path(folder) / n) for c, n in ((options.base, "old"), ("HEAD", "new"))]
        old, new = pair
        print("| CPU seconds | before | now | ratio |\n| --- | --- | --- | --- |", flush=True)
        cold = [v.spent("check", "-q", *(["-k", options.k] if options.k else [])) for v in pair]
        before, after = (v.records() for v in pair)
        both = before.keys() & after.keys()
        told(f"`refute check`, {len(both)} records", *map(_part, cold, (before, after), (both, both)))
        same = {i for i in both if before[i]["examples"] == after[i]["examples"]}
        told(f"those with equal N, {len(same)}", *map(_part, cold, (before, after), (same, same)))
        for i in sorted(i for i in both if before[i]["verdict"] != after[i]["verdict"]):
            print(f"ANOTHER VERDICT {i}: {before[i]['verdict']}, {after[i]['verdict']}", flush=True)
        told("a second check", *(v.spent("check", "-q", *(["-k", options.k] if options.k else [])) for v in pair))
        id_ = min(i for i in both if before[i]["certificate"])
        file = str(Path(".refute") / "certificates" / Path(after[id_]["certificate"]).name)
        for words in (("list",), ("show", id_), ("verify", file), ("check", "claims.py", "--examples", "1", "-q")):
            times = [min(v.spent(*words) for _ in range(3)) for v in (old, new)]
            told(f"`refute {' '.join(words)}`", *times)
        told("TAB on an id", *(min(v.spent("show", "tao", tab=True) for _ in range(3)) for v in pair))
    return 0


def _part(whole: float, records: dict[str, Any], ids: set[str]) -> float:
    """The share of some records in the CPU seconds of a check, by the seconds of each. The first ledgers have those of the clock: on two cores with two workers they have one factor."""
    seconds = {i: r.get("cpu") or r["seconds"] for i, r in records.items()}
    return float(whole * sum(s for i, s in seconds.items() if i in ids) / sum(seconds.values()))


if __name__ == "__main__":
    sys.exit(main())
