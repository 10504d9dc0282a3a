"""JSON as all files of this program have it: for people too, the same content in the same bytes."""

import json
from io import BytesIO


def as_json(content: object) -> bytes:
    """UTF-8, keys sorted, an entry a line, a line end at the end. TypeError where JSON has no such value."""
    encoder = json.JSONEncoder(ensure_ascii=False, indent=1, sort_keys=True)
    written = BytesIO()
    for piece in encoder.iterencode(content):  # the pieces of a long record together take many times its size
        written.write(piece.encode())
    written.write(b"\n")
    return written.getvalue()
