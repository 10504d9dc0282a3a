"""What may arrive in place of an ordinary workbook: a line for each, with what the program must make of it."""

import os
import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable

from msgspec import Struct
from openpyxl.utils import get_column_letter

from kit.broken import figure_linked
from kit.compound import compound
from kit.hostile import (
    BOOK,
    FILE_ENTITY,
    LAUGHS,
    MEBI,
    SHEET,
    STYLES,
    TEXTS,
    good,
    many_sheets,
    ods_row,
    overlapped,
    prolonged,
    repeated_name,
    replaced,
    saved,
    saved_by_openpyxl,
    seed,
    understated,
    with_entities,
    with_part,
    word_file,
    xls_of,
    xls_records,
    xls_with,
)
from kit.office import AGENCIES, Office
from kit.packages import package, parts_of

MEASURED_LIMITS = (2.0, 300)
"""CPU seconds and MiB that a check of the small office may take, whatever arrived."""
MEASURED = """
import atexit, sys, time
from pipeline.cli import main
def tell():
    lines = dict(line.split(":", 1) for line in open("/proc/self/status"))
    sys.stderr.write(f"\\nMEASURED {lines['VmHWM'].split()[0]} {time.process_time()}")
atexit.register(tell)
main()
"""
SCHOOLS = AGENCIES[1]
NAME = "市教育局.xlsx"
END = "</sheetData>"
FIVE = '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'


class Odd(Struct, frozen=True):
    """What arrived, its file's name, its bytes; the finding it comes to, "" for none, and words of it.

    ``worst`` marks those that come near the limits of time or memory, or once went far beyond them.
    """

    what: str
    make: Callable[[], bytes]
    code: str
    words: str = ""
    file: str = NAME
    worst: bool = False


def odd_number(value: object) -> Callable[[], bytes]:
    """The submission with one figure given another raw value."""
    new = str(value).encode()
    return lambda: with_part(
        good(), SHEET, lambda part: re.sub(rb"<v>\d+</v>", b"<v>" + new + b"</v>", part, count=1)
    )


def typed(cell: str, value: object, sheet: str = "主动公开") -> Callable[[], bytes]:
    """The submission with something typed into a cell."""

    def type_in(book) -> None:
        book[sheet][cell] = value

    return saved_by_openpyxl(type_in)


def rows_of(cells: Callable[[int], str], numbers: range) -> bytes:
    """Rows with cells for each number."""
    return "".join(f'<row r="{number}">{cells(number)}</row>' for number in numbers).encode()


def with_rows(rows: Callable[[], bytes]) -> Callable[[], bytes]:
    """The submission with more rows on its first table's sheet."""
    return lambda: prolonged(good(), SHEET, END, rows())


def shared_text(length: int, times: int) -> bytes:
    """The submission with a long text that many cells share."""
    count = parts_of(saved())[TEXTS].count(b"<si>")
    rows = rows_of(
        lambda row: "".join(
            f'<c r="{get_column_letter(n)}{row}" t="s"><v>{count}</v></c>' for n in range(1, 101)
        ),
        range(300, 300 + times // 100),
    )
    longer = prolonged(saved(), TEXTS, "</sst>", b"<si><t>" + b"x" * length + b"</t></si>")
    return prolonged(longer, SHEET, END, rows)


def hidden_rows(book) -> None:
    """Hide every other row of the first table."""
    sheet = book["主动公开"]
    for row in range(1, sheet.max_row + 1, 2):
        sheet.row_dimensions[row].hidden = True


def merged_figures(book) -> None:
    """Merge two figures of the first table into one cell, as clerks do who mean the one for both."""
    sheet = book["主动公开"]
    row, column = next(
        (cell.row, cell.column) for line in sheet for cell in line if isinstance(cell.value, int)
    )
    sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)


def second_table(book) -> None:
    """A second copy of the first table with another figure."""
    copy = book.copy_worksheet(book["主动公开"])
    next(cell for line in copy for cell in line if isinstance(cell.value, int)).value = 999_999


def ten_thousand_ods() -> bytes:
    """An .ods of ten thousand sheets."""
    sheets = "".join(
        f'<table:table table:name="s{n}"><table:table-row>{FIVE}</table:table-row></table:table>'
        for n in range(10_000)
    )
    return prolonged(seed("libreoffice.ods"), "content.xml", "</office:spreadsheet>", sheets.encode())


