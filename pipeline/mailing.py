"""The [mail] table of report.toml: which server, from whom, and to whom."""

import difflib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, get_args

from msgspec import Struct

from pipeline.deliver.addresses import as_sent, fault
from pipeline.deliver.headers import one_line
from pipeline.deliver.message import Mailbox
from pipeline.deliver.smtp import Security, Server, trusted
from pipeline.errors import ExitCode, OperatorError

REPORT, SLIPS, BLANKS = "report", "slips", "blanks"
REMIND, SUMMARY = "remind", "summary"
"""Letters that only ``batch`` writes."""
WHAT = (REPORT, SLIPS, BLANKS)
SECURITY = get_args(Security)
PORTS: Mapping[str, int] = {"none": 25, "starttls": 587, "tls": 465}
MEGABYTE = 1024 * 1024


class Addressee(Struct, frozen=True):
    """A line of ``[[mail.to]]``: an address with a name, or a group of the roster; and what goes there."""

    name: str = ""
    address: str = ""
    group: str = ""
    what: tuple[str, ...] = (REPORT,)


class Mailing(Struct, frozen=True):
    """[mail], read. Field names are its keys, but for ``sender``, which is ``from``."""

    host: str
    port: int
    security: Security
    user: str
    sender: Mailbox
    rate: int = 0
    """Letters a minute; 0 as fast as the server takes them."""
    max_megabytes: int = 20
    """The largest message, base64 counted."""
    password_file: str = ""
    ca_file: str = ""
    timeout: int = 60
    """Seconds to wait for an answer; ten times as long for the one that matters."""
    batch_sends: bool = False
    """Whether ``batch`` sends; else it leaves drafts."""
    summary_to: str = ""
    """Addresses that get the summary of a batch."""
    to: tuple[Addressee, ...] = ()

    @property
    def limit(self) -> int:
        """The largest message in bytes."""
        return self.max_megabytes * MEGABYTE


FURTHER = ("rate", "max_megabytes", "password_file", "ca_file", "timeout", "batch_sends", "summary_to")
KEYS = ("host", "port", "security", "user", "from", *FURTHER, "to")
NUMBERS = {"port": (1, 65535), "rate": (0, 6000), "max_megabytes": (1, 1000), "timeout": (1, 3600)}
SECRETS = ("password", "passwd", "pass", "密码", "授权码")


def read_mailing(content: bytes, file: str, organ: str) -> Mailing:
    """The [mail] of a report.toml that ``read_settings`` has read; ``organ`` signs if ``from`` has no name.

    OperatorError (input) where there is none, a key unknown or wrong, or a password stands in it.
    """
    given = tomllib.loads(content.decode("utf-8-sig")).get("mail")
    if not isinstance(given, dict):
        raise _refused(file, "里没有 [mail] 这一段，请照使用手册“发送”写上 host、from 和 [[mail.to]]")
    _refuse_secrets(given, file)
    _refuse_unknown(given, KEYS, "[mail]", file)
    for key in set(KEYS) - set(NUMBERS) - {"to", "batch_sends"}:
        if not isinstance(given.get(key, ""), str):
            raise _refused(file, f"的 [mail] 里 {key} 应是引号里的文字")
    for key, (least, most) in NUMBERS.items():
        number = given.get(key, least)
        if not isinstance(number, int) or isinstance(number, bool) or not least <= number <= most:
            raise _refused(file, f"的 [mail] 里 {key} 应是 {least} 到 {most} 的整数，不加引号")
    if not isinstance(given.get("batch_sends", False), bool):
        raise _refused(file, "的 [mail] 里 batch_sends 应是 true 或 false，不加引号")
    if not given.get("host", "").strip():
        raise _refused(file, '的 [mail] 里没有写 host（邮件服务器），例如 host = "smtp.qq.com"')
    if not _is_host(given["host"].strip()):
        raise _refused(file, '的 [mail] 里 host 写得不对，应如 "smtp.qq.com"，不多点、不加冒号和斜线')
    user = given.get("user", "")
    if not user.isascii() or not user.isprintable():
        raise _refused(file, "的 [mail] 里 user 应是登录用的邮箱或用户名，只能用半角字母、数字和符号")
    security = given.get("security", "starttls")
    if security not in SECURITY:
        raise _refused(file, f"的 [mail] 里 security 只能是 {'、'.join(SECURITY)}")
    to = given.get("to", [])
    if not isinstance(to, list) or not all(isinstance(one, dict) for one in to):
        raise _refused(file, "的收件人应一人一段，每段以 [[mail.to]] 开头")
    further = {key: given[key] for key in FURTHER if key in given}
    return Mailing(
        host=given["host"].strip(),
        port=given.get("port", PORTS[security]),
        security=security,
        user=given.get("user", ""),
        sender=_sender(given.get("from", ""), organ, file),
        to=tuple(_addressee(one, file) for one in to),
        **further,
    )


