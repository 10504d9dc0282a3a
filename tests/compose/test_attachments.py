"""Figures that travel in the PDF: the same numbers, for programs and for Excel."""

import csv
import json
from decimal import Decimal
from io import StringIO

from kit.workbook import consistent_values
from pipeline.compose.attachments import figure_files
from pipeline.model.number import plain, printed


def test_json_and_csv_carry_every_figure_to_the_digit(form):
    values = consistent_values(form) | {next(iter(form.cells)): Decimal("18.8710")}
    as_json, as_csv = figure_files(form, values, "某某市", 2020)
    read = json.loads(as_json.content)
    assert read["figures"] == {address: plain(values[address]) for address in form.cells}
    assert (read["organ"], read["year"], read["edition"]) == ("某某市", 2020, form.edition)
    header, *rows = csv.reader(StringIO(as_csv.content.decode("utf-8-sig")))
    assert header == ["地址", "表", "指标", "数值", "印出"]
    assert {row[0]: row[3] for row in rows} == read["figures"]
    assert [row[4] for row in rows] == [printed(form.cells[row[0]].kind, values[row[0]]) for row in rows]


def test_a_draft_carries_what_there_is(form):
    some = dict(list(consistent_values(form).items())[:5])
    as_json, _ = figure_files(form, some, "某某市", 2020)
    assert len(json.loads(as_json.content)["figures"]) == len(set(some) & set(form.cells))


def test_excel_is_told_the_encoding(form):
    _, as_csv = figure_files(form, consistent_values(form), "某某市", 2020)
    assert as_csv.content.startswith("\ufeff地址".encode())
