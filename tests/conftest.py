"""Fixtures every test may use."""

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import page
import pytest
from hypothesis import settings
from msgspec.structs import replace

from kit.desk import make_report
from kit.office import Office, open_office
from kit.post import EVERYONE, set_addresses, set_up_mail
from pipeline import execution
from pipeline.execution import pool
from pipeline.forms.catalogue import load_catalogue, load_indicators
from pipeline.forms.editions import load_forms
from pipeline.model.document import Attachment
from pipeline.model.finding import Catalogue
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.render import archival, pdf
from pipeline.render.drawing import Drawing
from pipeline.render.metadata import Properties
from pipeline.render.structure import Element

if TYPE_CHECKING:
    from kit.plug import Socket

ROOT = Path(__file__).parent.parent

NEEDED = {"office": "soffice", "browser": "chromedriver"}
"""The program that tests with a mark need."""

settings.register_profile("gate", max_examples=40, deadline=None)
settings.register_profile("proof", max_examples=1000, deadline=None)
settings.load_profile("proof" if os.environ.get("MAKE_REPORT_PROOF") == "full" else "gate")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked office or browser need a program: in CI they must run, elsewhere they are skipped without it."""
    for mark, program in NEEDED.items():
        if shutil.which(program) or os.environ.get("CI"):
            continue
        for item in items:
            if mark in item.keywords:
                item.add_marker(pytest.mark.skip(reason=f"{program} is not installed"))


@pytest.fixture(scope="session", autouse=True)
def every_pdf_is_fit_for_archive_and_reader() -> Iterator[None]:
    """Whatever a test prints in this process is PDF/A level A and PDF/UA-1, or the test fails.

    Not in a worker forked from it: the validator's threads are not copied, and it would wait for them for ever.
    """
    here = os.getpid()

    def finished(
        drawing: Drawing, root: Element, properties: Properties, files: Sequence[Attachment] = ()
    ) -> bytes:
        content = archival.finished(drawing, root, properties, files)
        for profile in (f"{properties.part}a", "ua1") if os.getpid() == here else ():
            result = page.validate_pdf_bytes(content, profile=profile)
            assert [(failure.rule_id, failure.message) for failure in result.failures] == []
        return content

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "finished", finished)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_process() -> Iterator[None]:
    """What the program does in a test's own process it does there alone, unless told of more than one.

    A worker copied from a process full of tests takes longer to start than a small office's workbooks to be read.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(execution, "cores", lambda: 1)
        patch.setattr(
            execution, "enough", lambda work, items, jobs: pool.enough(work, items, jobs) if jobs > 1 else 0
        )
        yield


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on an office's computer: one for each core, and one for others' files alone (``pool.enough``)."""
    monkeypatch.setattr(execution, "cores", pool.cores)
    monkeypatch.setattr(execution, "enough", pool.enough)


@pytest.fixture(scope="session")
def templates() -> Path:
    """The folder of templates."""
    return ROOT / "templates"


@pytest.fixture(scope="session")
def forms(templates: Path) -> dict[str, StatutoryForm]:
    """Both editions, by name."""
    return {form.edition: form for form in load_forms(templates / "forms")}


@pytest.fixture(params=["2019", "2021"])
def form(request: pytest.FixtureRequest, forms: dict[str, StatutoryForm]) -> StatutoryForm:
    """Each edition in turn."""
    return forms[request.param]


@pytest.fixture(scope="session")
def catalogue(templates: Path) -> Catalogue:
    """The finding catalogue."""
    return load_catalogue(templates / "findings.toml")


@pytest.fixture(scope="session")
def indicators(templates: Path) -> tuple[Indicator, ...]:
    """The supplementary indicators."""
    return load_indicators(templates / "indicators.toml")


@pytest.fixture(scope="session")
def opened_once(
    tmp_path_factory: pytest.TempPathFactory,
    forms: dict[str, StatutoryForm],
    indicators: tuple[Indicator, ...],
) -> dict[str, Office]:
    """A small office under each edition; ``office`` and ``office_2021`` are copies to spoil."""
    return {
        edition: open_office(tmp_path_factory.mktemp(edition), form, indicators)
        for edition, form in forms.items()
    }


@pytest.fixture
def office(opened_once: dict[str, Office], tmp_path: Path) -> Office:
    """A small office of three agencies under the 2019 edition, all in order."""
    return _copied(opened_once["2019"], tmp_path)


def _copied(office: Office, root: Path) -> Office:
    shutil.copytree(office.root, root, dirs_exist_ok=True)
    return replace(office, root=root)


@pytest.fixture(scope="session")
def built_once(
    tmp_path_factory: pytest.TempPathFactory,
    forms: dict[str, StatutoryForm],
    indicators: tuple[Indicator, ...],
) -> Office:
    """A small office that has addresses and a final report; ``built_office`` is a copy to spoil."""
    built = open_office(tmp_path_factory.mktemp("built"), forms["2019"], indicators)
    set_up_mail(built, to=EVERYONE)
    set_addresses(built)
    assert make_report("-q", "-w", built.root).code == 0
    return built


@pytest.fixture
def built_office(built_once: Office, tmp_path: Path) -> Office:
    """A small office whose final report is to go to its three agencies."""
    return _copied(built_once, tmp_path / "built")


@pytest.fixture
def office_2021(opened_once: dict[str, Office], tmp_path: Path) -> Office:
    """The same under the 2021 edition."""
    return _copied(opened_once["2021"], tmp_path)


@pytest.fixture(scope="module")
def socket() -> Iterator["Socket"]:
    """What the program is plugged into, where it can be pulled out (POSIX)."""
    from kit.plug import Socket

    plugged = Socket()
    yield plugged
    plugged.close()


@pytest.fixture(scope="session")
def lan() -> Iterator[str]:
    """The address of a Dask cluster of two worker processes on this machine, the same for all tests."""
    from kit import lan

    with lan.started(2) as cluster:
        yield cluster.address
