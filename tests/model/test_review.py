"""How many findings an entry of the review stands for, and what the agencies gave, field by field."""

from decimal import Decimal

from kit.findings import blank
from pipeline.model.alike import alike
from pipeline.model.finding import Severity
from pipeline.model.review import Entries, Entry, Item, Topic
from pipeline.model.review_division import Beyond


def test_what_is_said_once_is_counted_as_often_as_it_was_found(catalogue):
    (group,) = alike([blank(catalogue, "D6"), blank(catalogue, "D7"), blank(catalogue, "D8")])
    item = Item(1, group, "依申请公开", ())
    assert item.count == 3
    assert Topic(catalogue.kinds["cell-blank"], Severity.ERROR, False, (item, item)).count == 6
    elsewhere = (Beyond(4, "第1册", "001.html"), Beyond(5, "第2册", "002.html"))
    divided = Topic(catalogue.kinds["cell-blank"], Severity.ERROR, False, (item,), elsewhere)
    assert (divided.further, divided.count) == (9, 12)


def test_what_the_agencies_gave_is_the_same_one_by_one_and_field_by_field():
    given = [
        Entry(0, Decimal(5), "表", "A1", "5", "", None),
        Entry(2, Decimal(7), "表", "A1", "７", "全角数字", Decimal(6)),
    ]
    entries = Entries.of(given)
    assert (list(entries), len(entries)) == (given, 2)
    assert (entries.agencies, entries.befores) == ((0, 2), (None, Decimal(6)))
    assert list(Entries.of([])) == []
