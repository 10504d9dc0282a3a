"""A person stands by what is found: what is written, what is refused, and when it holds no longer."""

import datetime
import json

import pytest
from msgspec.structs import fields, replace

from kit.desk import make_report
from kit.last_year import last_year
from kit.office import AGENCIES, TEXTS, TODAY
from pipeline.acceptances import read_acceptances
from pipeline.accepting import Wish, accept
from pipeline.errors import ExitCode, OperatorError
from pipeline.gather import load_inputs
from pipeline.model.finding import Finding
from pipeline.model.roster import Agency
from pipeline.run import examine
from pipeline.workspace import Workspace

OFFICE, BUREAU, DISTRICT = AGENCIES
LICENCES, FEES = "proactive.licences.items_last_year", "proactive.penalties.items_last_year"
WISH = Wish("items-continuity", "机构改革", "张三", BUREAU.name)


def inputs(office, templates):
    return load_inputs(Workspace.at(office.root, None), templates)


@pytest.fixture
def doubtful(office):
    """The bureau's items do not follow from last year's, in two rows; the district's in one."""
    changed = {BUREAU.name: {LICENCES: 5}, DISTRICT.name: {LICENCES: 6}}
    (office.inputs / "previous.xlsx").write_bytes(last_year(office, changed))
    return office


def test_it_is_written_with_its_numbers_and_holds(doubtful, templates):
    settled = accept(inputs(doubtful, templates), WISH, TODAY)
    (entry,) = read_acceptances((doubtful.inputs / "accepted.toml").read_bytes(), "x")
    assert (entry,) == settled.entries
    assert (entry.agency, entry.address, entry.expected, entry.by) == (BUREAU.name, LICENCES, "5", "张三")
    assert entry.found
    examination = examine(inputs(doubtful, templates), TODAY)
    accepted = {one.agency for one in examination.findings if examination.accepted(one)}
    assert accepted == {BUREAU.name}
    assert settled.remaining == {"error": 0, "warning": 1}
    assert {one.code for one in examination.findings} == {"items-continuity"}


def test_what_was_thought_to_follow_from_it_comes_to_light(office, templates):
    (office.inputs / "previous.xlsx").write_bytes(last_year(office))
    brought = "requests.brought_forward.business"
    office.submit(BUREAU, {brought: int(office.values(BUREAU)[brought]) + 5})  # its total left as it was
    before = examine(inputs(office, templates), TODAY)
    assert {one.code for one in before.findings} == {"brought-forward"}
    settled = accept(inputs(office, templates), Wish("brought-forward", "已更正", "张三", BUREAU.name), TODAY)
    assert settled.remaining == {"error": 2, "warning": 0}
    assert settled.examination.blocked
    assert "核对完毕：错误 3，待核 0，提示 0，其中已确认 1。" in make_report("check", "-w", office.root).out


def test_what_waited_for_it_is_said_once_somebody_stands_by_it(office, templates):
    """A sentence and a jump were kept back while the figures were in doubt; nobody doubts them now."""
    (office.inputs / "previous.xlsx").write_bytes(last_year(office))
    texts = {**TEXTS, 5: "收到政府信息公开申请3件。"}
    office.submit(BUREAU, {"requests.received.total": 99_999_999}, texts=texts)

    def accepted(code):
        settled = accept(inputs(office, templates), Wish(code, "确实如此", "张三", BUREAU.name), TODAY)
        return {one.code for one in settled.examination.findings}

    assert {one.code for one in examine(inputs(office, templates), TODAY).findings} == {"row-total"}
    assert accepted("row-total") == {"row-total", "requests-balance"}
    told = {"row-total", "requests-balance", "magnitude-jump", "sentence-contradicts"}
    assert accepted("requests-balance") == told


