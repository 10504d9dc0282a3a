"""What moved since the run before: each run's figures as its record keeps them for the next."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from pipeline.model.kept import FigureLine
from pipeline.model.movement import Changes, Snapshot, Submitted, changes
from pipeline.model.number import plain
from pipeline.model.submission import Submission
from pipeline.run import Examination

SNAPSHOT, PREVIOUS = "snapshot", "previous"
"""The keys of run.json that hold a run's figures, and the figures before these, carried on."""


def snapshot_of(examination: Examination) -> Snapshot:
    """The figures of a run, in all and by agency that counts."""
    inputs, reception = examination.inputs, examination.reception
    digests = {receipt.arrival.workbook: receipt.arrival.sha256 for receipt in reception.receipts}
    counted = ((agency, reception.counted[agency.code]) for agency in examination.consolidation.counted)
    addresses = (*inputs.form.cells, *(indicator.address for indicator in inputs.indicators))

    def kept(one: Submission) -> FigureLine:
        return FigureLine(addresses, _line(one.values(), addresses))

    return Snapshot(
        addresses=addresses,
        figures=examination.consolidation.values(),
        submitted=tuple(
            Submitted(agency.code, agency.name, one.workbook, digests[one.workbook], kept(one))
            for agency, one in counted
        ),
    )


def snapshot_entry(snapshot: Snapshot) -> dict[str, Any]:
    """A snapshot for run.json: the addresses once, every body's figures in their order, parted by commas.

    Nothing stands between two commas where there is no figure. About 40 kB for fifty agencies.
    """
    return {
        "addresses": list(snapshot.addresses),
        "sums": _line(snapshot.figures, snapshot.addresses),
        "submitted": [
            {
                "code": one.code,
                "agency": one.agency,
                "workbook": one.workbook,
                "sha256": one.sha256,
                "values": _line(one.values, snapshot.addresses),
            }
            for one in snapshot.submitted
        ],
    }


def read_snapshot(entry: object) -> Snapshot | None:
    """The snapshot in a record; None where it has none, as older ones, or somebody damaged it."""
    try:
        return _snapshot(entry)
    except (AttributeError, KeyError, TypeError, ValueError, InvalidOperation):
        return None


def _snapshot(entry: Any) -> Snapshot:
    addresses = tuple(map(str, entry["addresses"]))
    return Snapshot(
        addresses,
        _figures(entry["sums"], addresses),
        tuple(
            Submitted(
                str(one["code"]),
                str(one["agency"]),
                str(one["workbook"]),
                str(one["sha256"]),
                _figures(one["values"], addresses),
            )
            for one in entry["submitted"]
        ),
    )


def before(record: Mapping[str, Any], now: Snapshot) -> Snapshot | None:
    """The last figures that were others than these; None where no record knows of any.

    ``record`` is the run.json that stands when a run starts. A run over the same figures carries on what was
    before them, so that repeating it, or mending a sentence, shows the same moves and writes the same bytes.
    """
    last = read_snapshot(record.get(SNAPSHOT))
    return read_snapshot(record.get(PREVIOUS)) if last and last.has_figures_of(now) else last


def snapshots_entry(record: Mapping[str, Any], examination: Examination) -> dict[str, Any]:
    """What run.json keeps of these figures and of those before them (None where there are none)."""
    now = snapshot_of(examination)
    earlier = before(record, now)
    return {SNAPSHOT: snapshot_entry(now), PREVIOUS: snapshot_entry(earlier) if earlier else None}


def changes_since(record: Mapping[str, Any], examination: Examination) -> Changes:
    """What is not as it was before (see ``before``); nothing where that is not known."""
    now = snapshot_of(examination)
    earlier = before(record, now)
    words = examination.inputs.words
    return changes(earlier, now, words) if earlier else Changes()


def _line(figures: Mapping[str, Decimal], addresses: Sequence[str]) -> str:
    known = dict(figures.items())
    return ",".join(plain(known[address]) if address in known else "" for address in addresses)


def _figures(line: str, addresses: tuple[str, ...]) -> FigureLine:
    figures = FigureLine(addresses, line)
    if not all(value.is_finite() for value in figures.values()):
        raise ValueError(line)
    return figures
