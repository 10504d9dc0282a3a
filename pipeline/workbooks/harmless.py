"""Which formulas of others may go out again: plain arithmetic inside their own workbook, and nothing else."""

import re
from collections.abc import Collection

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

FUNCTIONS = frozenset((
    "SUM", "SUMIF", "SUMPRODUCT", "SUBTOTAL", "IF", "IFERROR", "AND", "OR", "NOT", "ROUND", "ROUNDUP",
    "ROUNDDOWN", "INT", "ABS", "MOD", "MIN", "MAX", "AVERAGE", "COUNT", "COUNTA", "COUNTBLANK", "COUNTIF",
    "ISNUMBER", "ISBLANK", "ISERROR", "ISTEXT", "N", "VALUE", "TEXT", "LEN", "TRIM",
))  # fmt: skip
LONGEST = 8_192
"""What a spreadsheet allows."""

_REFERENCE = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^'\[\]|]|'')+)'|(?P<plain>[^\s'\[\]|!:]+))!)?"
    r"(?:\$?[A-Z]{1,3}\$?[0-9]{1,7}(?::\$?[A-Z]{1,3}\$?[0-9]{1,7})?"
    r"|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?[0-9]{1,7}:\$?[0-9]{1,7})",
    re.IGNORECASE,
)
_PLAIN = frozenset((Token.PAREN, Token.SEP, Token.OP_PRE, Token.OP_IN, Token.OP_POST, Token.WSPACE))


def is_harmless(formula: str, sheets: Collection[str]) -> bool:
    """Whether a formula (with its ``=``) only reckons with these sheets' cells, by well-known functions.

    What is not understood is not harmless: names, links to other files, DDE (``cmd|…``), arrays.
    """
    if len(formula) > LONGEST:
        return False
    try:
        tokens = Tokenizer(formula).items
    except Exception:  # the tokenizer fails in many ways on what is no formula
        return False
    brackets = [token.subtype for token in tokens if token.type in {Token.FUNC, Token.PAREN}]
    whole = bool(tokens) and brackets.count(Token.OPEN) == brackets.count(Token.CLOSE)
    return whole and all(_is_plain(token, sheets) for token in tokens)


def _is_plain(token: Token, sheets: Collection[str]) -> bool:
    if token.type == Token.FUNC:
        return token.subtype == Token.CLOSE or token.value[:-1].upper() in FUNCTIONS
    if token.type != Token.OPERAND:
        return token.type in _PLAIN
    return token.subtype != Token.RANGE or _is_within(token.value, sheets)


def _is_within(reference: str, sheets: Collection[str]) -> bool:
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return False
    sheet = match["plain"] or (match["quoted"] or "").replace("''", "'")
    return not sheet or sheet.casefold() in {name.casefold() for name in sheets}
