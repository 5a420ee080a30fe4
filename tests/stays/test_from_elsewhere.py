"""Somebody from elsewhere at the station's door: taken in first, the police told in their term (P10-24, X12)."""

import pytest

from nuantu.core import clock, scope
from nuantu.dispatch.models import OrderedNotice
from nuantu.operations.models import Duty
from nuantu.persons.models import Case
from nuantu.stays import services
from tests import builders
from tests.cast import BUREAU, Cast
from tests.stays.house import NIGHT

pytestmark = pytest.mark.django_db


@pytest.mark.rule("P10-24")
def test_he_is_warmed_and_taken_in_while_the_police_have_not_been_told(cast: Cast) -> None:
    """The team hands quilt and food out and brings him; the door asks nobody's answer to let him in."""
    builders.a_plan("P10", BUREAU, NIGHT)
    with clock.frozen(NIGHT):
        met = builders.an_encounter(cast, classes=("non_local",), handed={"quilt": 1, "food": 1})
        case = Case.objects.get(case_id=met.case_id)
        police = OrderedNotice.objects.get(of_case=case, recipient="police")
        actor = cast.reception.actor
        with scope.enter(scope.of_actor(actor)):
            stay = services.enter(
                actor=actor, at=NIGHT, case=case, needs=services.Needs(sex="male")
            )
    police.refresh_from_db()
    assert (stay.is_here, police.state) == (True, "due")
    assert Duty.objects.get(public_id=police.duty_id or met.public_id).state == "open"


@pytest.mark.rule("P10-24")
def test_at_the_door_a_tick_says_that_he_is_not_from_here(cast: Cast) -> None:
    """The station knows of him, so it is told; the police are owed their call from that moment."""
    builders.a_plan("P10", BUREAU, NIGHT)
    actor = cast.reception.actor
    with clock.frozen(NIGHT), scope.enter(scope.of_actor(actor)):
        for who in (
            services.Newcomer(looks="灰大衣"),
            services.Newcomer(looks="蓝棉袄", is_from_elsewhere=True),
        ):
            row = services.receive(actor=actor, at=NIGHT, arrival_mode="self", newcomer=who)
    steps = OrderedNotice.objects.order_by("rank").values_list("recipient", "state", "starts_at")
    assert list(steps) == [("police", "due", NIGHT), ("relief_station", "told", None)]
    assert set(OrderedNotice.objects.values_list("case_id", flat=True)) == {row.case_id}
