"""The names of the ledger's sum lines are told apart from everything else."""

import pytest

from pipeline.workbooks.ledger_words import LIVE, OURS, subtotal_name, summed


@pytest.mark.parametrize("group", ["市直机关", "旗市区政府", "合计", "小计（程序）"])
def test_a_groups_sum_names_its_group(group: str) -> None:
    assert summed(subtotal_name(group) + OURS) == group


def test_the_whole_sum_and_lines_that_hold_no_sums_of_ours() -> None:
    assert summed("合计（程序）") == ""
    for name in (subtotal_name("市直机关") + LIVE, "合计（公式）", "相差", "市教育局", ""):
        assert summed(name) is None
