"""A letter's words from a template's two texts, the plain one headed by its subject, and the HTML one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from pipeline.deliver.headers import one_line
from pipeline.deliver.message import Worded
from pipeline.errors import ExitCode, OperatorError

SUBJECT = "主题："
"""What the first line of the plain text begins with."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The two texts of a kind of letter, and the file they are found in, for messages."""

    text: str
    html: str
    file: str


def worded(wording: Wording, values: Mapping[str, str | Sequence[str]]) -> Worded:
    """The words with the values put in, each of them a text or several: in one line each, never as markup.

    OperatorError (template) where a name is unknown, the syntax wrong, or the subject missing.
    """
    shown = {name: _shown(value) for name, value in values.items()}
    text = _filled(wording.text, shown, wording.file, escape=False)
    subject, _, body = text.partition("\n")
    if not subject.startswith(SUBJECT) or not subject.removeprefix(SUBJECT).strip():
        raise _refused(wording.file, f"第一行应是“{SUBJECT}……”")
    html = _filled(wording.html, shown, wording.file, escape=True)
    return Worded(one_line(subject.removeprefix(SUBJECT)), f"{body.strip()}\n", html)


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
