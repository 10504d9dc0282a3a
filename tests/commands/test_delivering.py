"""``send`` as a person and as a program meet it."""

import json
import shutil
import time

import pytest

from kit.desk import make_report
from kit.mailserver import AT_DATA, DROP_BEFORE_ANSWER, PASSWORD, USER, authority_file, mailroom
from kit.office import AGENCIES
from kit.post import set_addresses, set_up_mail
from pipeline.locking import locked
from pipeline.passwords import VARIABLE
from pipeline.workspace import Workspace

TO = "sjb@example.cn"
_, BUREAU, DISTRICT = AGENCIES


def build(office, port=25, **keys):
    set_up_mail(office, port, **keys)
    set_addresses(office)
    assert make_report("-q", "-w", office.root).code == 0


def test_without_confirm_nothing_leaves_and_the_list_says_so(office):
    build(office)
    said = make_report("send", "-w", office.root)
    assert said.code == 0
    title = "某某市2019年政府信息公开工作年度报告"
    assert f"每封的附件：{title}.docx、{title}.pdf。" in said.out
    assert f"  省政府办公厅 <{TO}>　→ 发件箱/001_省政府办公厅_报告.eml" in said.out
    assert "一封也没有发出去；确认无误后加 --confirm 发送。" in said.out
    assert [path.name for path in (office.outputs / "发件箱").glob("*.eml")] == ["001_省政府办公厅_报告.eml"]


def test_with_confirm_it_leaves_encrypted_and_logged_in_and_only_once(office, tmp_path, monkeypatch):
    monkeypatch.setenv(VARIABLE, PASSWORD)
    authority_file(office.inputs)
    with mailroom("starttls", login=True) as room:
        build(office, room.port, security="starttls", user=USER, ca_file="ca.pem")
        first = make_report("send", "--confirm", "-w", office.root)
        again = make_report("send", "--confirm", "-w", office.root)
    assert (first.code, again.code) == (0, 0)
    assert f"已发　省政府办公厅 <{TO}>" in first.out
    assert "以前已经发过、不再发的 1 封。" in again.out
    assert room.addresses == [TO]


def test_a_wrong_password_is_a_sentence_and_shows_nowhere(office, monkeypatch):
    monkeypatch.setenv(VARIABLE, "Falsch#77")
    authority_file(office.inputs)
    with mailroom("starttls", login=True) as room:
        build(office, room.port, security="starttls", user=USER, ca_file="ca.pem")
        said = make_report("send", "--confirm", "-v", "-w", office.root)
    assert said.code == 7
    assert "不认这个用户名或密码" in said.err
    assert "Falsch#77" not in said.out + said.err
    assert "Falsch#77" not in "".join(
        path.read_bytes().decode("utf-8", "replace") for path in office.outputs.rglob("*") if path.is_file()
    )


def test_json_tells_a_program_all(office):
    with mailroom() as room:
        build(office, room.port)
        room.orders[TO] = [f"{AT_DATA}550 no"]
        said = make_report("send", "--confirm", "--json", "-w", office.root)
    assert said.code == 7
    (letter,) = json.loads(said.out)["letters"]
    assert (letter["address"], letter["outcome"], letter["words"]) == (TO, "refused", "550 no")


def test_an_unknown_outcome_is_shown_and_settled(office):
    with mailroom() as room:
        build(office, room.port)
        room.orders[TO] = [DROP_BEFORE_ANSWER]
        first = make_report("send", "--confirm", "-w", office.root)
        assert first.code == 7
        assert f"<{TO}>，可能收到了，也可能没有" in first.out
        second = make_report("send", "--confirm", "-w", office.root)
        assert second.code == 7
        assert "可能收到了" in second.out
        third = make_report("send", "--confirm", "--arrived", TO, "-w", office.root)
    assert third.code == 0
    assert "记下了：1 封已经收到。" in third.out
    assert room.addresses == [TO]


def test_a_server_that_is_down_is_tried_with_pauses_and_left(office, monkeypatch):
    slept = []
    monkeypatch.setattr(time, "sleep", slept.append)
    with mailroom() as room:
        build(office, room.port)
    said = make_report("send", "--confirm", "-w", office.root)
    assert said.code == 7
    assert "没发成" in said.out
    assert "还有 1 封没有发出，再运行一次接着发" in said.out
    assert len(slept) >= 3
    assert (
        "还有 1 封没发成（连不上邮件服务器：这个端口没有邮件服务，请核对 host 和 port），5 秒后再试……"
        in said.out
    )


