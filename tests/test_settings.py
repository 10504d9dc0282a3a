"""report.toml: what an office may write, and how a slip is answered."""

import datetime

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.model.finding import Severity
from pipeline.settings import has_mail, read_settings


def settings(text):
    return read_settings(text.encode(), "inputs/2020/report.toml")


def test_only_the_organ_must_be_given():
    assert settings('organ = "呼伦贝尔市"').organ == "呼伦贝尔市"


def test_every_key_is_taken():
    given = settings(
        'organ = "某市"\ncompiler = "某局"\ndate = 2021-01-26\nregulations_by = ["150701"]\n'
        '[rules]\nitems-continuity = "notice"\n[use]\n"02" = "改.xlsx"\n[exclude]\n"旧.xlsx" = " 作废 "\n[mail]\nhost = "x"\n'
    )
    assert given.date == datetime.date(2021, 1, 26)
    assert given.regulations_by == ("150701",)
    assert given.rules == {"items-continuity": Severity.NOTICE}
    assert given.use == {"02": "改.xlsx"}
    assert given.exclude == {"旧.xlsx": "作废"}


def test_pictures_contents_and_attached_figures_are_off_unless_asked_for():
    plain = settings('organ = "某市"')
    assert (plain.charts, plain.contents, plain.attach_figures) == (False, False, False)
    given = settings('organ = "某市"\ncharts = true\ncontents = true\nattach_figures = true')
    assert (given.charts, given.contents, given.attach_figures) == (True, True, True)


def test_the_pdf_is_set_in_the_programs_own_faces_unless_the_office_wants_its_own():
    assert settings('organ = "某市"').fonts == "bundled"
    assert settings('organ = "某市"\nfonts = "system"').fonts == "system"


def test_spaces_of_any_width_are_no_slip():
    assert settings('organ = "某市"\ncontact = "张\u3000三 电话\u00a01"').contact == "张\u3000三 电话\u00a01"


def test_a_file_saved_by_notepad_with_its_mark_is_read():
    assert read_settings('organ = "某市"'.encode("utf-8-sig"), "report.toml").organ == "某市"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("date = 2021-02-01\ndeadline = 2021-01-26", datetime.date(2021, 2, 1)),
        ("deadline = 2021-01-26", datetime.date(2021, 1, 26)),
        ("", datetime.date(2021, 3, 31)),
    ],
)
def test_the_date_of_the_report(text, day):
    assert settings(f'organ = "某市"\n{text}').published(2020) == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("organ = 某市", "写得不对"),
        ("", "没有写 organ"),
        ('organ = "  "', "没有写 organ"),
        ('organ = "某市"\ncompilor = "某局"', "不认识“compilor”，是不是想写 compiler"),
        ('organ = "某市"\nxyzzy = 1', "能写的有：organ"),
        ('organ = "某市"\ndate = "2021-01-26"', "date.*应是日期"),
        ('organ = "某市"\ndate = 2021-01-26T08:00:00', "date.*应是日期"),
        ('organ = "某市"\nfonts = "simsun"', "fonts = 'simsun'.*bundled.*system"),
        ('organ = "某市"\nfonts = true', "fonts.*应是引号里的文字"),
        (
            'organ = "某市"\ncompiler = "某\\u000b局"',
            "compiler 有看不见的字符（U\\+000B），在“某”的后面，请删去",
        ),
        ('organ = "\u202e某市"', "organ 有看不见的字符（U\\+202E），在开头"),
        ('organ = "某市"\ntitle = "某市\u200b年报"', "title 有看不见的字符（U\\+200B）"),
        ('organ = "某市"\ntitle = """某市\n年报"""', "title 有看不见的字符（U\\+000A）"),
        ('organ = "某市"\n[exclude]\n"改.xlsx" = " "', "没有写“改.xlsx”为什么不采用"),
        ('organ = "某市"\n[exclude]\n"改.xlsx" = true', "没有写“改.xlsx”为什么不采用"),
        ('organ = "某市"\n[exclude]\n"改.xlsx" = "作\u200b废"', "看不见的字符"),
        ('organ = "某市"\n[rules]\nrow-total = "fatal"', "row-total.*error、warning"),
    ],
)
def test_a_slip_is_answered_with_what_to_write(text, said):
    with pytest.raises(OperatorError, match=said) as refused:
        settings(text)
    assert refused.value.code is ExitCode.INPUT
    assert "report.toml" in refused.value.message


def test_another_encoding_is_named():
    with pytest.raises(OperatorError, match="UTF-8"):
        read_settings('organ = "某市"'.encode("gbk"), "report.toml")


def test_the_day_for_corrections_is_a_day_of_its_own():
    assert settings('organ = "某市"\ncorrect_by = 2021-01-20').correct_by == datetime.date(2021, 1, 20)
    assert settings('organ = "某市"').correct_by is None
    with pytest.raises(OperatorError, match="correct_by = '下周' 写得不对，应是日期"):
        settings('organ = "某市"\ncorrect_by = "下周"')


def test_whether_an_office_sends_mail_at_all():
    assert has_mail(b'\xef\xbb\xbforgan = "x"\n[mail]\nhost = "h"\n')
    assert not has_mail(b'organ = "x"')
