"""A picture tells who somebody is: it is hidden with the record and shown with it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock
from nuantu.persons import services as persons
from tests.cast import Cast
from tests.web import does_not_see, not_found_for, page_for, sees

pytestmark = pytest.mark.django_db
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
