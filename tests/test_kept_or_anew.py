"""What is kept between runs, readings, opinions, reports and parts, makes no difference: every run is as one from nothing.

An office changes one thing after the other, some of them behind the program's back; after each, what lies in its
outputs must be what a run writes that has nothing kept and no outputs.
"""

import hashlib
import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from random import Random
from zipfile import ZIP_STORED

import pytest
from msgspec import Struct
from msgspec.structs import replace

from kit.last_year import last_year
from kit.office import AGENCIES, TEXTS, TODAY, Office, open_office
from kit.packages import package, parts_of
from pipeline.agencies import made, planned
from pipeline.build import build, check
from pipeline.errors import OperatorError
from pipeline.execution import over_all
from pipeline.gather import load_inputs
from pipeline.model.division import SIZES, Sizes
from pipeline.model.roster import Agency
from pipeline.release import release
from pipeline.run import examine
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workspace import Workspace

FULL = os.environ.get("MAKE_REPORT_PROOF") == "full"
OFFICE, BUREAU, DISTRICT = AGENCIES


class Desk(Struct):
    """An office, its own templates, and its roster, as they are after all that was changed."""

    office: Office
    templates: Path
    roster: list[Agency]
    elsewhere: Path
    """Another office's outputs, of the same agencies and files with other figures, run before."""
    sizes: Sizes = SIZES

    def list_roster(self, *agencies: Agency) -> None:
        self.roster = list(agencies)
        (self.office.inputs / "roster.xlsx").write_bytes(roster_workbook(self.roster, TODAY))

    def add_settings(self, lines: str) -> None:
        """Lines in front of report.toml, in place of those of an earlier change."""
        settings = self.office.inputs / "report.toml"
        own = settings.read_text(encoding="utf-8").rpartition("# own\n")[2]
        settings.write_text(f"{lines}\n# own\n{own}", encoding="utf-8")

    def edit_template(self, name: str, old: str, new: str) -> None:
        path = self.templates / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    @property
    def stores(self) -> list[Path]:
        """What is kept between runs: readings, opinions, and what parts were made from."""
        return sorted(self.office.outputs.parent.glob(f".{self.office.year}.*[!k]"))

    @property
    def parts(self) -> list[Path]:
        """The parts of ledger and review."""
        inside = ("汇总底稿", "核对报告")
        return sorted(path for name in inside for path in (self.office.outputs / name).glob("*"))

    def report(self, agency: Agency, ending: str = ".docx") -> Path:
        return (
            self.office.outputs
            / f"分单位报告/{agency.name}{self.office.year}年政府信息公开工作年度报告{ending}"
        )


def lying(desk: Desk, agency: Agency) -> Path:
    """An agency's workbook; one that an earlier change took away or emptied is sent again."""
    path = desk.office.submissions / f"{agency.name}.xlsx"
    if not path.is_file() or not path.stat().st_size:
        desk.office.submit(agency)
    return path


def another_figure(desk: Desk, chance: Random) -> None:
    address = chance.choice(
        ["requests.received.business", "proactive.normative.made", "indicators.disclosed_items"]
    )
    desk.office.submit(chance.choice(AGENCIES), {address: chance.randint(0, 999)})


def the_same_size_and_time(desk: Desk, chance: Random) -> None:
    """A figure altered so that neither the file's length nor its time tells."""
    path = lying(desk, BUREAU)
    plain = package(parts_of(path.read_bytes()), ZIP_STORED)
    path.write_bytes(plain)
    run(desk)
    before = path.stat()
    parts = parts_of(plain)
    name = chance.choice([name for name in parts if "worksheets/sheet" in name and b"<v>1" in parts[name]])
    parts[name] = parts[name].replace(b"<v>1", b"<v>2", 1)
    path.write_bytes(package(parts, ZIP_STORED))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def two_send_the_same(desk: Desk, _chance: Random) -> None:
    content = lying(desk, OFFICE).read_bytes()
    (desk.office.submissions / f"{BUREAU.name}.xlsx").write_bytes(content)


