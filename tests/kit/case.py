"""The gallery's cases: what one clerk or office did wrong to a small office in order, and what the program finds.

A case is tests/cases/<code>/case.toml; its README.md there explains the words. ``python -m kit.case --update``,
run in tests/, writes each case's message into templates/findings.toml and the gallery page anew.
"""

import shutil
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from kit.broken import MAKERS
from kit.gallery import Shown, gallery, with_examples
from kit.last_year import last_year, reorganize
from kit.office import AGENCIES, TODAY, Office, open_office
from kit.post import EMAILS, NOW, set_addresses, set_up_mail
from kit.workbook import typed
from pipeline.addressing import Parcel, correspondence, recipients
from pipeline.agencies import made, planned
from pipeline.deliver.enclosure import Enclosure
from pipeline.forms.catalogue import load_catalogue, load_indicators
from pipeline.forms.editions import load_forms
from pipeline.gather import YearInputs, load_inputs
from pipeline.inquire import agencies_named
from pipeline.mailing import MEGABYTE, REPORT
from pipeline.model.finding import Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.rendition import Rendition
from pipeline.model.roster import Agency
from pipeline.render.web_fragment import render_fragment
from pipeline.render.word import render_word
from pipeline.renditions import (
    FORMATS,
    compose,
    faces,
    prove,
    report_names,
    substituted,
    typefaces,
    unprintable,
)
from pipeline.run import Examination, examine
from pipeline.sending import desk_of
from pipeline.verification import prove_edited
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workspace import Workspace

TESTS = Path(__file__).parents[1]
CASES, TEMPLATES = TESTS / "cases", TESTS.parent / "templates"
CATALOGUE, PAGE = TEMPLATES / "findings.toml", CASES / "README.md"
FORMS = {form.edition: form for form in load_forms(TEMPLATES / "forms")}
INDICATORS = load_indicators(TEMPLATES / "indicators.toml")
RENDERERS = {"docx": render_word, "fragment": render_fragment}
BY_NAME = {agency.name: agency for agency in AGENCIES}
WORDS = {
    "reports",
    "story",
    "edition",
    "workbook",
    "peers",
    "last_year",
    "roster",
    "text",
    "file",
    "removed",
    "year_before",
    "tampered",
    "format",
    "edited",
    "besides",
    "accepted",
    "mail",
}
WORKBOOK_WORDS = {"agency", "edition", "typed", "cover", "without", "copied", "hidden", "name"}


class Case(Struct, frozen=True):
    """A case: its code, what happened in a sentence, and what was done, as case.toml says it."""

    code: str
    story: str
    done: Mapping[str, Any]

    @property
    def besides(self) -> frozenset[str]:
        """Codes of the findings that the case's own is about, and that come with it."""
        return frozenset(self.done.get("besides", ()))

    @property
    def form(self) -> StatutoryForm:
        """The form of the office's year."""
        return FORMS[self.done.get("edition", "2019")]


def load_case(folder: Path) -> Case:
    """The case in a folder; ValueError for a word that no case knows."""
    done = tomllib.loads((folder / "case.toml").read_text(encoding="utf-8"))
    unknown = {word for workbook in done.get("workbook", ()) for word in workbook} - WORKBOOK_WORDS
    unknown |= set(done) - WORDS
    if unknown:
        raise ValueError(f"{folder.name}: {', '.join(sorted(unknown))}")
    return Case(folder.name, done["story"], done)


@cache
def cases() -> tuple[Case, ...]:
    """Every case, by code."""
    return tuple(load_case(path.parent) for path in sorted(CASES.glob("*/case.toml")))


class Offices:
    """Copies of an office in order, one for each case: built once for an edition in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._whole: dict[str, Office] = {}

    def open(self, name: str, form: StatutoryForm) -> Office:
        """A fresh copy to spoil, in a folder of this name."""
        if form.edition not in self._whole:
            whole = open_office(self._folder / f"office {form.edition}", form, INDICATORS)
            (whole.inputs / "previous.xlsx").write_bytes(last_year(whole))
            self._whole[form.edition] = whole
        whole = self._whole[form.edition]
        root = self._folder / name
        shutil.copytree(whole.root, root)
        return replace(whole, root=root)


def findings_of(case: Case, offices: Offices) -> tuple[Finding, ...]:
    """What the program finds in the office after the case was done to it.

    Nothing found in the inputs: the report is printed, tampered with where the case says so, and read back.
    """
    office = offices.open(case.code, case.form)
    spoil(office, case)
    examination = examine(load_inputs(Workspace.at(office.root, None), TEMPLATES), TODAY)
    if examination.stopped:
        raise examination.stopped
    if examination.findings:
        return examination.findings
    if "reports" in case.done:
        return _of_reports(examination.inputs, case.done["reports"])
    if "mail" in case.done:
        return _of_mail(office, examination.inputs.workspace, **case.done["mail"])
    for word in ("tampered", "edited"):
        if word in case.done:
            how = case.done.get("format", "docx")
            return _read_back(examination, case.done[word], how, edited=word == "edited")
    inputs = examination.inputs
    own = typefaces(inputs)
    told = unprintable(compose(examination), inputs.catalogue, faces(TEMPLATES, own))
    return (*told, *substituted(own, inputs))


def _of_reports(inputs: YearInputs, agencies: Sequence[str]) -> tuple[Finding, ...]:
    """What is found while these agencies' own reports are made."""
    results = made(planned(examine(inputs, TODAY), agencies_named(agencies, inputs)), TEMPLATES, hands=1)
    return tuple(finding for result in results for finding in result.findings)


