"""A letter's words: a text headed by its subject, and the same text line by line in a frame of HTML."""

from collections.abc import Mapping, Sequence
from functools import cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from msgspec import Struct

from pipeline.deliver.headers import one_line
from pipeline.deliver.message import Worded
from pipeline.errors import ExitCode, OperatorError

SUBJECT = "主题："
"""What the first line of the plain text begins with."""


class Wording(Struct, frozen=True):
    """The text of a kind of letter, the frame of all, and the text's file, for messages."""

    text: str
    frame: str
    file: str


def worded(wording: Wording, values: Mapping[str, str | Sequence[str]]) -> Worded:
    """The words with the values put in, each of them a text or several: in one line each, never as markup.

    The frame is given ``subject`` and ``lines``, so that both bodies say the same.
    OperatorError (template) where a name is unknown, the syntax wrong, or the subject missing.
    """
    shown = {name: _shown(value) for name, value in values.items()}
    text = _filled(wording.text, shown, wording.file, escape=False)
    subject, _, body = text.partition("\n")
    if not subject.startswith(SUBJECT) or not subject.removeprefix(SUBJECT).strip():
        raise _refused(wording.file, f"第一行应是“{SUBJECT}……”")
    subject, body = one_line(subject.removeprefix(SUBJECT)), f"{body.strip()}\n"
    lines: Mapping[str, str | list[str]] = {"subject": subject, "lines": body.splitlines()}
    return Worded(subject, body, _filled(wording.frame, lines, wording.file, escape=True))


def _shown(value: str | Sequence[str]) -> str | list[str]:
    return one_line(value) if isinstance(value, str) else [one_line(one) for one in value]


def _filled(source: str, values: Mapping[str, str | list[str]], file: str, *, escape: bool) -> str:
    try:
        return _template(source, escape=escape).render(values)
    except TemplateError as error:
        raise _refused(file, f"写得不对：{error}") from error


@cache
def _template(source: str, *, escape: bool) -> Template:
    """The template, compiled once for all letters."""
    environment = SandboxedEnvironment(
        undefined=StrictUndefined, autoescape=escape, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(source)


def _refused(file: str, why: str) -> OperatorError:
    return OperatorError(ExitCode.TEMPLATE, f"邮件模板 {file} {why}。请改回原样，或重新安装程序。")
