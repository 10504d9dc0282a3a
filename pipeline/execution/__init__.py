"""Run the same task over many items: here, in several processes of this computer, or on a Dask cluster.

Results come in the items' order, and no item stops the rest: a task that fails, and one whose process dies,
give a ``Failure`` in its item's place. How items are parted among processes is this package's own affair.
"""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from pipeline.execution.cluster import Cluster
from pipeline.execution.flow import in_order
from pipeline.execution.pool import Pool, cores, enough
from pipeline.execution.work import Failure, Item, Tools, Value, Work, serial, values

Hands: TypeAlias = "int | Cluster"
"""Who does the work: so many processes of this computer, 0 for this very one; or a cluster, joined."""

__all__ = ["Failure", "Hands", "Work", "cores", "over_all", "values"]


def over_all(
    work: Work[Tools, Item, Value], items: Iterable[Item], hands: Hands
) -> Iterator[Value | Failure]:
    """Every item's result, in order; an iterator's items are taken as they are needed.

    OperatorError where the tools cannot be made ready, (worker) where the system gives no process or the
    cluster is gone.
    """
    if isinstance(hands, Cluster):
        return in_order(hands.crew(work), items)
    workers = enough(work, items, hands)
    return in_order(Pool(work, workers), items) if workers else serial(work, items)
