"""Where the mail server's password is kept: an environment variable, a file, or the system's keyring."""

from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from pipeline.deliver.secret import Secret
from pipeline.errors import ExitCode, OperatorError, reason
from pipeline.mailing import Mailing

VARIABLE = "MAKE_REPORT_SMTP_PASSWORD"
SERVICE = "make-report"
"""The service's name in the keyring: ``keyring set make-report USER`` puts the password there."""


def password(mailing: Mailing, folder: Path, environment: Mapping[str, str]) -> Secret | None:
    """The password of the settings' user, None where there is no user: the first place that has one.

    A ``password_file`` is taken relative to ``folder``. OperatorError (input) where no place has one, the
    file cannot be read, or it holds what no server can be told.
    """
    if not mailing.user:
        return None
    text = environment.get(VARIABLE, "") or _from_file(mailing, folder) or _from_keyring(mailing.user)
    if not text:
        raise OperatorError(
            ExitCode.INPUT,
            f"没有找到 {mailing.user} 的邮箱密码。请设环境变量 {VARIABLE}，"
            "或在 [mail] 里写 password_file（密码文件的路径），"
            f"或装 keyring 后运行 keyring set {SERVICE} {mailing.user}。",
        )
    if not text.isascii() or not text.isprintable():
        raise OperatorError(
            ExitCode.INPUT, "邮箱密码里有汉字、全角字符或看不见的字符，请重新键入；QQ、163 要用授权码。"
        )
    return Secret(text, mailing.user)


def password_path(mailing: Mailing, folder: Path) -> Path:
    """Where ``password_file`` lies, ``~`` being the user's own folder."""
    return folder / Path(mailing.password_file).expanduser()


def _from_file(mailing: Mailing, folder: Path) -> str:
    if not mailing.password_file:
        return ""
    path = password_path(mailing, folder)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "不是 UTF-8 编码的文字"
        raise OperatorError(
            ExitCode.INPUT, f"[mail] 的 password_file 指的 {path} 读不出来：{why}。请检查路径和权限。"
        ) from error
    return lines[0].strip()


def _from_keyring(user: str) -> str:
    """The keyring's password; "" where the package or a keyring is missing, or it has none."""
    if find_spec("keyring") is None:
        return ""
    keyring = import_module("keyring")
    try:
        return keyring.get_password(SERVICE, user) or ""
    except keyring.errors.KeyringError:
        return ""
