"""Addresses as offices type them: read, or refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.deliver.addresses import as_sent, fault, parted


@pytest.mark.parametrize(
    ("cell", "addresses"),
    [
        ("a@qq.com", ("a@qq.com",)),
        ("a@qq.com；b@163.com", ("a@qq.com", "b@163.com")),
        ("a@qq.com、b@163.com, a@qq.com\nc@126.com", ("a@qq.com", "b@163.com", "c@126.com")),
        ("  ", ()),
    ],
)
def test_a_cell_may_hold_several(cell, addresses):
    assert parted(cell) == addresses


@pytest.mark.parametrize(
    "address",
    [
        "a@qq.com",
        "zhang.san+gk@mail.hlbe.gov.cn",
        "a@localhost",
        "a@政务.cn",
        "10086@139.com",
        "a@example.invalid",
    ],
)
def test_what_a_letter_can_go_to(address):
    assert fault(address) == ""


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("教育局", "没有 @"),
        ("a＠qq.com", "没有 @"),
        ("张三@qq.com", "@ 前面"),
        ("ａ@qq.com", "@ 前面"),
        ("a b@qq.com", "@ 前面"),
        ("a.@qq.com", "@ 前面"),
        ("@qq.com", "@ 前面"),
        ("a@qq。com", "@ 后面"),
        ("a@ｑｑ.com", "@ 后面"),
        ("a@qq,com", "@ 后面"),
        ("a@-qq.com", "@ 后面"),
        ("a@qq..com", "@ 后面"),
        ("a@qq.com.", "@ 后面"),
        ("a@", "@ 后面"),
        (f"{'a' * 65}@qq.com", "太长"),
        ("a@qq.com\r\nBcc: b@qq.com", "@ 前面"),
        ("a@qq.com>\r\nRCPT TO:<b", "@ 后面"),
        ("a@qq\u202e.com", "@ 后面"),
    ],
)
def test_what_none_can_go_to_with_the_reason(address, why):
    assert why in fault(address)


@given(st.text())
def test_whatever_passes_is_one_ascii_word_with_one_at_sign(text):
    address = f"a{text}@qq.com" if len(text) % 2 else f"a@{text}"
    if not fault(address):
        sent = as_sent(address)
        assert sent.isascii()
        assert sent.isprintable()
        assert not set(' <>,;:"\\()[]\r\n\0') & set(sent)
        assert sent.count("@") == 1


def test_the_domain_goes_in_small_ascii_letters():
    assert as_sent("Zhang@政务.CN") == "Zhang@xn--zfr164b.cn"
