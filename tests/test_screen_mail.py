"""What ``send`` says: short, complete, and what to do next."""

from msgspec.structs import replace

from kit.post import NOW, letter
from pipeline.deliver.dispatch import Delivered, entry
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.outbox import Event, deciding
from pipeline.deliver.smtp import Answer
from pipeline.mailing import read_mailing
from pipeline.model.finding import Catalogue
from pipeline.screen_mail import (
    delivered_line,
    draft_lines,
    plan_lines,
    sent_lines,
    standing_lines,
    unknown_lines,
    waiting_line,
)
from pipeline.sending import Errand, Prepared

MAILING = read_mailing(b'[mail]\nhost = "h"\nfrom = "x@y.cn"\n', "report.toml", "某局")
A, B, C = (letter(f"{name}@example.cn", name=name) for name in "abc")


def plan(letters=(A, B, C), record=(), held=(), **errand):
    return Prepared(Errand(**errand), MAILING, Catalogue({}), tuple(letters), deciding(record), (), held, 0)


def test_what_went_before_what_was_refused_and_what_is_held():
    record = [entry(A, Event.ACCEPTED, NOW), entry(B, Event.REFUSED, NOW, "550 no")]
    assert list(plan_lines(plan(record=record, held=(("丁", "退回单改过"),)))) == [
        "没有发给丁：退回单改过。",
        "以前已经发过、不再发的 1 封。",
        "以前被拒收、不再自动发：b <b@example.cn>（550 no）。",
        "  查明原因后加 --only b@example.cn 再发。",
    ]
    assert not any("拒收" in line for line in plan_lines(plan(record=record, only=("b@example.cn",))))


def test_where_letters_stand_is_told_the_same_whenever_they_went():
    record = [entry(A, Event.ACCEPTED, NOW), entry(B, Event.UNKNOWN, NOW)]
    told = ["没有发给丁：退回单改过。", "报告：已经发出 1 封，还没有发出 1 封（c），结果不明 1 封（b）。"]
    assert list(standing_lines(plan(record=record, held=(("丁", "退回单改过"),)))) == told
    assert list(standing_lines(plan([]))) == []


def test_drafts_are_listed_with_who_gets_what():
    said = list(draft_lines(plan([A]), ["001_a_报告.eml"], ["旧（改动备份1）.eml"]))
    assert said[0] == "原来的样信有人改过，已另存为 旧（改动备份1）.eml。"
    assert said[1] == f"每封的附件：{A.enclosures[0].name}。"
    assert said[2] == "  a <a@example.cn>　→ 发件箱/001_a_报告.eml"
    assert "一封也没有发出去" in said[-1]


def test_each_draft_says_its_files_where_they_differ():
    other = letter("b@example.cn", Enclosure("乙.xlsx", b"x"), name="b")
    said = list(draft_lines(plan([A, other]), ["001.eml", "002.eml"], []))
    assert said[:2] == [
        f"  a <a@example.cn>　{A.enclosures[0].name}　→ 发件箱/001.eml",
        "  b <b@example.cn>　乙.xlsx　→ 发件箱/002.eml",
    ]


def delivered(letter, event, words=""):
    return Delivered(letter, Answer(event, words))


def test_each_letter_s_fate_in_a_line():
    assert delivered_line(delivered(A, Event.ACCEPTED, "250 ok")) == "  已发　a <a@example.cn>"
    assert delivered_line(delivered(A, Event.REFUSED, "550 no")) == "  被拒收　a <a@example.cn>（550 no）"


def test_the_tally_says_what_is_left_and_what_to_do():
    whole = list(sent_lines(plan(), [delivered(one, Event.ACCEPTED) for one in (A, B, C)], []))
    assert whole[0] == "应发 3 封：已发 3。"
    assert not any("还有" in line for line in whole)
    some = [delivered(A, Event.ACCEPTED), delivered(B, Event.DEFERRED), delivered(C, Event.REFUSED)]
    said = list(sent_lines(plan(), some, []))
    assert said[0] == "应发 3 封：已发 1，被拒收 1，没发成 1。"
    assert said[1].startswith("还有 1 封没有发出")
    limited = list(sent_lines(plan(limit=1), [delivered(A, Event.ACCEPTED)], []))
    assert limited[1].startswith("还有 2 封没有发出")


def test_where_nothing_is_due_nobody_is_told_to_confirm():
    assert list(sent_lines(plan([]), [], [])) == ["没有要发的信。"]
    assert list(draft_lines(plan([]), [], [])) == ["没有要发的信。"]
    unknown = [entry(A, Event.UNKNOWN, NOW)]
    assert "结果不明" in list(sent_lines(plan([A], unknown), [], unknown))[1]


def test_a_report_that_went_in_another_version_is_named():
    earlier = letter("A@example.cn", Enclosure("旧.docx", b"old"), name="a")
    said = list(plan_lines(plan(record=[entry(earlier, Event.ACCEPTED, NOW)])))
    assert said == ["a <a@example.cn> 在 2020-01-08 发过另一份报告，这次是改过的，请另外说明改了什么。"]
    assert list(plan_lines(plan(record=[entry(earlier, Event.DEFERRED, NOW)]))) == []


def test_a_pause_is_told():
    assert waiting_line(3, 20.0, "451 later") == "  还有 3 封没发成（451 later），20 秒后再试……"


def test_an_unknown_outcome_says_whom_to_ask_and_what_then():
    waiting = [entry(A, Event.UNKNOWN, NOW)]
    first, last = unknown_lines(waiting)
    assert "2020-01-08T09:30:00+08:00 发给a <a@example.cn>" in first
    assert "--arrived" in last
    assert "--retry-unknown" in last
    assert list(unknown_lines([])) == []


def test_what_only_a_batch_writes_is_not_sent_again_and_says_what_to_do():
    *_, last = unknown_lines([replace(entry(A, Event.UNKNOWN, NOW), what="summary")])
    assert "不再发" in last
    assert "--arrived" in last
