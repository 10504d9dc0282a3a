"""A divided review: what its overview says of the parts, and what a part's page says of itself."""

import posixpath
from collections import Counter

from pipeline.model.indicator import INDICATORS
from pipeline.model.review import PartLine, Review, State
from pipeline.render.review_board import board as lines
from pipeline.render.review_text import Names, scrolled, shown, table
from pipeline.render.web_text import element

_STATES = (State.MISSING, State.UNUSABLE, State.WRONG, State.DOUBTFUL)


def division(review: Review) -> str:
    """How the review is divided and where to look, for the overview."""
    parts = review.division.parts if review.division else ()
    agencies = sum(review.states.values())
    words = (
        f"单位多（{agencies} 家），核对报告分成这一页总览和 {len(parts)} 册。总览有全部的数、各册的合计和每种问题的前几处；"
        "每个单位的情况、全部问题、每个单位的数和出处在它那一册，点“第几册”打开。"
    )
    also = "要找一个单位：先看它的分组在哪一册（下表，按名册的次序），打开后在页上查找。各册同这一页要放在一起。"
    return element("div", element("p", words) + element("p", also), {"class": "division"}) + "\n"


def parts(review: Review) -> str:
    """The table of the parts: whose agencies, how they stand, how much is wrong."""
    head = ("册", "分组", "应报", "采用", *(state.value for state in _STATES), "错误", "待核", "已确认")
    rows = [_row(one) for one in (review.division.parts if review.division else ())]
    return scrolled("各册", table(head, rows, {"class": "parts"}))


def _row(one: PartLine) -> str:
    numbers = (
        one.expected,
        one.counted,
        *(one.states.get(state, 0) for state in _STATES),
        one.errors,
        one.warnings,
        one.accepted,
    )
    cells = (
        element("th", element("a", shown(one.label), {"href": one.link}), {"scope": "row"}),
        element("td", shown(one.words)),
        *(element("td", str(one), {"class": "number" if one else "number none"}) for one in numbers),
    )
    return element("tr", "".join(cells))


def board(review: Review, names: Names) -> str:
    """The agencies that need looking at, of each state the first ones; how many more there are is said."""
    if not review.board:
        return element("p", "各单位都已报，没有要处理的。")
    listed = Counter(line.state for line in review.board)
    told = "，".join(
        f"{state.value} {review.states.get(state, 0)} 家"
        + (f"（列出 {listed[state]} 家，其余见各册）" if listed[state] < review.states.get(state, 0) else "")
        for state in _STATES
        if listed[state]
    )
    pages = review.division.pages if review.division else {}
    return element("h3", "要处理的单位") + element("p", f"{told}。") + lines(review, names, pages)


def part(review: Review, names: Names) -> dict[str, str]:
    """What stands on a part's page alone, by its frame's names."""
    if review.division is None:
        raise ValueError("a review that is not divided has no parts")
    one, count = review.division.parts[0], review.division.count
    digits = len(posixpath.basename(one.link).partition(".")[0])
    beside = {"上一册": one.number - 1, "下一册": one.number + 1}
    links = (
        element("li", element("a", words, {"href": f"{number:0{digits}}.html"}))
        for words, number in beside.items()
        if 1 <= number <= count
    )
    return {
        "part": shown(f"{one.label}，共{count}册"),
        "words": shown(one.words),
        "beside": "".join(links),
        "indicators": _indicators(review, names) or "<p>没有补充指标。</p>",
    }


def _indicators(review: Review, names: Names) -> str:
    """The supplementary indicators of a part: the tables above hold only the law's figures."""
    rows = [
        element(
            "tr",
            element("th", shown(one.words), {"scope": "row"})
            + element("td", one.printed or "—", {"class": "number", **names.opens([one.address])}),
        )
        for one in review.accounts.values()
        if one.part == INDICATORS
    ]
    return table(("项目", "合计"), rows, {"class": "beside indicators"}) if rows else ""
