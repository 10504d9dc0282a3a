"""One thing changed in a workbook as its program saved it, everything else left to the byte.

A workbook opened and saved anew by openpyxl is another program's; here the XML is changed in place, so that hundreds
of returns from the same blank differ in one thing each. Every change takes the parts of an .xlsx and a source of
chance, and gives the parts it changes; none where the workbook has not what it would change.
"""

import re
from collections.abc import Callable, Mapping
from random import Random

from kit.packages import package, parts_of
from pipeline.model.place import a1, row_and_column

Parts = Mapping[str, bytes]
Change = Callable[[Parts, Random], Parts]

BOOK, LINKS, TEXTS, STYLES = (
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
_NUMBER = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*)>(<f[^>]*>[^<]*</f>)?<v>([-0-9.]+)</v></c>')
_FORMULA = re.compile(rb'(<c r="[A-Z]+\d+"[^>]*>)<f([^>]*)>([^<]*)</f><v>([^<]*)</v></c>')
_EMPTY = re.compile(rb'<c r="([A-Z]+\d+)"( s="\d+")?(?: t="n")?(?:/>|></c>)')
_SHARED = re.compile(rb'<c r="([A-Z]+\d+)"([^>]*) t="s"><v>(\d+)</v></c>')
_TEXT = re.compile(rb"<t[^>]*>([^<]+)</t>")
_ROW = re.compile(rb"<row .*?</row>", re.DOTALL)
_PLACE = re.compile(rb'( r=|<dimension ref=|<mergeCell ref=)"([A-Z]*\d+(?::[A-Z]+\d+)?)"')
_SHEET = re.compile(rb'<sheet [^>]*name="([^"]*)"[^>]*/>')

TYPED = (
    "12", "１２", "约12", "12件", "1,234", " 7 ", "/", "无", "-", "0", "-3", "减3", "增12", "25.1万元", "2020", "2020年", "数量",
    "上年数", "万件", "件", "单位：万元", "（单位：条）", "规章", "总计", "某某局", "填报单位：某某局（159900999）", "年度：2019", "文字材料",
    "一、总体情况", "#REF!", "TRUE", "一段超过了十个字、里面没有一个数的说明文字", "见附件2",
)  # fmt: skip
NUMBERS = (
    "0", "-0", "1", "45.0", "1E3", "1e3", "2.5", "-7", "+5", "2019", "2020", "2020.5", "999999999999999", "1234567890123456",
    "1E16", "0.30000000000000004", "1E400", "43831",
)  # fmt: skip
FORMATS = ('0"万"', "0.00%", '"增"0;"减"0;0', "0,", "yyyy", '0"元"', "@", '[红色]0"千元"')


def varied(content: bytes, change: Change, chance: Random) -> bytes:
    """An .xlsx with one thing changed; the same bytes where it has nothing of the kind."""
    parts = parts_of(content)
    changed = change(parts, chance)
    return package({**parts, **changed}) if changed else content


def _sheets(parts: Parts) -> list[str]:
    return sorted(name for name in parts if name.startswith("xl/worksheets/sheet"))


def _one(pattern: re.Pattern[bytes], new: Callable[[re.Match[bytes], Random], bytes]) -> Change:
    """One match, in one of the sheets, replaced."""

    def change(parts: Parts, chance: Random) -> Parts:
        found = [(name, match) for name in _sheets(parts) for match in pattern.finditer(parts[name])]
        if not found:
            return {}
        name, match = chance.choice(found)
        part = parts[name]
        return {name: part[: match.start()] + new(match, chance) + part[match.end() :]}

    return change


def _cell(match: re.Match[bytes], inside: str, kind: str = "") -> bytes:
    """The cell with another content, its style kept."""
    attributes = re.sub(rb' t="[^"]*"', b"", match[2] or b"")
    return b'<c r="%b"%b%b>%b</c>' % (
        match[1],
        attributes,
        f' t="{kind}"'.encode() if kind else b"",
        inside.encode(),
    )


def _inline(text: str) -> str:
    return f"<is><t>{text}</t></is>"


def _uncached(match: re.Match[bytes], _chance: Random) -> bytes:
    return b"%b<f%b>%b</f></c>" % (match[1], match[2], match[3])