def _of_mail(
    office: Office, workspace: Workspace, emails: Sequence[str] = EMAILS, megabytes: int = 0
) -> tuple[Finding, ...]:
    """What is found while letters to all agencies are written: their addresses, and the size of a report."""
    set_up_mail(office, to='group = "市直机关"', max_megabytes=1)
    set_addresses(office, emails)
    desk = desk_of(workspace, TEMPLATES)
    report = Parcel((Enclosure(f"{desk.settings.organ}报告.pdf", bytes(megabytes * MEGABYTE)),), "")
    to = recipients(desk, REPORT, (), ())
    return correspondence(desk, REPORT, [(one, report) for one in to], NOW).findings


def spoil(office: Office, case: Case) -> None:
    """Do to the office what the case says."""
    for entry in case.done.get("workbook", ()):
        _send(office, **entry)
    peers = _take_in_peers(office, case.done.get("peers", {}))
    if "roster" in case.done:
        reorganize(office, case.done["roster"])
    if "last_year" in case.done:
        (office.inputs / "previous.xlsx").write_bytes(last_year(office, case.done["last_year"], peers))
    for name, changes in case.done.get("text", {}).items():
        _retype(office.inputs / name, changes)
    for entry in case.done.get("file", ()):
        _make(office, **entry)
    for name in case.done.get("removed", ()):
        (office.inputs / name).unlink()
    if "accepted" in case.done:
        office.write("accepted.toml", case.done["accepted"])
    if case.done.get("year_before"):
        _leave_year_before(office)


def _take_in_peers(office: Office, peers: Mapping[str, Mapping[str, object]]) -> tuple[Agency, ...]:
    """More agencies in the roster, whose workbooks hold these figures and 0 everywhere else."""
    agencies = tuple(Agency(f"9{number}", name, "市直机关") for number, name in enumerate(peers))
    if agencies:
        (office.inputs / "roster.xlsx").write_bytes(roster_workbook((*AGENCIES, *agencies), TODAY))
    nought = typed(office.form, dict.fromkeys(office.form.cells, Decimal(0)))
    for agency in agencies:
        office.submit(agency, {**nought, **peers[agency.name]})
    return agencies


def _leave_year_before(office: Office) -> None:
    """Leave last year's folder as it was before anybody had submitted."""
    before = office.inputs.with_name(str(office.year - 1))
    (before / "submissions").mkdir(parents=True)
    for name in ("report.toml", "roster.xlsx"):
        shutil.copy(office.inputs / name, before)


def _send(office: Office, agency: str, edition: str = "", name: str = "", **odd: Any) -> None:
    """Send in an agency's workbook anew, spoiled; under another name it is a second one."""
    form = FORMS[edition] if edition else office.form
    laid = replace(office, form=form).laid(BY_NAME[agency])
    if "without" in odd:
        laid.book.remove(laid.book[odd["without"]])
    if "copied" in odd:
        laid.book.copy_worksheet(laid.book[odd["copied"]]).title = f"{odd['copied']} (2)"
    if "hidden" in odd:
        sheet = laid.book.create_sheet("_make_report")
        for pair in odd["hidden"].items():
            sheet.append(pair)
        sheet.sheet_state = "hidden"
    labels = {cell.value: cell.row for cell in laid.book["封面"]["A"]}
    for label, value in odd.get("cover", {}).items():
        laid.book["封面"].cell(labels[label], 2).value = value or None
    for place, value in odd.get("typed", {}).items():
        sheet, cell = place.split("!") if "!" in place else laid.places[place]
        laid.book[sheet][cell] = value
    office.deliver(laid, name or f"{agency}.xlsx")


def _retype(path: Path, changes: Mapping[str, str]) -> None:
    text = path.read_text(encoding="utf-8")
    for old, new in changes.items():
        if text.count(old) != 1:
            raise ValueError(f"{path.name}: {old}")
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def _make(office: Office, name: str, maker: str, source: str = "") -> None:
    """Spoil a file, or put in place of ``source`` what is made from it."""
    before = office.inputs / (source or name)
    content = MAKERS[maker](before.read_bytes())
    before.unlink()
    (office.inputs / name).write_bytes(content)


def _read_back(examination: Examination, maker: str, how: str, *, edited: bool) -> tuple[Finding, ...]:
    """Print the report and read it back spoiled: as the program's own, or as one a person may have edited."""
    document = compose(examination)
    printed = dict(zip((written.name for written in FORMATS), report_names(document), strict=True))
    spoiled = Rendition(f"report-{how}", printed[how], MAKERS[maker](RENDERERS[how](document)))
    if edited:
        return prove_edited(document, (spoiled,), examination).findings
    return prove(document, (spoiled,), examination.inputs.catalogue).findings


def shown(case: Case, findings: tuple[Finding, ...]) -> Shown:
    """The case as the gallery shows it: with the first finding of its code."""
    own = next(finding for finding in findings if finding.code == case.code)
    return Shown(load_catalogue(CATALOGUE).kinds[case.code], case.story, own)


def main() -> None:
    """Run every case, print what trips another code, and with ``--update`` write the examples and the page."""
    entries: list[Shown] = []
    with tempfile.TemporaryDirectory() as folder:
        offices = Offices(Path(folder))
        for case in cases():
            findings = findings_of(case, offices)
            if {finding.code for finding in findings} - case.besides == {case.code}:
                entries.append(shown(case, findings))
            else:
                print(case.code, *(f"\n  {one.code}　{one.where()}　{one.message}" for one in findings))
    print(f"{len(entries)} of {len(cases())} cases trip their code and only it")
    if "--update" in sys.argv:
        CATALOGUE.write_text(
            with_examples(CATALOGUE.read_text(encoding="utf-8"), entries), encoding="utf-8", newline="\n"
        )
        PAGE.write_text(
            gallery(entries, tuple(load_catalogue(CATALOGUE).kinds)), encoding="utf-8", newline="\n"
        )


if __name__ == "__main__":
    main()
