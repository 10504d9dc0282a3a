"""The findings on the review page: filters, then each code with its remedy and its places."""

from collections.abc import Iterator
from itertools import accumulate

from pipeline.model.finding import visible
from pipeline.model.number import plain
from pipeline.model.review import Approval, Item, Review, Topic
from pipeline.render.review_text import Names, options, scrolled, shown, table, weight
from pipeline.render.web_text import Attributes, element, lined, text

AT_ONCE = 200
"""Items shown before a person asks for more, where there is a script; page.js has the same number."""

NO_AGENCY = "（全本级）"
HEAD = ("单位", "位置", "说明", "查到", "应为")


def choices(review: Review) -> dict[str, str]:
    """The options of each filter, as HTML by the filter's name: only what occurs can be chosen."""
    topics = review.topics
    severities = {topic.severity.value: topic.severity.word for topic in topics}
    codes = {topic.kind.code: f"{topic.kind.title}（{topic.kind.code}）" for topic in topics}
    items = [item for topic in topics for item in topic.items]
    present = {item.alike.first.agency for item in items}
    agencies = {name: name or NO_AGENCY for name in _in_order(review, present)}
    parts = {item.part: item.part for item in items}
    return {
        "severities": options(severities.items()),
        "codes": options(codes.items()),
        "agencies": options((name or NO_AGENCY, words) for name, words in agencies.items()),
        "parts": options(parts.items()),
    }


def _in_order(review: Review, present: set[str]) -> Iterator[str]:
    """The agencies with findings in the roster's order, "" first."""
    listed = [line.agency for line in review.board]
    return (name for name in ("", *listed, *sorted(present.difference(listed))) if name in present)


def findings(review: Review, names: Names, *, accepted: bool) -> str:
    """The open findings, or those that a person stands by."""
    places = accumulate((len(topic.items) for topic in review.topics), initial=0)
    pairs = zip(review.topics, places, strict=False)
    return lined(*(_topic(topic, names, first) for topic, first in pairs if topic.accepted is accepted))


def count(review: Review, *, accepted: bool) -> int:
    """How many findings are open, or accepted."""
    return sum(topic.count for topic in review.topics if topic.accepted is accepted)


def _topic(topic: Topic, names: Names, first: int) -> str:
    """A code with its items, the first of which has this place among all, counted from 0."""
    kind = topic.kind
    tally = element("span", f"{topic.count} 处", {"class": "tally"})
    code = element("code", text(kind.code))
    title = element("h4", f"{weight(topic.severity)} {text(kind.title)} {tally} {code}")
    remedy = element("p", f"改法：{text(kind.remedy)}", {"class": "remedy"})
    rows = (_row(item, names, later(place)) for place, item in enumerate(topic.items, first))
    marks = {"class": "topic", "data-code": kind.code, "data-severity": topic.severity.value}
    marks["class"] += " later" if first >= AT_ONCE else ""
    listed = table(HEAD, rows) if topic.items else ""
    return element("section", title + remedy + listed + _beyond(topic), marks)


def _beyond(topic: Topic) -> str:
    """How many more there are on other pages, and on which; "" where there are none."""
    if not topic.beyond:
        return ""
    links = "、".join(
        element("a", f"{text(one.label)} {one.count} 处", {"href": one.link}) for one in topic.beyond
    )
    return element("p", f"另有 {topic.further} 处没有列在这里：{links}。", {"class": "beyond"})


def _row(item: Item, names: Names, state: Attributes) -> str:
    first = item.alike.first
    agency = first.agency or NO_AGENCY
    cells = (
        element("td", shown(agency)),
        element("td", _where(item, names)),
        element("td", names.said(item.alike.message) + (_approved(item.approval) if item.approval else "")),
        element("td", names.said(first.found)),
        element("td", names.said(first.expected)),
    )
    marks = {
        "id": f"item-{item.number}",
        "data-agency": visible(agency),
        "data-part": item.part,
        "data-count": str(item.count),
        **state,
    }
    return element("tr", "".join(cells), marks)


def later(place: int) -> Attributes:
    """What keeps an item back at first, by its place among all."""
    return {"class": "later"} if place >= AT_ONCE else {}


def _where(item: Item, names: Names) -> str:
    first = item.alike.first
    cells = item.alike.cells or first.cell
    place = f"{f'[{first.sheet}]' if first.sheet else ''}{cells}"
    file = element("div", shown(names.file(first.workbook)), {"class": "file"}) if first.workbook else ""
    at = element("div", shown(place), {"class": "place"}) if place else ""
    opens = names.opens(item.figures[:1])
    figure = element("div", element("span", "看这个数", opens), {"class": "needs-js"}) if opens else ""
    return file + at + figure


def _approved(approval: Approval) -> str:
    until = f"有效期至 {approval.until}" if approval.until else "一直有效"
    return element(
        "div", f"人工确认：{shown(approval.reason)}（{shown(approval.by)}，{text(until)}）", {"class": "why"}
    )


def moves(review: Review, names: Names) -> str:
    """What is not what it was in the run before: consolidated figures first, then the agencies'."""
    ordered = sorted(review.moves, key=lambda one: bool(one.agency))
    rows = []
    for one in ordered[:MOVES]:
        change = one.change
        told = (one.before, one.after)
        cells = (
            element("td", shown(one.agency) or "汇总数"),
            element("td", element("span", shown(one.words), names.opens([one.address]))),
            *(element("td", "无" if v is None else plain(v), {"class": "number"}) for v in told),
            element("td", "" if change is None else f"{change:+f}", {"class": "number"}),
        )
        rows.append(element("tr", "".join(cells)))
    listed = table(("单位", "项目", "上次", "这次", "增减"), rows, {"class": "moves"})
    return scrolled("变动", listed) if rows else ""


def news(review: Review, names: Names) -> str:
    """What else is not as it was in the run before; "" for nothing."""
    return (
        element("ul", "".join(element("li", names.said(one)) for one in review.news)) if review.news else ""
    )


MOVES = 1000
"""Moves listed; the page says how many more there are."""
