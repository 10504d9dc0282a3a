"""Conversations with a real server that does as it is told."""

import datetime
import socket
import ssl
import threading
import traceback
from contextlib import contextmanager

import pytest
from msgspec.structs import replace

from kit import mailserver
from kit.mailserver import (
    AT_DATA,
    AT_RCPT,
    DROP,
    DROP_BEFORE_ANSWER,
    DROP_IN_TEXT,
    PASSWORD,
    RSET,
    SILENT,
    SLOW,
    USER,
    authority,
    authority_file,
    mailroom,
)
from kit.post import FROM, NOW, letter
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.message import wire
from pipeline.deliver.outbox import Event
from pipeline.deliver.secret import Secret
from pipeline.deliver.smtp import Connection, Server, UnreachableError, trusted
from pipeline.errors import ExitCode, OperatorError

A, B = "a@example.cn", "b@example.cn"
KNOWN = Secret(PASSWORD, USER)
HUGE = Enclosure("大.pdf", bytes(12_000_000))
"""More than lies on the way in the system's buffers: the end cannot have been sent when the line is cut."""


def server(room, security="none", *, user="", timeout=5.0, folder=None, host="127.0.0.1"):
    context = trusted(str(authority_file(folder)) if folder else "") if security != "none" else None
    return Server(host, room.port, security, user, timeout, context)


def hand_in(connection, address=A, *files, begun=None):
    return connection.deliver(
        FROM.address,
        address,
        wire(letter(address, *files), NOW),
        lambda: begun.append(address) if begun is not None else None,
    )


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_one_connection_takes_many_messages_after_a_login(tmp_path, security):
    with mailroom(security, login=True) as room:
        connection = Connection(server(room, security, user=USER, folder=tmp_path), KNOWN)
        answers = [hand_in(connection, address) for address in (A, B, A)]
        connection.close()
    assert [answer.event for answer in answers] == [Event.ACCEPTED] * 3
    assert room.addresses == [A, B, A]
    assert room.connections == 1
    assert room.taken[0][1] == b"".join(wire(letter(A), NOW))


@pytest.mark.parametrize(
    ("order", "event", "words", "begun"),
    [
        (f"{AT_RCPT}550 5.1.1 no such user", Event.REFUSED, "550 5.1.1 no such user", []),
        (f"{AT_RCPT}451 4.7.1 greylisted", Event.DEFERRED, "451 4.7.1 greylisted", []),
        (f"{AT_RCPT}421 too busy", Event.DEFERRED, "421 too busy", []),
        (f"{AT_RCPT}299 odd", Event.DEFERRED, "299 odd", []),
        (f"{AT_DATA}554 spam", Event.REFUSED, "554 spam", [A]),
        (f"{AT_DATA}451 disk full", Event.DEFERRED, "451 disk full", [A]),
        (f"{AT_DATA}421 going down", Event.DEFERRED, "421 going down", [A]),
        (f"{AT_DATA}999 nonsense", Event.UNKNOWN, "999 nonsense", [A]),
        (DROP_BEFORE_ANSWER, Event.UNKNOWN, "没有等到服务器的回话", [A]),
    ],
)
def test_every_answer_is_sorted_and_the_next_message_goes(order, event, words, begun):
    seen = []
    with mailroom() as room:
        room.orders[A] = [order]
        connection = Connection(server(room), None)
        answer = hand_in(connection, begun=seen)
        if not connection.is_open:
            connection = Connection(server(room), None)
        assert hand_in(connection, B).event is Event.ACCEPTED
        connection.close()
    assert answer.event is event
    assert words in answer.words
    assert seen == begun


def test_a_refusal_holds_though_the_server_hangs_up_right_after_it():
    with mailroom() as room:
        room.orders[A] = [f"{AT_RCPT}550 no such user"]
        room.orders[RSET] = [DROP]
        connection = Connection(server(room), None)
        assert hand_in(connection).event is Event.REFUSED
        assert not connection.is_open


