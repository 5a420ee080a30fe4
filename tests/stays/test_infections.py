"""An infection in the house: the chain from the beds, isolation, the epidemic pack at the gate."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.operations import services as operations
from nuantu.operations.models import Duty
from nuantu.planbook import files
from nuantu.stays import services
from nuantu.stays.models import CloseContact, Reception, Stay
from nuantu.stays.rules import infection as rules
from nuantu.stays.selectors.beds import current
from nuantu.stays.selectors.health import packs
from nuantu.stays.services import health
from tests.cast import COUNTY, OFFICE, Cast
from tests.stays.house import NIGHT, a_reception, a_stay_in_bed, a_zone
from tests.stays.patients import a_contact, an_infection, case_of
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
HOUR = timedelta(hours=1)


def night(stay: int, room: int, since: int, until: int | None = None) -> rules.Night:
    return rules.Night(
        stay, room, NIGHT + since * HOUR, None if until is None else NIGHT + until * HOUR
    )


def test_who_slept_in_the_room_in_those_hours_was_near() -> None:
    own = [night(1, 10, 0, 20), night(1, 11, 20)]
    others = [
        night(2, 10, -50, -10),  # gone before
        night(3, 10, 5, 8),
        night(3, 11, 22),  # met again
        night(4, 12, 0),  # another room
        night(5, 11, -90),
    ]
    found = rules.roommates(own, others, since=NIGHT, at=NIGHT + 30 * HOUR)
    assert [(one.stay, one.since, one.until) for one in found] == [
        (3, NIGHT + 5 * HOUR, NIGHT + 30 * HOUR),
        (5, NIGHT + 20 * HOUR, NIGHT + 30 * HOUR),
    ]


def leaves(cast: Cast, stay: Stay) -> None:
    services.leave(
        actor=cast.reception.actor,
        at=clock.now(),
        stay=stay,
        out=services.WayOut(way="self", is_declared=True),
        confirmed={"notices": "查过，无"},
    )


@pytest.mark.slow
@pytest.mark.rule("P10-30", "P1-81")
def test_the_chain_is_found_from_the_beds_and_who_left_is_told(cast: Cast, as_: As) -> None:
    a_zone(cast, "隔离区", "any", "any", health="isolation", beds=2)
    ill, stays_on, gone = a_stay_in_bed(cast), a_stay_in_bed(cast), a_stay_in_bed(cast)
    with clock.frozen(NIGHT + 8 * HOUR), as_(cast.reception):
        leaves(cast, Stay.objects.select_related("person").get(pk=gone.pk))
    with clock.frozen(NIGHT + 20 * HOUR):
        row = an_infection(cast, ill)
        with as_(cast.medic):
            states = dict(row.contacts.values_list("stay__number", "state"))
            assert states == {stays_on.number: "found", gone.number: "gone"}
            kinds = set(Duty.objects.filter(state="open").values_list("kind", flat=True))
            assert {"infection.cdc", "infection.reach"} <= kinds
            held = current(Stay.objects.get(pk=ill.pk))
            assert held is not None
            assert held.zone_health == "isolation"
            contact = row.contacts.get(state="found")
            health.isolate(actor=cast.medic.actor, at=clock.now(), contact=contact)
            assert contact.state == "isolated"
            away = row.contacts.get(state="gone")
            with pytest.raises(Refusal, match="通知了谁"):
                health.tell_contact(
                    actor=cast.medic.actor, at=clock.now(), contact=away, told_to=""
                )
            with pytest.raises(Refusal, match="还有 2 名"):
                health.end_infection(
                    actor=cast.medic.actor, at=clock.now(), infection=row, end="recovered"
                )
            health.tell_contact(
                actor=cast.medic.actor, at=clock.now(), contact=away, told_to="社区 田主任"
            )
            assert not Duty.objects.filter(kind="infection.reach", state="open").exists()


@pytest.mark.slow
@pytest.mark.rule("P10-30")
def test_a_full_isolation_zone_is_owed_at_once_and_released_by_a_decision(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "隔离区", "any", "any", health="isolation", beds=1)
    ill, near = a_stay_in_bed(cast), a_stay_in_bed(cast)
    with clock.frozen(NIGHT + HOUR), as_(cast.medic):
        row, actor = an_infection(cast, ill), cast.medic.actor
        contact = row.contacts.get(stay=near)
        health.isolate(actor=actor, at=clock.now(), contact=contact)
        assert contact.state == "no_bed"
        place = Duty.objects.get(kind="infection.place")
        assert place.due_at == clock.now() + timedelta(minutes=30)
        health.tell_cdc(
            actor=actor, at=clock.now(), infection=row, told_to="疾控 王科长", guidance="观察7天"
        )
        release = Duty.objects.get(kind="infection.release")
        assert release.due_at == clock.now() + timedelta(days=7)
        with pytest.raises(Refusal, match="依据"):
            health.release(actor=actor, at=clock.now(), contact=contact, words=" ")
        health.release(actor=actor, at=clock.now(), contact=contact, words="疾控同意，阴性")
        assert not Duty.objects.filter(kind="infection.place", state="open").exists()
        assert current(Stay.objects.get(pk=near.pk)) is not None
        health.end_infection(actor=actor, at=clock.now(), infection=row, end="excluded")
        assert not Duty.objects.filter(kind="infection.release", state="open").exists()


@pytest.mark.slow
def test_one_of_the_staff_is_put_on_the_list_and_stays_off_duty(cast: Cast, as_: As) -> None:
    contact = a_contact(cast)
    assert contact.state == "off_duty"
    with as_(cast.medic):
        row = health.report(
            actor=cast.medic.actor,
            at=NIGHT,
            known=health.Report(
                kind="confirmed", illness="流感", since_at=NIGHT, staff_name="李接待"
            ),
        )
        assert (row.person, row.contacts.count()) == (None, 0)
        with pytest.raises(Refusal, match="晚于现在"):
            health.report(
                actor=cast.medic.actor,
                at=NIGHT,
                known=health.Report("confirmed", "流感", NIGHT + HOUR, staff_name="李接待"),
            )


def epidemic(until: str = "2027-03-31") -> None:
    text = files.packaged_text("P9")
    off = "is_on: false\n    until: 2023-01-08"
    assert off in text
    operations.start_plan(
        actor=SYSTEM,
        at=NIGHT,
        text=text.replace(off, f"is_on: true\n    until: {until}"),
        org_code="MZ-522601",
        year=2026,
    )


@pytest.mark.rule("P1-51", "P9-31", "P9-33")
def test_a_plan_switches_the_pack_on_and_nobody_is_turned_away_for_a_phone(
    cast: Cast, as_: As
) -> None:
    assert OFFICE
    assert not packs.epidemic(COUNTY, NIGHT).is_on
    epidemic()
    assert packs.epidemic(COUNTY, NIGHT).is_on
    reception = a_reception(cast)
    with as_(cast.medic):
        for wrong in ({}, {"temperature_tenths": 366, "test": "refused"}):
            with pytest.raises(Refusal):
                screened(cast, reception, **wrong)
        row = screened(
            cast,
            reception,
            temperature_tenths=366,
            has_mask=True,
            health_code="no_phone",
            test="negative",
        )
    assert row.result == "fit"


@pytest.mark.rule("P9-31")
def test_a_pack_whose_law_has_lapsed_is_off(cast: Cast) -> None:
    assert OFFICE
    epidemic(until="2026-12-01")
    assert not packs.epidemic(COUNTY, NIGHT).is_on


def screened(cast: Cast, reception: Reception, **found: Any) -> Any:
    return health.screen(
        actor=cast.medic.actor,
        at=NIGHT,
        case=case_of(reception),
        found=health.Findings(**{"result": "fit", **found}),
        reception=reception,
    )


@pytest.mark.rule("P9-34")
def test_while_the_pack_is_on_whoever_no_medic_saw_begins_under_observation(
    cast: Cast, as_: As
) -> None:
    epidemic()
    reception = a_reception(cast)
    with as_(cast.reception):
        services.keep(
            actor=cast.reception.actor,
            at=NIGHT,
            reception=reception,
            values={"security": "passed", "is_informed": True},
        )
        stay = services.decide(
            actor=cast.reception.actor, at=NIGHT, reception=reception, decision="admitted"
        )
    assert stay is not None
    assert stay.health == "observation"


@pytest.mark.slow
def test_the_contact_list_is_for_medic_and_head_and_its_export_leaves_a_line(cast: Cast) -> None:
    a_stay_in_bed(cast)
    with clock.frozen(NIGHT + HOUR):
        row = an_infection(cast, a_stay_in_bed(cast))
        url = reverse("stays:infection", args=[row.public_id])
        refused_for(cast.carer, cast.leader, cast.office, url=url)
        not_found_for(cast.outsider, url=url)
        sees(page_for(cast.medic, url), "疑似流感", "还没报")
        does_not_see(page_for(cast.station_head, url), "疑似流感")
        sent = {"told_to": "疾控", "guidance": "隔离观察"}
        sees(submits(cast.medic, reverse("stays:tell_cdc", args=[row.public_id]), sent), "隔离观察")
        sent = {"staff_name": "杨照料", "how": "met"}
        submits(cast.medic, reverse("stays:add_contact", args=[row.public_id]), sent)
        assert CloseContact.objects.filter(staff_name="杨照料").exists()
        before = JournalEntry.objects.filter(verb="persons.person.export").count()
        sheet = cast.medic.browser().get(reverse("stays:contacts_export", args=[row.public_id]))
        assert sheet.status_code == 200
        assert b"PK" in sheet.getvalue()[:4]
        after = JournalEntry.objects.filter(verb="persons.person.export").count()
        assert after > before or not row.contacts.exclude(stay=None).exists()
        sees(page_for(cast.medic, "/stays/health/"), "感染处置")


@pytest.mark.slow
def test_the_word_to_a_contact_does_not_end_the_search_for_the_patients_own_bed(
    cast: Cast, as_: As
) -> None:
    near = a_stay_in_bed(cast)
    row = an_infection(cast)
    actor = cast.medic.actor
    with as_(cast.medic):
        assert Duty.objects.filter(kind="infection.place", state="open").exists()
        contact = health.add_contact(
            actor=actor, at=NIGHT, infection=row, how="met", staff_name="杨照料"
        )
        health.tell_contact(actor=actor, at=NIGHT, contact=contact, told_to="本人")
        assert Duty.objects.filter(kind="infection.place", state="open").exists()
    assert near.is_here


@pytest.mark.slow
def test_who_is_ill_himself_is_not_let_out_as_the_contact_of_another(cast: Cast, as_: As) -> None:
    a_zone(cast, "隔离区", "any", "any", health="isolation")
    ill, near = a_stay_in_bed(cast), a_stay_in_bed(cast)
    first, actor = an_infection(cast, ill), cast.medic.actor
    second = an_infection(cast, near)
    with as_(cast.medic):
        contact, _is_new = CloseContact.objects.get_or_create(
            infection=first,
            stay=near,
            defaults={
                "how": "met",
                "from_at": NIGHT - HOUR,
                "until_at": NIGHT,
                "state": "isolated",
                "changed_at": NIGHT,
                "changed_by": "medic",
            },
        )
        health.release(actor=actor, at=NIGHT, contact=contact, words="检测阴性")
        near.refresh_from_db()
        assert near.health == "isolation"
        for one in second.contacts.all():
            health.release(actor=actor, at=NIGHT, contact=one, words="检测阴性")
        health.end_infection(actor=actor, at=NIGHT, infection=second, end="recovered")
        near.refresh_from_db()
        assert near.health == "general"
