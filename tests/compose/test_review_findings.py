"""Findings are said once where they are alike, errors first, what a person stands by apart and last."""

from kit.findings import blank, found
from kit.offices import roster_of
from kit.review import TEXT, submissions_of
from pipeline.compose.review_findings import Places, items, topics
from pipeline.model.review import Approval

RECEIVED = "requests.received.natural_person"


def places(forms, indicators, narrative=TEXT):
    roster = roster_of(2)
    sent = submissions_of(roster, forms["2019"], indicators)
    return Places.of(forms["2019"], indicators, narrative).with_cells(sent.values())


def test_alike_ones_are_one_item_that_marks_every_figure(forms, indicators, catalogue):
    other = "requests.received.business"
    told = [blank(catalogue, "D6", RECEIVED), blank(catalogue, "E6", other)]
    (item,) = items(told, places(forms, indicators), lambda _: None)
    assert (item.count, item.part, item.figures) == (2, "依申请公开", (RECEIVED, other))


def test_errors_come_first_and_what_a_person_stands_by_comes_last_under_its_own_head(
    forms, indicators, catalogue
):
    told = [
        found(catalogue, "column-ignored"),
        found(catalogue, "section-empty"),
        found(catalogue, "row-total", cell="D6"),
        found(catalogue, "row-total", cell="D7"),
    ]
    why = Approval("已核对原件", "张三", "2021-06-30")
    listed = items(told, places(forms, indicators), lambda one: why if one.cell == "D7" else None)
    assert [
        (topic.severity.word, topic.kind.code, topic.accepted, topic.count)
        for topic in topics(listed, catalogue)
    ] == [
        ("错误", "row-total", False, 1),
        ("待核", "section-empty", False, 1),
        ("提示", "column-ignored", False, 1),
        ("错误", "row-total", True, 1),
    ]
    assert [item.number for item in listed] == [1, 2, 3, 4]
    assert [item.approval for item in listed] == [None, None, None, why]


def test_alike_ones_of_which_one_is_accepted_are_not_said_together(forms, indicators, catalogue):
    why = Approval("没有发生", "张三", "")
    told = [blank(catalogue, "D6"), blank(catalogue, "D7"), blank(catalogue, "D8")]
    listed = items(told, places(forms, indicators), lambda one: why if one.cell == "D7" else None)
    assert [(item.count, item.approval) for item in listed] == [(2, None), (1, why)]


def test_a_finding_belongs_to_its_table_the_text_or_the_files(forms, indicators, catalogue):
    known = places(forms, indicators)
    cases = {
        "复议诉讼": found(
            catalogue, "disputes-total", sheet="Sheet3", address="disputes.litigation_after.total"
        ),
        "补充指标": found(catalogue, "cell-blank", sheet="Sheet4", address="indicators.new_media"),
        "主动公开": found(catalogue, "label-missing", sheet="主动公开", cell=""),
        "正文": found(catalogue, "number-unbound", workbook=TEXT, sheet="", cell="第3段"),
        "文件和名册": found(catalogue, "agency-missing", workbook="", sheet="", cell=""),
    }
    assert [known.part(finding) for finding in cases.values()] == list(cases)


def test_a_finding_that_names_a_cell_alone_marks_the_figure_read_there(forms, indicators, catalogue):
    known = places(forms, indicators)
    (workbook, sheet, cell), address = next(iter(known.cells.items()))
    assert (
        known.figure(found(catalogue, "cell-negative", workbook=workbook, sheet=sheet, cell=cell)) == address
    )
    assert known.figure(found(catalogue, "cell-negative", workbook=workbook, sheet=sheet, cell="ZZ9")) == ""
