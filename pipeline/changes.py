"""What moved since the run before: each run's figures as its record keeps them for the next."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from msgspec import Struct, field

from pipeline.model.kept import FigureLine
from pipeline.model.movement import Changes, Snapshot, Submitted, changes
from pipeline.model.number import plain
from pipeline.model.roster import Agency
from pipeline.model.submission import BETWEEN, Numerals, decimal, picked
from pipeline.run import Examination

SNAPSHOT, PREVIOUS = "snapshot", "previous"
"""The keys of run.json that hold a run's figures, and the figures before these, carried on."""
_PLAIN = re.compile("[0-9.,-]*")


def snapshot_of(examination: Examination) -> Snapshot:
    """The figures of a run, in all and by agency that counts."""
    inputs, reception = examination.inputs, examination.reception
    addresses = (*inputs.form.cells, *(indicator.address for indicator in inputs.indicators))

    def submitted(agency: Agency) -> Submitted:
        sent, told = reception.arrivals[agency.code], reception.counted.numerals(agency.code)
        values = FigureLine(addresses, line_of(told, addresses))
        return Submitted(agency.code, agency.name, sent.workbook, sent.sha256, values)

    return Snapshot(
        addresses=addresses,
        figures=examination.consolidation.values(),
        submitted=tuple(map(submitted, examination.consolidation.counted)),
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


class Progress(Struct, frozen=True):
    """What moved in a run since the last figures that were others, None where none are known.

    A run over the same figures carries on what was before them, so that repeating it, or mending a sentence,
    shows the same moves and writes the same bytes. The run's own figures, some 700 bytes an agency, are made
    anew when they are asked for.
    """

    examination: Examination
    earlier: Snapshot | None
    changes: Changes = field(default_factory=Changes)
    """What is not as it was before; nothing where that is not known."""

    @classmethod
    def since(cls, record: Mapping[str, Any], examination: Examination) -> "Progress":
        """Of a run, since the one whose run.json stands when it starts."""
        last = read_snapshot(record.get(SNAPSHOT))
        if last is None:
            return cls(examination, None)
        now = snapshot_of(examination)
        earlier = read_snapshot(record.get(PREVIOUS)) if last.has_figures_of(now) else last
        moved = changes(earlier, now, examination.inputs.words) if earlier else Changes()
        return cls(examination, earlier, moved)

    @property
    def entry(self) -> dict[str, Any]:
        """What run.json keeps of both (None where there are none before)."""
        earlier = snapshot_entry(self.earlier) if self.earlier else None
        return {SNAPSHOT: snapshot_entry(snapshot_of(self.examination)), PREVIOUS: earlier}


def _line(figures: Mapping[str, Decimal], addresses: Sequence[str]) -> str:
    if isinstance(figures, FigureLine) and figures.addresses == addresses:
        return figures.text
    known = dict(figures.items())
    return BETWEEN.join(plain(known[address]) if address in known else "" for address in addresses)


def line_of(told: Numerals, addresses: tuple[str, ...]) -> str:
    """The line of a submission's figures at these addresses; no numbers are made of those in plain digits."""
    line = told.line
    if told.order.addresses != addresses:
        line = BETWEEN.join(picked(told.order, addresses)([*line.split(BETWEEN), ""]))
    if _PLAIN.fullmatch(line):
        return line
    return BETWEEN.join([plain(decimal(text)) if text else "" for text in line.split(BETWEEN)])


def _figures(line: str, addresses: tuple[str, ...]) -> FigureLine:
    texts = line.split(BETWEEN)
    if len(texts) != len(addresses) or not all(decimal(text).is_finite() for text in set(texts) if text):
        raise ValueError(line)
    return FigureLine(addresses, line)
