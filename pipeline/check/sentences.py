"""What sentences about requests and disputes say, as data: a pattern and the figures its number must be.

Only wordings that leave no doubt are here; a sentence about one group, one kind of applicant, another year or
other business is left alone, for a warning that cries wolf gets switched off.
"""

import re
from collections.abc import Sequence

from msgspec import Struct

APPLICATION = (
    r"(?:各类|有效|全部|书面|公民、?法人(?:和|或者|或|及|以及)其他组织|群众|申请人|提出|提交|的"
    r"|政府信息|信息|公开|依)*+申请"
)
MORE = r"(?:数量|总数|总量|共计|总计|合计|共|为|计|有|了|达到|达|大约|约|将近|近|超过|超|逾|[：:])*+\s?"
NUMBER = (
    r"(?P<n>\d{1,15}(?:,\d{3})*(?:\.\d+)?"
    r"|[零一二两三四五六七八九十百千万]{1,12}(?=[余多]?(?:件次|件(?![事套])|宗)))"
    r"\s?[万亿]?[余多]?(?:件次|件|份|宗|起|条|例|次|个)"
)
"""Digits with what is counted, or Chinese characters with 件 (一件事 is none)."""
BEGIN = r"(?:(?<=[，,、。；;：:（(年已均共部法时期并度市区县旗请])|^)"
"""A verb stands first in its clause, after 申请 or after an adverb (已、均、共、全部、依法、按时、按期)."""


class Statement(Struct, frozen=True):
    """A wording and the readings of its number: each the figures whose sum it may be.

    ``whole`` statements are about all requests, so 其中 before them means something less. ``nothing``: the
    wording itself says that there was none.
    """

    pattern: re.Pattern[str]
    readings: tuple[tuple[str, ...], ...]
    whole: bool = False
    nothing: bool = False


def _statement(pattern: str, *readings: tuple[str, ...], whole: bool = False) -> Statement:
    return Statement(re.compile(pattern), readings, whole)


def _none(pattern: str, *readings: tuple[str, ...]) -> Statement:
    return Statement(re.compile(pattern), readings, whole=True, nothing=True)


