"""The long attacks: python -m benchmarks.attacks [expressions N | maps N | forgeries N | kills N | disks N] [--seed S] [--jobs J]."""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from benchmarks.attacks.shares import attack
from refute.running.workers import Workers

NUMBERS = {"expressions": 200_000, "maps": 5_000, "forgeries": 20_000, "kills": 300, "disks": 50}


def main() -> int:
    """Run one attack, or all; prints how often each outcome occurred. Exit status 1 where one is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", help="an attack and how often; all at full length by default")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args()
    names = dict(zip(asked.what[::2], map(int, asked.what[1::2]), strict=True)) or NUMBERS
    wrong = 0
    for name, n in names.items():
        started = time.monotonic()
        found: Counter[str] = Counter()
        shares = 8 * asked.jobs
        with Workers(asked.jobs) as pool:
            for f in [pool.submit(attack, name, max(1, -(-n // shares)), asked.seed * 1000 + i) for i in range(shares)]:
                found += f.result()
        bad = sum(k for says, k in found.items() if "WRONG" in says or says.startswith("decided"))
        wrong += bad
        print(f"{name}: {sum(found.values())} in {time.monotonic() - started:.0f} s, {bad} wrong", flush=True)
        for says, k in found.most_common(12):
            print(f"  {k:8d} {says[:160]}", flush=True)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
