"""One share of an attack, as a process of its own runs it."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from benchmarks.attacks import expressions, forgeries, kills, maps


def attack(name: str, n: int, seed: int) -> Counter[str]:
    """One share of an attack, in whichever process."""
    if name == "expressions":
        return expressions.attack(n, seed)
    if name == "maps":
        return maps.attack(n, seed)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        if name in ("kills", "disks"):
            return kills.attack(n if name == "kills" else 0, n if name == "disks" else 0, folder, seed)
        found: Counter[str] = Counter()
        for id_ in forgeries.CASES:
            found += forgeries.forged(id_, n // 8, folder, seed)
        return found + forgeries.damaged(n - 4 * (n // 8), folder, seed)
