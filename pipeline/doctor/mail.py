"""Whether mail could be sent: settings, password, the record of what was sent; no server is asked."""

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from pipeline.doctor.diagnosis import Diagnosis, Patient, Verdict
from pipeline.workspace import Workspace

SUBJECT = "邮件"


def mail(workspace: Workspace, _: Patient) -> Iterator[Diagnosis]:
    """[mail] and where its password is kept; who can read its file; messages that wait for a person."""
    from pipeline.letterbox import Letterbox
    from pipeline.mailing import read_mailing, server_of
    from pipeline.passwords import password, password_path
    from pipeline.settings import has_mail

    file, settings = workspace.settings_file(), workspace.settings()
    if not has_mail(file.content):
        yield Diagnosis(SUBJECT, Verdict.GOOD, "report.toml 里没有写 [mail]，不发邮件。")
        return
    mailing = read_mailing(file.content, file.path, settings.organ)
    server_of(mailing, workspace.inputs)
    secret = password(mailing, workspace.inputs, os.environ)
    login = f"，用 {mailing.user} 登录，密码找到了" if secret else "，不登录"
    words = f"服务器 {mailing.host}:{mailing.port}（{mailing.security}）{login}；没有试连。"
    yield Diagnosis(SUBJECT, Verdict.GOOD, words)
    if mailing.security == "none" and secret:
        words = "没有加密，密码和信在网上能被人看到。邮件服务器会加密的，请把 security 改成 starttls 或 tls。"
        yield Diagnosis(SUBJECT, Verdict.CARE, words)
    path = password_path(mailing, workspace.inputs)
    if mailing.password_file and path.is_file() and _open_to_others(path):
        yield Diagnosis(SUBJECT, Verdict.CARE, f"密码文件 {path} 别人也能读，请改成只有自己能读。")
    waiting = len(Letterbox(workspace.outputs).unknown())
    if waiting:
        words = f"有 {waiting} 封信不知道收到没有，运行 make-report send 看是哪几封。"
        yield Diagnosis(SUBJECT, Verdict.CARE, words)


def _open_to_others(path: Path) -> bool:
    """Whether others of this computer may read a file; Windows keeps that elsewhere."""
    return sys.platform != "win32" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
