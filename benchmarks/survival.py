"""True statements with equality cases, 100,000 instances each: none may be refuted.

    python benchmarks/survival.py [--examples N]

One line per statement as it is done. Exit status 1 when a statement falls or an instance of an exact
statement stays undecided.
"""

import argparse
import sys

from refute.check import known_theorems
from refute.discover import bundled
from refute.search import Budget, search


def main() -> int:
    """Run all exact true statements."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100_000)
    examples = parser.parse_args().examples
    failed = 0
    for _, theorem in known_theorems([bundled()]):
        if theorem.status != "true" or theorem.undecided:
            continue
        # Hypothesis keeps what it has seen: many seeds of moderate length cost less memory.
        decided = undecided = seed = 0
        fallen, tight = False, 0.0
        while decided < examples and not fallen and seed < examples:
            seed += 1
            tally = search(theorem.itself, Budget(min(2000, examples), 32, None, seed))
            decided, undecided = decided + tally.decided, undecided + tally.undecided
            fallen = tally.counterexample is not None
            tight = max(tight, tally.tightness or 0.0)
        failed += fallen or undecided > 0
        state = "REFUTED" if fallen else "survives"
        print(f"{theorem.id}: {state}, {decided} decided, {undecided} undecided, tightness {tight:.6g}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
