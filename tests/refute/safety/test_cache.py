"""The cache: whole entries or none, several writers, a bound."""

import os
import threading
from pathlib import Path

import pytest

from refute.safety import cache


def test_what_is_kept_is_recalled(tmp_path: Path) -> None:
    key = cache.key_of(["a", "b"])
    assert cache.recall(tmp_path, key) is None
    cache.keep(tmp_path / "new" / "folder", key, {"x": [1, "two"]})
    assert cache.recall(tmp_path / "new" / "folder", key) == {"x": [1, "two"]}


def test_keys_tell_their_parts_apart() -> None:
    assert cache.key_of(["ab", "c"]) != cache.key_of(["a", "bc"])
    assert cache.key_of(["\udcff"]) != cache.key_of([""])


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff" * 20, b"[" * 10**6])
def test_a_damaged_entry_is_none(damage: bytes, tmp_path: Path) -> None:
    cache.keep(tmp_path, "k", 1)
    (tmp_path / "k.json").write_bytes(damage)
    assert cache.recall(tmp_path, "k") is None


def test_an_entry_is_of_its_key_and_of_its_text(tmp_path: Path) -> None:
    cache.keep(tmp_path, "k", {"verdict": "refuted"})
    kept = (tmp_path / "k.json").read_text()
    (tmp_path / "other.json").write_text(kept)
    assert cache.recall(tmp_path, "other") is None
    (tmp_path / "k.json").write_text(kept.replace("refuted", "holding"))
    assert cache.recall(tmp_path, "k") is None


def test_a_folder_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache.keep(tmp_path / "file", "k", 1)
    cache.prune(tmp_path / "file")
    assert cache.recall(tmp_path / "file", "k") is None


def test_writers_at_once(tmp_path: Path) -> None:
    def work(i: int) -> None:
        for _ in range(20):
            cache.keep(tmp_path, "k", ["x" * 5000, i])

    writers = [threading.Thread(target=work, args=(i,)) for i in range(4)]
    for t in writers:
        t.start()
    for _ in range(50):
        found = cache.recall(tmp_path, "k")
        assert found is None or found[0] == "x" * 5000
    for t in writers:
        t.join()
    assert cache.recall(tmp_path, "k")[0] == "x" * 5000


def test_what_was_not_asked_for_goes_first(tmp_path: Path) -> None:
    for i in range(6):
        cache.keep(tmp_path, f"k{i}", i)
        os.utime(tmp_path / f"k{i}.json", (1000 + i, 1000 + i))
    assert cache.recall(tmp_path, "k0") == 0
    cache.prune(tmp_path, 3)
    assert {p.stem for p in tmp_path.glob("*.json")} == {"k0", "k4", "k5"}


def test_what_is_too_large_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MAX_ENTRY", 4000)
    cache.keep(tmp_path, "k", "x" * 2000)
    assert cache.recall(tmp_path, "k") is None


def test_a_pipe_is_no_entry(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "k.json")
    assert cache.recall(tmp_path, "k") is None
    cache.keep(tmp_path, "k", 1)  # and does not wait for a reader


def test_one_at_a_time(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        with cache.one_at_a_time(tmp_path / "new", ["a", "b"]):
            inside.append(1)
            most.append(len(inside))
            inside.pop()

    threads = [threading.Thread(target=work) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert most == [1] * 8
    (tmp_path / "file").write_text("")
    with cache.one_at_a_time(tmp_path / "file", ["a"]):
        pass  # where nothing can be written nobody waits
