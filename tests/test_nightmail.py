"""The mail of a night: drafts unless the office says otherwise, each once, reminders on their days."""

import datetime
import json
from email import message_from_bytes, policy
from pathlib import Path
from unittest import mock

import pytest

from kit.desk import make_report
from kit.mailserver import AT_RCPT, DROP_BEFORE_ANSWER, mailroom
from kit.office import AGENCIES
from kit.post import EMAILS, set_addresses, set_up_mail
from pipeline.commands import unattended
from pipeline.deliver.outbox import Entry, Event, deciding
from pipeline.letterbox import FOLDER, Letterbox
from pipeline.nightmail import reminded, reminds_today
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
ZONE = datetime.timezone(datetime.timedelta(hours=8))
REMIND = "[remind]\ndays = [3, 0]\nlate_every = 2\n"


def day(number, hour=2):
    """That day of January; the deadline is the 20th."""
    return datetime.datetime(2020, 1, number, hour, 30, tzinfo=ZONE)


@pytest.fixture
def room():
    with mailroom() as room:
        yield room


@pytest.fixture
def office(office, room):
    """An office that sends by itself, with a deadline."""
    set_addresses(office)
    office.write(
        "report.toml", "deadline = 2020-01-20\n" + (office.inputs / "report.toml").read_text("utf-8")
    )
    set_up_mail(office, room.port)
    sends(office)
    return office


def sends(office, words="true", further=""):
    """Let the batch send, or not; with further keys of [mail]."""
    path = office.inputs / "report.toml"
    plain = [one for one in path.read_text(encoding="utf-8").splitlines() if "batch_sends" not in one]
    at = plain.index("[mail]") + 1
    path.write_text(
        "\n".join([*plain[:at], f"batch_sends = {words}", *further.splitlines(), *plain[at:]]), "utf-8"
    )


def remind(office, text=REMIND):
    path = office.inputs / "report.toml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")


def night(office, *words, now=None):
    with (
        mock.patch.object(unattended, "_now", return_value=now or day(8)),
        mock.patch.object(unattended.time, "sleep"),
    ):
        return make_report("batch", "-w", office.root, *words)


def drafts(office):
    paths = sorted((office.outputs / FOLDER).glob("*.eml"))
    return {path.name: message_from_bytes(path.read_bytes(), policy=policy.default) for path in paths}


def files_of(message):
    return [part.get_filename() for part in message.iter_attachments()]


def missing(office, agency=BUREAU):
    (office.submissions / f"{agency.name}.xlsx").unlink()


def test_without_batch_sends_nothing_leaves_and_drafts_lie_in_the_outbox(office, room):
    sends(office, "false")
    said = night(office)
    assert said.code == 0
    assert room.taken == []
    assert list(drafts(office)) == ["001_省政府办公厅_报告.eml"]
    assert "一封也没有发出去" in said.out


def test_with_batch_sends_the_report_goes_once_however_many_nights(office, room):
    assert night(office).code == 0
    assert room.addresses == ["sjb@example.cn"]
    assert [Path(name).suffix for name in files_of(room.received()[0])] == [".docx", ".pdf"]
    assert night(office, "--always", now=day(9)).code == 0
    assert night(office, now=day(10)).code == 0
    assert room.addresses == ["sjb@example.cn"]


def rewrite(office, *words):
    text = (office.inputs / "narrative.md").read_text("utf-8")
    office.write("narrative.md", text.replace(*words))


def test_a_report_that_changed_after_it_was_sent_waits_for_a_person(office, room):
    night(office)
    rewrite(office, "继续改进", "认真改进")
    for number in (9, 10):
        said = night(office, now=day(number))
        assert said.code == 7
        assert "没有发给省政府办公厅 <sjb@example.cn>：2020-01-08 发过的是另一份报告" in said.out
    assert room.addresses == ["sjb@example.cn"]
    by_hand = make_report("send", "--confirm", "--only", "sjb@example.cn", "-w", office.root)
    assert "省政府办公厅 <sjb@example.cn> 在 2020-01-08 发过另一份报告，这次是改过的" in by_hand.out
    assert by_hand.code == 0
    assert night(office, now=day(11)).code == 0
    assert "都没有变" in night(office, now=day(12)).out
    rewrite(office, "认真改进", "继续改进")
    assert night(office, now=day(13)).code == 0, "the first one has been sent already"
    assert room.addresses == ["sjb@example.cn"] * 2


