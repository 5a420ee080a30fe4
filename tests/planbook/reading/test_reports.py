"""Reports, appeals and drives as they stand on the web: who, when, where, besides the plans proper."""

from collections.abc import Mapping
from typing import Any

import pytest

from nuantu.planbook.reading import read_document


def facts(text: str) -> Mapping[str, Any]:
    return read_document(text.encode(), "plan.txt").facts


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("白鹭县总工会12日启动节日慰问。\n各级工会要组织走访。", "白鹭县总工会"),
        ("各级党委要重视。中央组织部从党费中划拨经费,用于走访慰问。", "中央组织部"),
        ("困难职工慰问方案\n每户300元。资金由工会自筹。", None),
        ("乡镇冬春救助方案\n20xx年,白鹭镇遭受了旱灾。\n救助方案由镇政府签字。", "白鹭镇政府"),
        (
            "市救助站启动高温救助\n8月1日起,市救助管理站启动送清凉行动,救助流浪人员。",
            "市救助管理站",
        ),
        ("近日,白鹭街道紧盯流浪人员救助,发挥社区作用,开展巡查。", "白鹭街道"),
        ("化学系服务站开展捐衣活动\n2月2日化学与材料系服务站开展了捐衣。", "化学与材料系服务站"),
        (
            "根据省民政厅及市民政局部署,白鹭区救助管理站即日起正式启动寒冬送温暖行动,救助流浪人员。",
            "白鹭区救助管理站",
        ),
        ("从即日起到8月底,省民政厅和救助管理机构开展夏季送清凉活动,救助流浪人员。", "省民政厅"),
        ("白鹭:向困难群众发放红包\n我市为困难群众发放春节慰问金。", "白鹭市"),
        ("倡议书\n募捐来的衣物,我们将以白鹭开发区团工委的名义邮寄。", "白鹭开发区团工委"),
        ("中秋慰问\n9月23日上午,县编办领导带领干部来到敬老院看望老人。", "县编办"),
        (
            "关于捐赠衣被的通知\n捐赠衣被。\n白鹭采购联合会党委\n二00八年十月十三日\n",
            "白鹭采购联合会党委",
        ),
        ("中秋慰问方案\n慰问困难家庭。\n活动地点\n社区广场及部分居民家中\n", None),
        ("公司夏日送清凉方案\n给职工送凉茶。此次活动由白鹭分厂工会主办。", "白鹭分厂工会"),
        (
            "白鹭县民政局开展“寒冬送温暖”行动\n信息来源: 字体大小:\n救助流浪人员。",
            "白鹭县民政局",
        ),
        ("近日,市教委印发通知,要求做好春节送温暖工作,慰问困难师生。", "市教委"),
        ("外语系青协开展“爱心衣物回收”活动\n我系青协回收衣物。", "外语系青协"),
        ("旧衣服捐赠策划案\n很多大学生都存有旧衣物。", None),
        ("春节公司慰问方案\n学校党委决定走访慰问师生。", "学校党委"),
        ("衣暖人心,爱心传递——食品学院志愿队开展衣物捐赠活动\n同学们捐了衣物。", "食品学院"),
    ],
)
def test_a_report_names_who_acts(text: str, name: str | None) -> None:
    issuer = facts(text)["issuer"]
    assert issuer == name if name is None else issuer and name in issuer


