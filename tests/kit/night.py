"""The evening before a night that makes and mails a report: an office that made one, and what changed since."""

from collections import Counter
from pathlib import Path

from kit.desk import make_report
from kit.mailserver import Mailroom
from kit.office import AGENCIES, NARRATIVE, TEXTS, Office, open_office
from kit.plug import contents
from kit.post import EMAILS, EVERYONE, set_addresses, set_up_mail
from pipeline.batch import RECORD
from pipeline.letterbox import FOLDER
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator

SELF = "self@example.cn"
"""Who gets the summary."""
LETTERS = sorted((*EMAILS, SELF))
"""To whom a night sends: the report to the three agencies, the summary to the office."""
BATCH = ("batch", "--confirm", "-y", "2019")


def evening(root: Path, form: StatutoryForm, indicators: tuple[Indicator, ...], room: Mailroom) -> Office:
    """A report was made, the office told of it, and edited; since then a text was mended and the narrative changed.

    It was sent to nobody: a report that changed after it was sent is for a person to send, not for a night.
    """
    office = open_office(root, form, indicators)
    set_addresses(office)
    set_up_mail(office, room.port, to="", summary_to=SELF)
    assert make_report(*BATCH, "-q", "-w", root).code == 0
    assert room.addresses == [SELF]
    room.taken.clear()
    set_up_mail(office, room.port, to=EVERYONE, summary_to=SELF)
    office.submit(AGENCIES[0], texts={**TEXTS, 5: "公开内容还不够多，下一步将继续改进。"})
    office.write("narrative.md", NARRATIVE.replace("不够丰富", "不够多"))
    report = next(office.outputs.glob("*.docx"))
    report.write_bytes(report.read_bytes() + b"edited")
    return office


def results(outputs: Path) -> dict[str, bytes]:
    """A year's outputs but for the batch's own notes and the mail."""
    return {
        name: content
        for name, content in contents(outputs).items()
        if RECORD not in name and not name.startswith(FOLDER)
    }


def most_alike(room: Mailroom) -> int:
    """How often the same words and files went to the same address at most."""
    return max(Counter(map(_told, room.taken)).values(), default=0)


def _told(taken: tuple[str, bytes]) -> tuple[str, bytes]:
    """To whom and what, without the date and the name of the message."""
    address, content = taken
    head, _, body = content.partition(b"\r\n\r\n")
    return address, b"".join(line for line in head.split(b"\r\n") if line.startswith(b"Subject")) + body
