"""Names of files: whatever others typed, they are legal everywhere, and no two fall on one file."""

import time

import pytest

from pipeline.filenames import apart, distinct_names, legal_name


@pytest.mark.parametrize(
    ("name", "legal"),
    [
        ("某市2020年报告", "某市2020年报告"),
        ("../a/b", "_a_b"),
        ('a:"b"|c?', "a__b__c_"),
        (" . ", "_"),
        ("a\x00b", "a_b"),
        ("con", "_con"),
        ("LPT1.xlsx", "_LPT1.xlsx"),
        ("市教育局\u202exslx", "市教育局xslx"),
        ("~$市教育局", "$市教育局"),
    ],
)
def test_a_file_name_is_legal_everywhere_and_never_a_path(name, legal):
    assert legal_name(name) == legal


def test_names_that_a_disk_would_take_for_one_get_their_code():
    """Windows does not tell case, and a colon becomes the same line as a stroke."""
    found = distinct_names({"01": "A:局", "02": "a|局", "03": "教育局"})
    assert found == {"01": "01A_局", "02": "02a_局", "03": "教育局"}


def test_a_province_of_workbooks_of_one_name_is_numbered_in_no_time():
    """Every agency's folder holds its 年报.xlsx, and 城关镇 is the name of hundreds of towns."""
    began = time.process_time()
    found = list(apart(["年报"] * 10_000))
    towns = distinct_names({f"{code:06}": f"城关镇{code // 20}" for code in range(10_000)})
    assert time.process_time() - began < 5, "it took minutes when each name tried every number anew"
    assert (found[0], found[1], found[-1]) == ("年报", "年报（2）", "年报（10000）")
    assert len(set(towns.values())) == len(towns)


def test_a_number_that_somebody_wrote_himself_is_not_given_again():
    assert list(apart(["年报", "年报（2）", "年报", "年报（2）"])) == [
        "年报",
        "年报（2）",
        "年报（3）",
        "年报（2）（2）",
    ]
