"""Offering a resident to another station, and seeing him out once they have accepted."""

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.operations.models import Handover
from nuantu.operations.services import accept_handover
from tests.cast import OTHER_STATION, Cast
from tests.stays.house import a_stay_in_bed
from tests.web import not_found_for, page_for, refused_for, sees, submit_refused_leaving, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_only_who_sees_people_out_of_this_station_offers_them(cast: Cast) -> None:
    url = reverse("stays:hand_over", args=[a_stay_in_bed(cast).public_id])
    refused_for(cast.nobody, cast.carer, cast.patroller, url=url)
    not_found_for(cast.outsider, url=url)


def test_a_resident_is_offered_accepted_and_seen_out(cast: Cast) -> None:
    stay, clerk = a_stay_in_bed(cast), cast.reception
    leave = reverse("stays:leave", args=[stay.public_id])
    offer = reverse("stays:hand_over", args=[stay.public_id])
    way = {"way": "station", "to_org": OTHER_STATION}
    waiting = f"{leave}?way=station&to_org={OTHER_STATION}"
    sees(page_for(clerk, waiting), "先提出移交", f"{offer}?way=station")
    submits(clerk, offer, {**way, "note_text": "随身一个背包"})
    found = Handover.objects.get()
    sees(page_for(clerk, reverse("stays:detail", args=[stay.public_id])), "已提出移交")
    assert (found.to_org, found.purpose, found.note) == (OTHER_STATION, "转他站", "随身一个背包")
    sees(
        page_for(clerk, waiting),
        "等对方接收",
        reverse("operations:handover", args=[found.public_id]),
    )
    submit_refused_leaving(clerk, offer, way, unchanged=Handover.objects.count, says="等对方答复")
    checked = {**way, "check_notices": "查过，没有"}
    submit_refused_leaving(clerk, leave, checked, unchanged=lambda: stay.left_at)
    with scope.enter(scope.of_actor(cast.other_patroller.actor)):
        accept_handover(actor=cast.other_patroller.actor, at=clock.now(), handover=found)
    submits(clerk, leave, checked)
    stay.refresh_from_db()
    assert stay.left_at is not None


def test_a_way_that_hands_nobody_over_is_no_offer(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    submit_refused_leaving(
        cast.reception,
        reverse("stays:hand_over", args=[stay.public_id]),
        {"way": "self", "to_org": OTHER_STATION},
        unchanged=Handover.objects.count,
    )
