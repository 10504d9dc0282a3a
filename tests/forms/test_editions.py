"""The edition follows from the year; a year without a form is refused in words."""

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.editions import form_for, load_forms


@pytest.mark.parametrize(
    ("year", "edition"), [(2019, "2019"), (2020, "2019"), (2021, "2021"), (2026, "2021")]
)
def test_a_year_has_its_edition(forms, year, edition):
    assert form_for(year, list(forms.values())).edition == edition


def test_an_office_may_ask_for_an_edition(forms):
    assert form_for(2020, list(forms.values()), "2021").edition == "2021"


@pytest.mark.parametrize(
    ("year", "edition", "said"), [(2018, "", "从 2019 年起"), (2020, "2020", "现有版本：2019、2021")]
)
def test_no_form_for_it(forms, year, edition, said):
    with pytest.raises(OperatorError, match=said) as refused:
        form_for(year, list(forms.values()), edition)
    assert refused.value.code is ExitCode.INPUT


def test_a_folder_without_forms_is_refused(tmp_path):
    with pytest.raises(OperatorError, match="没有表样文件") as refused:
        load_forms(tmp_path)
    assert refused.value.code is ExitCode.TEMPLATE
