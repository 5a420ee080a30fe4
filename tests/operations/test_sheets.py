"""The duty sheet of an office: who is refused first, then what stands on it."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from nuantu.core import clock, journal
from nuantu.core.subjects import Subject
from nuantu.operations import services
from nuantu.operations.models import Duty, Operation
from tests.cast import BUREAU, STATION, Cast
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees

pytestmark = pytest.mark.django_db
OTHER_BUREAU = "MZ-522622"


def _url(operation: Operation, office: str = "", name: str = "sheet") -> str:
    asked = f"?office={office}" if office else ""
    return reverse(f"operations:{name}", args=[operation.public_id]) + asked


def test_the_hospital_prints_no_sheets(cast: Cast, county_plan: Operation) -> None:
    refused_for(cast.hospital, cast.police, cast.admin, url=_url(county_plan))
    refused_for(cast.patroller, cast.operator, url=_url(county_plan, name="sheet_export"))


def test_another_county_does_not_find_the_sheets_of_this_one(
    cast: Cast, county_plan: Operation
) -> None:
    not_found_for(cast.outsider, url=_url(county_plan))
    not_found_for(cast.outsider, url=_url(county_plan, name="sheet_export"))


def test_nobody_prints_the_sheet_of_an_office_he_does_not_oversee(
    cast: Cast, prefecture_plan: Operation
) -> None:
    not_found_for(cast.section_head, cast.patroller, url=_url(prefecture_plan, OTHER_BUREAU))
    not_found_for(cast.patroller, url=_url(prefecture_plan, BUREAU))
    not_found_for(cast.section_head, url=_url(prefecture_plan, OTHER_BUREAU, name="sheet_export"))
    does_not_see(page_for(cast.section_head, _url(prefecture_plan)), "黄平县民政局")


def test_the_bureau_reads_its_reports_with_clause_quote_and_day(
    cast: Cast, prefecture_plan: Operation
) -> None:
    page = page_for(cast.section_head, _url(prefecture_plan, BUREAU))
    sees(page, "当地行动方案", "P1-91", "20xx年12月20日前", "2026-12-20", "交办人（签名）")
    sees(page, "制定行动方案，细化措施，牵头协调", "P1-75", "行动期内", "official__office")


def test_the_station_reads_what_the_plan_asks_of_stations(
    cast: Cast, county_plan: Operation
) -> None:
    page = page_for(cast.patroller, _url(county_plan, STATION))
    sees(page, "24小时值班和接待，畅通求助热线", "P9-18")
    does_not_see(page, "确定巡查重点区域，开展地毯式摸排")


def test_all_offices_are_printed_one_to_a_page(cast: Cast, prefecture_plan: Operation) -> None:
    page = page_for(cast.office, _url(prefecture_plan))
    sees(page, "凯里市民政局", "黄平县民政局")
    text = page.content.decode()
    assert text.count('class="official sheet"') > 2
    assert text.count("<h1") == 1


def test_a_done_duty_says_so(cast: Cast, prefecture_plan: Operation) -> None:
    duty = Duty.objects.get(title="当地行动方案", owner_org=BUREAU)
    services.complete_duty(actor=cast.section_head.actor, at=clock.now(), duty=duty, note="")
    sees(page_for(cast.section_head, _url(prefecture_plan, BUREAU)), "已办结")


def test_an_office_without_tasks_gets_a_sheet_that_says_so(
    cast: Cast, county_plan: Operation
) -> None:
    page = page_for(cast.township, _url(county_plan))
    sees(page, "没有可打印的任务清单", "返回方案")
    own = page_for(cast.township, _url(county_plan, cast.township.actor.org_code))
    sees(own, "这份方案没有给该单位的任务")


def test_the_sheets_go_out_as_excel_with_a_journal_line(
    cast: Cast, prefecture_plan: Operation
) -> None:
    answer = cast.section_head.browser().get(_url(prefecture_plan, BUREAU, name="sheet_export"))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "任务清单"
    assert rows[2][:4] == ("单位", "序号", "内容", "期限")
    assert any(row[2] == "当地行动方案" and row[3] == "2026-12-20" for row in rows[3:])
    assert [row[1] for row in rows[3:]] == list(range(1, len(rows) - 2))
    lines = journal.timeline(Subject("user", cast.section_head.account.public_id))
    assert lines[0].verb == "operations.duty.export"


def test_the_sheet_speaks_english(cast: Cast, prefecture_plan: Operation) -> None:
    page = page_for(cast.section_head, _url(prefecture_plan, BUREAU), language="en")
    sees(page, "Task sheet", "County action plan", "Received by (signature)")
