"""The naive script without LibreOffice, whose PDFs are plain platypus': ``python plain.py INPUTS PLAN OUT``.

Its reports lie ready in PLAN, which is to its advantage: no paragraph is put together for the PDFs.
"""

import pickle
import sys
from collections.abc import Iterable
from pathlib import Path

from benchmarks.peers import naive, platypus
from pipeline.model.document import Document

READY = "reports.pickle"


def ready(plan: Path, reports: Iterable[Document]) -> None:
    """Lay the reports down."""
    (plan / READY).write_bytes(pickle.dumps(list(reports)))


def main(inputs: Path, plan: Path, out: Path) -> None:
    """Everything."""

    def printed(out: Path) -> None:
        platypus.register()
        for report in pickle.loads((plan / READY).read_bytes()):
            (out / f"{report.title}.pdf").write_bytes(platypus.rendered(report))

    naive.main(inputs, plan, out, printed)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
