"""What travels to another computer, where the templates lie elsewhere and files of ours do not lie."""

import io
import pickle
from pathlib import Path
from typing import Any

from pipeline.errors import ExitCode, OperatorError
from pipeline.installed import templates_folder

TEMPLATES = "templates"
ELSEWHERE = '别的电脑上不一定有一样的。用集群时请在 report.toml 里写 fonts = "bundled"，或不加 --cluster。'


def packed(kit: object) -> bytes:
    """A kit as it travels; OperatorError (input) where it rests on a file of this computer's."""
    stream = io.BytesIO()
    _Packer(stream).dump(kit)
    return stream.getvalue()


def unpacked(content: bytes) -> Any:
    """What was packed, whole again on this computer."""
    return _Unpacker(io.BytesIO(content)).load()


class _Packer(pickle.Pickler):
    def persistent_id(self, one: object) -> str | None:
        """Of paths only that of the templates may travel: it becomes the other computer's own."""
        if not isinstance(one, Path):
            return None
        if one != templates_folder():
            raise OperatorError(ExitCode.INPUT, f"{one} {ELSEWHERE}")
        return TEMPLATES


class _Unpacker(pickle.Unpickler):
    def persistent_load(self, pid: object) -> Path:
        """This computer's folder of templates."""
        if pid != TEMPLATES:
            raise pickle.UnpicklingError(str(pid))
        return templates_folder()