RECEIVED, BROUGHT = "requests.received.total", "requests.brought_forward.total"
RECONSIDERED, LITIGATED = "disputes.reconsideration", "disputes.litigation"
NOT_UPHELD = ("corrected", "other", "pending")
UPHELD = r"(?:结果)?(?:全部|均|都)(?:获得?|被|予以)?维持"
NOT_CORRECTED = r"(?:无|没有|未有|未出现)(?:结果)?(?:被)?(?:行政复议机关)?纠正"
NO = (
    r"(?:(?:未|没有)(?:发生|收到|产生|引起|引发|出现|涉及)过?|没有|无)"
    r"(?:(?:因|由)?(?:依申请公开)?(?:政府)?信息(?:公开|工作|申请|事项|答复|方面)*(?:而|所)?(?:被)?(?:引起|引发|产生|发生|导致)?的?)?"
    r"(?:被)?(?:申请|提起)?"
)
"""未发生、没有因政府信息公开引起的; what there was none of stands behind it."""
OF_SOME_KIND = r"(?![^，。；]{0,14}(?:败诉|纠|撤销|违法|维持|责令|决定|机关|后))"
"""未发生行政复议和行政诉讼败诉案件 does not say that there were none."""
STATEMENTS: Sequence[Statement] = (
    _statement(
        rf"(?:收到|新收|新受理|受理|接收|接到|(?<=[共年度])收)(?:并(?:受理|办理))?了?{APPLICATION}(?:事项)?{MORE}{NUMBER}",
        (RECEIVED,),
        (RECEIVED, BROUGHT),
        whole=True,
    ),
    _statement(
        rf"(?:收到|新收|新受理|受理|接收|接到)(?:并(?:受理|办理))?了?{MORE}{NUMBER}的?{APPLICATION}(?!人|表|材料|结转)",
        (RECEIVED,),
        (RECEIVED, BROUGHT),
        whole=True,
    ),
    _statement(
        rf"{BEGIN}新收{MORE}{NUMBER}(?![^，。；、]{{0,8}}(?:申请|复议|诉讼|案))", (RECEIVED,), whole=True
    ),
    _statement(
        rf"应(?:当|该)?(?:办理|答复)(?:的)?(?:{APPLICATION})?{MORE}{NUMBER}", (RECEIVED, BROUGHT), whole=True
    ),
    _none(rf"(?:未|没有)(?:收到|接到|受理)过?(?:任何)?{APPLICATION}(?!人|表|材料|书)", (RECEIVED,)),
    _statement(rf"上(?:一)?年度?结转的?(?:{APPLICATION})?{MORE}{NUMBER}", (BROUGHT,)),
    _statement(rf"结转上(?:一)?年度?的?(?:{APPLICATION})?{MORE}{NUMBER}", (BROUGHT,)),
    _statement(
        rf"{BEGIN}(?:答复|办结|办复|办理完毕)(?:完毕)?(?:{APPLICATION})?{MORE}{NUMBER}",
        ("requests.outcome_total.total",),
        whole=True,
    ),
    _statement(rf"{NUMBER}(?:申请)?结转(?:至|到|下|次年|20)", ("requests.carried_forward.total",)),
    _statement(
        rf"(?<!上年)(?<!年度)结转[至到]?(?:下一?年度?|次年)(?:继续)?(?:办理|答复)?的?(?:{APPLICATION})?{MORE}{NUMBER}",
        ("requests.carried_forward.total",),
    ),
    *(
        _statement(rf"(?<!不){words}的?(?:政府信息|{APPLICATION})?{MORE}{NUMBER}", (f"requests.{row}.total",))
        for words, row in (
            ("予以公开", "disclosed"),
            ("部分公开", "partial"),
            ("不予公开", "withheld"),
            ("无法提供", "unavailable"),
            ("不予处理", "unprocessed"),
            ("其他处理", "other"),
        )
    ),
    _statement(
        rf"行政复议(?:案件|申请|办理|受理|立案)*{MORE}{NUMBER}[，,]?{UPHELD}",
        (f"{RECONSIDERED}.upheld",),
        whole=True,
    ),
    _statement(
        rf"行政复议(?:案件|申请|办理|受理|立案)*{MORE}{NUMBER}[，,、和及]*行政诉讼(?:案件|应诉|立案)*{MORE}\d+[件起][，,]?{UPHELD}",
        (f"{RECONSIDERED}.upheld",),
        whole=True,
    ),
    _statement(
        rf"(?<!后)(?<!直接)(?<!提起)行政诉讼(?:案件|应诉|立案)*{MORE}{NUMBER}[，,]?{UPHELD}",
        (f"{LITIGATED}.upheld",),
        whole=True,
    ),
    _none(rf"行政复议(?:案件|决定|申请|结果)*{UPHELD}", tuple(f"{RECONSIDERED}.{one}" for one in NOT_UPHELD)),
    _none(
        rf"复议(?:、|和|与|及|以及)(?:行政)?诉讼(?:案件)?中?[，,]?(?:均|都|也)?{NOT_CORRECTED}",
        (f"{RECONSIDERED}.corrected", f"{LITIGATED}.corrected"),
    ),
    _none(
        NOT_CORRECTED,
        (f"{RECONSIDERED}.corrected", f"{LITIGATED}.corrected"),
        (f"{RECONSIDERED}.corrected",),
        (f"{LITIGATED}.corrected",),
    ),
    _none(rf"{NO}行政复议{OF_SOME_KIND}", (f"{RECONSIDERED}.total",)),
    _none(
        rf"{NO}(?:行政复议(?:案件|申请)?(?:、|和|与|及|或者?|以及)(?:被)?(?:提起)?)?行政诉讼{OF_SOME_KIND}",
        (f"{LITIGATED}.total",),
    ),
    _statement(
        rf"行政复议(?:案件|申请|办理|受理|立案)*{MORE}{NUMBER}",
        ("disputes.reconsideration.total",),
        whole=True,
    ),
    _statement(
        rf"(?<!后)(?<!直接)(?<!提起)行政诉讼(?:案件|应诉|立案)*{MORE}{NUMBER}",
        ("disputes.litigation.total",),
        whole=True,
    ),
    *(
        _statement(
            rf"行政诉讼(?:案件|应诉|立案)*{MORE}{NUMBER}[，,（(]?(?:均|都|全部)(?:为|是|系|属)?{words}(?:起诉|提起)",
            (f"{LITIGATED}_{kind}.total",),
            whole=True,
        )
        for words, kind in ((r"经?(?:过|行政)*复议后", "after"), (r"(?:未经复议)?直接", "direct"))
    ),
    _statement(
        rf"(?<!不)(?:未经复议)直接(?:起诉|提起(?:行政)?诉讼)的?(?:案件)?{MORE}{NUMBER}",
        ("disputes.litigation_direct.total",),
    ),
    _statement(
        rf"复议后(?:起诉|提起(?:行政)?诉讼)的?(?:案件)?{MORE}{NUMBER}", ("disputes.litigation_after.total",)
    ),
)
WITHOUT_NUMBER = tuple(statement for statement in STATEMENTS if statement.nothing)
"""The wordings that need no number in their passage."""
SUBJECT = re.compile(
    r"公开申请|依申请|申请公开|信息公开(?:工作)?(?:被申请)?(?:引起|引发)?的?行政(?:复议|诉讼)"
)
"""A passage without any of these, in its text or its heading, is about something else."""
DISPUTES = re.compile(r"复议|诉讼|起诉")
"""What a sentence says after these words (已办结10件) is about disputes, not requests."""
OTHER_BUSINESS = re.compile(r"建议|提案|信箱|留言|热线|工单|诉求|投诉|舆情|咨询|许可|处罚|执法|来信|来访")
A_PART = re.compile(
    r"市直|旗市区|本级|自然人|法人(?!(?:和|或者|或|及|以及)其他组织)|企业|科研|律师|公益"
    r"|网络|网上|线上|线下|信函|当面|现场|邮寄|传真|电子邮件|平台|微信"
    r"|上半年|下半年|季度|以来|历年|平均|日均|\d月(?!1日|31日)"
)
"""Words that narrow a sentence to some of the requests; agencies' and groups' names do the same."""
PERIOD = re.compile(r"(?<![较比与和同])(?:(?P<year>20\d\d)年|去年|上年(?!度?结转)|上一年(?!度?结转))")


def is_about_all(
    statement: Statement, match: re.Match[str], before: str, year: int, parts: Sequence[str]
) -> bool:
    """Whether a sentence is about all the requests of ``year``, not some of them and not other business.

    ``match`` is where the statement stands in its passage, ``before`` its sentence up to there; ``parts`` are
    the names of agencies and groups.
    """
    if A_PART.search(before) or any(part in before for part in parts):
        return False
    if statement.whole and "其中" in before:
        return False
    if statement.readings[0][0].startswith("requests.") and DISPUTES.search(before):
        return False
    if OTHER_BUSINESS.search(before + match[0]) and "公开申请" not in match[0]:
        return False
    periods = list(PERIOD.finditer(before))
    return not periods or periods[-1]["year"] == str(year)