def test_what_cannot_be_recorded_is_not_sent_and_no_leave_is_taken_in_the_midst_of_a_text():
    def full():
        raise OSError(28, "disk full")

    with mailroom() as room:
        connection = Connection(server(room), None)
        with pytest.raises(OSError, match="disk full"):
            connection.deliver(FROM.address, A, wire(letter(A), NOW), full)
        assert not connection.is_open
    assert room.taken == []


def test_a_line_cut_before_the_end_was_sent_is_safe_to_try_again():
    with mailroom() as room:
        room.orders[A] = [DROP_IN_TEXT]
        connection = Connection(server(room), None)
        answer = hand_in(connection, A, HUGE)
    assert answer.event is Event.DEFERRED
    assert "没有发完" in answer.words
    assert not connection.is_open
    assert room.taken == []


def test_a_server_may_take_its_time_over_the_answer_that_matters():
    with mailroom() as room:
        room.orders[A] = [SLOW]
        connection = Connection(server(room, timeout=1), None)
        assert hand_in(connection).event is Event.ACCEPTED
        connection.close()


def test_a_server_that_never_answers_leaves_it_unknown(monkeypatch):
    monkeypatch.setattr("pipeline.deliver.smtp.FINAL", 0.02)
    with mailroom() as room:
        room.orders[A] = [SILENT]
        connection = Connection(server(room), None)
        answer = hand_in(connection)
        assert answer.event is Event.UNKNOWN
        assert "等了太久" in answer.words
        assert not connection.is_open


def test_a_message_larger_than_the_server_says_it_takes_is_not_tried():
    begun = []
    with mailroom(data_size_limit=5000) as room:
        connection = Connection(server(room), None)
        answer = hand_in(connection, begun=begun)
        assert hand_in(connection, B, Enclosure("小.pdf", b"x")).event is Event.ACCEPTED
        connection.close()
    assert answer.event is Event.REFUSED
    assert "最多收 5000 字节" in answer.words
    assert begun == []


def refused(
    folder, security="none", *, user="", password=KNOWN, told=None, ca=True, host="127.0.0.1", wanted=""
):
    """How a connection is refused for good."""
    with mailroom(security, **(told or {})) as room, pytest.raises(OperatorError) as stopped:
        Connection(
            server(room, wanted or security, user=user, folder=folder if ca else None, host=host), password
        )
    assert stopped.value.code is ExitCode.UNDELIVERED
    return stopped


def test_a_wrong_password_is_said_and_not_shown(tmp_path):
    wrong = Secret("Falsch#77", USER)
    stopped = refused(tmp_path, "starttls", user=USER, password=wrong, told={"login": True})
    assert "不认这个用户名或密码" in stopped.value.message
    assert "Falsch#77" not in "".join(traceback.format_exception(stopped.value))


def test_a_server_that_says_the_password_back_is_not_quoted(tmp_path):
    with mailroom("starttls", login=True) as room:
        room.orders[A] = [f"{AT_DATA}550 what is {PASSWORD}"]
        connection = Connection(server(room, "starttls", user=USER, folder=tmp_path), KNOWN)
        answer = hand_in(connection)
        connection.close()
    assert answer.words == "550 what is ＊＊＊"


def test_no_certificate_is_believed_that_should_not_be(tmp_path):
    for security in ("starttls", "tls"):
        assert "证书不可信" in refused(tmp_path, security, ca=False).value.message
        assert "证书不可信" in refused(tmp_path, security, told={"name": "other.example.cn"}).value.message


def test_a_certificate_out_of_its_time_points_to_the_clock(tmp_path, monkeypatch):
    expired = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    issued = authority().issue_cert("127.0.0.1", not_after=datetime.datetime(2020, 1, 8, tzinfo=datetime.UTC))
    issued.configure_cert(expired)
    monkeypatch.setattr(mailserver, "certified", lambda name: expired)
    assert "这台电脑的日期" in refused(tmp_path, "starttls").value.message


