"""The form files are read to the letter, and a wrong one is refused with the name of what is wrong."""

import copy
import tomllib

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.load import form_from, load_form


@pytest.fixture(scope="session")
def law(templates):
    """The entries of an edition's file."""
    return {
        edition: tomllib.loads((templates / "forms" / f"{edition}.toml").read_text(encoding="utf-8"))
        for edition in ("2019", "2021")
    }


def rule(law, name):
    return next(entry for entry in law["rule"] if entry["id"] == name)


def test_labels_are_the_law_s_to_the_letter(forms):
    form = forms["2021"]
    assert form.notice == "国办公开办函〔2021〕30号"
    assert form.cells["requests.other_not_corrected.total"].row.path == (
        "三、本年度办理结果",
        "（六）其他处理",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
    )
    assert form.cells["proactive.fees.amount"].column.path == ("本年收费金额（单位：万元）",)


def test_a_rule_that_names_no_cell_is_refused(law):
    wrong = copy.deepcopy(law["2019"])
    rule(wrong, "row-total")["right"][0] = "requests.{row}.natural_persons"
    with pytest.raises(ValueError, match="row-total.*natural_persons.*一个格也没有对上"):
        form_from(wrong)


def test_a_wildcard_that_matches_nothing_is_refused(law):
    wrong = copy.deepcopy(law["2019"])
    rule(wrong, "outcome-total")["right"][2] = "requests.refused_*.{column}"
    with pytest.raises(ValueError, match=r"refused_\*"):
        form_from(wrong)


def test_a_cell_counted_twice_in_one_relation_is_refused(law):
    wrong = copy.deepcopy(law["2019"])
    rule(wrong, "outcome-total")["right"].append("requests.withheld_query.{column}")
    with pytest.raises(ValueError, match="withheld_query.*算了两次"):
        form_from(wrong)


def test_a_cell_on_both_sides_is_refused(law):
    wrong = copy.deepcopy(law["2021"])
    rule(wrong, "disputes-total")["right"].append("disputes.{row}.total")
    with pytest.raises(ValueError, match="算了两次"):
        form_from(wrong)


def test_the_same_cell_of_last_year_is_another_cell(forms):
    continuity = next(one for one in forms["2021"].rules if one.id == "in-force")
    assert [term.last_year for term in continuity.identities[0].terms] == [False, True, False, False]


def test_a_subtotal_that_counts_a_row_twice_is_refused(law):
    wrong = copy.deepcopy(law["2019"])
    wrong["subtotal"][1]["rows"].append("withheld_query")
    with pytest.raises(ValueError, match="withheld.*两次"):
        form_from(wrong)


def test_a_row_written_twice_is_refused(law):
    wrong = copy.deepcopy(law["2019"])
    wrong["table"][1]["block"][0]["rows"].append(wrong["table"][1]["block"][0]["rows"][0])
    with pytest.raises(ValueError, match="requests.received.natural_person.*写了两次"):
        form_from(wrong)


def test_labels_that_do_not_fill_the_grid_are_refused(law):
    wrong = copy.deepcopy(law["2021"])
    wrong["table"][0]["block"][1]["columns"][0]["span"] = 2
    wrong["table"][0]["block"][1]["rows"][0]["label"] = []
    with pytest.raises(ValueError):
        form_from(wrong)


@pytest.mark.parametrize(
    ("content", "said"),
    [("edition = ", "写得不对"), ('edition = "x"\n', "缺少"), (None, "读不出来")],
    ids=["no toml", "something missing", "no file"],
)
def test_a_broken_file_stops_the_program_with_its_name(tmp_path, content, said):
    path = tmp_path / "2030.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(OperatorError, match=f"2030.toml.*{said}") as refused:
        load_form(path)
    assert refused.value.code is ExitCode.TEMPLATE
