"""The pages about the safety of a station: who gets them, what they ask, what they keep."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.core import scope
from nuantu.operations.models import Duty
from nuantu.stays.models import (
    FoodSample,
    FoodSuspicion,
    Hazard,
    Inspection,
    KitchenMeal,
    SafetyCheck,
)
from nuantu.stays.services import safety
from tests.builders import a_season
from tests.cast import BUREAU, STATION, Cast
from tests.stays.house import NIGHT, a_photo, a_zone
from tests.stays.safety_house import (
    a_check,
    a_hazard,
    a_kept_meal,
    a_meal,
    a_repair,
    a_suspicion,
    an_inspection,
)
from tests.web import (
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]


def _lines(row: SafetyCheck, *bad: int) -> dict[str, str]:
    return {f"line{number}": "bad" if number in bad else "ok" for number in range(5)}


def test_street_work_sees_nothing_of_the_safety_of_the_house(cast: Cast) -> None:
    refused_for(cast.nobody, cast.patroller, cast.hospital, url="/stays/safety/")
    refused_for(cast.carer, url="/stays/safety/lists/")
    page = page_for(cast.station_head, "/stays/safety/lists/fire/", language="en")
    sees(page, "Change a checklist · Fire")
    url = reverse("stays:suspicion_end", args=[a_suspicion(cast).public_id])
    refused_for(cast.carer, cast.leader, url=url)
    not_found_for(cast.outsider, url=reverse("stays:hazard", args=[a_hazard(cast).public_id]))


def test_a_check_keeps_what_was_entered_until_each_fault_has_words(cast: Cast) -> None:
    row = a_check(cast)
    url = reverse("stays:safety_check", args=[row.public_id])
    page = page_for(cast.carer, url)
    sees(page, "消防检查", "灭火器在位", "未核实的默认值")
    assert page.content.decode().count("（不合格时必填）") == 5
    sees(page_for(cast.carer, url, language="en"), "(needed when it fails)")
    page = submit_refused_leaving(
        cast.carer, url, _lines(row, 1), unchanged=Hazard.objects.count, says="请写明什么不对"
    )
    sees(page, 'value="bad"')
    submits(cast.carer, url, {**_lines(row, 1), "note1": "栓内无水", "urgent1": "on"})
    sees(page_for(cast.carer, "/stays/safety/"), "栓内无水", "危险", "不合格 1 项")
    sees(page_for(cast.carer, url), "不合格", "看这条隐患")


def test_a_photo_that_was_chosen_is_not_lost_with_a_refused_check(cast: Cast) -> None:
    url = reverse("stays:safety_check", args=[a_check(cast).public_id])
    words = {f"line{number}": "bad" if number == 1 else "ok" for number in range(5)}
    page = submit_refused_leaving(
        cast.carer,
        url,
        {**words, "photo1": a_photo()},
        unchanged=Hazard.objects.count,
        says="已选的照片 hall.jpg 还在",
    )
    kept = re.search(r'name="photo1-kept" value="(\w+)"', page.content.decode())
    assert kept
    again = submit_refused_leaving(
        cast.carer,
        url,
        {**words, "photo1-kept": kept[1]},
        unchanged=Hazard.objects.count,
        says="已选的照片 hall.jpg 还在",
    )
    kept = re.search(r'name="photo1-kept" value="(\w+)"', again.content.decode())
    assert kept
    submits(cast.carer, url, {**words, "note1": "栓内无水", "photo1-kept": kept[1]})
    photo = Hazard.objects.get().photo
    assert photo is not None
    assert (photo.width, photo.height) == (4, 3)


@pytest.mark.parametrize("word", ["", "../accounts.txt", "0" * 32])
def test_a_word_that_is_none_of_ours_brings_no_photo(cast: Cast, word: str) -> None:
    submits(cast.carer, "/stays/safety/hazards/new/", {"what": "插座发黑", "photo-kept": word})
    assert Hazard.objects.get().photo is None


def test_a_file_that_is_no_photo_is_said_beside_the_field(cast: Cast) -> None:
    upload = SimpleUploadedFile("a.jpg", b"no photo", content_type="image/jpeg")
    words = {"what": "插座发黑", "photo": upload}
    submit_refused_leaving(
        cast.carer,
        "/stays/safety/hazards/new/",
        words,
        unchanged=Hazard.objects.count,
        says="插座发黑",
    )


def test_a_hazard_goes_from_report_to_second_look(cast: Cast) -> None:
    page = submits(cast.carer, "/stays/safety/hazards/new/", {"what": "插座发黑", "place": "101"})
    sees(page, "插座发黑", "登记整改")
    row = Hazard.objects.get()
    repair = reverse("stays:repair", args=[row.public_id])
    submit_refused_leaving(
        cast.carer, repair, {"note_text": " "}, unchanged=Hazard.objects.count, says="登记整改"
    )
    submits(cast.carer, repair, {"note_text": "已换新插座"})
    sees(page_for(cast.carer, reverse("stays:hazard", args=[row.public_id])), "另一位同事")
    recheck = reverse("stays:recheck", args=[row.public_id])
    sees(page_for(cast.medic, reverse("stays:hazard", args=[row.public_id])), "（没改好时必填）")
    submit_refused_leaving(
        cast.medic, recheck, {"is_mended": "no"}, unchanged=Hazard.objects.count, says="还差什么"
    )
    submits(cast.medic, recheck, {"is_mended": "yes"})
    row.refresh_from_db()
    assert row.state == "closed"


def test_a_first_repair_and_its_failed_look_stay_on_the_page_of_the_hazard(cast: Cast) -> None:
    row = a_hazard(cast)
    url = reverse("stays:hazard", args=[row.public_id])
    repair, recheck = (
        reverse(f"stays:{name}", args=[row.public_id]) for name in ("repair", "recheck")
    )
    submits(cast.carer, repair, {"note_text": "棉被靠墙放", "photo": a_photo()})
    row.refresh_from_db()
    first = row.repair_photo
    assert first is not None
    submits(cast.medic, recheck, {"is_mended": "no", "note_text": "还挡半扇门"})
    submits(cast.carer, repair, {"note_text": "棉被已搬走"})
    page = page_for(cast.medic, url)
    photo = reverse("stays:hazard_photo", args=[first.public_id])
    sees(
        page,
        "第 1 次整改",
        "棉被靠墙放",
        photo,
        "还挡半扇门",
        "不合格",
        "第 2 次整改",
        "棉被已搬走",
    )
    sees(page_for(cast.medic, url, language="en"), "Repairs and second looks", "repair no. 2")
    submits(cast.medic, recheck, {"is_mended": "yes"})
    sees(page_for(cast.section_head, url), "还挡半扇门", "已销号")


def test_the_register_is_searched_and_exported(cast: Cast) -> None:
    a_hazard(cast)
    a_repair(cast)
    page = page_for(cast.section_head, "/stays/safety/hazards/?state=repaired&q=疏散")
    sees(page, "待复查")
    answer = cast.section_head.browser().get("/stays/safety/hazards/?export=xlsx")
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


def test_the_head_changes_a_checklist_without_code(cast: Cast) -> None:
    a_zone(cast, "男区", "male", "adult")
    url = reverse("stays:checklist", args=["fire"])
    wanted = {
        "title": "消防夜查",
        "every": "day",
        "hours": "25",
        "lines": "电热毯已关 | Electric blankets off",
        "basis": "本站制度第三条",
        "from_date": "2026-12-09",
    }
    page = submit_refused_leaving(
        cast.station_head, url, wanted, unchanged=SafetyCheck.objects.count, says="0到23"
    )
    sees(page, "电热毯已关")
    submits(cast.station_head, url, {**wanted, "hours": "22"})
    sees(page_for(cast.station_head, "/stays/safety/lists/"), "消防夜查", "本站")
    sees(page_for(cast.station_head.browser("en"), "/stays/safety/lists/"), "Electric blankets off")


def test_a_meal_and_its_samples_are_entered_in_two_pages(cast: Cast) -> None:
    words = {"meal": "lunch", "served_date": "2026-12-09", "dishes": "白菜、米饭"}
    page = submits(cast.carer, "/stays/kitchen/meals/new/", {**words, "people_count": "18"})
    sees(page, "白菜", "125 克", "48 小时")
    url = reverse("stays:samples", args=[KitchenMeal.objects.get().public_id])
    light = {"dish0": "130", "dish1": "60"}
    page = submit_refused_leaving(
        cast.carer, url, light, unchanged=FoodSample.objects.count, says="不到125克"
    )
    sees(page, 'value="130"')
    submits(cast.carer, url, {**light, "reason": "只剩这些"})
    sees(page_for(cast.carer, "/stays/kitchen/"), "分量不足", "留样中")


def test_a_dish_without_a_sample_stays_red_until_it_is_owned_up_to(cast: Cast) -> None:
    meal = a_meal(cast)
    sees(page_for(cast.carer, "/stays/kitchen/"), "没有留样")
    url = reverse("stays:gap", args=[meal.public_id])
    submits(cast.carer, url, {"reason": "忘了"})
    assert Hazard.objects.get().source == "food"


def test_a_locked_fridge_says_so_and_only_the_head_ends_it(cast: Cast) -> None:
    a_kept_meal(cast)
    words = {"ill_count": "2", "signs": "101房两人呕吐"}
    submits(cast.medic, "/stays/kitchen/suspicions/new/", words)
    sees(page_for(cast.carer, "/stays/kitchen/"), "留样已封存", "谁也不能销毁留样")
    sample = FoodSample.objects.get()
    url = reverse("stays:sample_out", args=[sample.public_id])
    submit_refused_leaving(
        cast.station_head,
        url,
        {"out_kind": "early", "reason": "冰箱要清空"},
        unchanged=lambda: FoodSample.objects.get().taken_out_at,
        says="封存",
    )
    end = reverse("stays:suspicion_end", args=[FoodSuspicion.objects.get().public_id])
    submits(cast.station_head, end, {"outcome": "疾控：阴性"})
    sees(page_for(cast.station_head, "/stays/kitchen/"), "留样中")


def test_the_station_answers_its_inspectors(cast: Cast) -> None:
    row = an_inspection(cast)
    url = reverse("stays:inspection", args=[row.public_id])
    sees(page_for(cast.station_head, url), "样消防甲", "二楼应急灯不亮")
    submits(cast.station_head, url, {"answer": "已更换，见照片"})
    sees(page_for(cast.section_head, url), "已更换，见照片")


@pytest.mark.rule("P1-52")
def test_the_bureau_keeps_the_one_inspection_that_a_plan_promises(cast: Cast) -> None:
    a_zone(cast, "男区", "male", "adult")
    with scope.system("the plan and its hourly job"):
        a_season()
        safety.open_checks(at=NIGHT)
        safety.open_checks(at=NIGHT)
    owed = Duty.objects.get(kind="safety.inspection")
    assert (owed.owner_org, owed.basis_rule) == (BUREAU, "P1-52、P1-53")
    words = {
        "authority": "bureau",
        "mode": "safety",
        "inspected_at": "2026-12-09T19:00",
        "inspectors": "样科长、样科员",
        "findings": "值班记录不全",
    }
    submits(cast.section_head, "/stays/safety/inspections/new/", words)
    owed.refresh_from_db()
    row = Inspection.objects.get()
    assert (owed.state, owed.evidence_id, row.owner_org) == ("done", row.public_id, STATION)
    assert Duty.objects.get(kind="safety.answer").owner_org == STATION
