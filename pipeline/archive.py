"""Office files as plain zip packages: the same parts give the same bytes, on any day and machine."""

import io
import zipfile
from collections.abc import Callable
from typing import TypeAlias

Finish: TypeAlias = Callable[[str, bytes], bytes]
"""A part as it is to be, by its name and as it was made."""

CONTENT_TYPES = "[Content_Types].xml"
"""The part every OOXML package names its parts' types in; readers look for it first (ECMA-376 part 2)."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip entry can carry; it says nothing, which is what is wanted."""

_UNIX = 3
_OWNER_READS_AND_WRITES = 0o600 << 16


def as_it_is(_name: str, part: bytes) -> bytes:
    """The part unchanged."""
    return part


def repacked(content: bytes, finish: Finish = as_it_is) -> bytes:
    """A zip package rewritten with fixed dates and a fixed order, every part deflated.

    Each part is what ``finish`` makes of it. The type list comes first, the rest by name; folder entries,
    comments and the date and system of writing are dropped. Raises ``zipfile.BadZipFile`` where ``content``
    is no zip file or names one part twice.
    """
    rewritten = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(rewritten, "w") as target:
        for name in _in_order(source.namelist()):
            target.writestr(_entry(name), finish(name, source.read(name)))
    return rewritten.getvalue()


def _in_order(names: list[str]) -> list[str]:
    """The parts' names, the type list first; a name that stands twice would make the reader's choice ours."""
    if len(set(names)) != len(names):
        message = "the package names one part twice"
        raise zipfile.BadZipFile(message)
    return sorted(
        (name for name in names if not name.endswith("/")), key=lambda name: (name != CONTENT_TYPES, name)
    )


def _entry(name: str) -> zipfile.ZipInfo:
    """A directory entry that does not tell when, by whom or on what system it was written."""
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _OWNER_READS_AND_WRITES
    return entry
