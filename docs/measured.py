"""The tables of docs/experiments.md: what the recorded runs measured, and what the records say of it. `python -m docs.measured` writes them."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median

from refute import Runs
from refute.sources.discover import load, theorems_of

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "experiments.md"
RECORDS = ROOT / "theorems" / "experiments"
_TABLE = re.compile(r"(<!-- measured: (?P<name>\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def table(name: str) -> str:
    """Two tables: what the records of a file found, and median and range of each quantity that it measured."""
    theorems = theorems_of(RECORDS / f"{name}.py")
    (runs,) = theorems[0].variables["runs"].elements
    rows = ["| record | verdict | seen |", "| --- | --- | --- |"]
    for t in theorems:
        decision = t.itself.check({"runs": runs}).conclusion
        verdict = {True: "holds", False: "refuted", None: "undecided"}[decision.truth]
        rows.append(f"| `{t.id}` | {verdict} | {decision.says} |")
    images = runs.images.partition(", sha256")[0]
    rows += ["", f"{len(runs)} runs; {runs.scale}{images and f'; {images}'}.", ""]
    rows += ["| quantity | median | least | greatest |", "| --- | --- | --- | --- |"]
    says = _meanings(runs)
    for quantity in runs.names:
        values = sorted(map(float, runs[quantity]))
        words = says[quantity].replace("|", r"\|")
        rows.append(f"| {words} | {median(values):.4g} | {values[0]:.4g} | {values[-1]:.4g} |")
    return "\n".join(rows) + "\n"


def _meanings(runs: Runs) -> dict[str, str]:
    """What each quantity is, from the module that holds the runs."""
    module = load(RECORDS / "measured" / f"{runs.experiment.replace('-', '_')}.py")
    lines = (line.partition(": ") for line in (module.__doc__ or "").splitlines())
    return {name: words.rstrip(".") for name, _, words in lines}


def page(text: str) -> str:
    """The page with its tables as they are now."""
    return _TABLE.sub(lambda m: f"{m[1]}{table(m['name'])}{m[3]}", text)


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text()))
