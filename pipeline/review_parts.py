"""核对报告.html of many agencies: a page a part, and an overview that leads to them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from pipeline.check.roster import Reception
from pipeline.compose.review import Evidence, compose_review
from pipeline.compose.review_parts import PartTold, overview, part_page, shared_folder, told_of
from pipeline.consolidate import consolidate
from pipeline.model.consolidation import LastYear
from pipeline.model.division import Part
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.kept import KeptFigures
from pipeline.model.rendition import Rendition, Written
from pipeline.model.review import Approval
from pipeline.model.roster import Roster
from pipeline.outputs import REVIEW, REVIEW_PARTS
from pipeline.parts import Trade, made_parts
from pipeline.render.review import Pieces, render_overview, render_part
from pipeline.staging import Manner

KIND, PART_KIND = "review", "review-part"
"""What run.json calls the page, and a part's."""


class Frame(Struct, frozen=True):
    """What the pages of all parts have in common; ``folder`` is that of all files that arrived."""

    organ: str
    year: int
    deadline: str
    form: StatutoryForm
    indicators: tuple[Indicator, ...]
    catalogue: Catalogue
    narrative_file: str
    last_year: LastYear
    folder: str
    pieces: Pieces


class Share(Struct, frozen=True):
    """What a part's page is made from: its agencies, what came from them, and what was found there.

    ``last_year`` are their figures of then, by code; ``approvals`` are of findings that a person stands by.
    """

    part: Part
    path: str
    reception: Reception
    last_year: KeptFigures
    findings: tuple[Finding, ...]
    approvals: Mapping[Finding, Approval]


def divided_pages(
    evidence: Evidence, reception: Reception, parts: Sequence[Part], templates: Path, manner: Manner
) -> tuple[Written, ...]:
    """The overview, then the parts' pages; ``reception`` is what the evidence rests on."""
    folder, found = shared_folder(evidence.receipts), _found(evidence)

    def shares(numbers: Sequence[int]) -> Iterator[Share]:
        some = [parts[at] for at in numbers]
        came = reception.shares(part.agencies for part in some)
        return (_share(part, one, found, evidence) for part, one in zip(some, came, strict=True))

    trade = Trade(PART_KIND, _frame(evidence, folder, templates), part_of_review, PartTold)
    pages = list(made_parts(trade, list(map(part_path, parts)), shares, manner))
    groups = tuple(evidence.consolidation.groups)
    told = [one for _, one in pages]
    whole = overview(compose_review(_of_none(evidence, parts, found)), told, folder, groups)
    page = render_overview(whole, Pieces.of(templates / "review", "overview"))
    return (Rendition(KIND, REVIEW, page), *(written for written, _ in pages))


def part_of_review(frame: Frame, share: Share) -> tuple[bytes, PartTold]:
    """A part's page, and what the overview says of it."""
    review = compose_review(_evidence(frame, share))
    told = told_of(review, share.part, share.path)
    return render_part(part_page(review, told.line, share.part, frame.folder), frame.pieces), told


def _found(evidence: Evidence) -> Mapping[str, Sequence[Finding]]:
    """The findings by agency name; "" for those of no agency."""
    found: dict[str, list[Finding]] = {}
    for finding in evidence.findings:
        found.setdefault(finding.agency, []).append(finding)
    return found


def _frame(evidence: Evidence, folder: str, templates: Path) -> Frame:
    last = evidence.last_year
    return Frame(
        organ=evidence.organ,
        year=evidence.year,
        deadline=evidence.deadline,
        form=evidence.form,
        indicators=tuple(evidence.indicators),
        catalogue=evidence.catalogue,
        narrative_file=evidence.narrative_file,
        last_year=LastYear(last.year, last.workbook, {}, {}, {}),
        folder=folder,
        pieces=Pieces.of(templates / "review", "part"),
    )


def _share(
    part: Part, reception: Reception, found: Mapping[str, Sequence[Finding]], evidence: Evidence
) -> Share:
    findings = tuple(chain.from_iterable(found.get(agency.name, ()) for agency in part.agencies))
    approved = ((finding, evidence.approval(finding)) for finding in findings)
    return Share(
        part=part,
        path=part_path(part),
        reception=reception,
        last_year=KeptFigures.of(evidence.last_year.agencies, (agency.code for agency in part.agencies)),
        findings=findings,
        approvals={finding: approval for finding, approval in approved if approval},
    )


def _evidence(frame: Frame, share: Share) -> Evidence:
    """What the review of a part's agencies rests on."""
    roster, reception = Roster(share.part.agencies), share.reception
    counted = dict(reception.counted)  # gone through twice; a part's are few
    return Evidence(
        organ=frame.organ,
        year=frame.year,
        deadline=frame.deadline,
        hurdles=(),
        form=frame.form,
        indicators=frame.indicators,
        catalogue=frame.catalogue,
        roster=roster,
        receipts=reception.receipts,
        submissions=counted,
        read=reception.read,
        consolidation=consolidate(frame.form, frame.indicators, roster, counted),
        last_year=replace(frame.last_year, agencies=share.last_year),
        findings=share.findings,
        approval=share.approvals.get,
        narrative=None,
        narrative_file=frame.narrative_file,
        keys=(),
    )


def part_path(part: Part) -> str:
    """Where a part's page lies in the year's output folder."""
    return f"{REVIEW_PARTS}/{part.number:0{max(3, len(str(part.count)))}}.html"


def _of_none(evidence: Evidence, parts: Iterable[Part], found: Mapping[str, Sequence[Finding]]) -> Evidence:
    """What the overview says besides: the sums, and what was found of none of the parts' agencies."""
    names = {agency.name for part in parts for agency in part.agencies}
    return replace(
        evidence,
        roster=Roster(()),
        receipts=tuple(receipt for receipt in evidence.receipts if receipt.agency is None),
        submissions={},
        consolidation=replace(evidence.consolidation, counted=(), missing=()),
        findings=tuple(chain.from_iterable(told for name, told in found.items() if name not in names)),
    )
