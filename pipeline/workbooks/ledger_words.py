"""The words by which a ledger (汇总底稿) is read back next year: its writer and its reader share them."""

EXPLANATION = "说明"
TITLE = "政府信息公开年报汇总底稿"
YEAR = "年度"
ORGAN = "汇总单位"
CODE = "编码"
ADDRESS = "地址"
"""Stands in the first column of the line that holds the figures' addresses."""

TOTAL = "合计"
SUBTOTAL = "小计"
OURS = "（程序）"
"""Ends the name of a line that holds the program's own sums."""
LIVE = "（公式）"
"""Ends the name of a line of live SUM formulas."""
DIFFERENCE = "相差"


def subtotal_name(group: str) -> str:
    """The name of a group's sum."""
    return f"{group}{SUBTOTAL}"


def summed(name: str) -> str | None:
    """Whose sums a line of the program's own holds: a group's name, "" for all, None for any other line."""
    if name == TOTAL + OURS:
        return ""
    ending = SUBTOTAL + OURS
    return name.removesuffix(ending) if name.endswith(ending) else None
