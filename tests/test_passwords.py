"""Where the password is looked for, in order, and what is said where there is none."""

import sys
from types import ModuleType

import keyring
import keyring.backend
import pytest
from keyring.errors import KeyringLocked

from pipeline import passwords
from pipeline.errors import ExitCode, OperatorError
from pipeline.mailing import read_mailing
from pipeline.passwords import SERVICE, VARIABLE, password


class Ring(keyring.backend.KeyringBackend):
    """A keyring in memory."""

    priority = 1

    def __init__(self):
        super().__init__()
        self.kept, self.locked = {}, False

    def get_password(self, service, username):
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self.kept[service, username] = password

    def delete_password(self, service, username):
        del self.kept[service, username]


@pytest.fixture
def ring():
    before, own = keyring.get_keyring(), Ring()
    keyring.set_keyring(own)
    yield own
    keyring.set_keyring(before)


def mailing(**keys):
    lines = "".join(f'{key} = "{value}"\n' for key, value in {"user": "clerk", **keys}.items())
    return read_mailing(f'[mail]\nhost = "h"\nfrom = "a@b.cn"\n{lines}'.encode(), "report.toml", "甲")


def test_without_a_user_there_is_none(tmp_path):
    assert password(mailing(user=""), tmp_path, {VARIABLE: "x"}) is None


def test_the_variable_comes_before_the_file_before_the_keyring(tmp_path, ring):
    (tmp_path / "p.txt").write_text("\ufefffrom-file\n后面的不看\n", encoding="utf-8")
    keyring.set_password(SERVICE, "clerk", "from-ring")
    filed = mailing(password_file="p.txt")
    assert password(filed, tmp_path, {VARIABLE: "from-variable"}).reveal() == "from-variable"
    assert password(filed, tmp_path, {}).reveal() == "from-file"
    assert password(mailing(), tmp_path, {}).reveal() == "from-ring"


def test_the_file_may_lie_in_the_user_s_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "p.txt").write_text("from-home", encoding="utf-8")
    assert password(mailing(password_file="~/p.txt"), tmp_path, {}).reveal() == "from-home"


def test_where_there_is_none_all_three_places_are_named(tmp_path, ring):
    ring.locked = True
    with pytest.raises(
        OperatorError, match=f"{VARIABLE}.*password_file.*keyring set make-report clerk"
    ) as stopped:
        password(mailing(), tmp_path, {})
    assert stopped.value.code is ExitCode.INPUT


def test_the_keyring_is_not_needed(tmp_path, monkeypatch):
    monkeypatch.setattr(passwords, "find_spec", lambda name: None)
    monkeypatch.setitem(sys.modules, "keyring", ModuleType("keyring"))
    with pytest.raises(OperatorError, match="没有找到"):
        password(mailing(), tmp_path, {})


def test_a_file_that_cannot_be_read_is_said(tmp_path):
    (tmp_path / "gbk.txt").write_bytes("密".encode("gbk"))
    for name in ("missing.txt", "gbk.txt"):
        with pytest.raises(OperatorError, match=name):
            password(mailing(password_file=name), tmp_path, {})


def test_a_password_no_server_can_be_told_is_refused_without_being_shown(tmp_path):
    with pytest.raises(OperatorError, match="汉字、全角字符") as stopped:
        password(mailing(), tmp_path, {VARIABLE: "ａｂｃ密码"})
    assert "ａｂｃ" not in stopped.value.message
