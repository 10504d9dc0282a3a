"""Text and elements as HTML: what stands in a document is never markup (HTML Standard, 13.1)."""

import re
from collections.abc import Mapping
from html import escape
from typing import TypeAlias

Attributes: TypeAlias = Mapping[str, str]

_NONCHARACTERS = "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
_NOT_HTML = re.compile(f"[\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NONCHARACTERS}]")
"""Control characters, halves of pairs and noncharacters: a page with one is no valid page."""


def text(raw: str) -> str:
    """The text as it stands in an element or in a quoted attribute.

    U+FFFD stands for what a page cannot hold, so that the loss is seen and not silent; a blank for the
    control characters that are white space.
    """
    return escape(_NOT_HTML.sub(lambda found: " " if found[0].isspace() else "\ufffd", raw))


def element(tag: str, content: str = "", attributes: Attributes | None = None) -> str:
    """An element around its content, which is HTML already; attribute values are plain text."""
    return f"{start(tag, attributes)}{content}</{tag}>"


def start(tag: str, attributes: Attributes | None = None) -> str:
    """A start tag: all there is of an element without content."""
    written = (f' {name}="{text(value)}"' for name, value in (attributes or {}).items())
    return f"<{tag}{''.join(written)}>"


def lined(*pieces: str) -> str:
    """Pieces of HTML on lines of their own, for who reads the source."""
    return "\n".join(("", *pieces, ""))
