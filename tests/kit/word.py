"""A report for the Word side: the real statutory tables, every figure different, short passages."""

import datetime
import functools
import re
from pathlib import Path

from msgspec.structs import replace

from pipeline.forms.load import load_form
from pipeline.model.document import Document, Heading, Paragraph, Table
from pipeline.model.finding import Catalogue, FindingKind, Severity
from pipeline.model.narrative import Run

FORMS = Path(__file__).parents[2] / "templates" / "forms"


@functools.cache
def filled_tables(edition="2019"):
    """The edition's tables by id, every figure another number: 101, 102, 103 …"""
    form = load_form(FORMS / f"{edition}.toml")
    texts = {address: str(number) for number, address in enumerate(form.cells, 101)}
    return {table.id: Table(table.grid.filled(texts)) for table in form.tables}


def passage(*texts):
    return Paragraph(tuple(Run(text) for text in texts))


def bound(text):
    """A passage's runs: 收到{requests.received.total=224}件 prints 224 from that figure."""
    runs = []
    for index, part in enumerate(re.split(r"\{(.*?)\}", text)):
        source, _, printed = part.partition("=") if index % 2 else ("", "", part)
        addresses = tuple(re.findall(r"[\w]+(?:\.\w+)+", source))
        runs += [Run(printed, source, addresses)] if printed else []
    return tuple(runs)


def report(edition="2019", **changes):
    """A short report of every kind of block: levels one to four, passages, three tables."""
    tables = filled_tables(edition)
    document = Document(
        title="呼伦贝尔市2020年政府信息公开工作年度报告",
        title_lines=("呼伦贝尔市", "2020年政府信息公开工作年度报告"),
        organ="呼伦贝尔市",
        compiler="市政务服务局",
        year=2020,
        date=datetime.date(2021, 3, 31),
        blocks=(
            passage("本报告由市政务服务局编制，所列数据的统计期限为2020年1月1日至12月31日。"),
            Heading(1, "一、总体情况"),
            Heading(2, "（一）主动公开"),
            passage("全年主动公开政府信息", "103615", "条，其中市直机关33649条、旗市区69966条。"),
            Heading(3, "1.政策解读"),
            passage("发布“一图读懂”等解读材料441篇——非文字解读占61.45%。"),
            Heading(4, "（1）解读形式"),
            passage("全年开展在线访谈33期，办理建议提案并公开答复551件。"),
            Heading(1, "二、主动公开政府信息情况"),
            tables["proactive"],
            Heading(1, "三、收到和处理政府信息公开申请情况"),
            tables["requests"],
            Heading(1, "四、政府信息公开行政复议、行政诉讼情况"),
            tables["disputes"],
            Heading(1, "五、存在的主要问题及改进情况"),
            passage("主动公开的深度还不够，下一步将加强培训，逐月通报。"),
            Heading(1, "六、其他需要报告的事项"),
            passage("2020年未收取信息处理费。"),
        ),
    )
    return replace(document, **changes)


def catalogue():
    """The codes of reading back, worded so that a test sees every name they are given."""
    wordings = {
        "readback-cell": "{table}：{words}应为“{expected}”，读回为“{found}”。",
        "readback-line": "{line}应为“{expected}”，读回为“{found}”。",
        "readback-level": "{line}应为{expected}，读回为{found}。",
        "readback-merge": "{table}：“{words}”应为{expected}，读回为{found}。",
        "readback-moved": "{table}应在“{expected}”之后，读回在“{found}”之后。",
        "readback-table": "{table}应为“{expected}”，读回为“{found}”。",
    }
    lighter = {
        "figure-removed": "{line}少了{words}：“{expected}”，“{found}”。",
        "passage-edited": "{line}：“{expected}”，“{found}”。",
        "passage-moved": "{line}挪到“{found}”之后。",
        "heading-level": "{line}：{expected}，{found}。",
    }
    figure = {"readback-figure": "{line}“{around}”：{words}应为“{expected}”，写的是“{found}”。"}
    kinds = [(Severity.ERROR, wordings | figure), (Severity.NOTICE, lighter)]
    return Catalogue(
        {
            code: FindingKind(code, severity, "回读不符", words, "")
            for severity, worded in kinds
            for code, words in worded.items()
        }
    )
