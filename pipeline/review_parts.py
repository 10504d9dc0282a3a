"""核对报告.html of many agencies: a page a part, and an overview that leads to them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TypeVar

from pipeline.compose.review import Evidence, compose_review
from pipeline.compose.review_parts import PartTold, overview, part_page, shared_folder, told_of
from pipeline.consolidate import consolidate
from pipeline.model.consolidation import LastYear
from pipeline.model.division import Part
from pipeline.model.finding import Finding
from pipeline.model.rendition import Rendition, Written
from pipeline.model.roster import Roster
from pipeline.model.submission import Receipt
from pipeline.outputs import REVIEW, REVIEW_PARTS
from pipeline.render.review import Pieces, render_overview, render_part
from pipeline.staging import Keep

T = TypeVar("T")
KIND, PART_KIND = "review", "review-part"
"""What run.json calls the page, and a part's."""


def divided_pages(
    evidence: Evidence, parts: Sequence[Part], templates: Path, keep: Keep
) -> tuple[Written, ...]:
    """The overview, then the parts' pages, each of which ``keep`` puts aside once it is made."""
    folder = shared_folder(evidence.receipts)
    receipts, findings = _by_agency(evidence)
    pieces = Pieces.of(templates / "review", "part")

    def made(part: Part) -> tuple[PartTold, Written]:
        """A part's page; what it was made from is let go before the next one's is looked up."""
        path = part_path(part)
        review = compose_review(_of_part(evidence, part, receipts, findings))
        one = told_of(review, part, path)
        page = render_part(part_page(review, one.line, part, folder), pieces)
        return one, keep(Rendition(PART_KIND, path, page))

    pages = list(map(made, parts))
    told = [one for one, _ in pages]
    groups = tuple(evidence.consolidation.groups)
    whole = overview(compose_review(_of_none(evidence, parts, receipts, findings)), told, folder, groups)
    page = render_overview(whole, Pieces.of(templates / "review", "overview"))
    return (Rendition(KIND, REVIEW, page), *(written for _, written in pages))


def part_path(part: Part) -> str:
    """Where a part's page lies in the year's output folder."""
    return f"{REVIEW_PARTS}/{part.number:0{max(3, len(str(part.count)))}}.html"


def _by_agency(evidence: Evidence) -> tuple[dict[str, list[Receipt]], dict[str, list[Finding]]]:
    """The receipts by agency code, the findings by agency name; "" for those of no agency."""
    receipts: dict[str, list[Receipt]] = {}
    for receipt in evidence.receipts:
        receipts.setdefault(receipt.agency.code if receipt.agency else "", []).append(receipt)
    findings: dict[str, list[Finding]] = {}
    for finding in evidence.findings:
        findings.setdefault(finding.agency, []).append(finding)
    return receipts, findings


def _of_part(
    evidence: Evidence,
    part: Part,
    receipts: Mapping[str, Sequence[Receipt]],
    findings: Mapping[str, Sequence[Finding]],
) -> Evidence:
    """What the review of a part's agencies rests on; their submissions are looked up once."""
    roster = Roster(part.agencies)
    submissions = {
        agency.code: evidence.submissions[agency.code]
        for agency in roster.agencies
        if agency.code in evidence.submissions
    }
    last = evidence.last_year
    return replace(
        evidence,
        hurdles=(),
        roster=roster,
        receipts=_in_order(receipts.get(agency.code, ()) for agency in roster.agencies),
        submissions=submissions,
        consolidation=consolidate(evidence.form, evidence.indicators, roster, submissions),
        last_year=LastYear(last.year, last.workbook, last.agencies, {}, {}),
        findings=_in_order(findings.get(agency.name, ()) for agency in roster.agencies),
        narrative=None,
        keys=(),
        moves=(),
        news=(),
        tally=(),
    )


def _of_none(
    evidence: Evidence,
    parts: Iterable[Part],
    receipts: Mapping[str, Sequence[Receipt]],
    findings: Mapping[str, Sequence[Finding]],
) -> Evidence:
    """What the overview says besides: the sums, and what was found of none of the parts' agencies."""
    names = {agency.name for part in parts for agency in part.agencies}
    return replace(
        evidence,
        roster=Roster(()),
        receipts=tuple(receipts.get("", ())),
        submissions={},
        consolidation=replace(evidence.consolidation, counted=(), missing=()),
        findings=_in_order(found for name, found in findings.items() if name not in names),
    )


def _in_order(lists: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(chain.from_iterable(lists))
