"""Parts are made by whoever has a hand free, in order, and stand where nothing they follow from is another."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from hashlib import sha256

import pytest
from msgspec import Struct

from pipeline.errors import ExitCode, OperatorError
from pipeline.fingerprint import program_digest
from pipeline.model.finding import Severity
from pipeline.parts import Trade, kept_in, made_parts
from pipeline.staging import Manner, Standing, staging
from pipeline.store import Kept, Store
from pipeline.valuedigest import digest_of
from pipeline.workspace import Workspace

NAMES = ["册/1", "册/2", "册/3", "册/4"]


class Words(Struct, frozen=True):
    text: str


class Note(Struct, frozen=True):
    """What a whole says of a part, of all the kinds of value there may be in it."""

    agency: str
    sums: Mapping[str, Decimal]
    weight: Severity
    open: bool
    times: int | None
    remarks: tuple[tuple[str, int], ...] = ()


def words_of(texts, numbers):
    """What the parts of these numbers are made from."""
    return (Words(texts[at]) for at in numbers)


def made(shared, words):
    return f"{shared}{words.text}".encode(), (words.text, len(words.text))


def refused(_shared, _words):
    raise OperatorError(ExitCode.OUTPUT, "磁盘满了")


def parts(tmp_path, texts, hands=0, shared="甲", make=made, workspace=True):
    """The parts made of these texts; published, as a run would."""
    year = Workspace(tmp_path, 2020)
    trade = Trade("part", shared, make, tuple[str, int])
    year.outputs.mkdir(parents=True, exist_ok=True)
    with staging(year.outputs) as keep:
        manner = Manner(keep, hands=hands, workspace=year if workspace else None)
        sources = partial(words_of, texts)
        found = list(made_parts(trade, NAMES[: len(texts)], sources, manner))
        for file, _ in found:
            path = year.outputs / file.name
            content = file.content
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return found


def stood(found):
    return [isinstance(file, Standing) for file, _ in found]


@pytest.mark.parametrize("hands", [0, 2])
def test_each_is_made_and_told_in_order(tmp_path, hands):
    found = parts(tmp_path, "abcd", hands)
    assert [(file.name, file.kind, told) for file, told in found] == [
        (name, "part", (text, 1)) for name, text in zip(NAMES, "abcd", strict=True)
    ]
    assert [(tmp_path / "outputs/2020" / name).read_text() for name in NAMES] == ["甲a", "甲b", "甲c", "甲d"]


def test_those_of_which_nothing_changed_stand_and_say_the_same(tmp_path):
    first = parts(tmp_path, "abcd")
    again = parts(tmp_path, "abXd")
    assert stood(again) == [True, True, False, True]
    assert [told for _, told in again] == [("a", 1), ("b", 1), ("X", 1), ("d", 1)]
    same = [(file.sha256, file.size) for file, _ in first]
    assert [(file.sha256, file.size) for file, _ in parts(tmp_path, "abcd")] == same


def test_none_stands_where_what_they_share_is_another(tmp_path):
    parts(tmp_path, "abcd")
    assert stood(parts(tmp_path, "abcd", shared="乙")) == [False] * 4


def test_none_stands_where_the_program_is_another(tmp_path, monkeypatch):
    parts(tmp_path, "abcd")
    monkeypatch.setattr("pipeline.parts.program_digest", lambda: "another")
    assert stood(parts(tmp_path, "abcd")) == [False] * 4


def test_none_stands_without_a_workspace(tmp_path):
    parts(tmp_path, "abcd")
    assert stood(parts(tmp_path, "abcd", workspace=False)) == [False] * 4


@pytest.mark.parametrize(
    "change", [lambda _: b"other", lambda content: content[:-1], lambda content: content + b" "]
)
def test_a_file_that_is_not_as_it_was_written_is_made_anew(tmp_path, change):
    parts(tmp_path, "abcd")
    path = tmp_path / "outputs/2020" / NAMES[1]
    path.write_bytes(change(path.read_bytes()))
    assert stood(parts(tmp_path, "abcd")) == [True, False, True, True]
    assert path.read_text() == "甲b"


def test_two_files_that_changed_places_are_made_anew(tmp_path):
    parts(tmp_path, "abcd")
    one, other = (tmp_path / "outputs/2020" / name for name in NAMES[:2])
    contents = one.read_bytes(), other.read_bytes()
    other.write_bytes(contents[0])
    one.write_bytes(contents[1])
    assert stood(parts(tmp_path, "abcd")) == [False, False, True, True]


def test_what_was_kept_and_cannot_be_understood_does_not_stand(tmp_path):
    parts(tmp_path, "ab")
    year = Workspace(tmp_path, 2020)
    kept_in(year).write_bytes(b"rubbish" * 99)
    assert stood(parts(tmp_path, "ab")) == [False, False]
    trade = Trade("part", "甲", made, tuple[int, str])
    with staging(year.outputs) as keep:
        found = list(made_parts(trade, NAMES[:2], partial(words_of, "ab"), Manner(keep, workspace=year)))
    assert stood(found) == [False, False], "told something else"


NOTE = Note("市教育局", {"甲": Decimal("1.50"), "乙": Decimal("-1E+3")}, Severity.ERROR, True, None)
SOUND = (
    '[["{sha256}",4],{"agency":"市教育局","sums":{"甲":"1.50","乙":"-1E+3"},"weight":"error","open":true,'
    '"times":null,"remarks":[]}]'
)


def noted(_shared, _words):
    return b"page", NOTE


def rekept(tmp_path, change):
    """What is told of a part, and whether it stands, after what was kept was changed and sealed anew."""
    year, trade = Workspace(tmp_path, 2020), Trade("part", "甲", noted, Note)
    year.outputs.mkdir(parents=True)
    key = digest_of(digest_of(program_digest(), "甲"), Words("a"))
    (year.outputs / "册").mkdir()
    (year.outputs / NAMES[0]).write_bytes(b"page")
    record = change(SOUND.replace("{sha256}", sha256(b"page").hexdigest()).encode())
    Store(kept_in(year), f"part {program_digest()}").keep([Kept(NAMES[0], key, record)])
    with staging(year.outputs) as keep:
        manner = Manner(keep, workspace=year)
        ((file, told),) = made_parts(trade, NAMES[:1], partial(words_of, "a"), manner)
    return told, isinstance(file, Standing)


def test_what_is_told_of_a_part_comes_back_digit_for_digit_and_in_its_order(tmp_path):
    told, stands = rekept(tmp_path, lambda record: record)
    assert stands
    assert (told, repr(told)) == (NOTE, repr(NOTE))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"市教育局"', "1"),
        ('"市教育局"', "null"),
        ('"市教育局"', '"\\ud800"'),
        ('"1.50"', "1.50"),
        ('"1.50"', "true"),
        ('"1.50"', '"一"'),
        ('"1.50"', '"１.50"'),
        ('"1.50"', '"1.50 "'),
        ('"error"', '"none"'),
        ("true", "1"),
        ("null", '"1"'),
        ("null", "1.0"),
        ("null", "true"),
        ("[]", '["a"]'),
        ("[]", '[["a",true]]'),
        ("[]", '[["a",1,1]]'),
        ("[]", "{}"),
        ("[]", "[" * 10**5),
        (',"remarks":[]', ""),
        (',"remarks":[]', ',"remarks":[],"more":1'),
        ('"甲":', '"乙":"7","甲":'),
        (",4]", ",true]"),
        (",4]", ',"4"]'),
        (",4]", "]"),
        ("]}]", "]},0]"),
        ("]}]", "]}] "),
        ("]}]", "]}"),
        ("教", "\ud800"),
    ],
)
def test_whoever_changed_what_was_kept_has_it_made_anew(tmp_path, old, new):
    assert old.encode() in SOUND.encode()
    change = [old.encode(), new.encode("utf-8", "surrogatepass")]
    told, stands = rekept(tmp_path, lambda record: record.replace(*change))
    assert not stands
    assert repr(told) == repr(NOTE)


def test_of_half_a_character_nothing_is_kept_and_the_part_made_anew(tmp_path):
    def halved(_shared, words):
        return b"page", (f"{words.text}\ud800", 1)

    parts(tmp_path, "ab", make=halved)
    found = parts(tmp_path, "ab", make=halved)
    assert [told for _, told in found] == [("a\ud800", 1), ("b\ud800", 1)]
    assert stood(found) == [False, False]


def test_what_stops_one_stops_all(tmp_path):
    with pytest.raises(OperatorError) as raised:
        parts(tmp_path, "ab", make=refused)
    assert raised.value.message == "磁盘满了"
