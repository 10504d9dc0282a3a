"""Attachments: the name stands twice, both right to the byte, and the bytes come back."""

import re
from base64 import b64decode
from email import message_from_bytes, policy
from urllib.parse import unquote_to_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.deliver import enclosure
from pipeline.deliver.enclosure import Enclosure, part_head

NAME = "呼伦贝尔市2020年政府信息公开工作年度报告.docx"
LONG = f"{'呼伦贝尔市海拉尔区人民政府' * 4}{NAME}"


def by_rfc2231(head):
    """The name as a program reads it that knows RFC 2231."""
    (value,) = re.findall(rb"\r\n filename\*=UTF-8''([A-Za-z0-9%._~-]+)\r\n", head)
    return unquote_to_bytes(value).decode()


def by_rfc2047(head):
    """The name as Outlook, QQ and 163 read it: encoded words in ``name``, each of whole characters."""
    (value,) = re.findall(rb'\r\n name="((?:=\?utf-8\?b\?[A-Za-z0-9+/=]+\?=(?:\r\n )?)+)"\r\n', head)
    words = re.findall(rb"=\?utf-8\?b\?([A-Za-z0-9+/=]+)\?=", value)
    return "".join(b64decode(word, validate=True).decode() for word in words)


@pytest.mark.parametrize(
    "name", [NAME, LONG[:60] + ".pdf", "退回单 (标注)'\"%.xlsx", "𠮷.docx", "a=?b?=.pdf", "甲/乙.pdf"]
)
def test_both_kinds_of_programs_read_the_name(name):
    head = part_head(name).encode("ascii")
    assert by_rfc2231(head) == name
    assert by_rfc2047(head) == name


def test_a_long_name_is_never_in_pieces_and_no_line_too_long():
    head = part_head(LONG)
    assert "*0" not in head
    words, *_ = [line for line in head.split("\r\n") if "name=" in line]
    assert len(words) <= 78
    assert all(len(line) <= 998 for line in head.split("\r\n"))
    assert by_rfc2231(head.encode()) == by_rfc2047(head.encode())
    assert by_rfc2231(head.encode()).endswith("告.docx")


def test_a_name_past_what_a_line_holds_is_cut_before_its_ending():
    head = part_head("长" * 300 + ".docx").encode()
    assert by_rfc2231(head) == "长" * 83 + ".docx"
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))


def test_a_plain_name_stands_plainly():
    assert part_head("figures-2020.pdf") == (
        'Content-Type: application/pdf;\r\n name="figures-2020.pdf"\r\n'
        'Content-Disposition: attachment;\r\n filename="figures-2020.pdf"\r\n'
        "Content-Transfer-Encoding: base64\r\n\r\n"
    )


@given(st.text(min_size=1), st.binary(max_size=2000))
def test_whatever_the_name_the_head_has_three_lines_of_ours_and_the_bytes_come_back(name, content):
    part = Enclosure(name, content).part
    head, _, body = part.partition(b"\r\n\r\n")
    assert [line.split(b":")[0] for line in head.split(b"\r\n") if not line.startswith(b" ")] == [
        b"Content-Type",
        b"Content-Disposition",
        b"Content-Transfer-Encoding",
    ]
    assert max(map(len, body.split(b"\r\n"))) <= 76
    parsed = message_from_bytes(part, policy=policy.default)
    assert parsed.get_payload(decode=True) == content


def test_the_part_is_made_once_however_often_it_is_asked_for(monkeypatch):
    file = Enclosure(NAME, b"x" * 100)
    first = file.part
    monkeypatch.setattr(enclosure, "encodebytes", None)
    assert file.part is first
    assert len(file.sha256) == 64
