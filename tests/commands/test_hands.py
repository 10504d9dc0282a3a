"""--jobs and --cluster: who does the work; the outputs are the same bytes."""

import shutil
import socket

import pytest

from kit.desk import make_report
from kit.office import AGENCIES
from pipeline.execution import cluster

pytestmark = pytest.mark.usefixtures("processes")


def outputs(office):
    """Every file of the outputs, but for the times."""
    return {
        path.relative_to(office.outputs).as_posix(): path.read_bytes()
        for path in office.outputs.rglob("*")
        if path.is_file() and path.name != "run.json"
    }


def test_a_cluster_and_processes_make_the_same_files_to_the_byte(office, lan):
    made = {}
    for how in (("--jobs", "1"), ("--jobs", "2"), ("--cluster", lan)):
        shutil.rmtree(office.outputs, ignore_errors=True)
        for command in ("build", "agencies"):
            said = make_report(command, *how, "-w", office.root)
            assert (said.code, said.err) == (0, "")
        made[how] = outputs(office)
    one, *others = made.values()
    assert sum(name.endswith(".pdf") for name in one) == 4
    assert all(other == one for other in others)


def test_slips_made_by_others_are_of_workbooks_that_lie_on_this_computer_alone(office, lan, monkeypatch):
    """Another computer does not know the folder; workers that were started elsewhere do not know this ".\"."""
    for agency in AGENCIES[1:]:
        office.submit(agency, {"requests.received.total": 99})
    monkeypatch.chdir(office.root)
    made = []
    for how in (("--jobs", "1"), ("--jobs", "2"), ("--cluster", lan)):
        shutil.rmtree(office.outputs, ignore_errors=True)
        said = make_report("check", *how)
        assert (said.code, said.err) == (1, "")
        made.append(outputs(office))
    assert sum(name.endswith("（标注）.xlsx") for name in made[0]) == 2
    assert all(one == made[0] for one in made)


@pytest.mark.parametrize(
    "address", ["8786", "http://10.0.0.5:8786", "tcp://10.0.0.5", "tcp://a b:1", "tcp://x:1 --y"]
)
def test_an_address_that_is_none_is_refused(office, address):
    said = make_report("check", "--cluster", address, "-w", office.root)
    assert said.code == 2
    assert "tcp://" in said.err


def test_processes_and_a_cluster_cannot_both_be_asked_for(office):
    said = make_report("check", "--jobs", "2", "--cluster", "tcp://127.0.0.1:1", "-w", office.root)
    assert said.code == 2
    assert "只能写一个" in said.err


@pytest.mark.parametrize("command", ["build", "check", "agencies", "batch"])
def test_a_cluster_that_does_not_answer_is_told_and_nothing_is_written(office, command, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        said = make_report(command, "--cluster", address, "-w", office.root)
    assert said.code == 10
    assert f"集群 {address} 没有应答" in said.err
    assert [path for path in office.outputs.rglob("*") if path.suffix in {".docx", ".pdf", ".html"}] == []


def test_the_office_s_own_fonts_do_not_travel(office, lan, monkeypatch, tmp_path):
    from pipeline.model.typeface import FaceFile, RoleChoice, Typefaces

    face = tmp_path / "simsun.ttc"
    face.write_bytes(b"a face")
    own = Typefaces((RoleChoice("song", FaceFile("宋体", face)),))
    monkeypatch.setattr("pipeline.agencies.typefaces", lambda _: own)
    said = make_report("agencies", "--cluster", lan, "-w", office.root)
    assert said.code == 3
    assert 'fonts = "bundled"' in said.err
