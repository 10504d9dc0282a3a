"""What the doctor says of mail."""

import sys
from pathlib import Path

import pytest

from kit.post import NOW, letter, set_up_mail
from pipeline.deliver.dispatch import entry
from pipeline.deliver.outbox import Event
from pipeline.doctor.diagnosis import Patient, Verdict
from pipeline.doctor.mail import mail
from pipeline.errors import OperatorError
from pipeline.letterbox import Letterbox
from pipeline.passwords import VARIABLE
from pipeline.workspace import Workspace


def examined(office):
    workspace = Workspace.at(office.root, None)
    return [(one.verdict, one.words) for one in mail(workspace, Patient(Path(), (), office.root))]


def test_an_office_that_sends_none_is_well(office):
    assert examined(office) == [(Verdict.GOOD, "report.toml 里没有写 [mail]，不发邮件。")]


def test_server_and_login_are_told_without_the_password(office, monkeypatch):
    set_up_mail(office, 2525)
    assert examined(office) == [(Verdict.GOOD, "服务器 127.0.0.1:2525（none），不登录；没有试连。")]
    set_up_mail(office, 587, security="starttls", user="clerk")
    monkeypatch.setenv(VARIABLE, "geheim")
    ((verdict, words),) = examined(office)
    assert (verdict, "geheim" in words) == (Verdict.GOOD, False)
    assert "用 clerk 登录，密码找到了" in words


def test_what_would_stop_send_stops_here_too(office, monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    set_up_mail(office, user="clerk", password_file="missing.txt")
    with pytest.raises(OperatorError, match="missing.txt"):
        examined(office)


@pytest.mark.skipif(sys.platform == "win32", reason="file modes")
def test_a_password_file_that_others_can_read_is_told(office):
    set_up_mail(office, security="tls", user="clerk", password_file="p.txt")
    path = office.write("p.txt", "geheim\n")
    path.chmod(0o644)
    assert [verdict for verdict, _ in examined(office)] == [Verdict.GOOD, Verdict.CARE]
    path.chmod(0o600)
    assert [verdict for verdict, _ in examined(office)] == [Verdict.GOOD]


def test_a_password_that_would_go_in_the_clear_is_told(office, monkeypatch):
    monkeypatch.setenv(VARIABLE, "geheim")
    set_up_mail(office, user="clerk")
    assert [verdict for verdict, _ in examined(office)] == [Verdict.GOOD, Verdict.CARE]
    assert "没有加密" in examined(office)[-1][1]


def test_letters_that_wait_for_a_person_are_told(office):
    set_up_mail(office)
    with Letterbox(office.outputs).writing() as append:
        append(entry(letter(), Event.BEGUN, NOW))
    assert examined(office)[-1] == (
        Verdict.CARE,
        "有 1 封信不知道收到没有，运行 make-report send 看是哪几封。",
    )
