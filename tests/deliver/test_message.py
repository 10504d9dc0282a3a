"""Letters as bytes: the standard library reads them back, and the same letter is the same bytes."""

import datetime
from email import message_from_bytes, policy
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kit.post import FILE, FROM, NOW, letter
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.message import Letter, Mailbox, Worded, size, wire

PDF = Enclosure("某某市2019年政府信息公开工作年度报告.pdf", b"%PDF-1.7\n.\n..\n")


def parsed(one, *further):
    return message_from_bytes(b"".join(wire(one, NOW, *further)), policy=policy.default)


def test_a_letter_reads_back_with_its_words_and_files():
    message = parsed(letter("a@example.cn", FILE, PDF))
    assert message["From"] == "某某市政务服务局 <xxgk@example.cn>"
    assert message["To"] == "市教育局 <a@example.cn>"
    assert message["Subject"] == "某某市2019年政府信息公开工作年度报告"
    assert message["Date"].datetime == NOW
    assert message.get_body(("plain",)).get_content() == "市教育局：\r\n\r\n    请查收。\r\n"
    assert message.get_body(("html",)).get_content() == "<p>请查收。</p>\r\n"
    files = {one.get_filename(): one.get_content() for one in message.iter_attachments()}
    assert {name: sha256(content).hexdigest() for name, content in files.items()} == {
        FILE.name: FILE.sha256,
        PDF.name: PDF.sha256,
    }
    assert message.defects == []


def test_lines_are_ascii_end_in_crlf_and_never_begin_with_a_full_stop():
    whole = b"".join(wire(letter("a@example.cn", FILE, PDF), NOW))
    assert whole.isascii()
    assert whole.endswith(b"--\r\n")
    assert whole.count(b"\n") == whole.count(b"\r\n") == whole.count(b"\r")
    assert not any(line.startswith(b".") for line in whole.split(b"\r\n"))


def test_the_same_letter_on_the_same_date_is_the_same_bytes():
    assert wire(letter(), NOW) == wire(letter(), NOW)
    assert wire(letter(), NOW) != wire(letter(), NOW + datetime.timedelta(seconds=1))


def test_the_message_id_is_stable_for_run_recipient_and_files():
    one = letter()
    assert one.message_id == letter(name="改了名").message_id
    others = [letter("b@example.cn"), letter("a@example.cn", PDF), letter(occasion="another run")]
    assert len({one.message_id, *(other.message_id for other in others)}) == 4
    assert one.message_id.endswith("@example.cn>")


def test_what_is_delivered_once_is_these_files_to_this_address_whatever_the_run():
    assert letter("A@Example.cn").key == letter("a@example.cn", occasion="another run").key
    assert letter("a@example.cn", FILE, PDF).key == letter("a@example.cn", PDF, FILE).key
    assert letter("a@example.cn", FILE).key != letter("a@example.cn", FILE, PDF).key


def test_a_reminder_of_another_day_is_another_letter_with_the_same_files():
    first = letter()
    days = [replace(first, again=day) for day in ("2020-01-17", "2020-01-20")]
    assert len({one.key for one in (first, *days)}) == 3
    assert len({one.message_id for one in (first, *days)}) == 3


def test_the_size_counts_what_goes_over_the_wire():
    pieces = wire(letter(), NOW)
    assert size(pieces) == len(b"".join(pieces)) > len(FILE.content) * 4 / 3


@given(name=st.text(), subject=st.text(min_size=1), body=st.text())
def test_no_words_of_others_add_a_header_or_a_part(name, subject, body):
    one = Letter(
        "report",
        Mailbox(name, "xxgk@example.cn"),
        Mailbox(name, "a@example.cn"),
        Worded(subject, body, body),
        (FILE,),
        "",
    )
    message = parsed(one)
    assert sorted(message.keys()) == [
        "Content-Type",
        "Date",
        "From",
        "MIME-Version",
        "Message-ID",
        "Subject",
        "To",
    ]
    assert [part.get_content_type() for part in message.walk()][1:4] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert len(list(message.walk())) == 5


def test_a_line_of_ours_may_be_added():
    assert parsed(letter(), "X-Unsent: 1")["X-Unsent"] == "1"
    assert FROM.name in str(parsed(letter())["From"])
