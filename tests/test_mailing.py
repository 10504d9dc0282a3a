"""[mail] of report.toml: what an office writes there, and what is refused with what to do."""

import pytest

from pipeline.errors import ExitCode, OperatorError
from pipeline.mailing import Addressee, read_mailing

LEAST = '[mail]\nhost = "smtp.example.cn"\nfrom = "xxgk@example.cn"\n'


def read(text):
    return read_mailing(text.encode(), "inputs/2019/report.toml", "某某市政务服务局")


def test_the_least_that_is_needed_is_encrypted_and_signed_by_the_office():
    mailing = read(LEAST)
    assert (mailing.security, mailing.port, mailing.rate, mailing.limit) == (
        "starttls",
        587,
        0,
        20 * 1024 * 1024,
    )
    assert (mailing.sender.name, mailing.sender.address) == ("某某市政务服务局", "xxgk@example.cn")
    assert mailing.to == ()


@pytest.mark.parametrize(("security", "port"), [("none", 25), ("starttls", 587), ("tls", 465)])
def test_the_port_follows_the_security(security, port):
    assert read(f'{LEAST}security = "{security}"\n').port == port
    assert read(f'{LEAST}security = "{security}"\nport = 2525\n').port == 2525


def test_everything_that_can_be_written():
    mailing = read(
        '[mail]\nhost = "h"\nfrom = "公开科 <A@政务.CN>"\nuser = "u"\nrate = 30\nmax_megabytes = 5\n'
        'password_file = "p.txt"\nca_file = "ca.pem"\ntimeout = 9\n'
        'batch_sends = true\nsummary_to = "self@example.cn"\n'
        '[[mail.to]]\nname = "省办"\naddress = "sb@example.cn"\n'
        '[[mail.to]]\ngroup = "市直机关"\nwhat = ["slips", "blanks"]\n'
        '[[mail.to]]\ngroup = "旗市区政府"\nwhat = "report"\n'
    )
    assert (mailing.sender.name, mailing.sender.address) == ("公开科", "A@xn--zfr164b.cn")
    assert (mailing.rate, mailing.max_megabytes, mailing.timeout) == (30, 5, 9)
    assert (mailing.password_file, mailing.ca_file, mailing.user) == ("p.txt", "ca.pem", "u")
    assert (mailing.batch_sends, mailing.summary_to) == (True, "self@example.cn")
    assert mailing.to == (
        Addressee("省办", "sb@example.cn"),
        Addressee(group="市直机关", what=("slips", "blanks")),
        Addressee(group="旗市区政府"),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('organ = "甲"\n', "没有 \\[mail\\]"),
        (f'{LEAST}password = "geheim"\n', "不能写密码"),
        (f'{LEAST}密码 = "geheim"\n'.replace("密码", '"密码"'), "不能写密码"),
        (f'{LEAST}hots = "x"\n', "是不是想写 host"),
        ('[mail]\nfrom = "a@b.cn"\n', "没有写 host"),
        (LEAST.replace('"smtp.example.cn"', '"smtp.qq..com"'), "host 写得不对"),
        (LEAST.replace('"smtp.example.cn"', '"https://smtp.qq.com"'), "host 写得不对"),
        (f'{LEAST}user = "张三@qq.com"\n', "user 应是登录用的邮箱"),
        ('[mail]\nhost = "h"\n', "from 写得不对"),
        ('[mail]\nhost = "h"\nfrom = "某局"\n', "from 写得不对：没有 @"),
        ('[mail]\nhost = "h"\nfrom = "局\\r\\nBcc: x <a@b.cn\\r\\nX: y>"\n', "from 写得不对"),
        (f'{LEAST}security = "ssl"\n', "none、starttls、tls"),
        (f'{LEAST}port = "25"\n', "port 应是 1 到 65535"),
        (f"{LEAST}port = true\n", "port 应是"),
        (f"{LEAST}batch_sends = 1\n", "batch_sends 应是 true 或 false"),
        (f"{LEAST}summary_to = true\n", "summary_to 应是引号里的文字"),
        (f"{LEAST}rate = -1\n", "rate 应是"),
        (f"{LEAST}user = 3\n", "user 应是引号里的文字"),
        (f"{LEAST}to = 3\n", "一人一段"),
        (f'{LEAST}[[mail.to]]\nname = "甲"\n', "一个 address（邮箱）或一个 group"),
        (f'{LEAST}[[mail.to]]\naddress = "a@b.cn"\ngroup = "乙"\n', "一个 address（邮箱）或一个 group"),
        (f"{LEAST}[[mail.to]]\naddress = 3\n", "一个 address（邮箱）或一个 group"),
        (f'{LEAST}[[mail.to]]\naddres = "a@b.cn"\n', "是不是想写 address"),
        (f'{LEAST}[[mail.to]]\naddress = "a@b.cn"\nwhat = "reports"\n', "what 只能是"),
        (f'{LEAST}[[mail.to]]\naddress = "a@b.cn"\nwhat = ["slips"]\n', "只发给名册里的单位自己"),
    ],
)
def test_what_is_refused_says_where_and_what_to_do(text, said):
    with pytest.raises(OperatorError, match=said) as stopped:
        read(text)
    assert stopped.value.code is ExitCode.INPUT
    assert "inputs/2019/report.toml" in stopped.value.message
    assert "geheim" not in stopped.value.message


def test_a_name_is_one_line_on_the_screen_and_in_the_record_too():
    given = read(f'{LEAST}[[mail.to]]\naddress = "a@b.cn"\nname = "甲\\u202e\\r\\n已发　乙"\n')
    assert [one.name for one in given.to] == ["甲 已发 乙"]
