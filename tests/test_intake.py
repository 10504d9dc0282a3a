"""Taking in what arrived: what an earlier run read is not read again, and the results are the same."""

import pytest

import pipeline.intake
import pipeline.readings
from kit.desk import make_report
from kit.office import AGENCIES, TODAY
from pipeline.fingerprint import program_digest
from pipeline.gather import load_inputs
from pipeline.run import examine, take_in
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES


@pytest.fixture
def gathered(office, templates):
    office.outputs.mkdir(parents=True)

    def anew():
        return load_inputs(Workspace.at(office.root, None), templates)

    return anew


@pytest.fixture
def read(monkeypatch, tmp_path):
    """The names of the files read since it was last asked, in order."""
    log = tmp_path / "read.log"
    real = pipeline.readings.read_file

    def watched(file, reader):
        with log.open("a", encoding="utf-8") as lines:
            lines.write(file.path.rpartition("/")[2] + "\n")
        return real(file, reader)

    def since():
        names = log.read_text("utf-8").splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return names

    monkeypatch.setattr(pipeline.readings, "read_file", watched)
    return since


def taken_in(gathered):
    """The reception, and what it says."""
    reception = take_in(gathered())
    return reception, (reception.receipts, reception.findings, list(reception.counted.items()))


def test_a_second_run_reads_nothing_and_finds_the_same(gathered, office, read):
    office.submit(BUREAU, {"requests.received.business": "约3"})
    (office.submissions / "不是表.xlsx").write_bytes(b"PK nothing")
    _, first = taken_in(gathered)
    assert len(read()) == 4
    assert taken_in(gathered)[1] == first
    assert read() == []


def test_what_roster_and_covers_say_alike_is_in_memory_once(gathered):
    for _ in ("read", "kept"):
        inputs = gathered()
        arrivals = take_in(inputs).arrivals
        for agency in inputs.roster.agencies:
            assert arrivals[agency.code].cover.agency is agency.name
        assert len({id(one.cover.edition) for one in arrivals.values()}) == 1


def test_of_many_workbooks_the_one_sent_anew_is_read(gathered, office, read):
    _, (*_, before) = taken_in(gathered)
    read()
    office.submit(BUREAU, {"requests.received.business": 999})
    _, (*_, after) = taken_in(gathered)
    assert read() == [f"{BUREAU.name}.xlsx"]
    assert {code for code, _ in before} == {code for code, _ in after}
    assert [one.values() for _, one in before] != [one.values() for _, one in after]


def test_a_renamed_workbook_is_read_anew_and_named_as_it_is_now(gathered, office, read):
    taken_in(gathered)
    read()
    (office.submissions / f"{BUREAU.name}.xlsx").rename(office.submissions / "改名.xlsx")
    reception, _ = taken_in(gathered)
    assert read() == ["改名.xlsx"]
    assert reception.counted[BUREAU.code].workbook.endswith("/改名.xlsx")


def test_another_program_or_another_wording_reads_all_anew(gathered, office, read, monkeypatch):
    taken_in(gathered)
    monkeypatch.setattr("pipeline.intake.program_digest", lambda: "another")
    taken_in(gathered)
    assert len(read()) == 6
    office.write(
        "report.toml", (office.inputs / "report.toml").read_text() + '[rules]\n"cell-blank" = "notice"\n'
    )
    taken_in(gathered)
    assert len(read()) == 3


def test_a_computer_whose_python_was_replaced_reads_all_anew(gathered, read, monkeypatch):
    taken_in(gathered)
    read()
    monkeypatch.setattr("sys.version", "3.99 of another day")
    program_digest.cache_clear()  # which is another process
    taken_in(gathered)
    program_digest.cache_clear()
    assert len(read()) == 3


def test_a_file_the_system_does_not_give_is_asked_for_again(gathered, office, read, monkeypatch):
    real = type(gathered().submissions[0]).read

    def locked(file):
        if BUREAU.name in file.path:
            raise PermissionError(13, "locked")
        return real(file)

    with monkeypatch.context() as patched:
        patched.setattr("pipeline.arrived.ArrivedFile.read", locked)
        reception, _ = taken_in(gathered)
        assert BUREAU.code not in reception.counted
        assert "workbook-unreadable" in {one.code for one in reception.findings}
    assert BUREAU.code in taken_in(gathered)[0].counted


def test_a_bug_over_one_workbook_says_which_to_take_away(gathered, monkeypatch):
    real = pipeline.readings.read_file

    def stumble(file, reader):
        if BUREAU.name in file.path:
            raise KeyError("nobody thought of this")
        return real(file, reader)

    monkeypatch.setattr(pipeline.readings, "read_file", stumble)
    with pytest.raises(
        RuntimeError, match=f"(?s)nobody thought.*{BUREAU.name}.xlsx 时出错.*移出 submissions"
    ):
        take_in(gathered())


def test_a_file_that_was_empty_and_is_locked_now_is_not_said_to_be_empty(gathered, office, monkeypatch):
    """Still on its way when it was looked at first, and open in a spreadsheet program the next time."""
    (office.submissions / f"{BUREAU.name}.xlsx").write_bytes(b"")
    taken_in(gathered)
    office.submit(BUREAU)
    real = type(gathered().submissions[0]).read

    def locked(file):
        if BUREAU.name in file.path:
            raise PermissionError(13, "locked")
        return real(file)

    monkeypatch.setattr("pipeline.arrived.ArrivedFile.read", locked)
    told = [one.code for one in taken_in(gathered)[0].findings if one.agency == BUREAU.name]
    assert "workbook-unreadable" in told
    assert "not-a-workbook" not in told


def test_a_store_of_rubbish_changes_nothing(gathered, read):
    _, first = taken_in(gathered)
    gathered().workspace.readings_file.write_bytes(b"rubbish" * 1000)
    assert taken_in(gathered)[1] == first
    assert len(read()) == 6
    assert taken_in(gathered)[1] == first
    assert read() == []


def test_a_sealed_record_that_says_no_figures_is_read_anew(gathered, read):
    """Whoever writes the store can seal anything; what is no reading is still refused."""
    _, first = taken_in(gathered)
    inputs = gathered()
    store = pipeline.intake.Store(inputs.workspace.readings_file, pipeline.intake.conditions(inputs.asked))
    store.keep(
        [
            pipeline.intake.Kept(file.path, file.sha256, b'{"cover":null,"findings":[["x"]]}\n{}')
            for file in inputs.submissions
        ]
    )
    assert taken_in(gathered)[1] == first
    assert len(read()) == 6


def test_findings_are_the_same_with_and_without_what_was_kept(gathered, office):
    office.submit(DISTRICT, {"disputes.reconsideration.total": 10**6, "requests.received.business": "三"})
    fresh, again = (examine(gathered(), TODAY) for _ in range(2))
    assert again.findings == fresh.findings
    assert again.rules == fresh.rules
    assert again.consolidation == fresh.consolidation


def test_a_year_that_never_ran_is_not_written_to(office, templates):
    take_in(load_inputs(Workspace.at(office.root, None), templates))
    assert not office.outputs.parent.exists()


def test_a_build_over_what_was_kept_writes_the_same_bytes(office):
    make_report("build", "-w", office.root, "-q")
    first = {path: path.read_bytes() for path in office.outputs.rglob("*") if path.is_file()}
    assert office.outputs.with_name(f".{office.year}.readings").is_file()
    make_report("build", "-w", office.root, "-q")
    again = {path: path.read_bytes() for path in office.outputs.rglob("*") if path.is_file()}
    assert {path.name for path in first if first[path] != again[path]} <= {"run.json"}
