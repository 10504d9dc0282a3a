"""What was found in an agency is kept only as long as all that it rests on: after any change it is found anew."""

import re
import shutil
import sqlite3
from multiprocessing import get_all_start_methods

import pytest
from msgspec.structs import replace

import pipeline.opinion
from kit.kitchen import started
from kit.last_year import last_year
from kit.office import AGENCIES, TEXTS, TODAY
from pipeline import examining, intake
from pipeline.check.crossfooting import RuleBook, check_rules
from pipeline.check.plausibility import Watch
from pipeline.errors import ExitCode
from pipeline.execution import Failure, over_all
from pipeline.execution.cluster import joined
from pipeline.execution.work import DIED
from pipeline.fingerprint import identity
from pipeline.gather import load_inputs
from pipeline.model.roster import Agency
from pipeline.opinion import Examiner
from pipeline.run import examine
from pipeline.textcheck import standard
from pipeline.workbooks.roster_blank import roster_workbook
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
ALL = [agency.name for agency in AGENCIES]
WRONG = {**TEXTS, 1: "（一）主动公开\n收到政府信息公开申请98765件。", 6: "没有其他需要报告的事项。"}


@pytest.fixture
def names(monkeypatch):
    """The names of the agencies whose figures were held against the rules, by this process."""
    noted = []

    def check(body, *others):
        noted.append(body.name)
        return check_rules(body, *others)

    monkeypatch.setattr(pipeline.opinion, "check_rules", check)
    return noted


@pytest.fixture
def examined(office, templates, names):
    """Examines the office; with the names of those whose figures were held against the rules for it."""
    office.outputs.parent.mkdir(exist_ok=True)

    def run(templates=templates):
        names.clear()
        return examine(load_inputs(Workspace.at(office.root, None), templates), TODAY), list(names)

    return run


def settings(office, line):
    """A line of report.toml, in place of what it says of that."""
    key = line.partition(" ")[0]
    lines = (office.inputs / "report.toml").read_text(encoding="utf-8").splitlines()
    others = [one for one in lines if not one.startswith(f"{key} ")]
    office.write("report.toml", "\n".join([line, *others]))


def test_a_second_run_finds_the_same_without_looking_again(office, examined):
    office.submit(BUREAU, texts=WRONG)
    first, names = examined()
    assert names == ALL
    again, names = examined()
    assert names == []
    assert (again.findings, again.rules) == (first.findings, first.rules)
    assert any(one.agency == BUREAU.name and one.code == "sentence-contradicts" for one in again.findings)


def test_only_who_sends_another_workbook_is_examined_anew(office, examined):
    examined()
    office.submit(BUREAU, texts=WRONG)
    assert examined()[1] == [BUREAU.name]


def test_figures_that_do_not_fit_together_are_examined_every_time(office, examined):
    total = int(office.values(BUREAU)["requests.received.total"])
    office.submit(BUREAU, {"requests.received.total": total + 1}, texts=WRONG)
    first, _ = examined()
    again, names = examined()
    assert names == [BUREAU.name]
    assert (again.findings, again.rules) == (first.findings, first.rules)
    accept = '[[accept]]\ncode = "{}"\nreason = "已核实"\nby = "张三"\nagency = "市教育局"\n'
    broken, stood_by = set(), first
    while told := {one.code for one in stood_by.findings if one.is_error and not stood_by.accepted(one)}:
        broken |= told
        office.write("accepted.toml", "".join(map(accept.format, sorted(broken))))
        stood_by = examined()[0]
    assert any(one.code == "sentence-contradicts" for one in stood_by.findings)
    assert not any(one.code == "sentence-contradicts" for one in first.findings)


def with_last_year(office, value=5):
    content = last_year(office, {BUREAU.name: {"proactive.normative.made": value}})
    (office.inputs / "previous.xlsx").write_bytes(content)


def roster_of(*agencies):
    return lambda office: (office.inputs / "roster.xlsx").write_bytes(roster_workbook(agencies, TODAY))


