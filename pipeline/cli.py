"""The program: its commands under one name, and what becomes of whatever stops them."""

import gettext
import os
import sys
from contextlib import suppress
from typing import Any

import click

from pipeline import garbage
from pipeline.commands.asking import diff, doctor, explain, figures, rules, status, trace
from pipeline.commands.delivering import send
from pipeline.commands.making import agencies, blank, build, build_report, check, verify
from pipeline.commands.options import Options, echo, hands, with_options
from pipeline.commands.settling import accept, init
from pipeline.commands.unattended import batch, schedule
from pipeline.errors import ExitCode, OperatorError

LOCALE = "zh_CN"


@click.group(invoke_without_command=True, options_metavar="[选项]", subcommand_metavar="[命令]")
@click.version_option(package_name="make-report", message="make-report %(version)s", help="显示版本号。")
@with_options
@click.pass_context
def commands(context: click.Context, /, **given: Any) -> None:
    """汇总各单位报来的工作簿，生成《政府信息公开工作年度报告》。

    不写命令就是 build。例：make-report -y 2020
    """
    # Options before the command's name hold for the command: make-report -y 2020 check.
    before = {name: given[name] for name in given if _was_typed(context, name)}
    context.default_map = dict.fromkeys(commands.commands, before)
    if context.invoked_subcommand is None:
        with hands() as workers:
            build_report(Options.taken(given), workers)


def _was_typed(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


for one in (
    init,
    blank,
    status,
    check,
    build,
    agencies,
    verify,
    send,
    batch,
    schedule,
    figures,
    trace,
    accept,
    diff,
    rules,
    explain,
    doctor,
):
    commands.add_command(one)


def main() -> None:
    """The program: run a command, and turn what stops it into a sentence and an exit code."""
    garbage.seldom()
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a test's stream
    _speak_chinese()
    try:
        commands.main(prog_name="make-report", standalone_mode=False)
    except OperatorError as error:
        echo(f"做不下去：{error.message}", err=True)
        sys.exit(error.code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中断；原来的文件没有动。", err=True)
        sys.exit(ExitCode.INTERRUPTED)
    except Exception:  # a bug keeps its traceback, and says what to do with it
        import traceback

        traceback.print_exc()
        click.echo("程序出错了，不是您的操作问题。原来的文件没有动；请把上面的文字发给维护者。", err=True)
        sys.exit(ExitCode.BUG)


def _speak_chinese() -> None:
    """click takes its words from gettext: give it ours, whatever the system's language."""
    from pipeline.installed import templates_folder

    os.environ["LANGUAGE"] = LOCALE
    gettext.bindtextdomain("messages", templates_folder() / "locale")
    gettext.textdomain("messages")
