"""The faces of the user's own computer: which ones a PDF may use for each role, and why others may not."""

from pathlib import Path

from msgspec import Struct


class FaceFile(Struct, frozen=True):
    """A face by the name it was asked for, and where it lies: a file, and its number in a collection."""

    name: str
    path: Path
    index: int = 0


class Refusal(Struct, frozen=True):
    """A file that was not used and why, in words that follow its name."""

    path: Path
    why: str
    name: str = ""
    """The face it was looked at for; "" where it could not even be asked its name."""


class RoleChoice(Struct, frozen=True):
    """What was found for a role of the page (title, hei, kai, fang, song): the face, or only refusals."""

    role: str
    face: FaceFile | None
    refused: tuple[Refusal, ...] = ()


class Typefaces(Struct, frozen=True):
    """The result of a search: one choice a role, and the files whose names could not be read."""

    choices: tuple[RoleChoice, ...] = ()
    unreadable: tuple[Refusal, ...] = ()

    @property
    def chosen(self) -> dict[str, FaceFile]:
        """The face of each role that has one."""
        return {choice.role: choice.face for choice in self.choices if choice.face}

    @property
    def lacking(self) -> tuple[str, ...]:
        """The roles that were looked for and have none."""
        return tuple(choice.role for choice in self.choices if choice.face is None)


BUNDLED = Typefaces()
"""Nothing was looked for: the program's own faces print everything."""

ROLES = {"title": "小标宋", "hei": "黑体", "kai": "楷体", "fang": "仿宋", "song": "宋体"}
"""The faces of an official page by role (GB/T 9704—2012), as an office calls them."""
