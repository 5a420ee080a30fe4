"""Pages of warnings: who is refused first, then what is shown and what a form does."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nuantu.core import clock
from nuantu.core.ids import new_id
from nuantu.operations.models import Duty
from nuantu.warnings import services
from nuantu.warnings.models import Coverage, Warning
from tests.cast import COUNTY, Cast
from tests.warnings.conftest import EVENING
from tests.web import (
    does_not_see,
    fragment_for,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("season")]

LIST = reverse("warnings:register")
ENTER = reverse("warnings:enter")
COLD = "黔东南州气象台发布寒潮橙色预警信号：预计未来48小时全州最低气温下降12℃以上。"


@pytest.fixture(autouse=True)
def _now() -> object:
    """Pages are looked at on the evening of the season."""
    with clock.frozen(EVENING):
        yield


def taken(cast: Cast, text: str = COLD) -> Warning:
    """A warning that just came in."""
    return services.take_message(
        actor=cast.office.actor,
        at=EVENING,
        body=text.encode(),
        content_type="text/plain",
        received_at=EVENING,
    )


def page_of(warning: Warning, name: str = "warning") -> str:
    return reverse(f"warnings:{name}", args=[warning.public_id])


def entry(**changes: str) -> dict[str, str]:
    """The manual form, filled in."""
    return {
        "sender_name": "黔东南州气象台",
        "msg_type": "alert",
        "event": "寒潮",
        "colour": "orange",
        "status": "actual",
        "sent_at": "2026-12-09T19:50",
        "expires_at": "",
        "headline": "",
        "description": "预计未来48小时全州最低气温下降12℃以上。",
        "instruction": "",
        "step": "confirm",
        **changes,
    }


def test_the_list_shows_what_came_and_where_it_stands(cast: Cast) -> None:
    refused_for(cast.nobody, cast.hospital, url=LIST)
    taken(cast)
    taken(cast, "【演练】凯里市气象台发布暴雪红色预警信号。")
    page = page_for(cast.patroller, LIST)
    sees(page, "寒潮", "橙", "2 县生效中", "演练", "不是实际预警")
    english = page_for(cast.patroller, LIST, language="en")
    sees(english, "Cold wave", "In force in 2", "Exercise")
    fragment_for(cast.patroller, LIST)


def test_the_list_is_filtered(cast: Cast) -> None:
    taken(cast)
    taken(cast, "凯里市气象台发布道路结冰黄色预警信号。")
    sees(page_for(cast.operator, f"{LIST}?event=道路结冰"), "凯里市气象台")
    does_not_see(page_for(cast.operator, f"{LIST}?event=道路结冰"), "黔东南州气象台")
    does_not_see(page_for(cast.operator, f"{LIST}?q=最低气温"), "凯里市气象台")
    sees(page_for(cast.operator, f"{LIST}?state=ended"), "没有预警")
    sees(page_for(cast.operator, f"{LIST}?colour=red"), "没有预警")


def test_an_empty_list_says_what_to_do(cast: Cast) -> None:
    sees(page_for(cast.operator, LIST), "没有预警", "手工录入一条")


def test_the_register_leaves_as_excel(cast: Cast) -> None:
    export = reverse("warnings:export")
    refused_for(cast.nobody, cast.operator, url=export)
    taken(cast)
    answer = cast.section_head.browser().get(export)
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "预警编号"
    assert "寒潮" in rows[1]


def test_the_page_of_a_warning_tells_its_whole_story(cast: Cast) -> None:
    warning = taken(cast)
    refused_for(cast.nobody, cast.police, url=page_of(warning))
    page = page_for(cast.office, page_of(warning))
    sees(
        page,
        COLD,
        "凯里市",
        "黄平县",
        "每天",
        "开放救助点",
        "P1-34",
        "带班领导已确认",
        "原文没有写",
    )
    sees(page_for(cast.office, page_of(warning, "printed")), "气象预警记录", "黄平县")
    original = cast.office.browser().get(page_of(warning, "original"))
    assert original.content.decode() == COLD
    assert original["X-Content-Type-Options"] == "nosniff"
    marks = cast.office.browser().get(page_of(warning, "covered")).json()["features"]
    assert {mark["properties"]["key"] for mark in marks} == {COUNTY, "522622000000"}


def test_the_season_calendar_shows_when_a_warning_held(cast: Cast) -> None:
    calendar = reverse("operations:area_calendar") + "?month=2026-12"
    does_not_see(page_for(cast.leader, calendar), "寒潮")
    for hours in (30, 0):
        at = EVENING - timedelta(hours=hours)
        services.take_message(
            actor=cast.office.actor, at=at, body=COLD.encode(), content_type="", received_at=at
        )
    page = page_for(cast.leader, calendar)
    sees(page, "寒潮橙色预警 · 凯里市", "month__band--warn-orange", "12/8–12/9")
    sees(page_for(cast.office, calendar), "寒潮橙色预警 · 2个地区")
    sees(page_for(cast.leader, calendar, language="en"), "Cold wave warning (Orange)")
    does_not_see(page_for(cast.outsider, calendar), "寒潮")


def test_a_drill_says_that_it_changed_nothing(cast: Cast) -> None:
    warning = taken(cast, f"【演练】{COLD}")
    sees(page_for(cast.leader, page_of(warning)), "演练", "没有改变任何县的工作级别")


def test_the_rhythm_is_that_of_the_next_patrol(cast: Cast) -> None:
    """Daily now, three a week from a later week: never three a day."""
    warning = taken(cast)
    daily = Duty.objects.filter(kind="patrol.daily", division_code=COUNTY, state="open").first()
    assert daily is not None
    assert daily.recurrence is not None
    head, _unit, *rest = daily.recurrence.partition(":per_day:")
    weekly = f"{head}:per_week:{rest[0].rsplit(':', 1)[0]}:3"
    values = {f.attname: getattr(daily, f.attname) for f in Duty._meta.fields if f.name != "id"}
    later = {"due_at": daily.due_at + timedelta(days=9), "recurrence": weekly}
    Duty.objects.create(**{**values, "public_id": new_id(), **later})
    sees(page_for(cast.office, page_of(warning)), "每天1次")


def test_a_leader_finds_on_his_first_screen_what_waits_for_him(cast: Cast) -> None:
    """The warning to acknowledge, with what that rests on, in the language of the page."""
    warning = taken(cast)
    first = cast.leader.browser().get("/").headers["Location"]
    sees(page_for(cast.leader, first), "带班领导确认预警", "系统默认：带班领导确认")
    english = page_for(cast.leader, first, language="en")
    sees(english, "house default: the leader acknowledges")
    does_not_see(english, "系统默认")
    duty = Duty.objects.get(kind="warning.acknowledge", division_code=COUNTY)
    own = page_for(cast.leader, f"/duties/{duty.public_id}/")
    sees(own, "这件事在对应的页面办", page_of(warning))
    not_found_for(cast.leader, url=f"/duties/{duty.public_id}/complete/")
    assert warning.coverage.filter(acknowledged_at=None).count() == 2
    page = page_for(cast.leader, f"/duties/{duty.public_id}/", language="en")
    sees(page, "national default house default: the leader acknowledges")


def test_a_leader_acknowledges_for_his_county_only(cast: Cast) -> None:
    warning = taken(cast)
    url = page_of(warning, "acknowledge")
    refused_for(cast.nobody, cast.operator, url=url, data={"county": COUNTY})
    not_found_for(cast.outsider, url=url, data={})
    submits(cast.leader, url, {}, to=page_of(warning))
    acknowledged = Coverage.objects.filter(acknowledged_at__isnull=False)
    assert [row.division_code for row in acknowledged] == [COUNTY]
    submits(cast.office, url, {}, to=page_of(warning))
    assert acknowledged.all().count() == 2
    assert not Duty.objects.filter(kind="warning.acknowledge", state="open").exists()


def test_a_late_acknowledgement_asks_for_its_reason_at_once(cast: Cast) -> None:
    warning = taken(cast)
    duty = Duty.objects.get(kind="warning.acknowledge", division_code=COUNTY)
    url = page_of(warning, "acknowledge")
    with clock.frozen(duty.due_at + timedelta(minutes=1)):
        submits(cast.leader, url, {}, to=reverse("operations:duty", args=[duty.public_id]))
        sees(page_for(cast.leader, reverse("operations:duty", args=[duty.public_id])), "超时")


def test_the_end_is_confirmed_with_a_word(cast: Cast) -> None:
    warning = taken(cast)
    url = page_of(warning, "confirm_end")
    not_found_for(cast.outsider, url=url, data={"note": "好了"})
    submit_refused_leaving(
        cast.leader,
        url,
        {"note": "好了", "county": COUNTY},
        unchanged=lambda: list(Coverage.objects.values_list("phase", flat=True)),
        says="保持期内",
    )


def test_after_the_hold_a_leader_confirms_for_his_county(cast: Cast) -> None:
    warning = taken(cast)
    after = EVENING + timedelta(hours=49)
    services.settle_due(at=after)
    with clock.frozen(after):
        sees(
            page_for(cast.leader, page_of(warning)),
            "待确认结束",
            "级别不会自动下降",
            "凭什么确认结束",
        )
        url = page_of(warning, "confirm_end")
        submits(cast.leader, url, {"note": "已电话核实", "county": ""}, to=page_of(warning))
        ended = Coverage.objects.filter(phase="ended")
        assert [row.division_code for row in ended] == [COUNTY]
        sees(page_for(cast.leader, page_of(warning)), "人工确认结束", "已电话核实")


def test_a_pasted_text_is_read_before_it_takes_effect(cast: Cast) -> None:
    refused_for(cast.nobody, cast.patroller, cast.auditor, url=ENTER)
    page = cast.dispatcher.browser().post(ENTER, {"step": "read", "text": COLD})
    sees(page, "读到的预警", "黔东南州气象台", "常态", "极端", "确认生效", 'value="寒潮"')
    assert not Warning.objects.exists()


def test_a_text_that_is_no_warning_comes_back_with_its_words(cast: Cast) -> None:
    page = submit_refused_leaving(
        cast.dispatcher,
        ENTER,
        {"step": "read", "text": "明天天气晴，适合郊游。"},
        unchanged=Warning.objects.count,
        says="没有看出是哪种预警",
    )
    sees(page, "明天天气晴，适合郊游。")


def test_an_entry_is_previewed_and_then_counts(cast: Cast) -> None:
    preview = cast.leader.browser().post(ENTER, entry(step="preview"))
    sees(preview, "生效后", "极端", "凯里市")
    assert not Warning.objects.exists()
    submits(cast.leader, ENTER, entry(), to="/warnings/")
    warning = Warning.objects.get()
    assert (warning.form, warning.colour, warning.event_name) == ("manual", "orange", "寒潮")
    assert Coverage.objects.filter(level="extreme").count() == 2


def test_chosen_counties_are_those_that_count(cast: Cast) -> None:
    submits(cast.leader, ENTER, entry(counties=COUNTY), to="/warnings/")
    assert [row.division_code for row in Coverage.objects.all()] == [COUNTY]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"event": ""}, "类型"),
        ({"sent_at": "2027-12-09T19:50"}, "发布时间在将来"),
        ({"expires_at": "2026-12-09T19:00"}, "失效时间应在发布时间之后"),
        ({"sent_at": "2026-02-31T08:00"}, "发布时间"),
    ],
)
def test_a_wrong_entry_keeps_what_was_typed(cast: Cast, changes: dict[str, str], says: str) -> None:
    page = submit_refused_leaving(
        cast.leader, ENTER, entry(**changes), unchanged=Warning.objects.count, says=says
    )
    sees(page, "预计未来48小时全州最低气温下降12℃以上。")
