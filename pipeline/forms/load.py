"""Load a form file (templates/forms/*.toml) into a StatutoryForm, or refuse it."""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.forms.layout import BlockLayout, table_grid
from pipeline.forms.rules import rule, subtotal_cells
from pipeline.model.form import FormBlock, FormCell, FormLine, FormTable, StatutoryForm, Subtotal
from pipeline.model.number import NumberKind
from pipeline.model.rule import Rule


def load_form(path: Path) -> StatutoryForm:
    """The form a file describes.

    OperatorError (template) where the file cannot be read, an id names no cell, a wildcard matches nothing, a
    cell is counted or named twice, or a table's cells do not cover its grid.
    """
    try:
        return _described(path.read_bytes())
    except OSError as error:
        raise OperatorError(ExitCode.TEMPLATE, f"表样文件 {path.name} 读不出来：{reason(error)}。") from error
    except KeyError as error:
        raise OperatorError(ExitCode.TEMPLATE, f"表样文件 {path.name} 里缺少“{error.args[0]}”。") from error
    except (tomllib.TOMLDecodeError, ValueError, TypeError) as error:
        raise OperatorError(ExitCode.TEMPLATE, f"表样文件 {path.name} 写得不对：{error}。") from error


@lru_cache(maxsize=8)
def _described(content: bytes) -> StatutoryForm:
    """The form of a file's content, made once however often a run asks for it."""
    return form_from(tomllib.loads(content.decode("utf-8")))


def form_from(entries: Mapping[str, Any]) -> StatutoryForm:
    """The form its entries describe; KeyError, ValueError or TypeError where they are wrong."""
    tables = tuple(_table(entry, entries["sections"]) for entry in entries["table"])
    cells = [cell for table in tables for cell in table.cells]
    addresses = _unique([cell.address for cell in cells])
    _unique([cell.alias for cell in cells])
    return StatutoryForm(
        edition=entries["edition"],
        notice=entries["notice"],
        first_year=entries["first_year"],
        last_year=entries.get("last_year"),
        sections=tuple(entries["sections"]),
        parts=tuple(entries["parts"]),
        tables=tables,
        rules=_rules(entries["rule"], addresses),
        subtotals=tuple(
            found for entry in entries.get("subtotal", ()) for found in _subtotals(entry, tables, addresses)
        ),
    )


def _unique(names: Sequence[str]) -> Sequence[str]:
    twice = [name for index, name in enumerate(names) if name in names[:index]]
    if twice:
        raise ValueError(f"“{twice[0]}”写了两次")
    return names


def _table(entry: Mapping[str, Any], sections: Sequence[str]) -> FormTable:
    blocks = tuple(_block(entry, block) for block in entry["block"])
    layouts = []
    for block, source in zip(blocks, entry["block"], strict=True):
        spans = tuple(column.get("span", 1) for column in source["columns"])
        layouts.append(BlockLayout(block, spans * len(source["rows"]) if block.across else spans))
    caption = sections[entry["section"] - 1]
    grid = table_grid(entry["id"], caption, entry["widths"], layouts)
    return FormTable(entry["id"], entry["alias"], entry["section"], blocks, grid)


def _block(table: Mapping[str, Any], block: Mapping[str, Any]) -> FormBlock:
    return FormBlock(
        band=block.get("band", ""),
        corner=block.get("corner", ""),
        across=block.get("across", False),
        cells=tuple(tuple(_cell(table, row, column) for column in block["columns"]) for row in block["rows"]),
    )


def _cell(table: Mapping[str, Any], row: Mapping[str, Any], column: Mapping[str, Any]) -> FormCell:
    return FormCell(
        address=f"{table['id']}.{row['id']}.{column['id']}",
        alias=f"{table['alias']}.{row['alias']}.{column['alias']}",
        kind=NumberKind(column.get("kind", "count")),
        table=table["id"],
        row=_line(row),
        column=_line(column),
    )


def _line(entry: Mapping[str, Any]) -> FormLine:
    label = entry["label"]
    path = (label,) if isinstance(label, str) else tuple(label)
    return FormLine(entry["id"], entry["alias"], path, tuple(entry.get("also", ())))


def _rules(entries: Sequence[Mapping[str, Any]], addresses: Sequence[str]) -> tuple[Rule, ...]:
    _unique([entry["id"] for entry in entries])
    found = []
    for entry in entries:
        try:
            found.append(rule(entry, addresses))
        except ValueError as error:
            raise ValueError(f"勾稽关系“{entry['id']}”：{error}") from error
    return tuple(found)


def _subtotals(
    entry: Mapping[str, Any], tables: Sequence[FormTable], addresses: Sequence[str]
) -> list[Subtotal]:
    table = next(table for table in tables if table.id == entry["table"])
    columns = {cell.column.id: cell.column for cell in table.cells}
    return [
        Subtotal(
            address=f"{table.id}.{entry['id']}.{column.id}",
            alias=f"{table.alias}.{entry['alias']}.{column.alias}",
            label=f"{entry['label']}·{column.path[-1]}",
            cells=subtotal_cells(entry, column.id, addresses),
        )
        for column in columns.values()
    ]
