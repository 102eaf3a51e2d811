"""What a check shows while it runs: what each process does, what was refuted, how long it will take."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from refute.cli.common import say
from refute.safety.plain import plain
from refute.verdicts.record import Record

# Seconds between two lines of a check that prints none of its own.
EVERY = 60.0


class Progress:
    """The state of a check: what is finished, what runs and how far it is. `costs` are seconds that each theorem took before; those of
    which nothing is known count as the mean."""

    def __init__(self, ids: list[str], costs: Mapping[str, float]) -> None:
        known = [costs[i] for i in ids if i in costs]
        mean = sum(known) / len(known) if known else 1.0
        self.costs = {i: max(costs.get(i, mean), 0.01) for i in ids}
        self.finished: list[Record] = []
        self.running: dict[str, tuple[float, int, int]] = {}
        self.started = time.monotonic()

    def told(self, task: Any, decided: int, wanted: int) -> None:
        """A task has begun, or is so far."""
        since = self.running.get(task.id, (time.monotonic(), 0, 0))[0]
        self.running[task.id] = since, decided, wanted

    def ended(self, record: Record) -> None:
        """A record is there."""
        self.running.pop(record.id, None)
        self.finished.append(record)

    @property
    def elapsed(self) -> float:
        """Seconds since the check began."""
        return time.monotonic() - self.started

    @property
    def share(self) -> float:
        """How much of the work is done, measured by what it cost before."""
        done = sum(self.costs.get(r.id, 0.0) for r in self.finished)
        return done / max(sum(self.costs.values()), 1e-9)

    @property
    def left(self) -> float | None:
        """Seconds that are left at this rate; None while too little is known."""
        return self.elapsed * (1 - self.share) / self.share if self.share > 0.02 else None

    def words(self) -> str:
        """What runs: each theorem with its seconds, and its instances."""
        now = time.monotonic()
        parts = [
            f"{i} {now - since:.0f} s" + (f" ({decided} of {wanted})" if wanted else "")
            for i, (since, decided, wanted) in list(self.running.items())
        ]
        return ", ".join(parts)

    def line(self) -> str:
        """One line for a log."""
        refuted = [r.id for r in self.finished if r.is_news]
        left = f", about {clock(self.left)} left" if self.left is not None else ""
        news = f"; refuted: {', '.join(refuted)}" if refuted else ""
        return f"{clock(self.elapsed)}: {len(self.finished)} of {len(self.costs)}{left}{news}; now {self.words() or 'nothing'}"


def clock(seconds: float) -> str:
    """Minutes and seconds, 1:05."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


@contextmanager
def shown(
    progress: Progress, terminal: Any, quiet: bool, line: Callable[[Record], str]
) -> Iterator[Callable[[Record], None]]:
    """A block that yields what to call with each record: a live line on a terminal; elsewhere a line for each record, or with `quiet` one
    a minute."""
    if terminal.is_terminal and not quiet:
        with _live(progress, terminal, line) as tell:
            yield tell
        return
    over = threading.Event()

    def beat() -> None:
        while not over.wait(EVERY):
            say(progress.line())

    def tell_line(record: Record) -> None:
        progress.ended(record)
        if not quiet:
            say(line(record))

    threading.Thread(target=beat, daemon=True).start()
    try:
        yield tell_line
    finally:
        over.set()


@contextmanager
def _live(progress: Progress, terminal: Any, line: Callable[[Record], str]) -> Iterator[Callable[[Record], None]]:
    from rich.live import Live
    from rich.text import Text

    class Now:
        """Drawn anew four times a second."""

        def __rich__(self) -> Text:
            done, total = len(progress.finished), len(progress.costs)
            left = f", about {clock(progress.left)} left" if progress.left is not None else ""
            full = round(20 * progress.share)
            bar = "━" * full + "╺" + " " * (20 - full)
            return Text(plain(f"{bar} {done} of {total}, {clock(progress.elapsed)}{left}\n{progress.words()}"))

    with Live(Now(), console=terminal, transient=True, refresh_per_second=4) as live:

        def tell(record: Record) -> None:
            progress.ended(record)
            if not record.as_expected:
                live.console.print(plain(line(record)), markup=False)

        yield tell
