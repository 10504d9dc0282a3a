"""Finding codes and indicators are data, and wrong data is refused by name."""

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.catalogue import load_catalogue, load_indicators

WRONG_INDICATORS = [
    ('[a]\nlabel = "甲"\n', "写得不对"),
    ('[a]\nlabel = "甲"\nunit = "条"\nparts = ["b"]\n', "“b”不存在"),
    ('[a]\nlabel = "甲"\nunit = "%"\naggregation = "ratio"\n', "分子、分母"),
    ('[a]\nlabel = "甲"\nunit = "条"\nkind = "many"\n', "写得不对"),
    ("[a\n", "不是正确的 TOML"),
]


@pytest.mark.parametrize(("content", "said"), WRONG_INDICATORS)
def test_wrong_indicators_are_refused(tmp_path, content, said):
    path = tmp_path / "indicators.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OperatorError, match=said) as refused:
        load_indicators(path)
    assert refused.value.code is ExitCode.TEMPLATE


@pytest.mark.parametrize(
    "content", ['[a]\nseverity = "grave"\n', '[a]\nseverity = "error"\ncolour = "red"\n']
)
def test_a_wrong_catalogue_is_refused(tmp_path, content):
    path = tmp_path / "findings.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(OperatorError, match="findings.toml"):
        load_catalogue(path)


def test_every_rule_of_both_editions_has_its_wording(forms, catalogue):
    for form in forms.values():
        assert {rule.id for rule in form.rules} <= set(catalogue.kinds)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(OperatorError, match="findings.toml 读不出来"):
        load_catalogue(tmp_path / "findings.toml")
