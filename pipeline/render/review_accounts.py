"""The figures' contributions as one compact JSON text, read by the page's script on demand.

Agencies, files and sheets are named once and meant by number. What every agency gave to a figure stands in
lists joined by commas, in one order: the agencies' numbers ("" for all of them), values, last year's values,
cells and sheets (one alone where all are alike). Raw text and reading are there only where they say more
than the value, by position.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pipeline.model.finding import quoted, visible
from pipeline.model.number import plain
from pipeline.model.review import Account, Review
from pipeline.render.review_tables import marks
from pipeline.render.review_text import Names, as_script


def accounts_script(review: Review, names: Names) -> str:
    """The whole data block, inert."""
    sheets: dict[str, str] = {}
    found = marks(review)
    figures = [
        {
            **_account(account, len(review.agencies), sheets, names),
            "items": [number for _, number in found.get(address, ())],
            **_further(review, address),
        }
        for address, account in review.accounts.items()
    ]
    return as_script(
        {
            "year": review.year,
            "folder": visible(names.folder),
            "agencies": list(map(visible, review.agencies)),
            "files": [visible(names.file(workbook)) for workbook in review.workbooks],
            "groups": list(map(visible, review.groups)),
            "member": review.member,
            "sheets": list(map(visible, sheets)),
            "figures": figures,
        }
    )


def _further(review: Review, address: str) -> dict[str, int]:
    """How many findings a figure has on other pages; nothing where there are no others."""
    marks = review.division.marked.get(address) if review.division else None
    return {"further": marks.count} if marks else {}


def _account(account: Account, agencies: int, sheets: dict[str, str], names: Names) -> dict[str, Any]:
    told = account.entries
    values = _plain_all(told.values)
    for sheet in dict.fromkeys(told.sheets):
        sheets.setdefault(sheet, str(len(sheets)))
    return {
        "address": account.address,
        "words": visible(account.words),
        "part": account.part,
        "value": _plain(account.value),
        "before": _plain(account.before),
        "printed": account.printed,
        "printedBefore": account.printed_before,
        "difference": account.difference,
        "rate": account.rate,
        "who": "" if told.agencies == tuple(range(agencies)) else _joined(list(map(str, told.agencies))),
        "count": len(values),
        "values": _joined(values),
        "befores": _befores(told.befores),
        "cells": _alike(told.cells),
        "sheets": _alike([sheets[sheet] for sheet in told.sheets]),
        "raw": _where_it_says_more(told.raws, values),
        "reading": _where_it_says_more(told.readings, [""] * len(values)),
        "subtotals": list(map(_plain, account.subtotals)),
        "lacking": [[visible(one.agency), visible(one.reason)] for one in account.lacking],
        "formula": account.formula,
        "parts": [names.figures[part] for part in account.parts if part in names.figures],
        "origins": list(map(visible, account.origins)),
    }


def _plain(value: Any) -> str:
    return "" if value is None else plain(value)


def _plain_all(values: Sequence[Decimal]) -> list[str]:
    """All values in plain digits: hardly any is written with an exponent."""
    texts = list(map(str, values))
    return list(map(plain, values)) if "E" in "".join(texts) else texts


def _joined(words: Sequence[str]) -> str:
    return ",".join(words)


def _befores(befores: Sequence[Decimal | None]) -> str:
    if befores.count(None) == len(befores):
        return ""
    return _joined(list(map(_plain, befores)))


def _alike(words: Sequence[str]) -> str:
    return words[0] if words and words.count(words[0]) == len(words) else _joined(words)


def _where_it_says_more(said: Sequence[str], usual: list[str]) -> dict[str, str]:
    if list(said) == usual:
        return {}
    pairs = enumerate(zip(said, usual, strict=True))
    return {str(place): quoted(more) for place, (more, known) in pairs if more != known}
