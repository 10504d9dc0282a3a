"""Why a file is not read: raised inside this package only, a finding outside it."""


class RefusalError(Exception):
    """A file that is not read: its finding code, and what was found and expected in words."""

    def __init__(self, code: str, found: str = "", expected: str = "") -> None:
        super().__init__(code, found, expected)
        self.code = code
        self.found = found
        self.expected = expected
