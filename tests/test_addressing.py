"""Who gets which letter."""

import pytest
from msgspec.structs import replace

from kit.office import AGENCIES
from kit.post import EMAILS, FILE, NOW
from pipeline.addressing import Desk, Parcel, Recipient, correspondence, recipients
from pipeline.deliver.enclosure import Enclosure
from pipeline.deliver.wording import Wording
from pipeline.errors import ExitCode, OperatorError
from pipeline.mailing import read_mailing
from pipeline.model.roster import Roster
from pipeline.settings import read_settings

HEAD = '[mail]\nhost = "h"\nfrom = "xxgk@example.cn"\nmax_megabytes = 1\n'
ONE = '[[mail.to]]\nname = "省办"\naddress = "sb@example.cn"\n'
GROUP = '[[mail.to]]\ngroup = "市直机关"\n'
PARCEL = Parcel((FILE,), "run")


@pytest.fixture
def desk(catalogue):
    """A desk with these addressees and the roster's addresses."""

    def laid(to="", emails=EMAILS):
        agencies = (replace(agency, email=email) for agency, email in zip(AGENCIES, emails, strict=True))
        wording = Wording("主题：{{ organ }}\n{{ name }} {{ files|join('、') }} {{ deadline }}", "", "x.txt")
        return Desk(
            year=2019,
            settings=read_settings('organ = "某某市"\ndeadline = 2020-01-15\n'.encode(), "report.toml"),
            mailing=read_mailing(f"{HEAD}{to}".encode(), "report.toml", "某局"),
            roster=Roster(tuple(agencies)),
            wordings=dict.fromkeys(("report", "slips", "blanks"), wording),
            catalogue=catalogue,
            settings_file="inputs/2019/report.toml",
            roster_file="inputs/2019/roster.xlsx",
        )

    return laid


def named(desk, what="report", to=(), only=()):
    return [one.name for one in recipients(desk, what, to, only)]


def test_a_report_goes_to_whom_the_settings_name(desk):
    assert named(desk(ONE)) == ["省办"]
    assert named(desk(ONE + GROUP)) == ["省办", "市政府办公室", "市教育局"]
    slips = '[[mail.to]]\ngroup = "市直机关"\nwhat = "slips"\n'
    assert named(desk(ONE + slips)) == ["省办"]


def test_an_address_means_itself_and_a_name_all_addresses(desk):
    two = desk(GROUP, ("zfb@example.cn；lwx@例子.cn", *EMAILS[1:]))

    def typed(to=(), only=()):
        return [one.typed for one in recipients(two, "report", to, only)]

    assert typed(only=["LWX@例子.cn"]) == typed(only=["lwx@xn--fsqu00a.cn"]) == ["lwx@例子.cn"]
    assert typed(to=["zfb@example.cn"]) == ["zfb@example.cn"]
    assert typed(only=["01", "zfb@example.cn"]) == typed(to=["01"]) == ["zfb@example.cn；lwx@例子.cn"]


def test_slips_and_blanks_go_to_every_agency_or_the_groups_named(desk):
    everyone = [agency.name for agency in AGENCIES]
    assert named(desk(ONE), "slips") == named(desk(), "blanks") == everyone
    assert named(desk('[[mail.to]]\ngroup = "旗市区政府"\nwhat = ["slips"]\n'), "slips") == [everyone[2]]


@pytest.mark.parametrize(
    ("word", "names"),
    [
        ("市教育局", ["市教育局"]),
        ("02", ["市教育局"]),
        ("海拉尔区", ["海拉尔区人民政府"]),
        ("市直机关", ["市政府办公室", "市教育局"]),
        ("JYJ@example.cn", ["市教育局"]),
        ("省办", ["省办"]),
    ],
)
def test_a_recipient_may_be_called_by_name_code_group_or_address(desk, word, names):
    assert named(desk(ONE), to=[word]) == names
    assert named(desk(ONE + GROUP + GROUP.replace("市直机关", "旗市区政府")), only=[word]) == names


