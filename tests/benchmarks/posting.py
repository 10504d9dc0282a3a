"""Rows: mail, 100 messages with 2 MB of attachments over one connection to aiosmtpd in a process of its own."""

import os
import smtplib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from benchmarks.clock import warm
from benchmarks.row import Pairs, Rows, pairs, within
from benchmarks.stage import Stage
from pipeline.deliver.dispatch import Pace, Post, dispatch
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.message import Letter, Mailbox, Worded, wire
from pipeline.deliver.outbox import Event
from pipeline.deliver.smtp import Connection, Server
from pipeline.letterbox import Letterbox

ROWS = Rows()
MESSAGES, MEGABYTE = 100, 1024 * 1024
SERVER = """
import sys, time
from aiosmtpd.controller import Controller

class Sink:
    async def handle_DATA(self, server, session, envelope):
        return "250 OK"

class Post(Controller):
    def _trigger_server(self):
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

post = Post(Sink(), hostname="127.0.0.1", port=0)
post.start()
print(post.port, flush=True)
sys.stdin.read()
"""


def letters(run: int) -> list[Letter]:
    """Letters that share a Word and a PDF file, 2 MB together; another run's for each round."""
    noise = bytes(os.urandom(MEGABYTE))
    files = (
        Enclosure("某某市2020年政府信息公开工作年度报告.docx", noise),
        Enclosure("某某市2020年政府信息公开工作年度报告.pdf", noise[::-1]),
    )
    sender, words = Mailbox("某局", "xxgk@example.cn"), Worded("报告", "请查收。\n", "<p>请查收。</p>\n")
    return [
        Letter("report", sender, Mailbox("某单位", f"r{number}@example.cn"), words, files, str(run))
        for number in range(MESSAGES)
    ]


def ours(folder: Path, port: int, run: int) -> None:
    """By dispatch, recorded in an outbox on the disk and in its copy."""
    server = Server("127.0.0.1", port, "none")
    root = Path(tempfile.mkdtemp(dir=folder))
    (root / "inputs").mkdir()
    with Letterbox(root / "outputs" / "2020").writing() as append:
        pace = Pace(time.monotonic, time.sleep)
        post = Post(lambda: Connection(server, None), pace, append, lambda: datetime.now(UTC))
        results = list(dispatch(letters(run), post))
    if [one.answer.event for one in results] != [Event.ACCEPTED] * MESSAGES:
        raise RuntimeError("not all were accepted")


def ready(run: int) -> list[tuple[str, str, bytes]]:
    """The same letters: sender, recipient, the message as bytes."""
    now = datetime.now(UTC)
    return [(one.sender.address, one.to.address, b"".join(wire(one, now))) for one in letters(run)]


def bare(port: int, messages: Sequence[tuple[str, str, bytes]]) -> None:
    """smtplib over one connection."""
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for sender, to, message in messages:
            smtp.sendmail(sender, [to], message)


@contextmanager
def serving() -> Iterator[int]:
    """A mail server's port."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        yield int(server.stdout.readline())
        server.stdin.close()


@ROWS.add("a mail of 2 MB, recorded", "bare smtplib loop, bytes ready", within(1.25), within(1))
def mail(stage: Stage) -> Pairs:
    """By the clock on the wall, since the server is the other half of the work."""
    numbers, messages = count(), ready(-1)
    with serving() as port:
        rounds = stage.rounds(
            warm(lambda: ours(stage.folder, port, next(numbers))), warm(lambda: bare(port, messages))
        )
    return pairs(rounds, by="wall", each=(MESSAGES, MESSAGES))