def test_the_foot_of_a_web_site_names_no_issuer_and_no_hotline() -> None:
    told = facts(
        "市救助站启动“寒冬送温暖”行动\n市救助站开展街面巡查,热线:0999——8666****。\n"
        "主办单位:白鹭市民政局\n地址:湖边路1号\n电话:0999-8568**** 网站地图\n"
    )
    assert told["issuer"] != "白鹭市民政局"
    assert told["hotline"] == ["0999——8666****"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("寒冬送温暖专项救助行动方案\n每户困难职工300元,工会自筹,走访慰问职工。", "festival_visit"),
        ("救助站启动高温应急预案\n送清凉,救助流浪人员。", "summer_rescue"),
        ("白鹭市高温天气应急预案\n救助流浪人员。", "emergency_plan"),
        ("开展夏季街头巡查救助\n送清凉,救助流浪人员。", "summer_rescue"),
        ("冬季街面巡查制度\n每日巡查,救助流浪人员。", "patrol_system"),
        ("“博爱送万家”活动启动\n元旦春节慰问捐献者家庭,走访捐献者。", "festival_visit"),
        ("低温来袭,救助巡查遇困人员\n寒冬送温暖,救助流浪人员。", "winter_rescue"),
    ],
)
def test_a_season_tells_more_than_a_patrol(text: str, kind: str) -> None:
    assert facts(text)["operation_type"] == kind


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("白鹭站开展慰问活动\n2019-12-17 08:33:49 来源:湖边日报\n走访慰问困难职工。", "2019-12-17"),
        ("2018年捐衣活动启动\n湖边晨报11月15日讯(记者) 今天启动捐衣,即日起收衣。", "2018-11-15"),
        ("白鹭:发放春节红包\n湖边日报   2019-01-30 09:07\n发放春节慰问金。", "2019-01-30"),
        ("防暑保障\n2023-07-09 14:17:11 分类 : 热点 来源 : 湖边网\n送清凉。", "2023-07-09"),
        ("送清凉救助启动\n2021-07-06 0\n救助流浪人员。", "2021-07-06"),
        ("关于捐赠衣被的通知\n捐赠衣被。\n白鹭联合会党委\n二00八年十月十三日\n", "2008-10-13"),
        ("送围巾公益活动策划书\n捐围巾给孩子。 国际学院生活部 2012年10月13日\n", "2012-10-13"),
        ("白鹭区走访慰问方案\n时间:2024-07-20 18:09:31 我要投稿\n慰问困难职工。", None),
        ("走访慰问启动\n湖边社12月31日电 2022年元旦慰问开始。", None),
    ],
)
def test_a_report_is_of_the_day_it_was_put_out_and_a_plan_is_not(
    text: str, day: str | None
) -> None:
    assert facts(text)["doc_date"] == day


def test_a_number_may_stand_without_the_letters_of_an_office() -> None:
    told = facts("关于捐赠寒衣的通知\n        [2007]11号\n校属各单位:\n募捐寒衣。")
    assert told["doc_number"] == "〔2007〕11号"


DRIVE = "白鹭学院旧衣捐赠活动\n"


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("活动地点:\n东食堂门口、11号楼门口\n", ["东食堂门口", "11号楼门口"]),
        ("12月8日在南区三角坪和北区办公楼前设募捐点。", ["南区三角坪", "北区办公楼前"]),
        ("请于11月28日前把衣物送到学校政教处。", ["学校政教处"]),
        ("固定接收点,地址:湖边小区报刊亭 联系电话:8713****;", ["湖边小区报刊亭"]),
        ("活动地点主要设置在人流量较大的枫园食堂。", ["枫园食堂"]),
        ("10月17日,公益站在东广场举办了捐衣活动。", ["东广场"]),
        ("具体地址为湖边村服务中心303室。", ["湖边村服务中心303室"]),
        (
            "可于10月21日前送往湖边报社或户外俱乐部、山南酒店。",
            ["湖边报社", "户外俱乐部", "山南酒店"],
        ),
        ("我系青协分别在松园、桂园、楠园等宿舍楼开展了回收活动。", ["松园", "桂园", "楠园"]),
        ("衣服打包后送往捐衣处,书送到指定地点。", []),
    ],
)
def test_a_drive_takes_things_in_at_places(text: str, places: list[str]) -> None:
    assert facts(DRIVE + text)["areas"] == places


def test_goods_that_people_bring_are_no_report() -> None:
    told = facts(DRIVE + "请于11月28日前把衣物送到学校政教处。11月30日前将捐赠统计表报团委办公室。")
    assert [row["to"] for row in told["reporting"]] == ["团委办公室"]
    assert told["window"]["end_month_day"] == "11-28"


