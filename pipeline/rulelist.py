"""The year's rules as a list: what each relates, how often it was tried, what could not be tried and why."""

from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import asdict

from pipeline.model.finding import Catalogue, FindingKind, Severity
from pipeline.model.tally import LAW, Checks, RuleTally


def rule_lines(rules: Sequence[RuleTally], catalogue: Catalogue) -> Iterator[str]:
    """Three lines a rule, then the law's identities in one number."""
    for tally in rules:
        kind = catalogue.kinds[tally.code]
        yield f"{tally.reference or '—':<4}{tally.code:<28}{kind.severity.word}　{kind.title}"
        yield f"      {kind.relates}。"
        yield f"      {'；'.join(_said(tally, kind))}。"
    law = [tally for tally in rules if tally.reference in LAW]
    each, bodies = sum(tally.each for tally in law), max((tally.bodies for tally in law), default=0)
    agencies = sum((tally.agencies for tally in law), Checks())
    sums = sum((tally.sums for tally in law), Checks())
    yield (
        f"勾稽关系 H1—H4：{each} × {bodies} = {each * bodies} 条，核对了 {agencies.made} 条；"
        f"汇总数 {sum(tally.each for tally in law)} 条，核对了 {sums.made} 条；"
        f"不等的 {agencies.broken + sums.broken} 条{_more(agencies.following + sums.following)}。"
    )


def _said(tally: RuleTally, kind: FindingKind) -> Iterator[str]:
    if kind.severity is Severity.OFF:
        yield "不查，report.toml 的 [rules] 里关闭了"
        return
    if not tally.bodies and not tally.sums.made + tally.sums.left:
        yield "没有要查的单位，或者这版表样里没有这样的格"
        return
    if tally.bodies:
        yield f"核对 {tally.each} × {tally.bodies} = {tally.each * tally.bodies}{_left(tally.agencies)}"
    if tally.sums.made + tally.sums.left:
        yield f"汇总数 {tally.sums.made + tally.sums.left}{_left(tally.sums)}"
    yield f"不合的 {tally.broken}{_more(tally.agencies.following + tally.sums.following)}"


def _more(following: int) -> str:
    """How many do not hold only because of what is said already."""
    return f"，另有 {following} 随之不合，不重复说" if following else ""


def _left(checks: Checks) -> str:
    """How many of them could not be tried, and why."""
    reasons = (
        (checks.without_last_year, "没有上一年的数"),
        (checks.without_figure, "缺数或有疑问"),
        (checks.without_peers, "可比的太少"),
    )
    words = "，".join(f"{reason} {times}" for times, reason in reasons if times)
    return f"，其中 {checks.left} 没有核对（{words}）" if words else ""


def rule_record(rules: Sequence[RuleTally], catalogue: Catalogue) -> list[dict[str, Any]]:
    """The list for a program: severity, title and words of each rule beside its tally."""
    return [
        {
            **asdict(tally),
            "severity": kind.severity.value,
            "title": kind.title,
            "relates": kind.relates,
            "agencies": _counted(tally.agencies),
            "sums": _counted(tally.sums),
            "broken": tally.broken,
        }
        for tally in rules
        for kind in (catalogue.kinds[tally.code],)
    ]


def _counted(checks: Checks) -> dict[str, int]:
    return {**asdict(checks), "made": checks.made, "left": checks.left}
