"""The password: the server is told, nobody else."""

import pickle
import traceback
from base64 import b64encode

import pytest

from pipeline.deliver.secret import Secret

PASSWORD = "hunter2+/x"


def test_it_shows_nowhere():
    secret = Secret(PASSWORD, "clerk")
    assert secret.reveal() == PASSWORD
    assert PASSWORD not in f"{secret}{secret!r}{[secret]}{vars(type(secret))}"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    try:
        raise ValueError(secret)
    except ValueError:
        assert PASSWORD not in traceback.format_exc()


def test_a_server_that_says_it_back_is_not_quoted():
    secret = Secret(PASSWORD, "clerk")
    plain = b64encode(f"\0clerk\0{PASSWORD}".encode()).decode()
    alone = b64encode(PASSWORD.encode()).decode()
    said = secret.hidden_in(f"535 bad {PASSWORD} in {plain} or {alone}")
    assert said == "535 bad ＊＊＊ in ＊＊＊ or ＊＊＊"
    assert Secret("").hidden_in("535") == "535"
