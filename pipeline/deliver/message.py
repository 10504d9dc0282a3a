"""A letter and its bytes: plain text and HTML, then the files; always the same bytes."""

import datetime
from base64 import encodebytes
from collections.abc import Iterable, Sequence
from email.utils import format_datetime
from hashlib import sha256

from msgspec import Struct

from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.headers import encoded, mailbox


class Mailbox(Struct, frozen=True):
    """A name, which may be empty, and an address as the server takes it."""

    name: str
    address: str


class Worded(Struct, frozen=True):
    """A letter's words: subject, and the body twice."""

    subject: str
    text: str
    html: str


class Letter(Struct, frozen=True):
    """One message to one address. ``occasion`` names the run it comes of: a digest, for the Message-ID.

    ``again`` tells letters with the same files apart that may each go: a reminder's day.
    """

    what: str
    sender: Mailbox
    to: Mailbox
    words: Worded
    enclosures: tuple[Enclosure, ...]
    occasion: str
    again: str = ""

    @property
    def key(self) -> str:
        """What may be delivered once: these files, by digest, to this address."""
        again = (self.again,) if self.again else ()
        return digest(self.to.address.casefold(), *sorted({file.sha256 for file in self.enclosures}), *again)

    @property
    def message_id(self) -> str:
        """Message-ID, stable for run, recipient and files: a mailbox that has it already can tell."""
        domain = self.sender.address.rpartition("@")[2]
        return f"<{digest(self.occasion, self.key)[:40]}@{domain}>"


def digest(*words: str) -> str:
    """A digest of words in order, in hex."""
    return sha256("\n".join(words).encode()).hexdigest()


def wire(letter: Letter, date: datetime.datetime, *further: str) -> tuple[bytes, ...]:
    """The message as it goes over the wire, in pieces: head and words, each file, the end.

    ASCII lines ended by CRLF, none of which begins with a full stop. ``date`` must know its zone. ``further``
    are header lines of ours.
    """
    boundary = f"=_{digest(letter.message_id)[:32]}"
    inner = f"=_{digest(boundary)[:32]}"
    head = (
        f"Date: {format_datetime(date)}",
        f"From: {mailbox(letter.sender.name, letter.sender.address, 'From')}",
        f"To: {mailbox(letter.to.name, letter.to.address, 'To')}",
        f"Subject: {encoded(letter.words.subject, 'Subject')}",
        f"Message-ID: {letter.message_id}",
        "MIME-Version: 1.0",
        *further,
        f'Content-Type: multipart/mixed; boundary="{boundary}"',
        "",
        f"--{boundary}",
        f'Content-Type: multipart/alternative; boundary="{inner}"',
        "",
        *_body(inner, "plain", letter.words.text),
        *_body(inner, "html", letter.words.html),
        f"--{inner}--",
        "",
    )
    opening = f"--{boundary}\r\n".encode("ascii")
    files = (piece for file in letter.enclosures for piece in (opening, file.part))
    return ("\r\n".join(head).encode("ascii"), *files, f"--{boundary}--\r\n".encode("ascii"))


def _body(boundary: str, subtype: str, text: str) -> Iterable[str]:
    canonical = "\r\n".join(text.splitlines()) + "\r\n"
    lines = encodebytes(canonical.encode()).decode("ascii").splitlines()
    return (
        f"--{boundary}",
        f"Content-Type: text/{subtype}; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        *lines,
    )


def size(pieces: Sequence[bytes]) -> int:
    """Bytes of a message, base64's growth included."""
    return sum(map(len, pieces))
