"""Age or sex is put right: the clocks follow, and a bed that does not fit any more is owed, not taken."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, events, scope
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.persons.rules.ages import Age
from nuantu.stays import jobs, services
from nuantu.stays.models import BedStay, Stay
from nuantu.stays.selectors import beds
from nuantu.stays.services.clocks import start_clocks
from nuantu.stays.services.switching import watch_stays
from tests.cast import Cast
from tests.stays.house import NIGHT, a_stay, a_zone, beds_of
from tests.stays.patients import case_of
from tests.web import does_not_see, not_found_for, page_for, sees, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def _open(stay: Stay) -> set[str]:
    rows = Duty.objects.filter(subject_id=stay.public_id, state="open")
    return set(rows.values_list("kind", flat=True))


def _in_bed(cast: Cast, stay: Stay) -> None:
    actor = cast.reception.actor
    start_clocks(actor=actor, at=NIGHT, stay=stay)
    services.give_best_bed(actor=actor, at=NIGHT, stay=stay)


def _proven(cast: Cast, stay: Stay, birth: date) -> None:
    persons.add_fact(
        actor=cast.reception.actor,
        at=clock.now(),
        person=stay.person,
        case=case_of(stay),
        kind="birth_date",
        value=birth.isoformat(),
        certainty="verified",
        source="户口簿",
    )


def _heard(stay: Stay, what: str = "age") -> None:
    with scope.system("the job runs"):
        jobs.settle_person(str(stay.person.public_id), what)
    stay.refresh_from_db()


def test_the_correction_is_heard_of() -> None:
    assert "stays.settle_person" in events.subscribers()["persons.person_corrected"]


@pytest.mark.slow
@pytest.mark.rule("P1-54")
def test_an_adult_proven_to_be_a_child_is_owed_a_lawful_bed_and_the_clock_of_a_child(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "男区", "male", "adult")
    with as_(cast.reception):
        stay, other = a_stay(cast, years=19), a_stay(cast)
        _in_bed(cast, stay)
        _in_bed(cast, other)
    with clock.frozen(NIGHT + timedelta(hours=2)):
        with as_(cast.reception):
            _proven(cast, stay, date(2012, 3, 1))
        _heard(stay)
        assert stay.is_minor
        assert _open(stay) == {"stay.bed", "stay.next", "stay.notice", "stay.dna", "stay.stranded"}
        owed = Duty.objects.get(kind="stay.bed")
        assert owed.due_at == clock.now() + timedelta(minutes=30)
        not_found_for(cast.outsider, url=reverse("stays:bed", args=[stay.public_id]))
        board = page_for(cast.carer, "/stays/")
        sees(board, "床位不合适，要换床", "受限记录")
        words = "床位不合适，要换床"
        assert board.content.decode().count(words) == 2, "in the list on top and in his room"
        does_not_see(board, stay.person.called_as)
        sees(page_for(cast.station_head, "/stays/head/"), "安排合适的床位")
        with as_(cast.reception):
            assert beds.current(stay) is not None  # nobody is put out into the night
            with pytest.raises(services.NoFreeBed):
                services.give_best_bed(actor=cast.reception.actor, at=clock.now(), stay=stay)
        boys = a_zone(cast, "未成年男区", "male", "minor")
        bed = beds_of(boys)[0]
        submits(
            cast.reception,
            reverse("stays:bed", args=[stay.public_id]),
            {"bed": str(bed.public_id), "reason": ""},
        )
        assert "stay.bed" not in _open(stay)
        does_not_see(page_for(cast.carer, "/stays/"), "床位不合适，要换床")


@pytest.mark.slow
def test_a_child_proven_to_be_of_age_and_a_birthday_by_night_move_the_other_way(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "未成年男区", "male", "minor")
    with as_(cast.reception):
        proven, grows = a_stay(cast, years=17), a_stay(cast, years=17)
        for one in (proven, grows):
            _in_bed(cast, one)
        _proven(cast, proven, date(2005, 1, 1))
        _proven(cast, grows, date(2008, 12, 11))
    for one in (proven, grows):
        _heard(one)
    assert (proven.is_minor, grows.is_minor) == (False, True)
    assert "stay.bed" in _open(proven)
    assert "stay.bed" not in _open(grows)
    with scope.system("the job of the night"), clock.frozen(NIGHT + timedelta(days=2)):
        assert watch_stays(at=clock.now()) == 1
        assert watch_stays(at=clock.now()) == 0
    assert "stay.bed" in _open(grows)


@pytest.mark.slow
def test_a_bed_that_fits_both_is_kept_and_judged_anew(cast: Cast, as_: As) -> None:
    a_zone(cast, "单人", "any", "any", beds=1)
    with as_(cast.reception):
        stay = a_stay(cast, sex="unknown", years=30)
        _in_bed(cast, stay)
        persons.describe_person(
            actor=cast.reception.actor,
            at=NIGHT,
            person=stay.person,
            case=case_of(stay),
            called_as="她",
            sex="female",
            age=Age(16, 17),
            looks="",
        )
    _heard(stay, "sex")
    row = BedStay.objects.get(stay=stay, period__endswith=None)
    assert (row.sex, row.is_minor) == ("female", True)
    assert "stay.bed" not in _open(stay)


@pytest.mark.slow
def test_a_sex_put_right_owes_a_bed_and_what_a_clerk_set_stays_where_nobody_corrected_it(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "男区", "male", "adult")
    with as_(cast.reception):
        stay = a_stay(cast)
        _in_bed(cast, stay)
        stay.person.sex = "female"
        stay.person.save()
    _heard(stay, "age")
    assert (stay.sex, "stay.bed" in _open(stay)) == ("male", False)
    _heard(stay, "sex")
    assert (stay.sex, "stay.bed" in _open(stay)) == ("female", True)


def test_who_is_let_in_without_a_free_bed_is_owed_one(cast: Cast, as_: As) -> None:
    with as_(cast.reception):
        row = services.receive(
            actor=cast.reception.actor,
            at=NIGHT,
            arrival_mode="self",
            newcomer=services.Newcomer(sex="male", looks="灰大衣"),
        )
        ready = {"security": "passed", "is_informed": True}
        services.keep(actor=cast.reception.actor, at=NIGHT, reception=row, values=ready)
        stay = services.decide(
            actor=cast.reception.actor, at=NIGHT, reception=row, decision="admitted"
        )
        assert stay is not None
        assert "stay.bed" in _open(stay)
