"""The journal of the runs as tables."""

from collections.abc import Iterable
from statistics import median
from typing import Any

Runs = list[dict[str, Any]]
PEERS = ("hypothesis, our generators", "hypothesis, naive quadratics", "HypoFuzz", "PEPit")


def markdown(results: Iterable[dict[str, Any]], named: set[str]) -> str:
    """A summary by tool, then a line for each of the named needles."""
    runs = list(results)
    lines = [
        "| tool | needles tried | found in every run | found in some run | runs that found | certified | median seconds to find |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for tool in ("check", "hunt", *PEERS):
        for which, group in (("the fourteen", named), ("generated", None)):
            mine = [r for r in runs if r["tool"] == tool and (r["needle"] in named) == (group is not None)]
            if mine:
                label = f"refute, {tool} budget" if tool in ("check", "hunt") else tool
                lines.append(_summary(f"{label}: {which}", mine))
    twins = [r for r in runs if r["tool"] == "twin"]
    fallen = sorted({r["needle"] for r in twins if r["found"]})
    lines += ["", f"True twins refuted: {', '.join(fallen) or 'none'} ({len(twins)} runs).", ""]
    lines += [
        "| needle | check | hunt | hypothesis, our generators | hypothesis, naive | HypoFuzz | PEPit |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for needle in sorted(named):
        cells = [
            _cell([r for r in runs if r["needle"] == needle and r["tool"] == t]) for t in ("check", "hunt", *PEERS)
        ]
        lines.append(f"| {needle} | {' | '.join(cells)} |")
    missed = sorted({r["needle"] for r in runs if r["tool"] in ("check", "hunt") and not r["found"]})
    lines += ["", f"Missed in some run of refute: {'; '.join(missed) or 'none'}."]
    return "\n".join(lines) + "\n"


def _by_needle(runs: Runs) -> dict[str, Runs]:
    found: dict[str, Runs] = {}
    for r in runs:
        found.setdefault(r["needle"], []).append(r)
    return found


def _summary(label: str, runs: Runs) -> str:
    groups = _by_needle([r for r in runs if r.get("ran", True)]).values()
    every = sum(all(r["found"] for r in g) for g in groups)
    some = sum(any(r["found"] for r in g) for g in groups)
    hits = [r for r in runs if r["found"]]
    share = f"{len(hits)} of {sum(len(g) for g in groups)}"
    certified = f"{sum(r['certified'] for r in hits)}"
    seconds = f"{median(r['seconds'] for r in hits):.2f}" if hits else "-"
    return f"| {label} | {len(groups)} | {every} | {some} | {share} | {certified} | {seconds} |"


def _cell(runs: Runs) -> str:
    if not runs or not any(r.get("ran", True) for r in runs):
        return "-"
    hits = [r for r in runs if r["found"]]
    if not hits:
        return f"0 of {len(runs)}"
    return f"{len(hits)} of {len(runs)}, {median(r['seconds'] for r in hits):.2f} s"
