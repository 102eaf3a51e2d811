"""The report as Markdown, for the summary of a run of continuous integration."""

from __future__ import annotations

from collections.abc import Sequence

from refute.report.entries import Entry, Report
from refute.report.prose import markdown
from refute.verdicts.diff import Change


def summary(report: Report, changes: Sequence[Change] | None = None) -> str:
    """Counts, what is not as expected, what changed, the errata, then a table for each source."""
    counts = ", ".join(f"{shape} {n} {verdict}" for verdict, shape, n in report.counts())
    rows = ["# refute", "", f"{len(report.entries)} statements, checked {report.date}: {counts}."]
    rows += ["", *(f"- News: `{e.id}` was open, and is refuted." for e in report.news)]
    if report.bad or not report.news:
        wrong = len(report.bad) + len(report.broken)
        rows += ["", "All as expected." if not wrong else f"**{wrong} not as expected:**", ""]
    rows += [
        f"- `{e.id}`: {e.verdict}, status {e.theorem.status}. {markdown(str(e.record.get('why') or ''))}"
        for e in report.bad
    ]
    rows += [f"- `{path.name}` cannot be read: {markdown(why)}" for path, why in report.broken]
    if report.missing:
        rows += ["", f"{len(report.missing)} known statements are not in this ledger, or have changed since."]
    if changes is not None:
        rows += ["", "## What changed", ""]
        rows += [f"- `{c.id}`: {markdown(c.says)}{' **(worse)**' if c.worse else ''}" for c in changes] or ["Nothing."]
    rows += ["", "## Errata", ""] if report.errata else []
    for e in report.errata:
        rows += [
            f"### {e.theorem.source}: {e.theorem.label}",
            "",
            f"Claimed: {markdown(e.statement)}",
            "",
            *_found(e),
            "",
        ]
    for source, labels in report.sources.items():
        rows += [
            "",
            f"## {source}",
            "",
            "| statement | verdict | N | tightness | mutants |",
            "| --- | --- | --- | --- | --- |",
        ]
        rows += [_row(e) for group in labels.values() for e in group]
    if report.not_tried:
        rows += ["", "## Not tried", "", *(f"- `{n.id}`: {markdown(n.why)}" for n in report.not_tried)]
    return "\n".join(rows) + "\n"


def _found(e: Entry) -> list[str]:
    found = []
    if e.found is not None:
        found.append(f"Found: {', '.join(f'${v.equation}$ {v.words}'.strip() for v in e.found.values)}.")
        sides = ", ".join(f"`{written}` = {value}" for written, value in e.found.sides)
        found.append(markdown(e.found.verdict) + (f", where {sides}" if sides else ""))
    else:
        found.append(f"Found: {e.means}.")
    found += [f"True instead: `{t.id}`." for t in e.repairs]
    return [*found, f"Check: `{e.command}`"]


def _row(e: Entry) -> str:
    tight = e.record.get("tightness")
    mutants = e.record["mutants"]
    return " | ".join(
        (
            f"| `{e.id}`",
            f"{e.shape} {e.verdict}{'' if e.as_expected else ' **!**'}",
            str(e.record.get("examples", "")),
            "-" if tight is None else f"{tight:.4g}",
            (f"{mutants['killed']}/{mutants['total']}" if mutants["total"] else "-") + " |",
        )
    )