def test_one_that_was_only_put_off_is_no_other_report(office, room):
    room.orders["sjb@example.cn"] += [f"{AT_RCPT}451 later"] * 9
    assert night(office).code == 7
    room.orders.clear()
    rewrite(office, "继续改进", "认真改进")
    assert night(office, now=day(9)).code == 0
    assert room.addresses == ["sjb@example.cn"]


def test_who_is_refused_is_told_every_night_until_a_person_has_seen_to_it(office, room):
    room.orders["sjb@example.cn"] += [f"{AT_RCPT}550 no"]
    assert night(office).code == 7
    again = night(office, now=day(9))
    assert again.code == 7
    assert "以前被拒收、不再自动发：省政府办公厅" in again.out
    assert room.addresses == []
    make_report("send", "--confirm", "--only", "sjb@example.cn", "-w", office.root)
    assert night(office, now=day(10)).code == 0
    assert room.addresses == ["sjb@example.cn"]


def test_a_server_that_turns_away_in_the_midst_does_not_hide_what_has_gone(office, room):
    sends(office, further='summary_to = "self@example.cn"')
    room.orders["self@example.cn"] += [f"{AT_RCPT}530 login first"]
    said = night(office)
    assert said.code == 7
    assert "已发　省政府办公厅 <sjb@example.cn>" in said.out
    assert "不替您转信" in said.out
    assert night(office, now=day(9)).code == 0
    assert sorted(room.addresses) == ["self@example.cn", "sjb@example.cn"]


def test_confirm_sends_too_and_a_draft_of_the_night_before_is_no_excuse(office, room):
    sends(office, "false")
    assert night(office).code == 0
    assert night(office, "--confirm").code == 0
    assert room.addresses == ["sjb@example.cn"]


def test_an_agency_with_an_error_gets_its_slip_and_nobody_gets_a_report(office, room):
    office.submit(BUREAU, {next(iter(office.form.cells)): "很多"})
    assert night(office).code == 1
    assert room.addresses == [EMAILS[1]]
    assert any(name.endswith("退回单.docx") for name in files_of(room.received()[0]))


def test_a_server_that_is_down_gives_7_and_the_next_night_sends_what_is_open(office, room):
    room.orders["sjb@example.cn"] += [f"{AT_RCPT}451 later"] * 9
    said = night(office)
    assert said.code == 7
    room.orders.clear()
    resumed = night(office, now=day(9))
    assert resumed.code == 0
    assert "不再做：核对、生成、回读、分单位报告" in resumed.out
    assert room.addresses == ["sjb@example.cn"]


def test_a_message_of_unknown_outcome_waits_for_a_person_and_is_told_every_night(office, room):
    room.orders["sjb@example.cn"] += [DROP_BEFORE_ANSWER]
    assert night(office).code == 7
    again = night(office, now=day(9))
    assert again.code == 7
    assert "结果不明" in again.out
    assert room.addresses == ["sjb@example.cn"]


def test_reminders_go_on_their_days_to_who_sent_nothing_and_once_a_day(office, room):
    missing(office)
    remind(office)
    gone = []
    for number in range(15, 26):
        for hour in (2, 14):
            night(office, now=day(number, hour))
            gone += [(number, address) for address in room.addresses]
            room.taken.clear()
    assert gone == [(number, EMAILS[1]) for number in (17, 20, 22, 24)]
    record = Letterbox(office.outputs).record()
    assert [one.at[:10] for one in record if one.event is Event.ACCEPTED] == [
        f"2020-01-{number}" for number in (17, 20, 22, 24)
    ]


def test_the_reminder_says_what_is_missing_and_carries_the_agency_s_own_slip(office, room):
    missing(office)
    remind(office)
    assert night(office, now=day(17)).code == 1
    (message,) = room.received(EMAILS[1])
    assert str(message["Subject"]) == "请尽快报送2019年政府信息公开数据表（市教育局）"
    assert "2020年1月20日" in message.get_body(("plain",)).get_content()
    assert sorted(files_of(message))[0] == "市教育局催报单.docx"


