"""What a check shows while it runs."""

import io
import time
from dataclasses import dataclass, replace

import pytest
from rich.console import Console

from refute.cli import progress
from refute.cli.progress import Progress, shown
from refute.verdicts.record import Record

A = Record("k/a", "a.py", "k", "a", "printed", "open", "", verdict="holds", as_expected=True)
B = replace(A, id="k/b", verdict="refuted", as_expected=False)


@dataclass(frozen=True)
class Job:
    id: str


def test_what_runs_and_how_far_it_is() -> None:
    p = Progress(["k/a", "k/b", "k/c"], {"k/a": 30.0, "k/b": 10.0})
    p.told(Job("k/a"), 0, 0)
    p.told(Job("k/b"), 0, 0)
    p.told(Job("k/b"), 120, 1000)
    assert p.words() == "k/a 0 s, k/b 0 s (120 of 1000)"
    assert p.left is None
    p.started -= 30
    p.ended(A)
    assert p.share == pytest.approx(0.5)  # nothing is known of k/c: it counts as the mean
    assert p.left == pytest.approx(30, abs=0.5)
    p.ended(B)
    assert p.line() == "0:30: 2 of 3, about 0:15 left; refuted: k/b; now nothing"


def test_a_log_has_a_line_for_each_record() -> None:
    said = io.StringIO()
    with shown(Progress(["k/a"], {}), Console(file=said), False, lambda r: f"line of {r.id}") as tell:
        tell(A)
    assert said.getvalue() == ""


def test_a_quiet_check_says_something_every_minute(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.05)
    with shown(Progress(["k/a", "k/b"], {}), Console(file=io.StringIO()), True, lambda r: "") as tell:
        tell(A)
        time.sleep(0.3)
    assert "1 of 2" in capsys.readouterr().out


def test_a_terminal_shows_what_runs() -> None:
    said = io.StringIO()
    p = Progress(["k/a", "k/b"], {})
    with shown(p, Console(file=said, force_terminal=True, width=100), False, lambda r: f"line of {r.id}") as tell:
        p.told(Job("k/b"), 3, 1000)
        tell(A)
        tell(B)
        time.sleep(0.3)
    assert "line of k/b" in said.getvalue()
    assert "line of k/a" not in said.getvalue()
    assert "2 of 2" in said.getvalue()
