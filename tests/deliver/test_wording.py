"""A letter's words from its template: filled, escaped, or refused."""

import pytest

from pipeline.deliver.wording import Wording, worded
from pipeline.errors import ExitCode, OperatorError

TEXT = "主题：{{ year }}年报告\n{{ name }}：\n\n{% for file in files %}\n{{ loop.index }}. {{ file }}\n{% endfor %}"
FRAME = "<h1>{{ subject }}</h1>{% for line in lines %}<p>{{ line }}</p>{% endfor %}"
VALUES = {"year": "2019", "name": "市教育局", "files": ["甲.docx", "乙.pdf"]}


def filled(text=TEXT, frame=FRAME, **values):
    return worded(Wording(text, frame, "report.txt"), {**VALUES, **values})


def test_subject_and_both_bodies():
    words = filled()
    assert words.subject == "2019年报告"
    assert words.text == "市教育局：\n\n1. 甲.docx\n2. 乙.pdf\n"
    assert words.html == "<h1>2019年报告</h1><p>市教育局：</p><p></p><p>1. 甲.docx</p><p>2. 乙.pdf</p>"


def test_what_others_wrote_is_text_and_one_line():
    words = filled(name='<b>局</b>\r\n主题：假\u202e{{ year }}"')
    assert "<p>&lt;b&gt;局&lt;/b&gt; 主题：假{{ year }}&#34;：</p>" in words.html
    assert words.text.startswith('<b>局</b> 主题：假{{ year }}"：\n')
    assert filled(year="2019\r\nBcc: x").subject == "2019 Bcc: x年报告"


@pytest.mark.parametrize(
    "text",
    [
        "没有主题\n",
        "主题：\n正文",
        "主题：{{ yaer }}\n",
        "主题：{{ year\n",
        "主题：{{ ''.__class__.__mro__ }}\n",
    ],
)
def test_a_broken_template_is_refused(text):
    with pytest.raises(OperatorError, match="report.txt") as stopped:
        filled(text)
    assert stopped.value.code is ExitCode.TEMPLATE


@pytest.mark.parametrize("what", ["report", "slips", "blanks"])
def test_the_shipped_templates_fill_with_everything_and_with_nothing(templates, what):
    text, frame = ((templates / "mail" / name).read_text("utf-8") for name in (f"{what}.txt", "letter.html"))
    wording = Wording(text, frame, what)
    names = ("organ", "title", "compiler", "contact", "website", "deadline", "name")
    whole = worded(wording, {**VALUES, **{name: f"〔{name}〕" for name in names}})
    bare = worded(wording, {**VALUES, **dict.fromkeys(names, "")})
    for words in (whole, bare):
        assert words.subject
        assert "2. 乙.pdf" in words.text
        assert ">　　2. 乙.pdf</p>" in words.html
    assert "〔contact〕" in whole.text
    assert "联系人" not in bare.text + bare.html
