"""Office files as plain zip packages: the same parts give the same bytes, on any day and machine."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
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


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip package of parts by name: the type list first, the rest in the names' order, each deflated.

    Nothing tells when, by whom or on what system it was written.
    """
    return _packed(parts, parts.__getitem__)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a package of our own by name, without folder entries; errors as ``repacked``."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name) for name in _names(source)}


def repacked(content: bytes, finish: Finish = as_it_is) -> bytes:
    """A zip package ``packed`` anew, each part as ``finish`` makes it.

    Raises ``zipfile.BadZipFile`` where ``content`` is no zip file or names one part twice.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return _packed(_names(source), lambda name: finish(name, source.read(name)))


def _names(package: zipfile.ZipFile) -> list[str]:
    """The parts' names; one that stands twice would make the reader's choice ours."""
    names = package.namelist()
    if len(set(names)) != len(names):
        message = "the package names one part twice"
        raise zipfile.BadZipFile(message)
    return [name for name in names if not name.endswith("/")]


def _packed(names: Iterable[str], part: Callable[[str], bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as target:
        for name in sorted(names, key=lambda name: (name != CONTENT_TYPES, name)):
            target.writestr(_entry(name), part(name))
    return written.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    """A directory entry that does not tell when, by whom or on what system it was written."""
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = _UNIX
    entry.external_attr = _OWNER_READS_AND_WRITES
    return entry
