"""The commands for running without anybody: the nightly batch, and what starts it."""

import os
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from datetime import time as clock
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.options import Options, command, hands, with_hands, with_options

if TYPE_CHECKING:
    from pipeline.step import Ended
    from pipeline.workspace import Workspace


@command()
@click.option(
    "--only-if-changed/--always",
    default=True,
    help="什么都没变就不做（不写就是这样）／没变也全部重做。",
)
@click.option(
    "--confirm", is_flag=True, help="信真的发出去；不加就照 [mail] 的 batch_sends，没写的只写样信。"
)
@with_hands
@with_options
def batch(*, only_if_changed: bool, confirm: bool, jobs: int | None, cluster: str, **given: Any) -> None:
    """无人值守：到了日子的年度逐一核对、生成、回读、出分单位报告、写信；不写 -y 就做正在编的年度。

    例：make-report batch
    """
    from pipeline.batch import Batch, run
    from pipeline.installed import templates_folder
    from pipeline.typefaces.folders import font_folders

    options, fonts = Options.taken(given), font_folders(os.environ, Path.home())

    def perform(workspace: "Workspace", passed_over: "Mapping[str, Ended]") -> "Iterator[Ended]":
        from pipeline.mailroom import Mailroom
        from pipeline.nightly import Night, steps

        clocks = (_now, time.monotonic, time.sleep)
        room = Mailroom(workspace, templates_folder(), confirm, os.environ, *clocks)
        return steps(Night(room, fonts, workers), passed_over)

    words = ("confirm",) if confirm else ()
    asked = Batch(
        options.folder, options.year, templates_folder(), fonts, _now, perform, only_if_changed, words
    )
    with hands(jobs, cluster) as workers:
        outcome = run(asked)
    options.say(outcome.text.splitlines())
    options.give({"exit_code": int(outcome.code), "steps": outcome.steps})
    sys.exit(outcome.code)


def _now() -> datetime:
    """The time, where this computer stands."""
    return datetime.now(UTC).astimezone()


def _time(context: click.Context, option: click.Parameter, value: str) -> clock:
    """A time of the day, as 02:30."""
    try:
        hours, minutes = value.split(":")
        return clock(int(hours), int(minutes))
    except ValueError as error:
        raise click.BadParameter(f"“{value}”不是时间，请写成 23:00 的样子。", context, option) from error


@command()
@click.option(
    "--for",
    "kind",
    type=click.Choice(["systemd", "cron", "windows"]),
    help="哪一种系统：systemd、cron（Linux）或 windows；不写就照这台电脑。",
)
@click.option(
    "--at",
    callback=_time,
    default="02:30",
    metavar="时:分",
    help="每天几点；不写就是 02:30。",
)
@click.option("--install", "installs", is_flag=True, help="写进自己的用户文件夹；不加就只显示。")
@with_options
def schedule(*, kind: str | None, at: clock, installs: bool, **given: Any) -> None:
    """每晚自动运行 batch 用的定时任务：显示出来，或写进自己的用户文件夹，并说接下来运行什么。

    例：make-report schedule --install
    """
    from pipeline.schedule import Task, install, planned
    from pipeline.workspace import Workspace

    options = Options.taken(given)
    Workspace.at(options.folder, options.year)
    first = datetime.combine(_now().date(), at)
    task = Task(_program(), options.folder.resolve(), options.year, first)
    plan = planned(kind or _own_kind(), task, os.environ, Path.home())
    if installs:
        options.say(f"写好了 {path}" for path in install(plan, task))
        options.say(["再运行下面的命令，定时任务就开始了："])
    else:
        for name, text in plan.texts.items():
            options.say([f"# {plan.folder / name}", *text.splitlines(), ""])
        options.say(["只是显示，什么也没有写；加 --install 写好文件，再运行："])
    options.say(f"  {line}" for line in plan.next)
    options.give({"folder": str(plan.folder), "files": plan.texts, "next": plan.next, "installed": installs})


def _own_kind() -> str:
    """What this computer starts tasks with."""
    if sys.platform == "win32":
        return "windows"
    return "systemd" if which("systemctl") else "cron"


def _program() -> tuple[str, ...]:
    """How this program is started anew: its script beside Python, else Python itself."""
    script = Path(sys.executable).with_name("make-report.exe" if sys.platform == "win32" else "make-report")
    return (str(script),) if script.is_file() else (sys.executable, "-m", "pipeline")
