"""Findings for tests about what becomes of them."""

from pipeline.model.finding import Catalogue, Finding

WORKBOOK = "inputs/2020/submissions/第2单位.xlsx"


def found(
    catalogue: Catalogue,
    code: str,
    agency: str = "第2单位",
    workbook: str = WORKBOOK,
    sheet: str = "依申请公开",
    cell: str = "D6",
    message: str = "这里不对。",
    found: str = "若干",
    expected: str = "0 或正整数",
    address: str = "",
) -> Finding:
    """A finding of a code, worded as the test wants it."""
    severity = catalogue.kinds[code].severity
    return Finding(severity, code, agency, 2020, workbook, sheet, cell, message, found, expected, address)


def blank(catalogue: Catalogue, cell: str, address: str = "") -> Finding:
    """An empty cell."""
    return found(catalogue, "cell-blank", cell=cell, message="空着没填。", found="", address=address)