def server_of(mailing: Mailing, folder: Path) -> Server:
    """The settings' server; ``ca_file`` is taken relative to ``folder``."""
    safe = mailing.security != "none"
    ca_file = str(folder / mailing.ca_file) if mailing.ca_file else ""
    return Server(
        mailing.host,
        mailing.port,
        mailing.security,
        mailing.user,
        mailing.timeout,
        trusted(ca_file) if safe else None,
    )


def _is_host(host: str) -> bool:
    """Whether a server can be looked for under a name."""
    try:
        return bool(host.encode("idna")) and host.isprintable() and "/" not in host
    except UnicodeError:
        return False


def _refuse_secrets(given: Mapping[str, Any], file: str) -> None:
    """The settings travel with the folder; a password in them would too."""
    if any(key.casefold() in SECRETS for key in given):
        raise _refused(
            file,
            "的 [mail] 里不能写密码，请删去这一行（已经发给过别人的，请改密码）。密码放在环境变量 "
            "MAKE_REPORT_SMTP_PASSWORD、password_file 指的文件，或系统的钥匙串里",
        )


def _sender(text: str, organ: str, file: str) -> Mailbox:
    """``from``: an address, or ``name <address>``."""
    name, bracket, rest = text.strip().partition("<")
    address = rest.removesuffix(">").strip() if bracket else name.strip()
    why = fault(address)
    if why:
        raise _refused(file, f'的 [mail] 里 from 写得不对：{why}，例如 from = "xxgk@example.cn"')
    return Mailbox((name.strip() if bracket else "") or organ, as_sent(address))


def _addressee(given: Mapping[str, Any], file: str) -> Addressee:
    _refuse_unknown(given, ("name", "address", "group", "what"), "[[mail.to]]", file)
    what = given.get("what", [REPORT])
    what = [what] if isinstance(what, str) else what
    texts = [given.get(key, "") for key in ("name", "address", "group")]
    if not isinstance(what, list) or not set(map(str, what)) <= set(WHAT):
        raise _refused(
            file, "的 [[mail.to]] 里 what 只能是 report（报告）、slips（退回单）、blanks（空白表）"
        )
    if not all(isinstance(text, str) for text in texts) or bool(texts[1]) == bool(texts[2]):
        raise _refused(
            file, "的 [[mail.to]] 每段写一个 address（邮箱）或一个 group（名册里的分组），都加引号"
        )
    if texts[1] and set(what) - {REPORT}:
        raise _refused(
            file,
            "的 [[mail.to]] 里，退回单和空白表只发给名册里的单位自己，请改写 group，或把 what 改成 report",
        )
    return Addressee(name=one_line(texts[0]), address=texts[1], group=texts[2], what=tuple(what))


def _refuse_unknown(given: Mapping[str, Any], known: tuple[str, ...], where: str, file: str) -> None:
    for key in given:
        if key not in known:
            near = difflib.get_close_matches(key, known, n=1)
            hint = f"，是不是想写 {near[0]}？" if near else f"；能写的有：{'、'.join(known)}"
            raise _refused(file, f"的 {where} 里不认识“{key}”{hint}")


def _refused(file: str, sentence: str) -> OperatorError:
    return OperatorError(ExitCode.INPUT, f"设置文件 {file} {sentence}。".replace("？。", "？"))
