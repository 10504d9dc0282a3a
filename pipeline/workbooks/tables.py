"""Decide for each statutory table which cells of a workbook hold its figures, or say what is missing."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.model.finding import Finding
from pipeline.model.form import FormCell, FormTable, StatutoryForm
from pipeline.model.number import NumberKind
from pipeline.model.place import a1
from pipeline.workbooks.across import search_across
from pipeline.workbooks.copy import BlockCopy, BlockSearch
from pipeline.workbooks.figures import Slot
from pipeline.workbooks.label import unit_in
from pipeline.workbooks.number import MONEY, raw_text
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source
from pipeline.workbooks.under import search_under
from pipeline.workbooks.vocabulary import Labels, labels_on, vocabulary

PRESENT = 0.5
"""A table is there where a sheet names at least this part of its rows and columns."""
RIVAL = 0.5
"""A second copy counts from this part of the first one's figures on."""


@dataclass
class LocatedTables:
    """Where a form's figures stand: a slot for every address; what is wrong; whether all tables fit."""

    slots: dict[str, Slot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    fits: bool = True


def locate_tables(form: StatutoryForm, sheets: Sequence[Sheet], source: Source) -> LocatedTables:
    """Find a form's tables on these sheets, by their labels. A slot without a place has had its finding."""
    words = vocabulary(form)
    labels = [labels_on(sheet, words) for sheet in sheets]
    located = LocatedTables()
    for table in form.tables:
        _Table(table, labels, source, located, form.computed.keys()).locate()
    return located


@dataclass
class _Table:
    """One table being located."""

    table: FormTable
    labels: list[Labels]
    source: Source
    located: LocatedTables
    computed: Collection[str]

    def locate(self) -> None:
        """Add the table's slots and findings."""
        if max((labels.share(self.table) for labels in self.labels), default=0) < PRESENT:
            self._miss("table-missing", None, words=self.table.alias)
            self._void(self.table.cells)
            return
        sheets = [labels for labels in self.labels if labels.share(self.table) > 0]
        searches = [
            (search_across if block.across else search_under)(self.table, number, sheets)
            for number, block in enumerate(self.table.blocks)
        ]
        chosen = [self._chosen(search) for search in searches]
        difference = next((found for _, found in chosen if found), "")
        if difference:
            self.located.findings.append(
                self.source.catalogue.finding(
                    "table-twice",
                    year=self.source.year,
                    workbook=self.source.workbook,
                    words=self.table.alias,
                    found=difference,
                )
            )
        for search, (copy, _) in zip(searches, chosen, strict=True):
            self._take(search, copy, trusted=not difference)

    def _miss(self, code: str, sheet: Sheet | None, **names: str) -> None:
        self.located.fits = False
        self.located.findings.append(
            self.source.catalogue.finding(
                code, year=self.source.year, place=self.source.place(sheet), **names
            )
        )

    def _void(self, cells: Sequence[FormCell], copy: BlockCopy | None = None) -> None:
        """Slots that are not to be read, with their place where it is known."""
        for cell in cells:
            place = copy.places.get(cell.address) if copy else None
            self.located.slots[cell.address] = self._slot(cell, copy, place, trusted=False)

    def _slot(
        self, cell: FormCell, copy: BlockCopy | None, place: tuple[int, int] | None, *, trusted: bool
    ) -> Slot:
        return Slot(
            address=cell.address,
            words=cell.words,
            kind=cell.kind,
            unit=_unit(cell, copy) if copy and cell.kind in (NumberKind.YUAN, NumberKind.WAN) else "",
            sheet=copy.sheet if copy else None,
            place=place,
            trusted=trusted,
            total=cell.address in self.computed,
        )

    def _chosen(self, search: BlockSearch) -> tuple[BlockCopy | None, str]:
        """The copy that counts, and where another one says something else ("" where none does)."""
        copies = search.copies
        if not copies:
            return None, ""
        rivals = [copy for copy in copies if len(copy.places) >= RIVAL * len(copies[0].places)]
        filled = [copy for copy in rivals if not copy.is_blank()] or rivals[:1]
        for other in filled[1:]:
            difference = self._difference(filled[0], other)
            if difference:
                return filled[0], difference
        return filled[0], ""

    def _difference(self, one: BlockCopy, other: BlockCopy) -> str:
        for address in dict.fromkeys((*one.places, *other.places)):
            texts = [_content(copy, address) for copy in (one, other)]
            if texts[0] != texts[1] and not (address in self.computed and "" in texts):
                places = sorted(
                    str(self.source.place(copy.sheet, copy.places[address])).removeprefix(
                        self.source.workbook
                    )
                    for copy in (one, other)
                    if address in copy.places
                )
                return "与".join(place.strip() for place in places)
        return ""

    def _take(self, search: BlockSearch, copy: BlockCopy | None, *, trusted: bool) -> None:
        cells = [cell for row in search.block.cells for cell in row]
        missing = [cell for cell in cells if copy is None or cell.address not in copy.places]
        self._void(missing, copy)
        if trusted:
            sheet = copy.sheet if copy else self._likeliest()
            for words in _missing_words(search, missing):
                self._miss("label-missing", sheet, table=self.table.alias, words=words)
        if copy is None:
            return
        for cell in cells:
            if cell.address in copy.places:
                doubt = copy.doubts.get(cell.address)
                place = copy.places[cell.address]
                self.located.slots[cell.address] = self._slot(
                    cell, copy, place, trusted=trusted and not doubt
                )
                if doubt and trusted:
                    self._report_doubt(cell, copy, doubt)
        if trusted:
            self._report_ignored(copy)

    def _likeliest(self) -> Sheet:
        return max(self.labels, key=lambda labels: labels.share(self.table)).sheet

    def _report_doubt(self, cell: FormCell, copy: BlockCopy, rivals: tuple[tuple[int, int], ...]) -> None:
        self.located.findings.append(
            self.source.catalogue.finding(
                "cell-twice",
                year=self.source.year,
                place=self.source.place(copy.sheet, copy.places[cell.address]),
                address=cell.address,
                words=cell.words,
                found="、".join(a1(*place) for place in rivals),
            )
        )

    def _report_ignored(self, copy: BlockCopy) -> None:
        for place, text in copy.ignored.items():
            self.located.findings.append(
                self.source.catalogue.finding(
                    "column-ignored",
                    year=self.source.year,
                    place=self.source.place(copy.sheet, place),
                    table=self.table.alias,
                    found=text,
                )
            )


def _content(copy: BlockCopy, address: str) -> str:
    place = copy.places.get(address)
    return raw_text(copy.sheet.cells.get(place)).strip() if place else ""


def _unit(cell: FormCell, copy: BlockCopy) -> str:
    """The unit the workbook states for a figure: in its column's or row's label, or in the cell beside it."""
    texts = copy.sheet.texts
    for place in (copy.columns.get(cell.column.id), copy.rows.get(cell.row.id)):
        if place and (unit := unit_in(texts.get(place, ""))):
            return unit
    row, column = copy.places.get(cell.address, (0, 0))
    right = copy.sheet.last((row, column))[1] + 1
    beside = (texts.get((row, at), "").strip() for at in (column - 1, right))
    return next((text for text in beside if text in MONEY), "")


def _missing_words(search: BlockSearch, missing: Sequence[FormCell]) -> Iterator[str]:
    """The missing figures in as few words as say it: whole rows, whole columns, single cells."""
    block = search.block
    gone = {cell.address for cell in missing}
    rows = [row for row in block.cells if all(cell.address in gone for cell in row)]
    columns = [line for line in zip(*block.cells, strict=True) if all(cell.address in gone for cell in line)]
    if not search.copies:
        rows = [row for row in block.cells if row[0].row.id not in search.rows_seen]
        columns = columns if search.rows_seen else []
        missing = ()
    elif len(rows) == len(block.cells):
        columns = []
    yield from (row[0].row.path[-1] for row in rows)
    yield from (line[0].column.path[-1] for line in columns)
    told = {cell.address for line in (*rows, *columns) for cell in line}
    yield from (cell.words for cell in missing if cell.address not in told)
