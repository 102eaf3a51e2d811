"""pytest as a claims checker: theorem files are collected wherever they are.

Nothing heavy is imported until a theorem file is met; whether a file is one is decided by its text.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from refute.safety.plain import plain

PROPERTY = "refute"
# The records of this run, by file and id.
RECORDS = pytest.StashKey[dict[tuple[str, str], Any]]()
SLOW_ONES = pytest.StashKey[set[str]]()
SLOW = "refute_slow"
SLOW_SECONDS = 5.0
# Seconds of the clock that one statement gets, as in refute check.
TIMEOUT = 600.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options and ini values: how many instances each statement gets."""
    group = parser.getgroup("refute", "executable theorems")
    group.addoption(
        "--refute-examples",
        type=int,
        default=None,
        metavar="N",
        help="instances per statement (default: the ini value refute_examples, or what the profile says)",
    )
    parser.addini("refute_examples", "instances per statement", default="")
    group.addoption(
        "--refute-profile",
        choices=["quick", "default", "deep"],
        default=None,
        help="100, 1000 or 10000 instances per statement (default: profile of [tool.refute] in pyproject.toml)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """The marker of statements that take long: pytest -m "not refute_slow" leaves them out."""
    config.addinivalue_line(
        "markers",
        f"{SLOW}: a theorem whose last check took more than {SLOW_SECONDS:g} s of processor time (.refute/ledger.json)",
    )


def slow_ones(config: pytest.Config) -> set[str]:
    """The ids of the theorems whose last check took long, as far as the ledger of this folder knows."""
    if SLOW_ONES not in config.stash:
        from refute.verdicts.ledger import readable

        records = readable(Path(config.rootpath) / ".refute" / "ledger.json")
        config.stash[SLOW_ONES] = {str(r["id"]) for r in records if r.get("cpu", 0) > SLOW_SECONDS}
    return config.stash[SLOW_ONES]


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a Python file of theorems."""
    if file_path.suffix != ".py" or file_path.name.startswith(("test_", "conftest", "__init__")):
        return None
    try:
        text = file_path.read_bytes() if file_path.is_file() else b""
        if b"refute" not in text and b"Theorem" not in text:
            return None
    except OSError:
        pass  # collecting it will say why it cannot be read
    from refute.sources.files import is_theorem_file

    return TheoremFile.from_parent(parent, path=file_path) if is_theorem_file(file_path) else None


class TheoremFile(pytest.File):
    """A file of theorems."""

    def collect(self) -> Iterable[pytest.Collector]:
        """One collector for each theorem, so that claims.py::contraction names all that is asked about it."""
        from refute.errors import BadInput
        from refute.running.blank import blank_of
        from refute.sources.code import code_of
        from refute.sources.discover import theorems_of

        try:
            theorems, code = theorems_of(self.path), code_of(self.path)
        except BadInput as why:
            raise pytest.Collector.CollectError(plain(str(why))) from None
        functions = [t.name for t in theorems]
        for theorem in theorems:
            # Several readings of one function have the reading in their names.
            name = theorem.name if functions.count(theorem.name) == 1 else f"{theorem.name}:{theorem.reading}"
            # What the verdict depends on, as it is when the file is loaded.
            blank = blank_of(theorem, self.path, code, Path(self.config.rootpath))
            yield TheoremCollector.from_parent(self, name=name, theorem=theorem, blank=blank)


class TheoremCollector(pytest.Collector):
    """One theorem."""

    def __init__(self, *, theorem: Any, blank: Any, **rest: Any) -> None:
        super().__init__(**rest)
        self.theorem = theorem
        self.blank = blank

    def collect(self) -> Iterator[pytest.Item]:
        """One item for the search, and one for each stored instance and mutant."""
        theorem = self.theorem
        if theorem.status == "false":
            yield self._item("refuted")
            yield self._item("rediscovered")
        else:
            yield self._item("vacuous" if theorem.status == "vacuous" else "holds")
        for i, _ in enumerate(theorem.attained):
            yield self._item("attained", i, str(i))
        for i, mutant in enumerate(theorem.mutants):
            yield self._item("mutant", i, mutant.says)

    def _item(self, kind: str, index: int = 0, label: str = "") -> pytest.Item:
        name = kind + (f"[{label}]" if label else "")
        what = {"theorem": self.theorem, "blank": self.blank, "kind": kind, "index": index}
        made: pytest.Item = TheoremItem.from_parent(self, name=name, **what)
        if self.theorem.id in slow_ones(self.config):
            made.add_marker(SLOW)
        return made


class Failure(Exception):
    """A theorem that is not as its record says, in words for the terminal."""


class TheoremItem(pytest.Item):
    """One question about one theorem."""

    def __init__(self, *, theorem: Any, blank: Any, kind: str, index: int, **rest: Any) -> None:
        super().__init__(**rest)
        self.theorem = theorem
        self.blank = blank
        self.kind = kind
        self.index = index

    def runtest(self) -> None:
        """Answer the question; raises Failure."""
        from refute.errors import BadInput
        from refute.safety.failure import no_exit, told

        if self.kind == "mutant" and self._record().is_news:
            pytest.skip("not tried, since the statement itself is refuted")
        try:
            with no_exit():
                why = self._answer()
        except BadInput as bad:
            raise Failure(str(bad)) from None
        except (Failure, KeyboardInterrupt):
            raise
        except BaseException as end:  # pytest.skip and xfail in a body too: a claim that was not decided has not passed
            raise Failure(f"{self.theorem.id}: {told(end)}") from None
        if why:
            raise Failure(f"{self.theorem.id}: {why}")

    def _answer(self) -> str:
        match self.kind:
            case "holds" | "rediscovered" | "vacuous":
                return self._search()
            case "refuted":
                return self._problems("refuted_at: ")
            case "attained":
                return self._problems(f"attained[{self.index}]: ")
            case _:
                return self._mutant()

    def _record(self) -> Any:
        """The record of the theorem: from this run, or from before (.refute/cache), or from a check in a process of its own."""
        records = self.config.stash.setdefault(RECORDS, {})
        key = (str(self.path), self.theorem.id)
        if key not in records:
            records[key] = self._checked()
        return records[key]

    def _checked(self) -> Any:
        from refute.cli.terminal import counterexample_lines
        from refute.running.check import GRACE, run_task
        from refute.running.outline import Task, kept_in
        from refute.running.remembered import all_recalled, remember
        from refute.running.workers import Died, Late, Workers
        from refute.safety.cache import one_at_a_time

        budget, folder = self._budget(), Path(self.config.rootpath)
        if self.blank.verdict == "error":
            raise Failure(self.blank.why)
        # Another process of pytest-xdist may have the other items of this theorem.
        with one_at_a_time(kept_in(folder), [str(self.path), self.theorem.id]):
            known = all_recalled([(self.path, self.blank)], budget, folder, 1)
            if known:
                return known[0]
            with Workers(1, 1.25 * TIMEOUT + GRACE) as pool:
                task = Task(self.path, self.theorem.id, self.blank)
                try:
                    record = pool.submit(run_task, task, budget, folder, counterexample_lines).result()
                except Died as why:
                    raise Failure(f"{self.theorem.id}: {why}") from None
                except Late:
                    raise Failure(f"{self.theorem.id}: it did not end within {TIMEOUT:g} s and was killed") from None
            remember(record, self.blank, budget, folder)
            return record

    def _search(self) -> str:
        """The search from scratch; what is wrong with mutants and stored instances is said by items of their own."""
        from refute.verdicts.record import GREEN

        record = self._record()
        self.user_properties.append((PROPERTY, json.dumps(asdict(record))))
        problems = [p for p in record.problems if not p.startswith(("mutant ", "attained["))]
        if record.as_expected or (record.verdict in GREEN[record.status] and not problems):
            return ""
        shown = "".join(f"\n    {line}" for line in record.shown)
        file = os.path.relpath(record.certificate) if record.certificate else ""
        if record.is_news:
            return f"news: it was open, and is refuted{shown}\n  Keep it in the theorem file with: refute adopt {file}"
        found = (f"; check it again with: refute verify {file}" if file else "") + shown
        return f"{record.verdict}, status {record.status}" + (f" ({record.why})" if record.why else "") + found

    def _problems(self, begin: str) -> str:
        record = self._record()
        if record.verdict == "error":
            return str(record.why)
        return "; ".join(p.removeprefix(begin) for p in record.problems if p.startswith(begin))

    def _mutant(self) -> str:
        says, record = self.theorem.mutants[self.index].says, self._record()
        tried = record.mutants["total"] == len(self.theorem.mutants)
        why = self._problems(f"mutant {says!r}: ") if tried else f"not tried, since the verdict is {record.verdict}"
        self.user_properties.append((PROPERTY, json.dumps({"id": self.theorem.id, "mutant": says, "killed": not why})))
        return f"mutant {says!r}: {why}" if why else ""

    def _budget(self) -> Any:
        from refute.search.budget import PROFILES, Budget, configured_profile
        from refute.verdicts.examine import seed_of

        profile = self.config.getoption("--refute-profile") or configured_profile(Path(self.config.rootpath))
        instances, candidates = PROFILES[profile]
        option = self.config.getoption("--refute-examples")
        given = option if option is not None else self.config.getini("refute_examples") or instances
        try:
            examples = int(given)
        except ValueError:
            raise Failure(f"refute_examples = {given!r} is not a number") from None
        return Budget(max(1, examples), candidates, TIMEOUT, seed_of(self.theorem))

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        """Our failures in one paragraph; anything else as pytest shows it."""
        if isinstance(excinfo.value, Failure):
            return plain(str(excinfo.value))
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the statement stands."""
        line = self.theorem.statement.__code__.co_firstlineno
        return self.path, line - 1, f"{self.theorem.name}::{self.name}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line per theorem."""
    records: dict[str, dict[str, Any]] = {}
    mutants: dict[str, list[bool]] = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name != PROPERTY or getattr(report, "when", "") != "call":
                    continue
                data = json.loads(value)
                if "mutant" in data:
                    mutants.setdefault(data["id"], []).append(data["killed"])
                else:
                    records[data["id"]] = data
    if not records:
        return
    from refute.cli.show import rows as table_rows
    from refute.verdicts.record import Record

    terminalreporter.section("theorems")
    rows = []
    for data in records.values():
        killed = mutants.get(data["id"], [])
        data["mutants"] = {"killed": sum(killed), "total": len(killed), "survivors": []}
        rows.append(Record(**data))
    for line in table_rows(sorted(rows, key=lambda r: r.id)):
        terminalreporter.write_line(line)
