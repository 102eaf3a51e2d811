"""Hunting on two processes against one: `python benchmarks/workers.py [SECONDS]`, on an idle machine with two cores."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from refute.running.check import known_theorems, select
from refute.running.hunt import Hunt, run
from refute.sources.files import bundled


def rate(jobs: int, seconds: float) -> float:
    """Certified instances a second, over all bundled statements that are not known to be false."""
    standing = [(f, t) for f, t in known_theorems([bundled()]) if t.status in ("true", "open")]
    with TemporaryDirectory() as folder:
        hunt = Hunt(Path(folder), select(standing))
        run(hunt, seconds, jobs=jobs, turn_seconds=seconds / 40 * jobs)
    # Both hunts give every statement the same share of its time.
    return sum(q.decided for q in hunt.quarries.values()) / seconds


def main() -> int:
    """One process, then two, twice over; prints the ratio of the sums."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 60.0
    one = two = 0.0
    for _ in range(2):
        one += rate(1, seconds)
        two += rate(2, seconds)
    print(f"one process {one / 2:.0f} certified instances a second, two {two / 2:.0f}: {two / one:.2f} times")
    return 0


if __name__ == "__main__":
    sys.exit(main())
