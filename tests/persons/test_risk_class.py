"""Who is told that somebody thinks of suicide, and what everybody else is told."""

import pytest
from django.urls import reverse

from nuantu.core import clock, scope
from nuantu.core.models import JournalEntry
from nuantu.persons.models import Person, PersonClass
from nuantu.persons.services.classes import assign_classes
from tests.casework import working
from tests.cast import Cast
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees

pytestmark = pytest.mark.django_db
CLASS, DEED = "有轻生念头", "不要让他独处"


def _at_risk(cast: Cast) -> PersonClass:
    case, actor = working.a_case(cast), cast.reception.actor
    with scope.enter(scope.of_actor(actor)):
        (given,) = assign_classes(
            actor=actor, at=clock.now(), case=case, codes=["suicide_risk"], source="桥上的话"
        )
    return given


@pytest.mark.slow
def test_who_need_not_act_is_told_what_to_do_and_not_which_risk_it_is(cast: Cast) -> None:
    given = _at_risk(cast)
    with scope.system("a test looks"):
        person = Person.objects.get(pk=given.person_id)
    url = reverse("persons:detail", args=[person.public_id])
    withdraw = reverse("persons:class_withdraw", args=[person.public_id, given.public_id])
    refused_for(cast.kitchen, url=url)
    not_found_for(cast.reception, url=withdraw)
    for who in (cast.reception, cast.section_head):
        page = page_for(who, url)
        sees(page, DEED)
        does_not_see(page, CLASS, "桥上的话")
    for who in (cast.medic, cast.social_worker, cast.station_head):
        sees(page_for(who, url), CLASS)
    sees(page_for(cast.reception, url, language="en"), "Do not leave him alone")


def test_nobody_finds_by_a_filter_or_a_line_what_he_is_not_told(cast: Cast) -> None:
    given = _at_risk(cast)
    register = reverse("encounters:list")
    sees(page_for(cast.leader, register), CLASS)
    does_not_see(page_for(cast.dispatcher, register), CLASS)
    with scope.system("a test looks"):
        line = JournalEntry.objects.get(verb="persons.class.assign", changes__codes=[given.code])
    assert (DEED in line.summary, CLASS in line.summary) == (True, False)
