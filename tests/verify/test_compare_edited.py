"""A person edited the Word report: wrong figures are errors, other words are told, nothing else is called wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.word import bound, catalogue, report
from pipeline.model.document import Heading, Paragraph
from pipeline.model.rendition import ReadBack
from pipeline.verify.compare import compare_edited
from pipeline.verify.lines import printed_lines

ALIASES = {
    "requests.received.total": "依申请公开.新收.总计",
    "requests.carried_forward.total": "依申请公开.结转下年.总计",
}
RECEIVED = (
    "全年收到政府信息公开申请{requests.received.total=224}件，结转{requests.carried_forward.total=2}件。"
)
TITLE = report().title


def document(*passages):
    return report(blocks=tuple(Paragraph(bound(text)) for text in passages))


def proof(written, lines, **read):
    levels = read.pop("levels", ())
    back = ReadBack((TITLE, *lines), (), levels=levels)
    return compare_edited(written, back, "报告.docx", 2020, catalogue(), ALIASES)


def told(*arguments, **read):
    return [(one.code, one.message) for one in proof(*arguments, **read).findings]


def test_an_untouched_file_says_all_its_numbers():
    outcome = proof(document(RECEIVED), ["全年收到政府信息公开申请224件，结转2件。"])
    assert outcome.findings == ()
    assert (outcome.edits.numbers, outcome.edits.bound, outcome.edits.lines) == (2, 2, 0)


def test_a_wrong_number_is_named_by_its_figure_with_the_words_around_it():
    outcome = proof(document("第一段。", RECEIVED), ["第一段。", "全年收到政府信息公开申请2240件，结转2件。"])
    (finding,) = outcome.findings
    assert finding.message == (
        "正文第2段“全年收到政府信息公开申请2240件，结转2件。”：依申请公开.新收.总计应为“224”，写的是“2240”。"
    )
    assert (finding.code, finding.is_error) == ("readback-figure", True)
    assert (finding.address, finding.found, finding.expected) == ("requests.received.total", "2240", "224")
    assert (outcome.edits.numbers, outcome.edits.bound, outcome.edits.lines) == (1, 2, 1)


@pytest.mark.parametrize(
    "rewritten",
    [
        "今年一共收到申请224件，结转下年度2件。",
        "结转2件，全年收到政府信息公开申请224件。",
        "全年收到政府信息公开申请２２４件，结转2件。",
        "全年收到政府信息公开申请224件，其中网上3件，结转2件。",
    ],
)
def test_words_rewritten_around_numbers_that_stand_are_only_told(rewritten):
    outcome = proof(document(RECEIVED), [rewritten])
    assert [finding.code for finding in outcome.findings] == ["passage-edited"]
    assert (outcome.edits.numbers, outcome.edits.lines) == (2, 1)


def test_before_and_after_are_shown():
    assert told(document("情况良好。"), ["情况很好。"]) == [
        ("passage-edited", "正文第1段：“情况良好。”，“情况很好。”。")
    ]


def test_a_wrong_number_in_a_rewritten_passage_is_an_error_and_the_words_are_told_too():
    codes = [code for code, _ in told(document(RECEIVED), ["全年共收到公开申请225件，结转2件。"])]
    assert codes == ["readback-figure", "passage-edited"]


def test_a_number_cut_with_its_sentence_is_named():
    assert told(document(RECEIVED), ["全年收到政府信息公开申请224件。"]) == [
        (
            "figure-removed",
            "正文第1段少了2（依申请公开.结转下年.总计）：“…政府信息公开申请224件，结转2件。”，“…政府信息公开申请224件。”。",
        )
    ]


def test_a_passage_cut_with_its_numbers_names_them_all():
    ((code, message),) = told(document("第一段。", RECEIVED), ["第一段。"])
    assert code == "figure-removed"
    assert "224（依申请公开.新收.总计）、2（依申请公开.结转下年.总计）" in message
    assert "（缺）" in message


def test_a_passage_added_or_taken_out_is_told():
    assert told(document("第一段。", "第二段。"), ["第一段。"]) == [
        ("passage-edited", "正文第2段：“第二段。”，“（缺）”。")
    ]
    assert told(document("第一段。"), ["第一段。", "另外还有一件要紧的事。"]) == [
        ("passage-edited", "新加的一段（另外还有一件要紧…）：“（无）”，“另外还有一件要紧的事。”。")
    ]


def test_a_passage_moved_is_told_with_the_line_it_now_follows():
    lines = ["第一段。", "第二段。", "第三段。", f"收到{RECEIVED[-1]}"]
    assert told(document(*lines), [lines[1], lines[2], lines[0], lines[3]]) == [
        ("passage-moved", "正文第1段挪到“第三段。”之后。")
    ]


def test_a_passage_cut_in_two_keeps_its_numbers():
    outcome = proof(
        document("第一段。", f"{RECEIVED}其余事项另行说明。"),
        ["第一段。", "全年收到政府信息公开申请224件，", "结转2件。其余事项另行说明。"],
    )
    assert {finding.code for finding in outcome.findings} == {"passage-edited"}
    assert outcome.edits.numbers == 2


def test_two_passages_joined_keep_their_numbers():
    outcome = proof(
        document(
            "甲事项收到{requests.received.total=224}件。", "乙事项结转{requests.carried_forward.total=2}件。"
        ),
        ["甲事项收到224件。乙事项结转2件。"],
    )
    assert {finding.code for finding in outcome.findings} == {"passage-edited"}
    assert outcome.edits.numbers == 2


def test_a_heading_may_hold_a_bound_number():
    runs = bound("（一）收到申请{requests.received.total=224}件")
    written = report(blocks=(Heading(2, "（一）收到申请224件", runs),))
    ((code, message),) = told(written, ["（一）收到申请225件"])
    assert code == "readback-figure"
    assert "依申请公开.新收.总计应为“224”" in message


def test_a_heading_turned_into_body_text_is_told():
    written = report(blocks=(Heading(1, "一、总体情况"),))
    assert told(written, ["一、总体情况"], levels=(0, 1)) == []
    assert told(written, ["一、总体情况"], levels=(0, 0)) == [
        ("heading-level", "标题“一、总体情况”：标题1，正文。")
    ]


def test_growth_and_last_year_are_named_by_their_expression():
    text = (
        '上年为{last_year.requests.received.total=110}件，同比{同比("requests.received.total")=增长103.64%}。'
    )
    messages = [message for _, message in told(document(text), ["上年为111件，同比下降103.64%。"])]
    assert "上年.依申请公开.新收.总计应为“110”，写的是“111”" in messages[0]
    assert '同比("依申请公开.新收.总计")应为“增长103.64%”，写的是“下降103.64%”' in messages[1]


def test_an_equal_amount_in_another_unit_is_other_words_and_no_error():
    assert told(document("采购金额{proactive.procurement.amount=31.17亿元}。"), ["采购金额311700万元。"]) == [
        ("passage-edited", "正文第1段：“采购金额31.17亿元。”，“采购金额311700万元。”。")
    ]


WORDS = st.text(st.sampled_from("甲乙丙丁，。：“”（）—件条年 abc"), max_size=12)
FIGURES = st.lists(st.integers(0, 999999), min_size=1, max_size=6)
LINE = st.tuples(FIGURES, st.lists(WORDS, min_size=7, max_size=7))


def templated(figures, words):
    pieces = [f"{{f.x{index}={figure}}}" for index, figure in enumerate(figures)]
    return "".join(word + piece for word, piece in zip(words, [*pieces, ""], strict=False))


def plain(figures, words):
    return "".join(word + str(figure) for word, figure in zip(words, [*figures, ""], strict=False))


def apart(words):
    """Words between numbers, so that these never touch."""
    return [word.replace(" ", "") or "、" for word in words]


def in_order(figures, words):
    """A passage that ends in words."""
    return figures, apart(words)[: len(figures) + 1]


@given(st.lists(LINE, min_size=1, max_size=4), st.data())
def test_law_words_edited_around_numbers_that_stand_in_order_are_never_an_error(lines, data):
    lines = [in_order(*line) for line in lines]
    written = document(*(templated(*line) for line in lines))
    at = data.draw(st.integers(0, len(lines) - 1))
    figures, _ = lines[at]
    other = data.draw(st.lists(WORDS, min_size=len(figures) + 1, max_size=len(figures) + 1).map(apart))
    found = [plain(*line) for line in lines]
    found[at] = plain(figures, other)
    findings = proof(written, found).findings
    assert not [finding for finding in findings if finding.is_error]


@given(st.lists(LINE, min_size=1, max_size=4), st.data())
def test_law_one_bound_number_changed_is_exactly_one_error_at_that_number(lines, data):
    lines = [in_order(*line) for line in lines]
    written = document(*(templated(*line) for line in lines))
    at = data.draw(st.integers(0, len(lines) - 1))
    figures, words = lines[at]
    which = data.draw(st.integers(0, len(figures) - 1))
    wrong = data.draw(st.integers(0, 9999999).filter(lambda number: number != figures[which]))
    found = [plain(*line) for line in lines]
    found[at] = plain([*figures[:which], wrong, *figures[which + 1 :]], words)
    findings = proof(written, found).findings
    (finding,) = [finding for finding in findings if finding.is_error]
    assert (finding.found, finding.expected) == (str(wrong), str(figures[which]))
    assert finding.address == f"f.x{which}"
    name = list(printed_lines(written))[at + 1].name
    assert finding.message.startswith(f"{name}“")
