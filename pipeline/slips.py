"""What goes back to the agencies: a slip 退回单 for each with something to change, its workbook marked."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from pipeline.check.crossfooting import RuleBook
from pipeline.check.suspects import suspects
from pipeline.compose.slip_line import Wording, pointed_line, slip_line
from pipeline.errors import ExitCode
from pipeline.execution import Failure, Hands, Work, over_all
from pipeline.filenames import apart, distinct_names, legal_name
from pipeline.jsonfile import as_json
from pipeline.model.alike import Alike, alike
from pipeline.model.finding import Finding, Severity, visible
from pipeline.model.number import plain
from pipeline.model.rendition import Rendition, Written
from pipeline.model.roster import Agency
from pipeline.model.slip import Pointer, Slip, SlipLine
from pipeline.model.submission import Cover
from pipeline.opinion import agency_body
from pipeline.outputs import RETURNED, SLIPS
from pipeline.record import (
    input_entries,
    name_in_outputs,
    read_record,
    record_head,
    recorded,
    rendition_entry,
)
from pipeline.renditions import typefaces
from pipeline.run import Examination
from pipeline.slip_order import KIND, Book, Order, Returned
from pipeline.staging import Keep, held

MARKED, RETURN, REMINDER = "（标注）", "退回单", "催报单"
"""How the names of the files end: a marked workbook, a slip, the slip of whoever sent nothing."""
WEIGHTY = frozenset({Severity.ERROR, Severity.WARNING})


class Returns(Struct, frozen=True):
    """What goes back: the files, and earlier ones, by name, that hold no longer.

    ``records`` holds slips.json, or nothing where there is no slip and never was. ``findings`` tell of slips
    that read back otherwise than they should.
    """

    files: tuple[Written, ...]
    records: tuple[Rendition, ...]
    outdated: tuple[str, ...]
    findings: tuple[Finding, ...]
    unmade: tuple[tuple[str, Failure], ...]
    """The agencies whose slips could not be made, each with why."""

    @property
    def exit_code(self) -> ExitCode:
        """The gravest of what kept an agency from its slip; else whether one reads back otherwise."""
        differs = any(finding.is_error for finding in self.findings)
        otherwise = ExitCode.UNVERIFIED if differs else ExitCode.OK
        return max((failure.code for _, failure in self.unmade), default=otherwise)

    @property
    def slips(self) -> int:
        """To how many agencies a slip goes."""
        return sum(one.name.endswith(".docx") for one in self.files)

    @property
    def marked(self) -> int:
        """How many marked workbooks go with them; none with the slips of those who sent nothing."""
        return sum(one.name.endswith(".xlsx") for one in self.files)


def returns(
    examination: Examination,
    templates: Path,
    agencies: Sequence[Agency] = (),
    hands: Hands = 1,
    keep: Keep = held,
) -> Returns:
    """The slips of these agencies (of all without any) and slips.json, by so many hands.

    ``keep`` puts each file aside once it is made. Earlier slips of theirs that are not made again are
    outdated; other agencies' stand.
    """
    inputs = examination.inputs
    asked = agencies or inputs.roster.agencies
    wanted = orders(examination, asked)
    results, unmade = _made(wanted, examination, templates, hands, keep)
    earlier = recorded(inputs.workspace, KIND)
    entries = [
        {**rendition_entry(file, inputs.workspace), "agency": order.code}
        for order, result in results
        for file in result.files
    ]
    written, codes = {entry["path"] for entry in entries}, {agency.code for agency in asked}
    stale = [entry for entry in earlier if entry["path"] not in written]
    others = [entry for entry in stale if agencies and entry.get("agency") not in codes]
    known = bool(entries or earlier) or (inputs.workspace.outputs / SLIPS).is_file()
    return Returns(
        files=tuple(file for _, result in results for file in result.files),
        records=(_record(examination, entries, others),) if known else (),
        outdated=tuple(name_in_outputs(one, inputs.workspace) for one in stale if one not in others),
        findings=tuple(finding for _, result in results for finding in result.findings),
        unmade=unmade,
    )


def _record(
    examination: Examination, entries: Sequence[Mapping[str, Any]], others: Sequence[Mapping[str, Any]]
) -> Rendition:
    """slips.json: the slips that were made, and others' that stand."""
    inputs = examination.inputs
    # Slips that stand rest on what an earlier check read: that tells then whether they still hold.
    before = read_record(inputs.workspace.outputs / SLIPS).get("inputs", [])
    read = before if others else input_entries(examination)
    record = as_json({**record_head(inputs), "inputs": read, "renditions": entries, "standing": others})
    return Rendition("record", SLIPS, record)


