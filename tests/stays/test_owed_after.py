"""Nobody drops out of sight: whoever is neither in the house nor seen out is owed to somebody."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from nuantu.core import clock, scope
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.persons.models import Case
from nuantu.persons.rules.ages import Age
from nuantu.stays import services
from nuantu.stays.models import Belonging, Reception, Stay
from nuantu.stays.selectors.checks import Plan, checks_of
from nuantu.stays.services import after_door, care, health
from tests.cast import Cast
from tests.stays.house import NIGHT, a_reception, a_stay
from tests.stays.patients import a_hospital, case_of

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
RAN: dict[str, Any] = {"way": "left_without_notice", "facts": "早上查房不在"}
ENDS: dict[str, Any] = {"way": "ended", "ground": "fraud", "facts": "冒名"}


def _leave(cast: Cast, stay: Stay, **out: Any) -> None:
    services.leave(
        actor=cast.station_head.actor,
        at=clock.now(),
        stay=stay,
        out=services.WayOut(**out),
        confirmed={"notices": "全国救助寻亲网，无匹配"},
    )


def _open(*kinds: str) -> list[Duty]:
    return list(Duty.objects.filter(kind__in=kinds, state="open"))


def _decide(cast: Cast, row: Reception, decision: str) -> None:
    services.decide(
        actor=cast.reception.actor,
        at=NIGHT,
        reception=row,
        decision=decision,
        note_text="自己走了，没说去哪",
    )


# -- out of the house ---------------------------------------------------------------------------


@pytest.mark.slow
def test_a_child_who_ran_away_is_looked_for_before_he_is_written_off(cast: Cast, as_: As) -> None:
    child, actor = a_stay(cast, years=12), cast.carer.actor
    with as_(cast.station_head), pytest.raises(services.LeavingRefused, match="先报失踪"):
        _leave(cast, child, **RAN)
    with as_(cast.carer):
        search = care.raise_search(actor=actor, at=NIGHT, stay=child)
        care.end_search(actor=actor, at=NIGHT, search=search, end="found", note_text="在门口")
    with as_(cast.station_head), pytest.raises(services.LeavingRefused, match="先报失踪"):
        _leave(cast, child, **RAN)
    later = NIGHT + timedelta(hours=3)
    with as_(cast.carer):
        search = care.raise_search(actor=actor, at=later, stay=child)
        care.end_search(
            actor=actor, at=later, search=search, end="elsewhere", note_text="派出所接走"
        )
    with as_(cast.station_head), clock.frozen(later):
        _leave(cast, child, **RAN)
    child.refresh_from_db()
    assert not child.is_here


def test_nor_is_somebody_with_signs_of_a_mental_disorder(cast: Cast, as_: As) -> None:
    ill, man = a_stay(cast), a_stay(cast)
    with as_(cast.station_head):
        persons.assign_classes(
            actor=cast.station_head.actor,
            at=NIGHT,
            case=Case.objects.get(case_id=ill.case_id),
            codes=["suspected_mental_disorder"],
            source="医生",
        )
        with pytest.raises(services.LeavingRefused, match="先报失踪"):
            _leave(cast, ill, **RAN)
        _leave(cast, man, **RAN)
        assert not man.is_here


@pytest.mark.parametrize("years", [9, 15])
def test_help_for_a_child_is_not_ended_on_any_ground(cast: Cast, as_: As, years: int) -> None:
    child = a_stay(cast, years=years)
    with as_(cast.reception), pytest.raises(services.EndingRefused, match="不能终止救助"):
        services.ask_ending(
            actor=cast.reception.actor, at=NIGHT, stay=child, ground="fraud", facts="冒名"
        )
    with as_(cast.station_head):
        with pytest.raises(services.LeavingRefused, match="16周岁"):
            _leave(cast, child, **ENDS)
        found = {one.code: one.finding.state for one in checks_of(child, Plan("relatives"), NIGHT)}
        assert "alone" not in found


def test_who_is_safe_elsewhere_is_still_expected_back_or_seen_out(cast: Cast, as_: As) -> None:
    child, actor = a_stay(cast, years=12), cast.carer.actor
    with as_(cast.carer):
        search = care.raise_search(actor=actor, at=NIGHT, stay=child)
        care.end_search(
            actor=actor, at=NIGHT, search=search, end="elsewhere", note_text="在县医院急诊"
        )
        assert not _open("stay.missing", "stay.missing_follow")
        (owed,) = _open("stay.return")
        assert owed.due_at == NIGHT + timedelta(hours=24)
        services.come_back(actor=actor, at=NIGHT + timedelta(hours=2), stay=child)
        assert not _open("stay.return")


# -- at the door --------------------------------------------------------------------------------


@pytest.mark.rule("P1-30")
def test_whoever_stands_at_the_door_is_owed_a_decision_until_it_is_taken(
    cast: Cast, as_: As
) -> None:
    row, other = a_reception(cast, age=Age(40, 50)), a_reception(cast, looks="蓝棉袄")
    owed = {one.subject_id: one for one in _open("reception.decide")}
    assert set(owed) == {row.public_id, other.public_id}
    assert owed[row.public_id].due_at == NIGHT + timedelta(hours=2)
    with as_(cast.reception):
        with pytest.raises(services.ReceptionRefused, match="写明"):
            services.decide(actor=cast.reception.actor, at=NIGHT, reception=row, decision="police")
        assert len(_open("reception.decide")) == 2
        _decide(cast, row, "withdrawn")
        assert [one.subject_id for one in _open("reception.decide")] == [other.public_id]
    with scope.system("a reception from before the duty"):
        Duty.objects.filter(kind="reception.decide").update(
            state="cancelled", done_at=None, cancel_reason="x"
        )
        assert (after_door.watch_door(at=NIGHT), after_door.watch_door(at=NIGHT)) == (1, 0)


# -- away from the door -------------------------------------------------------------------------


def test_a_child_who_walks_away_from_the_door_is_looked_for(cast: Cast, as_: As) -> None:
    child = a_reception(cast, name="小龙", age=Age(11, 13))
    man = a_reception(cast, looks="蓝棉袄", age=Age(40, 50))
    with as_(cast.reception):
        _decide(cast, man, "withdrawn")
        assert not _open("reception.look_for")
        _decide(cast, child, "withdrawn")
        (owed,) = _open("reception.look_for")
        assert owed.subject_id == child.public_id
        assert owed.due_at == NIGHT + timedelta(minutes=30)
        services.receive(
            actor=cast.reception.actor,
            at=NIGHT + timedelta(hours=1),
            arrival_mode="police",
            person=child.person,
        )
        assert not _open("reception.look_for")


def test_who_cannot_say_who_he_is_is_looked_for_too(cast: Cast, as_: As) -> None:
    old = a_reception(cast, age=Age(75, 85))
    with as_(cast.reception):
        services.keep(
            actor=cast.reception.actor, at=NIGHT, reception=old, values={"telling": "cannot"}
        )
        _decide(cast, old, "withdrawn")
        assert len(_open("reception.look_for")) == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    "out",
    [
        {"end": "to_stay", "is_stable": True, "certificate_number": "C-1"},
        {"end": "no_need", "end_words": "看过，不用住院"},
    ],
)
def test_a_patient_from_the_door_who_is_let_go_is_awaited_at_the_door(
    cast: Cast, as_: As, out: dict[str, Any]
) -> None:
    row, hospital = a_reception(cast), a_hospital()
    with as_(cast.reception):
        _decide(cast, row, "hospital_first")
    with as_(cast.medic):
        patient = health.begin_care(
            actor=cast.medic.actor,
            at=NIGHT,
            case=case_of(row),
            patient=health.Patient(signs=(), why="高烧", reception=row),
            hospital=hospital,
        )
        assert not _open("reception.follow_hospital", "care.await")
        health.end_care(actor=cast.medic.actor, at=NIGHT, care=patient, out=health.Discharge(**out))
        assert len(_open("care.await")) == 1
    with as_(cast.reception):
        services.receive(
            actor=cast.reception.actor,
            at=NIGHT + timedelta(hours=1),
            arrival_mode="hospital",
            person=row.person,
        )
        assert not _open("care.await")


def test_who_comes_back_from_the_hospital_is_followed_no_more(cast: Cast, as_: As) -> None:
    row = a_reception(cast)
    with as_(cast.reception):
        _decide(cast, row, "hospital_first")
        assert len(_open("reception.follow_hospital")) == 1
        services.receive(
            actor=cast.reception.actor,
            at=NIGHT + timedelta(hours=5),
            arrival_mode="hospital",
            person=row.person,
        )
        assert not _open("reception.follow_hospital")


# -- his things ---------------------------------------------------------------------------------


def _keeps(cast: Cast, row: Reception, item: str) -> Belonging:
    return services.take_belonging(
        actor=cast.reception.actor, at=NIGHT, reception=row, kind="thing", item=item
    )


def _gives_back(cast: Cast, thing: Belonging) -> None:
    services.end_belonging(
        actor=cast.reception.actor, at=NIGHT, belonging=thing, end="returned", is_signed_for=True
    )


@pytest.mark.parametrize("decision", ["withdrawn", "police", "hospital_first"])
def test_what_is_kept_for_somebody_who_is_not_let_in_is_owed_to_him(
    cast: Cast, as_: As, decision: str
) -> None:
    row, other = a_reception(cast), a_reception(cast, looks="蓝棉袄")
    with as_(cast.reception):
        things = [_keeps(cast, row, item) for item in ("背包", "手机")]
        _decide(cast, row, decision)
        _decide(cast, other, decision)
        (owed,) = _open("stay.belongings")
        assert owed.subject_id == row.public_id
        _gives_back(cast, things[0])
        assert _open("stay.belongings") == [owed]
        _gives_back(cast, things[1])
        assert not _open("stay.belongings")


@pytest.mark.slow
def test_what_is_kept_for_a_man_who_went_without_a_word_is_owed_too(cast: Cast, as_: As) -> None:
    row = a_reception(cast, age=Age(40, 50))
    with as_(cast.reception):
        thing = _keeps(cast, row, "背包")
        services.keep(
            actor=cast.reception.actor,
            at=NIGHT,
            reception=row,
            values={"security": "passed", "is_informed": True},
        )
        stay = services.decide(
            actor=cast.reception.actor, at=NIGHT, reception=row, decision="admitted"
        )
        assert stay is not None
        assert not _open("stay.belongings")
        services.leave(
            actor=cast.reception.actor,
            at=NIGHT + timedelta(hours=8),
            stay=stay,
            out=services.WayOut(**RAN),
            confirmed={"belongings": "背包留在保管室"},
        )
        assert len(_open("stay.belongings")) == 1
        _gives_back(cast, thing)
        assert not _open("stay.belongings")
