"""While the epidemic pack is on an empty zone serves for isolation; the database judges its beds."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.operations.models import Duty
from nuantu.stays import jobs
from nuantu.stays.models import Bed, BedStay, Zone
from nuantu.stays.services import beds, overlay
from tests.cast import Cast
from tests.stays.house import NIGHT, a_stay_in_bed, a_zone
from tests.stays.test_infections import epidemic
from tests.web import not_found_for, page_for, refused_for, sees, submit_refused_leaving, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def test_without_a_pack_nobody_turns_a_zone_and_others_do_not_find_it(cast: Cast, as_: As) -> None:
    zone = a_zone(cast, "男二区", "male", "adult")
    url = reverse("stays:zone_epidemic", args=[zone.public_id])
    refused_for(cast.carer, cast.medic, url=url)
    not_found_for(cast.outsider, url=url)
    submit_refused_leaving(
        cast.station_head,
        url,
        {"health": "isolation"},
        unchanged=lambda: _health(zone),
        says="没有启用疫情防控",
    )


def _health(zone: Zone) -> str:
    with scope.system("the test reads a zone"):
        return Zone.objects.get(pk=zone.pk).health


@pytest.mark.slow
@pytest.mark.rule("P9-34")
def test_a_turned_zone_takes_nobody_but_the_isolated_and_goes_back(cast: Cast, as_: As) -> None:
    epidemic()
    stay = a_stay_in_bed(cast)
    zone = a_zone(cast, "男二区", "male", "adult")
    head = cast.station_head
    url = reverse("stays:zone_epidemic", args=[zone.public_id])
    submits(head, url, {"health": "isolation"})
    sees(page_for(head, reverse("stays:house")), "防疫分区", "平时是一般")
    sees(page_for(head, reverse("stays:board")), "防疫分区")
    bed = Bed.objects.filter(room__zone=zone).select_related("room__zone").first()
    assert bed is not None
    with as_(head):
        with pytest.raises(Refusal):
            beds.give_bed(actor=head.actor, at=NIGHT, stay=stay, bed=bed)
        with pytest.raises(IntegrityError), transaction.atomic():
            BedStay.objects.filter(stay=stay).update(bed=bed)
        with pytest.raises(IntegrityError), transaction.atomic():
            Zone.objects.filter(pk=zone.pk).update(turned_at=None)
    submits(head, reverse("stays:zone_back", args=[zone.public_id]), {})
    assert _health(zone) == "general"


def test_a_zone_where_somebody_sleeps_is_not_turned(cast: Cast, as_: As) -> None:
    epidemic()
    stay = a_stay_in_bed(cast)
    head = cast.station_head.actor
    with as_(cast.station_head):
        zone = BedStay.objects.select_related("room__zone").get(stay=stay).room.zone
        with pytest.raises(Refusal, match="还住着人"):
            overlay.turn_zone(actor=head, at=NIGHT, zone=zone, health="isolation")


@pytest.mark.slow
def test_after_the_pack_has_ended_an_empty_zone_goes_back_and_a_full_one_is_owed(
    cast: Cast, as_: As
) -> None:
    epidemic(until="2026-12-10")
    stay = a_stay_in_bed(cast)
    empty = a_zone(cast, "男二区", "male", "adult")
    full = a_zone(cast, "男三区", "male", "adult")
    head = cast.station_head.actor
    with as_(cast.station_head):
        for zone in (empty, full):
            overlay.turn_zone(actor=head, at=NIGHT, zone=zone, health="observation")
    bed = Bed.objects.filter(room__zone=full).select_related("room__zone").first()
    assert bed is not None
    with as_(cast.station_head):
        beds.give_bed(actor=head, at=NIGHT, stay=stay, bed=bed)
    with clock.frozen(NIGHT + timedelta(days=3)), scope.system("the worker"):
        for _twice in (1, 2):
            jobs.turn_back_zones(0)
        owed = Duty.objects.filter(kind=overlay.BACK, state="open")
        assert [duty.subject_id for duty in owed] == [full.public_id]
    assert _health(empty) == "general"
    assert _health(full) == "observation"