def _stale(match: re.Match[bytes], chance: Random) -> bytes:
    return b"%b<f%b>%b</f><v>%d</v></c>" % (*match.group(1, 2, 3), chance.randint(0, 3000))


def _linked(match: re.Match[bytes], _chance: Random) -> bytes:
    return _cell(match, f"<f>[1]表!A1</f><v>{match[4].decode()}</v>")


def _restyled(match: re.Match[bytes], chance: Random) -> bytes:
    """The same number in another cell's look."""
    return re.sub(rb' s="\d+"', b' s="%d"' % chance.randint(0, 20), match[0])


def _label(parts: Parts, chance: Random) -> Parts:
    """One text of the blank retyped: a label, a title, a note; another where it is shared."""
    names = [TEXTS] if TEXTS in parts else _sheets(parts)
    found = [(name, match) for name in names for match in _TEXT.finditer(parts[name])]
    name, match = chance.choice(found)
    old = match[1].decode()
    new = chance.choice(
        (
            f"{old}：",
            f"（一）{old}",
            old[:-1] or "某",
            "其他",
            f" {old} ",
            "规章",
            "某某",
            old.replace("数量", "数"),
        )
    )
    part = parts[name]
    return {name: part[: match.start(1)] + new.encode() + part[match.end(1) :]}


def _hidden(parts: Parts, chance: Random) -> Parts:
    """A sheet hidden, or the hidden one shown."""
    match = chance.choice(list(_SHEET.finditer(parts[BOOK])))
    state = chance.choice((b"hidden", b"veryHidden", b"visible"))
    one = re.sub(rb' state="[^"]*"', b' state="%b"' % state, match[0])
    return {BOOK: parts[BOOK].replace(match[0], one)}


def _renamed(parts: Parts, chance: Random) -> Parts:
    """A sheet with another name: another sheet's among them, which no program would save."""
    match = chance.choice(list(_SHEET.finditer(parts[BOOK])))
    name = chance.choice(("Sheet1", "补充指标", "文字材料", "封面", "_make_report", "主动公开 (2)")).encode()
    return {
        BOOK: parts[BOOK].replace(match[0], match[0].replace(b'name="%b"' % match[1], b'name="%b"' % name))
    }


def _reordered(parts: Parts, chance: Random) -> Parts:
    """Two sheets in each other's place."""
    one, other = sorted(chance.sample(list(_SHEET.finditer(parts[BOOK])), 2), key=lambda match: match.start())
    book = parts[BOOK]
    return {
        BOOK: book[: one.start()] + other[0] + book[one.end() : other.start()] + one[0] + book[other.end() :]
    }


def _exchanged(parts: Parts, chance: Random) -> Parts:
    """Two sheets' contents under each other's name."""
    one, other = chance.sample(_sheets(parts), 2)
    return {one: parts[other], other: parts[one]}


def _moved(parts: Parts, chance: Random) -> Parts:
    """A sheet's contents some rows further down and columns to the right."""
    name = chance.choice(_sheets(parts))
    return {name: _shifted(parts[name], 0, chance.randint(0, 3), chance.randint(0, 2))}


def _inserted(parts: Parts, chance: Random) -> Parts:
    """A row put in between, empty or with something in it."""
    name = chance.choice(_sheets(parts))
    rows = list(_ROW.finditer(parts[name]))
    at = chance.randrange(len(rows))
    number = int(re.search(rb' r="(\d+)"', rows[at][0])[1])
    cells = chance.choice(
        ("", '<c r="{}"><v>7</v></c>', '<c r="{}" t="inlineStr"><is><t>其中：线上</t></is></c>')
    )
    cell = cells.format(a1(number, chance.randint(1, 8)))
    row = f'<row r="{number}">{cell}</row>'.encode()
    part = _shifted(parts[name], number, 1, 0)
    start = parts[name].index(rows[at][0])
    return {name: part[:start] + row + part[start:]}


def _dropped(parts: Parts, chance: Random) -> Parts:
    """A row deleted, those below where they were."""
    name = chance.choice(_sheets(parts))
    return {name: parts[name].replace(chance.choice(_ROW.findall(parts[name])), b"")}


