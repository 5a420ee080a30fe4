"""The pages of operations: who is refused stands in roles.py; here is what the right people see."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from nuantu.accounts.services import issue_token
from nuantu.core import clock, journal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty, Handover, Operation
from nuantu.operations.services import complete_duty
from nuantu.planbook import files
from tests import builders
from tests.cast import COUNTY, HOSPITAL, OFFICE, OTHER_COUNTY, STATION, Cast
from tests.web import (
    does_not_see,
    fragment_for,
    not_found_for,
    page_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_my_own_list_stands_first(cast: Cast) -> None:
    duty = builders.a_duty(cast, kind="supplies.check")
    page = page_for(cast.patroller, reverse("operations:board"))
    sees(page, duty.title, "我单位的待办", "凯里市救助管理站")
    empty = page_for(cast.other_patroller, reverse("operations:board"))
    sees(empty, "现在没有待办")
    fragment_for(cast.patroller, reverse("operations:board"))


def test_a_clock_names_whose_promise_it_is(cast: Cast) -> None:
    duty = builders.a_duty(cast, kind="supplies.check")
    text = page_for(cast.patroller, reverse("operations:duty", args=[duty.public_id])).content
    assert "<dt>责任</dt><dd>凯里市救助管理站" in text.decode()
    assert f"<dd>{STATION}</dd>" not in text.decode()


def test_a_cell_of_the_board_opens_its_rows(cast: Cast) -> None:
    builders.a_duty(cast, kind="supplies.check", hours=0.5)
    page = page_for(cast.section_head, reverse("operations:board") + "?window=now")
    link = f"?window=now&office={STATION}&kind=supplies.check"
    assert link in page.content.decode().replace("&amp;", "&")
    rows = page_for(cast.section_head, reverse("operations:duty_list") + link)
    sees(rows, "今日街面巡查")
    none = page_for(
        cast.section_head, reverse("operations:duty_list") + "?kind=supplies.check&window=overdue"
    )
    sees(none, "没有符合条件的待办")


def test_the_board_is_english_without_a_chinese_word_of_ours(cast: Cast) -> None:
    builders.a_duty(cast)
    page = page_for(cast.leader, reverse("operations:board"), language="en")
    sees(page, "Duty board", "Street patrol", "Duties of my organisation")


def test_a_patrol_is_ticked_off_with_a_note(cast: Cast) -> None:
    duty = builders.a_duty(cast)
    url = reverse("operations:duty_complete", args=[duty.public_id])
    page = submits(cast.patroller, url, {"note": "车站、大桥，无人"}, to="/duties/")
    sees(page, "已办结")
    duty.refresh_from_db()
    assert (duty.state, duty.note, duty.done_by) == ("done", "车站、大桥，无人", "杨二")
    undo = reverse("operations:duty_reopen", args=[duty.public_id])
    submits(cast.patroller, undo, {})
    duty.refresh_from_db()
    assert duty.state == "open"


@pytest.mark.rule("P1-34")
def test_a_relief_point_is_ticked_off_with_where_or_why_not(cast: Cast) -> None:
    """Opened or a reason: an empty tick is neither."""
    duty = builders.a_duty(cast, kind="reliefpoint.open")
    url = reverse("operations:duty_complete", args=[duty.public_id])
    submit_refused_leaving(
        cast.patroller,
        url,
        {"note": " "},
        unchanged=lambda: Duty.objects.get(pk=duty.pk).state,
        says="为什么没开",
    )
    submits(cast.patroller, url, {"note": "体育馆修缮，改由车站候车室接待"}, to="/duties/")
    duty.refresh_from_db()
    assert duty.state == "done"


def test_a_duty_that_is_kept_elsewhere_is_not_ticked_off_here(cast: Cast) -> None:
    duty = builders.a_duty(cast, kind="dispatch.arrive")
    not_found_for(
        cast.patroller, url=reverse("operations:duty_complete", args=[duty.public_id]), data={}
    )
    duty.refresh_from_db()
    assert duty.state == "open"


def test_a_late_duty_asks_why(cast: Cast) -> None:
    duty = builders.a_duty(cast)
    url = reverse("operations:duty", args=[duty.public_id])
    with clock.frozen(duty.due_at + timedelta(hours=1)):
        complete_duty(actor=cast.patroller.actor, at=clock.now(), duty=duty)
    sees(page_for(cast.patroller, url), "请写明原因")
    submits(
        cast.patroller,
        reverse("operations:duty_explain", args=[duty.public_id]),
        {"reason": "桥面结冰"},
    )
    sees(page_for(cast.patroller, url), "桥面结冰")


def test_the_register_leaves_as_excel_and_the_export_is_journalled(cast: Cast) -> None:
    duty = builders.a_duty(cast)
    Duty.objects.filter(pk=duty.pk).update(title="=SUM(A1)")
    answer = cast.section_head.browser().get(reverse("operations:duty_export"))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]][:3] == ["事项", "内容", "单位"]
    assert sheet["B2"].value == "'=SUM(A1)"
    assert cast.section_head.user is not None
    lines = journal.timeline(Subject("user", cast.section_head.user.public_id))
    assert lines.filter(verb="operations.duty.export").exists()


def test_the_calendar_holds_no_title_and_needs_the_right_address(cast: Cast) -> None:
    duty = builders.a_duty(cast)
    Duty.objects.filter(pk=duty.pk).update(title="看望南桥下的老杨")
    page = page_for(cast.patroller, reverse("operations:board")).content.decode()
    address = page.split("/duties/calendar/")[1].split('"')[0]
    anybody = cast.nobody.browser()
    feed = anybody.get(f"/duties/calendar/{address}")
    text = feed.content.decode()
    assert feed["Content-Type"].startswith("text/calendar")
    assert "BEGIN:VEVENT" in text
    assert "SUMMARY:街面巡查" in text
    assert "老杨" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert anybody.get("/duties/calendar/abc.ics").status_code == 404


def test_a_new_password_closes_the_address_of_the_calendar(cast: Cast) -> None:
    page = page_for(cast.patroller, reverse("operations:board")).content.decode()
    address = page.split("/duties/calendar/")[1].split('"')[0]
    anybody = cast.nobody.browser()
    assert anybody.get(f"/duties/calendar/{address}").status_code == 200
    account = cast.patroller.account
    account.set_password("xin-mi-ma-5226")
    account.save(update_fields=["password"])
    assert anybody.get(f"/duties/calendar/{address}").status_code == 404


def test_paper_has_the_office_and_the_date(cast: Cast) -> None:
    builders.a_duty(cast)
    sees(
        page_for(cast.leader, reverse("operations:duty_print")),
        "凯里市救助管理站",
        "待办单",
        "签名",
    )


def test_the_operation_says_what_holds_and_from_which_clause(cast: Cast) -> None:
    with clock.frozen(builders.EVENING):
        operation = builders.a_season()
        url = reverse("operations:operation", args=[operation.public_id])
        page = page_for(cast.section_head, url)
        sees(
            page, "每周3次", "P9-03", "每周开展3次以上街面巡查", "不间断", "30分钟", "未核实", "X04"
        )
        english = page_for(cast.section_head, url, language="en")
        sees(english, "Winter warmth street-rescue plan", "3 a week", "house default", "unverified")
        rules = reverse("operations:rules", args=[operation.public_id])
        piece = fragment_for(cast.section_head, rules + "?q=P9-20")
        sees(piece, "30分钟")
        assert "P9-21" not in piece.content.decode()


def test_a_plan_with_errors_comes_back_with_its_lines(cast: Cast) -> None:
    def send(text: str) -> Any:
        upload = SimpleUploadedFile("p.yaml", text.encode())
        url = reverse("operations:start")
        return cast.section_head.browser().post(url, {"file": upload, "year": 2026})

    bad = send(files.packaged_text("P9").replace("\npatrol:", "\npatroll:", 1))
    assert bad.status_code == 422
    sees(bad, "patroll", "patrol", "第")
    assert not Operation.objects.exists()
    good = send(files.packaged_text("P9"))
    assert good.status_code == 302
    assert Operation.objects.get().organisation_id == "MZ-522601"


def test_a_county_is_a_link_to_its_level_only_for_whom_that_page_opens(cast: Cast) -> None:
    found = builders.a_plan("P1", OFFICE)
    url = reverse("operations:operation", args=[found.public_id])
    own, other = (reverse("operations:level", args=[code]) for code in (COUNTY, OTHER_COUNTY))
    sees(page_for(cast.office, url), own, other)
    page = page_for(cast.dispatcher, url)
    sees(page, own, "黄平县")
    does_not_see(page, other)
    not_found_for(cast.dispatcher, url=other)


def test_a_leader_changes_the_level_by_hand_with_a_reason(cast: Cast) -> None:
    url = reverse("operations:level", args=[COUNTY])
    answer = cast.leader.browser().post(url, {"level": "raised", "reason": ""})
    assert answer.status_code == 422
    page = submits(
        cast.leader, url, {"level": "raised", "reason": "没有预警源，气象台来电"}, to=url
    )
    sees(page, "加强", "没有预警源")
    assert cast.patroller.browser().post(url, {"level": "normal", "reason": "x"}).status_code == 404


def test_a_hand_over_is_accepted_on_its_page(cast: Cast) -> None:
    handover = builders.a_handover(cast, HOSPITAL)
    sees(page_for(cast.hospital, reverse("operations:handovers")), "就医", "待接收")
    page = page_for(cast.hospital, reverse("operations:handover", args=[handover.public_id]))
    sees(page, "接收前可以查看本案")
    accept = reverse("operations:accept", args=[handover.public_id])
    after = submits(cast.hospital, accept, {"accept-note": "已收"})
    sees(after, "现在由你单位负责")
    assert Handover.objects.get(pk=handover.pk).state == "accepted"
    second = cast.hospital.browser().post(accept, {})
    sees(cast.hospital.browser().get(second["Location"]), "已接收")


def test_the_roster_shows_its_holes(cast: Cast) -> None:
    page = page_for(cast.leader, reverse("operations:roster", args=[STATION]))
    sees(page, "空缺", "现在没有带班领导")
    builders.a_watch(cast)
    sees(page_for(cast.leader, reverse("operations:roster", args=[STATION])), "现在带班", "潘带班")


def test_a_duty_is_listed_and_completed_over_http(cast: Cast) -> None:
    with clock.frozen(clock.now().replace(hour=4)):  # noon in China: due on the same day
        duty = builders.a_duty(cast)
        token = issue_token(
            actor=cast.admin.actor, at=clock.now(), name="手机", user=cast.patroller.account
        )
        program = Client(headers={"Authorization": f"Bearer {token}"})
        listed = program.get("/api/v1/duties?window=today").json()
    assert [item["id"] for item in listed["items"]] == [str(duty.public_id)]
    assert listed["items"][0]["clock"]["state"] == "calm"
    done = program.post(
        f"/api/v1/duties/{duty.public_id}/complete",
        {"note": "车站"},
        content_type="application/json",
    )
    assert done.json()["state"] == "done"
    again = program.post(
        f"/api/v1/duties/{duty.public_id}/complete", {}, content_type="application/json"
    )
    assert again.status_code == 422
    point = builders.a_duty(cast, kind="reliefpoint.open")
    empty = program.post(
        f"/api/v1/duties/{point.public_id}/complete", {"note": " "}, content_type="application/json"
    )
    assert (empty.status_code, "为什么没开" in empty.content.decode()) == (422, True)
    assert program.get(f"/api/v1/rules/{COUNTY}/response.limit?key=far").json()["value"] == 60
    unknown = program.get(f"/api/v1/rules/{COUNTY}/patrol.cadence?level=rased")
    assert unknown.status_code == 422, "a slip must not answer with the cadence of a quiet day"
    assert "raised" in unknown.json()["detail"][0]["msg"]
