"""The head of the review page: how it stands, and the board of who sent what."""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from pipeline.model.board import BoardLine, State, Version
from pipeline.model.finding import Severity, visible
from pipeline.model.review import Checked, Review
from pipeline.model.tally import LAW
from pipeline.render.review_text import Names, shown, table
from pipeline.render.web_text import element, lined, text

STATES = {state: rank for rank, state in enumerate(State)}
NO_FILE = "—"
NOWHERE: Mapping[str, str] = {}


def verdict(review: Review) -> str:
    """Whether a final report can be made, and what keeps it from being made."""
    if not review.hurdles:
        return element("p", "没有未处理的错误，可以出正式报告。", {"class": "verdict good"})
    reasons = element("ul", "".join(element("li", shown(one)) for one in review.hurdles))
    words = element("p", "现在出不了正式报告：")
    return element("div", words + reasons, {"class": "verdict bad"})


def tiles(review: Review) -> str:
    """The counts of the page in one line of boxes."""
    states = review.states
    counted = sum(number for state, number in states.items() if state.counts)
    told = [
        ("应报", str(sum(states.values())), "家"),
        ("采用", str(counted), "家"),
        *((state.value, str(states.get(state, 0)), "家") for state in (State.MISSING, State.UNUSABLE)),
        *((severity.word, str(open_findings(review, severity)), "处") for severity in SHOWN),
        ("已确认", str(sum(topic.count for topic in review.topics if topic.accepted)), "处"),
    ]
    if review.tally:
        law = sum(one.made for one in review.tally if one.reference in LAW)
        told.append(("勾稽核对", str(law), "条"))
    boxes = (
        element("div", element("dt", text(name)) + element("dd", f"{element('b', number)} {unit}"))
        for name, number, unit in told
    )
    return element("dl", lined(*boxes), {"class": "tiles"})


SHOWN = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def open_findings(review: Review, severity: Severity) -> int:
    """How many findings of a weight nobody has accepted."""
    return sum(topic.count for topic in review.topics if topic.severity is severity and not topic.accepted)


def board(review: Review, names: Names, pages: Mapping[str, str] = NOWHERE) -> str:
    """The table of agencies: those with something amiss first, else in the roster's order.

    ``pages`` are where more is told of some of them, by name.
    """
    lines = sorted(review.board, key=lambda line: STATES[line.state])
    head = ("单位", "分组", "状态", "错误", "待核", "已确认", "报来的文件")
    return table(head, (_row(line, names, pages) for line in lines), {"class": "board"})


def _row(line: BoardLine, names: Names, pages: Mapping[str, str]) -> str:
    state = element("span", line.state.value, {"class": f"state {line.state.name.lower()}"})
    name, page = shown(line.agency), pages.get(line.agency)
    cells = (
        element(
            "th",
            element("a", name, {"href": f"{page}#agency={quote(visible(line.agency), errors='replace')}"})
            if page
            else name,
            {"scope": "row"},
        ),
        element("td", shown(line.group)),
        element("td", state),
        *(_number(number) for number in (line.errors, line.warnings, line.accepted)),
        element("td", "".join(_versions(line.versions, names)) or NO_FILE),
    )
    return element("tr", "".join(cells), {"data-state": line.state.value})


def _number(number: int) -> str:
    return element("td", str(number), {"class": "number" if number else "number none"})


def _versions(versions: tuple[Version, ...], names: Names) -> Iterator[str]:
    for version in sorted(versions, key=lambda one: not one.counted):
        name = element("span", shown(names.file(version.workbook)))
        reason = names.said(version.reason)
        said = f"采用：{reason}" if version.counted else f"没有采用：{reason}"
        why = element("span", said, {"class": "why"}) if version.reason else ""
        yield element("div", name + why, {} if version.counted else {"class": "left-out"})


def strangers(review: Review, names: Names) -> str:
    """The files that belong to no agency, each with the reason; "" where there are none."""
    if not review.strangers:
        return ""
    rows = (
        element("tr", element("td", shown(names.file(one.workbook))) + element("td", names.said(one.reason)))
        for one in review.strangers
    )
    title = element("h3", f"认不出是哪个单位的文件（{len(review.strangers)} 份，都没有采用）")
    return title + table(("文件", "原因"), rows)


def tally(review: Review) -> str:
    """How often each rule was tried, in a block to unfold; "" where that is not told."""
    if not review.tally:
        return ""
    head = ("编号", "规则", "条数 × 单位数", "核对了", "不合", "没能核对")
    listed = table(head, map(_checked, review.tally))
    return element("details", element("summary", "核对了哪些规则，各多少条") + listed, {"class": "tally"})


def _checked(one: Checked) -> str:
    counts = (f"{one.each} × {one.bodies}", *map(str, (one.made, one.broken, one.left)))
    cells = (
        element("td", text(one.reference)),
        element("td", text(one.title)),
        *(element("td", count, {"class": "number"}) for count in counts),
    )
    return element("tr", "".join(cells))
