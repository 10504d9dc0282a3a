"""What came with the program, and where it lies: loads nothing heavy, since ``--help`` asks as well."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
SAMPLE_YEAR = 2020


def templates_folder() -> Path:
    """The folder of templates: inside the installed package, or at the top of a checkout."""
    inside = PACKAGE / "templates"
    return inside if inside.is_dir() else PACKAGE.parent / "templates"


def sample_folder() -> Path:
    """The folder of the sample year: inside the installed package, or among a checkout's inputs."""
    inside = PACKAGE / "sample"
    return (inside if inside.is_dir() else PACKAGE.parent / "inputs") / str(SAMPLE_YEAR)
