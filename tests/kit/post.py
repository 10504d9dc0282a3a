"""An office that sends mail: settings and addresses put into a small office, letters to try things with."""

import datetime
import json
from collections.abc import Sequence
from hashlib import sha256

from msgspec.structs import replace

from kit.office import AGENCIES, TODAY, Office
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.message import Letter, Mailbox, Worded
from pipeline.workbooks.roster_blank import roster_workbook

NOW = datetime.datetime(2020, 1, 8, 9, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=8)))
FROM = Mailbox("某某市政务服务局", "xxgk@example.cn")
EMAILS = ("zfb@example.cn", "jyj@example.cn", "hle@example.cn")
EVERYONE = 'group = "市直机关"\n[[mail.to]]\ngroup = "旗市区政府"'
FILE = Enclosure("某某市2019年政府信息公开工作年度报告.docx", bytes(range(256)) * 40)


def letter(
    address: str = "a@example.cn", *files: Enclosure, name: str = "市教育局", occasion: str = "run"
) -> Letter:
    """A letter with a small file."""
    words = Worded(
        "某某市2019年政府信息公开工作年度报告", "市教育局：\n\n    请查收。\n", "<p>请查收。</p>\n"
    )
    return Letter("report", FROM, Mailbox(name, address), words, files or (FILE,), occasion)


def set_up_mail(
    office: Office,
    port: int = 25,
    to: str = 'address = "sjb@example.cn"\nname = "省政府办公厅"',
    **keys: object,
) -> None:
    """Write [mail] for a server on the loopback and one addressee into report.toml."""
    given = {"host": "127.0.0.1", "port": port, "security": "none", "from": "某局 <xxgk@example.cn>", **keys}
    lines = [
        f"{key} = {value}" if isinstance(value, int) else f'{key} = "{value}"' for key, value in given.items()
    ]
    plain = (office.inputs / "report.toml").read_text(encoding="utf-8").split("[mail]")[0]
    tail = f"[[mail.to]]\n{to}\n" if to else ""
    office.write("report.toml", "\n".join([f"{plain.rstrip()}\n[mail]", *lines, tail]))


def set_addresses(office: Office, emails: Sequence[str] = EMAILS) -> None:
    """Give the agencies these addresses in the roster."""
    agencies = [replace(agency, email=email) for agency, email in zip(AGENCIES, emails, strict=True)]
    (office.inputs / "roster.xlsx").write_bytes(roster_workbook(agencies, TODAY))


def put_slips(office: Office, *entries: tuple[str, str, bytes, str]) -> None:
    """Slips as ``check`` leaves them, files in 退回单 and their record: name, agency's code, bytes, digest."""
    folder = office.outputs / "退回单"
    folder.mkdir(parents=True, exist_ok=True)
    listed = []
    for name, agency, content, told in entries:
        (folder / name).write_bytes(content)
        path = (folder / name).relative_to(office.root).as_posix()
        entry = {"kind": "slip", "path": path, "sha256": told, "bytes": len(content)}
        listed.append({**entry, "agency": agency} if agency else entry)
    read = [
        {"path": path.relative_to(office.root).as_posix(), "sha256": digest(path.read_bytes())}
        for path in office.inputs.rglob("*")
        if path.is_file()
    ]
    record = {"schema": 1, "inputs": read, "renditions": listed[:1], "standing": listed[1:]}
    (office.outputs / "slips.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def digest(content: bytes) -> str:
    """SHA-256, in hex."""
    return sha256(content).hexdigest()