def test_a_password_in_the_settings_is_refused(office):
    build(office, password="geheim")
    said = make_report("send", "-w", office.root)
    assert said.code == 3
    assert "不能写密码" in said.err
    assert "geheim" not in said.err


@pytest.mark.parametrize("words", [["--what", "all"], ["--limit", "0"], ["--to", "谁"]])
def test_a_slip_on_the_command_line_is_usage(office, words):
    build(office)
    assert make_report("send", *words, "-w", office.root).code == 2


def test_a_build_killed_while_it_swapped_the_folder_does_not_lose_what_was_sent(office):
    with mailroom() as room:
        build(office, room.port)
        assert make_report("send", "--confirm", "-q", "-w", office.root).code == 0
        office.outputs.rename(office.outputs.with_name(".2019.old"))
        assert make_report("send", "--confirm", "-q", "-w", office.root).code == 0
    assert room.addresses == [TO]


def test_two_at_once_cannot_be(office):
    build(office)
    with locked(Workspace.at(office.root, None)):
        assert make_report("send", "-w", office.root).code == 8


def attached(room, address):
    return [[one.get_filename() for one in message.iter_attachments()] for message in room.received(address)]


def test_slips_as_check_writes_them_go_each_to_its_agency_and_wait_for_a_fresh_check(office):
    with mailroom() as room:
        set_up_mail(office, room.port)
        set_addresses(office)
        office.submit(BUREAU, {"requests.received.business": "若干"})
        (office.submissions / f"{DISTRICT.name}.xlsx").unlink()
        assert make_report("check", "-q", "-w", office.root).code == 1
        assert make_report("send", "--what", "slips", "--confirm", "-w", office.root).code == 0
        assert sorted(set(room.addresses)) == ["hle@example.cn", "jyj@example.cn"]
        (ours,) = attached(room, "jyj@example.cn")
        (theirs,) = attached(room, "hle@example.cn")
        office.submit(BUREAU, {"requests.received.business": "还是若干"})
        stale = make_report("send", "--what", "slips", "--confirm", "-w", office.root)
        assert (stale.code, len(room.taken)) == (7, 2)
        assert "请再运行一次 make-report check" in stale.err
        assert make_report("check", BUREAU.name, "-q", "-w", office.root).code == 1
        assert make_report("send", "--what", "slips", "--confirm", "-w", office.root).code == 7
        assert make_report("check", "-q", "-w", office.root).code == 1
        assert make_report("send", "--what", "slips", "--confirm", "-w", office.root).code == 0
    assert all(BUREAU.name in name for name in ours)
    assert any(name.endswith("（标注）.xlsx") for name in ours)
    assert all(DISTRICT.name in name for name in theirs)
    assert room.addresses.count("jyj@example.cn") == 2
    assert room.addresses.count("hle@example.cn") == 1


def test_who_is_sent_to_once_more_by_address_has_no_other_address_sent_to(office):
    with mailroom() as room:
        build(office, room.port, to='address = "a@example.cn;b@example.cn"')
        for address in ("a@example.cn", "b@example.cn"):
            room.orders[address] = [DROP_BEFORE_ANSWER]
            make_report("send", "--confirm", "-w", office.root)
        said = make_report(
            "send", "--confirm", "--retry-unknown", "--only", "a@example.cn", "-w", office.root
        )
    assert "应发 1 封：已发 1。" in said.out
    assert "发给 <b@example.cn>，可能收到了" in said.out
    assert room.addresses == ["a@example.cn", "b@example.cn", "a@example.cn"]


@pytest.mark.parametrize("gone", ["2019/发件箱", "2019", "."])
def test_what_went_does_not_go_again_when_outputs_were_deleted(office, gone):
    with mailroom() as room:
        build(office, room.port)
        assert make_report("send", "--confirm", "-w", office.root).code == 0
        shutil.rmtree(office.root / "outputs" / gone)
        assert make_report("-q", "-w", office.root).code == 0
        again = make_report("send", "--confirm", "-w", office.root)
    assert "以前已经发过、不再发的 1 封。" in again.out
    assert room.addresses == [TO]
