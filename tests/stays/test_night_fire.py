"""A fire at night: everybody out, counted at the meeting point, nobody taken for having walked off."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.operations.models import Duty
from nuantu.stays import services as stays
from nuantu.stays.models import Absence, RollCall, Search
from nuantu.stays.services import care as services
from tests.cast import Cast
from tests.stays.house import NIGHT, a_stay, a_stay_in_bed
from tests.web import page_for, refused_for, sees, submit_refused_leaving, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
MEETING = "/stays/care/roll/?evacuation"


@pytest.mark.slow
@pytest.mark.rule("P9-27")
def test_a_grown_man_who_is_not_at_the_meeting_point_is_looked_for_in_the_fire(
    cast: Cast, as_: As
) -> None:
    man, woman = a_stay_in_bed(cast), a_stay(cast, sex="female")
    with as_(cast.carer):
        services.call_roll(
            actor=cast.carer.actor,
            at=NIGHT,
            found={man: "gone", woman: "present"},
            is_evacuation=True,
        )
        assert Search.objects.get().stay == man
        assert Duty.objects.filter(kind="stay.missing", state="open").count() == 1
        services.call_roll(
            actor=cast.carer.actor,
            at=clock.now(),
            found={man: "present", woman: "present"},
            is_evacuation=True,
        )
        assert Search.objects.get().end == "found"
        assert not Absence.objects.filter(back_at=None).exists()


def test_who_is_out_that_night_stays_out_and_is_not_looked_for(cast: Cast, as_: As) -> None:
    out = a_stay(cast)
    with as_(cast.carer):
        stays.go_out(
            actor=cast.carer.actor,
            at=NIGHT,
            stay=out,
            reason="errand",
            due_at=NIGHT.replace(hour=15),
        )
        services.call_roll(
            actor=cast.carer.actor, at=clock.now(), found={out: "out"}, is_evacuation=True
        )
        assert not Search.objects.exists()
        assert Absence.objects.get().back_at is None


def test_nobody_counts_at_the_meeting_point_who_is_not_on_the_station_s_staff(cast: Cast) -> None:
    refused_for(cast.nobody, cast.patroller, url=MEETING)


@pytest.mark.slow
def test_at_the_meeting_point_nobody_is_ticked_before_he_was_seen(cast: Cast) -> None:
    lame = a_stay_in_bed(cast)
    lame.has_limited_mobility = True
    lame.save()
    other = a_stay_in_bed(cast)
    sees(page_for(cast.carer, "/stays/care/roll/"), MEETING.rpartition("/")[2])
    page = page_for(cast.carer, MEETING)
    assert "checked" not in page.content.decode()
    sees(page, "119", "男区101-1", "要人扶")
    half = {f"found-{lame.public_id}": "present"}
    back = submit_refused_leaving(
        cast.carer, MEETING, half, unchanged=RollCall.objects.count, says="到了没有"
    )
    assert back.content.decode().count("checked") == 1
    seen = submits(cast.carer, MEETING, {**half, f"found-{other.public_id}": "gone"})
    sees(seen, "正在寻找", "男区101-2", "集合点点名")
    again = page_for(cast.carer, MEETING).content.decode()
    assert ("checked" in again, again.count("外出")) == (False, again.count("登记外出"))
    found = Search.objects.get()
    sees(page_for(cast.carer, reverse("stays:search", args=[found.public_id])), "男区101")
