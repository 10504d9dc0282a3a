"""An office that sends no mail is not made to wait for what sends it."""

import os
import subprocess
import sys

from kit.post import set_up_mail
from pipeline.mailroom import Mailroom
from pipeline.workspace import Workspace


def test_an_office_has_mail_once_it_has_set_it_up(office, templates):
    clocks = (lambda: None, lambda: 0.0, lambda seconds: None)
    room = Mailroom(Workspace.at(office.root, None), templates, False, os.environ, *clocks)
    assert not room.has_mail
    set_up_mail(office, 2525)
    assert room.has_mail


def test_a_night_without_mail_loads_nothing_that_sends():
    told = "import sys, pipeline.nightly; print({'smtplib', 'pipeline.sending'} & set(sys.modules))"
    ended = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ended.stdout == "set()\n"
