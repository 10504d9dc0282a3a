"""What was found of a row holds for rows alike to the byte but for their numbers, and for no others."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.packages import package, parts_of, sheet_part, small_workbook
from pipeline.workbooks import familiar
from pipeline.workbooks.bounds import Bounds
from pipeline.workbooks.familiar import Memory, are_whole, is_whole, recalled
from pipeline.workbooks.guard import guard
from pipeline.workbooks.refusal import RefusalError

ROW = '<row r="{0}"><c r="A{0}" s="3" t="inlineStr"><is><t>甲</t></is></c><c r="B{0}" s="15">{1}</c></row>'


def taught(*parts):
    """A memory that has met these sheets so often that all their rows are known."""
    memory = Memory()
    for part in parts * 3:
        recalled(part, memory)
    return memory


def test_a_sheet_alike_but_for_its_numbers_has_the_same_facts():
    part = sheet_part(ROW.format(1, "<v>5</v>") + ROW.format(7, "<f>SUM(A1)</f><v/>"))
    memory = taught(part)
    facts = recalled(part.replace(b"<v>5<", b"<v>-18.5<"), memory)
    assert (sorted(facts.rows), facts.column, facts.reach.area) == ([1, 7], 2, 14)
    assert facts.hidden.uncached == {(7, 2)}
    assert facts.styles == {"3", "15"}


def test_rows_of_other_heights_are_the_same_rows():
    """The same blank on another computer, whose screen or fonts make the rows a little higher."""
    part = sheet_part('<row r="1" ht="18.75" customHeight="1"><c r="A1"><v>5</v></c></row>')
    other = part.replace(b"18.75", b"19.05")
    memory = taught(part)
    assert memory.recall(("rows", sha256(familiar._apart(other)[1]).digest())) == recalled(other, Memory())
    assert recalled(other.replace(b'ht="19.05"', b'ht="19.05" r="2"'), memory) is None


def test_a_sheet_known_by_its_rows_is_counted_like_any_other():
    content = package({**SMALL, "xl/worksheets/sheet1.xml": sheet_part(ROW.format(1, "<v>5</v>"))})
    memory = Memory()
    guard(content, memory)
    assert recalled(parts_of(content)["xl/worksheets/sheet1.xml"], memory).held == (2, 2)
    with pytest.raises(RefusalError) as refused:
        guard(content, memory, Bounds(filled=0))
    assert refused.value.code == "workbook-too-large"


def test_rows_are_known_by_themselves_where_no_sheet_comes_twice():
    memory = Memory()
    for name in "甲乙丙丁":
        part = sheet_part(ROW.format(1, "<v>5</v>") + ROW.format(7, "<f>SUM(A1)</f><v/>").replace("甲", name))
        assert recalled(part, memory) == recalled(part, Memory())
    assert recalled(part.replace(b'"A7"', b'"A1"'), memory) is None


def test_a_number_is_not_a_formula_without_one():
    with_number = sheet_part(ROW.format(1, "<f>SUM(A2)</f><v>7</v>"))
    assert recalled(with_number, taught(with_number)).hidden.uncached == set()
    empty = with_number.replace(b"<v>7</v>", b"<v></v>")
    assert recalled(empty, taught(with_number)).hidden.uncached == {(1, 2)}


@pytest.mark.parametrize(
    "odd",
    [
        sheet_part(ROW.format(1, "<v>5</v>") * 2),
        sheet_part('<row r="1"><c r="A2"><v>5</v></c></row>'),
        sheet_part('<row r="1"><c><v>5</v></c></row>'),
        sheet_part('<row r="1"><c r="A1" t="e"><v>42</v></c></row>'),
        sheet_part('<row r="1"><c r="A1"><!-- --><v>5</v></c></row>'),
        sheet_part('<row r="1"><c r="A1"><v>5</v></row>'),
        sheet_part('<row r="1"><row r="2"/></row>'),
        sheet_part('<row r="1"><c r="A1"><v>5</v></c></row></x><x>'),
        sheet_part('<row r="1"><c r="A1"><v>5</v></c></row></x ><x>'),
        sheet_part('<row r="30000"><c r="A30000"><v>5</v></c></row>'),
        sheet_part('<row r="1"><c r="A1"><v>5</v></c></row>').replace(b"</worksheet>", b""),
        sheet_part('<row r="1"/>', '<?xml version="1.0" encoding="gbk"?>'),
        b"",
    ],
)
def test_what_is_unusual_is_looked_at_whole(odd):
    assert recalled(odd, taught(odd)) is None


def test_a_row_that_is_broken_is_not_taken_for_the_whole_one_beside_it():
    good = sheet_part(ROW.format(1, "<v>5</v>") + ROW.format(2, "<v>5</v>"))
    broken = good.replace(b"</c></row>", b"</row>", 1)
    assert recalled(broken, taught(good)) is None
    content = package({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": broken})
    with pytest.raises(RefusalError) as refused:
        guard(content, taught(good))
    assert refused.value.code == "workbook-damaged"


def test_what_stands_around_the_rows_is_looked_at_each_time():
    good = sheet_part(ROW.format(1, "<v>5</v>"))
    assert recalled(good.replace(b"</worksheet>", b"<x></worksheet>"), taught(good)) is None
    assert recalled(good.replace(b"</worksheet>", b'<c r="ZZ9"/></worksheet>'), taught(good)) is None
    assert recalled(good.replace(b"</worksheet>", b"<x:v>5</x:v></worksheet>"), taught(good)) is None


TEXTS = "<sst>{}</sst>"
NAMED = TEXTS.format("<si><t>主动公开</t></si><si><t>{}</t></si>")


def test_of_a_list_of_texts_only_those_not_met_before_are_looked_at(monkeypatch):
    """The blank's labels come again in every workbook, an agency's name does not."""
    seen = []
    monkeypatch.setattr(familiar, "check_part", seen.append)
    memory = Memory()
    for name in ("公安局", "教育局"):
        assert are_whole(NAMED.format(name).encode(), memory)
    assert [b"\xe4\xb8\xbb" in part for part in seen] == [False, True, False]


def test_texts_of_which_there_are_too_many_are_forgotten_and_met_again(monkeypatch):
    monkeypatch.setattr(familiar, "MOST_TEXTS", 500)
    memory = Memory()
    for number in range(1000):
        assert are_whole(NAMED.format(f"第{number:030}单位").encode(), memory)
        assert sum(map(len, memory._texts)) <= 500


WHOLE = (
    *("<sst><si><t>主动公开</t></si></sst>", "<sst><si><t>?></t></si><si><t>主动--公开</t></si></sst>"),
    *("<sst><si><!--</si><si>--></si></sst>", "<sst></sst><?p </sst>?>", "<sst></sst><!-- </sst> -->"),
)
BROKEN = (
    *(
        "<sst><si><t>主动公开</t></sst>",
        "<sst><si><t>主动公开</t></si>",
        '<sst a="<si><t>主动公开</t></si></sst>"></sst>',
    ),
    *("<sst></sst><!-- <si><t>主动--公开</t></si></sst> -->", "<sst></sst><?p <si><t>?></t></si></sst>?>"),
    *("<sst><si><!--</si></sst>", "<sst><si>--></si></x><x></sst>", "<sst><a><si><t>主动公开</t></si></sst>"),
    '<?xml version="1.0" encoding="us-ascii"?><sst><si><t>主动公开</t></si></sst>',
)


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_list_is_not_taken_for_whole_whatever_was_met_before(broken):
    memory = Memory()
    for part in WHOLE * 2:
        assert is_whole(part.encode())
        are_whole(part.encode(), memory)
    assert not is_whole(broken.encode())
    assert not are_whole(broken.encode(), memory)


PIECES_OF_TEXTS = st.lists(
    st.sampled_from(
        [
            *(
                "<si><t>甲</t></si>",
                "<si><t>乙</t></si>",
                "<si><r><t>丙</t></r><r><t>丁</t></r></si>",
                "<si/>",
            ),
            *("<si>", "</si>", "<si><t>甲</si>", "<si a='", "'/>", "<sst>", "</sst>", "</x><x>", "</x ><x>"),
            *(
                "<!-- <si> -->",
                "<!--",
                "-->",
                "<![CDATA[<si>",
                "]]>",
                "<?si <si>?>",
                "&amp;",
                "&nobody;",
                ">",
                "甲",
            ),
        ]
    ),
    max_size=6,
)
AROUND_TEXTS = st.sampled_from(
    [
        *(("<sst>", "</sst>"), ('<?xml version="1.0" encoding="UTF-8"?>\r\n<sst count="2">', "</sst>\n")),
        *(('<?xml version="1.0" encoding="gbk"?><sst>', "</sst>"), ('<sst a="', '</sst>"></sst>'), ("", "")),
        *(("<sst><!--", "--></sst>"), ("<sst>", "</sst><!-- </sst> -->"), ("<!DOCTYPE sst><sst>", "</sst>")),
        *(
            ("<sst><t>", "</t></sst>"),
            ("<sst>", "</sst></sst>"),
            ("<sst><a ", "</sst>"),
            ("\ufeff<sst>", "</sst>"),
        ),
    ]
)


@given(st.lists(st.tuples(AROUND_TEXTS, PIECES_OF_TEXTS), min_size=1, max_size=4))
def test_no_list_of_texts_is_taken_for_whole_that_is_not(many):
    """However lists follow each other."""
    memory = Memory()
    for (before, behind), pieces in many * 2:
        part = f"{before}{''.join(pieces)}{behind}".encode()
        assert not are_whole(part, memory) or is_whole(part)


def test_no_more_is_kept_than_fits(monkeypatch):
    monkeypatch.setattr(familiar, "MOST", 100)
    monkeypatch.setattr(familiar, "LONGEST", 50)
    memory = Memory()
    for number in range(1000):
        memory.keep(("row", b"%030d" % number), number)
    memory.keep(("row", b"x" * 60), "too long")
    assert memory.recall(("row", b"x" * 60)) is None
    assert memory.recall(("row", b"%030d" % 999)) == 999
    assert memory.recall(("row", b"%030d" % 0)) is None
    assert len(memory._recent) + len(memory._earlier) < 10


def test_what_is_asked_for_again_and_again_is_not_forgotten(monkeypatch):
    monkeypatch.setattr(familiar, "MOST", 300)
    memory = Memory()
    memory.keep(("row", b"ours"), "known")
    for number in range(100):
        memory.keep(("row", b"%010d" % number), number)
        assert memory.recall(("row", b"ours")) == "known"


def test_what_could_not_be_worked_out_is_tried_again():
    memory = Memory()
    with pytest.raises(ZeroDivisionError):
        memory.once(("formats", b"x"), lambda: 1 / 0)
    assert memory.once(("formats", b"x"), lambda: 5) == memory.once(("formats", b"x"), lambda: 6) == 5


IN_YUAN = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts><numFmt numFmtId="200" formatCode="0&quot;元&quot;"/></numFmts>'
    f"<cellXfs>{'<xf/>' * 15}<xf numFmtId='200'/></cellXfs></styleSheet>"
)
"""Style 15 shows a number with 元 behind it."""
SMALL = {**parts_of(small_workbook(A1=1)), "xl/styles.xml": IN_YUAN}


def test_numbers_that_are_shown_with_words_have_them_in_every_sheet():
    memory = Memory()
    for number in (5, 6, 7, 8):
        part = sheet_part(ROW.format(1, f"<v>{number}</v>"))
        found = guard(package({**SMALL, "xl/worksheets/sheet1.xml": part}), memory)
        assert found.hidden["表"].errors == {(1, 2): f"{number}元"}


PIECES = st.lists(
    st.sampled_from(
        [
            *(ROW.format(row, cell) for row in (1, 2) for cell in ("<v>5</v>", "<v/>", "<f>1</f>", "")),
            ROW.format(3, "<f>[1]表!A1</f><v>5</v>"),
            '<row r="4"/>',
            '<row r="4" ht="20"><c r="A4"><v>1</v></c></row>',
            '<row r="4" ht="21.5"><c r="A4"><v>2</v></c></row>',
            '<row r="6"></row></x><x>',
            '<row r="5"><c r="C5" s="9"/></row>',
            "</row>",
            "<row>",
            "<!-- -->",
            "<c>",
        ]
    ),
    max_size=5,
)


@given(st.lists(PIECES, min_size=1, max_size=4))
def test_the_guard_says_the_same_with_and_without_memory(many):
    """However sheets follow each other: what is remembered of one changes nothing in the next."""
    memory = Memory()
    for pieces in many * 3:
        parts = {**SMALL, "xl/worksheets/sheet1.xml": sheet_part("".join(pieces))}
        assert verdict(package(parts), memory) == verdict(package(parts), None)


def verdict(content, memory):
    try:
        return guard(content, memory)
    except RefusalError as refusal:
        return refusal.code, refusal.found
