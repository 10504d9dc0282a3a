"""The commands that write what an office settles: a new year's folder, what it stands by."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import Options, command, today, with_options


@command()
@click.argument("directory", type=click.Path(path_type=Path), metavar="文件夹")
@click.option("--organ", default="", metavar="名称", help="谁的报告，例如 呼伦贝尔市。")
@click.option(
    "--from",
    "before",
    default="",
    metavar="上一年",
    help="接着上一年做：写年度（2020），上一年在另一个工作文件夹里的写那个文件夹。",
)
@click.option("--sample", is_flag=True, help="放一份 2020 年的样例，用来练习。")
@with_options
def init(directory: Path, organ: str, before: str, *, sample: bool, **given: Any) -> None:
    """新建一年的文件夹：设置、名册样表、正文提纲、放报送件的空文件夹。不写年度就是上一年。

    例：make-report init 年报 -y 2021 --organ 呼伦贝尔市，或 make-report init 年报 -y 2021 --from 2020
    """
    from pipeline.installed import SAMPLE_YEAR, templates_folder
    from pipeline.start import start_year

    options = Options.taken(given)
    workspace = options.folder / directory
    if sum(map(bool, (organ, before, sample))) > 1:
        raise click.UsageError("--organ、--from、--sample 只能写一个：接着做的、样例的名称都是现成的。")
    if sample and options.year not in {None, SAMPLE_YEAR}:
        raise click.UsageError(f"样例是 {SAMPLE_YEAR} 年的，不用写 -y。")
    year = SAMPLE_YEAR if sample else options.year or today().year - 1
    if before:
        _roll_over(options, workspace, year, before)
        return
    if sample:
        _copy_sample(options, workspace)
        return
    made = start_year(workspace, year, organ or "某某市", templates_folder())
    options.say(
        [
            f"已建好 {made}。接下来填 roster.xlsx（名册）和 report.toml（设置），再运行：",
            f"  make-report blank -w {workspace} -y {year}",
        ]
    )
    options.give({"made": made.as_posix(), "year": year})


def _roll_over(options: Options, workspace: Path, year: int, before: str) -> None:
    from pipeline.installed import templates_folder
    from pipeline.rollover import roll_over
    from pipeline.telling import rolled_lines
    from pipeline.workspace import YEAR, Workspace

    path = options.folder / before
    if YEAR.fullmatch(before):
        last = Workspace(workspace, int(before))
    elif YEAR.fullmatch(path.name) and path.parent.name == "inputs":
        last = Workspace(path.parent.parent, int(path.name))
    else:
        last = Workspace(path, year - 1)
    options.working("正在读上一年的……")
    rolled = roll_over(workspace, year, last, templates_folder())
    options.say(rolled_lines(rolled, everything=options.verbose))
    options.say(["核对以后再运行：", f"  make-report blank -w {workspace} -y {year}"])
    options.give(rolled.entry())


def _copy_sample(options: Options, workspace: Path) -> None:
    from pipeline.installed import SAMPLE_YEAR, sample_folder
    from pipeline.start import copy_sample

    made = copy_sample(workspace, sample_folder())
    options.say(
        [
            f"样例放在 {made}（汇总数是公布过的，各单位的数是编的）。可以运行：",
            f"  make-report build -w {workspace}",
        ]
    )
    options.give({"made": made.as_posix(), "year": SAMPLE_YEAR})


@command()
@click.argument("code", default="", metavar="[代码]")
@click.option("--agency", default="", metavar="单位", help="哪一家的：名称、别名或编码。")
@click.option("--cell", default="", metavar="格", help="哪一格，如 D6；几张表都有时写 依申请公开!D6。")
@click.option("--address", default="", metavar="地址", help="哪个数：英文地址或中文名字。")
@click.option("--reason", default="", metavar="理由", help="为什么认可，必须写。")
@click.option("--by", default="", metavar="谁", help="谁确认的，必须写。")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="日期",
    help="有效到哪一天，如 2021-03-31；不写就一直有效。",
)
@click.option("--list", "listing", is_flag=True, help="列出已有的确认和它们现在的状态。")
@with_options
def accept(
    *,
    code: str,
    agency: str,
    cell: str,
    address: str,
    reason: str,
    by: str,
    until: datetime | None,
    listing: bool,
    **given: Any,
) -> None:
    """认可一处错误或待核：写明理由和谁确认，记进 accepted.toml；数一变就不再作数。

    例：make-report accept items-continuity --agency 市教育局 --reason 机构改革 --by 张三
    """
    from pipeline.accepting import Wish
    from pipeline.accepting import accept as stand_by
    from pipeline.locking import locked
    from pipeline.record import acceptances_record
    from pipeline.run import examine
    from pipeline.telling import acceptance_lines, settled_lines

    options = Options.taken(given)
    inputs = options.inputs()
    if listing:
        examination = examine(inputs, today())
        entries = acceptances_record(examination.findings, examination)
        options.say(acceptance_lines(entries, inputs.catalogue, inputs.words))
        options.give(entries)
        return
    if not code:
        raise click.UsageError("请写明确认哪个问题代码；看已有的确认，加 --list。")
    wish = Wish(code, reason, by, agency, cell, address, until.date() if until else None)
    with locked(inputs.workspace):
        options.working("正在核对……")
        settled = stand_by(inputs, wish, today())
    options.say(settled_lines(settled))
    shown = acceptances_record(settled.examination.findings, settled.examination)
    options.give({"accepted": shown[-len(settled.entries) :], "remaining": settled.remaining})
