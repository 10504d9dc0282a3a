"""Mail from end to end: planned, drafted, sent, resumed, settled, each time from what lies on the disk."""

from email import message_from_bytes, policy
from hashlib import sha256

import pytest
from msgspec.structs import replace

from kit.desk import make_report
from kit.mailserver import AT_DATA, AT_RCPT, DROP_BEFORE_ANSWER, mailroom
from kit.office import AGENCIES
from kit.post import EMAILS, NOW, digest, put_slips, set_addresses, set_up_mail
from pipeline.deliver.dispatch import Pace
from pipeline.deliver.outbox import Event, Standing
from pipeline.deliver.smtp import Connection
from pipeline.errors import ExitCode, OperatorError
from pipeline.letterbox import Letterbox
from pipeline.mailing import BLANKS, SLIPS, server_of
from pipeline.sending import (
    Errand,
    exit_code,
    listing,
    prepared,
    put_drafts,
    sent,
    settle_arrived,
)
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = EMAILS


class Desk:
    """An office's folder, and what its clerk does with it."""

    def __init__(self, office, templates, room):
        self.room = room
        self.workspace, self.templates = Workspace.at(office.root, None), templates
        self.box = Letterbox(self.workspace.outputs)

    def plan(self, **errand):
        return prepared(self.workspace, self.templates, Errand(**errand), NOW)

    def send(self, plan):
        server = replace(server_of(plan.mailing, self.workspace.inputs), port=self.room.port)
        pace = Pace(lambda: 0.0, lambda seconds: None)
        return list(sent(plan, self.box, lambda: Connection(server, None), pace, lambda: NOW))

    def sent(self, **errand):
        """Plan and send; what became of each, and the exit code."""
        plan = self.plan(**errand)
        results = self.send(plan)
        outcomes = {one.letter.to.address: one.answer.event for one in results}
        return outcomes, exit_code(plan, results, confirmed=True)


@pytest.fixture
def room():
    with mailroom() as room:
        yield room


@pytest.fixture
def office(built_office):
    return built_office


@pytest.fixture
def desk(office, templates, room):
    """An office whose report is final, goes to its three agencies, and whose server is there."""
    return Desk(office, templates, room)


def test_every_recipient_gets_the_very_files_that_were_proved(desk, room, office):
    assert desk.sent() == (dict.fromkeys(EMAILS, Event.ACCEPTED), ExitCode.OK)
    proved = {path.name: sha256(path.read_bytes()).hexdigest() for path in office.outputs.glob("*.[dp]*[xf]")}
    assert len(proved) == 2
    for message in room.received():
        files = {
            one.get_filename(): sha256(one.get_content()).hexdigest() for one in message.iter_attachments()
        }
        assert files == proved
        assert message["Subject"] == "某某市2019年政府信息公开工作年度报告"


def test_nobody_gets_it_twice(desk, room):
    desk.sent()
    assert desk.sent() == ({}, ExitCode.OK)
    assert desk.sent(only=(BUREAU,)) == ({}, ExitCode.OK)
    make_report("-q", "-w", desk.workspace.root)
    assert desk.sent() == ({}, ExitCode.OK)
    assert sorted(room.addresses) == sorted(EMAILS)


def test_a_report_that_changed_is_another_report(desk, room, office):
    desk.sent()
    office.write(
        "narrative.md", (office.inputs / "narrative.md").read_text("utf-8").replace("继续改进", "认真改进")
    )
    make_report("-q", "-w", office.root)
    assert set(desk.sent()[0]) == set(EMAILS)
    assert len(room.taken) == 6


def test_a_few_at_a_time_and_the_rest_the_next_time(desk, room):
    assert desk.sent(limit=2) == ({OFFICE: Event.ACCEPTED, BUREAU: Event.ACCEPTED}, ExitCode.UNDELIVERED)
    assert desk.sent(limit=2) == ({DISTRICT: Event.ACCEPTED}, ExitCode.OK)


def test_who_is_put_off_is_due_again_and_who_was_refused_only_when_named(desk, room):
    room.orders[OFFICE] = [f"{AT_RCPT}451 later"] * 5
    room.orders[BUREAU] = [f"{AT_DATA}550 no"]
    assert desk.sent() == (
        {OFFICE: Event.DEFERRED, BUREAU: Event.REFUSED, DISTRICT: Event.ACCEPTED},
        ExitCode.UNDELIVERED,
    )
    assert desk.sent() == ({OFFICE: Event.ACCEPTED}, ExitCode.UNDELIVERED)
    assert desk.plan().those(Standing.REFUSED)[0].to.address == BUREAU
    assert desk.sent(only=("市教育局",)) == ({BUREAU: Event.ACCEPTED}, ExitCode.OK)


def test_an_unknown_outcome_waits_for_a_person_who_sends_it_again(desk, room):
    room.orders[OFFICE] = [DROP_BEFORE_ANSWER]
    assert desk.sent() == ({OFFICE: Event.UNKNOWN}, ExitCode.UNDELIVERED)
    assert desk.sent() == (dict.fromkeys((BUREAU, DISTRICT), Event.ACCEPTED), ExitCode.UNDELIVERED)
    assert [one.address for one in desk.box.unknown()] == [OFFICE]
    assert desk.sent(retry_unknown=True) == ({OFFICE: Event.ACCEPTED}, ExitCode.OK)
    assert room.addresses.count(OFFICE) == 2
    twice = {message["Message-ID"] for message in room.received(OFFICE)}
    assert len(twice) == 1


