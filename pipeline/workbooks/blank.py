"""The workbook an agency gets, empty or filled: one layout for blanks, samples and the submission upward."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal

from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.roster import Agency
from pipeline.model.submission import Cover
from pipeline.workbooks.cover_sheet import add_cover, add_hidden
from pipeline.workbooks.extra_sheets import add_indicators, add_texts
from pipeline.workbooks.filling import Filling
from pipeline.workbooks.layout import Book
from pipeline.workbooks.statutory import add_table

NO_COVER = Cover()
"""A cover nobody has signed yet."""


def blank_workbook(
    agency: Agency,
    year: int,
    form: StatutoryForm,
    indicators: Sequence[Indicator],
    *,
    brought_forward: Mapping[str, Decimal],
    date: datetime.date,
) -> bytes:
    """An agency's workbook to fill in, as .xlsx.

    ``brought_forward`` holds the cells already known, by this year's address (see
    :func:`brought_forward_from`); the agency can still change them. ``date`` stands in the file's properties.
    """
    return _laid_out(Filling(agency, year, form, tuple(indicators), brought_forward, {}, NO_COVER), date)


def filled_workbook(
    agency: Agency,
    year: int,
    form: StatutoryForm,
    indicators: Sequence[Indicator],
    *,
    values: Mapping[str, Decimal],
    texts: Mapping[int, str],
    date: datetime.date,
    cover: Cover = NO_COVER,
) -> bytes:
    """The same workbook filled in, as .xlsx: ``values`` by address, ``texts`` by section number 1 to 6.

    Totals stay formulas, so their values are not taken; an address without a value stays empty. Of ``cover``
    only the number of the version, the names and the phone are used. OperatorError (input) where a text is
    longer than a cell may hold.
    """
    return _laid_out(Filling(agency, year, form, tuple(indicators), values, texts, cover), date)


def brought_forward_from(form: StatutoryForm, last_year: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """What this year's form takes over unchanged from an agency's figures of last year (上年结转, H6).

    By this year's address, totals left out; what last year does not tell is not in it.
    """
    identities = [
        identity for rule in form.rules if rule.reference.startswith("H") for identity in rule.identities
    ]
    return {
        identity.focus: last_year[identity.right[0].address]
        for identity in identities
        if len(identity.terms) == 2
        and identity.right[0].last_year
        and identity.right[0].address in last_year
        and identity.focus not in form.computed
    }


def _laid_out(filling: Filling, date: datetime.date) -> bytes:
    book = Book()
    add_cover(book, filling)
    for table in filling.form.tables:
        add_table(book, filling, table)
    add_indicators(book, filling)
    add_texts(book, filling)
    add_hidden(book, filling)
    return book.saved(f"{filling.agency.name}{filling.year}年政府信息公开年报报送表", date)