def two_exchanged(desk: Desk, _chance: Random) -> None:
    """The files of two agencies under each other's name."""
    one, other = (lying(desk, agency) for agency in (OFFICE, BUREAU))
    contents = one.read_bytes(), other.read_bytes()
    other.write_bytes(contents[0])
    one.write_bytes(contents[1])


def renamed(desk: Desk, chance: Random) -> None:
    path = chance.choice(sorted(desk.office.submissions.rglob("*.xlsx")))
    path.rename(path.with_name(f"{chance.randint(0, 99)}{path.name}"))


def sent_twice(desk: Desk, chance: Random) -> None:
    desk.office.submit(
        DISTRICT,
        {"requests.received.business": chance.randint(0, 9)},
        name=f"补报{chance.randint(0, 99)}.xlsx",
    )


def withdrawn(desk: Desk, chance: Random) -> None:
    chance.choice(sorted(desk.office.submissions.rglob("*.xlsx"))).unlink()
    run(desk)
    all_anew(desk, chance)


def all_anew(desk: Desk, _chance: Random) -> None:
    shutil.rmtree(desk.office.submissions)
    for agency in AGENCIES:
        desk.office.submit(agency)


def emptied(desk: Desk, _chance: Random) -> None:
    """A file that is still on its way: of no length."""
    (desk.office.submissions / f"{BUREAU.name}.xlsx").write_bytes(b"")


def text_of_another(desk: Desk, chance: Random) -> None:
    words = chance.choice(["公开得还不够快。", "本局收到政府信息公开申请98765件。", "𠮷" * 3])
    desk.office.submit(chance.choice(AGENCIES), texts={**TEXTS, 1: f"（一）主动公开\n{words}"})


def name_in_roster(desk: Desk, _chance: Random) -> None:
    desk.list_roster(OFFICE, replace(BUREAU, name="市教育和体育局", aliases=("市教育局",)), DISTRICT)


def names_exchanged(desk: Desk, _chance: Random) -> None:
    desk.list_roster(
        replace(OFFICE, name=BUREAU.name, aliases=()), replace(BUREAU, name=OFFICE.name), DISTRICT
    )


def group(desk: Desk, _chance: Random) -> None:
    desk.list_roster(OFFICE, BUREAU, replace(DISTRICT, group="市直机关"))


def one_less(desk: Desk, _chance: Random) -> None:
    desk.list_roster(OFFICE, BUREAU)


def one_more(desk: Desk, _chance: Random) -> None:
    desk.list_roster(*AGENCIES, Agency("04", "新巴尔虎左旗", "旗市区政府"))


def roster_as_it_was(desk: Desk, _chance: Random) -> None:
    desk.list_roster(*AGENCIES)


def settings(lines: str) -> Callable[[Desk, Random], None]:
    return lambda desk, _chance: desk.add_settings(lines)


def template(name: str, old: str, new: str) -> Callable[[Desk, Random], None]:
    def change(desk: Desk, _chance: Random) -> None:
        path = desk.templates / name
        text = path.read_text(encoding="utf-8")
        desk.edit_template(name, *((old, new) if old in text else (new, old)))

    return change


def narrative(desk: Desk, chance: Random) -> None:
    path = desk.office.inputs / "narrative.md"
    path.write_text(
        path.read_text(encoding="utf-8") + f"\n又及{chance.randint(0, 9)}件。\n", encoding="utf-8"
    )


def ledger(desk: Desk, chance: Random) -> None:
    content = last_year(desk.office, {BUREAU.name: {"proactive.normative.made": chance.randint(0, 9)}})
    (desk.office.inputs / "previous.xlsx").write_bytes(content)


def no_ledger(desk: Desk, _chance: Random) -> None:
    (desk.office.inputs / "previous.xlsx").unlink(missing_ok=True)


def accepted(desk: Desk, _chance: Random) -> None:
    path = desk.office.inputs / "accepted.toml"
    if path.is_file():
        path.unlink()
    else:
        line = (
            '[[accept]]\ncode = "sentence-contradicts"\nreason = "已核实"\nby = "张三"\nagency = "市教育局"\n'
        )
        path.write_text(line, encoding="utf-8")


