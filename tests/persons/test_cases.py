"""People and their cases: who sees them, how they open, move and close."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from nuantu.accounts.models import Grant
from nuantu.core import clock, journal, scope
from nuantu.core.ids import new_id
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.operations.services import (
    accept_handover,
    complete_duty,
    decline_handover,
    offer_handover,
    open_duty,
)
from nuantu.persons import services
from nuantu.persons.models import Case, Person, PersonClass, PersonFact
from tests.cast import STATION, TOWN, Cast
from tests.web import does_not_see, not_found_for, page_for, sees, submits

pytestmark = pytest.mark.django_db
Meet = Callable[..., Case]
SeenAs = Callable[..., Any]


def test_outsiders_see_neither_person_nor_case(cast: Cast, meet: Meet, seen_as: SeenAs) -> None:
    """Other counties, other prefectures and partners without a grant find nothing."""
    case = meet("王小明")
    services.add_fact(
        actor=cast.patroller.actor,
        at=clock.now(),
        person=case.person,
        case=case,
        kind="origin",
        value="湖南",
        certainty="claimed",
        source="本人说的",
    )
    services.assign_classes(
        actor=cast.patroller.actor, at=clock.now(), case=case, codes=["elderly"], source="现场观察"
    )
    for player in (cast.outsider, cast.other_patroller, cast.hospital, cast.police, cast.nobody):
        with seen_as(player):
            for model in (Person, Case, PersonFact, PersonClass):
                assert not model.objects.exists(), f"{player.key} sees {model.__name__}"
            assert not JournalEntry.objects.filter(case_id=case.case_id).exists()


def test_colleagues_and_overseers_see_them(cast: Cast, meet: Meet, seen_as: SeenAs) -> None:
    case = meet()
    for player in (cast.operator, cast.section_head, cast.office, cast.township, cast.auditor):
        with seen_as(player):
            assert Person.objects.filter(pk=case.person_id).exists(), player.key
            assert Case.objects.filter(pk=case.pk).exists(), player.key


def test_somebody_without_a_name_is_entered_by_what_one_sees(meet: Meet) -> None:
    assert meet().person.called_as == "约50岁男子 灰大衣 南桥"


def test_somebody_of_whom_nothing_is_known_is_not_entered(cast: Cast, evening: datetime) -> None:
    with pytest.raises(services.PersonRefused):
        services.register_person(actor=cast.patroller.actor, at=evening, division_code=TOWN)
    assert not Person.objects.exists()


def test_a_station_holds_one_open_case_of_a_person(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    case = meet()
    with pytest.raises(services.CaseRefused):
        services.open_case(
            actor=cast.patroller.actor, at=evening, person=case.person, division_code=TOWN
        )
    found, is_new = services.continue_case(
        actor=cast.patroller.actor, at=evening, person=case.person, division_code=TOWN
    )
    assert (found, is_new) == (case, False)


def test_a_return_after_closing_opens_a_new_case(cast: Cast, meet: Meet, evening: datetime) -> None:
    first = meet()
    services.close_case(
        actor=cast.dispatcher.actor, at=evening, case=first, closing="helped_on_spot"
    )
    again, is_new = services.continue_case(
        actor=cast.patroller.actor,
        at=evening + timedelta(days=20),
        person=first.person,
        division_code=TOWN,
    )
    assert is_new
    assert again.number != first.number
    assert first.person.cases.count() == 2


def test_a_case_with_an_open_duty_does_not_close(cast: Cast, meet: Meet, evening: datetime) -> None:
    case = meet()
    actor = cast.dispatcher.actor
    duty = open_duty(
        actor=actor,
        at=evening,
        kind="encounter.revisit",
        title="再次看望",
        subject=Subject("case", case.public_id),
        owner_org=STATION,
        division_code=TOWN,
        due_at=evening + timedelta(days=1),
        basis="P9-12",
        case_id=case.case_id,
    )
    with pytest.raises(services.CaseRefused, match="再次看望"):
        services.close_case(
            actor=actor, at=evening, case=case, closing="gone", note_text="两次未见"
        )
    complete_duty(actor=actor, at=evening, duty=duty, note="见到了")
    closed = services.close_case(
        actor=actor, at=evening, case=case, closing="gone", note_text="两次未见"
    )
    assert not closed.is_open


@pytest.mark.parametrize(("closing", "note"), [("", ""), ("nonsense", ""), ("gone", " ")])
def test_a_case_closes_only_in_a_named_way(
    cast: Cast, meet: Meet, evening: datetime, closing: str, note: str
) -> None:
    case = meet()
    with pytest.raises(services.CaseRefused):
        services.close_case(
            actor=cast.dispatcher.actor, at=evening, case=case, closing=closing, note_text=note
        )
    case.refresh_from_db()
    assert case.is_open


def test_the_database_refuses_a_closed_case_without_a_way(meet: Meet) -> None:
    case = meet()
    with pytest.raises(IntegrityError, match="closed_means_closed_how"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state="closed")


def _offer(cast: Cast, case: Case, at: datetime, to_org: str) -> Any:
    return offer_handover(
        actor=cast.dispatcher.actor,
        at=at,
        subject=Subject("case", case.public_id),
        case_id=case.case_id,
        to_org=to_org,
        purpose="送医救治",
        note="",
        division_code=TOWN,
    )


def test_an_offer_shows_exactly_one_case(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """The receiver previews the offered person, not the other one of the same night."""
    offered, kept = meet("王小明"), meet("李四")
    _offer(cast, offered, evening, "YY-522601-1")
    with seen_as(cast.hospital):
        assert list(Case.objects.values_list("number", flat=True)) == [offered.number]
        assert list(Person.objects.values_list("name", flat=True)) == ["王小明"]
    with seen_as(cast.police):
        assert not Case.objects.exists()
    assert Case.objects.get(pk=kept.pk).owner_org == STATION


@pytest.mark.rule("S1-27")
def test_an_accepted_hand_over_moves_person_case_and_facts(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    """The giver answers until the receiver accepts; then he reads on for the set term only."""
    case = meet("王小明")
    services.add_fact(
        actor=cast.patroller.actor,
        at=evening,
        person=case.person,
        case=case,
        kind="phone",
        value="13900000000",
        certainty="claimed",
        source="本人说的",
    )
    handover = _offer(cast, case, evening, "YY-522601-1")
    case.refresh_from_db()
    assert case.owner_org == STATION
    accept_handover(actor=cast.hospital.actor, at=evening, handover=handover)
    for row in (Case.objects.get(), Person.objects.get(), PersonFact.objects.get()):
        assert row.owner_org == "YY-522601-1", row
    with seen_as(cast.hospital):
        assert PersonFact.objects.get().secret.open() == "13900000000"
        lines = JournalEntry.objects.filter(case_id=case.case_id, verb="persons.case.open")
        assert lines.count() == 1, "the receiver reads what was written before"
    with seen_as(cast.patroller):
        assert Case.objects.exists()
        assert Person.objects.exists()
    later = evening + timedelta(days=31)
    with clock.frozen(later), scope.enter(scope.of_actor(cast.patroller.actor)):
        assert not Case.objects.exists()
        assert not Person.objects.exists()


def test_a_declined_hand_over_ends_the_preview(
    cast: Cast, meet: Meet, seen_as: SeenAs, evening: datetime
) -> None:
    case = meet()
    handover = _offer(cast, case, evening, "YY-522601-1")
    decline_handover(actor=cast.hospital.actor, at=evening, handover=handover, reason="没有床位")
    with seen_as(cast.hospital):
        assert not Case.objects.exists()
    assert Case.objects.get(pk=case.pk).owner_org == STATION


@pytest.mark.slow
def test_what_is_sealed_stays_sealed_until_the_hand_over_is_accepted(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    """The preview shows the case; phone number and hidden identity open only to who has taken over."""
    case = meet("王小明")
    phone = services.add_fact(
        actor=cast.patroller.actor,
        at=evening,
        person=case.person,
        case=case,
        kind="phone",
        value="13900000000",
        certainty="claimed",
        source="本人说的",
    )
    services.restrict_person(
        actor=cast.leader.actor, at=evening, person=case.person, case=case, reason="可能受害"
    )
    handover = _offer(cast, case, evening, "YY-522601-1")
    page = reverse("persons:detail", args=[case.person.public_id])
    door = reverse("persons:reveal", args=[case.person.public_id])
    with clock.frozen(evening):
        sees(page_for(cast.hospital, page), "接收移交后才能查看")
        for what in ("identity", str(phone.public_id)):
            asked = {"what": what, "purpose": "接诊前先了解"}
            not_found_for(cast.hospital, url=door, data=asked)
        assert not JournalEntry.objects.filter(verb="persons.person.reveal").exists()
        accept_handover(actor=cast.hospital.actor, at=evening, handover=handover)
        asked = {"what": str(phone.public_id), "purpose": "联系本人复诊"}
        sees(submits(cast.hospital, door, asked, to=page), "13900000000")


@pytest.mark.slow
def test_why_names_the_grant_that_opens_a_person(cast: Cast, meet: Meet, evening: datetime) -> None:
    """A receiver reads by the preview, a giver by what is left to him; the page says so."""
    case = meet("王小明")
    handover = _offer(cast, case, evening, "YY-522601-1")
    why = reverse("accounts:why", args=["person", case.person.public_id])
    with clock.frozen(evening):
        sees(page_for(cast.hospital, why), "本案授权", "移交预览")
        not_found_for(cast.police, url=why)
        accept_handover(actor=cast.hospital.actor, at=evening, handover=handover)
        sees(page_for(cast.hospital, why), "本单位持有")
        sees(page_for(cast.patroller, why), "本案授权", "移交后查阅")


@pytest.mark.slow
def test_a_declined_offer_takes_its_note_and_the_way_in_along(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    """Whoever declined reads his own answer, no longer what the giver wrote; the giver still does."""
    case = meet("王小明")
    handover = offer_handover(
        actor=cast.dispatcher.actor,
        at=evening,
        subject=Subject("case", case.public_id),
        case_id=case.case_id,
        to_org="YY-522601-1",
        purpose="送医救治",
        note="他说家里住在雷山",
        division_code=TOWN,
    )
    page = reverse("operations:handover", args=[handover.public_id])
    person = reverse("persons:detail", args=[case.person.public_id])
    with clock.frozen(evening):
        sees(page_for(cast.hospital, page), "家里住在雷山", "加密的内容接收后才能看")
        page_for(cast.hospital, person)
        decline = reverse("operations:decline", args=[handover.public_id])
        submits(cast.hospital, decline, {"decline-reason": "没有床位"}, to=page)
        not_found_for(cast.hospital, url=person)
        after = page_for(cast.hospital, page)
        sees(after, "没有床位")
        does_not_see(
            after, "家里住在雷山", case.number, reverse("persons:case", args=[case.public_id])
        )
        sees(page_for(cast.dispatcher, page), "家里住在雷山", "没有床位")
    assert not Grant.objects.filter(case_id=case.public_id, ended_at=None).exists()


def test_the_headline_stays_with_a_giver_who_holds_another_open_case(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    """Only one station's rows of one case move; what it still works on stays with it."""
    first = meet()
    second = Case.objects.get(pk=first.pk)
    second.pk, second.number = None, "522601-000000-ZZZZ"
    second.public_id = second.case_id = new_id()
    second._state.adding = True
    second.save()
    services.move_case(case_id=first.public_id, new_owner="YY-522601-1")
    assert Case.objects.get(pk=first.pk).owner_org == "YY-522601-1"
    assert Case.objects.get(pk=second.pk).owner_org == STATION
    assert Person.objects.get().owner_org == STATION


def test_each_change_is_one_line_that_names_no_one(
    cast: Cast, meet: Meet, evening: datetime
) -> None:
    case = meet("王小明")
    services.add_fact(
        actor=cast.patroller.actor,
        at=evening,
        person=case.person,
        case=case,
        kind="alias",
        value="小明",
        certainty="claimed",
        source="本人说的",
    )
    lines = journal.timeline(Subject("person", case.person.public_id))
    assert [line.verb for line in lines] == ["persons.fact.add", "persons.case.open"]
    said = "".join(f"{line.summary}{line.changes}{line.basis}" for line in lines)
    assert "小明" not in said
    assert journal.open_sealed(lines[0]) == {"value": "小明"}
    assert not list(journal.verify())
