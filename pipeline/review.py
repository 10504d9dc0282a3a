"""核对报告.html: the review page of an examined year, for the office to check, print and sign."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from pipeline.compose.review import Evidence, compose_review
from pipeline.forms.catalogue import entries
from pipeline.model.acceptance import Acceptance
from pipeline.model.division import divide
from pipeline.model.finding import Finding, some
from pipeline.model.movement import Changes, Submitted
from pipeline.model.rendition import Rendition, Written
from pipeline.model.review import Approval, Checked
from pipeline.model.tally import RuleTally
from pipeline.outputs import REVIEW
from pipeline.render.review import Pieces, render_review
from pipeline.review_parts import KIND, divided_pages
from pipeline.run import Examination, gaps
from pipeline.staging import AT_HAND, Manner

UNCHANGED = Changes()
NAMED = 100
"""Names of agencies in a sentence of the overview."""


def review_pages(
    examination: Examination,
    findings: Sequence[Finding],
    templates: Path,
    changes: Changes = UNCHANGED,
    manner: Manner = AT_HAND,
) -> tuple[Written, ...]:
    """The page as a file, or where there are many agencies the overview and the parts' pages.

    ``findings`` are all of the run, those of printing and reading back among them. No clock goes into it but
    the day that decides which acceptances hold: a second run over the same inputs writes the same bytes.
    """
    keys = entries(templates / "review" / "keys.toml").get("keys", [])
    parts = divide(examination.inputs.roster, manner.sizes)
    rests_on = evidence(examination, findings, keys, changes, most=NAMED if parts else 0)
    if parts:
        return divided_pages(rests_on, examination.reception, parts, templates, manner)
    pieces = Pieces.of(templates / "review")
    return (Rendition(KIND, REVIEW, render_review(compose_review(rests_on), pieces)),)


def evidence(
    examination: Examination,
    findings: Sequence[Finding],
    keys: Sequence[str],
    changes: Changes,
    *,
    most: int = 0,
) -> Evidence:
    """What the review rests on; ``most`` names of who came or went are told, 0 for all."""
    inputs = examination.inputs
    settings, file = inputs.settings, inputs.narrative_file
    return Evidence(
        organ=settings.organ,
        year=inputs.year,
        deadline=settings.deadline.isoformat() if settings.deadline else "",
        hurdles=tuple(_hurdles(examination, findings)),
        form=inputs.form,
        indicators=inputs.indicators,
        catalogue=inputs.catalogue,
        roster=inputs.roster,
        receipts=examination.reception.receipts,
        submissions=examination.reception.counted,
        read=examination.reception.read,
        consolidation=examination.consolidation,
        last_year=inputs.last_year,
        findings=findings,
        approval=lambda finding: _approval(examination.acceptance(finding)),
        narrative=examination.narrative,
        narrative_file=file.path if file else "",
        keys=keys,
        moves=changes.moves,
        news=tuple(_news(changes, most)),
        tally=tuple(_checked(tally, examination) for tally in examination.rules),
    )


def _hurdles(examination: Examination, findings: Sequence[Finding]) -> list[str]:
    """What keeps a final report from being made, in words."""
    errors = sum(finding.is_error and not examination.accepted(finding) for finding in findings)
    without = gaps(examination.inputs, examination.consolidation)
    told = [f"有 {errors} 处错误没有处理。"] if errors else []
    if examination.stopped:
        told.append(f"正文用不了：{examination.stopped.message}")
    if without:
        told.append(f"有 {len(without)} 个数没有汇总：{some(without)}。")
    return told


def _checked(tally: RuleTally, examination: Examination) -> Checked:
    """How a rule was tried, at the agencies and at the sums together."""
    kind, both = examination.inputs.catalogue.kinds[tally.code], tally.agencies + tally.sums
    return Checked(
        reference=tally.reference,
        title=kind.title,
        each=tally.each,
        bodies=tally.bodies,
        made=both.made,
        broken=both.broken,
        left=both.left,
    )


def _approval(one: Acceptance | None) -> Approval | None:
    """Who stands by a finding, why and until when; None for nobody."""
    return Approval(one.reason, one.by, one.until.isoformat() if one.until else "") if one else None


def _resent(was: Submitted, now: Submitted) -> str:
    """An agency whose file is another; the names where they differ."""
    return now.agency + (f"（{was.workbook} → {now.workbook}）" if was.workbook != now.workbook else "")


def _news(changes: Changes, most: int) -> Iterator[str]:
    """Who came, who went, who sent another file since the run before."""
    resent = [_resent(was, now) for was, now in changes.resent]
    told = {"新采用的单位": changes.joined, "不再采用的单位": changes.left, "换了报送件的单位": resent}
    for what, names in told.items():
        if names:
            yield f"{what} {len(names)} 家：{some(names, most or len(names), '家')}。"
