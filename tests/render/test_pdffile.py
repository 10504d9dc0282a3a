"""A file written object by object is what any reader finds in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import page
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.render.pdffile import PdfFile, name, string


def written(file: PdfFile) -> bytes:
    """The file with one blank page besides what it holds."""
    blank = file.add_deflated(b"")
    tree = file.next + 1
    shown = file.add(f"<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents {blank} 0 R>>")
    file.add(f"<</Type/Pages/Count 1/Kids[{shown} 0 R]>>")
    catalogue = file.add(f"<</Type/Catalog/Pages {tree} 0 R>>")
    return file.written(catalogue, file.add("<</Title(A)>>"))


@contextmanager
def opened(file: PdfFile) -> Iterator[pikepdf.Pdf]:
    """What a reader finds, without a complaint."""
    with pikepdf.open(BytesIO(written(file))) as pdf:
        assert pdf.check_pdf_syntax() == []
        assert pdf.get_warnings() == []
        yield pdf


def test_every_object_is_found_under_its_number() -> None:
    file = PdfFile()
    first = file.add("[1 2]", "(text)")
    stream = file.add_stream(b"as it is", "/A 1")
    deflated = file.add_deflated(b"short" * 99)
    late = file.add("")
    file.put(late, f"[{stream} 0 R]")
    with opened(file) as pdf:
        assert [int(one) for one in pdf.get_object((first, 0))] == [1, 2]
        assert str(pdf.get_object((first + 1, 0))) == "text"
        assert pdf.get_object((stream, 0)).read_raw_bytes() == b"as it is"
        assert pdf.get_object((stream, 0)).A == 1
        assert pdf.get_object((deflated, 0)).read_bytes() == b"short" * 99
        assert len(pdf.get_object((deflated, 0)).read_raw_bytes()) < 99
        assert pdf.get_object((late, 0))[0].objgen == (stream, 0)
        assert pdf.docinfo["/Title"] == "A"
        assert pdf.pdf_version == "1.7"


def test_another_reader_finds_the_page() -> None:
    with pypdfium2.PdfDocument(written(PdfFile())) as pdf:
        assert [one.get_size() for one in pdf] == [(9, 9)]


def test_many_objects_and_large_ones_are_found() -> None:
    file = PdfFile()
    numbers = [file.add(f"({number})") for number in range(70_000)]
    large = file.add_stream(bytes(2**24))
    with opened(file) as pdf:
        assert [str(pdf.get_object((number, 0))) for number in numbers[::999]] == [
            str(number) for number in range(0, 70_000, 999)
        ]
        assert len(pdf.get_object((large, 0)).read_raw_bytes()) == 2**24


@pytest.mark.parametrize("content", [b"", b"a", b"a\r", b"a\n", b"a\r\n", b"\r\r"])
def test_a_stream_keeps_its_length_whatever_its_last_byte(content: bytes) -> None:
    file = PdfFile()
    number = file.add_stream(content)
    with opened(file) as pdf:
        assert pdf.get_object((number, 0)).read_raw_bytes() == content
    rules = {failure.rule_id for failure in page.validate_pdf_bytes(written(file), profile="2a").failures}
    assert rules
    assert not any("LENGTH" in rule for rule in rules)


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1))
def test_any_text_comes_back_as_it_went_in(texts: list[str]) -> None:
    file = PdfFile()
    number = file.add(f"[{' '.join(map(string, texts))}]")
    with opened(file) as pdf:
        assert [str(one) for one in pdf.get_object((number, 0))] == texts


def test_a_name_says_what_it_is_given() -> None:
    file = PdfFile()
    number = file.add(f"[{name('text/csv')}{name('A b(c)#1')}]")
    with opened(file) as pdf:
        assert [str(one) for one in pdf.get_object((number, 0))] == ["/text/csv", "/A b(c)#1"]


def test_files_are_told_apart_by_their_identity_and_alike_ones_are_alike() -> None:
    one, other = PdfFile(), PdfFile()
    one.add("1")
    other.add("2")
    again = PdfFile()
    again.add("1")
    assert written(one) == written(again)
    with opened(one) as first, opened(other) as second:
        assert first.trailer.ID[0] == first.trailer.ID[1]
        assert bytes(first.trailer.ID[0]) != bytes(second.trailer.ID[0])
