"""One phrase of the genre in many wordings: stages, patrols, leading groups, signatures."""

from collections.abc import Mapping
from typing import Any

import pytest

from nuantu.planbook.reading import read_document

TITLE = "白鹭区“寒冬送温暖”专项救助行动方案\n"
STEPS = TITLE + "一、行动时间\n2025年11月1日至2026年3月31日。\n二、实施步骤\n"


def facts(text: str) -> Mapping[str, Any]:
    return read_document(text.encode(), "plan.txt").facts


@pytest.mark.parametrize(
    "text",
    [
        "各单位要把阶段性工作与长期工作结合,现阶段重点是排查。进入救助阶段后要加强管理。",
        "行动分两个阶段进行,各阶段工作另行安排。",
        "本阶段重点是摸底。下一阶段转入巡查阶段。",
    ],
)
def test_talk_of_stages_names_none(text: str) -> None:
    assert facts(STEPS + text)["phases"] == []


@pytest.mark.parametrize(
    "text",
    [
        "分两个阶段进行:动员部署阶段(11月1日至10日)、集中救助阶段(11月11日至次年3月10日)。",
        (
            "行动分为两个阶段:一是动员部署阶段(11月1日至10日),制定方案;"
            "二是集中救助阶段(11月11日至次年3月10日),开展巡查。"
        ),
        (
            "第一阶段(2025年11月1日至11月10日):动员部署。制定方案。\n"
            "第二阶段(2025年11月11日至2026年3月10日):集中救助。每日巡查。"
        ),
        "2025年11月1日至11月10日为动员部署阶段。\n2025年11月11日至2026年3月10日为集中救助阶段。",
        "(一)11月1日—11月10日为动员部署阶段;\n(二)11月11日—次年3月10日为集中救助阶段;",
        "1、11月1日—11月10日,动员部署阶段。开会。\n2、11月11日—次年3月10日,集中救助阶段。",
        (
            "(一)动员部署阶段\n时间:2025年11月1日—11月10日\n内容:制定方案。\n"
            "(二)集中救助阶段\n时间:2025年11月11日—2026年3月10日\n内容:开展救助。"
        ),
        "●动员部署阶段(11月1日至11月10日)\n●集中救助阶段(11月11日至次年3月10日)",
        "【第一阶段】动员部署(11月1日至11月10日)\n【第二阶段】集中救助(11月11日至次年3月10日)",
        (
            "第一阶段为动员部署阶段,时间为2025年11月1日至11月10日;"
            "第二阶段为集中救助阶段,时间为2025年11月11日至2026年3月10日。"
        ),
    ],
)
def test_two_stages_have_their_names_and_days(text: str) -> None:
    first, second = facts(STEPS + text)["phases"]
    assert "动员部署" in first["name"]
    assert "集中救助" in second["name"]
    assert (first["start"], first["end"]) == ("2025-11-01", "2025-11-10")
    assert (second["start"], second["end"]) == ("2025-11-11", "2026-03-10")


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("夜间每2小时巡查一次。", []),
        ("每两天巡查一次。", []),
        ("全天24小时开展街面巡查。", [(None, None)]),
        ("低温预警期间每日巡查由2次增至4次。", [(4, "day")]),
        ("巡查频次由每日1次增加到每日3次。", [(3, "day")]),
        ("每天白天巡查2次,夜间巡查1次。", [(3, "day")]),
        ("每日定时巡查(8:00、14:00、20:00)。", [(3, "day")]),
        ("每晚8点至10点开展夜间巡查。", [(1, "day")]),
        ("日巡查不少于3次。", [(3, "day")]),
        ("每隔2小时巡查一次重点部位。", [(12, "day")]),
    ],
)
def test_a_patrol_is_as_frequent_as_the_words_say(
    text: str, counts: list[tuple[int | None, str | None]]
) -> None:
    rows = facts(TITLE + "一、街面巡查。" + text)["patrol_frequency"]
    assert [(row["count"], row["per"]) for row in rows] == counts


def test_an_hour_is_no_condition() -> None:
    rows = facts(TITLE + "一、街面巡查。实行24小时不间断巡查。")["patrol_frequency"]
    assert rows[0]["condition"] == "平时"


@pytest.mark.parametrize(
    ("text", "is_set_up"),
    [
        ("在市领导小组的统一领导下开展工作。", False),
        ("设立临时救助点,在市领导小组指导下运行。", False),
        ("组建志愿服务队。", False),
        ("明确一名领导负责。", False),
        ("成立以局长为组长,各科室负责人为成员的领导小组。", True),
        ("领导小组组成如下:", True),
        ("活动由工会主席任总指挥。", True),
        ("局党组书记任组长,副局长任副组长。", True),
        ("成立送温暖活动组委会。", True),
    ],
)
def test_a_body_leads_only_where_it_is_set_up(text: str, is_set_up: bool) -> None:
    assert facts(TITLE + "一、组织领导。" + text)["lead_group"] is is_set_up


