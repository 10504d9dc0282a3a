"""Where a night's mail is made ready. An office without mail loads nothing that sends."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

from msgspec import Struct

from pipeline.settings import has_mail
from pipeline.workspace import Workspace


class Mailroom(Struct, frozen=True):
    """Where mail is made ready, whether it may leave, and the world it leaves into."""

    workspace: Workspace
    templates: Path
    confirm: bool
    environment: Mapping[str, str]
    now: Callable[[], datetime.datetime]
    clock: Callable[[], float]
    sleep: Callable[[float], None]

    @property
    def has_mail(self) -> bool:
        """Whether report.toml, which has been read, has a [mail]."""
        return has_mail(self.workspace.settings_file().content)
