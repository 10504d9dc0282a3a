"""The ledger and the workbook for the level above, of an examined year: one file, or in parts."""

import datetime

from kit.office import AGENCIES
from pipeline.gather import load_inputs
from pipeline.model.division import Part, Section, Sizes
from pipeline.run import examine
from pipeline.staging import Manner, held
from pipeline.workbooks.previous import read_ledger
from pipeline.workpapers import further_workbooks, part_path
from pipeline.workspace import Workspace

DAY = datetime.date(2020, 3, 1)


def made(office, templates, manner):
    examination = examine(load_inputs(Workspace.at(office.root, None), templates), DAY)
    return further_workbooks(examination, manner)


def test_a_small_office_has_one_ledger(office, templates):
    files = made(office, templates, Manner(held))
    assert [(one.kind, one.name) for one in files] == [
        ("ledger", "汇总底稿.xlsx"),
        ("upward", "上报工作簿.xlsx"),
    ]


def test_a_large_one_has_a_main_file_and_parts_that_read_back(office, templates):
    kept = []
    main, *parts, upward = made(office, templates, Manner(lambda one: kept.append(one) or one, Sizes(1, 1)))
    assert [(one.kind, one.name) for one in (main, *parts, upward)] == [
        ("ledger", "汇总底稿.xlsx"),
        ("ledger-part", "汇总底稿/001-市直机关（共2册之1）.xlsx"),
        ("ledger-part", "汇总底稿/002-市直机关（共2册之2）.xlsx"),
        ("ledger-part", "汇总底稿/003-旗市区政府.xlsx"),
        ("upward", "上报工作簿.xlsx"),
    ]
    assert kept == parts, "each part is put aside once it is made"
    last = read_ledger(
        main.content, "previous.xlsx", 2019, organ="某某市", parts=((one.name, one.content) for one in parts)
    )
    for agency in AGENCIES:
        values = office.values(agency)
        assert {address: last.agencies[agency.code][address] for address in values} == values


def test_a_hostile_group_gets_a_legal_name():
    part = Part(3, 2000, (Section('../<旗>:"*?', ()),))
    assert part_path(part) == "汇总底稿/0003-.._旗_____.xlsx".replace("_旗_____", "__旗_____")
