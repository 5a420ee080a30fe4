"""Nobody stays without a clock: whom the ten days do not cover is asked about until he leaves."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.persons.models import PersonClass
from nuantu.stays import services
from nuantu.stays.models import Stay
from nuantu.stays.services import switching
from nuantu.stays.services.clocks import start_clocks
from tests.cast import Cast
from tests.stays.house import NIGHT, a_stay
from tests.stays.patients import case_of
from tests.web import page_for, refused_for, sees, submit_refused_leaving, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]
DAY = timedelta(days=1)


def _open(stay: Stay) -> dict[str, Duty]:
    rows = Duty.objects.filter(subject_id=stay.public_id, state="open")
    return {row.kind: row for row in rows}


def _nightly(at: datetime) -> int:
    with scope.system("the job of the night"), clock.frozen(at):
        return switching.watch_stays(at=at)


def _signs(cast: Cast, stay: Stay) -> None:
    persons.assign_classes(
        actor=cast.reception.actor,
        at=NIGHT,
        case=case_of(stay),
        codes=["intellectual_disability"],
        source="医生",
    )


def _born(cast: Cast, stay: Stay, day: date) -> None:
    persons.add_fact(
        actor=cast.reception.actor,
        at=clock.now(),
        person=stay.person,
        case=case_of(stay),
        kind="birth_date",
        value=day.isoformat(),
        certainty="verified",
        source="户口簿",
    )


@pytest.mark.rule("P1-78")
def test_a_child_is_asked_about_until_he_leaves_and_nobody_ticks_it_off_without_words(
    cast: Cast, as_: As
) -> None:
    child, url = a_stay(cast, years=12), "stays:keep_clock"
    with as_(cast.reception):
        start_clocks(actor=cast.reception.actor, at=NIGHT, stay=child)
        first = _open(child)["stay.next"]
        assert "stay.decide" not in _open(child)
    refused_for(
        cast.dispatcher, url=reverse(url, args=[child.public_id]), data={"kind": "stay.next"}
    )
    with as_(cast.reception), pytest.raises(services.ClockRefused, match="写明"):
        services.keep_clock(
            actor=cast.reception.actor, at=NIGHT, stay=child, kind="stay.next", note_text=" "
        )
    page = reverse("stays:detail", args=[child.public_id])
    sees(page_for(cast.reception, page), "未成年人：联系监护人", "一个月后再过问")
    answer = submit_refused_leaving(
        cast.reception,
        reverse(url, args=[child.public_id]),
        {"kind": "stay.next", "note_text": "找到母亲 13800138000"},
        unchanged=lambda: _open(child)["stay.next"].pk,
    )
    sees(answer, "找到母亲 13800138000", "手机")
    submits(
        cast.reception,
        reverse(url, args=[child.public_id]),
        {"kind": "stay.next", "note_text": "找到母亲，15日来接"},
    )
    again = _open(child)["stay.next"]
    assert again.pk != first.pk
    assert (again.due_at - NIGHT).days in range(28, 40)
    assert "MI-07" in first.basis
    assert "DL-09" in again.basis


def test_every_kind_of_stay_has_a_clock_on_every_day_of_a_year(cast: Cast, as_: As) -> None:
    child, youth, man, ill = (a_stay(cast, years=years) for years in (9, 15, 50, 40))
    unknown = a_stay(cast, years=None)
    with as_(cast.reception):
        _signs(cast, ill)
        _born(cast, youth, date(2011, 4, 1))
        for stay in (child, man, ill):  # the others come from a time before the clock
            start_clocks(actor=cast.reception.actor, at=NIGHT, stay=stay)
    assert _nightly(NIGHT) == 5  # two without a clock, all five without a bed
    everybody = {one.public_id for one in (child, youth, man, ill, unknown)}
    for days in (0, 1, 9, 11, 40, 112, 113, 114, 250, 364):
        at = NIGHT + days * DAY
        _nightly(at)
        running = Duty.objects.filter(kind__in=["stay.decide", "stay.next"], state="open")
        assert {row.subject_id for row in running} == everybody
        assert running.count() == len(everybody)
        assert ("stay.decide" in _open(youth)) is (days >= 113)  # sixteen on 1 April 2027
        assert _nightly(at) == 0
    assert _open(youth)["stay.decide"].due_at >= NIGHT + 114 * DAY


def test_a_sign_that_is_found_and_withdrawn_switches_the_clock_and_back(
    cast: Cast, as_: As
) -> None:
    stay = a_stay(cast)
    with as_(cast.reception):
        start_clocks(actor=cast.reception.actor, at=NIGHT, stay=stay)
        _signs(cast, stay)
        assert switching.settle_person(at=NIGHT, person=stay.person) == 1
        assert "stay.next" in _open(stay)
        assert "stay.decide" not in _open(stay)
        services.extend(
            actor=cast.leader.actor,
            at=NIGHT,
            stay=stay,
            reason="等托养",
            until_date=date(2027, 1, 31),
        )
        assert "stay.decide" not in _open(stay)
        persons.withdraw_class(
            actor=cast.reception.actor,
            at=NIGHT,
            case=case_of(stay),
            given=PersonClass.objects.get(case_id=stay.case_id, code="intellectual_disability"),
            reason="医院诊断排除",
        )
        late = NIGHT + 20 * DAY
        assert switching.settle_person(at=late, person=stay.person) == 1
        assert set(_open(stay)) >= {"stay.decide"}
        assert _open(stay)["stay.decide"].due_at == late + DAY
        assert "stay.next" not in _open(stay)
