"""A whole report as a Document, as rich as the law's: for whatever prints and reads back."""

import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from pipeline.model.document import Block, Chart, Document, Heading, Paragraph, Series, Table
from pipeline.model.form import StatutoryForm
from pipeline.model.grid import Grid
from pipeline.model.narrative import Run
from pipeline.model.rendition import ReadBack
from pipeline.render.font import Fonts, load_fonts

OPENING = (
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条规定，按照《国务院办公厅政府信息与政务公开办公室"
    "关于政府信息公开工作年度报告有关事项的通知》（国办公开办函〔2019〕60号）要求，编制本报告。本报告所列数据的统计期限"
    "自2020年1月1日起至2020年12月31日止。"
)
PASSAGE = (
    "全市各级行政机关主动公开政府信息103615条，其中市直机关33649条、旗市区69966条；政策解读441篇，非文字解读占61.45%；"
    "收到依申请公开224件，较上年增长103.64%，已全部按照“依法、及时、准确”的原则答复——无一件因程序不当被纠正……"
    "政府集中采购总金额31.17亿元，联系地址：http://www.hulunbuir.gov.cn/zwgk/index.html，经办人王硚、李䶮。"
)
CLOSING = "本年度没有收取信息处理费，也没有其他需要报告的事项。"


@cache
def fonts() -> Fonts:
    """The committed faces."""
    return load_fonts(Path(__file__).parents[2] / "templates" / "fonts")


def plain(text: str) -> str:
    """A text without white space, as it is read back."""
    return "".join(text.split())


def printed(document: Document) -> ReadBack:
    """What must be read back from the document's file, whatever its format."""
    return ReadBack(
        tuple(plain(line) for line in document.lines),
        tuple(tuple(plain(cell.text) for cell in grid.cells) for grid in document.grids),
        charts=tuple(chart.words for chart in document.charts),
        descriptions=tuple(plain(chart.description) for chart in document.charts),
        attachments=tuple((one.name, one.content) for one in document.attachments),
    )


def paragraph(text: str) -> Paragraph:
    """A passage typed by hand."""
    return Paragraph((Run(text),))


CHART = Chart(
    "图1　收到的政府信息公开申请（件，按申请人）",
    ("自然人", "商业企业", "社会公益组织"),
    (
        Series("2019年", (Decimal(95), Decimal(0), Decimal(6))),
        Series("2020年", (Decimal(193), Decimal(19), Decimal(12))),
    ),
)
"""A picture of two years."""


def figures(form: StatutoryForm) -> dict[str, str]:
    """A different number for every cell, so that two swapped ones are two wrong ones."""
    return {address: str(100 + number) for number, address in enumerate(form.cells)}


def filled(form: StatutoryForm) -> list[Grid]:
    """The form's tables with ``figures``."""
    return [table.grid.filled(figures(form)) for table in form.tables]


def document(*blocks: Block, title: tuple[str, ...] = ("呼伦贝尔市",), draft: bool = False) -> Document:
    """A document of these blocks."""
    return Document(
        title="".join(title),
        title_lines=title,
        organ="呼伦贝尔市",
        compiler="呼伦贝尔市政务服务局",
        year=2020,
        date=datetime.date(2021, 1, 29),
        blocks=blocks,
        draft=draft,
    )


def report(form: StatutoryForm, passages: int = 1, *, draft: bool = False) -> Document:
    """The whole report of 呼伦贝尔市 in this edition, with so many passages in each part of section one."""
    one, two, three, four, five, six = form.sections
    grids = filled(form)
    blocks: list[Block] = [paragraph(OPENING), Heading(1, one)]
    for number, part in zip("一二三四五", form.parts, strict=True):
        blocks += [Heading(2, f"（{number}）{part}"), *[paragraph(PASSAGE)] * passages]
    blocks += [Heading(1, two), Table(grids[0]), Heading(1, three), Table(grids[1])]
    blocks += [
        Heading(1, four),
        Table(grids[2]),
        Heading(1, five),
        Heading(3, "1.存在的问题"),
        paragraph(PASSAGE),
    ]
    blocks += [Heading(4, "（1）改进情况"), paragraph(PASSAGE), Heading(1, six), paragraph(CLOSING)]
    return document(*blocks, title=("呼伦贝尔市", "2020年政府信息公开工作年度报告"), draft=draft)
