"""Text of others in a letter's head: nothing in it can end a line, so nothing can add a line (RFC 2047)."""

import unicodedata
from email import charset
from email.header import Header

WIDTH = 76
"""Characters of a line that holds encoded words (RFC 2047, 2)."""

UTF8 = charset.Charset("utf-8")
UTF8.header_encoding = charset.BASE64


def one_line(text: str) -> str:
    """The text without what cannot be seen: line ends, controls, marks that turn the line round."""
    seen = (mark if _is_seen(mark) else " " if mark.isspace() else "" for mark in text)
    return " ".join("".join(seen).split())


def _is_seen(mark: str) -> bool:
    return unicodedata.category(mark)[0] not in "CZ" or mark in (" ", "\u3000")


def encoded(text: str, name: str) -> str:
    """The text as encoded words, base64 throughout and folded, behind a header or parameter of this name.

    Whatever the text holds, the result is printable ASCII whose lines each begin with a blank but the first.
    """
    header = Header(one_line(text), UTF8, maxlinelen=WIDTH, header_name=name)
    return header.encode(linesep="\r\n")


def mailbox(name: str, address: str, header: str) -> str:
    """``name <address>`` for To and From, on a line of its own where the name is long."""
    if not one_line(name):
        return address
    words = encoded(name, header)
    last = words.rpartition("\r\n")[2]
    room = WIDTH - len(last) - (0 if "\r\n" in words else len(header) + 2)
    fold = " " if len(address) + 3 <= room else "\r\n "
    return f"{words}{fold}<{address}>"
