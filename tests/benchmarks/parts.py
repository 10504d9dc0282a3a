"""All rows, in the order of the table."""

from benchmarks import arriving, browsing, nation, posting, printing, reading, running, scaling, starting

ROWS = [
    *starting.ROWS,
    *reading.ROWS,
    *printing.ROWS,
    *running.ROWS,
    *scaling.ROWS,
    *posting.ROWS,
    *arriving.ROWS,
    *browsing.ROWS,
]
NATION = list(nation.ROWS)