def _shifted(part: bytes, first: int, down: int, right: int) -> bytes:
    """A sheet with what stands in row ``first`` and below moved."""

    def moved(place: bytes) -> bytes:
        if place.isdigit():
            return b"%d" % (int(place) + down * (int(place) >= first))
        row, column = row_and_column(place.decode())
        return a1(row + down * (row >= first), column + right).encode()

    def there(match: re.Match[bytes]) -> bytes:
        return b'%b"%b"' % (match[1], b":".join(map(moved, match[2].split(b":"))))

    return _PLACE.sub(there, part)


def _merged(parts: Parts, chance: Random) -> Parts:
    """A merged area taken away, or made wider or higher by one; or two cells merged."""
    name = chance.choice([one for one in _sheets(parts) if b"<mergeCell " in parts[one]])
    old = chance.choice(re.findall(rb"<mergeCell [^>]*/>", parts[name]))
    first, last = (row_and_column(place.decode()) for place in re.findall(rb"[A-Z]+[0-9]+", old))
    row, column = chance.randint(3, 30), chance.randint(1, 8)
    new = chance.choice(
        (
            "",
            _area(first, (last[0], last[1] + 1)),
            _area(first, (last[0] + 1, last[1])),
            old.decode() + _area((row, column), (row, column + 1)),
            old.decode() + _area((row, column), (row + 1, column)),
        )
    )
    return {name: parts[name].replace(old, new.encode(), 1)}


def _area(first: tuple[int, int], last: tuple[int, int]) -> str:
    return f'<mergeCell ref="{a1(*first)}:{a1(*last)}"/>'


def _formatted(parts: Parts, chance: Random) -> Parts:
    """A number format of the blank that says something else, at every cell that has it."""
    codes = re.findall(rb'formatCode="[^"]*"', parts[STYLES])
    new = chance.choice(FORMATS).replace('"', "&quot;").encode()
    return {STYLES: parts[STYLES].replace(chance.choice(codes), b'formatCode="%b"' % new)} if codes else {}


def _renumbered(parts: Parts, chance: Random) -> Parts:
    """The shared texts in another order, the cells following: nothing that could be seen."""
    if TEXTS not in parts:
        return {}
    texts = re.findall(rb"<si>.*?</si>", parts[TEXTS], re.DOTALL)
    order = list(range(len(texts)))
    chance.shuffle(order)
    now = {old: new for new, old in enumerate(order)}
    start, end = parts[TEXTS].index(b"<si>"), parts[TEXTS].rindex(b"</si>") + 5
    changed = {TEXTS: parts[TEXTS][:start] + b"".join(texts[old] for old in order) + parts[TEXTS][end:]}
    for name in _sheets(parts):
        changed[name] = re.sub(
            rb't="s"><v>(\d+)<', lambda found: b't="s"><v>%d<' % now[int(found[1])], parts[name]
        )
    return changed


def _swapped_texts(parts: Parts, chance: Random) -> Parts:
    """Two shared texts in each other's place: every sheet is the same to the byte."""
    if TEXTS not in parts:
        return {}
    one, other = sorted(chance.sample(list(_TEXT.finditer(parts[TEXTS])), 2), key=lambda match: match.start())
    part = parts[TEXTS]
    return {
        TEXTS: part[: one.start(1)]
        + other[1]
        + part[one.end(1) : other.start(1)]
        + one[1]
        + part[other.end(1) :]
    }


def _doubled(parts: Parts, chance: Random) -> Parts:
    """A sheet that stands in the workbook twice, hidden or not, perhaps with one other number."""
    part = parts[chance.choice(_sheets(parts))]
    if chance.random() < 0.5 and (numbers := list(_NUMBER.finditer(part))):
        match = chance.choice(numbers)
        part = part[: match.start(4)] + b"77" + part[match.end(4) :]
    sheet = f'<sheet name="{chance.choice(("副本", "主动公开 (2)"))}" sheetId="90" state="{chance.choice(("visible", "hidden"))}" r:id="rId90"/>'
    return {
        "xl/worksheets/sheet90.xml": part,
        BOOK: parts[BOOK].replace(
            b"</sheets>",
            sheet.replace(
                "<sheet ",
                '<sheet xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" ',
            ).encode()
            + b"</sheets>",
        ),
        LINKS: parts[LINKS].replace(
            b"</Relationships>",
            b'<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet90.xml"/></Relationships>',
        ),
    }


