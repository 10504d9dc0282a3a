"""Invented agencies: names, figures that keep the law's identities, and texts, from a seed and a number."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

from pipeline.forms.catalogue import load_indicators
from pipeline.forms.load import load_form
from pipeline.model.form import StatutoryForm
from pipeline.model.indicator import Indicator
from pipeline.model.roster import Agency
from sample_requests import COLUMNS, DECIDED
from sample_split import completed, fates

TEMPLATES = Path(__file__).parents[2] / "templates"
GROUPS = ("旗市区政府", "市直机关")
FIRST = "云安平长新永兴东南西北中金石清河山林川江湖海嘉青白红天宝"
SECOND = "泰宁昌德康盛源和阳庆丰远顺福吉祥城台桥州溪岭峰原泉港谷田"
BUREAUS = (
    "政府办教育局财政局民政局司法局审计局统计局水利局商务局体育局信访局农牧局能源局公安局交通局住建局卫健委发改委工信局人社局"
    "应急局医保局文旅局林草局市监局政务局城管局国资委乡振局退役局资源局环保局科技局金融办民宗委外事办人防办粮食局档案局气象局"
)
AMOUNT = "proactive.procurement.amount"
ITEMS = ("licences", "other_services", "penalties", "coercion")
PARAGRAPHS = (
    "{name}坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实政府信息公开条例，{turn}，政府信息公开工作取得新进展。",
    "（一）主动公开",
    "{name}全年主动公开政府信息{disclosed}条，{turn}，重点领域信息做到应公开尽公开，公众查阅更加方便。",
    "（二）依申请公开",
    "{name}全年收到政府信息公开申请{received}件，均按规定的程序和时限办理，{turn}，没有超过期限答复的情况。",
    "（三）政府信息管理",
    "{name}完善公开属性源头认定和保密审查制度，{turn}，对已经公开的信息定期清理，失效的及时标注。",
    "（四）政府信息公开平台建设",
    "{name}加强门户网站和政务新媒体管理，{turn}，栏目更新及时，内容真实准确，没有出现错链断链。",
    "（五）监督保障",
    "{name}把政府信息公开纳入年度考核，{turn}，通过集中学习和专题辅导提高工作人员的能力。",
)
PROBLEMS = (
    "{name}的政府信息公开工作还存在一些不足：一是主动公开的意识有待增强，{turn}；二是政策解读的形式比较单一，图解和视频偏少。",
    "下一步，{name}将抓好以下工作：一是健全公开目录，{turn}；二是丰富解读形式，提高解读质量；三是加强业务培训，充实工作力量。",
)
NOTHING = ("{name}没有收取信息处理费。", "没有其他需要报告的事项。")
SECTIONS = {1: PARAGRAPHS, 5: PROBLEMS, 6: NOTHING}
TURNS = (
    "明确分管领导和责任科室",
    "把任务分解到每一个岗位",
    "定期通报工作进展情况",
    "主动听取企业群众意见",
    "与业务工作同部署同检查",
    "建立问题清单逐项销号",
)


@cache
def form() -> StatutoryForm:
    """The form of the invented year."""
    return load_form(TEMPLATES / "forms" / "2019.toml")


@cache
def indicators() -> tuple[Indicator, ...]:
    """The indicators."""
    return load_indicators(TEMPLATES / "indicators.toml")


def agency(number: int) -> Agency:
    """The agency of a number, from 0: every fortieth is a county's own office, and all names have six characters."""
    county, place = divmod(number, len(BUREAUS) // 3)
    first, second = divmod(county, len(SECOND))
    name = f"{FIRST[first]}{SECOND[second]}县{BUREAUS[3 * place : 3 * place + 3]}"
    return Agency(
        f"{150_000_001 + number}",
        name,
        GROUPS[min(place, 1)],
        email=f"xxgk{number}@example.cn",
        contact=f"样例联系人{number:05}",
        phone="0470-8200000",
    )


def county(agency: Agency) -> str:
    """The county an agency belongs to."""
    return agency.name[:3]


def figures(number: int, seed: int) -> dict[str, Decimal]:
    """Every figure of an agency, totals included, by address; each identity of the form holds."""
    chance = Random(f"{seed}/{number}")
    tally = Counter[str](_proactive(chance)) + Counter(_requests(chance))
    if tally["requests.received.natural_person"]:
        tally += Counter(f"disputes.{way}.{chance.choice(DECIDED)}" for way in ("reconsideration",))
    change = {f"proactive.{row}.change": chance.randint(-3, 9) for row in (*ITEMS, "fees")}
    known = completed({**tally, **change}, form()) | _indicators(chance)
    return {address: Decimal(value) for address, value in known.items()}


def _proactive(chance: Random) -> dict[str, int]:
    made, more, before = (chance.randint(0, 9) for _ in range(3))
    found = {
        "proactive.normative.made": made,
        "proactive.normative.published": made + more,
        "proactive.normative.public_total": made + more + before,
    }
    for row in (*ITEMS, "fees"):
        found[f"proactive.{row}.items_last_year"] = chance.randint(5, 60)
    for row in ITEMS:
        found[f"proactive.{row}.decisions"] = chance.randint(0, 400)
    projects = chance.randint(1, 30)
    return found | {
        "proactive.procurement.projects": projects,
        AMOUNT: chance.randint(100_000_000, 999_999_999),
    }


def _requests(chance: Random) -> dict[str, int]:
    """Each request from where it came to what became of it, so that every column balances."""
    ends = fates(form())
    return Counter(
        address
        for _ in range(chance.randint(0, 30))
        for column in [chance.choice(COLUMNS[:2] * 3 + COLUMNS)]
        for address in (
            f"requests.received.{column}",
            f"requests.{chance.choice(['disclosed', *ends])}.{column}",
        )
    )


def _indicators(chance: Random) -> dict[str, int]:
    found = {one.address: chance.randint(1, 40) for one in indicators() if one.required and not one.over}
    found["indicators.disclosed_items"] = chance.randint(100, 2_000)
    found["indicators.interpretations"] = found["indicators.non_text_interpretations"] + chance.randint(0, 9)
    for one in indicators():
        if one.parts:
            found[one.address] = sum(found[f"indicators.{part}"] for part in one.parts)
    return found


def texts(number: int, seed: int, values: Mapping[str, Decimal]) -> dict[int, str]:
    """What an agency writes for the sections that have no table: some 700 characters that name their figures."""
    chance = Random(f"{seed}/{number}/texts")
    named = {
        "name": agency(number).name,
        "disclosed": values["indicators.disclosed_items"],
        "received": values["requests.received.total"],
    }
    return {
        section: "\n".join(one.format(turn=chance.choice(TURNS), **named) for one in paragraphs)
        for section, paragraphs in SECTIONS.items()
    }


def plain_texts(name: str) -> dict[int, str]:
    """The same without figures: every agency's with a name of the same length is equally long."""
    return {
        section: "\n".join(one.format(name=name, turn=TURNS[0]) for one in paragraphs)
        for section, paragraphs in (SECTIONS | {1: [one for one in PARAGRAPHS if "d}" not in one]}).items()
    }
