"""Time mail: 100 messages with 2 MB of attachments, against a bare loop of smtplib, to one local server.

``make bench``. The server is aiosmtpd in a process of its own, so that its work is not ours. Each pair sends the same
100 messages twice in turn: by ``dispatch``, with the record fsynced line by line, and by ``smtplib`` over one
connection with the messages ready as bytes, and a third time composed by ``email`` as one would by hand. Pairs are in
turn, the first uncounted; the ratio of rates is taken pair by pair. Ends 1 where the median passes below 80 % of the
bare loop.
"""

import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from pipeline.deliver.dispatch import Pace, Post, dispatch
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.message import Letter, Mailbox, Worded, wire
from pipeline.deliver.outbox import Event
from pipeline.deliver.smtp import Connection, Server
from pipeline.letterbox import Letterbox

MESSAGES, PAIRS, LEAST = 100, 5, 0.80
MEGABYTE = 1024 * 1024
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
    """100 letters that share a Word and a PDF file, 2 MB together; another run's for each round."""
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


def ours(port: int, run: int) -> None:
    """By dispatch, recorded in an outbox on the disk."""
    server = Server("127.0.0.1", port, "none")
    with tempfile.TemporaryDirectory(dir=".") as folder, Letterbox(Path(folder)).writing() as append:
        pace = Pace(time.monotonic, time.sleep)
        post = Post(lambda: Connection(server, None), pace, append, lambda: datetime.now(UTC))
        results = list(dispatch(letters(run), post))
    if [one.answer.event for one in results] != [Event.ACCEPTED] * MESSAGES:
        raise SystemExit("not all were accepted")


def bare(port: int, run: int) -> None:
    """smtplib over one connection, each message ready as bytes."""
    now = datetime.now(UTC)
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for letter in letters(run):
            smtp.sendmail(letter.sender.address, [letter.to.address], b"".join(wire(letter, now)))


def by_hand(port: int, run: int) -> None:
    """smtplib over one connection, each message composed by the standard library."""
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for letter in letters(run):
            message = EmailMessage()
            message["From"], message["To"] = letter.sender.address, letter.to.address
            message["Subject"] = letter.words.subject
            message.set_content(letter.words.text)
            for file in letter.enclosures:
                message.add_attachment(
                    file.content, maintype="application", subtype="octet-stream", filename=file.name
                )
            smtp.send_message(message)


def rate(way: Callable[[int, int], None], port: int, run: int) -> float:
    """Messages a second."""
    began = time.perf_counter()
    way(port, run)
    return MESSAGES / (time.perf_counter() - began)


def main() -> int:
    """Print the rates and say whether ours is fast enough."""
    with subprocess.Popen(
        [sys.executable, "-c", SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        port = int(server.stdout.readline())
        rounds = [[rate(way, port, run) for way in (ours, bare, by_hand)] for run in range(PAIRS + 1)][1:]
        server.stdin.close()
    print("| way | median messages/s | of the bare loop |\n| --- | ---: | ---: |")
    for place, name in enumerate(("dispatch", "smtplib, ready bytes", "smtplib, composed by email")):
        share = statistics.median(one[place] / one[1] for one in rounds)
        print(f"| {name} | {statistics.median(one[place] for one in rounds):.1f} | {share:.0%} |")
    return int(statistics.median(one[0] / one[1] for one in rounds) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