def test_a_signature_counts_whatever_is_annexed_behind() -> None:
    text = (
        "关于开展“寒冬送温暖”专项救助行动的通知\n各街道办事处:\n现将有关事项通知如下。\n"
        "一、加强巡查。\n二、强化保障。\n三、及时报告。\n白鹭区民政局\n2025年11月1日\n"
        "附件:1.统计表\n2.登记表\n3.名单\n4.说明\n5.样式\n"
    )
    assert facts(text)["issuer"] == "白鹭区民政局"


def test_a_place_is_named_without_what_is_done_there() -> None:
    text = TITLE + "一、走访。领导分组到炼铁厂、炼钢厂、轧钢厂和动力分厂慰问。"
    assert facts(text)["areas"] == ["炼铁厂", "炼钢厂", "轧钢厂", "动力分厂"]


TABLE = "白鹭学院学生会2025年冬衣募捐策划书\n一、主题:冬日添衣\n二、活动流程"


@pytest.mark.parametrize(
    "text",
    [
        ":11月3日-5日前期宣传;11月8日收集衣物;10日整理装箱。",
        ":前期宣传,11月3日-5日,收集衣物,11月8日,整理装箱,11月10日。",
        ":11月3日-5日,前期宣传,11月8日,收集衣物,11月10日,整理装箱。",
        "\n前期宣传(11月3-5日)、收集衣物(8日)、整理装箱(10日)。",
        "\n1.前期宣传:11月3日—5日,在食堂门口张贴海报;\n2.收集衣物:11月8日到各楼;\n3.整理装箱:11月10日。",
        "\n(一)前期宣传。11月3日至5日,张贴海报。\n(二)收集衣物。11月8日,到各楼。\n(三)整理装箱。11月10日。",
        "\n11月3日-5日\t前期宣传\n11月8日\t收集衣物\n11月10日\t整理装箱",
        "。第一阶段(11月3日—5日)前期宣传,第二阶段(11月8日)收集衣物,第三阶段(11月10日)整理装箱。",
    ],
)
def test_a_timetable_is_read_whichever_way_work_and_day_stand(text: str) -> None:
    rows = facts(TABLE + text)["phases"]
    days = [(row["start"][5:], row["end"][5:]) for row in rows]
    assert days == [("11-03", "11-05"), ("11-08", "11-08"), ("11-10", "11-10")]
    for row, name in zip(rows, ("前期宣传", "收集衣物", "整理装箱"), strict=True):
        assert name in row["name"]


def test_stages_named_in_a_row_have_no_days() -> None:
    rows = facts(STEPS + "分摸底、救助和总结三个阶段进行。")["phases"]
    assert [(row["name"], row["start"]) for row in rows] == [
        ("摸底", None),
        ("救助", None),
        ("总结", None),
    ]


def test_days_of_a_report_are_no_timetable() -> None:
    text = "白鹭区救助情况\n\n1月5日寒潮来袭,全城巡查。1月6日救助3人。1月9日前报区民政局。"
    assert facts(text)["phases"] == []


@pytest.mark.parametrize(
    ("text", "is_set_up"),
    [
        ("分成三个慰问组,分头上门。", False),
        ("成立两个巡查小组,轮流上街。", False),
        ("向领导小组办公室报送信息。", False),
        ("以街道主任为组长,各科室为成员,逐条落实。", True),
        ("组长由分管副区长担任。", True),
        ("由主要领导挂帅,成立专门班子。", True),
    ],
)
def test_a_squad_that_goes_out_leads_nothing(text: str, is_set_up: bool) -> None:
    assert facts(TITLE + "一、组织保障。" + text)["lead_group"] is is_set_up


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("冬季救助安排\n\n白鹭区救助站备足棉被。白鹭区救助站夜里有人值守。", "白鹭区救助站"),
        ("走访慰问\n\n记者从白鹭区总工会获悉,走访已经开始。", "白鹭区总工会"),
        ("白鹭学院青年志愿者协会冬衣募捐策划书\n一、主题", "白鹭学院青年志愿者协会"),
        ("8807公司工会2025年送清凉活动\n一、慰问一线职工", "8807公司工会"),
    ],
)
def test_the_office_is_the_one_that_acts(text: str, name: str) -> None:
    assert facts(text)["issuer"] == name


@pytest.mark.parametrize(
    ("text", "places"),
    [
        (
            "一、巡查。车站、集贸市场、桥梁涵洞、废弃厂房挨个查。",
            ["车站", "集贸市场", "桥梁涵洞", "废弃厂房"],
        ),
        (
            "一、巡查。对云亭路口、老货场、东西大街等重点地段蹲守。",
            ["云亭路口", "老货场", "东西大街"],
        ),
        ("【回收地点】下周四下午14:00—18:00北门岗亭旁\n", ["北门岗亭旁"]),
        ("一、巡查。发动街道干部、社区网格员、出租车司机提供线索。", []),
    ],
)
def test_a_list_gives_its_places_and_nothing_else(text: str, places: list[str]) -> None:
    assert facts(TITLE + text)["areas"] == places