def _made(
    wanted: Sequence[Order], examination: Examination, templates: Path, hands: Hands, keep: Keep
) -> tuple[list[tuple[Order, Returned]], tuple[tuple[str, Failure], ...]]:
    """What was made of each order, and whose could not be: that one stops no other."""
    if not wanted:
        return [], ()
    # What prints and marks is loaded where a slip is to be made, once for all processes that share the work.
    from pipeline.slip import press, returned

    inputs = examination.inputs
    work = Work(partial(press, templates, typefaces(inputs), inputs.catalogue), returned)
    made: list[tuple[Order, Returned]] = []
    unmade: list[tuple[str, Failure]] = []
    # Another computer's worker has not the workbooks: each goes with its bytes when its turn comes.
    items: Iterable[Order] = wanted if isinstance(hands, int) else (order.carried() for order in wanted)
    results = over_all(work, items, hands)
    for order, result in zip(wanted, results, strict=True):
        if isinstance(result, Failure):
            unmade.append((order.slip.agency, result))
        else:
            made.append((order, replace(result, files=tuple(map(keep, result.files)))))
    return made, tuple(unmade)


def slip_stems(agencies: Sequence[Agency]) -> dict[str, str]:
    """How the path of each agency's slip begins, by code: the code stands where names are alike."""
    names = distinct_names({agency.code: agency.name for agency in agencies})
    return {code: f"{RETURNED}/{name}" for code, name in names.items()}


def copy_names(workbooks: Sequence[str]) -> dict[str, str]:
    """The path of each workbook's marked copy: its own name, numbered where others have it too."""
    names = apart(legal_name(PurePosixPath(workbook).stem) for workbook in workbooks)
    return {
        workbook: f"{RETURNED}/{name}{MARKED}.xlsx" for workbook, name in zip(workbooks, names, strict=True)
    }


def orders(examination: Examination, agencies: Sequence[Agency]) -> list[Order]:
    """What is to be made for each agency that has an error or a warning nobody stands by."""
    by_agency: dict[str, list[Finding]] = {}
    for finding in examination.findings:
        if finding.severity in WEIGHTY and not examination.accepted(finding):
            by_agency.setdefault(finding.agency, []).append(finding)
    concerned = [agency for agency in agencies if agency.name in by_agency]
    desk = _Desk(examination) if concerned else None
    return [desk.order(agency, by_agency[agency.name]) for agency in concerned] if desk else []


