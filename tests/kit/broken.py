"""Files as they should not be: each maker spoils a good file's bytes in one way and has the name of the spoiling."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from kit.compound import compound
from kit.packages import package, parts_of


def truncated(workbook: bytes) -> bytes:
    """A workbook whose sending broke off."""
    return workbook[: len(workbook) // 2]


def digit_altered(workbook: bytes) -> bytes:
    """A workbook one digit of which was altered after it was packed, so that its checksum is wrong."""
    return package(parts_of(workbook), zipfile.ZIP_STORED).replace(b"<v>1</v>", b"<v>7</v>", 1)


def web_page(_workbook: bytes) -> bytes:
    """A web page that a web site's export button called a workbook."""
    return "<html><table><tr><td>规章</td><td>1</td></tr></table></html>".encode()


def password_protected(workbook: bytes) -> bytes:
    """A workbook with a password to open: the package, encrypted, inside a compound file."""
    return compound(bytes(byte ^ 0xA5 for byte in workbook[:2048]), "EncryptedPackage")


def figure_linked(workbook: bytes) -> bytes:
    """A workbook one figure of which is a formula that takes it from another file."""
    name = "xl/worksheets/sheet2.xml"
    part = re.sub(
        rb"(<c [^>]*>)(<v>\d+</v>)", rb"\1<f>[1]Sheet1!$A$1</f>\2", parts_of(workbook)[name], count=1
    )
    return package({**parts_of(workbook), name: part})


def with_macros(workbook: bytes) -> bytes:
    """A workbook with macros."""
    return package({**parts_of(workbook), "xl/vbaProject.bin": b"Sub AutoOpen()"})


def word_file_with_table(text: bytes) -> bytes:
    """A narrative typed in Word, with a table pasted at its end."""
    return _word(text, lambda document: document.add_table(2, 2))


def word_file_with_revision(text: bytes) -> bytes:
    """A narrative typed in Word, with a word inserted under change tracking and not yet accepted."""

    def revise(document: Document) -> None:
        inserted = OxmlElement("w:ins", {qn("w:id"): "1", qn("w:author"): "复核人"})
        inserted.append(document.add_paragraph().add_run("以上情况属实。")._element)
        document.paragraphs[-1]._element.append(inserted)

    return _word(text, revise)


def word_file_with_hidden_text(text: bytes) -> bytes:
    """A narrative typed in Word, with a sentence set as hidden text at its end."""

    def hide(document: Document) -> None:
        document.add_paragraph().add_run("这一句不印。").font.hidden = True

    return _word(text, hide)


def figure_retyped(report: bytes) -> bytes:
    """A Word report in which someone retyped one figure of a table."""

    def retype(document: Document) -> None:
        document.tables[1].cell(3, 3).paragraphs[0].runs[0].text = "9999"

    return _changed(report, retype)


def passage_retyped(report: bytes) -> bytes:
    """A Word report in which someone retyped a passage."""

    def retype(document: Document) -> None:
        line = next(one for one in document.paragraphs if "还不够丰富" in one.text)
        line.runs[0].text = line.text.replace("还不够丰富", "已很丰富")

    return _changed(report, retype)


def table_deleted(report: bytes) -> bytes:
    """A Word report from which someone deleted a table."""

    def delete(document: Document) -> None:
        table = document.tables[2]._element
        table.getparent().remove(table)

    return _changed(report, delete)


def table_moved(report: bytes) -> bytes:
    """A Word report in which someone moved the last table to the end."""

    def move(document: Document) -> None:
        document.paragraphs[-1]._element.addnext(document.tables[2]._element)

    return _changed(report, move)


def picture_retyped(report: bytes) -> bytes:
    """A Word report in which someone changed the numbers of its first picture."""

    def retype(document: Document) -> None:
        part = document.part.related_parts[document.element.body.xpath(".//@r:id")[0]]
        part._blob = re.sub(rb'(</c:formatCode>.*?<c:pt idx="0"><c:v>)', rb"\g<1>9", part.blob)

    return _changed(report, retype)


def merges_lost(page: bytes) -> bytes:
    """A web report that an editor gave back without its rowspans."""
    return re.sub(rb' rowspan="\d+"', b"", page)


def figure_in_text_retyped(report: bytes) -> bytes:
    """A Word report in which someone retyped a figure in the text."""
    return _changed(report, lambda document: _replace(document, r"(申请)\d+件", r"\g<1>9999件"))


def figure_in_text_cut(report: bytes) -> bytes:
    """A Word report in which someone cut half a sentence with its figure."""
    return _changed(report, lambda document: _replace(document, r"，办理\d+件", ""))


def heading_as_text(report: bytes) -> bytes:
    """A Word report in which someone set a heading as body text."""

    def restyle(document: Document) -> None:
        _line(document, "（二）依申请公开").style = document.styles["Body Text"]

    return _changed(report, restyle)


def passage_moved(report: bytes) -> bytes:
    """A Word report in which someone moved the first passage under the headings after it."""

    def move(document: Document) -> None:
        _line(document, "（一）主动公开")._element.addnext(_line(document, "本报告根据")._element)

    return _changed(report, move)


def _line(document: Document, words: str) -> Paragraph:
    return next(one for one in document.paragraphs if words in one.text)


def _replace(document: Document, pattern: str, text: str) -> None:
    """Retype the first passage that has the pattern."""
    line = next(one for one in document.paragraphs if re.search(pattern, one.text))
    line.runs[0].text = re.sub(pattern, text, line.text)


def _word(text: bytes, change: Callable[[Document], object]) -> bytes:
    document = docx.Document()
    for line in text.decode("utf-8").splitlines():
        document.add_paragraph(line)
    change(document)
    return _saved(document)


def _changed(content: bytes, change: Callable[[Document], object]) -> bytes:
    document = docx.Document(io.BytesIO(content))
    change(document)
    return _saved(document)


def _saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


MAKERS: Mapping[str, Callable[[bytes], bytes]] = {
    maker.__name__: maker
    for maker in (
        truncated,
        digit_altered,
        web_page,
        password_protected,
        with_macros,
        figure_linked,
        word_file_with_table,
        word_file_with_revision,
        word_file_with_hidden_text,
        figure_retyped,
        picture_retyped,
        passage_retyped,
        table_deleted,
        table_moved,
        merges_lost,
        figure_in_text_retyped,
        figure_in_text_cut,
        heading_as_text,
        passage_moved,
    )
}
"""The makers by the name a case gives them."""
