"""After a death: stay and treatment end, every step has its clock, nothing is closed half done."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nuantu.core import clock
from nuantu.core.errors import Refusal
from nuantu.operations.models import Duty
from nuantu.stays import services
from nuantu.stays.models import Death, DeathStep, HospitalCare, Leaving, Reception
from nuantu.stays.selectors.beds import current
from nuantu.stays.selectors.words import decisions
from nuantu.stays.services import health
from tests.cast import Cast
from tests.stays.house import NIGHT, a_reception
from tests.stays.patients import a_death, a_patient, case_of
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def taken(cast: Cast, death: Death, kind: str, **more: Any) -> DeathStep:
    return health.take_step(
        actor=cast.medic.actor,
        at=clock.now(),
        step=death.steps.get(kind=kind),
        done_to="经办 王某",
        **more,
    )


@pytest.mark.slow
def test_a_death_in_the_station_ends_the_stay_and_owes_each_step(cast: Cast, as_: As) -> None:
    death = a_death(cast)
    assert death.stay is not None
    with as_(cast.medic):
        assert Leaving.objects.get(stay=death.stay).way == "died"
        assert current(death.stay) is None
        minutes = {
            step.kind: round((step.due_at - NIGHT).total_seconds() / 60)
            for step in death.steps.all()
        }
    assert minutes == {
        "police": 30,
        "bureau": 60,
        "certificate": 1440,
        "family": 1440,
        "belongings": 1440,
    }


@pytest.mark.slow
def test_nobody_claims_the_dead_and_the_notice_runs_its_term(cast: Cast, as_: As) -> None:
    death = a_death(cast)
    with as_(cast.medic):
        with pytest.raises(Refusal, match="死亡证明"):
            taken(cast, death, "certificate")
        for kind in ("police", "bureau", "belongings"):
            taken(cast, death, kind)
        taken(cast, death, "certificate", certificate_number="医2026-9")
        taken(cast, death, "family", is_unclaimed=True)
        with pytest.raises(Refusal, match="已经登记"):
            taken(cast, death, "family")
        with pytest.raises(Refusal, match="还有没办"):
            health.close_death(actor=cast.medic.actor, at=NIGHT, death=death, conclusion="病故")
        taken(cast, death, "notice")
        row = Death.objects.get(pk=death.pk)
        assert row.notice_end_date == date(2026, 12, 24)
        remains = row.steps.get(kind="remains")
        assert remains.due_at == NIGHT + timedelta(days=15)
        with pytest.raises(Refusal, match="公告到 2026-12-24 才满"):
            taken(cast, row, "remains")
        taken(cast, row, "remains", words="亲属12月10日来认领")
        with pytest.raises(Refusal, match="结论"):
            health.close_death(actor=cast.medic.actor, at=NIGHT, death=row, conclusion=" ")
        row = health.close_death(
            actor=cast.medic.actor, at=NIGHT, death=row, conclusion="病故，已火化"
        )
        assert not row.is_open
        open_kinds = set(Duty.objects.filter(state="open").values_list("kind", flat=True))
        assert not open_kinds & {"death.step", "stay.death"}


@pytest.mark.slow
def test_a_death_in_hospital_ends_the_treatment(cast: Cast, as_: As) -> None:
    care = a_patient(cast)
    assert care.stay is not None
    with as_(cast.medic):
        death = health.register_death(
            actor=cast.medic.actor,
            at=NIGHT,
            case=case_of(care.stay),
            known=health.DeathFound(NIGHT, "hospital", "周医生", "抢救无效"),
            stay=care.stay,
            care=HospitalCare.objects.select_related("stay", "person").get(pk=care.pk),
        )
        assert HospitalCare.objects.get(pk=care.pk).end == "died"
        with pytest.raises(Refusal, match="已经登记"):
            health.register_death(
                actor=cast.medic.actor,
                at=NIGHT,
                case=case_of(care.stay),
                known=health.DeathFound(NIGHT, "hospital", "周医生", "抢救无效"),
            )
        with pytest.raises(IntegrityError), transaction.atomic():
            Death.objects.filter(pk=death.pk).update(closed_at=NIGHT)


def test_a_death_at_the_door_leaves_nothing_to_decide(cast: Cast, as_: As) -> None:
    reception = a_reception(cast)
    with as_(cast.medic):
        health.register_death(
            actor=cast.medic.actor,
            at=NIGHT,
            case=case_of(reception),
            known=health.DeathFound(NIGHT, "station", "周医生", "门口倒下，抢救无效"),
        )
        row = Reception.objects.get(pk=reception.pk)
        assert row.state == "died"
        assert row.decided_by == cast.medic.actor.name
    assert "died" not in dict(decisions())
    with as_(cast.reception), pytest.raises(Refusal, match="已经办结"):
        services.decide(
            actor=cast.reception.actor,
            at=NIGHT,
            reception=reception,
            decision="withdrawn",
            note_text="走了",
        )


@pytest.mark.slow
def test_the_page_of_a_death_is_for_medic_and_head(cast: Cast) -> None:
    death = a_death(cast)
    url = reverse("stays:death", args=[death.public_id])
    refused_for(cast.carer, cast.reception, cast.leader, cast.auditor, url=url)
    not_found_for(cast.outsider, url=url)
    sees(page_for(cast.medic, url), "报公安机关", "查房时发现")
    does_not_see(page_for(cast.station_head, url), "查房时发现")
    step = death.steps.get(kind="police")
    answer = cast.medic.browser().post(
        reverse("stays:death_step", args=[step.public_id]), {"words": "已出警"}
    )
    assert answer.status_code == 422
    assert "已出警" in answer.content.decode()
    page = submits(
        cast.medic,
        reverse("stays:death_step", args=[step.public_id]),
        {"done_to": "派出所 田警官", "words": "已出警"},
    )
    sees(page, "派出所 田警官")
    sees(page_for(cast.medic, "/stays/health/"), "死亡登记")