CHANGES = {
    "last year": (with_last_year, ALL),
    "a rule switched off": (lambda office: settings(office, 'rules = { row-total = "off" }'), ALL),
    "a finding made graver": (lambda office: settings(office, 'rules = { cell-blank = "warning" }'), ALL),
    "who makes 规章": (lambda office: settings(office, 'regulations_by = ["01", "03"]'), [BUREAU.name]),
    "which groups are counties": (
        lambda office: settings(office, 'county_groups = ["旗市区政府"]'), [DISTRICT.name],
    ),
    "a name": (roster_of(OFFICE, replace(BUREAU, name="市教育和体育局", aliases=("市教育局",)), DISTRICT), [OFFICE.name, "市教育和体育局", DISTRICT.name]),
    "a group": (roster_of(OFFICE, BUREAU, replace(DISTRICT, group="市直机关")), ALL),
    "an agency that has sent nothing": (roster_of(*AGENCIES, Agency("04", "新巴尔虎左旗", "旗市区政府")), ALL),
    "the organ": (lambda office: settings(office, 'organ = "另一市"'), ALL),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_after_any_change_of_what_it_rests_on_it_is_found_anew(office, examined, change):
    office.submit(BUREAU, texts=WRONG)
    examined()
    alter, names = CHANGES[change]
    alter(office)
    kept, seen = examined()
    assert seen == names
    office.outputs.with_name(f".{office.year}.opinions").unlink()
    anew, _ = examined()
    assert (kept.findings, kept.rules) == (anew.findings, anew.rules)


def test_another_figure_of_last_year_concerns_one_agency(office, examined):
    with_last_year(office)
    examined()
    with_last_year(office, 6)
    assert examined()[1] == [BUREAU.name]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("forms/2019.toml", 'reference = "H', 'reference = "S'),
        ("findings.toml", "写的是“{found}”，表里", "写着“{found}”，表里"),
        ("hygiene.toml", '"比分直播"', '"还不够快"'),
        ("indicators.toml", 'label = "', 'label = "全年'),
        ("plausibility.toml", "count = { ratio = 8,", "count = { ratio = 9,"),
    ],
)
def test_another_template_is_seen(office, examined, templates, tmp_path, name, old, new):
    examined()
    own = tmp_path / "templates"
    shutil.copytree(templates, own)
    text = (own / name).read_text(encoding="utf-8")
    assert old in text
    (own / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    assert examined(own)[1] == ALL


def test_another_word_far_inside_a_long_pattern_is_seen(office, templates):
    """Python cuts the repr of a long pattern off."""
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    fees = inputs.plausibility.fee_unstated

    def conditions(words):
        limits = replace(inputs.plausibility, fee_unstated=replace(fees, none=re.compile(words)))
        book = RuleBook.of(inputs.year, inputs.form, inputs.indicators)
        watch = Watch(limits, book, inputs.catalogue)
        examiner = Examiner(standard(inputs), watch, inputs.settings, frozenset(), lambda _: False)
        return examining.conditions(examiner, inputs.asked)

    assert conditions("没有收费" * 90 + "甲") == conditions("没有收费" * 90 + "甲")
    assert conditions("没有收费" * 90 + "甲") != conditions("没有收费" * 90 + "乙")


def test_all_that_opinions_rest_on_is_told_apart_by_how_it_is_written(office, templates):
    """Nothing in it is written by its address in memory, or cut off, but for the patterns named apart."""
    inputs = load_inputs(Workspace.at(office.root, None), templates)
    written = repr((standard(inputs), inputs.asked, inputs.plausibility))
    assert " at 0x" not in written
    assert "..." not in written
    assert written.count("re.compile(") == 3


def test_another_program_finds_anew(office, examined, monkeypatch):
    examined()
    monkeypatch.setattr(intake, "program_digest", lambda: "another")
    assert examined()[1] == ALL


def test_opinions_that_change_places_are_found_anew(office, examined):
    office.submit(BUREAU, texts=WRONG)
    first, _ = examined()
    store = sqlite3.connect(office.outputs.with_name(f".{office.year}.opinions"))
    with store:
        store.execute(
            "UPDATE reading SET (record, seal) = (SELECT r.record, r.seal FROM reading r ORDER BY r.path LIMIT 1)"
        )
    store.close()
    assert examined()[0].findings == first.findings


def rows(office):
    """What the store of opinions holds, by workbook, with the conditions."""
    store = sqlite3.connect(office.outputs.with_name(f".{office.year}.opinions"))
    found = store.execute(
        "SELECT path, conditions, sha256, seal, record FROM reading ORDER BY path"
    ).fetchall()
    store.close()
    return found


@pytest.fixture
def busy(office, monkeypatch):
    """An office of whose three agencies two sent what is wrong; three are enough to be shared out."""
    monkeypatch.setattr(examining, "FEW", 2)
    monkeypatch.setattr(examining, "WEIGHT", 24)
    with_last_year(office)
    total = int(office.values(OFFICE)["requests.received.total"])
    office.submit(OFFICE, {"requests.received.total": total + 1}, texts=WRONG)
    office.submit(BUREAU, texts=WRONG)
    return office


def by_hands(office, templates, hands):
    """What those hands find in the office, nothing being kept, and what is kept after them."""
    office.outputs.parent.mkdir(exist_ok=True)
    office.outputs.with_name(f".{office.year}.opinions").unlink(missing_ok=True)
    examination = examine(load_inputs(Workspace.at(office.root, None), templates), TODAY, hands)
    return examination.findings, examination.rules, examination.blanks, rows(office)


@pytest.mark.parametrize("start", [way for way in ("fork", "spawn") if way in get_all_start_methods()])
def test_two_processes_and_a_cluster_find_and_keep_the_same_as_one(busy, templates, lan, names, start):
    alone = by_hands(busy, templates, 1)
    assert {"row-total", "sentence-contradicts"} <= {one.code for one in alone[0]}
    assert [path for path, *_ in alone[-1]] == [
        f"inputs/2019/submissions/{one}.xlsx" for one in sorted(ALL[1:])
    ]
    names.clear()
    with started(start):
        assert by_hands(busy, templates, 2) == alone
    with joined(lan, identity) as cluster:
        assert by_hands(busy, templates, cluster) == alone
    assert names == []


def test_a_total_that_a_person_stands_by_is_right_for_every_process(busy, templates):
    """What does not agree with it is then said; before, that only followed."""
    busy.write("accepted.toml", '[[accept]]\ncode = "row-total"\nreason = "已核实"\nby = "张三"\n')
    alone, shared = by_hands(busy, templates, 1), by_hands(busy, templates, 2)
    assert alone == shared
    told = {one.code for one in alone[0] if one.agency == OFFICE.name and one.is_error}
    assert told == {"row-total", "requests-balance"}


def test_few_are_examined_here_for_it_takes_longer_to_start_a_process(office, templates, monkeypatch):
    asked = []

    def noted(work, items, hands):
        asked.append((len(items), hands))
        return over_all(work, items, hands)

    monkeypatch.setattr(examining, "over_all", noted)
    by_hands(office, templates, 2)
    monkeypatch.setattr(examining, "FEW", 3)
    by_hands(office, templates, 2)
    office.submit(BUREAU, texts=WRONG)
    examine(load_inputs(Workspace.at(office.root, None), templates), TODAY, 2)
    assert asked == [(3, 0), (3, 2), (1, 0)]


def test_a_damaged_record_among_sound_ones_is_found_anew_in_its_place(busy, templates, names):
    first = by_hands(busy, templates, 1)
    store = sqlite3.connect(busy.outputs.with_name(f".{busy.year}.opinions"))
    with store:
        store.execute(
            "UPDATE reading SET record = substr(record, 9) WHERE path LIKE ?", (f"%{DISTRICT.name}%",)
        )
    store.close()
    names.clear()
    again = examine(load_inputs(Workspace.at(busy.root, None), templates), TODAY, 2)
    assert (again.findings, again.rules, again.blanks, rows(busy)) == first
    assert names == [OFFICE.name, DISTRICT.name]


def test_whose_worker_dies_is_examined_here(busy, templates, names, monkeypatch):
    alone = by_hands(busy, templates, 1)

    def died(work, items, hands):
        return iter([Failure(ExitCode.WORKER, DIED) for _ in items])

    monkeypatch.setattr(examining, "over_all", died)
    names.clear()
    assert by_hands(busy, templates, 2) == alone
    assert names == ALL


def test_a_bug_in_an_opinion_is_a_bug_whoever_met_it(busy, templates, monkeypatch):
    def check(body, *others):
        raise ZeroDivisionError(body.name)

    monkeypatch.setattr(pipeline.opinion, "check_rules", check)
    with pytest.raises(ZeroDivisionError, match=OFFICE.name):
        by_hands(busy, templates, 1)
