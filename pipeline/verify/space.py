"""White space, which is never a difference: a page may break a line anywhere."""


def without_space(text: str) -> str:
    """The text as readers give it and as it is compared."""
    return "".join(text.split())
