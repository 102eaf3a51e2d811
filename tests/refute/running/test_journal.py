"""Journals: nothing acknowledged is lost, a torn line is passed over."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from refute.running.journal import append, read


def test_records_come_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "j.jsonl"
    for i in range(5):
        append(path, {"i": i, "word": "é"})
    assert [r["i"] for r in read(path)] == [0, 1, 2, 3, 4]
    assert list(read(tmp_path / "absent")) == []


def test_torn_and_damaged_lines_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    append(path, {"i": 0})
    with path.open("ab") as f:
        f.write(b'00000000 {"i": 1}\nabcdef12 {"i"')
    append(path, {"i": 2})
    assert [r["i"] for r in read(path)] == [0, 2]


def test_kill_9_loses_nothing_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "j.jsonl"
    code = (
        "import sys\nfrom pathlib import Path\nfrom refute.running.journal import append\n"
        "for i in range(10**6):\n    append(Path(sys.argv[1]), {'i': i, 'pad': 'x' * 500})\n    print(i, flush=True)\n"
    )
    for _ in range(3):
        done = len(list(read(path)))
        worker = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
        assert worker.stdout is not None
        acknowledged = 0
        deadline = time.monotonic() + 20
        while acknowledged < 40 and time.monotonic() < deadline:
            worker.stdout.readline()
            acknowledged += 1
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        worker.stdout.close()
        assert len(list(read(path))) >= done + acknowledged
