"""Power over many seeds: every false statement and every mutant is refuted, statements with a small counterexample, and every true one survives.

    python -m benchmarks.power [SEED ...]

The tests of tests/quality do this for one seed and for fewer instances.
"""

from __future__ import annotations

import sys
import time

from tests.quality.test_rediscovery import FALSE, MUTANTS, not_found, survives
from tests.quality.test_survival import EXACT, not_survived

SEEDS = (13, 14, 15)


def main(seeds: list[int]) -> int:
    """Print what fails, and how long it took; returns the number of failures."""
    failures = 0
    for seed in seeds or SEEDS:
        started = time.process_time()
        said = [(t.id, not_found(t, seed)) for t in FALSE] + [(t.id, not_survived(t, 1000, seed)) for t in EXACT]
        said += [(t.id, survives(t, m, seed)) for t, m in MUTANTS]
        for id_, why in said:
            if why:
                failures += 1
                print(f"seed {seed}: {id_}: {why}", flush=True)
        print(
            f"seed {seed}: {len(FALSE)} false and {len(EXACT)} true statements, {len(MUTANTS)} mutants, {time.process_time() - started:.0f} s of CPU",
            flush=True,
        )
    return failures


if __name__ == "__main__":
    sys.exit(min(1, main([int(s) for s in sys.argv[1:]])))
