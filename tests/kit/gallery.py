"""The gallery page, and the examples in the catalogue of findings: what each code's case says, for people."""

import json
import re
from collections.abc import Sequence

from msgspec import Struct

from pipeline.model.finding import Finding, FindingKind

INTRODUCTION = """# 问题一览

程序会报的每一种问题各有一例：谁做错了什么，程序怎么说，该怎么改。本页由各例运行生成，请不要手改。
在 `tests/` 里运行 `python -m kit.case --update` 重新生成本页和 `templates/findings.toml` 里的 example。

每例是一个文件夹，名字就是问题代码；里面的 `case.toml` 说明在一个样样齐全的小单位（三个报送单位，有正文、名册和上年底稿）里做了什么：

| 写法 | 意思 |
| --- | --- |
| `story` | 一句话：谁做错了什么 |
| `edition` | 哪一版表样，不写是 2019 版 |
| `[[workbook]]` | `agency` 重报一份工作簿；`name` 另存的文件名（不写就替换原来的），`edition` 用了另一版表样 |
| 其中 `typed` | 在某个地址或“表名!A1”填了什么；等号开头是公式 |
| 其中 `cover` | 在封面某一栏填了什么，空文字是清空 |
| 其中 `without`、`copied` | 删去、复制了哪张表 |
| 其中 `hidden` | 空白表的隐藏页上写的是谁的、哪一年的 |
| `[peers."单位"]` | 名册里多一个市直机关的单位，报的数只有这些，其余是 0；上年底稿里写了它的，上年就有它 |
| `[last_year."单位"]` | 上年底稿里这个单位的某个数是多少；`code`、`name` 是它上年的编码、名称 |
| `[roster."单位"]` | 名册里这个单位那一行：`formerly` 原名，`merged_into` 并入；新的一行还要 `code`、`group` |
| `[text."文件"]` | 在正文或设置里把什么改成了什么 |
| `[[file]]` | 文件 `name` 被弄成了什么样（`maker` 见 `tests/kit/broken.py`；`source` 是由哪个文件变来的） |
| `removed` | 少了哪些文件 |
| `accepted` | `accepted.toml` 里写了什么 |
| `besides` | 跟着一起报的别的问题的代码：这个问题说的就是它们 |
| `year_before` | 上一年的文件夹还在，里面没有报送件 |
| `reports` | 生成哪些单位自己的报告，问题是生成时说的 |
| `tampered` | 报告印出以后 Word 文件（`format = "fragment"` 是粘贴用网页）被怎样改动，程序当成自己刚印的文件核对 |
| `edited` | 报告印出以后 Word 文件被人怎样改动，用 `make-report verify` 核对 |
| `[mail]` | 写好给市直机关的信：`emails` 是名册里各单位的邮箱，`megabytes` 是报告的大小（服务器只收 1 MB） |
"""


class Shown(Struct, frozen=True):
    """A code with its case's story and what the program found."""

    kind: FindingKind
    story: str
    finding: Finding


def gallery(entries: Sequence[Shown], order: Sequence[str]) -> str:
    """The page, its codes in this order, which is the catalogue's."""
    return "\n".join(
        [INTRODUCTION, *map(_entry, sorted(entries, key=lambda one: order.index(one.kind.code)))]
    )


def _entry(shown: Shown) -> str:
    place = "　".join(part for part in (shown.finding.agency, shown.finding.where()) if part)
    lines = [
        f"## {shown.kind.title}　`{shown.kind.code}`　{shown.kind.severity.word}\n",
        f"- 做了什么：{shown.story}",
        f"- 在哪里：{place}" if place else "",
        f"- 程序说：{shown.finding.message}",
        f"- 改法：{shown.kind.remedy}",
    ]
    return "\n".join(line for line in lines if line) + "\n"


def with_examples(catalogue: str, entries: Sequence[Shown]) -> str:
    """templates/findings.toml's text with the example of each code set to its case's message."""
    messages = {entry.kind.code: entry.finding.message for entry in entries}
    lines: list[str] = []
    code = ""
    for line in catalogue.splitlines():
        if section := re.fullmatch(r"\[(.+)\]", line):
            code = section[1]
        if code in messages and line.startswith("example ="):
            continue
        lines.append(line)
        if code in messages and line.startswith("remedy ="):
            lines.append(f"example = {json.dumps(messages[code], ensure_ascii=False)}")
    return "\n".join(lines) + "\n"