def test_what_has_been_sent_is_no_report() -> None:
    told = facts(DRIVE + "截至2016年10月底,义工分会已向白鹭县发送衣物111吨。")
    assert told["reporting"] == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (DRIVE + "2015年2月2日服务站开展了捐衣活动。", "2015-02-02", "2015-02-02"),
        (DRIVE + "2024年10月26日至27日,学院开展衣物捐赠活动。\n自10月19日至25日,志愿者们便投身于活动的各项筹备工作。", "2024-10-26", "2024-10-27"),
        (
            "救助流浪人员\n湖边日报讯(记者)11月10日,2023年全市动员部署会召开,标志着寒冬送温暖行动启动。",
            "2023-11-10",
            None,
        ),
        (DRIVE + "活动时间:2012年10月30- 12月2日。", "2012-10-30", "2012-12-02"),
        (DRIVE + "捐款截止日期到10月21日。衣被截止日期到10月30日。\n团委\n2008年10月9日", None, "2008-10-30"),
        (
            DRIVE + "根据电视会议精神,我校定于11月13日--16日进行捐助。\n团委\n2006年11月9日",
            "2006-11-13",
            "2006-11-16",
        ),
        (
            "送清凉工作\n2025年送清凉启动。于7、8月份开展慰问一线职工活动。",
            "2025-07-01",
            "2025-08-31",
        ),
        (
            "公司工会送温暖\n2011年9月29日,公司工会慰问了特困职工53名。",
            "2011-09-29",
            "2011-09-29",
        ),
        (
            "市红会送万家活动\n1月17日,市红会在湖边村启动2023年度“送万家”慰问活动,看望困难户。",
            "2023-01-17",
            None,
        ),
        (
            "送温暖启动\n来源:本站编辑 时间:2024-12-20 点击:次\n12月19日,2025年春节慰问活动正式启动。",
            "2024-12-19",
            None,
        ),
        (
            "救助流浪人员\n自2022年11月29日启动“寒冬送温暖”行动以来,救助1002人次。",
            "2022-11-29",
            None,
        ),
        (DRIVE + "2008年10月9日\n各单位10月14日前动员,10月17日活动结束。", None, "2008-10-17"),
        (
            "中秋慰问\n2021年9月23日上午,民政局领导带领干部来到白鹭敬老院看望老人。",
            "2021-09-23",
            "2021-09-23",
        ),
        (
            "救助流浪人员\n暖冬行动从2021年11月15日开始,到现在已经救助156人。",
            "2021-11-15",
            None,
        ),
        ("2015年特困老人慰问\n县老龄办决定在春节前夕开展特困老人慰问活动。", None, None),
        ("冬日送暖通知\n各单位在2022年12月12日前完成此项活动。", None, "2022-12-12"),
        (
            "走访慰问困难群众\n2024年2月4日,在春节来临之际,县民政局组织干部走访慰问困难群众。",
            "2024-02-04",
            "2024-02-04",
        ),
        (
            "捐衣被\n2004年10月11日\n白鹭市民政局组织捐衣。捐赠时间,从本月15日到24日。",
            "2004-10-15",
            "2004-10-24",
        ),
        ("2009年捐赠衣被活动\n全市将于2009年11月份组织捐赠活动。", "2009-11-01", "2009-11-30"),
        ("白鹭区八一慰问办法\n各街道要在2024年8月1日前做好优抚对象的走访慰问。", None, "2024-08-01"),
        (
            "为做好流浪人员救助,2025年11月26日,我市“寒冬送温暖”专项救助行动正式启动。",
            "2025-11-26",
            None,
        ),
        (
            "救助遇困流浪人员\n时间:2026/1/26 12:38:18 来源: 手机看新闻\n白鹭县启动寒冬送温暖行动。",
            None,
            None,
        ),
    ],
)  # fmt: skip
def test_a_report_tells_when_it_runs(text: str, start: str | None, end: str | None) -> None:
    window = facts(text)["window"]
    assert (window["start"], window["end"]) == (start, end)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("白鹭市冬春救助规程\n冬春救助时段为每年12月至次年5月。", "12-01", "05-31"),
        (
            "送温暖方案\n本次活动,市总工会确定自20xx年元旦开始,到1月底结束。慰问职工。",
            "01-01",
            "01-31",
        ),
    ],
)
def test_a_window_may_be_of_no_year(text: str, start: str, end: str) -> None:
    window = facts(text)["window"]
    assert (window["start"], window["end"]) == (None, None)
    assert (window["start_month_day"], window["end_month_day"]) == (start, end)


