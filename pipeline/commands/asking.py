"""The commands that answer a question and write nothing."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.commands.options import Options, command, today, with_options

WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods"})
"""How the names of workbooks end, by which two of them are told from two runs."""


@command()
@with_options
def status(**given: Any) -> None:
    """谁报了、采用哪一份、谁没报、离截止还有几天。

    例：make-report status
    """
    from pipeline.inquire import standings, unclaimed
    from pipeline.run import take_in
    from pipeline.screen_status import status_lines

    options = Options.taken(given)
    inputs = options.inputs()
    reception, day = take_in(inputs), today()
    rows, others = standings(inputs, reception, day), unclaimed(reception)
    deadline = inputs.settings.deadline
    days = (deadline - day).days if deadline else None
    options.say(status_lines(rows, days, others, everything=options.verbose))
    strays = [{"workbook": workbook, "reason": reason} for workbook, reason in others]
    options.give({"agencies": [row.entry() for row in rows], "unclaimed": strays, "days": days})


@command()
@click.argument("word", default="", metavar="[词]")
@with_options
def figures(word: str, **given: Any) -> None:
    """正文里能用的名字和它们现在的值；写一个词就只列有关的。

    例：make-report figures 结转
    """
    from msgspec.structs import asdict

    from pipeline.inquire import named
    from pipeline.screen_answers import named_lines

    options = Options.taken(given)
    listing = named(options.inputs(), word)
    options.say(named_lines(listing))
    options.give({"figures": [asdict(one) for one in listing.figures], "missing": listing.missing})


@command()
@click.argument("address", metavar="地址")
@click.option("--deep", is_flag=True, help="下级也用本程序汇总的，一级一级往下追，直到最底下那一格。")
@click.option(
    "--below",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="文件夹",
    help="下级的工作文件夹放在哪里，可以写几次；不写就找工作文件夹里的“下级”。",
)
@with_options
def trace(address: str, below: tuple[Path, ...], *, deep: bool, **given: Any) -> None:
    """一个数从哪些单位的哪一格来，印在报告哪里。

    例：make-report trace requests.received.total，或 make-report trace 依申请公开.新收.总计
    """
    from pipeline.descent import Descent, descend
    from pipeline.inquire import traced
    from pipeline.installed import templates_folder
    from pipeline.screen_answers import trace_lines

    options = Options.taken(given)
    inputs = options.inputs()
    if deep or below:
        options.working("正在往下追……")
        found = descend(inputs, address, templates_folder(), below)
    else:
        found = Descent(inputs.settings.organ, "", traced(inputs, address))
    options.say(trace_lines(found))
    if (deep or below) and not (found.below or found.stopped):
        options.say(
            ["  没有往下追：没有找到生成这些工作簿的下级工作文件夹（要在“下级”里，或用 --below 写明）。"]
        )
    options.give(found.entry())


@command()
@click.argument("code", default="", metavar="[代码]")
@with_options
def explain(code: str, **given: Any) -> None:
    """一个问题代码是什么意思、怎么改；不写代码就全部列出。

    例：make-report explain row-total
    """
    from msgspec.structs import asdict

    from pipeline.forms.catalogue import load_catalogue
    from pipeline.inquire import explained
    from pipeline.installed import templates_folder
    from pipeline.screen_answers import explain_lines

    options = Options.taken(given)
    kinds = explained(load_catalogue(templates_folder() / "findings.toml"), code)
    options.say(explain_lines(kinds, whole=bool(code)))
    options.give([asdict(kind) for kind in kinds])


@command()
@click.argument("old", metavar="旧的")
@click.argument("new", metavar="新的")
@with_options
def diff(old: str, new: str, **given: Any) -> None:
    """两次运行之间什么变了（写 run.json、它的文件夹或年度）；或一个单位的两份工作簿之间什么变了。

    例：make-report diff 2019 2020，或 make-report diff 市教育局.xlsx 市教育局(改).xlsx
    """
    from pipeline.installed import templates_folder
    from pipeline.telling import difference_lines, rework_lines

    options = Options.taken(given)
    books = [Path(word).suffix.casefold() in WORKBOOKS for word in (old, new)]
    if all(books):
        from pipeline.resubmission import compare_workbooks

        rework = compare_workbooks(Path(old), Path(new), options.inputs().asked)
        options.say(rework_lines(rework, everything=options.verbose))
        options.give(rework.entry())
        return
    if any(books):
        raise click.UsageError("一个是工作簿，一个不是，比不了。请写两份工作簿，或两次运行。")
    from pipeline.comparing import compare_runs, record_of

    first, second = (record_of(word, options.folder) for word in (old, new))
    found = compare_runs(first, second, templates_folder())
    options.say(difference_lines(found, everything=options.verbose))
    options.give(found.entry())


@command()
@with_options
def rules(**given: Any) -> None:
    """本年用到的每一条核对规则：说的是什么、核对了多少、哪些没能核对、不合的有多少。

    例：make-report rules -y 2020
    """
    from pipeline.rulelist import rule_lines, rule_record
    from pipeline.run import examine

    options = Options.taken(given)
    inputs = options.inputs()
    options.working("正在核对……")
    examination = examine(inputs, today())
    options.say(rule_lines(examination.rules, inputs.catalogue))
    options.give(rule_record(examination.rules, inputs.catalogue))


@command()
@with_options
def doctor(**given: Any) -> None:
    """检查程序、字体、文件夹好不好用，写明每一项的原因。

    例：make-report doctor
    """
    from pipeline.doctor.diagnosis import Patient
    from pipeline.doctor.examination import diagnose, diagnosis_json, doctor_lines, exit_code
    from pipeline.installed import templates_folder
    from pipeline.typefaces.folders import font_folders

    options = Options.taken(given)
    folders = font_folders(os.environ, Path.home())
    lines = diagnose(Patient(templates_folder(), folders, options.folder, options.year))
    options.say(doctor_lines(lines))
    if options.json:
        click.echo(diagnosis_json(lines))
    sys.exit(exit_code(lines))