def xls_with_password() -> bytes:
    """An .xls with a password to open."""
    first, *others = xls_records(seed("libreoffice.xls"))
    return xls_of([first, (0x002F, bytes(6)), *others])


ARRIVALS = (
    Odd("发了一半的 .xlsx", lambda: good()[: len(good()) // 2], "workbook-unreadable", "没有传完"),
    Odd("少了末尾的 .xlsx", lambda: good()[:-22], "workbook-unreadable", "没有传完"),
    Odd("发了一半的 .xls", lambda: seed("libreoffice.xls")[:8000], "workbook-unreadable", "没有传完", "市教育局.xls"),
    Odd("少了末尾的 .ods", lambda: seed("libreoffice.ods")[:-99], "workbook-unreadable", "没有传完", "市教育局.ods"),
    Odd(
        "改了一个数字、校验没有改",
        lambda: package(parts_of(good()), zipfile.ZIP_STORED).replace(b"<v>2</v>", b"<v>8</v>", 1),
        "workbook-damaged",
        "校验不符",
    ),
    *(
        Odd(f"{part} 断在中间", lambda part=part: with_part(saved(), part, lambda xml: xml[: len(xml) // 2]), "workbook-damaged", "不完整")
        for part in (SHEET, TEXTS, STYLES, BOOK, "xl/_rels/workbook.xml.rels")
    ),
    Odd("空文件", lambda: b"", "not-a-workbook", "空文件"),
    Odd("全是零的文件", lambda: bytes(20_000), "not-a-workbook", "认不出"),
    Odd("改了扩展名的 Word 文档", word_file, "not-a-workbook", "Word 文档"),
    Odd("改了扩展名的 PDF", lambda: b"%PDF-1.7\n", "not-a-workbook", "PDF"),
    Odd("改了扩展名的网页", lambda: b"<html><table></table></html>", "not-a-workbook", "网页", "市教育局.xls"),
    Odd("压缩包里的工作簿", lambda: package({"市教育局.xlsx": good()}), "not-a-workbook", "压缩包"),
    Odd("有打开密码的 .xlsx", lambda: compound(b"x" * 5000, "EncryptedPackage"), "workbook-password"),
    Odd("有打开密码的 .xls", xls_with_password, "workbook-password", file="市教育局.xls"),
    Odd(
        "有打开密码的 .ods",
        lambda: replaced(seed("libreoffice.ods"), "META-INF/manifest.xml", "</manifest:manifest>", "<manifest:encryption-data/></manifest:manifest>"),
        "workbook-password",
        file="市教育局.ods",
    ),
    Odd("带宏的 .xlsm", lambda: package({**parts_of(good()), "xl/vbaProject.bin": b"Sub"}), "macros-ignored", file="市教育局.xlsm"),
    Odd("压缩炸弹，写明 1 GB", lambda: understated(good(), SHEET, bytes(MEBI), 1024 * MEBI), "workbook-too-large", "1024 MB"),
    Odd("压缩炸弹，谎称 10 字节", lambda: understated(good(), SHEET, bytes(300 * MEBI)), "workbook-damaged", "校验不符", worst=True),
    Odd(
        "压缩炸弹，别的压缩方法",
        lambda: understated(good(), SHEET, bytes(100 * MEBI), 10, zipfile.ZIP_BZIP2),
        "workbook-unreadable",
        "压缩方法",
        worst=True,
    ),
    Odd("互相重叠的部件", lambda: overlapped(good(), SHEET, b"<a/>" + b" " * MEBI, 60), "workbook-damaged"),
    Odd("四万个重叠的部件", lambda: overlapped(good(), SHEET, b"<a/>", 40_000), "workbook-too-large", "部件", worst=True),
    Odd("两个同名的部件", lambda: repeated_name(good(), SHEET, b"<worksheet/>"), "workbook-damaged", "同名"),
    Odd("爬到别处的部件名", lambda: package({**parts_of(good()), "../../../x.xlsx": b"x"}), ""),
    *(
        Odd(f"{part} 里的十亿个哈", lambda part=part: with_entities(saved(), part, LAUGHS), "workbook-unreadable", "实体声明")
        for part in (SHEET, TEXTS, BOOK, STYLES)
    ),
    Odd("要读别的文件的实体", lambda: with_entities(saved(), TEXTS, FILE_ENTITY), "workbook-unreadable", "实体声明"),
    Odd("十亿个哈的 .ods", lambda: with_entities(seed("libreoffice.ods"), "content.xml", LAUGHS), "workbook-unreadable", "实体声明", "市教育局.ods"),
    Odd("七十万空行", with_rows(lambda: b"".join(b'<row r="%d"/>' % n for n in range(300, 700_000))), "", worst=True),
    Odd("1048576 行都带格式", with_rows(lambda: b"".join(b'<row r="%d" s="1"/>' % n for n in range(300, 1_048_577))), "workbook-too-large", "MB", worst=True),
    Odd("16384 列都带格式", with_rows(lambda: rows_of(lambda row: "".join(f'<c r="{get_column_letter(n)}{row}" s="0"/>' for n in range(1, 16_385)), range(300, 301))), ""),
    Odd("最远一格有字", with_rows(lambda: rows_of(lambda row: f'<c r="XFD{row}"><v>1</v></c>', range(1_048_576, 1_048_577))), "workbook-too-large", "第1048576行"),
    Odd("不写地址的四百万格", with_rows(lambda: b"<row>" + b"<c/>" * 3_900_000 + b"</row>"), "workbook-too-large", "标记", worst=True),
    Odd("不写地址的一行一万六千格", with_rows(lambda: b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>" + b"<row/>" * 19_000), "workbook-too-large", "行"),
    Odd("三十万格都有数", with_rows(lambda: rows_of(lambda row: "".join(f'<c r="{get_column_letter(n)}{row}"><v>{row}</v></c>' for n in range(1, 101)), range(300, 3300))), "workbook-too-large", "填了 30 万格", worst=True),
    Odd("九万格都有数", with_rows(lambda: rows_of(lambda row: "".join(f'<c r="{get_column_letter(n)}{row}"><v>{row}</v></c>' for n in range(1, 101)), range(300, 1200))), "", worst=True),
    Odd("一百万种格式", lambda: prolonged(good(), STYLES, "</cellXfs>", b"<xf/>" * 1_000_000), "", worst=True),
    Odd("没有尽头的数字格式", lambda: prolonged(good(), STYLES, "<fonts", b'<numFmts><numFmt numFmtId="200" formatCode="' + b"#" * 200_000 + b'"/></numFmts>'), "workbook-damaged"),
    Odd("一段话让一万格共用", lambda: shared_text(MEBI, 10_000), "workbook-too-large", "重复展开", worst=True),
    Odd("一格三万两千多字", typed("J2", "很" * 40_000), ""),
    Odd("一格三百万个空格", with_rows(lambda: b'<row r="300"><c r="A300" t="inlineStr"><is><t xml:space="preserve">1' + b" " * 3_000_000 + b"x</t></is></c></row>"), "", worst=True),
    Odd("五十万层嵌套", with_rows(lambda: b"<a>" * 300_000 + b"</a>" * 300_000), "", worst=True),
    Odd("十四兆的属性", with_rows(lambda: b'<row r="300" x="' + b"a" * (14 * MEBI) + b'"/>'), "", worst=True),
    Odd("属性里藏着一百万个 t='e'", with_rows(lambda: b'<c r="A300" x="' + b" t='e'" * 1_000_000 + b'"/>'), "", worst=True),
    Odd("不成 XML 的一百万个尖括号", with_rows(lambda: b'<c t="e"' * 1_000_000), "workbook-damaged", worst=True),
    Odd("谎报的共用文字数", lambda: with_part(saved(), TEXTS, lambda part: re.sub(rb'(ount)="\d+"', rb'\1="18446744073709551615"', part)), "workbook-unreadable"),
    Odd("不存在的共用文字", lambda: with_part(saved(), SHEET, lambda part: re.sub(rb't="s"><v>\d+', b't="s"><v>99999999', part, count=1)), "workbook-unreadable"),
    Odd("谎报的占用范围", lambda: with_part(good(), SHEET, lambda part: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', part)), ""),
    Odd("互相引用的共享公式", with_rows(lambda: b'<row r="300"><c r="A300"><f t="shared" si="0" ref="A300:XFD1048576">A301</f><v>1</v></c><c r="B300"><f t="shared" si="4294967295"/><v>1</v></c></row>'), ""),
    Odd("一格写了两次", lambda: with_part(good(), SHEET, lambda part: re.sub(rb"(<c [^>]*><v>\d+</v></c>)", rb"\1\1", part, count=1)), "workbook-damaged", "两次"),
    Odd("一万张表指着同一处", lambda: many_sheets(good(), 10_000), "workbook-too-large", "张表", worst=True),
    Odd("两张表指着同一处", lambda: many_sheets(good(), 2), "workbook-damaged", "同一处"),
    Odd("一万张表的 .ods", ten_thousand_ods, "workbook-too-large", "张表", "市教育局.ods", worst=True),
    Odd("重复 1048576 次的 .ods 行", ods_row(FIVE, 'table:number-rows-repeated="1048576"'), "workbook-too-large", "行", "市教育局.ods"),
    Odd("只有值没有字的 .ods 重复行", ods_row(FIVE.replace("<text:p>5</text:p>", ""), 'table:number-rows-repeated="999999999999"'), "workbook-too-large", "行", "市教育局.ods", worst=True),
    Odd("重复负一次的 .ods 行", ods_row(FIVE, 'table:number-rows-repeated="-1"'), "workbook-too-large", file="市教育局.ods"),
    Odd("谎报范围的 .xls", xls_with(0x0200, lambda body: b"\0" * 4 + b"\xff" * (len(body) - 4)), "", file="市教育局.xls", worst=True),
    Odd("不存在的共用文字的 .xls", xls_with(0x00FD, lambda body: body[:6] + b"\xff\xff\xff\x7f"), "table-missing", file="市教育局.xls"),
    Odd("记录太短的 .xls", xls_with(0x027E, lambda body: body[:5]), "workbook-unreadable", file="市教育局.xls"),
    Odd("=cmd 公式没有结果", typed("B4", "=cmd|'/c calc'!A1"), "cell-formula-without-value"),
    Odd("取自别的文件的数", lambda: figure_linked(good()), "cell-linked", "别的文件"),
    Odd("=cmd 当文字填的", typed("B4", "＝cmd|'/c calc'!A1"), "cell-not-a-number", "cmd|"),
    Odd("出错的值", lambda: with_part(good(), SHEET, lambda part: re.sub(rb"<c r=\"(\w+)\"[^>]*><v>\d+</v>", rb'<c r="\1" t="e"><v>#REF!</v>', part, count=1)), "cell-error-value", "#REF!"),
    *(Odd(f"数是 {value}", odd_number(value), "cell-not-a-number") for value in ("nan", "inf", "1e999", "1e300")),
    Odd("隐藏的行", saved_by_openpyxl(hidden_rows), ""),
    Odd("合并的数", saved_by_openpyxl(merged_figures), "cell-blank"),
    Odd("同一张表两份，数不同", saved_by_openpyxl(second_table), "table-twice"),
    Odd("去年的表", typed("B5", 2018, "封面"), "wrong-year", "2018"),
    Odd("名称里有脚本", lambda: replaced(good(), BOOK, "主动公开", "&lt;script&gt;"), ""),
    Odd("三十三兆的随机文件", lambda: b"PK\x03\x04" + os.urandom(33 * MEBI), "workbook-too-large", "33 MB", worst=True),
    Odd("三十一兆的假 .xls", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\0\x06\0" + bytes(31 * MEBI), "workbook-damaged", file="市教育局.xls", worst=True),
    Odd("很长的文件名", good, "", file="市教育局" + "很" * 76 + ".xlsx"),
    Odd("带脚本的文件名", good, "", file="市教育局<script>alert(1)<∕script>.xlsx"),
    Odd("分解形式的文件名", good, "", file=unicodedata.normalize("NFD", "市教育局é.xlsx")),
)  # fmt: skip
"""Each replaces 市教育局's workbook in the small office."""


def replace_submission(office: Office, odd: Odd) -> int:
    """Put what arrived in place of 市教育局's workbook; its size in bytes."""
    for path in office.submissions.iterdir():
        if SCHOOLS.name in unicodedata.normalize("NFC", path.name):
            path.unlink()
    return (office.submissions / odd.file).write_bytes(odd.make())


def measured(office: Office) -> tuple[str, int, float]:
    """What ``make-report check`` says in a process of its own; its peak memory in MiB and its CPU seconds."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, "-w", str(office.root), "check"],
        capture_output=True,
        timeout=60,
        check=False,
    )
    said = (done.stdout + done.stderr).decode("utf-8", "replace")
    if done.returncode not in (0, 1):
        raise RuntimeError(said)
    _, kibibytes, seconds = said[said.rindex("MEASURED") :].split()
    return said, int(kibibytes) // 1024, float(seconds)
