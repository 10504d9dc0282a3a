"""A ledger has a column for every figure, with the labels that lead to it."""

from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.workbooks.ledger_columns import indicator_columns, table_columns


def test_every_cell_of_the_form_has_its_column(form: StatutoryForm) -> None:
    found = [column.address for table in form.tables for column in table_columns(table)]
    assert found == list(form.cells)


def test_labels_lead_from_the_outer_to_the_inner(form: StatutoryForm) -> None:
    labels = {column.address: column.labels for table in form.tables for column in table_columns(table)}
    assert labels["proactive.licences.decisions"][:2] == ("第二十条第（五）项", "行政许可")
    assert labels["requests.withheld_query.business"] == (
        "三、本年度办理结果·（三）不予公开",
        "8.属于行政查询事项",
        "法人或其他组织·商业企业",
    )
    assert labels["requests.carried_forward.total"][1:] == ("四、结转下年度继续办理", "总计")
    assert labels["disputes.litigation_after.pending"] == ("行政诉讼", "复议后起诉", "尚未审结")


def test_a_ratio_names_what_it_is_made_of_and_an_unsummed_indicator_has_no_sum(
    indicators: tuple[Indicator, ...],
) -> None:
    columns = {column.address: column for column in indicator_columns(indicators)}
    assert columns["indicators.non_text_share"].over == (
        "indicators.non_text_interpretations",
        "indicators.interpretations",
    )
    assert not columns["indicators.satisfaction"].summed
    assert columns["indicators.trainings"].summed
