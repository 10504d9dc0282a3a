"""Which rows and columns a text on a sheet may name."""

from kit.workbook import filled
from pipeline.workbooks.sheet import Sheet, open_workbook
from pipeline.workbooks.vocabulary import Part, Role, labels_on, vocabulary


def test_a_label_to_the_letter_names_nothing_but_itself(forms):
    words = vocabulary(forms["2021"])
    assert {role.line for role in words.roles("其他")} == {"other"}
    assert {role.line for role in words.roles("3.其他")} == {"other_rest"}
    assert {(role.table, role.part) for role in words.roles("总计")} == {
        ("requests", Part.COLUMN),
        ("disputes", Part.COLUMN),
    }
    assert {role.line for role in words.roles("（七）总计")} == {"outcome_total"}
    assert words.roles("合计") == frozenset()


def test_other_wordings_whole_paths_and_missing_numbers_name_the_same(forms):
    words = vocabulary(forms["2019"])
    for text in ("（二）部分公开", "部分公开"):
        assert {role.line for role in words.roles(text)} == {"partial"}
    assert {role.line for role in words.roles("三、本年度办理结果（一）予以公开")} == {"disclosed"}


def test_groups_bands_and_titles_are_known_but_lead_to_no_figure(forms):
    words = vocabulary(forms["2019"])
    for text in ("法人或其他组织", "第二十条第（五）项", "信息内容", "二、主动公开政府信息情况"):
        assert {role.part for role in words.roles(text)} == {Part.OTHER}


def test_a_sheet_says_which_tables_it_holds(form):
    sheets = open_workbook(filled(form).content()).sheets
    words = vocabulary(form)
    for table, sheet in zip(form.tables, sheets, strict=True):
        labels = labels_on(sheet, words)
        assert labels.share(table) == 1
        assert all(labels.share(other) < 0.5 for other in form.tables if other is not table)


def test_labels_are_listed_top_to_bottom(form):
    role = Role("proactive", 0, Part.ROW, "rules")
    sheet = Sheet("表", visible=True, cells={(9, 1): "规章", (2, 3): "规 章"})
    labels = labels_on(sheet, vocabulary(form))
    assert labels.of(role) == [(2, 3), (9, 1)]
    assert labels.of(Role("proactive", 0, Part.ROW, "normative")) == []


def test_a_multiplier_or_a_unit_of_money_names_only_what_holds_an_amount(forms):
    words = vocabulary(forms["2021"])
    for unit in ("万", "万元", "%", "亿元"):
        assert words.roles(f"自然人（{unit}）") == frozenset()
    assert {role.line for role in words.roles("自然人（人次）")} == {"natural_person"}
    for unit in ("元", "单位：亿元"):
        assert {role.line for role in words.roles(f"本年收费金额（{unit}）")} == {"amount"}
