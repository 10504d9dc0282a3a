"""The command that lets something leave the house."""

import os
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from pipeline.commands.options import Options, command, with_options

if TYPE_CHECKING:
    from pipeline.deliver.dispatch import Delivered
    from pipeline.letterbox import Letterbox
    from pipeline.sending import Prepared
    from pipeline.workspace import Workspace


@command()
@click.option(
    "--what",
    type=click.Choice(["report", "slips", "blanks"]),
    default="report",
    help="发什么：report 报告（不写就是它）、slips 退回单、blanks 空白表。",
)
@click.option(
    "--to", multiple=True, metavar="收件人", help="发给谁：单位、分组或邮箱；不写就照 [[mail.to]]。"
)
@click.option("--only", multiple=True, metavar="收件人", help="只发给其中这几个；以前被拒收的也再发。")
@click.option("--confirm", is_flag=True, help="真的发出去；不加就只写样信，什么也不发。")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="这次最多发几封。")
@click.option("--retry-unknown", is_flag=True, help="结果不明的再发一次（先问清确实没有收到）。")
@click.option("--arrived", multiple=True, metavar="邮箱", help="结果不明的，问清已经收到，记下，不再发。")
@click.option("--with-warnings", is_flag=True, help="还有没确认的待核问题也发。")
@with_options
def send(*, confirm: bool, arrived: tuple[str, ...], **given: Any) -> None:
    """用邮件发报告、退回单或空白表。不加 --confirm 只写样信到 发件箱，一封也不发。

    例：make-report send，看过样信后 make-report send --confirm
    """
    from pipeline.installed import templates_folder
    from pipeline.letterbox import Letterbox
    from pipeline.locking import locked
    from pipeline.screen_findings import finding_lines
    from pipeline.screen_mail import draft_lines, plan_lines, sent_lines
    from pipeline.sending import Errand, exit_code, listing, prepared, put_drafts, settle_arrived
    from pipeline.workspace import Workspace

    options = Options.taken(given)
    workspace = Workspace.at(options.folder, options.year)
    errand = Errand(**{name: given[name] for name in Errand.__struct_fields__ if name in given})
    letterbox = Letterbox(workspace.outputs)
    with locked(workspace):
        if arrived:
            settled = settle_arrived(letterbox, arrived, _now())
            options.say([f"记下了：{settled} 封已经收到。"])
        plan = prepared(workspace, templates_folder(), errand, _now())
        options.say(finding_lines(plan.findings, plan.catalogue, everything=options.verbose, file=""))
        options.say(plan_lines(plan))
        results: list[Delivered] = []
        names: list[str] = []
        if confirm:
            results = list(_sending(options, plan, letterbox, workspace))
            options.say(sent_lines(plan, results, letterbox.unknown()))
        else:
            names, kept = put_drafts(plan, letterbox, _now())
            options.say(draft_lines(plan, names, kept))
    options.give(listing(plan, results, names))
    sys.exit(exit_code(plan, results, confirmed=confirm))


def _sending(
    options: Options, plan: "Prepared", letterbox: "Letterbox", workspace: "Workspace"
) -> Iterator["Delivered"]:
    """Send what is due, saying what becomes of each letter."""
    from pipeline.deliver.dispatch import Pace
    from pipeline.deliver.smtp import Connection
    from pipeline.mailing import server_of
    from pipeline.passwords import password
    from pipeline.screen_mail import delivered_line, waiting_line
    from pipeline.sending import sent

    secret = password(plan.mailing, workspace.inputs, os.environ)
    server = server_of(plan.mailing, workspace.inputs)
    pace = Pace(
        time.monotonic,
        time.sleep,
        plan.mailing.rate,
        tell=lambda *told: options.say([waiting_line(*told)]),
    )
    for one in sent(plan, letterbox, lambda: Connection(server, secret), pace, _now):
        options.say([delivered_line(one)])
        yield one


def _now() -> datetime:
    """The time, where this computer stands."""
    return datetime.now(UTC).astimezone()
