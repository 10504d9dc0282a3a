"""The password of the mail server, which no print, log or traceback shows."""

from base64 import b64encode

STARS = "＊＊＊"


class Secret:
    """A password for a user of a server; only ``reveal`` gives it."""

    __slots__ = ("_forms", "_text")

    def __init__(self, text: str, user: str = "") -> None:
        plain = (text, f"\0{user}\0{text}")
        coded = (b64encode(form.encode()).decode("ascii") for form in plain)
        self._text = text
        self._forms = tuple(form for form in (*plain, *coded) if form.strip("\0"))

    def reveal(self) -> str:
        """The password itself, for the server alone."""
        return self._text

    def hidden_in(self, words: str) -> str:
        """Words of the server, in which the password may stand plain or as it was sent, without it."""
        for form in sorted(self._forms, key=len, reverse=True):
            words = words.replace(form, STARS)
        return words

    def __repr__(self) -> str:
        return f"Secret({STARS})"

    def __reduce__(self) -> str:
        raise TypeError("a password is not written down")
