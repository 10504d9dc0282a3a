"""A zip package unpacked: every part once, within limits, each held against its checksum.

What the package says of sizes is not believed: no part is unpacked further than it claims to reach, and one
that goes on, or is packed in a way whose unpacking cannot be bounded, is refused.
"""

import io
import zipfile
import zlib

from pipeline.workbooks.refusal import RefusalError

MEBI = 1024 * 1024
MAX_PART = 16 * MEBI
MAX_UNPACKED = 64 * MEBI
MAX_PARTS = 2_000
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How every spreadsheet program packs; the other methods unpack gigabytes in one piece."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, KeyError)


def unpacked(content: bytes) -> dict[str, bytes]:
    """The parts by name, with ``/``; RefusalError for a broken, locked or oversized package.

    Names count without regard to case (ECMA-376 part 2, 6.2.2.3): two alike are a fault, since two programs
    might read either.
    """
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise RefusalError("workbook-unreadable", "文件不完整，多半没有传完") from error
    entries = package.infolist()
    _check_sizes(entries)
    if any(entry.flag_bits & 1 for entry in entries):
        raise RefusalError("workbook-password")
    if any(entry.compress_type not in METHODS for entry in entries):
        raise RefusalError("workbook-unreadable", "用了表格软件不用的压缩方法")
    parts = {entry.filename.replace("\\", "/"): _content(package, entry) for entry in entries}
    if len({name.lower() for name in parts}) < len(entries):
        raise RefusalError("workbook-damaged", "里面有同名的部件，分不清以哪个为准")
    return parts


def _content(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    try:
        with package.open(entry) as part:
            return part.read(entry.file_size + 1)
    except (*_BROKEN, RuntimeError) as error:
        raise RefusalError("workbook-damaged", "文件内部校验不符") from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    largest = max((entry.file_size for entry in entries), default=0)
    whole = sum(entry.file_size for entry in entries)
    if largest > MAX_PART:
        raise RefusalError(
            "workbook-too-large", f"的一个部件解开有 {largest // MEBI} MB", f"{MAX_PART // MEBI} MB"
        )
    if whole > MAX_UNPACKED:
        raise RefusalError("workbook-too-large", f"解开有 {whole // MEBI} MB", f"{MAX_UNPACKED // MEBI} MB")
    if len(entries) > MAX_PARTS:
        raise RefusalError("workbook-too-large", f"有 {len(entries)} 个部件", f"{MAX_PARTS} 个部件")
