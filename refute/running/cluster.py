"""The tasks of a hunt on an existing dask.distributed cluster: pip install 'refute[cluster]'.

Its workers need this version of refute, the theorem files and the folder of the hunt under the same paths, as
on a shared file system. The tasks of a worker that dies are run again on another.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from refute.errors import BadInput

PATIENCE = 10
# How often a task may lose its worker before the hunt gives it up.
RETRIES = 5


@contextmanager
def executor(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor on the cluster of the scheduler at `address`, and the number of its workers."""
    try:
        from distributed import Client
    except ImportError:
        raise BadInput("--scheduler needs dask.distributed: pip install 'refute[cluster]'") from None
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as why:
        raise BadInput(f"--scheduler {address}: no dask scheduler answers there ({type(why).__name__})") from None
    with client:
        jobs = len(client.scheduler_info(n_workers=-1)["workers"])
        if not jobs:
            raise BadInput(
                f"--scheduler {address}: the scheduler has no workers; start some with: dask worker {address}"
            )
        # Searches are random: the same call is not the same result.
        yield client.get_executor(pure=False, retries=RETRIES), jobs