def test_without_remind_nobody_is_reminded(office, room):
    missing(office)
    assert night(office, now=day(17)).code == 1
    assert room.addresses == []


def test_who_was_reminded_today_is_not_reminded_again_though_the_slip_changed(office, room):
    missing(office)
    remind(office)
    night(office, now=day(17))
    office.write(
        "report.toml", 'contact = "张三 0470-1"\n' + (office.inputs / "report.toml").read_text("utf-8")
    )
    night(office, now=day(17, 14))
    assert room.addresses == [EMAILS[1]]


def test_two_agencies_with_one_address_are_each_reminded_whenever_the_night_was_cut_off(office, room):
    set_addresses(office, ("zfb@example.cn", "both@example.cn", "both@example.cn"))
    missing(office)
    missing(office, DISTRICT)
    remind(office)
    night(office, now=day(17))
    record = office.outputs / FOLDER / "发件记录.jsonl"
    first = [
        line for line in record.read_text("utf-8").splitlines(True) if json.loads(line)["name"] == BUREAU.name
    ]
    for both in (record, Letterbox(office.outputs).copy):
        both.write_text("".join(first), "utf-8")
    room.taken.clear()
    night(office, "--always", now=day(17, 14))
    assert [str(one["Subject"]) for one in room.received()] == [
        "请尽快报送2019年政府信息公开数据表（海拉尔区人民政府）"
    ]


def test_a_clock_set_back_reminds_nobody_twice(office, room):
    missing(office)
    remind(office)
    night(office, now=day(20))
    night(office, "--always", now=day(17))
    assert room.addresses == [EMAILS[1]]


def test_the_office_gets_the_summary_with_the_findings_once_until_something_changes(office, room):
    sends(office, further='summary_to = "self@example.cn"')
    for number in (8, 9):
        assert night(office, "--always", now=day(number)).code == 0
    (message,) = room.received("self@example.cn")
    assert files_of(message) == ["findings.json", "核对报告.html"]
    assert "【核对、生成】" in message.get_body(("plain",)).get_content()
    office.submit(BUREAU, {next(iter(office.form.cells)): "很多"})
    assert night(office, now=day(10)).code == 1
    assert len(room.received("self@example.cn")) == 2


def summed_up(message):
    """What a summary says of the night's mail."""
    return message.get_body(("plain",)).get_content().partition("【邮件】")[2]


def test_the_summary_tells_what_became_of_the_night_s_other_letters_and_of_whose(office, room):
    sends(office, further='summary_to = "self@example.cn"')
    office.submit(BUREAU, {next(iter(office.form.cells)): "很多"})
    missing(office, DISTRICT)
    remind(office)
    (office.submissions / f"{OFFICE.name}.xlsx").unlink()
    set_addresses(office, ("", EMAILS[1], EMAILS[2]))
    room.orders[EMAILS[2]] += [f"{AT_RCPT}550 no"]
    night(office, now=day(17))
    (first,) = room.received("self@example.cn")
    assert "退回单：已经发出 1 封。" in summed_up(first)
    assert "催报单：被拒收 1 封（海拉尔区人民政府）。" in summed_up(first)
    assert "市政府办公室在名册里没有邮箱，没有发给它。" in summed_up(first)
    night(office, "--always", now=day(17, hour=3))
    assert len(room.received("self@example.cn")) == 1, "nothing has become of them since"


def test_the_summary_tells_what_is_put_off_and_again_when_it_has_gone(office, room):
    sends(office, further='summary_to = "self@example.cn"')
    room.orders["sjb@example.cn"] += [f"{AT_RCPT}451 later"] * 9
    night(office)
    room.orders.clear()
    night(office, now=day(9))
    before, after = room.received("self@example.cn")
    assert "报告：还没有发出 1 封（省政府办公厅）。" in summed_up(before)
    assert "报告：已经发出 1 封。" in summed_up(after)


def test_the_summary_tells_of_a_letter_that_may_have_arrived_the_night_after(office, room):
    sends(office, further='summary_to = "self@example.cn"')
    room.orders["sjb@example.cn"] += [DROP_BEFORE_ANSWER]
    night(office)
    assert room.received("self@example.cn") == [], "after an unknown outcome nothing more leaves"
    for number in (9, 10):
        night(office, now=day(number))
    (message,) = room.received("self@example.cn")
    assert "报告：结果不明 1 封（省政府办公厅）。" in summed_up(message)


