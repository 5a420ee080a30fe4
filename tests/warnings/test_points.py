"""Relief points that a warning asks for: open, or shut with a reason."""

from datetime import datetime, timedelta

import pytest

from nuantu.core.actors import SYSTEM
from nuantu.core.ids import new_id
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.services import open_duty
from nuantu.places import services as places
from nuantu.warnings.services import settle_points
from tests.builders import a_relief_point
from tests.cast import COUNTY, STATION, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.rule("P1-34")]


@pytest.fixture
def owed(cast: Cast, evening: datetime) -> Duty:
    """The county owes its points, open or with a reason."""
    return open_duty(
        actor=SYSTEM,
        at=evening,
        kind="reliefpoint.open",
        title="开放临时救助点",
        subject=Subject("warning", new_id()),
        owner_org=STATION,
        division_code=COUNTY,
        due_at=evening + timedelta(hours=4),
        basis="P1-34",
    )


def is_done(duty: Duty) -> bool:
    duty.refresh_from_db()
    return duty.state == Duty.State.DONE


def test_a_county_without_a_point_keeps_its_duty(owed: Duty, evening: datetime) -> None:
    assert settle_points(at=evening, division_code=COUNTY) == 0


def test_a_point_nobody_spoke_for_keeps_the_duty_open(
    cast: Cast, owed: Duty, evening: datetime
) -> None:
    first, _second = a_relief_point(cast, "一号救助点"), a_relief_point(cast, "二号救助点")
    places.open_relief_point(actor=cast.township.actor, at=evening, point=first)
    assert settle_points(at=evening, division_code=COUNTY) == 0
    assert not is_done(owed)


def test_a_reason_given_before_the_warning_says_nothing_about_tonight(
    cast: Cast, owed: Duty, evening: datetime
) -> None:
    point = a_relief_point(cast)
    before = evening - timedelta(days=1)
    places.open_relief_point(actor=cast.township.actor, at=before, point=point)
    places.shut_relief_point(actor=cast.township.actor, at=before, point=point, reason="停电")
    assert settle_points(at=evening, division_code=COUNTY) == 0


def test_each_point_open_or_shut_with_a_reason_does_the_duty(
    cast: Cast, owed: Duty, evening: datetime
) -> None:
    first, second = a_relief_point(cast, "一号救助点"), a_relief_point(cast, "二号救助点")
    for point in (first, second):
        places.open_relief_point(actor=cast.township.actor, at=evening, point=point)
    places.shut_relief_point(actor=cast.township.actor, at=evening, point=second, reason="停电")
    assert settle_points(at=evening, division_code=COUNTY) == 1
    assert is_done(owed)
    assert "1" in owed.note
