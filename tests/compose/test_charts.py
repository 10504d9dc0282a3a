"""Requests as pictures: the sums of the table's own cells, this year beside last."""

from decimal import Decimal

import pytest

from kit.report import document, paragraph, report
from kit.workbook import consistent_values
from pipeline.compose.charts import YearFigures, request_charts, with_charts
from pipeline.model.document import Chart, Table


def test_bars_are_the_figures_of_the_table(form):
    values = consistent_values(form)
    by_applicant, by_outcome = request_charts(YearFigures(2020, form, values), None)
    assert by_applicant.categories == (
        "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他",
    )  # fmt: skip
    (received,) = by_applicant.series
    assert sum(received.values) == values["requests.received.total"]
    assert received.values[0] == values["requests.received.natural_person"]
    (answered,) = by_outcome.series
    assert sum(answered.values) == values["requests.outcome_total.total"]
    assert (
        dict(zip(by_outcome.categories, answered.values, strict=True))["予以公开"]
        == (values["requests.disclosed.total"])
    )


def test_each_outcome_is_the_sum_of_its_rows(form):
    values = {address: Decimal(0) for address in form.cells}
    for address in values:
        if address.startswith("requests.withheld_"):
            values[address] = Decimal(1)
    _, by_outcome = request_charts(YearFigures(2020, form, values), None)
    assert dict(zip(by_outcome.categories, by_outcome.series[0].values, strict=True)) == {
        "予以公开": 0, "部分公开": 0, "不予公开": 8, "无法提供": 0, "不予处理": 0, "其他处理": 0,
    }  # fmt: skip


def test_last_year_stands_first_whatever_its_edition(forms):
    now = YearFigures(2021, forms["2021"], consistent_values(forms["2021"]))
    before = YearFigures(2020, forms["2019"], consistent_values(forms["2019"]))
    for chart in request_charts(now, before):
        assert [one.name for one in chart.series] == ["2020年", "2021年"]


def test_a_year_with_a_number_missing_has_no_bars_and_this_year_s_gap_no_picture(form):
    whole = consistent_values(form)
    holed = {address: value for address, value in whole.items() if address != "requests.received.business"}
    by_applicant, by_outcome = request_charts(YearFigures(2020, form, whole), YearFigures(2019, form, holed))
    assert [one.name for one in by_applicant.series] == ["2020年"]
    assert [one.name for one in by_outcome.series] == ["2019年", "2020年"]
    (alone,) = request_charts(YearFigures(2020, form, holed), None)
    assert alone.caption.startswith("图2")


def test_the_pictures_stand_behind_the_table_of_requests(form):
    charts = request_charts(YearFigures(2020, form, consistent_values(form)), None)
    blocks = with_charts(report(form), charts).blocks
    at = next(n for n, block in enumerate(blocks) if isinstance(block, Table) and block.grid.id == "requests")
    assert blocks[at + 1 : at + 3] == charts
    assert sum(isinstance(block, Chart) for block in blocks) == 2


@pytest.mark.parametrize("blocks", [(), (paragraph("无。"),)])
def test_a_document_without_that_table_stays_as_it_is(form, blocks):
    made = document(*blocks)
    charts = request_charts(YearFigures(2020, form, consistent_values(form)), None)
    assert with_charts(made, charts) == made


def test_who_cannot_see_the_picture_is_told_every_number(form):
    now = YearFigures(2020, form, consistent_values(form))
    chart, _ = request_charts(now, YearFigures(2019, form, consistent_values(form)))
    for category, before, after in chart.groups:
        assert f"{category} 2019年 {before}，2020年 {after}" in chart.description
