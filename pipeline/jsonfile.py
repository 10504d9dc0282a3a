"""JSON as all files of this program have it: for people too, the same content in the same bytes."""

import json


def as_json(content: object) -> bytes:
    """UTF-8, keys sorted, an entry a line, a line end at the end. TypeError where JSON has no such value."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()
