"""The figures on the review page: the law's tables, last year beside this year, and the sheet to sign."""

from collections.abc import Iterator, Mapping

from pipeline.model.finding import Severity
from pipeline.model.grid import Grid, GridCell
from pipeline.model.review import Account, Review
from pipeline.model.review_division import Marks
from pipeline.render.review_text import Names, scrolled, shown, table
from pipeline.render.web_table import framed
from pipeline.render.web_text import Attributes, element, lined, start, text

UNKNOWN = "—"
WEIGHTS = (Severity.ERROR, Severity.WARNING, Severity.NOTICE)


def marks(review: Review) -> dict[str, list[tuple[Severity, int]]]:
    """The open findings of each figure: weight and the item's number, by address."""
    found: dict[str, list[tuple[Severity, int]]] = {}
    for topic in review.topics:
        for item in topic.items if not topic.accepted else ():
            for address in item.figures:
                found.setdefault(address, []).append((topic.severity, item.number))
    return found


def heaviest(told: list[tuple[Severity, int]]) -> Severity:
    """The heaviest weight among some findings."""
    return min((severity for severity, _ in told), key=lambda one: one.rank)


def statutory(review: Review, names: Names) -> str:
    """The three tables as the law lays them out, each figure with its number and its mark."""
    weights = {address: heaviest(told) for address, told in marks(review).items()}
    for address, mark in review.division.marked.items() if review.division else ():
        weights[address] = min(weights.get(address, mark.heaviest), mark.heaviest, key=lambda one: one.rank)
    return lined(*(_statutory(grid, names, weights) for grid in review.grids))


def _statutory(grid: Grid, names: Names, weights: Mapping[str, Severity]) -> str:
    def dressed(cell: GridCell) -> Attributes:
        if cell.address is None:
            return {}
        weight = weights.get(cell.address)
        marked = {"class": f"mark-{weight.value}"} if weight else {}
        return {**names.opens([cell.address]), **marked}

    columns = element("colgroup", start("col") * grid.columns)
    title = element("h3", text(grid.caption))
    return title + framed(grid, f"grid-{grid.id}", dressed, {"class": f"grid {grid.id}"}, columns)


def column_rules(review: Review) -> str:
    """The style rules that give the law's tables their columns: the page allows no style on an element."""
    rules = (
        f".{grid.id} col:nth-child({number}) {{ width: {100 * width / sum(grid.widths):.1f}%; }}"
        for grid in review.grids
        for number, width in enumerate(grid.widths, start=1)
    )
    return lined(*rules)


def compared(review: Review, names: Names) -> str:
    """Every statutory figure and indicator, this year and last, with the change; a table a part."""
    parts: dict[str, list[Account]] = {}
    for account in review.accounts.values():
        parts.setdefault(account.part, []).append(account)
    head = ("项目", f"{review.year} 年", f"{review.year - 1} 年", "增减", "幅度")
    return lined(*(_part(part, head, told, names) for part, told in parts.items()))


def _part(part: str, head: tuple[str, ...], told: list[Account], names: Names) -> str:
    listed = table(head, (_compared(one, names) for one in told), {"class": "beside"})
    return element("h3", text(part)) + scrolled(f"{part}与上年比", listed)


def _compared(account: Account, names: Names) -> str:
    cells = (
        element("th", shown(account.words), {"scope": "row"}),
        element("td", account.printed or UNKNOWN, {"class": "number", **names.opens([account.address])}),
        *(element("td", word or UNKNOWN, {"class": "number"}) for word in _against(account)),
    )
    return element("tr", "".join(cells), {"data-rate": _size(account)})


def _against(account: Account) -> tuple[str, str, str]:
    return account.printed_before, account.difference, account.rate


def _size(account: Account) -> str:
    """How much a figure moved, in percent, for the filter: "new" where it grew from nothing, "" unmoved."""
    if account.value is None or account.before is None:
        return "unknown"
    if account.value == account.before:
        return ""
    return account.rate.strip("+-%") or "new"


def key_figures(review: Review, names: Names) -> str:
    """The sheet to sign: a line a key figure, with boxes to tick and lines to fill in."""
    found = marks(review)
    head = ("项目", "今年", "上年", "增减", "幅度", "来源", "问题", "已核", "核对人", "日期")
    accounts = [review.accounts[address] for address in review.keys]
    further = review.division.marked if review.division else {}
    rows = (
        _key(
            account,
            names,
            found.get(account.address, []),
            further.get(account.address),
            _source(account, review),
        )
        for account in accounts
    )
    return scrolled("签核的各项", table(head, rows, {"class": "signing"}))


def _source(account: Account, review: Review) -> str:
    """What a figure is made of, in words: so many agencies, or so many parts of a divided review."""
    divided = review.division is not None
    source = f"{len(account.entries)} {'册' if divided else '家'}相加" if account.entries else ""
    lacking = f"，缺 {len(account.lacking)} 家" if account.lacking and not divided else ""
    if divided and account.lacking:
        lacking = f"，{len(account.lacking)} 册里有缺"
    return f"{source or (account.formula and '按公式计算') or UNKNOWN}{lacking}"


def _on_parts(further: Marks) -> str:
    """How many findings there are on the parts' pages."""
    return element("span", f"各册 {further.count} 条", {"class": f"weight {further.heaviest.value}"})


def _key(
    account: Account, names: Names, told: list[tuple[Severity, int]], further: Marks | None, source: str
) -> str:
    findings = "".join(_links(told)) + (_on_parts(further) if further else "") or "无"
    cells = (
        element("th", shown(account.words), {"scope": "row"}),
        element("td", account.printed or "没有数", {"class": "number", **names.opens([account.address])}),
        *(element("td", word or UNKNOWN, {"class": "number"}) for word in _against(account)),
        element("td", source),
        element("td", findings),
        *(element("td", box) for box in _boxes(account.words)),
    )
    return element("tr", "".join(cells))


def _links(told: list[tuple[Severity, int]]) -> Iterator[str]:
    """For each weight how many findings there are, leading to the first."""
    for severity in WEIGHTS:
        numbers = [number for weight, number in told if weight is severity]
        if numbers:
            link = {"href": f"#item-{numbers[0]}", "class": f"weight {severity.value}"}
            yield element("a", f"{severity.word} {len(numbers)} 条", link) + " "


def _boxes(words: str) -> Iterator[str]:
    """A box to tick, and two to fill in, on the screen or by hand on paper."""
    yield f'<input type="checkbox" aria-label="{shown(words)}：已核">'
    for what in ("核对人", "日期"):
        yield f'<input type="text" autocomplete="off" aria-label="{shown(words)}：{what}">'
