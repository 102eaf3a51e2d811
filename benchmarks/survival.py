"""True statements with equality cases, 100,000 instances each: none may be refuted.

    python benchmarks/survival.py [--examples N] [--jobs 2]

One line per statement as it is done. Exit status 1 when a statement falls or an instance of an exact
statement stays undecided.
"""

import argparse
import sys
from concurrent.futures import as_completed

from refute.running.check import known_theorems, select
from refute.running.outline import Task
from refute.running.workers import Workers
from refute.search.budget import Budget
from refute.search.sampling import search
from refute.sources.discover import theorems_of
from refute.sources.files import bundled


def survive(task: Task, examples: int) -> tuple[str, bool]:
    """One statement: a line for people, and whether it stood with every instance decided."""
    theorem = next(t for t in theorems_of(task.file) if t.id == task.id)
    # Hypothesis keeps what it has seen: many seeds of moderate length cost less memory.
    decided = undecided = seed = 0
    fallen, tight, why = False, 0.0, ""
    while decided < examples and not fallen and seed < examples:
        seed += 1
        tally = search(theorem.itself, Budget(min(2000, examples), 32, None, seed))
        decided, undecided = decided + tally.decided, undecided + tally.undecided
        fallen = tally.counterexample is not None
        tight = max(tight, tally.tightness or 0.0)
        why = why or tally.why_undecided
    state = "REFUTED" if fallen else "survives"
    line = f"{theorem.id}: {state}, {decided} decided, {undecided} undecided, tightness {tight:.6g} {why}"
    return line, not fallen and undecided == 0


def main() -> int:
    """Run all exact true statements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100_000)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    known = [(f, t) for f, t in known_theorems([bundled()]) if t.status == "true" and not t.undecided]
    failed = 0
    with Workers(asked.jobs) as pool:
        for future in as_completed([pool.submit(survive, task, asked.examples) for task in select(known)]):
            line, stood = future.result()
            print(line, flush=True)
            failed += not stood
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