class _Desk:
    """What all orders of a year are written from."""

    def __init__(self, examination: Examination) -> None:
        inputs = examination.inputs
        book = RuleBook.of(inputs.year, inputs.form, inputs.indicators)
        self._examination = examination
        self._book = book
        self._wording = Wording(inputs.catalogue, book.rules, book.words)
        self._stems = slip_stems(inputs.roster.agencies)
        self._files_by_path = {file.path: file for file in inputs.submissions}
        self._arrivals = {one.arrival.workbook: one.arrival for one in examination.reception.receipts}
        self._sent: dict[str, list[str]] = {}
        for one in examination.reception.receipts:
            self._sent.setdefault(one.agency.code if one.agency else "", []).append(one.arrival.workbook)
        self._copies = copy_names(list(self._files_by_path))

    def order(self, agency: Agency, findings: Sequence[Finding]) -> Order:
        """One agency's slip, from the findings that concern it."""
        files = self._files(agency, findings)
        pointers = self._pointers(agency, findings)
        explained = [finding for pointer in pointers for finding in pointer.findings]
        rest = [finding for finding in findings if finding not in explained]
        pointed = [pointed_line(pointer, self._wording) for pointer in pointers]
        grouped = [*pointed, *(slip_line(group, self._wording) for group in alike(rest))]
        single = [*pointed, *(slip_line(Alike((one,)), self._wording) for one in rest)]
        books = tuple(self._marked(file, single) for file in files if _in_cells(file, single))
        stem = self._stems[agency.code] + (RETURN if files else REMINDER)
        return Order(agency.code, self._slip(agency, grouped, files), stem, books)

    def _pointers(self, agency: Agency, findings: Sequence[Finding]) -> list[Pointer]:
        """Single figures that explain several findings, or one that stands elsewhere."""
        examination = self._examination
        if agency.code not in examination.reception.counted:
            return []
        body = agency_body(agency, examination.inputs, examination.reception)
        pointers = []
        for suspect in suspects(body, self._book.heard(examination.inputs.catalogue), self._book.prepared):
            told = tuple(one for one in findings if (one.code, one.address) in suspect.mends)
            place = body.place(suspect.address)
            if place and any(one.address != suspect.address for one in told):
                numbers = plain(suspect.found), plain(suspect.expected)
                pointers.append(Pointer(place, suspect.address, *numbers, told))
        return pointers

    def _files(self, agency: Agency, findings: Sequence[Finding]) -> list[str]:
        """The workbooks the findings are about, all that came where none counts; else the one that counts."""
        counted = self._examination.reception.counted.get(agency.code)
        named = dict.fromkeys(finding.workbook for finding in findings if finding.workbook in self._arrivals)
        if counted or not named:
            return list(named) or ([counted.workbook] if counted else [])
        return self._sent.get(agency.code, [])

    def _slip(self, agency: Agency, lines: Sequence[SlipLine], files: Sequence[str]) -> Slip:
        inputs, settings = self._examination.inputs, self._examination.inputs.settings
        cover = next((cover for file in files if (cover := self._cover(file))), Cover())
        return Slip(
            agency=agency.name,
            organ=settings.organ,
            compiler=settings.compiler or settings.organ,
            contact=settings.contact,
            year=inputs.year,
            date=settings.published(inputs.year),
            by=by_words(settings.correct_by, settings.deadline, self._examination.today),
            workbook="”“".join(visible(PurePosixPath(file).name) for file in files),
            version=cover.version,
            filled_by=visible(cover.filled_by),
            lines=tuple(_named(line) for line in lines) if len(files) > 1 else tuple(lines),
        )

    def _marked(self, file: str, lines: Sequence[SlipLine]) -> Book:
        own = tuple(line for line in lines if line.workbook == file)
        return Book(self._files_by_path[file], self._arrivals[file].sha256, own, self._copies[file])

    def _cover(self, file: str) -> Cover | None:
        return self._arrivals[file].cover


def _named(line: SlipLine) -> SlipLine:
    """The line with the name of its file, for a slip that is about several."""
    name = visible(PurePosixPath(line.workbook).name)
    return replace(line, where=f"{name} {line.where}") if name else line


def _in_cells(file: str, lines: Sequence[SlipLine]) -> bool:
    """Whether any line is about a cell of this workbook: only then is there something to mark."""
    return any(line.workbook == file and line.sheet and line.cells for line in lines)


def by_words(correct_by: datetime.date | None, deadline: datetime.date | None, today: datetime.date) -> str:
    """Until when, in words: the day for corrections, else the deadline; once both are past, soon."""
    for day in (correct_by, deadline):
        if day and day >= today:
            return f"请于{day.year}年{day.month}月{day.day}日前"
    return "请尽快"
