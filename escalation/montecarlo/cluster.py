"""Executors of others: how many pieces one plays at once, and a Dask cluster as one."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Any

from escalation.errors import StudyError

__all__ = ["dask_executor", "slots"]


def slots(executor: Executor) -> int | None:
    """Return how many pieces an executor plays at once; None where it does not say, or where that will change.

    Those of the standard library, loky and mpi4py have a number of workers. Dask's asks its client for the threads of
    all workers. An adaptive cluster is none that says: it starts workers when much waits for it.

    Parameters
    ----------
    executor
        Any executor.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> with ThreadPoolExecutor(3) as pool:
    ...     slots(pool)
    3
    """
    for name in ("_max_workers", "num_workers"):
        count = getattr(executor, name, None)
        if isinstance(count, int) and count > 0:
            return count
    client: Any = getattr(executor, "_client", None)
    some_workers = "workers" in (getattr(executor, "_kwargs", None) or {})
    adaptive = getattr(getattr(client, "cluster", None), "_adaptive", None)
    if not hasattr(client, "nthreads") or client.asynchronous or some_workers or adaptive is not None:
        return None
    return sum(client.nthreads().values()) or None


@contextmanager
def dask_executor(address: str, *, patience: float = 10.0) -> Iterator[tuple[Executor, int]]:
    """Connect to a Dask scheduler.

    Parameters
    ----------
    address
        Its address, as in ``tcp://host:8786``.
    patience
        Seconds to wait for it to answer, and for a first worker.

    Yields
    ------
    tuple
        The executor, to be given to `run`, and the number of threads that the workers have together.

    Raises
    ------
    StudyError
        If the package distributed is not installed, or the scheduler or a worker does not answer.
    """
    if find_spec("distributed") is None:
        raise StudyError("a Dask cluster needs the package distributed: pip install '.[dask]' in a clone's folder")
    from distributed import Client

    connect: Any = Client  # its annotations come and go with its versions
    reason = ""
    try:
        client = connect(address, timeout=patience, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error) or type(error).__name__
    if reason:
        # A client that never connected closes itself when it is collected, which waits for ever if that comes about
        # while another one starts. So it is collected here, and no traceback may hold it.
        gc.collect()
        raise StudyError(f"{address}: no Dask scheduler answers there ({reason})")
    with client:
        try:
            client.wait_for_workers(1, timeout=patience)
        except TimeoutError as error:
            raise StudyError(f"{address}: the scheduler has no workers; start some with `dask worker`") from error
        yield client.get_executor(), sum(client.nthreads().values())