def test_a_report_may_go_to_a_new_address_slips_may_not(desk):
    assert [one.typed for one in recipients(desk(), "report", ["new@example.cn"], ())] == ["new@example.cn"]
    for what in ("slips", "blanks"):
        with pytest.raises(OperatorError, match="只发给名册里的单位自己") as stopped:
            named(desk(ONE), what, to=["new@example.cn"])
        assert stopped.value.code is ExitCode.USAGE


def test_a_slip_never_goes_to_an_addressee_of_the_settings(desk):
    with pytest.raises(OperatorError):
        named(desk(ONE), "slips", to=["省办"])


@pytest.mark.parametrize(
    ("to", "words", "code", "said"),
    [
        ("", {}, ExitCode.INPUT, "没有收件人"),
        (
            '[[mail.to]]\ngroup = "省直"\n',
            {},
            ExitCode.INPUT,
            "分组“省直”名册里没有；有的是：市直机关、旗市区政府",
        ),
        (ONE.replace("省办", ""), {"to": [""]}, ExitCode.USAGE, "不知道“”是谁"),
        (ONE.replace("省办", ""), {"only": [""]}, ExitCode.USAGE, "收件人里没有“”"),
        (ONE, {"to": ["某县"]}, ExitCode.USAGE, "不知道“某县”是谁"),
        (ONE, {"only": ["市教育局"]}, ExitCode.USAGE, "收件人里没有“市教育局”"),
    ],
)
def test_whom_nobody_knows_is_asked_back(desk, to, words, code, said):
    with pytest.raises(OperatorError, match=said) as stopped:
        named(desk(to), **words)
    assert stopped.value.code is code


def written(desk, *recipients_, parcel=PARCEL):
    return correspondence(desk, "report", [(one, parcel) for one in recipients_], NOW)


def test_a_letter_has_its_recipient_s_words(desk):
    (letter,) = written(desk(ONE), Recipient("省办", "sb@example.cn")).letters
    assert letter.words.subject == "某某市"
    assert letter.words.text == f"省办 {FILE.name} 2020年1月15日\n"
    assert (letter.sender.address, letter.occasion, letter.what) == ("xxgk@example.cn", "run", "report")


def test_each_address_of_a_cell_gets_one_and_nobody_the_same_twice(desk):
    twice = Recipient("甲", "a@example.cn；b@example.cn"), Recipient("乙", "B@EXAMPLE.cn")
    assert [one.to.address for one in written(desk(), *twice).letters] == ["a@example.cn", "b@example.cn"]


def test_bad_and_missing_addresses_are_findings_and_hold_up_nobody(desk):
    laid = desk()
    agencies = [
        Recipient(one.name, typed, one)
        for one, typed in zip(AGENCIES, ("张三", "", "c@example.cn"), strict=True)
    ]
    found = written(laid, *agencies, Recipient("省办", "sb"))
    assert [one.to.address for one in found.letters] == ["c@example.cn"]
    assert [(one.code, one.agency, one.workbook) for one in found.findings] == [
        ("mail-address", "市政府办公室", "inputs/2019/roster.xlsx"),
        ("mail-address-missing", "市教育局", "inputs/2019/roster.xlsx"),
        ("mail-address", "", "inputs/2019/report.toml"),
    ]
    assert "张三" in found.findings[0].message


def test_a_letter_past_the_cap_is_a_finding_counted_with_its_base64(desk):
    under, over = Enclosure("小.pdf", bytes(750_000)), Enclosure("大.pdf", bytes(790_000))
    to = Recipient("省办", "sb@example.cn")
    assert len(written(desk(), to, parcel=Parcel((under,), "")).letters) == 1
    found = written(desk(), to, parcel=Parcel((over,), ""))
    assert found.letters == ()
    (finding,) = found.findings
    assert (finding.code, finding.found, finding.expected) == ("mail-too-large", "1.1", "1")
    assert "大.pdf" in finding.message
