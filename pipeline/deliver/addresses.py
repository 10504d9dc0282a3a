"""Mail addresses as people type them into a roster: several in a cell, full-width, or wrong."""

import re

BETWEEN = re.compile(r"[;；,，、\s]+")
LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*", re.ASCII)
"""The part before the @ (RFC 5322 dot-atom); what needs quotes or SMTPUTF8 few servers take."""
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", re.ASCII)
LONGEST_LOCAL, LONGEST_LABEL, LONGEST = 64, 63, 254
"""Octets (RFC 5321, 4.5.3.1; RFC 1035)."""


def parted(text: str) -> tuple[str, ...]:
    """The addresses in a roster's cell, each once."""
    return tuple(dict.fromkeys(part for part in BETWEEN.split(text) if part))


def fault(address: str) -> str:
    """Why no letter can go to an address, in words; "" where one can."""
    local, at, domain = address.rpartition("@")
    if not at:
        return "没有 @"
    if not LOCAL.fullmatch(local):
        return "@ 前面只能是半角的字母、数字和 . _ - 等，不能有空格、汉字或全角字符"
    ascii_domain = _ascii(domain)
    labels = ascii_domain.split(".")
    if not all(LABEL.fullmatch(label) and len(label) <= LONGEST_LABEL for label in labels):
        return "@ 后面不是一个域名，应如 qq.com"
    if len(local) > LONGEST_LOCAL or len(local) + 1 + len(ascii_domain) > LONGEST:
        return "太长"
    return ""


def as_sent(address: str) -> str:
    """The address as it goes to the server: the domain in small letters, a Chinese one in its ASCII form."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{_ascii(domain).lower()}"


def _ascii(domain: str) -> str:
    """The domain's ASCII form (IDNA); "" where it has none, or is full-width and would be guessed."""
    if domain.isascii():
        return domain
    if any("\uff00" <= mark <= "\uffef" or mark in "。．" for mark in domain):
        return ""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
