"""The words and patterns of a text's hygiene are data; wrong data is refused by section, and ours is right."""

import re

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.forms.hygiene import load_hygiene
from pipeline.model.hygiene import CONDITIONS, Once

GOOD = '[a]\ncode = "text-injected"\nwhat = "词"\n'


def loaded(tmp_path, content):
    path = tmp_path / "hygiene.toml"
    path.write_text(content, encoding="utf-8")
    return load_hygiene(path, {"text-injected"})


def test_words_become_one_pattern_the_longest_first_and_are_taken_as_they_stand(tmp_path):
    (blemish,) = loaded(tmp_path, GOOD + 'words = ["甲", "甲.乙"]\npatterns = ["丙+"]\nonce = "text"\n')
    assert blemish.patterns == ("甲\\.乙|甲", "丙+")
    assert blemish.once is Once.TEXT
    assert re.search(blemish.patterns[0], "甲x乙")[0] == "甲"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[a]\nwhat = "词"\nwords = ["甲"]\n', "缺 code"),
        ('[a]\ncode = "text-injected"\nwords = ["甲"]\n', "缺 what"),
        ('[a]\ncode = "none"\nwhat = "词"\nwords = ["甲"]\n', "没有“none”这个问题代码"),
        (GOOD, "至少写一项"),
        (GOOD + 'words = "甲"\n', "words 要写成一列"),
        (GOOD + 'words = [""]\n', "words 要写成一列"),
        (GOOD + 'words = ["甲"]\nsince = 2020\n', "不认识“since”"),
        (GOOD + 'words = ["甲"]\nopening = "yes"\n', "opening 只能是"),
        (GOOD + 'words = ["甲"]\nonce = "never"\n', "never"),
        (GOOD + 'patterns = ["("]\n', "正则表达式"),
        (GOOD + 'patterns = ["甲*"]\n', "处处报错"),
        (GOOD + 'patterns = ["(?P<month>甲)"]\n', "分组名"),
        ('a = "甲"\n', "写得不对"),
        ("[a\n", "不是正确的 TOML"),
    ],
)
def test_a_wrong_section_is_refused_by_name(tmp_path, content, said):
    with pytest.raises(OperatorError, match=re.escape(said)) as refused:
        loaded(tmp_path, content)
    assert refused.value.code is ExitCode.TEMPLATE
    assert "hygiene.toml" in str(refused.value)


def test_ours_is_right_and_every_condition_is_in_use(templates, catalogue):
    blemishes = load_hygiene(templates / "hygiene.toml", catalogue.kinds)
    groups = {name for one in blemishes for text in one.patterns for name in re.compile(text).groupindex}
    assert groups == CONDITIONS
    assert len({one.name for one in blemishes}) == len(blemishes)