def _named(parts: Parts, _chance: Random) -> Parts:
    """A name defined for an area."""
    names = '<definedNames><definedName name="合计">主动公开!$B$5:$B$9</definedName></definedNames>'.encode()
    book = re.sub(rb"<definedNames/>", b"", parts[BOOK])
    return {BOOK: book.replace(b"</sheets>", b"</sheets>" + names)}


def _commented(parts: Parts, chance: Random) -> Parts:
    """A note of XML between rows, or a number split by one: what no spreadsheet program writes."""
    name = chance.choice(_sheets(parts))
    mark = chance.choice((b"<!-- 12 -->", b"<?note 12?>", b"\n"))
    return {name: parts[name].replace(b"</row>", b"</row>" + mark, chance.randint(1, 9))}


def _far(parts: Parts, chance: Random) -> Parts:
    """A cell far away, within what is read and beyond it."""
    name = chance.choice(_sheets(parts))
    row, column = chance.choice(((200, 30), (19_000, 2), (1_048_576, 16_384)))
    end = f'<row r="{row}"><c r="{a1(row, column)}"><v>3</v></c></row></sheetData>'.encode()
    return {name: parts[name].replace(b"</sheetData>", end)}


def _broken(parts: Parts, chance: Random) -> Parts:
    """A tag lost in one sheet."""
    name = chance.choice(_sheets(parts))
    return {name: parts[name].replace(chance.choice((b"</c>", b"</row>", b"</worksheet>")), b"", 1)}


CHANGES: Mapping[str, Change] = {
    "number": _one(_NUMBER, lambda match, chance: _cell(match, f"<v>{chance.choice(NUMBERS)}</v>")),
    "number as text": _one(_NUMBER, lambda match, chance: _cell(match, _inline(chance.choice(TYPED)), "inlineStr")),
    "text of a formula": _one(
        _NUMBER, lambda match, chance: _cell(match, f"<f>A1</f><v>{chance.choice(TYPED)}</v>", "str")
    ),
    "number gone": _one(_NUMBER, lambda match, _chance: _cell(match, "")),
    "error": _one(_NUMBER, lambda match, chance: _cell(match, f"<v>{chance.choice(('#REF!', '#N/A', '42'))}</v>", "e")),
    "truth value": _one(_NUMBER, lambda match, _chance: _cell(match, f"<v>{int(match[4] != b'0')}</v>", "b")),
    "formula without result": _one(_NUMBER, lambda match, _chance: _cell(match, "<f>A1</f>")),
    "date": _one(_NUMBER, lambda match, _chance: _cell(match, "<v>2020-01-31</v>", "d")),
    "shared text as number": _one(_NUMBER, lambda match, chance: _cell(match, f"<v>{chance.randint(0, 60)}</v>", "s")),
    "another number on an empty cell": _one(
        _EMPTY, lambda match, chance: _cell(match, f"<v>{chance.choice(NUMBERS)}</v>")
    ),
    "a text on an empty cell": _one(
        _EMPTY, lambda match, chance: _cell(match, _inline(chance.choice(TYPED)), "inlineStr")
    ),
    "another shared text": _one(_SHARED, lambda match, chance: _cell(match, f"<v>{chance.randint(0, 60)}</v>", "s")),
    "shared text in the cell": _one(_SHARED, lambda match, chance: _cell(match, _inline(chance.choice(TYPED)), "inlineStr")),
    "look": _one(_NUMBER, _restyled),
    "stale result": _one(_FORMULA, _stale),
    "no result": _one(_FORMULA, _uncached),
    "linked": _one(_NUMBER, _linked),
    "label": _label,
    "hidden sheet": _hidden,
    "renamed sheet": _renamed,
    "sheets in another order": _reordered,
    "contents exchanged": _exchanged,
    "moved": _moved,
    "row put in": _inserted,
    "row gone": _dropped,
    "merged": _merged,
    "format": _formatted,
    "texts renumbered": _renumbered,
    "texts exchanged": _swapped_texts,
    "sheet twice": _doubled,
    "name": _named,
    "comment": _commented,
    "far cell": _far,
    "broken": _broken,
    "nothing": lambda _parts, _chance: {},
}  # fmt: skip
