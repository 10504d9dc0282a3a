"""The file made anew round a stream of records holds that stream and nothing else."""

import io

import pytest
import python_calamine

from kit.hostile import seed, xls_stream
from pipeline.workbooks.compound import _directory, _stream
from pipeline.workbooks.container import container


@pytest.mark.parametrize("length", [0, 1, 4095, 4096, 4097, 5_000_000])
def test_the_stream_comes_back_whole(length):
    stream = (b"0123456789abcdef" * (length // 16 + 1))[:length]
    file = container("Workbook", stream)
    assert _stream(file, *_directory(file)["Workbook"]).ljust(4096, b"\0")[:length] == stream
    assert set(_directory(file)) == {"", "Workbook"}


def test_the_reader_finds_the_same_sheets_in_it():
    whole = seed("libreoffice.xls")
    books = [
        python_calamine.load_workbook(io.BytesIO(content))
        for content in (whole, container("Workbook", xls_stream(whole)))
    ]
    sheets = [[book.get_sheet_by_name(name).to_python() for name in book.sheet_names] for book in books]
    assert sheets[0] == sheets[1]
    assert sheets[0][0]
