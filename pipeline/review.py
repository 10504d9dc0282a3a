"""核对报告.html: the review page of an examined year, for the office to check, print and sign."""

import tomllib
from collections.abc import Sequence
from pathlib import Path

from pipeline.compose.review import Evidence, compose_review
from pipeline.model.finding import Finding
from pipeline.model.movement import Move
from pipeline.model.rendition import Rendition
from pipeline.model.review import Approval, Review
from pipeline.outputs import REVIEW
from pipeline.render.review import Pieces, render_review
from pipeline.run import Examination, gaps, some

KIND = "review"


def review_page(
    examination: Examination,
    findings: Sequence[Finding],
    templates: Path,
    moves: tuple[Move, ...] = (),
    news: tuple[str, ...] = (),
) -> Rendition:
    """The page as a file. ``findings`` are all of the run, those of printing and reading back among them.

    No clock goes into it but the day that decides which acceptances hold: a second run over the same inputs
    writes the same bytes.
    """
    folder = templates / "review"
    pieces = Pieces(
        *((folder / name).read_text(encoding="utf-8") for name in ("page.html", "page.css", "page.js"))
    )
    keys = tomllib.loads((folder / "keys.toml").read_text(encoding="utf-8"))["keys"]
    review = reviewed(examination, findings, keys, moves, news)
    return Rendition(KIND, REVIEW, render_review(review, pieces))


def reviewed(
    examination: Examination,
    findings: Sequence[Finding],
    keys: Sequence[str],
    moves: tuple[Move, ...] = (),
    news: tuple[str, ...] = (),
) -> Review:
    """The review as a value."""
    inputs = examination.inputs
    settings, file = inputs.settings, inputs.narrative_file
    return compose_review(
        Evidence(
            organ=settings.organ,
            year=inputs.year,
            deadline=settings.deadline.isoformat() if settings.deadline else "",
            hurdles=tuple(_hurdles(examination, findings)),
            form=inputs.form,
            indicators=inputs.indicators,
            catalogue=inputs.catalogue,
            roster=inputs.roster,
            receipts=examination.reception.receipts,
            consolidation=examination.consolidation,
            last_year=inputs.last_year,
            findings=findings,
            approval=lambda finding: _approval(finding, examination),
            narrative=examination.narrative,
            narrative_file=file.path if file else "",
            keys=keys,
            moves=moves,
            news=news,
        )
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


def _approval(finding: Finding, examination: Examination) -> Approval | None:
    """Who stands by a finding today, and why."""
    for one in examination.inputs.acceptances:
        if one.covers(finding, examination.today):
            return Approval(one.reason, one.by, one.until.isoformat() if one.until else "")
    return None
