"""The review page as a value: an examined year laid out for whoever has to answer for it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from msgspec import Struct

from pipeline.compose.review_board import board, strangers
from pipeline.compose.review_figures import Books, accounts
from pipeline.compose.review_findings import Places, items, topics
from pipeline.compose.review_text import chapters
from pipeline.compose.tables import filled_grids
from pipeline.model.consolidation import Consolidation, LastYear
from pipeline.model.finding import Catalogue, Finding
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.movement import Move
from pipeline.model.narrative import Narrative
from pipeline.model.review import Approval, Checked, Review
from pipeline.model.roster import Roster
from pipeline.model.submission import Receipt, Submission


class Evidence(Struct, frozen=True):
    """All that a review rests on. ``submissions`` are those that count, by agency code.

    ``approval`` tells why a finding may stand, None where nobody says so. ``hurdles`` are the reasons, in
    words, why there can be no final report; ``narrative_file`` is the narrative's path, "" for none,
    ``narrative`` None where it could not be filled; ``keys`` are the addresses to sign off, of which this
    form and its indicators may lack some.
    """

    organ: str
    year: int
    deadline: str
    hurdles: tuple[str, ...]
    form: StatutoryForm
    indicators: Sequence[Indicator]
    catalogue: Catalogue
    roster: Roster
    receipts: Sequence[Receipt]
    submissions: Mapping[str, Submission]
    """The submission that counts, by agency code; each is read anew when it is asked for."""
    read: Callable[[Iterable[str]], Iterable[Submission]]
    """The submissions of these workbooks, those that could be read, whether they count or not."""
    consolidation: Consolidation
    last_year: LastYear
    findings: Sequence[Finding]
    approval: Callable[[Finding], Approval | None]
    narrative: Narrative | None
    narrative_file: str
    keys: Sequence[str]
    moves: tuple[Move, ...] = ()
    news: tuple[str, ...] = ()
    tally: tuple[Checked, ...] = ()


def compose_review(evidence: Evidence) -> Review:
    """The review of an examined year; the same evidence gives the same value."""
    form, sums = evidence.form, evidence.consolidation
    places = Places.of(form, evidence.indicators, evidence.narrative_file)
    places = places.with_cells(evidence.read(places.unplaced(evidence.findings)))
    found = items(evidence.findings, places, evidence.approval)
    books = Books(
        form,
        tuple(evidence.indicators),
        sums,
        evidence.last_year,
        {agency.code: evidence.submissions[agency.code] for agency in sums.counted},
        frozenset(receipt.agency for receipt in evidence.receipts if receipt.agency),
    )
    figures = accounts(books, evidence.narrative)
    counted = {receipt.agency: receipt for receipt in evidence.receipts if receipt.counted}
    in_text = [item for item in found if item.part == places.text]
    told, beside = chapters(form, evidence.narrative, in_text)
    groups = evidence.roster.groups
    return Review(
        organ=evidence.organ,
        year=evidence.year,
        edition=form.edition,
        deadline=evidence.deadline,
        hurdles=evidence.hurdles,
        agencies=tuple(agency.name for agency in sums.counted),
        workbooks=tuple(counted[agency].arrival.workbook for agency in sums.counted),
        groups=groups,
        member=tuple(groups.index(agency.group) for agency in sums.counted),
        board=board(evidence.roster, evidence.receipts, found),
        strangers=strangers(evidence.receipts),
        topics=topics(found, evidence.catalogue),
        grids=tuple(filled_grids(form, sums.values(), draft=True).values()),
        accounts=figures,
        last_year=_last_year(evidence.last_year),
        moves=evidence.moves,
        news=evidence.news,
        narrative=evidence.narrative.file if evidence.narrative else "",
        chapters=told,
        beside=beside,
        keys=tuple(address for address in evidence.keys if address in figures),
        tally=evidence.tally,
    )


def _last_year(last_year: LastYear) -> str:
    if not last_year.workbook:
        return ""
    why = f"；{last_year.doubt}，上年合计没有采用" if last_year.doubt else ""
    return f"{last_year.workbook}{why}"
