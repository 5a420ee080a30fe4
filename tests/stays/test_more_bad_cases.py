"""Bad cases that go together: a wheelchair without its room, a patient without a name, drugs at the door."""

from collections.abc import Callable
from typing import Any

import pytest

from nuantu.operations.models import Duty
from nuantu.stays import services
from nuantu.stays.models import Belonging
from nuantu.stays.selectors import beds
from nuantu.stays.services import health
from tests.cast import Cast
from tests.stays.house import NIGHT, a_reception, a_stay, a_zone
from tests.stays.patients import a_hospital, case_of

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


@pytest.mark.slow
def test_who_sits_in_a_wheelchair_has_a_bed_with_a_helper_while_the_barrier_free_one_is_taken(
    cast: Cast, as_: As
) -> None:
    a_zone(cast, "男区", "male", "adult", beds=1)
    ramp = a_zone(cast, "无障碍男区", "male", "adult", beds=1, is_barrier_free=True)
    with as_(cast.reception):
        actor = cast.reception.actor
        first = a_stay(cast, has_limited_mobility=True)
        services.give_best_bed(actor=actor, at=NIGHT, stay=first)
        lame = a_stay(cast, has_limited_mobility=True)
        row = services.give_best_bed(actor=actor, at=NIGHT, stay=lame)
        assert "须有人协助" in row.reason
        services.free_bed(actor=actor, at=NIGHT, stay=first, why="回家")
        assert beds.offers(lame)[0].bed.room.zone == ramp


def test_a_patient_without_a_name_is_followed_and_the_search_for_who_he_is_waits_at_the_door(
    cast: Cast, as_: As
) -> None:
    row, hospital = a_reception(cast, looks="昏迷，灰大衣"), a_hospital()
    with as_(cast.reception):
        cannot = {"telling": "cannot", "is_hospital_needed": True}
        services.keep(actor=cast.reception.actor, at=NIGHT, reception=row, values=cannot)
        with pytest.raises(services.ReceptionRefused, match="先救治"):
            services.decide(
                actor=cast.reception.actor, at=NIGHT, reception=row, decision="admitted"
            )
        services.ask(
            actor=cast.reception.actor,
            at=NIGHT,
            reception=row,
            kind="fingerprint",
            asked_of="凯里市公安局",
        )
        services.decide(
            actor=cast.reception.actor,
            at=NIGHT,
            reception=row,
            decision="hospital_first",
            note_text="120送医",
        )
    with as_(cast.medic):
        health.begin_care(
            actor=cast.medic.actor,
            at=NIGHT,
            case=case_of(row),
            patient=health.Patient(signs=("critically_ill_person",), why="昏迷", reception=row),
            hospital=hospital,
        )
        owed = set(Duty.objects.filter(state="open").values_list("kind", flat=True))
    assert owed >= {"stay.inquiry", "care.seek", "care.screen", "care.notify"}


def test_drugs_are_never_given_back_and_never_go_along(cast: Cast, as_: As) -> None:
    row, actor = a_reception(cast), cast.reception.actor
    with as_(cast.reception):
        found = services.take_belonging(
            actor=actor, at=NIGHT, reception=row, kind="forbidden", item="疑似毒品一包"
        )
        for end in ("returned", "handed_on"):
            with pytest.raises(services.BelongingRefused):
                services.end_belonging(
                    actor=actor, at=NIGHT, belonging=found, end=end, is_signed_for=True
                )
        assert Belonging.objects.get().end == ""
