"""Papers as public bodies put them on the web: what a search for the genre showed to be misread."""

from collections.abc import Mapping
from typing import Any

import pytest

from nuantu.planbook.reading import read_document


def facts(text: str) -> Mapping[str, Any]:
    return read_document(text.encode(), "plan.txt").facts


@pytest.mark.parametrize(
    ("line", "end"),
    [
        ("有意者可于10月21日前将整洁干净的棉衣送往白鹭日报社。", "10-21"),
        ("12月20日前,全市350家社区青年汇接收市民捐赠的旧冬衣。", "12-20"),
        ("12月20日前将捐赠情况小结报团市委。", None),
    ],
)
def test_a_drive_ends_on_the_day_by_which_people_bring_their_things(
    line: str, end: str | None
) -> None:
    window = facts(f"“温暖冬衣”募捐活动\n\n募捐棉衣。{line}\n")["window"]
    assert window.get("end_month_day") == end


def test_a_patrol_of_a_campaign_belongs_to_the_campaign_and_rules_for_patrols_do_not() -> None:
    body = "民政局结合“寒冬送温暖”专项救助行动巡查车站、桥洞,救助流浪乞讨人员。\n"
    assert facts(f"白鹭市联合大巡查\n\n{body}")["operation_type"] == "winter_rescue"
    assert facts(f"白鹭市街面巡查制度\n\n{body}")["operation_type"] == "patrol_system"
