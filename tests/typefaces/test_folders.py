"""Where fonts are looked for: by the environment that was handed in, on Windows and elsewhere."""

from pathlib import Path

from pipeline.typefaces.folders import WPS, font_folders

HOME = Path("/home/li")


def test_on_windows_the_users_own_fonts_come_before_the_systems():
    own, system = font_folders({"WINDIR": "C:/Windows", "LOCALAPPDATA": "C:/Users/li/AppData/Local"}, HOME)
    assert own.as_posix() == "C:/Users/li/AppData/Local/Microsoft/Windows/Fonts"
    assert system.as_posix() == "C:/Windows/Fonts"


def test_on_windows_without_a_profile_the_systems_remain():
    assert [folder.as_posix() for folder in font_folders({"WINDIR": "C:/Windows"}, HOME)] == [
        "C:/Windows/Fonts"
    ]


def test_elsewhere_the_users_the_systems_and_those_of_wps():
    folders = font_folders({}, HOME)
    assert folders[:2] == (HOME / ".local/share/fonts", HOME / ".fonts")
    assert {Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), WPS} <= set(folders)


def test_the_users_own_data_folder_is_where_the_user_says():
    assert font_folders({"XDG_DATA_HOME": "/data/li"}, HOME)[0] == Path("/data/li/fonts")
