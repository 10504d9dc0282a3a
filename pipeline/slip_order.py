"""A slip to be made, and what is made of it: its maker is loaded only where there is one to make."""

from msgspec import Struct
from msgspec.structs import replace

from pipeline.arrived import AnyFile
from pipeline.model.finding import Finding
from pipeline.model.rendition import Written
from pipeline.model.slip import Slip, SlipLine

KIND = "slip"


class Book(Struct, frozen=True):
    """A workbook to be marked: the file, the digest of what was read from it, a line for each finding in it,
    the copy's path.
    """

    file: AnyFile
    sha256: str
    lines: tuple[SlipLine, ...]
    name: str


class Order(Struct, frozen=True):
    """One agency's slip to be made: its code, its files' path without ending, the workbooks to mark."""

    code: str
    slip: Slip
    stem: str
    books: tuple[Book, ...]

    def carried(self) -> "Order":
        """The same order with the workbooks' bytes, for who cannot reach the files."""
        return replace(self, books=tuple(replace(one, file=one.file.carried()) for one in self.books))


class Returned(Struct, frozen=True):
    """What goes back to one agency, and what of it reads back otherwise than it should."""

    files: tuple[Written, ...]
    findings: tuple[Finding, ...]