def test_the_summary_tells_why_the_report_was_not_sent(office, room):
    sends(office, further='summary_to = "self@example.cn"')
    rewrite(office, "公开内容还不够丰富，下一步将继续改进。", "")
    night(office)
    (message,) = room.received()
    assert "1 处待核的问题还没有人确认" in summed_up(message)


def test_report_slips_reminders_and_summary_lie_side_by_side_as_drafts(office, room):
    missing(office, DISTRICT)
    office.submit(BUREAU, {next(iter(office.form.cells)): "很多"})
    remind(office)
    sends(office, "false", 'summary_to = "self@example.cn"')
    night(office, now=day(17))
    assert set(drafts(office)) == {
        "001_市教育局_退回单.eml",
        "001_市政务服务局_运行摘要.eml",
        "001_海拉尔区人民政府_催报单.eml",
    }
    assert room.taken == []


def test_an_address_that_is_missing_is_told_and_the_next_night_has_nothing_to_add(office, room):
    set_addresses(office, ("zfb@example.cn", "", "hle@example.cn"))
    office.submit(BUREAU, {next(iter(office.form.cells)): "很多"})
    said = night(office)
    assert said.code == 1
    assert "mail-address-missing" in said.out
    assert "都没有变" in night(office, now=day(9)).out


def test_a_summary_that_did_not_arrive_comes_the_next_night_though_only_mail_is_done(office, room):
    sends(office, further='summary_to = "self@example.cn"')
    room.orders["self@example.cn"] += [f"{AT_RCPT}451 later"] * 9
    assert night(office).code == 7
    room.orders.clear()
    assert night(office, now=day(9)).code == 0
    (message,) = room.received("self@example.cn")
    assert "【核对、生成】" in message.get_body(("plain",)).get_content()


def test_a_password_that_was_missing_is_asked_for_again_the_next_night(office, room, monkeypatch):
    monkeypatch.delenv("MAKE_REPORT_SMTP_PASSWORD", raising=False)
    sends(office, further='user = "clerk"\npassword_file = "p.txt"')
    assert night(office).code == 3
    said = night(office, now=day(9))
    assert (said.code, "都没有变" in said.out) == (3, False)


def test_a_wrong_mail_setting_leaves_the_report_and_says_what_is_wrong(office):
    sends(office, '"yes"')
    said = night(office)
    assert said.code == 3
    assert "batch_sends 应是 true 或 false" in said.out
    assert list(office.outputs.glob("*.pdf"))


def test_remind_days_are_asked_of_the_year_s_settings(office):
    remind(office)
    workspace = Workspace.at(office.root, None)
    assert [number for number in range(15, 26) if reminds_today(workspace, day(number).date())] == [
        17,
        20,
        22,
        24,
    ]


def entry(at, event, what="remind", address="A@example.cn"):
    return Entry(at, event, f"{at}{address}", "<m>", what, "市教育局", address, ())


def test_the_record_tells_who_was_reminded_on_a_day_or_later():
    record = deciding(
        [
            entry("2020-01-17T02:30:00+08:00", Event.ACCEPTED),
            entry("2020-01-17T02:30:00+08:00", Event.DEFERRED, address="b@example.cn"),
            entry("2020-01-17T02:30:00+08:00", Event.ACCEPTED, "slips", "c@example.cn"),
            entry("2020-01-18T02:30:00+08:00", Event.BEGUN, address="d@example.cn"),
        ]
    )
    first, later = ("市教育局", "a@example.cn"), ("市教育局", "d@example.cn")
    assert reminded(record, datetime.date(2020, 1, 17)) == {first, later}
    assert reminded(record, datetime.date(2020, 1, 18)) == {later}
    assert reminded(record, datetime.date(2020, 1, 19)) == frozenset()


def test_the_night_s_log_holds_no_password(office, room, tmp_path):
    (office.inputs / "p.txt").write_text("geheim-Mi9+x", encoding="utf-8")
    sends(office, further='user = "clerk"\npassword_file = "p.txt"')
    night(office)
    log = (office.root / "outputs" / "日志" / "batch.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["event"] for line in log.splitlines()][-1] == "ended"
    assert "geheim" not in log