def test_a_day_may_stand_below_its_heading_and_a_blank_line() -> None:
    told = facts(
        "白鹭小学捐赠衣物方案\n\n二、活动时间\n\n2015年10月16日\n\n三、活动地点\n\n学校操场\n\n四、流程\n"
    )
    assert (told["window"]["start"], told["window"]["end"]) == ("2015-10-16", "2015-10-16")
    assert told["areas"] == ["学校操场"]


def test_the_time_to_enrol_is_not_the_time_of_the_visits() -> None:
    told = facts(
        "春节走访贫困户方案\n五、活动时间\n2026年2月6日上午\n七、报名时间:2026年1月4日至2026年2月4日\n慰问贫困户。"
    )
    assert (told["window"]["start"], told["window"]["end"]) == ("2026-02-06", "2026-02-06")


def test_as_many_stages_as_the_text_says() -> None:
    told = facts(
        DRIVE
        + "活动共分三个阶段:一是宣传发动阶段(2009年11月9日前)。二是衣被集中阶段(11月9日-13日)。"
        "三是装车发运。11月18日组织装车。"
    )
    assert [row["name"] for row in told["phases"]] == ["宣传发动阶段", "衣被集中阶段", "装车发运"]
    assert told["phases"][2]["start"] == "2009-11-18"


def test_a_directory_of_offices_gives_its_numbers() -> None:
    text = "市民可拨打捐赠站点电话。\n\n南湖区民政局 8872****\n\n北湖区民政局 8580****\n"
    assert facts(DRIVE + text)["hotline"] == ["8872****", "8580****"]


def test_shelters_and_street_corners_are_no_places_of_patrol() -> None:
    told = facts(
        "白鹭区寒冬送温暖救助方案\n重点巡查车站、桥洞、露宿街头人员。协调彩票站点、社区服务中心等场所开辟为庇护场所。\n"
        "全方位、全覆盖巡查地下通道、废弃房屋等区域。"
    )
    assert "彩票站点" not in told["areas"]
    assert "全方位" not in told["areas"]
    assert {"车站", "桥洞", "地下通道", "废弃房屋"} <= set(told["areas"])


def test_commas_that_a_page_doubled_are_damage() -> None:
    told = facts("白鹭区夏季送清凉救助方案\n重点巡查车站,、桥洞,、公园等区域,,救助流浪人员,。")
    assert told["areas"] == ["车站", "桥洞", "公园"]


def test_numbered_lines_under_a_heading_of_places_are_places() -> None:
    told = facts(
        "中秋慰问活动方案\n二、活动时间: 9月26日-9月27日\n三、活动地点:\n1、 湖边小学操场\n2、 社区活动室\n"
        "四、参与单位:\n慰问困难家庭。\n"
    )
    assert told["areas"] == ["湖边小学操场", "社区活动室"]


def test_the_home_that_is_visited_is_a_place() -> None:
    told = facts("中秋慰问\n9月23日,民政局领导来到白鹭镇敬老院看望老人,慰问孤老。")
    assert told["areas"] == ["白鹭镇敬老院"]


def test_an_extension_belongs_to_the_number() -> None:
    told = facts(DRIVE + "电话:5856****—178  传真:5856****—178\n")
    assert told["hotline"] == ["5856****—178"]


def test_a_part_may_begin_with_its_days() -> None:
    told = facts(
        DRIVE + "2006年11月6日\n一、捐助活动时间\n(一)11月10日-15日,宣传发动阶段,广泛动员。\n"
        "(二)11月16日上午9:00-下午2:00,将衣物统一送到南楼门厅。\n二、要求\n"
    )
    assert [row["name"] for row in told["phases"]] == ["宣传发动阶段", "将衣物统一送到南楼门厅"]
    assert told["phases"][0]["end"] == "2006-11-15"


def test_regions_visited_are_no_places() -> None:
    told = facts("红会春节慰问启动\n走访慰问地区包括近两年受灾地区、少数民族地区、重点帮扶地区等。")
    assert told["areas"] == []


