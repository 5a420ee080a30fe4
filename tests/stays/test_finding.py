"""Finding whoever stands at the door: by his picture, by the card of an earlier stay."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.persons import services as persons
from nuantu.stays.models import Bed, Stay
from tests.cast import Cast
from tests.stays.house import NIGHT, a_photo, a_reception, a_stay_in_bed
from tests.web import (
    does_not_see,
    not_found_for,
    page_for,
    refused_for,
    sees,
    submit_refused_leaving,
    submits,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
As = Callable[..., Any]
WALL, DOOR = "/stays/door/photos/", "/stays/door/"


def _pictured(cast: Cast, **known: Any) -> Any:
    row = a_reception(cast, **known)
    url = reverse("stays:portrait", args=[row.public_id])
    submits(cast.reception, url, {"photo": a_photo(), "ground": "agreed"})
    return row.person


def _looks() -> list[JournalEntry]:
    with scope.system("the test reads the journal"):
        return list(JournalEntry.objects.filter(verb="stays.photos.read"))


def test_only_who_receives_looks_through_pictures(cast: Cast) -> None:
    refused_for(cast.nobody, cast.carer, cast.patroller, url=WALL)
    row = a_reception(cast)
    not_found_for(cast.outsider, url=reverse("stays:portrait", args=[row.public_id]))


def test_pictures_are_seen_for_a_purpose_and_each_page_is_written_down(cast: Cast) -> None:
    man = _pictured(cast, name="王小明")
    closed = page_for(cast.reception, WALL)
    sees(closed, "查看目的")
    does_not_see(closed, "王小明")
    submit_refused_leaving(
        cast.reception, WALL, {"purpose": "看"}, unchanged=lambda: len(_looks()), says="查看目的"
    )
    page = submits(cast.reception, WALL, {"purpose": "来人说不清姓名"})
    sees(page, "王小明", reverse("persons:photo", args=[man.public_id]), "就是他，开始接待")
    (line,) = _looks()
    assert [subject.subject_id for subject in line.subjects.all()] == [man.public_id]
    does_not_see(page_for(cast.reception, f"{WALL}?sex=female"), "王小明")
    sees(page_for(cast.reception, f"{WALL}?sex=male&q=灰大衣"), "王小明")
    sees(page_for(cast.station_head, WALL), "查看目的")
    with clock.frozen(NIGHT + timedelta(minutes=11)):
        does_not_see(page_for(cast.reception, WALL), "王小明")


def test_a_restricted_record_is_on_no_wall(cast: Cast, as_: As) -> None:
    man = _pictured(cast, name="王小明")
    with as_(cast.leader):
        persons.restrict_person(
            actor=cast.leader.actor, at=NIGHT, person=man, case=None, reason="工作人员亲属"
        )
    page = submits(cast.reception, WALL, {"purpose": "来人说不清姓名"})
    does_not_see(page, str(man.public_id))


def testa_photo_needs_its_ground_and_keeps_it(cast: Cast) -> None:
    row = a_reception(cast)
    url = reverse("stays:portrait", args=[row.public_id])
    submit_refused_leaving(
        cast.reception, url, {"photo": a_photo()}, unchanged=lambda: row.person.photo_id
    )
    submits(cast.reception, url, {"photo": a_photo(), "ground": "duty"})
    with scope.system("the test reads the journal"):
        line = JournalEntry.objects.get(verb="persons.person.picture")
    assert "查明身份" in line.basis


def _gone(cast: Cast) -> Stay:
    stay = a_stay_in_bed(cast)
    with scope.system("he has left"):
        Stay.objects.filter(pk=stay.pk).update(left_at=NIGHT)
    return stay


def test_an_earlier_card_or_its_number_brings_the_person_up(cast: Cast) -> None:
    stay = _gone(cast)
    card = reverse("stays:care_spot", args=["stay", stay.public_id])
    scanned = {"q": f"https://station.example{card}"}
    for words in (scanned, {"q": stay.number.lower()}):
        page = cast.reception.browser().get(DOOR, words)
        sees(page, stay.person.called_as, "就是他，开始接待")
        does_not_see(cast.outsider.browser().get(DOOR, words), stay.person.called_as)
    for who, to in (
        (cast.reception, f"{DOOR}?q={stay.number}"),
        (cast.carer, f"/stays/{stay.public_id}/"),
    ):
        assert who.browser().get(card).headers["Location"] == to


def test_the_card_of_a_bed_brings_up_who_lies_in_it(cast: Cast) -> None:
    stay = a_stay_in_bed(cast)
    bed = Bed.objects.get(stays__stay=stay)
    card = reverse("stays:care_spot", args=["bed", bed.public_id])
    sees(cast.reception.browser().get(DOOR, {"q": f"http://x{card}"}), "已在站，打开")