def test_or_says_that_it_arrived(desk, room):
    room.orders[OFFICE] = [DROP_BEFORE_ANSWER]
    desk.sent()
    with pytest.raises(OperatorError, match=BUREAU) as stopped:
        settle_arrived(desk.box, [BUREAU], NOW)
    assert stopped.value.code is ExitCode.USAGE
    assert settle_arrived(desk.box, [OFFICE.upper()], NOW) == 1
    assert desk.box.unknown() == []
    assert desk.sent(retry_unknown=True)[1] is ExitCode.OK
    assert room.addresses.count(OFFICE) == 1


def test_drafts_open_in_a_mail_program_and_nothing_leaves(desk, room):
    plan = desk.plan()
    names, kept = put_drafts(plan, desk.box, NOW)
    assert (len(names), kept, room.taken) == (3, (), [])
    assert names[1] == "002_市教育局_报告.eml"
    message = message_from_bytes((desk.box.folder / names[1]).read_bytes(), policy=policy.default)
    assert message["X-Unsent"] == "1"
    assert message["To"] == "市教育局 <jyj@example.cn>"
    assert len(list(message.iter_attachments())) == 2
    assert exit_code(plan, [], confirmed=False) is ExitCode.OK
    assert desk.box.record() == ()


def test_a_wrong_address_keeps_the_others_going_and_is_said(desk, room, office):
    set_addresses(office, (OFFICE, "jyj@", ""))
    make_report("-q", "-w", office.root)
    plan = desk.plan()
    assert sorted(one.code for one in plan.findings) == ["mail-address", "mail-address-missing"]
    assert exit_code(plan, [], confirmed=False) is ExitCode.UNDELIVERED
    assert desk.sent() == ({OFFICE: Event.ACCEPTED}, ExitCode.UNDELIVERED)


def test_switching_the_finding_off_does_not_make_it_delivered(desk, room, office):
    set_addresses(office, (OFFICE, "jyj@", DISTRICT))
    text = (office.inputs / "report.toml").read_text("utf-8")
    office.write("report.toml", text.replace("[mail]", '[rules]\nmail-address = "off"\n[mail]'))
    make_report("-q", "-w", office.root)
    assert desk.plan().findings == ()
    assert desk.sent()[1] is ExitCode.UNDELIVERED


def test_each_blank_goes_to_its_agency_and_to_nobody_else(desk, room, office):
    make_report("blank", "-q", "-w", office.root)
    assert desk.sent(what=BLANKS)[1] is ExitCode.OK
    got = {
        to: [one.get_filename() for one in room.received(to)[0].iter_attachments()] for to in room.addresses
    }
    assert got == {
        email: [f"{agency.code}{agency.name}2019年政府信息公开数据表.xlsx"]
        for email, agency in zip(EMAILS, AGENCIES, strict=True)
    }


def test_each_slip_goes_to_its_agency_and_to_nobody_else(desk, room, office):
    put_slips(
        office,
        ("市教育局退回单.docx", "02", b"a", digest(b"a")),
        ("海拉尔区人民政府退回单.docx", "03", b"altered", digest(b"c")),
    )
    plan = desk.plan(what=SLIPS)
    assert [name for name, _ in plan.held] == ["海拉尔区人民政府"]
    assert desk.sent(what=SLIPS) == ({BUREAU: Event.ACCEPTED}, ExitCode.UNDELIVERED)
    (message,) = room.received()
    assert [one.get_filename() for one in message.iter_attachments()] == ["市教育局退回单.docx"]
    assert "请补报或修改（市教育局）" in message["Subject"]


def test_what_was_done_is_told_to_programs(desk, room):
    room.orders[OFFICE] = [f"{AT_DATA}550 no"]
    plan = desk.plan(limit=2)
    told = listing(plan, desk.send(plan), [])
    assert [(one["address"], one["before"], one["outcome"]) for one in told["letters"]] == [
        (OFFICE, "due", "refused"),
        (BUREAU, "due", "accepted"),
        (DISTRICT, "due", ""),
    ]
    assert told["letters"][0]["words"] == "550 no"
    assert len(told["letters"][0]["files"]) == 2


def test_a_missing_template_is_a_template_error(desk, tmp_path, office):
    desk.templates = tmp_path
    with pytest.raises(OperatorError) as stopped:
        desk.plan()
    assert stopped.value.code is ExitCode.TEMPLATE


def test_the_server_is_the_settings_one_with_certificates_checked(desk, office):
    plain = server_of(desk.plan().mailing, desk.workspace.inputs)
    assert (plain.host, plain.security, plain.trusted) == ("127.0.0.1", "none", None)
    set_up_mail(office, security="tls", ca_file="missing.pem")
    make_report("-q", "-w", office.root)
    with pytest.raises(OperatorError, match=r"inputs/2019/missing\.pem"):
        server_of(desk.plan().mailing, desk.workspace.inputs)