@pytest.mark.parametrize(
    ("text", "category", "amount", "unit"),
    [
        ("工会拿出1.2万元为职工购置毛巾和藿香正气水。", "毛巾", 12_000, "lump"),
        ("慰问12名优抚对象代表,发放1.8万元。", "优抚对象代表", 18_000, "lump"),
        ("向驻区部队送去慰问品,价值5000元。", "慰问品", 5000, "lump"),
        ("百岁老人36人,每人500元。", "百岁老人", 500, "person"),
        ("低保户80户,100元/户,计8000元。", "低保户", 100, "household"),
    ],
)
def test_money_spent_as_a_whole_is_a_lump(text: str, category: str, amount: int, unit: str) -> None:
    row = facts("白鹭区民政局春节走访慰问方案\n一、慰问。" + text)["amounts"][0]
    assert category in row["category"]
    assert (row["amount"], row["unit"]) == (amount, unit)


def test_a_day_with_another_deed_is_no_day_of_reporting() -> None:
    text = "一、要求。1月25日前核定名单,1月30日前拨付资金,2月20日前将总结报区民政局。"
    rows = facts("白鹭区民政局2025年春节慰问方案\n" + text)["reporting"]
    assert [row["date"] for row in rows] == ["2025-02-20"]


def test_a_date_under_the_heading_of_a_time_is_no_day_of_issue() -> None:
    text = "白鹭学院冬衣募捐方案\n一、活动时间\n2025年11月8日\n二、活动地点\n操场\n"
    assert facts(text)["doc_date"] is None


def test_a_window_may_be_explained_in_brackets() -> None:
    text = "白鹭镇慰问方案\n一、慰问时间\n从2025年1月10日(腊月十一)开始至1月18日(腊月十九)结束。"
    window = facts(text)["window"]
    assert (window["start"], window["end"]) == ("2025-01-10", "2025-01-18")


def test_an_itinerary_gives_the_places_of_each_day() -> None:
    text = "白鹭铁厂送清凉安排\n\n7月12日:高炉车间、烧结车间。\n7月19日:焦化车间、运输部。\n"
    assert facts(text)["areas"] == ["高炉车间", "烧结车间", "焦化车间", "运输部"]


def test_worse_weather_brings_more_patrols() -> None:
    text = TITLE + "一、街面巡查。平日一天巡查两趟;零度以下改为四趟。"
    counts = [(row["count"], row["per"]) for row in facts(text)["patrol_frequency"]]
    assert counts == [(2, "day"), (4, "day")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            TITLE + "市残疾预防和流浪救助中心从11月3日起在全市开展巡查。",
            "市残疾预防和流浪救助中心",
        ),
        ("送清凉活动方案(动力处)\n给一线职工送去关怀,制定本方案。", "动力处"),
        ("春节走访困难职工方案\n经局工委研究,决定走访全局困难职工。", "局工委"),
        ("旧衣捐赠活动\n外语系党总支已连续3年组织旧衣捐赠。", "外语系党总支"),
        ("节日走访通知\n县委、县政府决定在全县开展走访慰问活动。", "县委、县政府"),
    ],
)
def test_an_office_is_named_whole(text: str, name: str) -> None:
    assert facts(text)["issuer"].endswith(name)


def test_two_offices_side_by_side_are_not_one() -> None:
    told = facts(TITLE + "市民政局和市救助管理站决定开展巡查。")
    assert told["issuer"] == "市民政局"


def test_a_heading_that_is_a_leading_group_sets_one_up() -> None:
    assert facts(TITLE + "一、领导小组\n由分管领导任总负责。")["lead_group"]
    assert not facts(TITLE + "一、上级领导小组要求\n落实到位。")["lead_group"]


def test_where_no_place_is_listed_the_main_ones_are_meant() -> None:
    assert facts(TITLE + "扩大重点区域巡查范围。")["areas"] == ["重点区域"]
    assert facts(TITLE + "重点区域加大巡查,包括车站、桥洞、公园等区域。")["areas"] == [
        "车站",
        "桥洞",
        "公园",
    ]


def test_by_day_and_night_is_no_number() -> None:
    told = facts(TITLE + "白天、夜间巡查都要加强。")["patrol_frequency"]
    assert all(row["count"] is None for row in told)


def test_the_work_of_a_step_is_what_somebody_is_put_in_charge_of() -> None:
    told = facts(
        "节日走访通知\n二、时间安排\n对象评定由各村负责,2025年12月20日前做完;入户慰问由各组负责,2026年1月10日前完毕。"
    )
    assert [row["name"] for row in told["phases"]] == ["对象评定", "入户慰问"]
