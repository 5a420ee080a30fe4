"""A picture tells who somebody is: it is hidden with the record and shown with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, journal, scope
from nuantu.core.models import JournalEntry
from nuantu.persons import services as persons
from tests.cast import Cast
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Make = Callable[..., Any]


def test_photos_of_a_restricted_person_are_shown_after_a_reveal_only(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    with clock.frozen(evening):
        encounter = record(met(), photos=1).encounter
        persons.restrict_person(
            actor=cast.leader.actor,
            at=clock.now(),
            person=encounter.person,
            case=None,
            reason="躲避家暴",
        )
        page = reverse("encounters:detail", args=[encounter.public_id])
        url = reverse("encounters:photo", args=[encounter.photos.get().public_id])
        does_not_see(page_for(cast.leader, page), url)
        not_found_for(cast.leader, cast.patroller, cast.section_head, url=url)

        persons.reveal(
            actor=cast.leader.actor,
            at=clock.now(),
            person=encounter.person,
            case=None,
            what=persons.IDENTITY,
            purpose="核对是否走失儿童",
        )
        sees(page_for(cast.leader, page), url)
        assert cast.leader.browser().get(url).status_code == 200
        not_found_for(cast.patroller, url=url)


def test_photos_are_hidden_from_the_moment_of_recording(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    with clock.frozen(evening):
        taken = record(met(hidden_for="wound"), photos=1).encounter.photos.get()
        not_found_for(cast.patroller, url=reverse("encounters:photo", args=[taken.public_id]))
        assert taken.hidden_for == "wound"


def test_a_photo_is_hidden_by_its_holder_taken_off_the_card_and_seen_for_a_purpose_only(
    cast: Cast, met: Make, record: Make, evening: datetime
) -> None:
    with clock.frozen(evening):
        encounter = record(met(), photos=1).encounter
        page, taken = (
            reverse("encounters:detail", args=[encounter.public_id]),
            encounter.photos.get(),
        )
        photo, hide, show, reveal, use = (
            reverse(f"encounters:{name}", args=[taken.public_id])
            for name in ("photo", "photo_hide", "photo_show", "photo_reveal", "use_photo")
        )
        not_found_for(cast.hospital, cast.other_patroller, cast.outsider, url=hide)
        refused_for(cast.section_head, cast.auditor, url=hide)
        not_found_for(cast.leader, url=reveal)
        cast.patroller.browser().post(use)
        assert cast.patroller.browser().post(hide, {"why": "因为"}).status_code == 422
        does_not_see(page_for(cast.patroller, hide), " checked")
        sees(submits(cast.patroller, hide, {"why": "wound"}), "遮盖的照片", "伤口、病痛", reveal)
        not_found_for(cast.patroller, cast.leader, cast.auditor, url=photo)
        not_found_for(cast.patroller, url=use)
        card = page_for(cast.leader, reverse("persons:detail", args=[encounter.person.public_id]))
        does_not_see(card, reverse("persons:photo", args=[encounter.person.public_id]))
        does_not_see(page_for(cast.auditor, page), reveal)

        assert cast.leader.browser().post(reveal, {"purpose": "看"}).status_code == 422
        not_found_for(cast.leader, url=photo)
        opened = cast.leader.browser().post(reveal, {"purpose": "王家来认人，核对伤口"})
        assert opened.headers["Location"] == photo
        assert cast.leader.browser().get(photo).status_code == 200
        not_found_for(cast.patroller, url=photo)
        with scope.system("a test reads the journal"):
            read = JournalEntry.objects.filter(verb="persons.person.read")
            assert read.filter(actor_name=cast.auditor.actor.name).exists()
            look = JournalEntry.objects.get(verb="encounters.photo.reveal")
            assert (look.basis, journal.basis_of(look)) == ("⟦basis⟧", "王家来认人，核对伤口")
        sees(submits(cast.patroller, show, {}), "已取消遮盖")
        assert cast.auditor.browser().get(photo).status_code == 200
