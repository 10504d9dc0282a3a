"""The list of contents in Word: a field that Word and WPS bring up to date, with what it says now.

Source: ECMA-376 part 1, 17.16.5.68 (TOC) and 17.16.5.44 (PAGEREF). Lines have the built-in styles for it.
"""

from collections.abc import Iterator, Sequence

from pipeline.model.document import Contents, Heading
from pipeline.render.word_styles import CONTENTS_TITLE, contents_line
from pipeline.render.word_text import paragraph, run

FIELD = ' TOC \\o "1-2" \\h \\z \\u '


def bookmark(block: int) -> str:
    """The name of the bookmark around the heading that is the document's block of this number."""
    return f"heading_{block}"


def contents_xml(contents: Contents, targets: Sequence[int], pages: Sequence[int]) -> str:
    """The list with its title. ``targets`` are the numbers of the blocks named, ``pages`` their pages."""
    title, *_ = contents.lines
    lines = "".join(_lines(contents.entries, targets, pages))
    return (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        f"</w:docPartObj></w:sdtPr><w:sdtContent>{paragraph(CONTENTS_TITLE, run(title))}{lines}"
        "</w:sdtContent></w:sdt>"
    )


def _lines(entries: Sequence[Heading], targets: Sequence[int], pages: Sequence[int]) -> Iterator[str]:
    last = len(entries) - 1
    for number, (entry, target, page) in enumerate(zip(entries, targets, pages, strict=True)):
        begin = _mark("begin") + _code(FIELD) + _mark("separate") if number == 0 else ""
        end = _mark("end") if number == last else ""
        yield paragraph(contents_line(entry.level), f"{begin}{_entry(entry, target, page)}{end}")


def _entry(entry: Heading, target: int, page: int) -> str:
    """The heading, a tab that the style fills with dots, and the page, all leading there."""
    name = bookmark(target)
    reference = f"{_code(f' PAGEREF {name} ')}{_mark('separate')}{run(str(page))}"
    return (
        f'<w:hyperlink w:anchor="{name}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>'
        f"{_mark('begin')}{reference}{_mark('end')}</w:hyperlink>"
    )


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _code(field: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{field}</w:instrText></w:r>'
