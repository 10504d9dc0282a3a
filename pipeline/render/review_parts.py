"""A divided review: what its overview says of the parts, and what a part's page says of itself."""

import posixpath
from collections import Counter

from pipeline.model.board import State
from pipeline.model.finding import visible
from pipeline.model.indicator import INDICATORS
from pipeline.model.review import Review
from pipeline.model.review_division import PartLine
from pipeline.render.review_board import board as lines
from pipeline.render.review_text import Names, as_script, scrolled, shown, table
from pipeline.render.web_text import element

_STATES = (State.MISSING, State.UNUSABLE, State.WRONG, State.DOUBTFUL)


FIND = (
    '<p class="needs-js"><label>找单位 <input type="search" id="find-agency" autocomplete="off"'
    ' placeholder="写名称里的几个字"></label></p>'
    '<ul id="found-agencies" class="needs-js" aria-live="polite"></ul>'
)
"""Where a person writes a name to be told the page on which the agency is."""


def division(review: Review) -> str:
    """How the review is divided and where to look, for the overview."""
    parts = review.division.parts if review.division else ()
    agencies = sum(review.states.values())
    words = (
        f"单位多（{agencies} 家），核对报告分成这一页总览和 {len(parts)} 册。"
        "总览有全部的数、各册的合计和每种问题的前几处；"
        "每个单位的情况、全部问题、每个单位的数和出处在它那一册，点“第几册”打开。"
    )
    also = "各册在“核对报告”文件夹里，要同这一页放在一起。"
    told = element("p", words) + element("p", also) + FIND
    where = [[one.label, one.link, "\n".join(map(visible, one.agencies))] for one in parts]
    script = element("script", as_script(where), {"type": "application/json", "id": "where"})
    return element("div", told, {"class": "division"}) + script + "\n"


def parts(review: Review) -> str:
    """The table of the parts: whose agencies, how they stand, how much is wrong."""
    states = (f"{state.value}（家）" for state in _STATES)
    head = ("册", "分组", "应报（家）", "采用（家）", *states, "错误（处）", "待核（处）", "已确认（处）")
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
