"""White space, which is never a difference: a page may break a line anywhere."""

from functools import lru_cache


@lru_cache(maxsize=4096)
def without_space(text: str) -> str:
    """The text as readers give it and as it is compared; labels are the same in every report of a year."""
    return "".join(text.split())
