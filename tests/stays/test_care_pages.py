"""The pages of daily care: who gets them, a round in a few presses, a card that leads to a resident."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.persons import services as persons
from nuantu.stays.models import CareEntry, Menu
from tests.cast import Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]


def test_street_work_and_overseers_do_not_see_daily_care(cast: Cast) -> None:
    refused_for(cast.nobody, cast.patroller, cast.auditor, cast.section_head, url="/stays/care/")
    not_found_for(cast.carer, url=f"/stays/care/{uuid4()}/")
    not_found_for(cast.outsider, url=reverse("stays:care_resident", args=[a_stay(cast).public_id]))
    not_found_for(cast.carer, url="/stays/care/round/dancing/")
    not_found_for(cast.carer, url="/stays/care/menus/someday/")
    not_found_for(cast.carer, url=f"/stays/care/at/roof/{uuid4()}/")


def test_a_supper_is_put_down_with_one_press_and_its_exceptions(cast: Cast) -> None:
    eats, not_hungry = a_stay_in_bed(cast), a_stay_in_bed(cast)
    address = "/stays/care/round/supper/"
    page = page_for(cast.carer, address)
    assert page.content.decode().count("checked") == 2
    sent = {f"who-{eats.public_id}": "given", f"who-{not_hungry.public_id}": "refused"}
    sees(submits(cast.carer, address, sent), "没吃", "已吃")
    assert CareEntry.objects.count() == 2


def test_a_meal_of_the_care_log_owes_its_samples_and_is_not_typed_again(cast: Cast) -> None:
    eats = a_stay_in_bed(cast)
    menu = {"breakfast": "白粥、咸蛋", "lunch": "豆腐、米饭", "supper": "面条、青菜"}
    submits(cast.carer, f"/stays/care/menus/{clock.today()}/", menu)
    submits(cast.carer, "/stays/care/round/supper/", {f"who-{eats.public_id}": "given"})
    link = f"/stays/kitchen/meals/new/?meal=supper&day={clock.today()}"
    sees(page_for(cast.carer, "/stays/kitchen/"), "记了用餐，还没有留样", link, "data-clock")
    sees(page_for(cast.carer, link), "面条、青菜", 'value="1"')
    wrong = page_for(cast.carer, "/stays/kitchen/meals/new/?meal=feast&day=then")
    sees(wrong, "登记开餐", f'value="{clock.today()}"')
    words = {"meal": "supper", "served_date": str(clock.today()), "people_count": "1"}
    submits(cast.carer, "/stays/kitchen/meals/new/", {**words, "dishes": "面条、青菜"})
    does_not_see(page_for(cast.carer, "/stays/kitchen/"), "记了用餐，还没有留样")


def test_a_woman_washed_without_a_woman_is_asked_about_and_nothing_is_lost(cast: Cast) -> None:
    woman = a_stay(cast, sex="female", years=30)
    address = "/stays/care/round/wash/"
    answer = submit_refused_leaving(
        cast.carer,
        address,
        {f"who-{woman.public_id}": "given"},
        unchanged=CareEntry.objects.count,
        says="女工作人员来做",
    )
    assert "checked" in answer.content.decode()
    submits(cast.carer, address, {f"who-{woman.public_id}": "given", "is_by_woman": "on"})


def test_a_line_is_put_down_on_the_page_of_a_resident(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    address = reverse("stays:care_resident", args=[stay.public_id])
    sent = {"kind": "visitor", "outcome": "given", "note_text": "老乡来看他"}
    sees(submits(cast.carer, address, sent), "探视", "老乡来看他")
    submit_refused_leaving(
        cast.carer,
        address,
        {"kind": "observation", "outcome": "given"},
        unchanged=CareEntry.objects.count,
        says="请写明",
    )


def test_words_about_a_restricted_resident_are_not_shown(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    address = reverse("stays:care_resident", args=[stay.public_id])
    submits(
        cast.carer, address, {"kind": "observation", "outcome": "given", "note_text": "提到老家"}
    )
    with as_(cast.leader):
        persons.restrict_person(
            actor=cast.leader.actor, at=NIGHT, person=stay.person, case=None, reason="工作人员亲属"
        )
    page = page_for(cast.carer, address)
    sees(page, "受限记录", "说明不在这里显示")
    does_not_see(page, "提到老家", stay.person.called_as)


def test_a_card_says_no_name_and_leads_to_whoever_has_the_bed(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    page = page_for(cast.carer, "/stays/care/cards/?kind=stay")
    sees(page, stay.number, "data:image/svg+xml")
    does_not_see(page, stay.person.called_as)
    bed = stay.beds.get().bed
    scanned = cast.carer.browser().get(reverse("stays:care_spot", args=["bed", bed.public_id]))
    assert scanned.headers["Location"] == reverse("stays:care_resident", args=[stay.public_id])
    room = cast.carer.browser().get(reverse("stays:care_spot", args=["room", bed.room.public_id]))
    sees(page_for(cast.carer, room.headers["Location"]), stay.person.called_as)


def test_the_menu_of_a_day_is_written_and_the_same_again_is_refused(cast: Cast) -> None:
    meals = {"breakfast": "粥", "lunch": "白菜炖豆腐、米饭", "supper": "面条"}
    sees(submits(cast.carer, "/stays/care/menus/2026-12-09/", meals), "白菜炖豆腐")
    submit_refused_leaving(
        cast.carer,
        "/stays/care/menus/2026-12-10/",
        meals,
        unchanged=Menu.objects.count,
        says="每天的菜谱都要不同",
    )


def test_fresh_bedding_is_ticked_off(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    address = "/stays/care/bedding/"
    sees(page_for(cast.carer, address), "没有到期的床品")
    bed = stay.beds.get().bed
    submits(cast.carer, address, {"beds": str(bed.public_id)})
    answer = cast.carer.browser().post(address, {})
    assert answer.status_code == 422
