"""The plan library: who is refused first, then what its pages say."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.operations.models import Operation
from nuantu.operations.rules.plan_words import sections
from nuantu.operations.selectors import library, library_plan
from nuantu.planbook import files
from tests import builders
from tests.cast import Cast
from tests.web import does_not_see, fragment_for, not_found_for, page_for, refused_for, sees

pytestmark = pytest.mark.django_db


def _plan(code: str, asked: str = "") -> str:
    return reverse("operations:library_plan", args=[code]) + asked


def test_the_hospital_and_the_police_read_no_plans(cast: Cast) -> None:
    refused_for(cast.hospital, cast.police, cast.admin, url=reverse("operations:library"))
    refused_for(cast.hospital, cast.police, url=_plan("P1"))


def test_a_plan_that_is_not_packaged_is_not_found(cast: Cast) -> None:
    not_found_for(cast.section_head, url=_plan("P99"))
    not_found_for(cast.section_head, url=_plan("P1", "?with=P99"))
    not_found_for(cast.section_head, url=reverse("operations:library_file", args=["P99"]))


def test_who_may_not_start_plans_sees_no_way_to(cast: Cast) -> None:
    does_not_see(page_for(cast.patroller, _plan("P1")), "用这份方案")
    does_not_see(page_for(cast.patroller, reverse("operations:library")), "读方案文件")
    sees(page_for(cast.section_head, _plan("P1")), "用这份方案")


def test_the_library_shows_every_packaged_plan_with_copies_below_their_template(cast: Cast) -> None:
    page = page_for(cast.section_head, reverse("operations:library"))
    sees(page, "州“寒冬送温暖”专项救助行动工作方案", "P2 的副本", "草稿", "日期未定")
    rows = library(2026)
    assert {row.node.code for row in rows} == set(files.PACKAGED)
    codes = [row.node.code for row in rows]
    copy = rows[codes.index("P5")]
    assert (copy.depth, codes.index("P5")) == (1, codes.index("P2") + 1)


def test_the_library_is_searched_and_filtered(cast: Cast) -> None:
    url = reverse("operations:library")
    piece = fragment_for(cast.section_head, f"{url}?type=donation_drive")
    sees(piece, "募捐活动")
    does_not_see(piece, "州“寒冬送温暖”专项救助行动工作方案")
    sees(fragment_for(cast.section_head, f"{url}?q=没有的词"), "没有这样的方案", "清除筛选")


def test_plans_in_force_stand_below_the_plan_they_follow(cast: Cast) -> None:
    url = reverse("operations:library")
    sees(page_for(cast.section_head, url), "还没有执行中的方案")
    operation = builders.a_season()
    page = page_for(cast.section_head, url)
    sees(page, "tree--1", "第 1 版")
    does_not_see(page, "等待确认")
    Operation.objects.filter(children=operation).update(version=2)
    sees(page_for(cast.section_head, url), "等待确认")


def test_a_plan_is_read_for_the_year_asked(cast: Cast) -> None:
    page = page_for(cast.patroller, _plan("P1", "?year=2028"))
    sees(page, "2028-12-20", "P1-91", "20xx年12月20日前", "当地行动方案", "街面巡查", "疑问")
    sees(page_for(cast.patroller, _plan("P1", "?year=x")), "行动期")


def test_a_draft_says_that_its_days_are_open(cast: Cast) -> None:
    sees(page_for(cast.section_head, _plan("P8")), "方案仍是草稿", "草稿")
    assert library_plan("P8", 2026).start is None


def test_the_sums_of_a_plan_stand_beside_it(cast: Cast) -> None:
    page = page_for(cast.section_head, _plan("P13", "?year=2027"))
    sees(page, "178,000元", "120,000元", "22 类", "每户1700元")


def test_two_plans_are_compared(cast: Cast) -> None:
    page = page_for(cast.section_head, _plan("P1", "?with=P9"))
    sees(page, "不同之处", "P9 → P1")
    sees(page_for(cast.section_head, _plan("P1", "?with=P1")), "两者没有不同")
    does_not_see(page, "Prefecture winter warmth", "suspected_mental_disorder", "leave_contact")
    english = page_for(cast.section_head, _plan("P1", "?with=P9"), language="en")
    sees(english, "Prefecture winter warmth street-rescue plan")
    does_not_see(english, "“寒冬送温暖”专项救助行动工作方案</td>", "suspected_mental_disorder")


def test_a_stipend_names_its_tests_and_not_their_codes(cast: Cast) -> None:
    sees(page_for(cast.section_head, _plan("P13")), "要过哪些资格测试：", "收入低于低保水平")
    does_not_see(page_for(cast.section_head, _plan("P13")), "four_old_income")
    page = page_for(cast.section_head, _plan("P13"), language="en")
    sees(page, "income below the minimum-living line")


def test_the_file_of_a_copy_stands_alone(cast: Cast) -> None:
    answer = cast.patroller.browser().get(reverse("operations:library_file", args=["P5"]))
    assert answer["Content-Disposition"] == 'attachment; filename="P5.yaml"'
    plan = files.read(answer.content.decode(), template=lambda code: None).plan
    assert plan is not None
    assert plan.code == "P5"


def test_the_english_pages_speak_english(cast: Cast) -> None:
    sees(page_for(cast.section_head, reverse("operations:library"), language="en"), "Plan library")
    page = page_for(cast.section_head, _plan("P1"), language="en")
    sees(page, "What the plan says", "Use this plan", "Prefecture winter warmth street-rescue plan")


def _start(cast: Cast, data: dict[str, Any]) -> Any:
    return cast.section_head.browser().post(reverse("operations:start"), data)


def test_phases_have_english_names_on_english_pages(cast: Cast) -> None:
    sees(page_for(cast.office, _plan("S1", "?year=2026"), language="en"), "Study and preparation")
    calendar = reverse("operations:library_calendar", args=["S1"]) + "?year=2026&month=2026-08"
    sees(page_for(cast.office, calendar, language="en"), "S1 Concentrated action")
    sees(page_for(cast.office, calendar), "S1 集中实施")


def test_a_start_names_exactly_one_plan(cast: Cast) -> None:
    none = _start(cast, {"year": 2026})
    assert none.status_code == 422
    sees(none, "请选一份方案")
    upload = SimpleUploadedFile("p.yaml", files.packaged_text("P9").encode())
    both = _start(cast, {"plan": "P9", "file": upload, "year": 2026})
    assert both.status_code == 422
    sees(both, "只能用一份")
    assert not Operation.objects.exists()


def test_a_packaged_draft_is_refused_on_the_form(cast: Cast) -> None:
    answer = _start(cast, {"plan": "P8", "year": 2026})
    assert answer.status_code == 422
    sees(answer, "P8")
    assert not Operation.objects.exists()


def test_a_packaged_plan_is_started_from_the_library(cast: Cast) -> None:
    page = page_for(cast.section_head, reverse("operations:start") + "?plan=P9&year=2027")
    sees(page, '<option value="P9" selected>', "2027")
    answer = _start(cast, {"plan": "P9", "year": 2027})
    assert answer.status_code == 302
    operation = Operation.objects.get()
    assert (operation.plan_code, operation.start_date) == ("P9", date(2027, 11, 11))
    assert operation.source_text == files.packaged_text("P9")


@pytest.mark.parametrize("code", sorted(files.PACKAGED))
def test_every_rule_id_of_a_plan_stands_in_its_sections(code: str) -> None:
    plan = files.packaged(code).plan
    assert plan is not None
    found = sections(plan, year=2027, language="zh-hans")
    said = {clause for part in found for line in part.lines for clause in line.clauses}
    assert said == set(_clauses(plan.model_dump(mode="json")))
    assert all(line.text or line.lead for part in found for line in part.lines)


def _clauses(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = list(value.get("clause") or ())
        return own + [one for inner in value.values() for one in _clauses(inner)]
    if isinstance(value, list):
        return [one for inner in value for one in _clauses(inner)]
    return []


def test_a_refused_start_keeps_nothing(cast: Cast, county_plan: Operation) -> None:
    answer = _start(cast, {"plan": "P9", "year": county_plan.year})
    assert answer.status_code == 422
    assert Operation.objects.filter(plan_code="P9").count() == 1
