"""Clocks and bed that follow what is known of a resident: a birthday, a proven age or sex, a sign."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from nuantu.core import clock
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.together import together
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty
from nuantu.persons.models import Person
from nuantu.persons.rules.ages import is_treated_as_minor
from nuantu.persons.selectors import age_lines
from nuantu.persons.selectors.same import same_human
from nuantu.stays.models import Absence, Stay
from nuantu.stays.rules import clocks
from nuantu.stays.selectors import beds
from nuantu.stays.selectors.known import known_of
from nuantu.stays.services.beds import BED, keep_if_it_fits, owe_bed
from nuantu.stays.services.clocks import begin, owed
from nuantu.stays.services.holding import hold_stay
from nuantu.stays.services.lines import note

_NO_TERM = "不适用十日期限，改为定下一步"
_TERM = "适用十日期限，改为期满决定"


def watch_stays(*, at: datetime) -> int:
    """Once a night: no stay without a clock, and none with the wrong one; how many were mended.

    Call it under the system scope.
    """
    here = Stay.objects.filter(left_at=None).select_related("person", "reception")
    return _settle_all(here.order_by("pk").iterator(), at)


def settle_person(*, at: datetime, person: Person, is_of_sex: bool = False) -> int:
    """The same for the stays of one human, right after something about him was put right; where it
    was his sex, that of the stay follows."""
    here = Stay.objects.filter(left_at=None, person__in=same_human(person))
    return _settle_all(here.select_related("person", "reception"), at, is_of_sex=is_of_sex)


def _settle_all(stays: Iterable[Stay], at: datetime, *, is_of_sex: bool = False) -> int:
    mended = 0
    for stay in stays:
        with together():
            has_clocks = settle_clocks(actor=SYSTEM, at=at, stay=stay)
            has_bed = settle_bed(actor=SYSTEM, at=at, stay=stay, is_of_sex=is_of_sex)
        mended += has_clocks or has_bed
    return mended


def settle_clocks(*, actor: Actor, at: datetime, stay: Stay) -> bool:
    """Bring the clocks of a stay in line with what is known now; whether anything changed.

    What starts late runs from the entry too, with a day at least to act in.
    """
    with together():
        if not hold_stay(stay):
            return False
        running = owed(stay)
        switch = clocks.switched(known_of(stay, at), [duty.kind for duty in running])
        for duty in running:
            if duty.kind in switch.stops:
                reason = _NO_TERM if duty.kind == clocks.DECIDE else _TERM
                cancel_duty(actor=actor, at=at, duty=duty, reason=reason)
        grace = rules_at(stay.division_code, at).need("vague.clock", key="paper").number
        soonest = at + timedelta(minutes=grace)
        for kind in switch.starts:
            start = at if kind in clocks.UNKNOWN else stay.entered_at
            begin(actor=actor, at=at, stay=stay, kind=kind, start=start, soonest=soonest)
    return bool(switch.starts or switch.stops)


def settle_bed(*, actor: Actor, at: datetime, stay: Stay, is_of_sex: bool = False) -> bool:
    """Let a stay say what is known of age and sex now, and owe the move where his bed does not fit
    that; nobody is put out of a bed by it. Whether anything changed."""
    with together():
        if not hold_stay(stay):
            return False
        is_put_right = _put_right(actor, at, stay, is_of_sex=is_of_sex)
        row = beds.current(stay)
        is_fitting = row is not None and (
            beds.still_fits(row) or keep_if_it_fits(actor=actor, at=at, stay=stay, row=row)
        )
        is_away = Absence.objects.filter(
            stay=stay, back_at=None, reason=Absence.Reason.HOSPITAL
        ).exists()
        running = Duty.objects.filter(kind=BED, subject_id=stay.public_id, state=Duty.State.OPEN)
        if is_fitting or (row is None and is_away):
            for duty in running:
                cancel_duty(actor=actor, at=at, duty=duty, reason="床位合适，或住院不占床位")
        elif not running.exists():
            owe_bed(actor=actor, at=at, stay=stay)
            return True
    return is_put_right


def _put_right(actor: Actor, at: datetime, stay: Stay, *, is_of_sex: bool) -> bool:
    age = stay.person.age_on(clock.local(at).date())
    is_minor = is_treated_as_minor(age, age_lines(stay.division_code, at))
    sex = stay.person.sex if is_of_sex else stay.sex
    before = {"sex": stay.sex, "is_minor": stay.is_minor}
    after = {"sex": sex, "is_minor": is_minor}
    if after == before:
        return False
    stay.sex, stay.is_minor = sex, is_minor
    stay.save(update_fields=["sex", "is_minor"])
    note(
        verb="stays.stay.settle",
        actor=actor,
        at=at,
        row=stay,
        person=stay.person,
        summary="年龄或性别已更正，核对住处和时限",
        changes={"before": before, "after": after},
    )
    return True
