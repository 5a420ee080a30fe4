"""Budgets: prices, products, subtotals, totals of a group and of all, and for whom a sum is."""

import pytest

from nuantu.planbook.reading import read_document

PLAN = "白鹭区总工会送清凉慰问方案\n慰问一线职工。\n三、经费预算\n"


def amounts(text: str) -> list[tuple[str, object, str]]:
    told = read_document(text.encode(), "plan.txt").facts["amounts"]
    return [(row["category"], row.get("amount") or row.get("min"), row["unit"]) for row in told]


def test_a_line_of_a_budget_is_what_its_goods_cost_together() -> None:
    assert amounts(PLAN + "1、矿泉水50件×20元=1000元;\n2、毛巾100条×5元=500元;\n小计:1500元\n") == [
        ("矿泉水", 1000, "lump"),
        ("毛巾", 500, "lump"),
        ("小计", 1500, "lump"),
    ]


def test_what_each_person_gets_is_no_price() -> None:
    told = amounts("白鹭区春节慰问方案\n慰问标准500元/人×30人=15000元。")
    assert (500, "person") in [row[1:] for row in told]


def test_a_total_said_twice_is_one_sum() -> None:
    told = amounts(PLAN + "(一)慰问品43200元。\n16个慰问点共计:43200元。")
    assert [row[1] for row in told] == [43200]


def test_the_total_of_a_group_carries_its_name() -> None:
    told = amounts(
        "春节走访方案\n五、慰问费用预算\n1、退休教师共15人,人均慰问品100元,共1500元。\n2、车辆燃油费80元;香烟60元。"
    )
    assert told == [
        ("退休教师", 100, "person"),
        ("退休教师", 1500, "lump"),
        ("车辆燃油费", 80, "lump"),
        ("香烟", 60, "lump"),
    ]


def test_what_was_hired_for_a_day_is_what_the_money_is_for() -> None:
    assert amounts(PLAN + "两个组各租用一辆卡车,使用1天计1600元。")[0][0].endswith("卡车")


@pytest.mark.parametrize(
    ("text", "category", "unit"),
    [
        ("根据受灾群众困难的程度,发放救助金500-1500元/每户。", "受灾群众", "household"),
        ("本次冬春救助资金以现金发放,共需打卡发放65万元。", "冬春救助资金", "lump"),
    ],
)
def test_how_money_is_given_is_not_for_whom(text: str, category: str, unit: str) -> None:
    head = "白鹭镇冬春救助方案\n受灾群众由村评议。\n三、资金计划\n"
    assert [(row[0], row[2]) for row in amounts(head + text)] == [(category, unit)]


def test_a_heading_on_those_visited_names_nobody() -> None:
    told = amounts(
        "白鹭市总工会春节慰问通知\n慰问困难工会干部。\n一、慰问的对象和慰问标准\n"
        "对象为在岗的困难工会干部。慰问标准每人慰问金额1000元。"
    )
    assert [(row[0].removeprefix("在岗的"), row[2]) for row in told] == [("困难工会干部", "person")]


def test_a_sum_put_in_is_for_what_stands_behind() -> None:
    told = amounts("白鹭区总工会送清凉\n计划投入17.5万元,组成多个慰问组为7600名职工送清凉。")
    assert told == [("为7600名职工送清凉", 175000, "lump")]


def test_a_sum_of_the_headline_is_told_once() -> None:
    told = amounts("筹资77.6万元走访慰问\n县民政局筹措资金77.6万元慰问困难群众。")
    assert [row[1] for row in told] == [776000]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("发放2019年春节慰问金22.3万元。", ("春节慰问金", 223000, "lump")),
        ("为老人发放慰问金共计2500元。", ("慰问金", 2500, "lump")),
        ("为老人发放价值1500元的食用油、面粉。", ("食用油、面粉", 1500, "lump")),
        ("省红会下拨价值15.27万元的暖包900套。", ("暖包", 152700, "lump")),
        ("募集的400多万元爱心款物启运。", ("爱心款物", 4000000, "lump")),
        ("采购米油等5种物资,共计22万元。", ("物资", 220000, "lump")),
        ("慰问了2名特困职工,为他们每人送去500元。", ("特困职工", 500, "person")),
    ],
)
def test_a_sum_is_for_the_goods_or_the_people_beside_it(
    text: str, row: tuple[str, int, str]
) -> None:
    category, *rest = amounts("白鹭区红会春节慰问活动\n慰问困难家庭。" + text)[0]
    assert row[0] in category
    assert rest == list(row[1:])


def test_the_people_may_stand_behind_the_standard() -> None:
    told = amounts(
        "县教育工会慰问教师\n按每人500元的标准,慰问27名困难教师;慰问经费不少于200元/人。"
    )
    assert told[0] == ("困难教师", 500, "person")
    assert told[1][0] != "慰问经费"


def test_a_threshold_is_no_sum() -> None:
    told = amounts("冬衣补助通知\n补助困难学生。购买金额低于500元的衣物按实际金额补助。")
    assert told == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("市级补助1万元,用于购置棉被。", [("市级补助资金", 10000, "lump")]),
        (
            "对93户低保对象进行慰问,慰问标准:1人户550元,2人户900元,3人及以上户1100元。",
            [
                ("1人户", 550, "household"),
                ("2人户", 900, "household"),
                ("3人及以上户", 1100, "household"),
            ],
        ),
        (
            "本次慰问对象为孤寡老人。慰问工作由各社区组织。要做到公开透明。每人发放慰问金600元。",
            [("孤寡老人", 600, "person")],
        ),
        (
            "对全市生活困难的劳模进行慰问。各单位要高度重视。要严格纪律。每人慰问金800元。",
            [("生活困难的劳模", 800, "person")],
        ),
    ],
)
def test_a_sum_is_for_the_people_named_some_sentences_before_or_of_a_level(
    line: str, expected: list[tuple[str, object, str]]
) -> None:
    assert amounts(f"白鹭市春节走访慰问活动方案\n一、慰问安排\n{line}\n") == expected


def test_money_under_a_heading_of_costs_is_spent_as_a_whole() -> None:
    told = amounts("白鹭区春节慰问方案\n四、慰问经费\n慰问金约3000元,购慰问品约2000元。\n")
    assert told == [("慰问金", 3000, "lump"), ("购慰问品", 2000, "lump")]


def test_a_level_that_gives_a_sum_pays_it() -> None:
    reading = read_document("白鹭市冬春救助方案\n一、资金\n市级补助1万元。\n".encode(), "plan.txt")
    assert [row["payer"] for row in reading.facts["amounts"]] == ["市级"]
