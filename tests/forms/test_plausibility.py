"""templates/plausibility.toml: what it says is taken, and what it says wrong is refused in words."""

import pytest

from kit.watch import LIMITS, every_address
from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.plausibility import KEYS, load_plausibility


@pytest.fixture
def load(tmp_path, forms, indicators):
    """Load the file after a change of its text."""

    def loaded(old="", new=""):
        text = LIMITS.read_text(encoding="utf-8")
        assert old in text
        path = tmp_path / "plausibility.toml"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return load_plausibility(path, every_address(forms, indicators))

    return loaded


def test_the_program_s_own_limits_name_cells_of_both_editions(load, forms):
    limits = load()
    for form in forms.values():
        assert set(limits.magnitude_jump.cells) & set(form.cells)
        assert set(limits.no_decisions) <= set(form.cells)
    assert "requests.other_fee_unpaid.total" in limits.fee_unstated.cells


def test_every_section_is_a_code_of_the_catalogue(catalogue):
    assert set(KEYS) <= set(catalogue.kinds)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[unit-mixed]", "[unit-mix]", r"\[unit-mix\] 这一段不认识"),
        ("[no-decisions]\ncells", "[no-decisions]\ncell", "不认识“cell”|没有写“cells”"),
        ("bodies = 5\n", "", "没有写“bodies”"),
        ("count = { ratio = 8,", "count = { ratio = 1,", "ratio = 1 要大于 1"),
        ("count = { ratio = 8,", 'count = { ratio = "十",', "应是不小于 0 的数"),
        ("count = { ratio = 8,", "count = { times = 8,", "不认识“times”"),
        ("least = 500 }", "least = -1 }", "应是不小于 0 的数"),
        ("largest = 10", "largest = true", "应是不小于 0 的数"),
        ('"requests.received.total",', '"requests.recieved.total",', "recieved"),
        ('mentions = ["收费",', 'mentions = ["收费(",', "写得不对"),
        ('disputes = ["disputes.*.total"]', "disputes = []", "应是方括号里的一串文字"),
        ('disputes = ["disputes.*.total"]', "disputes = [", "不是正确的 TOML"),
    ],
)
def test_what_is_wrong_is_refused_and_said(load, old, new, said):
    with pytest.raises(OperatorError, match=said) as refused:
        load(old, new)
    assert refused.value.code is ExitCode.TEMPLATE
    assert "plausibility.toml" in refused.value.message


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(OperatorError, match="读不出来") as refused:
        load_plausibility(tmp_path / "plausibility.toml", ())
    assert refused.value.code is ExitCode.TEMPLATE