def test_it_does_not_let_pass_what_else_is_wrong_with_the_sums(office, templates):
    """The bureau's figure is stood by; what a dissolved body carried forward is still nowhere in the city's."""
    carried = "requests.carried_forward.business"
    before = {BUREAU.name: {carried: 2}}
    (office.inputs / "previous.xlsx").write_bytes(last_year(office, before))
    wish = Wish("brought-forward", "上年报错", "张三", BUREAU.name)
    alone = accept(inputs(office, templates), wish, TODAY)
    assert alone.remaining == {"error": 0, "warning": 0}
    gone = Agency("88", "撤销局", "市直机关")
    ledger = last_year(office, {**before, gone.name: {carried: 5}}, (gone,))
    (office.inputs / "previous.xlsx").write_bytes(ledger)
    examination = examine(inputs(office, templates), TODAY)
    told = [(one.code, one.agency) for one in examination.findings if not examination.accepted(one)]
    assert ("brought-forward", "某某市") in told


def test_another_number_later_is_not_let_pass(doubtful, templates):
    accept(inputs(doubtful, templates), WISH, TODAY)
    last = {BUREAU.name: {LICENCES: 4}, DISTRICT.name: {LICENCES: 6}}
    (doubtful.inputs / "previous.xlsx").write_bytes(last_year(doubtful, last))
    examination = examine(inputs(doubtful, templates), TODAY)
    assert not any(map(examination.accepted, examination.findings))
    (told,) = [one for one in examination.findings if one.code == "acceptance-changed"]
    assert "应为 5" in told.message
    assert "应为 4" in told.message
    again = accept(inputs(doubtful, templates), WISH, TODAY)
    assert again.remaining == {"error": 0, "warning": 1}
    assert len(read_acceptances((doubtful.inputs / "accepted.toml").read_bytes(), "x")) == 2


def test_what_stood_in_the_file_stays_and_a_day_is_kept(doubtful, templates):
    before = '# 科里的约定\n[[accept]]\ncode = "in-force"\nreason = "无"\nby = "李四" # 副科长\n'
    doubtful.write("accepted.toml", before)
    until = datetime.date(2022, 3, 31)
    wish = replace(WISH, until=until, address=doubtful.form.words(LICENCES))
    accept(inputs(doubtful, templates), wish, TODAY)
    text = (doubtful.inputs / "accepted.toml").read_text(encoding="utf-8")
    assert text.startswith(before)
    assert text.endswith("until = 2022-03-31\n")


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (replace(WISH, agency=""), "有 2 家有这个问题.*市教育局、海拉尔区人民政府"),
        (replace(WISH, agency=OFFICE.name), "现在没有这样的问题。items-continuity 现在在：市教育局"),
        (replace(WISH, agency="市税务局"), "名册里没有“市税务局”"),
        (replace(WISH, cell="Z9"), "现在没有这样的问题"),
        (replace(WISH, cell="依申请公开!B6"), "现在没有这样的问题"),
        (replace(WISH, code="row-total"), "现在要处理的有：items-continuity"),
        (replace(WISH, code="item-continuity"), "相近的有：items-continuity"),
        (replace(WISH, code="sums-incomplete"), "不能靠人工确认放过"),
        (replace(WISH, code="submission-superseded"), "只是提示，不用确认"),
        (replace(WISH, reason=" "), "--reason"),
        (replace(WISH, by=""), "--by"),
        (replace(WISH, until=datetime.date(2022, 2, 1)), "已经过了，今天是 2022-03-01"),
    ],
)
def test_what_cannot_be_accepted_is_said_and_nothing_is_written(doubtful, templates, wish, said):
    with pytest.raises(OperatorError, match=said) as refused:
        accept(inputs(doubtful, templates), wish, TODAY)
    assert refused.value.code is ExitCode.USAGE
    assert not (doubtful.inputs / "accepted.toml").exists()


def test_one_that_somebody_stands_by_already_is_not_written_twice(doubtful, templates):
    accept(inputs(doubtful, templates), WISH, TODAY)
    before = (doubtful.inputs / "accepted.toml").read_bytes()
    with pytest.raises(OperatorError, match="已经有人确认过（张三，理由：机构改革）"):
        accept(inputs(doubtful, templates), WISH, TODAY)
    assert (doubtful.inputs / "accepted.toml").read_bytes() == before