def test_parts_of_the_time_are_stages_and_together_the_window() -> None:
    told = facts(
        "春节送温暖活动方案\n三、活动时间\n(一)写春联。2026年2月3日至9日志愿者书写。\n"
        "(二)送春联。2026年2月11日送到各户。\n四、服务对象\n困难职工。\n"
    )
    assert [row["name"] for row in told["phases"]] == ["写春联", "送春联"]
    assert (told["window"]["start"], told["window"]["end"]) == ("2026-02-03", "2026-02-11")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("每天高温时段,联合巡查小组对公园、车站等处进行巡回检查,发现流浪人员即救助。", 1),
        ("每天下班后,办公室把表格归档。", None),
    ],
)
def test_a_patrol_may_stand_behind_its_hour(text: str, count: int | None) -> None:
    rows = facts("白鹭区夏季送清凉救助方案\n救助流浪人员。\n" + text)["patrol_frequency"]
    assert [row["count"] for row in rows] == ([count] if count else [])


def test_squads_that_go_out_are_no_helpers_and_townships_no_places() -> None:
    told = facts(
        "白鹭区夏季送清凉救助方案\n联合巡查小组人员对城区街道、公共场所、火车站和桥涵洞等处检查流浪人员。\n"
        "慰问对象由各乡镇、工业园区、街道办自行确定。"
    )
    assert told["areas"] == ["街道", "公共场所", "火车站", "桥涵洞"]


def test_a_monthly_word_to_somebody_is_a_report_and_a_public_notice_is_none() -> None:
    told = read_document(
        "白鹭市街面巡查协同机制\n二、公安、城管等部门每月5日前向协同工作组通报上月巡查情况。\n"
        "三、民政局每月通报批评一次。\n".encode(),
        "plan.txt",
    ).facts["reporting"]
    assert [(row["recurring"], row["day"], row["to"]) for row in told] == [
        ("monthly", 5, "协同工作组")
    ]


def test_an_office_beside_the_day_under_the_title_has_issued_it() -> None:
    facts = read_document(
        "白鹭区“夏季送清凉”专项行动\n(2018年7月20日,白鹭区民政局)\n\n每天在桥梁涵洞、公园等处巡查。\n".encode(),
        "plan.txt",
    ).facts
    assert (facts["issuer"], facts["doc_date"]) == ("白鹭区民政局", "2018-07-20")


def test_so_many_months_from_a_day_without_a_year_end_on_a_day_without_a_year() -> None:
    window = read_document(
        "白鹭区“夏季送清凉”专项行动\n\n7月5日,区民政局启动“夏季送清凉”专项救助行动,为期三个月。\n".encode(),
        "plan.txt",
    ).facts["window"]
    assert (window["start_month_day"], window["end_month_day"]) == ("07-05", "10-04")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("春节走访方案\n慰问困难群众。\n二、资金\n所需资金由市民政局拨付。", None),
        ("捐赠衣物活动方案\n同学们捐衣物。\n志愿者协会代表发言。", None),
        ("社区冬至送温暖活动方案\n慰问孤寡老人。", None),
        (
            "白鹭省冬春救灾资金安排\n省民政厅会同省财政厅并报经省政府同意,下拨冬春救灾资金2.5亿元,救助受灾群众。",
            "白鹭省民政厅",
        ),
    ],
)
def test_who_pays_or_attends_has_not_issued_the_paper(text: str, name: str | None) -> None:
    assert facts(text)["issuer"] == name


def test_a_day_alone_in_a_report_is_of_its_month_or_the_month_before() -> None:
    text = "白鹭市救助管理站启动极端天气应急预案({day})\n\n市救助管理站19日启动预案,救助流浪乞讨人员。\n"
    assert facts(text.format(day="2016年7月20日"))["window"]["start"] == "2016-07-19"
    assert facts(text.format(day="2016年7月2日"))["window"]["start"] == "2016-06-19"


def test_a_patrol_every_day_that_reports_what_it_finds_reports_no_every_day() -> None:
    text = "白鹭社区巡查安排\n对商业区域每日巡查一次,发现流浪乞讨人员后及时报告。\n"
    assert [row for row in facts(text)["reporting"] if row.get("recurring") == "daily"] == []
