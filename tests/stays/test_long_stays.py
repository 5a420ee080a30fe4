"""Weeks that go wrong: nobody knows who he is, he lies in hospital for long, one is infected among many."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.operations.models import Duty
from nuantu.persons import services as persons
from nuantu.stays import services
from nuantu.stays.models import Absence, Inquiry, Stay
from nuantu.stays.selectors import beds
from nuantu.stays.selectors.board import board
from nuantu.stays.services import health
from tests.cast import STATION, Cast
from tests.stays.house import NIGHT, a_reception, a_stay, a_stay_in_bed, a_zone
from tests.stays.patients import a_patient, an_infection, case_of
from tests.web import page_for, sees, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
CANNOT = {"security": "passed", "telling": "cannot", "is_informed": True}
DAY = timedelta(days=1)


def _open(stay: Stay) -> dict[str, Duty]:
    rows = Duty.objects.filter(subject_id=stay.public_id, state="open")
    return {row.kind: row for row in rows}


def _kept(cast: Cast, stay: Stay, kind: str, days: float, words: str) -> None:
    at = NIGHT + timedelta(days=days)
    with clock.frozen(at):
        services.keep_clock(
            actor=cast.reception.actor, at=at, stay=stay, kind=kind, note_text=words
        )


def _verified(cast: Cast, stay: Stay) -> None:
    persons.add_fact(
        actor=cast.reception.actor,
        at=clock.now(),
        person=stay.person,
        case=case_of(stay),
        kind="name",
        value="王小明",
        certainty="verified",
        source="公安DNA比对",
    )


def _unknown(cast: Cast) -> Stay:
    """An old man who cannot say who he is, taken in; police were asked for his fingerprints."""
    a_zone(cast, "男区", "male", "adult")
    row, actor = a_reception(cast), cast.reception.actor
    services.keep(actor=actor, at=NIGHT, reception=row, values=CANNOT)
    services.ask(actor=actor, at=NIGHT, reception=row, kind="fingerprint", asked_of="凯里市公安局")
    stay = services.decide(actor=actor, at=NIGHT, reception=row, decision="admitted")
    assert stay is not None
    return stay


@pytest.mark.slow
def test_identity_unknown_from_the_door_to_the_family_nothing_is_forgotten(
    cast: Cast, as_: As
) -> None:
    with as_(cast.reception):
        stay = _unknown(cast)
        owed = _open(stay)
        assert owed["stay.notice"].due_at == NIGHT + DAY
        assert clock.local(owed["stay.dna"].due_at).date() == (NIGHT + 9 * DAY).date()
        _kept(cast, stay, "stay.notice", 0.8, "全国救助寻亲网 2026-118")
        _kept(cast, stay, "stay.dna", 6, "市公安局采血卡 77 号")
        with pytest.raises(services.ClockRefused, match="还没有核实"):
            services.drop_identity_clocks(actor=cast.reception.actor, at=clock.now(), stay=stay)
        _kept(cast, stay, "stay.stranded", 11, "转入照料安置")
    with as_(cast.leader), clock.frozen(NIGHT + 11 * DAY):
        longer = services.extend(
            actor=cast.leader.actor,
            at=clock.now(),
            stay=stay,
            reason="身份不明，照料安置",
            until_date=clock.today() + timedelta(days=60),
        )
        assert _open(stay)["stay.file"].due_at <= clock.now() + DAY
        services.file_extension(
            actor=cast.leader.actor, at=clock.now(), extension=longer, filed_to="凯里市民政局"
        )
        assert {"stay.refresh", "stay.settle"} <= set(_open(stay))
    with as_(cast.reception), clock.frozen(NIGHT + 40 * DAY):
        services.put_answer(
            actor=cast.reception.actor,
            at=clock.now(),
            inquiry=Inquiry.objects.get(),
            answer="confirmed",
            note_text="比中王小明，黄平县人",
        )
        _verified(cast, stay)
        services.drop_identity_clocks(actor=cast.reception.actor, at=clock.now(), stay=stay)
        services.leave(
            actor=cast.reception.actor,
            at=clock.now(),
            stay=stay,
            out=services.WayOut(
                way="relatives",
                collector="王大明",
                collector_relation="弟弟",
                is_collector_checked=True,
            ),
            confirmed={"notices": "公告已撤", "collector": "居民身份证，户口簿同户"},
        )
        assert set(_open(stay)) == {"stay.revisit"}


@pytest.mark.slow
@pytest.mark.rule("P1-49")
def test_a_long_hospital_stay_is_followed_daily_and_his_bed_serves_another(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "男区", "male", "adult", beds=1)
    care = a_patient(cast)
    assert care.stay is not None
    stay, other = Stay.objects.get(pk=care.stay.pk), a_stay(cast)
    with as_(cast.reception), pytest.raises(services.NoFreeBed):
        services.give_best_bed(actor=cast.reception.actor, at=NIGHT, stay=other)
    for days in range(1, 71):
        with as_(cast.medic), clock.frozen(NIGHT + days * DAY - timedelta(hours=4)):
            health.note_news(
                actor=cast.medic.actor, at=clock.now(), care=care, condition="serious", words="照旧"
            )
            (owed,) = Duty.objects.filter(kind="care.follow", state="open")
            assert owed.due_at == clock.now() + DAY
    with clock.frozen(NIGHT + 70 * DAY):
        page = reverse("stays:detail", args=[stay.public_id])
        sees(page_for(cast.reception, page), "住院期间腾出床位")
        submits(cast.reception, reverse("stays:free", args=[stay.public_id]), {})
        sees(page_for(cast.carer, "/stays/"), "住院，床位已腾出", stay.person.called_as)
        with as_(cast.reception):
            services.give_best_bed(actor=cast.reception.actor, at=clock.now(), stay=other)
            assert beds.current(stay) is None
            house = board(STATION, clock.now())
            assert ([one.stay for one in house.freed], house.without_bed) == ([stay], ())
            assert Absence.objects.get(stay=stay).back_at is None
    stay.refresh_from_db()
    assert stay.is_here


def test_the_bed_of_who_is_only_out_is_kept(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.reception):
        actor = cast.reception.actor
        with pytest.raises(services.BedRefused, match="床位保留"):
            services.free_bed_of_absent(actor=actor, at=NIGHT, stay=stay)
        services.go_out(actor=actor, at=NIGHT, stay=stay, reason="errand", due_at=NIGHT + DAY)
        with pytest.raises(services.BedRefused, match="床位保留"):
            services.free_bed_of_absent(actor=actor, at=NIGHT, stay=stay)
        assert beds.current(stay) is not None


@pytest.mark.slow
@pytest.mark.rule("P10-30")
def test_one_infected_among_many_leaves_nobody_of_the_room_out_of_the_chain(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "隔离区", "any", "any", health="isolation", beds=3)
    a_zone(cast, "男区", "male", "adult", beds=8)
    many = [a_stay_in_bed(cast) for _bed in range(8)]
    with clock.frozen(NIGHT + timedelta(hours=12)):
        row = an_infection(cast, many[0])
        with as_(cast.medic):
            near = list(row.contacts.order_by("pk"))
            assert {one.stay_id for one in near} == {one.pk for one in many[1:]}
            for one in near:
                health.isolate(actor=cast.medic.actor, at=clock.now(), contact=one)
            states = [one.state for one in row.contacts.all()]
            assert (states.count("isolated"), states.count("no_bed")) == (2, 5)
            assert Duty.objects.filter(kind="infection.place", state="open").exists()


def test_a_long_extension_is_looked_at_every_month_until_its_decision(cast: Cast, as_: As) -> None:
    """Whoever is known and stays long has no refresh: without this only one far decision stood."""
    stay, actor = a_stay(cast), cast.leader.actor
    with as_(cast.leader):
        services.extend(
            actor=actor, at=NIGHT, stay=stay, reason="等养老院床位", until_date=date(2027, 2, 28)
        )
        first = _open(stay)["stay.review"]
        assert first.due_at < _open(stay)["stay.decide"].due_at
        seen = []
        while "stay.review" in _open(stay):
            due = _open(stay)["stay.review"].due_at
            seen.append(clock.local(due).date().month)
            services.keep_clock(
                actor=actor, at=due, stay=stay, kind="stay.review", note_text="床位还没有"
            )
        assert seen == [1, 2]
        assert "stay.decide" in _open(stay)