def test_what_is_in_the_text_is_accepted_in_its_paragraph(office, templates):
    text = (office.inputs / "narrative.md").read_text(encoding="utf-8")
    office.write("narrative.md", text.replace("公开内容还", "公开信息  条，公开内容还"))
    settled = accept(inputs(office, templates), Wish("number-missing", "就这样写", "张三"), TODAY)
    (entry,) = settled.entries
    assert entry.workbook.endswith("narrative.md")
    assert entry.cell.startswith("第")
    assert settled.remaining == {"error": 0, "warning": 0}


def test_a_folder_that_cannot_be_written_leaves_the_file_as_it_was(doubtful, templates):
    gathered = inputs(doubtful, templates)
    (doubtful.inputs / ".accepted.toml.new").mkdir()
    with pytest.raises(OperatorError, match="写不进.*原来的文件没有动") as refused:
        accept(gathered, WISH, TODAY)
    assert refused.value.code is ExitCode.OUTPUT
    assert not (doubtful.inputs / "accepted.toml").exists()


def test_words_that_cannot_be_seen_are_written_so_that_they_can(doubtful, templates):
    settled = accept(inputs(doubtful, templates), replace(WISH, reason="改\u202e革\n了"), TODAY)
    assert settled.entries[0].reason == "改〔U+202E〕革 了"


def test_what_agencies_reports_showed_can_be_accepted_too(office, templates):
    from pipeline.agencies import made, planned
    from pipeline.release import release

    office.submit(BUREAU, texts={1: "按时公开各类信息。"})
    plan = planned(examine(inputs(office, templates), TODAY), [BUREAU])
    release(plan, made(plan, templates, 1))
    settled = accept(inputs(office, templates), Wish("section-empty", "本来没有", "张三", BUREAU.name), TODAY)
    assert [one.code for one in settled.findings] == ["section-empty"]
    assert "acceptance-idle" not in {one.code for one in settled.examination.findings}


def test_a_damaged_record_of_the_agencies_reports_shows_nothing(office, templates):
    odd = {**{one.name: [] for one in fields(Finding)}, "code": "section-empty"}
    office.outputs.mkdir(parents=True, exist_ok=True)
    for listed in (5, [5], [{"code": "section-empty"}], [odd]):
        (office.outputs / "agencies.json").write_text(json.dumps({"findings": listed}), encoding="utf-8")
        with pytest.raises(OperatorError, match="现在没有这样的问题"):
            accept(inputs(office, templates), Wish("section-empty", "本来没有", "张三"), TODAY)


def test_what_was_mended_since_agencies_reports_were_made_is_not_accepted(office, templates):
    from pipeline.agencies import made, planned
    from pipeline.release import release

    office.submit(BUREAU, texts={1: "欢迎光临188比分直播。"})
    plan = planned(examine(inputs(office, templates), TODAY), [BUREAU])
    release(plan, made(plan, templates, 1))
    office.submit(BUREAU, texts={1: "按时公开各类信息。"})
    with pytest.raises(OperatorError, match="现在没有这样的问题"):
        accept(inputs(office, templates), Wish("text-injected", "是转述", "张三", BUREAU.name), TODAY)


def test_one_that_is_not_needed_any_more_is_told_once_nothing_else_is_wrong(office, templates):
    office.write(
        "accepted.toml", '[[accept]]\ncode = "row-total"\nreason = "来函"\nby = "张三"\nagency = "市教育局"\n'
    )
    assert "acceptance-idle" in {one.code for one in examine(inputs(office, templates), TODAY).findings}
    office.submit(DISTRICT, {"disputes.reconsideration.total": 10**6})
    assert "acceptance-idle" not in {one.code for one in examine(inputs(office, templates), TODAY).findings}
