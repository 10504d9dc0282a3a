"""A title is broken by meaning, in a shape the standard allows."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compose.title import WIDEST, broken_title, title_ems

REPORT = "2020年政府信息公开工作年度报告"
ORGANS = [
    "呼伦贝尔市",
    "某局",
    "郑州市教育局",
    "江西省景德镇市昌江区鲇鱼山镇人民政府",
    "荆州市沙市区人力资源和社会保障局",
    "莫力达瓦达斡尔族自治旗人民政府办公室",
    "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇",
    "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县住房和城乡建设局",
    "双江拉祜族佤族布朗族傣族自治县退役军人事务局",
    "积石山保安族东乡族撒拉族自治县人力资源和社会保障局",
    "中国（新疆）自由贸易试验区喀什片区管理委员会",
    "国家税务总局新疆维吾尔自治区巴音郭楞蒙古自治州税务局第一稽查局",
    "武汉市硚口区䶮湾街道办事处",
]


def of(organ: str) -> list[str]:
    return list(broken_title(organ + REPORT, organ))


@pytest.mark.parametrize(
    ("organ", "above"),
    [
        ("呼伦贝尔市", ["呼伦贝尔市"]),
        ("呼伦贝尔市市场监督管理局", ["呼伦贝尔市市场监督管理局"]),
        ("莫力达瓦达斡尔族自治旗人民政府办公室", ["莫力达瓦达斡尔族自治旗人民政府办公室"]),
        (
            "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县住房和城乡建设局",
            ["新疆维吾尔自治区伊犁哈萨克自治州", "察布查尔锡伯自治县住房和城乡建设局"],
        ),
        (
            "内蒙古自治区呼伦贝尔市鄂温克族自治旗巴彦托海镇",
            ["内蒙古自治区呼伦贝尔市", "鄂温克族自治旗巴彦托海镇"],
        ),
    ],
)
def test_the_organ_stands_above_broken_between_its_places(organ: str, above: list[str]) -> None:
    assert of(organ) == [*above, REPORT]


def test_an_organ_that_would_make_a_waist_runs_on() -> None:
    """15, 7 and 17 characters would be an hour-glass."""
    assert of("双江拉祜族佤族布朗族傣族自治县退役军人事务局") == [
        "双江拉祜族佤族布朗族傣族自治县",
        "退役军人事务局2020年政府信息公开工作",
        "年度报告",
    ]


@pytest.mark.parametrize("organ", ORGANS)
def test_lines_fit_and_have_no_waist(organ: str) -> None:
    lines = of(organ)
    widths = [title_ems(line) for line in lines]
    assert "".join(lines) == organ + REPORT
    assert max(widths) <= WIDEST
    assert not any(
        one > middle < two for one, middle, two in zip(widths, widths[1:], widths[2:], strict=False)
    )
    assert widths[-1] >= 4


@pytest.mark.parametrize("organ", ORGANS)
def test_no_line_ends_inside_a_word(organ: str) -> None:
    words = (
        "政府信息公开|年度报告|2020年|自治[区州县旗]|人民政府|景德镇市|郑州市|沙市区|东乡族|办公室|管理委员会"
    )
    text = organ + REPORT
    ends, place = set(), 0
    for line in of(organ):
        place += len(line)
        ends.add(place)
    assert not any(word.start() < end < word.end() for word in re.finditer(words, text) for end in ends)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("呼伦贝尔市2020年度报告", ["呼伦贝尔市", "2020年度报告"]),
        ("2020年度报告", ["2020年度报告"]),
        ("呼伦贝尔市", ["呼伦贝尔市"]),
    ],
)
def test_a_short_title_of_the_office_s_own(title: str, lines: list[str]) -> None:
    assert list(broken_title(title, "呼伦贝尔市")) == lines


def test_an_endless_title_is_broken_all_the_same() -> None:
    assert max(map(title_ems, broken_title("长" * 3000, ""))) <= WIDEST


@given(
    st.text("呼伦贝尔市区县旗自治州2020年政府信息公开工作报告", min_size=1, max_size=70), st.integers(0, 30)
)
def test_no_title_loses_a_character_or_overruns(title: str, end: int) -> None:
    lines = broken_title(title, title[:end])
    assert "".join(lines) == title
    assert max(map(title_ems, lines)) <= WIDEST
