"""Names and subjects in a letter's head: read back as they were, and never a line of their own."""

import re
from email import message_from_bytes, policy
from email.header import decode_header, make_header

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.deliver.headers import encoded, mailbox, one_line

HOSTILE = "市教育局\r\nBcc: x@evil.cn\r\n\r\n<script>\0\u202egpj.exe\u2028\x85"
WORD = r"=\?utf-8\?b\?[A-Za-z0-9+/=]+\?="


def test_what_cannot_be_seen_is_left_out_and_line_ends_become_blanks():
    assert one_line(HOSTILE) == "市教育局 Bcc: x@evil.cn <script>gpj.exe"


@pytest.mark.parametrize(
    "text", ["年报", "Report 2020", "呼伦贝尔市" * 30, "𠮷野家" * 20, "=?utf-8?b?5bm0?=", '"引号", <尖> \\']
)
def test_encoded_words_are_short_and_read_back(text):
    words = encoded(text, "Subject")
    first, *rest = f"Subject: {words}".split("\r\n")
    assert len(first) <= 78
    assert all(re.fullmatch(f" {WORD}", line) and len(line) <= 78 for line in rest)
    assert str(make_header(decode_header(words))) == text


@given(st.text(min_size=1))
def test_no_text_whatever_ends_the_line(text):
    words = encoded(text, "To")
    assert words.isascii()
    assert re.fullmatch(f"({WORD}(\r\n {WORD})*)?", words)


@given(st.text())
def test_a_mailbox_parses_back_as_one_address(name):
    line = f"To: {mailbox(name, 'a@qq.com', 'To')}\r\n\r\n".encode("ascii")
    header = message_from_bytes(line, policy=policy.default)["To"]
    (address,) = header.addresses
    assert address.addr_spec == "a@qq.com"
    # The standard library's own reading of the name puts blanks between encoded words (3.11); this does not.
    words = line.decode().removeprefix("To: ").rpartition("a@qq.com")[0].removesuffix("<").rstrip()
    assert str(make_header(decode_header(words))) == one_line(name)


def test_a_long_name_leaves_its_line_to_the_address():
    lines = f"To: {mailbox('某某市政务服务和大数据管理局政务公开科', 'a@qq.com', 'To')}".split("\r\n")
    assert all(len(line) <= 78 for line in lines)
    assert lines[-1].endswith("<a@qq.com>")
