"""Whether last year's ledger may be believed: every sum in it is the sum of the agencies above it."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal

from pipeline.model.indicator import PREFIX
from pipeline.model.number import plain
from pipeline.model.place import a1
from pipeline.workbooks import ledger_words as words
from pipeline.workbooks.previous_sheet import INSTEAD, LedgerLine, LedgerPage

_EXACT = Decimal("0.0000005")
_DIGITS = Decimal("1e-14")
"""A spreadsheet keeps 15 digits of a number: a difference beyond them is none."""


def prove_pages(pages: Sequence[LedgerPage]) -> None:
    """Check a ledger against itself; OperatorError (input) naming the first cell that does not fit.

    An address on two sheets, an agency twice on one, a sheet without its total, a sum that is not its
    agencies' sum (a line of theirs taken out shows so), other agencies on one sheet than on another.
    """
    seen: dict[str, LedgerPage] = {}
    for page in pages:
        for address in page.columns:
            if address in seen:
                raise page.refused(
                    "", f"与 [{seen[address].name}] 都有地址 {address}，分不清用哪张。请删去多余的那张。"
                )
            seen[address] = page
        _prove_lines(page)
        for line in page.sums:
            _prove_sum(page, line)
    for page in pages[1:]:
        apart = {line.code for line in pages[0].agencies} ^ {line.code for line in page.agencies}
        if apart:
            raise page.refused("", f"与 [{pages[0].name}] 的单位不一样，差在编码 {min(apart)}。{INSTEAD}")


def _prove_lines(page: LedgerPage) -> None:
    names = {
        "单位": [(line.code, line.row) for line in page.agencies],
        "汇总行": [
            ((words.subtotal_name(line.whose) if line.whose else words.TOTAL) + words.OURS, line.row)
            for line in page.sums
        ],
    }
    for what, found in names.items():
        for name, count in Counter(name for name, _ in found).items():
            if count > 1:
                rows = "、".join(str(row) for other, row in found if other == name)
                raise page.refused("", f"第 {rows} 行是同一个{what}“{name}”，分不清用哪行。{INSTEAD}")
    if not any(line.whose == "" for line in page.sums):
        raise page.refused("", f"没有“{words.TOTAL}{words.OURS}”这一行。{INSTEAD}")


def _prove_sum(page: LedgerPage, line: LedgerLine) -> None:
    covered = [one for one in page.agencies if line.whose in ("", one.group)]
    for address, column in page.columns.items():
        given = [one.figures[address] for one in covered if address in one.figures]
        stated, added = line.figures.get(address), sum(given, Decimal(0))
        if _fits(address, stated, given, asked=len(covered)):
            continue
        name = words.subtotal_name(line.whose) if line.whose else words.TOTAL
        shown = "空着" if stated is None else f"是 {plain(stated)}"
        raise page.refused(
            a1(line.row, column + 1),
            f"“{name}{words.OURS}”{shown}，{len(covered)} 个单位相加是 {plain(added)}（地址 {address}）。"
            f"各单位的数和汇总数有一个改动过，请照上年正式报告核对改正；改不了的，{INSTEAD}",
        )


def _fits(address: str, stated: Decimal | None, given: Sequence[Decimal], *, asked: int) -> bool:
    """Whether a sum is its agencies' sum. A ratio has no agencies' figures, some indicators have no sum."""
    indicator = address.startswith(PREFIX)
    if stated is None:
        return indicator or len(given) < asked or not asked
    if indicator and not given:
        return True
    return agree(stated, sum(given, Decimal(0)))


def agree(one: Decimal | None, other: Decimal | None) -> bool:
    """Whether two sums are the same as far as a spreadsheet keeps them, or are both none."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= max(_EXACT, abs(other) * _DIGITS)