@contextmanager
def parrot(*lines):
    """A server that says these lines, one an answer, whatever it is told."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk():
            caller, _ = listening.accept()
            with caller, caller.makefile("rwb") as stream:
                for line in lines:
                    stream.write(line)
                    stream.flush()
                    stream.readline()

        thread = threading.Thread(target=talk)
        thread.start()
        yield Server("127.0.0.1", listening.getsockname()[1], "none", USER, 5)
        thread.join()


def test_a_way_to_log_in_that_is_none_of_ours_is_told():
    with (
        parrot(b"220 hi\r\n", b"250-hi\r\n250 AUTH XOAUTH2 NTLM\r\n") as odd,
        pytest.raises(OperatorError, match="只认 XOAUTH2 NTLM 登录") as stopped,
    ):
        Connection(odd, KNOWN)
    assert stopped.value.code is ExitCode.UNDELIVERED


def test_a_challenge_that_is_no_base64_is_a_server_out_of_order():
    with (
        parrot(b"220 hi\r\n", b"250-hi\r\n250 AUTH CRAM-MD5\r\n", b"334 !!!notbase64\r\n") as odd,
        pytest.raises(UnreachableError, match="看不懂"),
    ):
        Connection(odd, KNOWN)


def test_a_size_that_no_message_has_is_no_limit():
    limit = b"250-hi\r\n250 SIZE " + b"9" * 5000 + b"\r\n"
    answers = [b"250 OK\r\n", b"250 OK\r\n", b"450 later\r\n", b"250 OK\r\n", b"221 bye\r\n"]
    with parrot(b"220 hi\r\n", limit, *answers) as odd:
        connection = Connection(replace(odd, user=""), None)
        assert hand_in(connection).event is Event.DEFERRED
        connection.close()


def test_encryption_that_was_asked_for_is_never_gone_without(tmp_path):
    stopped = refused(tmp_path, "none", user=USER, wanted="starttls")
    assert "不支持STARTTLS" in stopped.value.message
    assert "不说 TLS" in refused(tmp_path, "none", wanted="tls").value.message


def test_a_server_without_login_says_so(tmp_path):
    assert "不支持用户名登录" in refused(tmp_path, "none", user=USER).value.message


def test_a_sender_nobody_takes_and_a_server_that_does_not_relay_stop_everything():
    with mailroom("starttls") as room:
        connection = Connection(server(room), None)  # STARTTLS is required: 530 at MAIL
        with pytest.raises(OperatorError, match="不收发件人 xxgk@example.cn"):
            hand_in(connection)
    with mailroom() as room:
        room.orders[A] = [f"{AT_RCPT}554 5.7.1 Relay access denied"]
        with pytest.raises(OperatorError, match="不替您转信"):
            hand_in(Connection(server(room), None))


def test_one_that_is_logged_in_and_may_not_write_to_somebody_writes_to_the_others():
    with mailroom() as room:
        room.orders[A] = [f"{AT_RCPT}550 5.7.1 Relaying to this domain denied"]
        connection = Connection(replace(server(room), user=USER), None)
        assert hand_in(connection).event is Event.REFUSED
        assert hand_in(connection).event is Event.ACCEPTED
        connection.close()


def test_a_server_that_is_not_there_may_be_there_later():
    with mailroom() as room:
        gone = server(room)
    with pytest.raises(UnreachableError, match="这个端口没有邮件服务"):
        Connection(gone, None)


def test_an_authority_s_file_must_be_one(tmp_path):
    (tmp_path / "no.pem").write_text("x", encoding="utf-8")
    for name in ("no.pem", "missing.pem"):
        with pytest.raises(OperatorError, match="ca_file"):
            trusted(str(tmp_path / name))
    assert trusted().verify_mode is ssl.CERT_REQUIRED
    assert trusted().check_hostname


def test_the_computer_s_own_name_is_said_only_if_it_can_be(monkeypatch):
    monkeypatch.setattr("pipeline.deliver.smtp.socket.getfqdn", lambda: "办公室-张三")
    with mailroom() as room:
        connection = Connection(server(room), None)
        assert hand_in(connection).event is Event.ACCEPTED
        connection.close()
