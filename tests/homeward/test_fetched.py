"""The family that comes on the eighth day: nobody takes him along unproven; he goes home washed and in clean clothes."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.selectors.figures import gone
from nuantu.homeward.services import on_the_way, returns
from nuantu.operations.models import Duty
from nuantu.persons.models import Case
from nuantu.persons.services import add_fact
from nuantu.stays import services as stays
from nuantu.stays.models import Stay
from nuantu.stays.selectors.papers import pickup
from nuantu.stays.services import care
from tests.cast import Cast
from tests.homeward.returning import a_return, cleared, does
from tests.homeward.settling import NOON
from tests.stays import house
from tests.web import page_for, sees

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
FETCHED = NOON + timedelta(days=8)
FATHER = returns.Taker("样大山", "父亲", "52260119560101001X", "08550000333", is_checked=True)
OUT = stays.WayOut(
    "relatives",
    collector="样大山",
    collector_relation="父亲",
    collector_number="52260119560101001X",
    is_collector_checked=True,
)
PROVEN = {"notices": "公告已撤", "collector": "居民身份证，户口簿同户"}


def _found(cast: Cast) -> tuple[Stay, Case]:
    with clock.frozen(NOON):
        stay = house.a_stay(cast, years=22)
    with scope.system("a test looks"):
        return stay, Case.objects.select_related("person").get(case_id=stay.case_id)


def _leaves(cast: Cast, stay: Stay, out: stays.WayOut) -> None:
    actor = cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        stays.leave(actor=actor, at=clock.now(), stay=stay, out=out, confirmed=PROVEN)


def _washed_and_changed(cast: Cast, stay: Stay) -> None:
    actor, at = cast.carer.actor, clock.now() - timedelta(hours=2)
    with scope.enter(scope.of_actor(actor)):
        for kind in ("wash", "clothing"):
            care.log_round(actor=actor, at=at, deed=care.Deed(kind), outcomes={stay: "given"})


def _named(cast: Cast, case: Case) -> None:
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        add_fact(
            actor=actor, at=clock.now(), person=case.person, case=case, kind="name",
            value="样小山", certainty="verified", source="父亲来电，公安核对",
        )  # fmt: skip


def _goes_home(cast: Cast, stay: Stay, case: Case, plan: ReturnPlan) -> None:
    """He is named, his father has shown his papers, and they leave the station."""
    _named(cast, case)
    does(cast, returns.put_taker, plan, taker=FATHER, copy=house.a_photo())
    _washed_and_changed(cast, stay)
    _leaves(cast, stay, OUT)


def test_who_leaves_with_relatives_without_a_train_is_on_his_way_and_asked_for_a_day_later(
    cast: Cast,
) -> None:
    stay, case = _found(cast)
    with clock.frozen(FETCHED):
        plan = a_return(cast, way="relatives", case=case)
        cleared(cast, plan)
        _goes_home(cast, stay, case, plan)
        with scope.system("a job sets him on his way"):
            stay.refresh_from_db()
            assert on_the_way.set_out(at=FETCHED, stay=stay)
            plan.refresh_from_db()
            owed = Duty.objects.filter(subject_id=plan.public_id, state=Duty.State.OPEN)
            assert [duty.kind for duty in owed] == ["return.arrive"]
        assert (plan.state, plan.expected_at) == ("under_way", FETCHED + timedelta(hours=24))


@pytest.mark.rule("P14-09")
def test_eight_days_after_he_was_found_his_family_takes_him_home_washed_and_changed(
    cast: Cast,
) -> None:
    stay, case = _found(cast)
    with clock.frozen(FETCHED):
        plan = a_return(cast, way="relatives", case=case)
        cleared(cast, plan)
        unproven = stays.WayOut("relatives", collector="样大山", collector_relation="父亲")
        for out in (unproven, OUT):
            with pytest.raises(stays.LeavingRefused):
                _leaves(cast, stay, out)
        _goes_home(cast, stay, case, plan)
        home_by = FETCHED + timedelta(hours=6)
        does(cast, on_the_way.depart, plan, departed_at=FETCHED, expected_at=home_by)
        with scope.system("a test looks"):
            stay.refresh_from_db()
            plan = ReturnPlan.objects.get(pk=plan.pk)
            assert plan.taker_copy is not None
            said = pickup(cast.reception.actor, stay, FETCHED)
            (home,) = gone([stay.owner_org], NOON.date(), FETCHED.date(), FETCHED)
        assert (home.way, home.days) == ("relatives", 8)
        assert (said["collector_name"], said["days"]) == ("样大山", "8")
        assert said["cared"] == "洗浴 2026年11月17日 10:00；更换衣物 2026年11月17日 10:00"
        page = page_for(cast.station_head, reverse("homeward:figures"))
        sees(page, "亲属", "到家天数")
