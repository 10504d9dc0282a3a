"""The report's figures as files for programs, to travel in the PDF (report.toml, attach_figures = true)."""

import csv
from collections.abc import Mapping
from decimal import Decimal
from io import StringIO

from pipeline.jsonfile import as_json
from pipeline.model.document import Attachment
from pipeline.model.form import StatutoryForm
from pipeline.model.number import plain, printed

HEADER = ("地址", "表", "指标", "数值", "印出")
BOM = "\ufeff"
"""Without it Excel takes the file for one in the system's encoding."""


def figure_files(
    form: StatutoryForm, values: Mapping[str, Decimal], organ: str, year: int
) -> tuple[Attachment, ...]:
    """figures.json (address to decimal) and figures.csv (in words too): every cell that has a value."""
    given = {address: values[address] for address in form.cells if address in values}
    return (
        Attachment("figures.json", "application/json", "报告里的数（JSON）", _json(form, given, organ, year)),
        Attachment("figures.csv", "text/csv", "报告里的数（CSV）", _csv(form, given)),
    )


def _json(form: StatutoryForm, values: Mapping[str, Decimal], organ: str, year: int) -> bytes:
    content = {
        "schema": 1,
        "organ": organ,
        "year": year,
        "edition": form.edition,
        "figures": {address: plain(value) for address, value in values.items()},
    }
    return as_json(content)


def _csv(form: StatutoryForm, values: Mapping[str, Decimal]) -> bytes:
    captions = {table.id: table.grid.caption for table in form.tables}
    text = StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(HEADER)
    for address, value in values.items():
        cell = form.cells[address]
        rows.writerow((address, captions[cell.table], cell.words, plain(value), printed(cell.kind, value)))
    return (BOM + text.getvalue()).encode()
