"""The same work handed to a pool or to Dask, each in a process of its own that does it whenever it is told.

``python -m benchmarks.handed FOLDER pool|dask`` reads a line, makes the reports of a city's agencies by two processes,
answers with the seconds, and so on to the end of its input. Both keep their workers' tools between the rounds.
"""

import datetime
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.clock import SURROUNDINGS, Cost, Run

TODAY = datetime.date(2021, 3, 1)
TEMPLATES = Path(__file__).parents[2] / "templates"
WORKERS = 2


@contextmanager
def working(folder: Path, way: str) -> Iterator[Run]:
    """A run that has a process of its own do the work once."""
    command = [sys.executable, "-m", "benchmarks.handed", str(folder), way]
    with subprocess.Popen(
        command, env=SURROUNDINGS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as worker:

        def run() -> Cost:
            print("go", file=worker.stdin, flush=True)
            return Cost(float(worker.stdout.readline()), 0.0)

        yield run
        worker.stdin.close()


@contextmanager
def hands(way: str) -> Iterator[object]:
    """Two processes of the pool with batches as large as Dask's, or a Dask cluster of two workers on this computer."""
    from pipeline.execution import cluster, pool
    from pipeline.fingerprint import identity

    if way == "pool":
        pool.SECONDS = cluster.SECONDS
        yield WORKERS
        return
    from distributed import LocalCluster

    with (
        LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None) as local,
        cluster.joined(local.scheduler_address, identity) as joined,
    ):
        yield joined


def main(folder: Path, way: str) -> None:
    """Do the work at every line."""
    from pipeline.agencies import made, planned
    from pipeline.gather import load_inputs
    from pipeline.run import examine
    from pipeline.workspace import Workspace

    plan = planned(examine(load_inputs(Workspace.at(folder, None), TEMPLATES), TODAY))
    with hands(way) as those:
        for _ in sys.stdin:
            began = time.perf_counter()
            reports = list(made(plan, TEMPLATES, those))
            took = time.perf_counter() - began
            if any(getattr(one, "proved", None) is None for one in reports):
                sys.exit("a report was not made")
            print(took, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
