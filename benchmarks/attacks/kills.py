"""kill -9 at random moments and full disks: what was acknowledged is readable, and every run can be resumed.

A run acknowledges a record by printing its line, and a turn of a hunt by counting it. Disks are filled by a limit on the size of
the files that a process may write, which any user may set, or (as root) on a small tmpfs.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

CLAIMS = """from fractions import Fraction
from typing import Annotated
from refute import Claim, Theorem, le, rationals
R = Annotated[Fraction, rationals()]
"""
STATEMENT = '''
def s{i}(x: R, y: R) -> Claim:
    """A sum of squares."""
    return le(2 * x * y - {i}, x * x + y * y)
T{i} = Theorem(s{i}, source="k", label="s{i}")
def f{i}(x: R, y: R) -> Claim:
    """False."""
    return le(2 * x * y, x * x + y * y * Fraction(99, 100) - {i})
F{i} = Theorem(f{i}, source="k", label="f{i}")
'''


def claims(folder: Path, n: int = 6) -> Path:
    """A folder with a file of 2 n statements, half of them false."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "claims.py").write_text(CLAIMS + "".join(STATEMENT.format(i=i) for i in range(n)))
    return folder


def command(*words: str) -> list[str]:
    """refute with these words, output line by line."""
    return [sys.executable, "-u", "-m", "refute", *words]


def killed(words: list[str], folder: Path, after: float) -> list[str]:
    """The lines that a run had printed when it was killed so many seconds after its start; all where it had ended."""
    with (folder / "said.txt").open("w") as said:
        process = subprocess.Popen(
            command(*words), cwd=folder, stdout=said, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            process.wait(after)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    return (folder / "said.txt").read_text().splitlines()


def kill_a_check(folder: Path, after: float) -> str:
    """Whether every acknowledged record is in the ledger, whole, and the next check has the rest."""
    acknowledged = {
        line.split()[1] for line in killed(["check", ".", "--examples", "200"], folder, after) if " N=" in line
    }
    ledger = folder / ".refute" / "ledger.json"
    kept = {r["id"]: r for r in json.loads(ledger.read_text())} if ledger.exists() else {}
    if not acknowledged <= kept.keys():
        return f"WRONG: lost {sorted(acknowledged - kept.keys())}"
    for r in kept.values():
        if r["certificate"]:
            json.loads((folder / r["certificate"]).read_text())
    done = subprocess.run(command("check", ".", "--examples", "200", "-q"), cwd=folder, capture_output=True, text=True)
    if done.returncode != 1 or "12 theorems, 6 as expected" not in done.stdout:
        return f"WRONG: checked again, it says {done.stdout[-300:]}{done.stderr[-300:]}"
    return f"{'all' if len(acknowledged) == 12 else 'some' if acknowledged else 'none'} acknowledged"


def kill_a_hunt(folder: Path, after: float) -> str:
    """Whether every line of the journals is whole but for the last one, and the hunt goes on from them."""
    from refute.running.journal import read

    killed(["hunt", ".", "--for", "60s", "-j", "2"], folder, after)
    turns = 0
    for journal in (folder / ".refute" / "hunt").glob("*.jsonl"):
        lines = journal.read_bytes().split(b"\n")
        whole = len(list(read(journal)))
        turns += whole
        if whole < len([line for line in lines[:-1] if line]) - 1:
            return f"WRONG: {journal.name} has {len(lines)} lines, {whole} are whole"
    done = subprocess.run(command("hunt", ".", "--for", "1s", "--resume"), cwd=folder, capture_output=True, text=True)
    if f"resumed {turns} turns" not in done.stdout:
        return f"WRONG: {turns} turns, and it says {done.stdout[:200]}{done.stderr[-300:]}"
    return "turns kept" if turns else "none yet"


def fill_a_disk(folder: Path, most: int) -> str:
    """A check whose files may have so many bytes: its table is printed, one sentence says what is not kept, and what is in the
    ledger is whole."""
    limited = (
        f"import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        f"resource.setrlimit(resource.RLIMIT_FSIZE, ({most}, {most})); "
        "sys.argv = ['refute', 'check', '.', '--examples', '60', '-q']; from refute.cli.main import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", limited], cwd=folder, capture_output=True, text=True)
    if done.returncode != 1 or "12 theorems" not in done.stdout or "Traceback" in done.stdout + done.stderr:
        return f"WRONG: status {done.returncode}, {done.stdout[-300:]}{done.stderr[-600:]}"
    ledger = folder / ".refute" / "ledger.json"
    if ledger.exists():
        json.loads(ledger.read_text())
    if list((folder / ".refute").rglob("*.draft")):
        return "WRONG: a draft was left behind"
    return "said so" if "cannot be written" in done.stdout + done.stderr else "it fitted"


def attack(kills: int, disks: int, folder: Path, seed: int = 0) -> Counter[str]:
    """So many kills of checks and hunts in turn, and so many full disks; what became of them."""
    rng = random.Random(seed)
    found: Counter[str] = Counter()
    for i in range(kills + disks):
        here = claims(folder / str(i))
        started = time.monotonic()
        if i >= kills:
            kind, says = "disk", fill_a_disk(here, int(2 ** rng.uniform(5, 15)))
        elif i % 2:
            kind, says = "hunt", kill_a_hunt(here, rng.uniform(0.5, 6))
        else:
            kind, says = "check", kill_a_check(here, rng.uniform(0.5, 5))
        found[f"{kind}: {says}"] += 1
        if says.startswith("WRONG"):
            print(f"{kind} {i} after {time.monotonic() - started:.1f} s: {says}", flush=True)
    return found
