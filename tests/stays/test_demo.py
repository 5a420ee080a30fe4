"""The demo's station looks alive: every zone in use, clocks running, nobody where he may not be."""

from datetime import datetime

import pytest

from nuantu.config import demo
from nuantu.core import clock, scope
from nuantu.operations.models import Duty
from nuantu.papers.models import Paper, PaperSignature
from nuantu.persons.models import Person
from nuantu.stays.models import Reception, Stay
from nuantu.stays.selectors.board import board
from nuantu.stays.selectors.safety.board import safety_board
from nuantu.stays.selectors.safety.food import kitchen
from tests.stays.house import NIGHT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STATION = ("JZ-522601", "522601000000")


def test_the_demo_station_is_full_of_invented_people(settings: object) -> None:
    at: datetime = NIGHT
    with clock.frozen(at):
        demo.load()
        with scope.system("the test looks at the whole demo"):
            house = board("JZ-522601", at)
            assert house.here + house.out == Stay.objects.filter(left_at=None).count() >= 18
            assert (house.out, house.late, len(house.without_bed)) == (2, 1, 0)
            assert all(view.free < view.total for view in house.zones[:3])
            assert Stay.objects.exclude(left_at=None).count() == 5
            assert Reception.objects.filter(state="open").count() == 2
            assert Person.objects.filter(photo__isnull=False, is_restricted=False).count() >= 18
            late = Duty.objects.filter(
                state="open", subject_kind__in=("stay", "reception"), due_at__lt=at
            )
            assert 1 <= late.count() <= 6, list(late.values_list("kind", "due_at"))
            assert PaperSignature.objects.count() == 1
            assert Paper.objects.count() >= 5
            kinds = set(Duty.objects.filter(state="open").values_list("kind", flat=True))
            assert {
                "stay.decide",
                "stay.file",
                "stay.refresh",
                "stay.settle",
                "stay.revisit",
                "care.follow",
                "bill.settle",
                "infection.release",
            } <= kinds
            safe, food = safety_board(*STATION, at), kitchen(*STATION, at)
            assert len(safe.hazards) >= 5
            assert (safe.overdue >= 1, safe.late_checks, safe.unanswered) == (True, 0, 1)
            assert (food.suspicion is None, food.gaps, food.due) == (False, 1, 0)
