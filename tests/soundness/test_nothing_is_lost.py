"""Full disks, folders that cannot be written, two processes, Ctrl-C, kill -9: what was acknowledged is readable, the table is printed."""

import contextlib
import errno
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.attacks.kills import claims, command, fill_a_disk, kill_a_check, kill_a_hunt
from refute.errors import BadInput
from refute.running import journal
from refute.safety.files import read_text, write_text
from refute.statements.data import MAX_BYTES, read_json
from refute.verdicts.ledger import save
from refute.verdicts.record import Record


def test_a_short_write_is_written_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: real(handle, data[:7]))
    journal.append(tmp_path / "j", {"id": "x" * 100, "i": 1})
    assert list(journal.read(tmp_path / "j")) == [{"id": "x" * 100, "i": 1}]


def test_a_full_disk_acknowledges_nothing_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    left, real = 700, os.write

    def full(handle: int, data: bytes) -> int:
        nonlocal left
        if not left:
            raise OSError(errno.ENOSPC, "No space left on device")
        n = real(handle, data[:left])
        left -= n
        return n

    monkeypatch.setattr(os, "write", full)
    acknowledged = []
    for i in range(20):
        with contextlib.suppress(OSError):
            journal.append(tmp_path / "j", {"id": "x" * 60, "i": i})
            acknowledged.append(i)
    assert 0 < len(acknowledged) < 20
    assert [r["i"] for r in journal.read(tmp_path / "j")] == acknowledged
    left = 10**6
    journal.append(tmp_path / "j", {"i": "after"})
    assert [r["i"] for r in journal.read(tmp_path / "j")] == [*acknowledged, "after"]


@pytest.mark.parametrize("most", [40, 700, 2500, 6000, 20_000])
def test_a_check_on_a_full_disk_prints_its_table(most: int, tmp_path: Path) -> None:
    assert not fill_a_disk(claims(tmp_path / "f"), most).startswith("WRONG")


def test_a_folder_that_cannot_be_written_is_one_sentence_with_the_table(tmp_path: Path) -> None:
    folder = claims(tmp_path / "f", 1)
    (folder / ".refute").write_text("a file where a folder belongs")
    done = subprocess.run(command("check", ".", "--examples", "30", "-q"), cwd=folder, capture_output=True, text=True)
    assert done.returncode == 1
    assert "2 theorems, " in done.stdout
    assert len([line for line in done.stderr.splitlines() if line.startswith("refute: ")]) == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert "cannot be written" in done.stderr


def test_a_failed_write_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_text(tmp_path / "a.json", "old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_text(tmp_path / "a.json", "new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    assert (tmp_path / "a.json").read_text() == "old"


def _write_often(path: Path, word: str) -> None:
    for i in range(300):
        write_text(path, f"{word}{i}" * 200)


def _save_often(path: Path, name: str) -> None:
    for i in range(12):
        save([Record(f"{name}{i}", "m", "s", "l", "printed", "open", "")], path, keep=True)


@pytest.mark.parametrize("work", [_write_often, _save_often])
def test_two_processes_in_one_folder(work: Any, tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    path = tmp_path / "one.json"
    both = [context.Process(target=work, args=(path, name)) for name in ("a", "b")]
    for p in both:
        p.start()
    for p in both:
        p.join()
    assert [p.exitcode for p in both] == [0, 0]
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".lock"] == ["one.json"]
    if work is _save_often:
        assert len(json.loads(path.read_text())) == 24


def test_ctrl_c_prints_what_is_finished_and_how_to_go_on(tmp_path: Path) -> None:
    folder = claims(tmp_path / "f", 3)
    (folder / "slow.py").write_text(
        "import time\nfrom fractions import Fraction\nfrom typing import Annotated\nfrom refute import Claim, Theorem, le, rationals\n"
        "R = Annotated[Fraction, rationals()]\ndef s(x: R) -> Claim:\n    time.sleep(1)\n    return le(x, x)\nT = Theorem(s, source='k', label='slow')\n"
    )
    process = subprocess.Popen(
        command("check", ".", "--examples", "60"),
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell ignores Ctrl-C for what it runs in the background, and what that starts inherits it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    with process:
        time.sleep(8)
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=60)
        finally:
            process.kill()  # else it, and its pipes, would fail other tests
    assert process.returncode == 130
    assert "theorems, " in out.splitlines()[-1]
    assert "refute: interrupted; 6 of 7 were finished; the next check goes on from there" in err
    assert "Traceback" not in out + err


def test_kills_lose_nothing(tmp_path: Path) -> None:
    assert not kill_a_check(claims(tmp_path / "c"), 2.5).startswith("WRONG")
    assert not kill_a_hunt(claims(tmp_path / "h"), 3.0).startswith("WRONG")


def test_a_second_check_keeps_what_is_of_the_same_statement_and_budget(tmp_path: Path) -> None:
    folder = claims(tmp_path / "f", 2)
    ledger = folder / ".refute" / "ledger.json"

    def dates(*more: str) -> dict[str, Any]:
        subprocess.run(
            command("check", ".", "-q", "--examples", "40", *more), cwd=folder, capture_output=True, check=False
        )
        return {r["id"]: (r["budget"], r["cpu"]) for r in json.loads(ledger.read_text())}

    first = dates()
    assert dates() == first
    (folder / "more.py").write_text((folder / "claims.py").read_text().replace('"k"', '"m"'))
    first = dates()
    assert dates() == first
    text = (folder / "claims.py").read_text()
    (folder / "claims.py").write_text(text.replace("le(2 * x * y - 1, x * x", "le(2 * x * y - 2, x * x"))
    second = dates()
    # A statement may read whatever its file holds: all of the file is checked anew, and nothing of another one.
    assert {i for i in first if first[i] != second[i]} == {i for i in first if i.startswith("k/")}
    third = dates("--batch", "16")
    assert all(third[i][0]["batch"] == 16 for i in third)


@pytest.mark.parametrize("n", [20_000, 190_000])
def test_duplicate_keys_are_found_in_linear_time(n: int) -> None:
    text = "{" + ",".join(f'"k{i:07d}":1' for i in range(n)) + f',"k{n - 1:07d}":2}}'
    started = time.process_time()
    with pytest.raises(BadInput, match="occurs twice"):
        read_json(text[:MAX_BYTES], "f") if len(text) <= MAX_BYTES else read_json(text, "f")
    assert time.process_time() - started < 2


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/", "/no/such/file"])
def test_only_plain_files_are_read(path: str) -> None:
    with pytest.raises(BadInput):
        read_text(Path(path), 1000)
    for words in (["verify", path], ["diff", path, path], ["report", path], ["check", path], ["list", path]):
        if words[0] in ("check", "list") and path == "/":
            continue  # a folder of theorems
        done = subprocess.run([sys.executable, "-m", "refute", *words], capture_output=True, text=True, timeout=20)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stderr
