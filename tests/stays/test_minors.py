"""Whoever is or may be under eighteen is masked in lists, and served like everybody else."""

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from nuantu.core import scope
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.persons.models import Case, Person
from nuantu.persons.rules.ages import Age
from nuantu.stays import services
from nuantu.stays.models import CareEntry, Stay
from nuantu.stays.selectors import beds
from tests.cast import Cast
from tests.stays.house import NIGHT, a_case_of, a_reception, a_zone
from tests.web import does_not_see, page_for, sees, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def _admitted(cast: Cast, name: str, age: Age) -> Stay:
    row = a_reception(cast, name=name, age=age)
    actor = cast.reception.actor
    sees(page_for(cast.reception, reverse("stays:reception", args=[row.public_id])), "接待")
    with scope.enter(scope.of_actor(actor)):
        ready = {"security": "passed", "is_informed": True}
        services.keep(actor=actor, at=NIGHT, reception=row, values=ready)
        stay = services.decide(actor=actor, at=NIGHT, reception=row, decision="admitted")
    assert stay is not None
    return stay


@pytest.mark.slow
@pytest.mark.parametrize("age", [Age(15, 15), Age(17, 17), Age(16, 20)])
def test_a_minor_of_fourteen_to_seventeen_is_masked_and_has_door_bed_meal_and_round(
    cast: Cast, age: Age
) -> None:
    a_zone(cast, "未成年男区", "male", "minor")
    stay = _admitted(cast, "龙小宝", age)
    assert (stay.person.is_restricted, stay.is_minor) == (True, True)
    assert beds.current(stay) is not None
    for page in ("/stays/", "/stays/care/", reverse("stays:detail", args=[stay.public_id])):
        shown = page_for(cast.carer, page)
        sees(shown, "受限记录")
        does_not_see(shown, "龙小宝")
    submits(cast.carer, "/stays/care/round/supper/", {f"who-{stay.public_id}": "given"})
    assert CareEntry.objects.get().stay == stay


@pytest.mark.slow
def test_whoever_is_only_guessed_to_be_a_minor_is_called_so_and_his_ten_days_unverified(
    cast: Cast,
) -> None:
    guess, known = _admitted(cast, "", Age(14, 20)), _admitted(cast, "", Age(12, 12))
    for stay in (guess, known):
        case = Case.objects.get(case_id=stay.case_id)
        persons.assign_classes(
            actor=cast.reception.actor, at=NIGHT, case=case, codes=["minor"], source="接待"
        )
    page = page_for(cast.reception, reverse("persons:detail", args=[guess.person.public_id]))
    sees(
        page,
        "可能未满18岁",
        "年龄是估计的（约14–20岁），查明前按未成年人保护。",
        "可能未成年，先查明年龄",
    )
    does_not_see(page, "<b>未成年人</b>", ">未成年人<")
    page = page_for(cast.reception, reverse("persons:detail", args=[known.person.public_id]))
    sees(page, "<b>未成年人</b>", "未成年人：联系监护人")
    does_not_see(page, "可能未满18岁")
    sees(
        page_for(cast.reception, reverse("stays:detail", args=[guess.public_id])), "未核实的默认值"
    )
    duty = Duty.objects.get(kind="stay.next", subject_id=known.public_id)
    sees(
        page_for(cast.reception, reverse("operations:duty", args=[duty.public_id])),
        "未核实的默认值",
    )


@pytest.mark.slow
def test_a_grown_up_is_not_masked_and_who_is_guessed_younger_later_is(cast: Cast, as_: As) -> None:
    a_zone(cast, "男区", "male", "adult")
    stay = _admitted(cast, "龙大宝", Age(18, 24))
    sees(page_for(cast.carer, "/stays/"), "龙大宝")
    with as_(cast.reception):
        persons.describe_person(
            actor=cast.reception.actor,
            at=NIGHT,
            person=stay.person,
            case=Case.objects.get(case_id=stay.case_id),
            called_as="龙大宝",
            sex="male",
            age=Age(16, 19),
            looks="",
        )
    does_not_see(page_for(cast.carer, "/stays/"), "龙大宝")


def test_records_from_before_are_restricted_unless_somebody_opened_them(cast: Cast) -> None:
    boy, opened, man = (a_case_of(cast, years=years).person for years in (16, 15, 30))
    with scope.system("the upgrade runs"):
        persons.restrict_person(
            actor=cast.leader.actor, at=NIGHT, person=opened, case=None, reason="不满18周岁"
        )
        persons.lift_restriction(
            actor=cast.leader.actor, at=NIGHT, person=opened, case=None, reason="家人要求公开寻亲"
        )
        import_module("nuantu.persons.migrations.0008_minors_are_restricted").hide(
            None, SimpleNamespace(connection=connection)
        )
        hidden = Person.objects.filter(is_restricted=True)
        assert set(hidden) == {boy}
        assert man not in hidden
