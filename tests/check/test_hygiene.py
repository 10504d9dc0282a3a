"""What must not be published is found and shown in its place; what an ordinary office writes is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.narrative import BLEMISHES, CATALOGUE
from pipeline.check.hygiene import Bodies, check_hygiene
from pipeline.model.finding import Severity
from pipeline.model.narrative import Narrative, Passage, Run
from pipeline.model.place import CellPlace
from pipeline.model.roster import Agency, Roster

ROSTER = Roster(
    (
        Agency("01", "市教育局", "市直机关", ("市教体局",)),
        Agency("02", "市财政局", "市直机关"),
        Agency("03", "海拉尔区人民政府", "旗市区政府", ("海拉尔区",)),
    )
)
ORGAN = Bodies.of_organ(("呼伦贝尔市", "", "市政务服务局"), ROSTER)
AGENCY = Bodies.of_agency("市财政局", ROSTER, "呼伦贝尔市")


def passages(*texts, section=1, cell=None):
    return tuple(
        Passage(section, 0, (Run(text),), f"第{number}段", cell) for number, text in enumerate(texts, 1)
    )


def found(*texts, bodies=ORGAN, title=(), year=2020):
    narrative = Narrative("inputs/2020/narrative.docx", passages(*texts), passages(*title))
    return check_hygiene(narrative, BLEMISHES, bodies, year, CATALOGUE)


def codes(*texts, **given):
    return [finding.code for finding in found(*texts, **given)]


INJECTED = (
    "2020年，我市坚持以188比分直播：新时代中国特色社会主义思想为指导，学习188比分直播：总书记重要讲话，"
    "落实党雷速体育：国务院的部署和雷速体育：市政府的要求。"
)


def test_the_four_words_injected_into_a_published_page_are_found_each_in_its_place():
    findings = found("编制说明。", INJECTED)
    assert [(one.code, one.severity, one.where()) for one in findings] == [
        ("text-injected", Severity.WARNING, "inputs/2020/narrative.docx 第2段")
    ] * 4
    for finding, word in zip(findings, ("以188比分直播", "学习188比分直播", "党雷速体育", "和雷速体育"), strict=True):  # fmt: skip
        assert word in finding.found


def test_what_was_injected_is_found_by_the_trace_it_leaves_where_nobody_knows_the_word():
    (finding,) = found("坚持以飞鲸球讯：新时代中国特色社会主义思想为指导，稳步推进。")
    assert finding.code == "text-injected"


def test_a_place_s_name_replaced_by_a_lottery_site_s_is_found():
    assert set(codes("本报告由体彩网公安局编制。")) == {"text-injected"}
    assert codes("通过体彩网公布开奖结果和公益金使用情况。") == []


def test_no_political_wording_is_ever_proposed():
    for finding in found(INJECTED):
        for word in ("习近平", "中央", "市委"):
            assert word not in finding.message + finding.expected
    assert "原来是什么字" in CATALOGUE.kinds["text-injected"].remedy


@pytest.mark.parametrize(
    "text",
    [
        "公布体育彩票公益金使用情况和福利彩票公益金资助项目，发放购彩者权益须知。",
        "公安机关打击跨境博彩和网络赌博犯罪，捣毁赌场3处，公布六合彩赌博案件警示。",
        "市政务服务中心位于银河一路，威尼斯水乡社区设便民服务站。",
        "企业开户、银行开户一次办成，开展真人图书馆、赛事直播活动，举办棋牌比赛。",
        "依法查处投注平台开设赌场案，关停老虎机窝点。",
        "推出新闻发布会视频直播12场，政务APP下载量5万次。",
        "认真学习贯彻党的十九大精神，落实国务院、省政府部署。",
    ],
)
def test_ordinary_business_that_sounds_like_it_is_no_injection(text):
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("存在问题是（写明问题）。", "narrative-remark"),
        ("（此处填写本单位情况）", "narrative-remark"),
        ("编写说明：本段写工作考核。", "narrative-remark"),
        ("填写说明（略）", "narrative-remark"),
        ("示例：全年公开信息若干条。", "narrative-remark"),
        ("联系人×××，电话见网站。", "narrative-remark"),
        ("20XX年，XX局公开信息。", "narrative-remark"),
        ("xx市公开信息。", "narrative-remark"),
        ("公开信息____条。", "narrative-remark"),
        ("TODO 补数据", "narrative-remark"),
        ("责任追究情况：待补充。", "narrative-remark"),
        ("公开平台为【】。", "narrative-remark"),
        ("根据《》规定。", "narrative-remark"),
        ("某某市政府信息公开。", "narrative-remark"),
        ("全年公开信息  条。", "number-missing"),
        ("收到申请 件，全部答复。", "number-missing"),
        ("申请量较上年增长%。", "number-missing"),
        ("统计时间截至2020年 月 日。", "number-missing"),
        ("数据统计期限为2019年1月1日至2019年12月31日。", "text-other-year"),
        ("本报告统计数据从2019年1月1日起，至2020年12月31日止。", "text-other-year"),
        ("截至2019年12月31日，全市共有政务新媒体若干个。", "text-other-year"),
        ("公开了锟斤拷信息。", "text-garbled"),
        ("公开了\ufffd\ufffd信息。", "text-garbled"),
        ("公开了\ue123信息。", "text-garbled"),
        ("全年公开&nbsp;信息<br/>若干。", "text-garbled"),
        ("上一篇：市财政局年度报告", "text-garbled"),
        ("【打印本页】【关闭窗口】", "text-garbled"),
        ("加强领导，，落实责任。", "text-punctuation"),
        ("加强领导。。", "text-punctuation"),
        ("加强领导、。", "text-punctuation"),
        ("加强领导,落实责任。", "text-punctuation"),
        ("《条例》(以下称条例)施行。", "text-punctuation"),
        ("重点是:公开。", "text-punctuation"),
        ("全年举办培训３次。", "text-punctuation"),
        ("根据国办公开办函[2019]60号通知。", "text-bracket"),
        ("根据国办公开办函﹝2019﹞60号通知。", "text-bracket"),
        ("根据国办公开办函（2019）60号通知。", "text-bracket"),
        ("根据国办公开办函〔2019]60号通知。", "text-bracket"),
    ],
)
def test_each_blemish_is_found_once_and_only_as_what_it_is(text, code):
    assert codes(text) == [code]


@pytest.mark.parametrize(
    "text",
    [
        "根据国办公开办函〔2019〕60号通知，公开（2020）内07行初12号判决。",
        "X光机采购、WTO规则、H5解读、12345热线、A4纸、Windows XP系统。",
        "时间为9:00-17:00，电话0599-8830330、021-12345678，邮箱xxgk@nm.gov.cn，网址http://www.nm.gov.cn/xxgk/。",
        "发布《2019年政府信息公开工作年度报告》，按时公布2019年度政府信息公开工作年度报告。",
        "较2019年增长5%，2019年为110件。截至2019年12月31日为100个，截至2020年12月31日为120个。",
        "针对2019年第三方评估发现的问题逐项整改，2016年以来出台的文件全部清理。",
        "2021年，将继续做好政府信息公开工作。",
        "公开内容还有待补充、有待完善，各项制度待建立。",
        "在申请表后附填写说明，提供示例文本，方便群众。",
        "每页“第 1 页”，共 12 条、3 个，占比 5%。",
        "办理“互联网+督查”平台转办事项，开通7×24小时服务。",
        "一是公开理念……还不强；二是“说起来重要、做起来次要”。",
        "采购总金额15000000000元，共13800138000条。",
        "标准号GB/T 9704—2012，项目编号150702199001011239-1。",
        "分享经验做法，打印政策文件，上一篇文章已归档。",
        "张某某申请公开征地信息，已答复。",
        "占12％，增长3.5%。",
        "市直属机关（单位）第（1）项、(1)项。",
        "按照格式通知<中华人民共和国政府信息公开工作年度报告格式>要求，由本局结合统计数据编制，统计期限自2020年1月1日起至2020年12月31日止。",
        "公开了2021年度财政预算、2020年度决算和2019年度“三公”经费决算。",
        "本报告由总体情况、主动公开政府信息情况等六部分组成，现向社会公布2020年度年报。",
        "联系电话：0532—87362451，传真0599-8891101，地址：红旗路36号，邮编：266700。",
        "在第十一届（2012）政府网站绩效评估中名列前茅；截止2020年12月公开信息2457条。",
        "6月，政务公开工作由市政务服务中心移交市政府办公室，答复厅（局）长信箱176件。",
        "微信粉丝5.1万人，“你问我答”栏目、“网上办为主、窗口办兜底”机制，办理“一件事”118项。",
    ],
)
def test_what_offices_ordinarily_write_is_left_alone(text):
    assert codes(text) == []


def test_a_place_holder_that_is_the_organs_own_name_is_none():
    organ = Bodies.of_organ(("某某市", "", ""), ROSTER)
    assert codes("某某市公开信息。", bodies=organ) == []
    assert codes("某某县公开信息。", bodies=organ) == ["narrative-remark"]


def test_what_a_name_printed_is_nobodys_fault():
    gap = Run("〔缺：上年.补充指标.主动公开信息〕", "上年.补充指标.主动公开信息")
    text = Passage(1, 0, (Run("公开信息"), gap, Run("条,完。")), "第1段")
    (finding,) = check_hygiene(Narrative("n.md", (text,)), BLEMISHES, ORGAN, 2020, CATALOGUE)
    assert (finding.code, "共" in finding.message) == ("text-punctuation", False)


def test_last_years_report_copied_is_told_by_its_title_and_first_words():
    title = ["呼伦贝尔市2019年政府信息公开工作年度报告"]
    assert codes("公开信息。", title=title) == ["text-other-year"]
    (finding,) = found("2019年，我市坚持公开。", "2019年，我市获评先进。")
    assert (finding.code, finding.cell, finding.expected) == ("text-other-year", "第1段", "2020")
    assert finding.message == "“2019年，我市坚持公开”写的是 2019 年，这份报告是 2020 年的。"
    assert codes("2019年，我市获评先进；2020年，我市继续推进。") == []
    assert codes("根据《条例》规定，编制2019年度政府信息公开工作年度报告。") == ["text-other-year"]
    assert codes("现将2019年度政府信息公开工作报告公布如下。") == ["text-other-year"]
    assert codes("2019年，呼伦贝尔市各级行政机关以贯彻条例为主线。") == ["text-other-year"]
    assert codes("2019年，国务院办公厅印发了报告格式。") == []


@pytest.mark.parametrize(
    ("title", "bodies", "code"),
    [
        ("满洲里市2020年政府信息公开工作年度报告", ORGAN, ["text-other-body"]),
        ("海拉尔区人民政府2020年政府信息公开工作年度报告", ORGAN, ["text-other-body"]),
        ("呼伦贝尔市人民政府2020年政府信息公开工作年度报告", ORGAN, []),
        ("2020年政府信息公开工作年度报告", ORGAN, []),
        ("市教育局2020年政府信息公开工作年度报告", AGENCY, ["text-other-body"]),
        ("呼伦贝尔市教体局2020年政府信息公开工作年度报告", AGENCY, ["text-other-body"]),
        ("呼伦贝尔市财政局2020年政府信息公开工作年度报告", AGENCY, []),
        ("呼市财政国资局2020年政府信息公开工作年度报告", AGENCY, []),
        ("满洲里市教育局2020年政府信息公开工作年度报告", AGENCY, []),
    ],
)
def test_another_bodys_report_copied_is_told_by_its_title(title, bodies, code):
    assert codes("公开信息。", title=[title], bodies=bodies) == code


@pytest.mark.parametrize(
    "text", ["本报告由市教育局编制。", "呼伦贝尔市教育局（以下简称我局）全面公开信息。", "呼伦贝尔市教育局"]
)
def test_an_agency_that_signs_as_another_is_told(text):
    (finding,) = found("公开信息。", text, bodies=AGENCY)
    assert (finding.code, finding.cell) == ("text-other-body", "第2段")
    assert "市教育局" in finding.message
    assert "市财政局" in finding.message
    assert codes(text) == [], "the organ names its agencies freely"


@pytest.mark.parametrize(
    "text",
    ["配合市教育局、海拉尔区公开招生信息。", "本报告由市财政局编制。", "市财政局（以下简称我局）公开信息。"],
)
def test_naming_another_agency_is_no_fault(text):
    assert codes(text, bodies=AGENCY) == []


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("申请人身份证号11010519491231002X。", "491231"),
        ("联系人手机13812345678。", "12345"),
        ("联系人手机138-1234-5678。", "1234"),
        ("退款账号6222021234567890128。", "1234567890"),
    ],
)
def test_what_is_somebodys_is_found_and_not_repeated(text, hidden):
    (finding,) = found(text)
    assert finding.code == "text-private"
    assert hidden not in finding.message + finding.found


@pytest.mark.parametrize(
    "text", ["编号110105194912310021。", "订单6222021234567890120。", "蒙公网安备15070202000001号。"]
)
def test_a_long_number_whose_check_digit_is_wrong_is_nobodys(text):
    assert codes(text) == []


def test_marks_are_said_once_for_a_text_with_their_number_and_paragraphs():
    (finding,) = found("加强领导,落实责任,推进公开。", "公开(全部)信息。", "无误。", "公开:信息。")
    assert finding.severity is Severity.NOTICE
    assert "共 5 处：第1段、第2段、第4段" in finding.message


def test_an_untouched_template_is_said_once_a_paragraph():
    findings = found("××局公开××条、××条。", "××年××月。")
    assert [(one.code, one.cell) for one in findings] == [
        ("narrative-remark", "第1段"),
        ("narrative-remark", "第2段"),
    ]
    assert "这一段共 3 处" in findings[0].message


def test_in_a_workbook_the_cell_is_named_and_the_paragraph_said():
    cell = CellPlace("市财政局.xlsx", "文字材料", "B4")
    text = passages("公开信息。", "联系人×××。", cell=cell)
    (finding,) = check_hygiene(Narrative("市财政局.xlsx", text), BLEMISHES, AGENCY, 2020, CATALOGUE)
    assert (finding.where(), finding.cell) == ("市财政局.xlsx [文字材料]B4", "B4")
    assert finding.message.startswith("第2段：“联系人×××")


def test_marks_in_two_cells_are_two_findings():
    cells = [CellPlace("市财政局.xlsx", "文字材料", name) for name in ("B2", "B4")]
    text = tuple(one for cell in cells for one in passages("加强领导,落实责任。", cell=cell))
    findings = check_hygiene(Narrative("市财政局.xlsx", text), BLEMISHES, AGENCY, 2020, CATALOGUE)
    assert [one.cell for one in findings] == ["B2", "B4"]


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_stumble_and_each_finding_shows_part_of_it(text):
    for finding in found(text):
        assert finding.cell == "第1段"
        assert finding.found


def test_hostile_repetition_takes_no_time():
    for piece in ("（写明", "<br ", "1", "以", "本报告由", "6222 ", "《", "2019年1月1日"):
        found(piece * 5_000)
