"""A narrative.docx written over: words, paragraphs left out, put in or exchanged."""

import io
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from typing import Any

import docx
from docx.text.paragraph import Paragraph

Paragraphs = Sequence[Paragraph]


def rewritten(content: bytes, changes: Mapping[str, str]) -> bytes:
    """Words typed over that stand in the text once."""

    def rewrite(paragraphs: Paragraphs) -> None:
        for old, new in changes.items():
            (paragraph,) = (one for one in paragraphs if old in one.text)
            assert paragraph.text.count(old) == 1, old
            paragraph.text = paragraph.text.replace(old, new)

    return _changed(content, rewrite)


def without(content: bytes, beginnings: Sequence[str]) -> bytes:
    """The text without the paragraphs that begin so."""

    def drop(paragraphs: Paragraphs) -> None:
        for words in beginnings:
            element = _beginning(paragraphs, words)._p
            element.getparent().remove(element)

    return _changed(content, drop)


def with_passages(content: bytes, passages: Mapping[str, str]) -> bytes:
    """A paragraph put behind each one that begins so."""

    def add(paragraphs: Paragraphs) -> None:
        for words, text in passages.items():
            before = _beginning(paragraphs, words)
            element = deepcopy(before._p)
            before._p.addnext(element)
            Paragraph(element, before._parent).text = text

    return _changed(content, add)


def exchanged(content: bytes, beginnings: Sequence[str]) -> bytes:
    """Two paragraphs' words in each other's place."""

    def exchange(paragraphs: Paragraphs) -> None:
        one, other = (_beginning(paragraphs, words) for words in beginnings)
        one.text, other.text = other.text, one.text

    return _changed(content, exchange)


def _beginning(paragraphs: Paragraphs, words: str) -> Paragraph:
    (paragraph,) = (one for one in paragraphs if one.text.startswith(words))
    return paragraph


def _changed(content: bytes, change: Callable[[Paragraphs], Any]) -> bytes:
    text = docx.Document(io.BytesIO(content))
    change(text.paragraphs)
    written = io.BytesIO()
    text.save(written)
    return written.getvalue()
