"""Clocks as duties, staying longer, and every way out: nobody is held, nobody is just let go."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from nuantu.core import clock, scope
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.services import accept_handover, offer_handover
from nuantu.persons import services as persons
from nuantu.persons.models import Case, PersonClass
from nuantu.stays import access, services
from nuantu.stays.models import Belonging, Leaving, Stay
from nuantu.stays.rules.leaving import Finding
from nuantu.stays.selectors import beds, checks
from nuantu.stays.services.clocks import start_clocks
from tests.cast import OTHER_STATION, Cast
from tests.stays.house import NIGHT, a_reception, a_stay, a_stay_in_bed

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
SEARCHED = {"notices": "全国救助寻亲网、本地走失报案，无匹配"}


def _leave(cast: Cast, stay: Stay, confirmed: dict[str, str] = SEARCHED, **out: Any) -> Leaving:
    return services.leave(
        actor=cast.reception.actor,
        at=clock.now(),
        stay=stay,
        out=services.WayOut(**out),
        confirmed=confirmed,
    )


def _open(stay: Stay) -> dict[str, Duty]:
    rows = Duty.objects.filter(subject_id=stay.public_id, state="open")
    return {row.kind: row for row in rows}


# -- clocks -------------------------------------------------------------------------------------


def test_each_clock_rests_on_its_law_and_none_ends_a_stay(cast: Cast, as_: As) -> None:
    stay = a_stay(cast)
    with as_(cast.reception):
        start_clocks(actor=cast.reception.actor, at=NIGHT, stay=stay)
        owed = _open(stay)
        assert owed["stay.notice"].due_at == NIGHT + timedelta(hours=24)
        assert "DL-04" in owed["stay.notice"].basis
        assert clock.local(owed["stay.dna"].due_at).date() == date(2026, 12, 18)
        # the tenth day is a Saturday; the term ends on the next working day
        assert clock.local(owed["stay.decide"].due_at).date() == date(2026, 12, 21)
        with clock.frozen(NIGHT + timedelta(days=200)):
            stay.refresh_from_db()
            assert stay.is_here


@pytest.mark.parametrize("years", [12, 15])
def test_a_child_has_no_ten_days(cast: Cast, as_: As, years: int) -> None:
    stay = a_stay(cast, years=years)
    with as_(cast.reception):
        start_clocks(actor=cast.reception.actor, at=NIGHT, stay=stay)
        assert "stay.decide" not in _open(stay)


@pytest.mark.slow
def test_a_stranded_person_is_traced_every_month_and_settled_after_three(
    cast: Cast, as_: As
) -> None:
    stay, actor = a_stay(cast), cast.medic.actor
    later = NIGHT + timedelta(days=12)
    with as_(cast.medic):
        start_clocks(actor=actor, at=NIGHT, stay=stay)
        with pytest.raises(services.ClockRefused, match="写明怎么办的"):
            services.keep_clock(
                actor=actor, at=later, stay=stay, kind="stay.stranded", note_text=" "
            )
        with pytest.raises(services.ClockRefused, match="各自的表单"):
            services.keep_clock(actor=actor, at=later, stay=stay, kind="stay.decide", note_text="x")
        services.keep_clock(
            actor=actor, at=later, stay=stay, kind="stay.stranded", note_text="转照料安置"
        )
        owed = _open(stay)
        assert clock.local(owed["stay.settle"].due_at).date() == date(2027, 3, 23)
        first = owed["stay.refresh"].due_at
        services.keep_clock(
            actor=actor, at=first, stay=stay, kind="stay.refresh", note_text="已更新照片"
        )
        assert _open(stay)["stay.refresh"].due_at > first + timedelta(days=27)
        assert PersonClass.objects.filter(code="stranded_unidentified_person").exists()


def test_the_clocks_of_who_he_is_stop_only_when_somebody_verified_it(cast: Cast, as_: As) -> None:
    stay, actor = a_stay(cast), cast.reception.actor
    with as_(cast.reception):
        start_clocks(actor=actor, at=NIGHT, stay=stay)
        with pytest.raises(services.ClockRefused, match="还没有核实"):
            services.drop_identity_clocks(actor=actor, at=NIGHT, stay=stay)
        persons.add_fact(
            actor=actor,
            at=NIGHT,
            person=stay.person,
            case=Case.objects.get(case_id=stay.case_id),
            kind="name",
            value="王小明",
            certainty="verified",
            source="派出所核查",
        )
        assert services.drop_identity_clocks(actor=actor, at=NIGHT, stay=stay) == 3
        assert set(_open(stay)) == {"stay.decide"}


def test_a_longer_stay_is_decided_filed_and_decided_again(cast: Cast, as_: As) -> None:
    stay, actor = a_stay(cast), cast.leader.actor
    until = date(2026, 12, 30)
    with as_(cast.leader):
        start_clocks(actor=actor, at=NIGHT, stay=stay)
        for reason, day in (("", until), ("等家人", date(2026, 12, 9))):
            with pytest.raises(services.ClockRefused):
                services.extend(actor=actor, at=NIGHT, stay=stay, reason=reason, until_date=day)
        row = services.extend(
            actor=actor, at=NIGHT, stay=stay, reason="等家人来接", until_date=until
        )
        assert clock.local(_open(stay)["stay.decide"].due_at).date() == until
        assert "stay.file" in _open(stay)
        with pytest.raises(services.ClockRefused, match="哪个民政部门"):
            services.file_extension(actor=actor, at=NIGHT, extension=row, filed_to="")
        services.file_extension(actor=actor, at=NIGHT, extension=row, filed_to="凯里市民政局")
        assert "stay.file" not in _open(stay)


# -- ways out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("years", [9, 15])
def test_a_child_never_leaves_alone(cast: Cast, as_: As, years: int) -> None:
    stay = a_stay(cast, years=years)
    with as_(cast.reception), pytest.raises(services.LeavingRefused, match="16周岁"):
        _leave(cast, stay, way="self", is_declared=True)


def test_nor_does_somebody_with_signs_of_a_mental_disorder(cast: Cast, as_: As) -> None:
    stay, actor = a_stay(cast), cast.reception.actor
    with as_(cast.reception):
        case = Case.objects.get(case_id=stay.case_id)
        persons.assign_classes(
            actor=actor, at=NIGHT, case=case, codes=["suspected_mental_disorder"], source="医生"
        )
        with pytest.raises(services.LeavingRefused, match="精神障碍"):
            _leave(cast, stay, way="self", is_declared=True)


@pytest.mark.parametrize(
    ("out", "field"),
    [
        ({"way": "self"}, "is_declared"),
        ({"way": "relatives", "collector": "王父"}, "collector"),
        ({"way": "station"}, "to_org"),
        ({"way": "ended", "ground": "x"}, "ground"),
        ({"way": "ended", "ground": "fraud"}, "facts"),
        ({"way": "ended", "ground": "fraud", "facts": "冒名"}, "way"),
        ({"way": "left_without_notice"}, "facts"),
        ({"way": "self", "is_declared": True, "cash_fen": 2001}, "cash"),
        ({"way": "self", "is_declared": True, "cash_fen": 800}, "is_cash_signed"),
        ({"way": "fly"}, "way"),
    ],
)
def test_what_is_missing_is_said_and_nothing_has_happened(
    cast: Cast, as_: As, out: dict[str, Any], field: str
) -> None:
    stay = a_stay(cast)
    with as_(cast.reception):
        with pytest.raises(services.LeavingRefused) as refused:
            _leave(cast, stay, **out)
        assert refused.value.field == field
        stay.refresh_from_db()
        assert stay.is_here


@pytest.mark.slow
def test_an_adult_leaves_by_his_own_word_and_the_bed_is_free(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.reception):
        start_clocks(actor=cast.reception.actor, at=NIGHT, stay=stay)
        with clock.frozen(NIGHT + timedelta(hours=9)):
            with pytest.raises(services.LeavingRefused) as refused:
                _leave(cast, stay, {}, way="self", is_declared=True)
            assert refused.value.field == "check_notices"
            row = _leave(
                cast, stay, way="self", is_declared=True, cash_fen=1500, is_cash_signed=True
            )
            assert beds.current(stay) is None
            assert {c.code: c.result for c in row.checks.all()}["notices"] == "confirmed"
            assert set(_open(stay)) == {"stay.revisit"}
            with pytest.raises(services.LeavingRefused, match="已经离站"):
                _leave(cast, stay, way="self", is_declared=True)


@pytest.mark.slow
def test_he_leaves_with_his_things(cast: Cast, as_: As) -> None:
    row, actor = a_reception(cast), cast.reception.actor
    with as_(cast.reception):
        thing = services.take_belonging(
            actor=actor, at=NIGHT, reception=row, kind="thing", item="背包"
        )
        services.keep(
            actor=actor,
            at=NIGHT,
            reception=row,
            values={"security": "passed", "is_informed": True},
        )
        stay = services.decide(actor=actor, at=NIGHT, reception=row, decision="admitted")
        assert stay is not None
        with pytest.raises(services.LeavingRefused, match="背包"):
            _leave(cast, stay, way="self", is_declared=True)
        services.end_belonging(
            actor=actor, at=NIGHT, belonging=thing, end="returned", is_signed_for=True
        )
        _leave(cast, stay, way="self", is_declared=True)
        assert Belonging.objects.get().end == "returned"


@pytest.mark.slow
def test_he_goes_to_another_station_once_it_has_taken_him_over(cast: Cast, as_: As) -> None:
    stay, actor = a_stay(cast), cast.reception.actor
    with as_(cast.reception):
        with pytest.raises(services.LeavingRefused, match="还没有接收"):
            _leave(cast, stay, way="station", to_org=OTHER_STATION)
        handover = offer_handover(
            actor=actor,
            at=NIGHT,
            subject=Subject("case", stay.case_id or stay.public_id),
            case_id=stay.case_id,
            to_org=OTHER_STATION,
            purpose="转站",
            division_code=stay.division_code,
        )
    with scope.enter(scope.of_actor(cast.other_patroller.actor)):
        accept_handover(actor=cast.other_patroller.actor, at=NIGHT, handover=handover)
    with as_(cast.reception):
        mine = access.own_stay_for(cast.reception.actor, stay.public_id, access.LEAVE)
        _leave(cast, mine, way="station", to_org=OTHER_STATION)
        assert not _open(stay)


def test_a_death_leaves_promises_that_outlive_the_stay(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.reception), clock.frozen(NIGHT + timedelta(hours=1)):
        _leave(cast, stay, {}, way="died", facts="凌晨一点值班员发现无呼吸，120到场宣告死亡")
        assert set(_open(stay)) == {"stay.death"}


def test_a_later_package_adds_its_own_check(cast: Cast, as_: As) -> None:
    """What a check answers is asked of the clerk or holds the way, whoever registered it."""
    stay = a_stay(cast)
    kept = dict(checks._checks)
    checks.register_check("later", "以后的检查", lambda stay, plan, at: Finding("blocks", "不行"))
    try:
        with as_(cast.reception), pytest.raises(services.LeavingRefused, match="以后的检查"):
            _leave(cast, stay, way="self", is_declared=True)
    finally:
        checks._checks.clear()
        checks._checks.update(kept)
