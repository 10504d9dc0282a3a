"""The words in the pictures that a web page carries inside itself, as SVG in an image's address."""

import binascii
import re
from base64 import b64decode
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from selectolax.lexbor import LexborHTMLParser, LexborNode

from pipeline.verify.space import without_space
from pipeline.verify.webtext import is_hidden, shown_text

INSIDE = re.compile(r"data:image/svg\+xml[^,]*?(;base64)?,(.*)", re.IGNORECASE | re.DOTALL)


def picture_words(body: LexborNode) -> Iterator[tuple[str, ...]]:
    """The words of each such picture in order, without white space; other pictures are left alone."""
    for _, found in _pictures(body):
        picture = LexborHTMLParser(_unpacked(found[2], base64=bool(found[1])))
        yield tuple(shown_text(word) for word in picture.css("svg text"))


def picture_descriptions(body: LexborNode) -> Iterator[str]:
    """What is said of each such picture in words, without white space; "" where nothing is."""
    for image, _ in _pictures(body):
        yield without_space(image.attributes.get("alt") or "")


def _pictures(body: LexborNode) -> Iterator[tuple[LexborNode, re.Match[str]]]:
    """Each picture that carries its file in its address and is shown, with what was found there."""
    for image in body.css("img"):
        found = INSIDE.match(image.attributes.get("src") or "")
        if found and not is_hidden(image):
            yield image, found


def _unpacked(address: str, *, base64: bool) -> str:
    """The picture's file; "" where it is damaged, which shows no word."""
    content = unquote_to_bytes(address)
    try:
        return (b64decode(content) if base64 else content).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
