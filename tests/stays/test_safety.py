"""Checks, hazards and inspectors: nothing that is not in order is forgotten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from nuantu.core import clock, scope
from nuantu.operations.models import Duty
from nuantu.operations.services import escalate_due
from nuantu.stays.models import Hazard, Inspection, SafetyCheck
from nuantu.stays.rules.safety import Checklist, Line
from nuantu.stays.selectors.safety.lists import checklists_of
from nuantu.stays.services import safety
from tests.cast import COUNTY, STATION, Cast
from tests.stays.house import NIGHT, a_zone
from tests.stays.safety_house import a_check, a_hazard, a_repair, an_inspection

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def _ask(at: Any = NIGHT) -> int:
    with clock.frozen(at), scope.system("the hourly job"):
        return safety.open_checks(at=at)


def _answers(kind: str, *bad: str) -> list[safety.Answer]:
    found = {one.kind: one for one in checklists_of(STATION, COUNTY, NIGHT)}
    notes = dict(zip(found[kind].lines, bad, strict=False))
    return [
        safety.Answer(line, line not in notes, notes.get(line, "")) for line in found[kind].lines
    ]


def test_a_fault_without_words_is_refused(cast: Cast, as_: As) -> None:
    row = a_check(cast)
    with as_(cast.carer), pytest.raises(safety.CheckRefused, match="写明"):
        safety.do_check(
            actor=cast.carer.actor, at=NIGHT, safety_check=row, answers=_answers("fire", " ")
        )
    assert not Hazard.objects.exists()


def test_nobody_looks_again_at_what_he_mended_himself(cast: Cast, as_: As) -> None:
    row = a_repair(cast)
    with as_(cast.carer), pytest.raises(safety.HazardRefused, match="不能自己复查"):
        safety.recheck_hazard(
            actor=cast.carer.actor, at=NIGHT, hazard=row, is_mended=True, note_text=""
        )
    with pytest.raises(IntegrityError, match="another"), transaction.atomic():
        Hazard.objects.filter(pk=row.pk).update(
            state="closed", rechecked_at=NIGHT, rechecked_by_id=row.repaired_by_id
        )


def test_two_inspectors_are_the_least_of_a_double_random_check(cast: Cast, as_: As) -> None:
    visit = safety.Visit("fire", "double_random", NIGHT, ("样甲",), result="合格")
    with as_(cast.leader), pytest.raises(safety.InspectionRefused, match="至少2名"):
        safety.record_inspection(actor=cast.leader.actor, at=NIGHT, visit=visit)
    assert not Inspection.objects.exists()


@pytest.mark.rule("S1-26", "S1-28", "P9-25")
def test_fire_security_and_duty_patrols_are_owed_in_their_rhythm(cast: Cast) -> None:
    a_zone(cast, "男区", "male", "adult")
    assert _ask() > 0
    owed = set(Duty.objects.filter(kind="safety.check").values_list("title", flat=True))
    assert {"消防检查", "用电检查", "安全保卫检查", "值班巡查", "厨房检查"} <= owed
    assert _ask() == 0
    assert _ask(NIGHT + timedelta(days=1)) == 3  # kitchen, hygiene and the next duty patrol


@pytest.mark.rule("P1-53", "P9-26")
def test_a_self_inspection_asks_for_the_four_risks_of_the_plan_every_month(cast: Cast) -> None:
    a_zone(cast, "男区", "male", "adult")
    _ask()
    row = SafetyCheck.objects.get(kind="self_inspection")
    lines = next(one.lines for one in checklists_of(STATION, COUNTY, NIGHT) if one.kind == row.kind)
    said = "".join(line.zh for line in lines)
    assert all(word in said for word in ("工作机制", "安全设施", "部门衔接", "食品安全"))
    assert clock.local(row.due_at).strftime("%m-%d") == "12-31"


@pytest.mark.rule("P9-26")
def test_each_fault_of_a_check_is_a_hazard_with_a_deadline_and_somebody_to_mend_it(
    cast: Cast, as_: As
) -> None:
    row = a_check(cast)
    with as_(cast.carer):
        safety.do_check(
            actor=cast.carer.actor,
            at=NIGHT,
            safety_check=row,
            answers=_answers("fire", "压力不足", "没有水"),
            mender=cast.reception.account,
        )
    hazards = Hazard.objects.order_by("pk")
    assert [one.what for one in hazards] == [
        "压力不足",
        "没有水",
    ]
    assert {one.due_at for one in hazards} == {NIGHT + timedelta(days=7)}
    assert Duty.objects.filter(kind="safety.hazard", assignee=cast.reception.account).count() == 2


def test_a_danger_is_owed_within_a_day(cast: Cast) -> None:
    assert a_hazard(cast, is_urgent=True).due_at == NIGHT + timedelta(hours=24)


def test_a_hazard_that_is_overdue_climbs_to_the_leader_and_the_bureau(cast: Cast) -> None:
    a_hazard(cast, is_urgent=True)
    with scope.system("the ladder"):
        for hours in (20, 25, 49):
            escalate_due(at=NIGHT + timedelta(hours=hours))
        assert Duty.objects.get(kind="safety.hazard").escalation == 3


def test_a_repair_is_closed_by_another_person(cast: Cast, as_: As) -> None:
    row = a_repair(cast)
    assert Duty.objects.get(kind="safety.recheck").due_at == NIGHT + timedelta(days=3)
    with as_(cast.medic):
        safety.recheck_hazard(
            actor=cast.medic.actor, at=NIGHT, hazard=row, is_mended=True, note_text=""
        )
    assert Hazard.objects.get().state == "closed"
    assert not Duty.objects.filter(state="open", kind__startswith="safety.").exists()


def test_a_repair_that_does_not_hold_is_owed_anew(cast: Cast, as_: As) -> None:
    row = a_repair(cast)
    with as_(cast.medic):
        safety.recheck_hazard(
            actor=cast.medic.actor, at=NIGHT, hazard=row, is_mended=False, note_text="还堵着"
        )
    row.refresh_from_db()
    assert (row.state, row.round_count, row.due_at) == ("open", 2, NIGHT + timedelta(hours=24))
    assert Duty.objects.filter(kind="safety.hazard", state="open").count() == 1


def test_a_later_deadline_needs_a_reason(cast: Cast, as_: As) -> None:
    row, head = a_hazard(cast), cast.station_head
    words: dict[str, Any] = {
        "hazard": row,
        "mender": cast.carer.account,
        "due_at": NIGHT + timedelta(days=30),
    }
    with as_(head):
        with pytest.raises(safety.HazardRefused, match="原因"):
            safety.assign_hazard(actor=head.actor, at=NIGHT, reason="", **words)
        safety.assign_hazard(actor=head.actor, at=NIGHT, reason="等配件", **words)
    duty = Duty.objects.get(kind="safety.hazard", state="open")
    assert (duty.assignee, duty.due_at) == (cast.carer.account, NIGHT + timedelta(days=30))


def test_a_check_is_done_once(cast: Cast, as_: As) -> None:
    row = a_check(cast)
    with as_(cast.carer):
        actor, answers = cast.carer.actor, _answers("fire")
        safety.do_check(actor=actor, at=NIGHT, safety_check=row, answers=answers)
        with pytest.raises(safety.CheckRefused, match="已经做了"):
            safety.do_check(actor=actor, at=NIGHT, safety_check=row, answers=answers)


def test_a_station_changes_its_list_from_a_day_on_and_the_past_keeps_its_own(
    cast: Cast, as_: As
) -> None:
    head = cast.station_head
    wanted = Checklist(
        "fire", "消防夜查", "", "day", (22,), (Line("电热毯已关"),), "本站制度第三条"
    )
    with as_(head):
        with pytest.raises(safety.CheckRefused, match="早于今天"):
            safety.set_checklist(
                actor=head.actor,
                at=NIGHT,
                kind="fire",
                wanted=wanted,
                from_date=clock.today() - timedelta(days=1),
            )
        tomorrow = clock.today() + timedelta(days=1)
        safety.set_checklist(
            actor=head.actor, at=NIGHT, kind="fire", wanted=wanted, from_date=tomorrow
        )
        now = {one.kind: one.title for one in checklists_of(STATION, COUNTY, NIGHT)}
        then = {
            one.kind: one.title for one in checklists_of(STATION, COUNTY, NIGHT + timedelta(days=1))
        }
    assert (now["fire"], then["fire"]) == ("消防检查", "消防夜查")


@pytest.mark.rule("P1-82", "P1-83")
def test_each_finding_of_an_inspector_is_owed_and_he_is_owed_an_answer(cast: Cast, as_: As) -> None:
    row = an_inspection(cast, "二楼应急灯不亮", "灭火器过期")
    assert Hazard.objects.filter(inspection=row, source="inspection").count() == 2
    duty = Duty.objects.get(kind="safety.answer")
    assert clock.local(duty.due_at).strftime("%m-%d") == "12-23"  # ten working days
    with as_(cast.station_head):
        actor = cast.station_head.actor
        with pytest.raises(safety.InspectionRefused, match="写明"):
            safety.answer_inspection(actor=actor, at=NIGHT, inspection=row, answer="")
        safety.answer_inspection(actor=actor, at=NIGHT, inspection=row, answer="已换新")
    duty.refresh_from_db()
    assert duty.state == "done"
