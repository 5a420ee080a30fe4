"""What belongs to a stay is written by its station: whoever oversees the area reads it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError

from nuantu.core import clock
from nuantu.stays.models import (
    Absence,
    Bed,
    BedStay,
    Belonging,
    CareNews,
    DeathStep,
    HospitalAsk,
    Stay,
)
from tests.cast import Cast
from tests.stays.house import a_stay_in_bed, a_thing
from tests.stays.patients import a_death, a_patient

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]


def test_an_overseer_changes_and_adds_nothing_that_belongs_to_a_stay(cast: Cast, as_: As) -> None:
    a_thing(cast)
    a_patient(cast)
    a_death(cast)
    with as_(cast.section_head):
        assert BedStay.objects.exists()
        assert BedStay.objects.update(is_family_room=True) == 0
        assert Belonging.objects.exists()
        assert Belonging.objects.update(item="x") == 0
        assert HospitalAsk.objects.exists()
        assert HospitalAsk.objects.update(asked_by="x") == 0
        assert DeathStep.objects.exists()
        assert DeathStep.objects.update(words="x") == 0
        assert Bed.objects.exists()
        assert Bed.objects.update(label="x") == 0
        stay = Stay.objects.order_by("pk").first()
        assert stay is not None
        with pytest.raises(ProgrammingError), transaction.atomic():
            Absence.objects.create(
                stay=stay, reason="walk", left_at=clock.now(), due_at=clock.now()
            )


def test_the_station_itself_still_writes(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    care = a_patient(cast)
    with as_(cast.medic):
        assert BedStay.objects.filter(stay=stay).update(is_family_room=False) == 1
        row = CareNews.objects.create(
            care=care, noted_at=clock.now(), noted_by="熊医务", condition="better"
        )
        assert CareNews.objects.filter(pk=row.pk).update(condition="stable") == 1
