"""Last year's narrative made ready: a number becomes a name where there is no doubt, everything else is listed."""

import pytest

from kit.narrative import CATALOGUE, FORMS, INDICATORS, consolidation, last_year, markdown
from pipeline.carried_text import Proof, carried_text, printed_by
from pipeline.model.roster import Agency, Roster
from pipeline.narrate.facts import Facts
from pipeline.narrate.narrate import narrate
from pipeline.narrate.renewal import Replacement
from pipeline.settings import Settings


class Inputs:
    """What of a year's inputs the narrative needs."""

    year, form, indicators, catalogue = 2020, FORMS["2019"], INDICATORS, CATALOGUE
    last_year = last_year()
    roster = Roster((Agency("01", "甲局", "市直机关"), Agency("02", "乙区", "旗市区政府")))

    settings = Settings("某某市")


def carried(*paragraphs, edition="2021", **changed):
    content = markdown("一、总体情况", "（二）依申请公开", *paragraphs, sections=False)
    return carried_text(
        content, "inputs/2020/narrative.md", Inputs, consolidation("2019", **changed), FORMS[edition]
    )


def text(made):
    return made.content.decode().split("（二）依申请公开")[1].strip()


def names(*paragraphs, **given):
    return [name for _, _, name in carried(*paragraphs, **given).named]


def test_what_the_sentence_says_it_is_becomes_its_name_and_the_rest_of_the_sentence_stays():
    made = carried("全年收到政府信息公开申请224件，上年为110件，同比增长103.64%。")
    assert text(made) == (
        "全年收到政府信息公开申请{{ requests.received.total }}件，上年为{{ last_year.requests.received.total }}件，"
        '同比{{ 同比("requests.received.total") }}。'
    )
    assert made.typed == ()


def test_the_new_text_prints_the_old_one_under_the_old_figures():
    old = "全年收到政府信息公开申请224件，办结223件，结转下年度继续办理2件。"
    made = carried(old)
    then = Facts(2020, "某某市", FORMS["2019"], INDICATORS, consolidation("2019"), last_year())
    printed, _ = narrate(made.content, "narrative.md", then, CATALOGUE)
    assert printed.passages[-1].text == old
    assert len(made.named) == 3


@pytest.mark.parametrize(
    "sentence",
    [
        "全年收到政府信息公开申请约224件。",
        "全年收到政府信息公开申请226件。",
        "市政务服务局进驻事项224项。",
        "市直机关收到政府信息公开申请224件。",
    ],
)
def test_a_number_that_might_be_another_thing_stays_and_is_listed(sentence):
    made = carried(sentence)
    assert text(made) == sentence
    assert [origin for origin, _ in made.typed] == ["第3段"]


def test_a_number_that_two_figures_were_is_not_guessed():
    """With nothing brought forward the requests in hand and those received are one number, and next year are not."""
    made = carried("全年收到政府信息公开申请224件。", **{"requests.brought_forward.total": 0})
    assert made.named == ()
    assert [origin for origin, _ in made.typed] == ["第3段"]


def test_a_paragraph_that_would_print_something_else_stays_as_it_was():
    content = markdown("一、总体情况", "收到224件。", "办结223件。", sections=False)
    then = Facts(2020, "某某市", FORMS["2019"], INDICATORS, consolidation("2019"), last_year())
    old, _ = narrate(content, "narrative.md", then, CATALOGUE)
    right = Replacement("第2段", "收到", "224", "件", "requests.received.total")
    wrong = Replacement("第3段", "办结", "223", "件", "requests.received.total")
    proof = Proof(content, "narrative.md", then, CATALOGUE, printed_by(old))
    fresh, made = proof.renewed([right, wrong])
    assert made == (right,)
    assert "收到{{ requests.received.total }}件" in fresh.decode()
    assert "办结223件" in fresh.decode()


def test_what_is_a_name_already_stays():
    made = carried("全年收到政府信息公开申请{{ 依申请公开.新收.总计 }}件。")
    assert (made.named, made.typed) == ((), ())
    assert text(made) == "全年收到政府信息公开申请{{ 依申请公开.新收.总计 }}件。"


def test_the_period_of_the_figures_is_the_reporting_year_and_other_years_are_listed():
    made = carried(
        "统计期限自2020年1月1日起至2020年12月31日止。2020年，工作平稳。2021年，继续改进。办理文件〔2020〕5号。"
    )
    assert "自{{ 年度 }}年1月1日起至{{ 年度 }}年12月31日止" in text(made)
    assert made.years == (("第3段", "2020年，工作平稳。"), ("第3段", "2021年，继续改进。"))


def test_a_year_in_characters_is_a_year_too():
    made = carried("二〇二〇年，工作平稳。二○二一年，继续改进。二〇一八年的事。")
    assert made.years == (("第3段", "二〇二〇年，工作平稳。"), ("第3段", "二○二一年，继续改进。"))


def test_a_sentence_in_a_condition_that_does_not_hold_is_listed_too():
    made = carried(
        "申请办理平稳。{% if requests.unprocessed_petition.total == 999 %}2020年另有说明。{% endif %}"
    )
    assert made.years == (("第3段", "…2020年另有说明。"),)


def test_the_same_words_twice_in_a_paragraph_are_left_alone():
    line = "收到政府信息公开申请224件。收到政府信息公开申请224件。"
    made = carried(line)
    assert text(made).count("224") + text(made).count("{{ requests.received.total }}") == 2
    assert len(made.named) + len(made.typed) == 2


def test_thousands_with_a_comma_are_the_same_number():
    changed = {"requests.received.total": 1224}
    assert names("全年收到政府信息公开申请1,224件。", **changed) == ["requests.received.total"]
