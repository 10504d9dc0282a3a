"""Time the same work by a pool of two processes and by a Dask cluster of two workers on this machine, in turn.

``make bench``. Items spin for 15 ms of CPU, or for 1 ms; both ways cut their own batches. Start-up is not in it:
the pool's first batch and the cluster's joining come before the clock. Ends 1 where the cluster takes more than
1.05 of the pool's time with items of 15 ms (median of the ratios, pair by pair).
"""

import statistics
import sys
import time
from collections.abc import Iterator

from kit import lan
from kit.kitchen import no_tools, stir
from pipeline.execution import Hands, Work, over_all
from pipeline.execution.cluster import joined
from pipeline.fingerprint import identity

PAIRS = 7
MOST = 1.05


def wall(hands: Hands, seconds: float, count: int) -> float:
    """Wall seconds from the first result to the last."""
    results: Iterator[object] = over_all(Work(no_tools, stir), [seconds] * count, hands)
    next(results)
    began = time.perf_counter()
    list(results)
    return time.perf_counter() - began


def main() -> None:
    """Measure, print the table, and end 1 where the limit is passed."""
    print("| items | pool, median wall s | cluster, median wall s | of the pool's |")
    print("| --- | ---: | ---: | ---: |")
    with lan.started(2) as started, joined(started.address, identity) as cluster:
        ratios = {}
        for seconds, count in ((0.015, 200), (0.001, 2000)):
            pairs = [(wall(2, seconds, count), wall(cluster, seconds, count)) for _ in range(PAIRS + 1)][1:]
            pool, dask = (statistics.median(walls) for walls in zip(*pairs, strict=True))
            ratios[seconds] = statistics.median(two / one for one, two in pairs)
            print(f"| {count} of {seconds * 1000:.0f} ms | {pool:.2f} | {dask:.2f} | {ratios[seconds]:.0%} |")
    if ratios[0.015] > MOST:
        sys.exit(f"beyond its limit: the cluster takes {ratios[0.015]:.0%} of the pool's time")


if __name__ == "__main__":
    main()
