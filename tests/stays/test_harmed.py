"""Whoever must not be found by everybody is hidden at once, in every list, and served."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import scope
from nuantu.persons import services as persons
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors import Filters, people
from nuantu.stays.models import Stay
from nuantu.stays.services import care
from tests.cast import STATION, Cast
from tests.stays.house import NIGHT, a_stay_in_bed
from tests.web import does_not_see, page_for, sees

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
LISTS = ("/stays/", "/stays/register/", "/stays/head/", "/persons/")


def _marked(cast: Cast, code: str) -> Stay:
    stay = a_stay_in_bed(cast)
    with scope.enter(scope.of_actor(cast.reception.actor)):
        persons.assign_classes(
            actor=cast.reception.actor,
            at=NIGHT,
            case=Case.objects.select_related("person").get(case_id=stay.case_id),
            codes=[code],
            source="本人说的",
        )
    return Stay.objects.select_related("person").get(pk=stay.pk)


@pytest.mark.slow
@pytest.mark.parametrize("code", ["domestic_violence", "trafficked"])
def test_who_was_harmed_is_masked_in_every_list(cast: Cast, code: str) -> None:
    stay = _marked(cast, code)
    assert stay.person.is_restricted
    for reader in (cast.section_head, cast.carer, cast.auditor):
        for url in LISTS:
            answer = reader.browser().get(url)
            if answer.status_code == 200:
                does_not_see(answer, stay.person.called_as)
    board = page_for(cast.carer, "/stays/")
    sees(board, "受限记录")
    does_not_see(board, "遭受家庭暴力", "被拐")
    month = f"/stays/month/{code}/?station={STATION}&month=2026-12"
    rows = page_for(cast.section_head, month)
    sees(rows, "受限记录")
    does_not_see(rows, stay.person.called_as)


def test_a_whole_name_and_the_mark_together_find_nobody(cast: Cast, as_: As) -> None:
    stay = _marked(cast, "domestic_violence")
    with as_(cast.reception):
        Person.objects.filter(pk=stay.person_id).update(name="王小芳", search_text="王小芳")
    with as_(cast.section_head):
        actor = cast.section_head.actor
        assert people(actor, Filters(words="王小芳")).count() == 1
        assert people(actor, Filters(code="domestic_violence")).count() == 1
        assert not people(actor, Filters(words="王小芳", code="domestic_violence")).exists()


def test_an_illness_is_no_reason_to_hide_somebody(cast: Cast) -> None:
    assert not _marked(cast, "sudden_illness").person.is_restricted


@pytest.mark.slow
def test_she_is_served_and_found_again_by_whoever_gives_a_purpose(cast: Cast, as_: As) -> None:
    stay = _marked(cast, "domestic_violence")
    with as_(cast.carer):
        care.note_care(actor=cast.carer.actor, at=NIGHT, stay=stay, deed=care.Deed("wash"))
    url = reverse("stays:detail", args=[stay.public_id])
    does_not_see(page_for(cast.reception, url), stay.person.called_as)
    with as_(cast.reception):
        persons.reveal(
            actor=cast.reception.actor,
            at=NIGHT,
            person=stay.person,
            case=None,
            what="identity",
            purpose="联系妇联安排庇护",
        )
    sees(page_for(cast.reception, url), stay.person.called_as, "遭受家庭暴力")


def test_the_record_of_another_organisation_is_hidden_too(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    with scope.system("another county holds the headline"):
        Person.objects.filter(pk=stay.person_id).update(
            owner_org="MZ-522634", division_code="522634000000"
        )
    with as_(cast.reception):
        persons.assign_classes(
            actor=cast.reception.actor,
            at=NIGHT,
            case=Case.objects.select_related("person").get(case_id=stay.case_id),
            codes=["domestic_violence"],
            source="本人说的",
        )
    with scope.system("the test reads"):
        assert Person.objects.get(pk=stay.person_id).is_restricted


def _born(cast: Cast, stay: Stay, day: str) -> None:
    persons.add_fact(
        actor=cast.reception.actor,
        at=NIGHT,
        person=stay.person,
        case=Case.objects.get(case_id=stay.case_id),
        kind="birth_date",
        value=day,
        certainty="verified",
        source="户口簿",
    )


@pytest.mark.slow
def test_who_turns_out_to_be_a_minor_is_hidden_from_then_on(cast: Cast, as_: As) -> None:
    child, grown = a_stay_in_bed(cast), a_stay_in_bed(cast)
    with as_(cast.reception):
        _born(cast, grown, "2008-01-05")
        _born(cast, child, "2010-03-08")
    with scope.system("the test reads"):
        hidden = Person.objects.filter(is_restricted=True)
        assert list(hidden) == [child.person]
        assert hidden.get().restricted_reason == "不满18周岁"
    url = reverse("stays:detail", args=[child.public_id])
    does_not_see(page_for(cast.carer, url), child.person.called_as)
    with as_(cast.leader):
        person = Person.objects.get(pk=child.person_id)
        persons.lift_restriction(
            actor=cast.leader.actor, at=NIGHT, person=person, case=None, reason="家人要求公开寻亲"
        )
    with as_(cast.reception):
        child.person.refresh_from_db()
        _born(cast, child, "2010-03-08")
        assert not Person.objects.get(pk=child.person_id).is_restricted
