"""The words by which a ledger (汇总底稿) is read back next year: its writer and its reader share them."""

import re

EXPLANATION = "说明"
TITLE = "政府信息公开年报汇总底稿"
YEAR = "年度"
ORGAN = "汇总单位"
PARTS = "分册"
"""Before how many files of agencies there are; only a divided ledger's main file says so."""
PART = "本册"
"""Before which of how many files this is; only such a file says so."""
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


def parts_in_words(count: int) -> str:
    """How many files of agencies a main file has."""
    return f"共{count}册"


def count_of_parts(text: str) -> int | None:
    """The count that such words say; None for other words."""
    found = re.fullmatch(r"共([1-9]\d{0,4})册", text, re.ASCII)
    return int(found[1]) if found else None


def place_in_words(number: int, count: int) -> str:
    """Which of how many files of agencies one is."""
    return f"第{number}册，共{count}册"


def place_of_part(text: str) -> tuple[int, int] | None:
    """The number and the count that such words say; None for other words."""
    found = re.fullmatch(r"第([1-9]\d{0,4})册，共([1-9]\d{0,4})册", text, re.ASCII)
    return (int(found[1]), int(found[2])) if found else None
