"""report.toml into a new year: what is the office's stays, what was of last year's files is left out and said."""

import datetime
import tomllib

import pytest

from pipeline.carried_settings import carried_settings
from pipeline.errors import ExitCode, OperatorError

OLD = """# 2020 年报告的设置。

organ = "某某市"   # 谁的报告
title = "某某市2020年政府信息公开工作年度报告"   # 标题里写 2020
edition = "2019"
date = 2021-01-26  # 公布
deadline = 2021-01-15
charts = true
county_groups = [
  "旗市区政府",
]

[rules]
items-continuity = "notice"  # 机构改革

[use]
"02" = "市教育局(改2).xlsx"
# "03" = "x"

[exclude]
"作废.xlsx" = "来函作废"

[[mail.to]]
name = "省里 2020"
address = "sjb@example.cn"
"""


def carried(text=OLD):
    content, told = carried_settings(text.encode(), "inputs/2020/report.toml", 2021)
    return content.decode(), told


def test_what_the_office_set_stays_with_its_comments():
    text, _ = carried()
    assert tomllib.loads(text) == {
        "organ": "某某市",
        "title": "某某市2021年政府信息公开工作年度报告",
        "date": datetime.date(2022, 1, 26),
        "deadline": datetime.date(2022, 1, 15),
        "charts": True,
        "county_groups": ["旗市区政府"],
        "rules": {},
        "use": {},
        "exclude": {},
        "mail": {"to": [{"name": "省里 2020", "address": "sjb@example.cn"}]},
    }
    assert text.startswith("# 2021 年报告的设置。")
    assert "# 标题里写 2020" in text
    assert "date = 2022-01-26  # 公布" in text


def test_what_was_of_last_year_s_files_stays_as_a_remark():
    text, _ = carried()
    for line in (
        '# items-continuity = "notice"  # 机构改革',
        '# "02" = "市教育局(改2).xlsx"',
        '# "作废.xlsx" = "来函作废"',
    ):
        assert line in text.splitlines()


def test_every_change_is_said():
    assert carried()[1] == (
        "date 由 2021-01-26 改为 2022-01-26，是不是工作日请看一下",
        "deadline 由 2021-01-15 改为 2022-01-15，是不是工作日请看一下",
        "title 里的 2020 改为 2021：某某市2021年政府信息公开工作年度报告",
        "edition = “2019”没有带过来，表样版本按年度自动选用",
        "[use] 里的 02 = “市教育局(改2).xlsx”没有带过来（前面加了 #）",
        "[exclude] 里的 作废.xlsx = “来函作废”没有带过来（前面加了 #）",
        "[rules] 里的 items-continuity = “notice”没有带过来（前面加了 #）",
    )


def test_a_plain_file_needs_no_word():
    assert carried('organ = "某某市"\n') == ('organ = "某某市"\n', ())


def test_the_29_of_february_has_no_anniversary():
    assert "date = 2021-02-28" in carried('organ = "某某市"\ndate = 2020-02-29\n')[0]


def test_the_examples_in_the_remarks_are_the_new_year_s():
    old = (
        'organ = "某某市"\n\n# title = "某某市2020年报告"\n# correct_by = 2021-01-20\n'
        "# 2020 年起用新表样。\n[mail]\n# date = 2021\n"
    )
    assert carried(old)[0] == old.replace("市2020", "市2021").replace("2021-01-20", "2022-01-20")


def test_windows_lines_stay():
    assert (
        carried('organ = "某某市"\r\ndate = 2021-01-26\r\n')[0] == 'organ = "某某市"\r\ndate = 2022-01-26\r\n'
    )


@pytest.mark.parametrize(
    "odd",
    [
        'organ = "某某市"\nuse = { "02" = "x.xlsx" }\n',
        'organ = "某某市"\nrules.row-total = "notice"\n',
        'organ = "某某市"\n"date" = 2021-01-26\n',
        'organ = "某某市"\ntitle = """\n2020 年报告"""\n',
    ],
)
def test_a_file_that_cannot_be_changed_by_lines_is_refused(odd):
    with pytest.raises(OperatorError, match="没法逐行改成 2021 年的") as refused:
        carried(odd)
    assert refused.value.code is ExitCode.INPUT


def test_an_entry_over_several_lines_is_left_out_whole():
    text, _ = carried('organ = "某某市"\n[use]\n"02" = """\nx.xlsx"""\n')
    assert tomllib.loads(text) == {"organ": "某某市", "use": {}}


def test_a_wrong_file_is_refused():
    with pytest.raises(OperatorError, match="organ"):
        carried("date = 2021-01-26\n")
