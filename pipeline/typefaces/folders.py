"""Where fonts lie: Windows, Linux and macOS, the system's and the user's own."""

from collections.abc import Mapping
from pathlib import Path

WPS = Path("/opt/kingsoft/wps-office/office6/fonts")
"""Where WPS for Linux keeps the fonts it brings along."""


def font_folders(environment: Mapping[str, str], home: Path) -> tuple[Path, ...]:
    """The folders to search, in order, the user's own first; they need not exist."""
    windows = environment.get("WINDIR", "")
    if windows:
        local = environment.get("LOCALAPPDATA", "")
        own = (Path(local) / "Microsoft" / "Windows" / "Fonts",) if local else ()
        return (*own, Path(windows) / "Fonts")
    share = environment.get("XDG_DATA_HOME", "") or home / ".local" / "share"
    return (
        Path(share) / "fonts",
        home / ".fonts",
        home / "Library" / "Fonts",
        *map(Path, ("/usr/local/share/fonts", "/usr/share/fonts", "/Library/Fonts", "/System/Library/Fonts")),
        WPS,
    )