def store_gone(desk: Desk, _chance: Random) -> None:
    for store in desk.stores:
        store.unlink()


def store_cut(desk: Desk, chance: Random) -> None:
    for store in desk.stores:
        content = store.read_bytes()
        store.write_bytes(content[: chance.randrange(len(content) + 1)])


def store_overwritten(desk: Desk, chance: Random) -> None:
    """Some bytes of the file are others now, as on a failing disk."""
    for store in desk.stores:
        content = bytearray(store.read_bytes())
        for _ in range(chance.randint(1, 40)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        store.write_bytes(content)


def store_of_another(desk: Desk, _chance: Random) -> None:
    """What another office's runs kept, of files of the same names."""
    for store in desk.stores:
        shutil.copy(desk.elsewhere.with_name(store.name), store)


def parts_of_another(desk: Desk, chance: Random) -> None:
    """Another office's ledger and review in parts, and what it kept of them."""
    store_of_another(desk, chance)
    for part in desk.parts:
        there = desk.elsewhere / part.relative_to(desk.office.outputs)
        if there.is_file():
            shutil.copy(there, part)


def part_edited(desk: Desk, chance: Random) -> None:
    if desk.parts:
        path = chance.choice(desk.parts)
        path.write_bytes(path.read_bytes() + b" ")


def part_cut(desk: Desk, chance: Random) -> None:
    if desk.parts:
        path = chance.choice(desk.parts)
        content = path.read_bytes()
        path.write_bytes(content[: chance.randrange(len(content))])


def parts_exchanged(desk: Desk, _chance: Random) -> None:
    """Two parts of the ledger, and two pages, under each other's name."""
    for one, other in pairwise(desk.parts):
        if one.parent == other.parent:
            contents = one.read_bytes(), other.read_bytes()
            other.write_bytes(contents[0])
            one.write_bytes(contents[1])


def part_gone(desk: Desk, chance: Random) -> None:
    if desk.parts:
        chance.choice(desk.parts).unlink()


def record_of_another(desk: Desk, _chance: Random) -> None:
    """Readings that change places: each one whole, at another file's path."""
    altered(desk, "UPDATE reading SET record = (SELECT r.record FROM reading r ORDER BY r.path LIMIT 1)")


def seal_of_another(desk: Desk, _chance: Random) -> None:
    altered(
        desk,
        "UPDATE reading SET (record, seal) = (SELECT r.record, r.seal FROM reading r ORDER BY r.path LIMIT 1)",
    )


def digest_of_another(desk: Desk, _chance: Random) -> None:
    """What was read of one workbook, said to be read of what another one is now."""
    path = desk.office.submissions / f"{BUREAU.name}.xlsx"
    desk.office.submit(BUREAU, {"requests.received.business": 7})
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    altered(desk, f"UPDATE reading SET sha256 = '{digest}' WHERE path LIKE '%{BUREAU.name}%'")


def altered(desk: Desk, statement: str) -> None:
    for store in desk.stores:
        connection = sqlite3.connect(store)
        try:
            with connection:
                connection.execute(statement)
        except sqlite3.DatabaseError:
            pass  # damaged by an earlier change
        finally:
            connection.close()


def report_edited(desk: Desk, chance: Random) -> None:
    path = desk.report(chance.choice(AGENCIES), chance.choice((".docx", ".pdf")))
    if path.is_file():
        path.write_bytes(path.read_bytes() + b" ")


def report_gone(desk: Desk, chance: Random) -> None:
    desk.report(chance.choice(AGENCIES), chance.choice((".docx", ".pdf"))).unlink(missing_ok=True)


def report_of_another(desk: Desk, _chance: Random) -> None:
    """One agency's report saved over another's."""
    if desk.report(OFFICE).is_file() and desk.report(BUREAU).is_file():
        shutil.copy(desk.report(OFFICE), desk.report(BUREAU))


def reports_exchanged_in_the_record(desk: Desk, _chance: Random) -> None:
    """agencies.json merged by hand from two: two agencies' digests in each other's line."""
    path = desk.office.outputs / "agencies.json"
    if path.is_file():
        record = json.loads(path.read_text(encoding="utf-8"))
        lines = record["agencies"]
        lines[0]["digest"], lines[1]["digest"] = lines[1]["digest"], lines[0]["digest"]
        path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")


def one_agency_only(desk: Desk, chance: Random) -> None:
    """The report of one agency, while another one's workbook has changed too."""
    another_figure(desk, chance)
    with suppress(OperatorError):
        inputs = load_inputs(Workspace.at(desk.office.root, desk.office.year), desk.templates)
        plan = planned(examine(inputs, TODAY, 0), (chance.choice(inputs.roster.agencies),))
        release(plan, made(plan, desk.templates, 0))


def checked_only(desk: Desk, chance: Random) -> None:
    another_figure(desk, chance)
    with suppress(OperatorError):
        inputs = load_inputs(Workspace.at(desk.office.root, desk.office.year), desk.templates)
        check(examine(inputs, TODAY), desk.templates, sizes=desk.sizes)


def drafted(desk: Desk, chance: Random) -> None:
    desk.office.submit(BUREAU, {"requests.received.business": None})
    with suppress(OperatorError):
        inputs = load_inputs(Workspace.at(desk.office.root, desk.office.year), desk.templates)
        build(examine(inputs, TODAY, 0), desk.templates, dict, draft=True, hands=0, sizes=desk.sizes)
    another_figure(desk, chance)


CHANGES: Mapping[str, Callable[[Desk, Random], None]] = {
    **{
        one.__name__: one
        for one in (
            another_figure, the_same_size_and_time, two_send_the_same, two_exchanged, renamed, sent_twice, withdrawn, all_anew,
            emptied, text_of_another, name_in_roster, names_exchanged, group, one_less, one_more, roster_as_it_was, narrative,
            ledger, no_ledger, accepted, store_gone, store_cut, store_overwritten, store_of_another, record_of_another,
            seal_of_another, digest_of_another, report_edited, report_gone, report_of_another, reports_exchanged_in_the_record, one_agency_only,
            checked_only, drafted, parts_of_another, part_edited, part_cut, parts_exchanged, part_gone,
        )
    },
    "organ": settings('title = "某某市2019年年报"'),
    "weights": settings('rules = { sentence-contradicts = "error", cell-blank = "error" }'),
    "weights off": settings('rules = { sentence-contradicts = "off" }'),
    "county groups": settings('county_groups = ["旗市区政府"]'),
    "excluded": settings(f'exclude = {{ "{OFFICE.name}.xlsx" = "来函说明作废" }}'),
    "used": settings(f'use = {{ "02" = "{BUREAU.name}.xlsx" }}'),
    "day": settings('deadline = 2020-02-01'),
    "settings as they were": settings(""),
    "wording": template("findings.toml", "写的是“{found}”，表里", "写着“{found}”，表里"),
    "words that must not stand": template("hygiene.toml", '"比分直播"', '"还不够快"'),
    "label of an indicator": template("indicators.toml", 'label = "', 'label = "全年'),
}  # fmt: skip


def run(desk: Desk) -> object:
    """Build, and the agencies' reports: all that could be made, and how it ended; or why the office was refused."""
    office, templates = desk.office, desk.templates
    try:
        workspace = Workspace.at(office.root, office.year)
        examination = examine(load_inputs(workspace, templates), TODAY, 0)
        built = build(examination, templates, dict, hands=0, sizes=desk.sizes)
        plan = planned(examine(load_inputs(workspace, templates), TODAY, 0))
        released = release(plan, made(plan, templates, 0))
    except OperatorError as error:
        return error.code, error.message
    rules = built.examination.rules, plan.examination.rules
    return built.exit_code, built.findings, rules, released.exit_code, released.findings, released.unmade


def from_nothing(desk: Desk, root: Path) -> object:
    """The same in a copy that has no outputs; its folder of outputs is left for comparison."""
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(desk.office.root / "inputs", root / "inputs")
    return run(replace(desk, office=replace(desk.office, root=root)))


def written(outputs: Path) -> dict[str, bytes]:
    """What lies there but for what tells of earlier runs: edited files kept beside, reports put aside, changes."""
    files = {path.relative_to(outputs).as_posix(): path for path in outputs.rglob("*") if path.is_file()}
    told = ("已作废/", "改动备份", "核对报告.html", "run.json", "agencies.json", "slips.json")
    return {name: path.read_bytes() for name, path in files.items() if not any(one in name for one in told)}


def figures(outputs: Path) -> object:
    """What the records say of figures and inputs."""
    record = json.loads((outputs / "run.json").read_text(encoding="utf-8"))
    own = json.loads((outputs / "agencies.json").read_text(encoding="utf-8"))
    return (
        [record[key] for key in ("status", "agencies", "figures", "findings", "inputs")],
        own["agencies"],
        own["findings"],
    )


@pytest.fixture(params=[SIZES, Sizes(1, 1)], ids=["whole", "in parts"])
def desk(request, tmp_path, forms, indicators, templates):
    """An office with templates of its own that has run, and another that has too."""
    shutil.copytree(templates, tmp_path / "templates")
    other = open_office(tmp_path / "other", forms["2019"], indicators)
    for agency in AGENCIES:
        other.submit(agency, {"requests.received.business": 888})
    office = open_office(tmp_path / "office", forms["2019"], indicators)
    run(Desk(other, tmp_path / "templates", [], other.outputs, request.param))
    return Desk(office, tmp_path / "templates", [*AGENCIES], other.outputs, request.param)


@pytest.mark.parametrize("seed", range(60 if FULL else 1))
def test_whatever_changes_between_runs_each_is_as_from_nothing(desk, tmp_path, seed):
    chance = Random(seed)
    run(desk)
    run(desk)  # nothing is kept before there are outputs
    history = []
    for name in chance.choices([*CHANGES], k=12 if FULL else 4):
        history.append(name)
        CHANGES[name](desk, chance)
        kept, fresh = run(desk), from_nothing(desk, tmp_path / "fresh")
        assert kept == fresh, history
        if not isinstance(fresh[1], str):
            outputs = tmp_path / "fresh/outputs/2019"
            assert figures(desk.office.outputs) == figures(outputs), history
            before, after = written(desk.office.outputs), written(outputs)
            assert {name for name in after if after[name] != before.get(name)} == set(), history
            assert {name for name in before if name.startswith("分单位报告/")} <= after.keys(), history


@pytest.mark.parametrize("desk", [Sizes(1, 1)], indirect=True, ids=["in parts"])
@pytest.mark.parametrize("change", [parts_of_another, part_cut, parts_exchanged, group])
def test_a_part_that_is_not_as_it_was_made_is_never_taken_over(desk, tmp_path, change):
    run(desk)
    run(desk)
    change(desk, Random(1))
    assert run(desk) == from_nothing(desk, tmp_path / "fresh")
    before, after = written(desk.office.outputs), written(tmp_path / "fresh/outputs/2019")
    assert {name for name in after if after[name] != before.get(name)} == set()


@pytest.mark.parametrize("desk", [Sizes(1, 1)], indirect=True, ids=["in parts"])
def test_only_the_parts_of_who_sent_anew_are_made_anew(desk, monkeypatch):
    run(desk)
    run(desk)
    desk.office.submit(BUREAU, {"proactive.normative.made": 77})
    made = []

    def noting(work, items, hands):
        listed = list(items)
        made.extend((type(one).__name__, one.part.number) for one in listed)
        return over_all(work, listed, hands)

    monkeypatch.setattr("pipeline.parts.over_all", noting)
    run(desk)
    assert made == [("Leaves", 2), ("Share", 2)]
    run(desk)
    assert len(made) == 2
