"""A hunt on a cluster: the same results as on one machine, also when a worker dies on the way."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from distributed import LocalCluster

from refute.cli.main import main
from refute.errors import BadInput
from refute.running import cluster
from refute.running.check import known_theorems, select
from refute.running.hunt import Hunt, journals, run
from refute.running.journal import read

# dask's own threads and sockets are not this project's warnings.
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.fixture
def local() -> Iterator[Any]:
    options: dict[str, Any] = {"processes": True, "threads_per_worker": 1, "dashboard_address": None}
    with LocalCluster(n_workers=2, **options) as two:  # type: ignore[no-untyped-call]
        two.wait_for_workers(2, timeout=60)
        yield two


def pids(two: Any) -> list[int]:
    return [nanny.pid for nanny in two.workers.values()]


def test_a_hunt_survives_the_death_of_a_worker(local: Any, conjectures: Path, tmp_path: Path) -> None:
    hunt = Hunt(tmp_path, select(known_theorems([conjectures])))
    killed: list[int] = []

    def kill_one() -> None:
        # In the middle of a turn: the first results are there, the next turns are under way.
        while not list(journals(tmp_path).glob("*.jsonl")):
            time.sleep(0.05)
        time.sleep(0.7)
        killed.append(pids(local)[0])
        os.kill(killed[0], signal.SIGKILL)

    killer = threading.Thread(target=kill_one)
    with cluster.executor(local.scheduler_address) as (pool, jobs):
        assert jobs == 2
        killer.start()
        # Short turns: there is room for four of them beside the restart of the worker, on a busy machine, too.
        run(hunt, 10.0, jobs=jobs, pool=pool, batch=16, turn_seconds=0.3)
    killer.join()
    assert killed
    assert hunt.quarries["me/amgm"].turns >= 4
    assert hunt.quarries["me/squares-grow"].certificate
    # What the quarries have counted is in the journals, turn by turn.
    written = [r for p in journals(tmp_path).glob("*.jsonl") for r in read(p)]
    again = Hunt(tmp_path, hunt.tasks)
    assert again.resume() == len({(r["id"], r["seed"]) for r in written})
    assert again.quarries["me/amgm"].turns >= hunt.quarries["me/amgm"].turns


def test_the_command_hunts_on_a_cluster(
    local: Any, conjectures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command = ["hunt", str(conjectures), "-k", "amgm", "--for", "3s", "--scheduler", local.scheduler_address]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    assert any(r["decided"] for p in journals(tmp_path).glob("*.jsonl") for r in read(p))


def test_no_scheduler_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    with pytest.raises(BadInput, match="no dask scheduler answers there"), cluster.executor("tcp://127.0.0.1:9"):
        pass
