"""accepted.toml is read, and added to without touching what a person wrote."""

import codecs
import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.acceptances import HEADER, acceptance_entry, read_acceptances, with_acceptances
from pipeline.errors import ExitCode, OperatorError
from pipeline.model.acceptance import Acceptance

WHOLE = '[[accept]]\ncode = "items-continuity"\nreason = "机构改革"\nby = "张三"\n'


def test_an_entry_says_what_it_is_for():
    (one,) = read_acceptances(
        (WHOLE + 'agency = "市教育局"\nfound = 8\nuntil = 2021-02-01\n').encode(), "accepted.toml"
    )
    assert one == Acceptance(
        "items-continuity", "机构改革", "张三", "市教育局", found="8", until=datetime.date(2021, 2, 1)
    )
    assert one.expected is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[accept]]\ncode = "a"\nby = "张三"\n', "没有写 reason"),
        ('[[accept]]\ncode = "a"\nreason = " "\nby = "张三"\n', "没有写 reason"),
        (WHOLE + 'colour = "red"\n', "不认识的项"),
        ("[[accept", "写得不对"),
        ('accept = "x"', "两层方括号"),
        (WHOLE.replace("[[accept]]", "[accept]"), "两层方括号"),
        ('reason = "全部"\n' + WHOLE, "不认识的项：reason"),
        (WHOLE.replace("accept", "acept"), "不认识的项：acept"),
        (WHOLE + 'until = "2030-01-01"\n', "until 应是日期"),
    ],
)
def test_an_acceptance_without_its_reason_is_refused(text, said):
    with pytest.raises(OperatorError, match=said) as refused:
        read_acceptances(text.encode(), "accepted.toml")
    assert refused.value.code is ExitCode.INPUT


ADDED = Acceptance(
    "row-total",
    '照"来函"认\t可\\',
    "李四",
    "市财政局",
    address="requests.received.total",
    found="",
    expected="5",
)


@pytest.mark.parametrize(
    "before",
    [
        "",
        "# 只有一句话",
        f"# 说明\n\n{WHOLE}# 这是他上次说的\nuntil = 2021-02-01  # 到月底\n\n# 完\n",
        WHOLE.rstrip(),
        WHOLE.replace("\n", "\r\n"),
        "accept = []\n".replace("accept = []", "# accept"),
    ],
)
def test_what_stood_in_the_file_stands_to_the_byte(before):
    written = with_acceptances(before.encode(), "accepted.toml", [ADDED])
    assert written.startswith(before.encode() or HEADER.encode())
    assert read_acceptances(written, "x") == (*read_acceptances(before.encode(), "x"), ADDED)
    if "\r\n" in before:
        assert written.count(b"\n") == written.count(b"\r\n")


def test_the_mark_that_notepad_puts_first_stays_first():
    before = codecs.BOM_UTF8 + WHOLE.encode()
    written = with_acceptances(before, "x", [ADDED])
    assert written.startswith(before)
    assert len(read_acceptances(written, "x")) == 2


@pytest.mark.parametrize("before", ['accept = [{code = "a", reason = "b", by = "c"}]\n', "accept = []\n"])
def test_a_list_on_one_line_cannot_be_added_to_and_says_so(before):
    with pytest.raises(OperatorError, match="以 \\[\\[accept\\]\\] 开头") as refused:
        with_acceptances(before.encode(), "accepted.toml", [ADDED])
    assert refused.value.code is ExitCode.INPUT


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@given(
    st.lists(
        st.builds(
            Acceptance, TEXT, TEXT, TEXT, TEXT, TEXT, found=TEXT | st.none(), until=st.dates() | st.none()
        ),
        min_size=1,
        max_size=3,
    )
)
def test_whatever_is_written_is_read_back(fresh):
    fresh = [one for one in fresh if one.code.strip() and one.reason.strip() and one.by.strip()]
    once = with_acceptances(b"", "x", fresh)
    assert read_acceptances(once, "x") == tuple(fresh)
    assert read_acceptances(with_acceptances(once, "x", fresh), "x") == (*fresh, *fresh)


def test_an_entry_leaves_out_what_is_left_open_and_keeps_an_empty_number():
    assert list(acceptance_entry(ADDED)) == ["code", "agency", "address", "found", "expected", "reason", "by"]
