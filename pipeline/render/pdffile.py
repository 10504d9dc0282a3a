"""A PDF file put together from its objects' bodies (ISO 32000-1, 7.5).

What is no stream stands in one object stream (7.5.7), and a cross-reference stream says where (7.5.8).
Nothing is parsed or resolved on the way: a report has some 400 objects, and libraries that do so take as long
for them as all its pages take to draw.
"""

import hashlib
import re
import struct
import zlib
from collections.abc import Sequence
from itertools import accumulate

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The version, and what tells a program that moves files that this one is no text (7.5.2)."""
ID_DIGITS = 32
"""A file's identity is 16 bytes long (14.4)."""
LEVEL = 4
"""Of deflate: in two thirds of the usual level's time, and a report is 0.4 % longer."""
ENTRY = struct.Struct(">BII")
FREE, PLAIN, PACKED = 0, 1, 2
"""An entry of a cross-reference stream, and its kinds (tables 17 and 18)."""

_LITERAL = re.compile(r"[ !#-'*-\[\]-~]*")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9+.-]")


class PdfFile:
    """Objects by number, from 1 on; a body is ASCII text."""

    def __init__(self) -> None:
        self._bodies: list[str] = []
        self._streams: dict[int, bytes] = {}

    @property
    def next(self) -> int:
        """The number the next object will have."""
        return len(self._bodies) + 1

    def add(self, *bodies: str) -> int:
        """Add objects that are no streams; the number of the first."""
        number = self.next
        self._bodies += bodies
        return number

    def put(self, number: int, body: str) -> None:
        """Give an object its body that was added without one, to be named by others before."""
        self._bodies[number - 1] = body

    def add_stream(self, content: bytes, entries: str = "") -> int:
        """Add a stream of this content, as it is; its dictionary has these entries and its length."""
        number = self.add("")
        self._streams[number] = _stream(number, content, entries)
        return number

    def add_deflated(self, content: bytes, entries: str = "") -> int:
        """Add a stream of this content, deflated."""
        return self.add_stream(*_deflated(content, entries))

    def written(self, catalogue: int, properties: int) -> bytes:
        """The whole file, given the numbers of its catalogue and its properties (Info).

        The same objects give the same bytes, its identity (/ID) too.
        """
        packed = [number for number in range(1, self.next) if number not in self._streams]
        container, last = self.next, self.next + 1
        content = _deflated(*_packed(packed, [self._bodies[number - 1] for number in packed]))
        parts = [HEADER, *self._streams.values(), _stream(container, *content)]
        places = list(accumulate(map(len, parts)))
        entries = [ENTRY.pack(FREE, 0, 0xFFFF)] * (last + 1)
        for index, number in enumerate(packed):
            entries[number] = ENTRY.pack(PACKED, container, index)
        for number, place in zip((*self._streams, container, last), places, strict=True):
            entries[number] = ENTRY.pack(PLAIN, place, 0)
        identity = _identity(parts)
        named = (
            f"/Type/XRef/W[1 4 4]/Size {last + 1}/Root {catalogue} 0 R/Info {properties} 0 R"
            f"/ID[<{identity}><{identity}>]"
        )
        end = b"startxref\n%d\n%%%%EOF\n" % places[-1]
        return b"".join((*parts, _stream(last, *_deflated(b"".join(entries), named)), end))


def string(text: str) -> str:
    """A text string: in brackets where it is plain ASCII, else in UTF-16 (7.9.2.2)."""
    return f"({text})" if _LITERAL.fullmatch(text) else f"<FEFF{text.encode('utf-16-be').hex()}>"


def name(text: str) -> str:
    """A name of ASCII characters (7.3.5)."""
    return "/" + _NOT_PLAIN.sub(lambda found: f"#{ord(found[0]):02X}", text)


def _stream(number: int, content: bytes, entries: str) -> bytes:
    """The stream as it stands in the file.

    Where its last byte is a carriage return, a line feed behind it would make one line end of the two, and a
    checker would find the stream a byte too short; another carriage return is a line end by itself.
    """
    head = f"{number} 0 obj\n<<{entries}/Length {len(content)}>>\nstream\n".encode("ascii")
    end = b"\r" if content.endswith(b"\r") else b"\n"
    return b"".join((head, content, end, b"endstream\nendobj\n"))


def _deflated(content: bytes, entries: str) -> tuple[bytes, str]:
    return zlib.compress(content, LEVEL), f"{entries}/Filter/FlateDecode"


def _packed(numbers: Sequence[int], bodies: Sequence[str]) -> tuple[bytes, str]:
    """An object stream's content, in front each object's number and place, and its dictionary's entries."""
    places = accumulate((len(body) + 1 for body in bodies), initial=0)
    head = " ".join([f"{number} {place}" for number, place in zip(numbers, places, strict=False)])
    content = "\n".join((head, *bodies)).encode("ascii")
    return content, f"/Type/ObjStm/N {len(numbers)}/First {len(head) + 1}"


def _identity(parts: Sequence[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.hexdigest()[:ID_DIGITS]
