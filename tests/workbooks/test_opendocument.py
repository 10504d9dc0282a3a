"""An .ods is checked for repeated cells with content, and its error values are found."""

import pytest

from kit.packages import open_document, parts_of
from pipeline.workbooks.opendocument import check_content
from pipeline.workbooks.refusal import RefusalError

FIVE = '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'

GAP = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
WIDE = 'table:number-columns-repeated="16384"'


def check(rows):
    return check_content(parts_of(open_document(rows))["content.xml"])


def test_repeated_empty_rows_to_the_last_one_do_no_harm():
    rows = (
        f'<table:table-row>{FIVE}<table:table-cell table:number-columns-repeated="16383"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    )
    assert check(rows) == {}


@pytest.mark.parametrize(
    "rows",
    [
        f"<table:table-row>{FIVE.replace('table-cell', 'table-cell ' + WIDE, 1)}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="1048576">{FIVE}</table:table-row>',
        f"{GAP}<table:table-row>{FIVE}</table:table-row>",
        f'<table:table-row><table:table-cell table:number-columns-repeated="16383"/>{FIVE}</table:table-row>',
    ],
)
def test_a_bomb_of_repeated_cells_is_refused(rows):
    with pytest.raises(RefusalError) as refused:
        check(rows)
    assert refused.value.code == "workbook-too-large"


def test_error_values_are_found_where_they_stand():
    error = '<table:table-cell calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
    rows = (
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        f'<table:table-row><table:table-cell table:number-columns-repeated="2"/>{error}</table:table-row>'
    )
    assert check(rows)["表"].errors == {(4, 3): "#REF!"}


def test_a_truth_value_is_no_number():
    true = (
        '<table:table-cell office:value-type="boolean" office:boolean-value="true" '
        'calcext:value-type="boolean"><text:p>是</text:p></table:table-cell>'
    )
    assert check(f"<table:table-row>{FIVE}{true}</table:table-row>")["表"].errors == {(1, 2): "TRUE"}
