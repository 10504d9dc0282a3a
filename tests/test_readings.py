"""A file that arrived is read into a record that says the same again, or it is told why it could not be."""

from pipeline.gather import load_inputs
from pipeline.packing import announced, unpacked
from pipeline.readings import read_file, read_files
from pipeline.workbooks.read import Reader
from pipeline.workspace import Workspace


def gathered(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates)


def test_each_file_gives_its_digest_and_a_record_of_what_was_read(office, templates):
    inputs = gathered(office, templates)
    files = inputs.submissions
    for file, read in zip(files, read_files(files, inputs.asked, 1), strict=True):
        assert read.lasting
        assert read.sha256 == file.sha256
        reading = unpacked(read.record, inputs.asked.order)
        assert (reading.submission.cover, reading.findings) == announced(read.record)


def test_a_file_the_system_does_not_give_is_told_and_not_kept_for_the_next_run(
    office, templates, monkeypatch
):
    def locked(file):
        raise PermissionError(13, "Permission denied")

    inputs = gathered(office, templates)
    monkeypatch.setattr("pipeline.arrived.ArrivedFile.read", locked)
    read = read_file(inputs.submissions[0], Reader(inputs.asked))
    assert not read.lasting
    cover, (told,) = announced(read.record)
    assert (cover, told.code, told.workbook) == (None, "workbook-unreadable", inputs.submissions[0].path)
