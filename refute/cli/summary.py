"""What a check ends with: the table, what is new, what is wrong, and what to do next."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Any

from refute.cli import show
from refute.cli.remarks import remarks
from refute.safety.plain import one_line
from refute.verdicts.record import Record


def conclude(records: Sequence[Record], terminal: Any) -> None:
    """Print the table and the words below it."""
    terminal.print(show.table(records))

    def put(text: str, style: str = "") -> None:
        # In one line, however narrow the terminal is: a command is there to be copied.
        terminal.print(one_line(text), markup=False, highlight=False, soft_wrap=True, style=style)

    for r in (r for r in records if r.is_news):
        put(f"News: {r.id}, which was open, is refuted.", style="bold magenta")
        for shown in r.shown:
            put(f"    {shown}")
        put(f"  Keep it in the theorem file with: refute adopt {os.path.relpath(r.certificate)}")
    for text in (*_alarms(records), *_drawn(records), *_remarks(records), *_certificates(records), _counts(records)):
        put(text)


def _alarms(records: Iterable[Record]) -> Iterable[str]:
    for r in (r for r in records if not r.as_expected and not r.is_news):
        why = r.why or f"{r.verdict}, but its status is {r.status}"
        yield f"! {why}" if why.startswith(r.id) else f"! {r.id}: {why}"
        yield from (f"    {shown}" for shown in r.shown)


def _drawn(records: Iterable[Record]) -> Iterable[str]:
    """Of open statements that hold: for what. A class is drawn from some of its members, a number from a part of its range. Of proofs: what they take an author's word for."""
    for r in (r for r in records if r.verdict == "proved" and r.assumed):
        yield f"  {r.id} is proved for what satisfies the conditions of its classes; that the members which drawn= gives do is the word of who wrote them, tried at a few points"
    for r in (r for r in records if r.verdict == "vacuous" and r.drawn):
        parts = [f"{name} {what}" for name, what in r.drawn.items()]
        yield f"  {r.id} is vacuous for what was drawn: {'; '.join(parts)}; that nothing else meets its hypotheses is the word of its proof"
    for r in (r for r in records if r.status == "open" and r.verdict == "holds"):
        parts = [f"{name} {what}" if name != "instances" else f"{what} instances" for name, what in r.drawn.items()]
        if r.settings:
            parts.append(
                f"decided for all functions at {r.settings['decided']} of {r.settings['of']} settings of its numbers"
            )
        yield f"  {r.id} holds for what was drawn: {'; '.join(parts)}; refute prove {r.id} says why that is no proof"


def _remarks(records: Iterable[Record]) -> Iterable[str]:
    for r in (r for r in records if r.status != "-"):
        yield from (f"  {r.id}: {remark}" for remark in remarks(r.statement))


def _certificates(records: Iterable[Record]) -> Iterable[str]:
    files = [os.path.relpath(r.certificate) for r in records if r.certificate]
    if len(files) == 1:
        yield f"Check it again with: refute verify {files[0]}"
    elif files:
        yield f"{len(files)} counterexamples are in {os.path.dirname(files[0])}; check one again with: refute verify {files[0]}"


def _counts(records: Sequence[Record]) -> str:
    files = sum(r.status == "-" for r in records)
    news, old = (sum(getattr(r, name) for r in records) for name in ("is_news", "remembered"))
    total, good = len(records) - files, sum(r.as_expected for r in records)
    answered = f", {news} open and refuted" if news else ""
    broken = f", {files} broken files" if files else ""
    again = f"; {old} from before (=), --fresh checks them again" if old else ""
    return f"{total} theorem{'s' * (total != 1)}, {good} as expected{answered}{broken}{again}"
