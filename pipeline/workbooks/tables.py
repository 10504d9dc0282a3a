"""Decide for each statutory table which cells of a workbook hold its figures, or say what is missing."""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct, field

from pipeline.model.finding import Finding
from pipeline.model.form import FormCell, FormTable, StatutoryForm
from pipeline.model.number import NumberKind
from pipeline.model.place import CellPlace, a1
from pipeline.workbooks.across import search_across
from pipeline.workbooks.choice import Chooser
from pipeline.workbooks.copy import BlockCopy, BlockSearch
from pipeline.workbooks.figures import Slot
from pipeline.workbooks.sheet import Sheet
from pipeline.workbooks.source import Source
from pipeline.workbooks.under import search_under
from pipeline.workbooks.units import money_unit
from pipeline.workbooks.vocabulary import Labels, Vocabulary, labels_on, vocabulary

PRESENT = 0.5
"""A table is there where a sheet names at least this part of its rows and columns."""


class LocatedTables(Struct):
    """Where a form's figures stand: a slot for every address; what is wrong; whether all tables fit."""

    slots: dict[str, Slot] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    fits: bool = True
    single: bool = True
    """Whether every block stands there once, on hidden sheets not at all."""


def locate_tables(
    form: StatutoryForm, sheets: Sequence[Sheet], source: Source, words: Vocabulary | None = None
) -> LocatedTables:
    """Find a form's tables on these sheets, by their labels. A slot without a place has had its finding.

    Hidden sheets are not read; what stands there and says otherwise is a doubt. ``words`` are the form's
    labels where they are at hand.
    """
    words = words or vocabulary(form)
    visible = [labels_on(sheet, words) for sheet in sheets if sheet.visible]
    hidden = [labels_on(sheet, words) for sheet in sheets if not sheet.visible]
    located = LocatedTables()
    for table in form.tables:
        _Table(table, visible, hidden, source, located, form.computed.keys()).locate()
    return located


class _Table(Struct):
    """One table being located."""

    table: FormTable
    visible: list[Labels]
    hidden: list[Labels]
    source: Source
    located: LocatedTables
    computed: Collection[str]

    def locate(self) -> None:
        """Add the table's slots and findings."""
        if max((labels.share(self.table) for labels in self.visible), default=0) < PRESENT:
            self._miss("table-missing", None, words=self.table.alias, found=self._where_hidden())
            self._void(self.table.cells)
            return
        searches, hidden = self._searches(self.visible), self._searches(self.hidden)
        self.located.single &= all(len(search.copies) == 1 for search in searches)
        self.located.single &= not any(search.copies for search in hidden)
        choice = Chooser(self.table, self.computed, self.source).choose(
            searches, hidden, [*self.visible, *self.hidden]
        )
        if choice.doubt:
            self._tell("table-twice", choice.doubt.place, words=self.table.alias, found=choice.doubt.words)
        for search, copy in zip(searches, choice.copies, strict=True):
            self._take(search, copy, trusted=not choice.doubt)

    def _searches(self, sheets: Sequence[Labels]) -> list[BlockSearch]:
        named = [labels for labels in sheets if labels.share(self.table) > 0]
        return [
            (search_across if block.across else search_under)(self.table, number, named)
            for number, block in enumerate(self.table.blocks)
        ]

    def _where_hidden(self) -> str:
        names = [labels.sheet.name for labels in self.hidden if labels.share(self.table) >= PRESENT]
        return f"，隐藏的工作表“{names[0]}”里有，请取消隐藏后重报" if names else ""

    def _miss(self, code: str, sheet: Sheet | None, **names: str) -> None:
        self.located.fits = False
        self._tell(code, self.source.place(sheet), **names)

    def _tell(self, code: str, place: CellPlace, **names: str) -> None:
        self.located.findings.append(
            self.source.catalogue.finding(code, year=self.source.year, place=place, **names)
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
            unit=self._unit(cell, copy) if copy and place else "",
            sheet=copy.sheet if copy else None,
            place=place,
            trusted=trusted,
            total=cell.address in self.computed,
        )

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
        crowded = {address for crowd in copy.crowds for address in crowd.addresses}
        for cell in cells:
            if cell.address in copy.places:
                doubt = copy.doubts.get(cell.address) if cell.address not in crowded else None
                certain = trusted and not doubt and cell.address not in crowded
                self.located.slots[cell.address] = self._slot(
                    cell, copy, copy.places[cell.address], trusted=certain
                )
                if doubt and trusted:
                    self._report_doubt(cell, copy, doubt)
        if trusted:
            self._report_crowds(copy)
            self._report_ignored(copy)

    def _unit(self, cell: FormCell, copy: BlockCopy) -> str:
        if cell.kind not in (NumberKind.YUAN, NumberKind.WAN):
            return ""
        return money_unit(cell, copy, next(labels for labels in self.visible if labels.sheet is copy.sheet))

    def _likeliest(self) -> Sheet:
        return max(self.visible, key=lambda labels: labels.share(self.table)).sheet

    def _report_doubt(self, cell: FormCell, copy: BlockCopy, rivals: tuple[tuple[int, int], ...]) -> None:
        place = self.source.place(copy.sheet, copy.places[cell.address])
        found = "、".join(a1(*rival) for rival in rivals)
        self._tell("cell-twice", place, address=cell.address, words=cell.words, found=found)

    def _report_crowds(self, copy: BlockCopy) -> None:
        for crowd in copy.crowds:
            place = self.source.place(copy.sheet, crowd.place)
            self._tell("cell-twice", place, words=crowd.words, found=crowd.found)

    def _report_ignored(self, copy: BlockCopy) -> None:
        for place, text in copy.ignored.items():
            where = self.source.place(copy.sheet, place)
            self._tell("column-ignored", where, table=self.table.alias, found=text)


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
