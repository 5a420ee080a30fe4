"""Things and questions at the door keep what was entered; who is restricted is masked, and served."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.core.models import JournalEntry
from nuantu.papers.models import Paper
from nuantu.papers.rules.values import thawed
from nuantu.persons import services as persons
from nuantu.persons.models import Person
from nuantu.stays import services
from nuantu.stays.models import Belonging, Inquiry, Reception, Stay
from nuantu.stays.selectors import papers
from tests.cast import Cast
from tests.encounters.conftest import photo
from tests.stays.house import NIGHT, a_question, a_reception, a_stay_in_bed, a_thing
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
READY = {"arrival_mode": "self", "health": "general", "security": "passed", "telling": "tells"}


def _url(name: str, row: Any) -> str:
    return reverse(f"stays:{name}", args=[row.public_id])


def _restricted(cast: Cast, person: Person) -> None:
    persons.restrict_person(
        actor=cast.leader.actor, at=NIGHT, person=person, case=None, reason="工作人员亲属"
    )


def test_only_who_receives_takes_things_and_asks(cast: Cast) -> None:
    thing = a_thing(cast)
    refused_for(cast.carer, url=_url("end_thing", thing), data={"end": "returned"})
    not_found_for(cast.outsider, url=_url("end_thing", thing), data={"end": "returned"})
    not_found_for(cast.outsider, url=_url("thing_photo", thing))


def test_a_thing_that_is_refused_comes_back_with_everything_entered(cast: Cast) -> None:
    row = a_reception(cast)
    sent = {"kind": "cash", "item": "红布包", "quantity": "1", "seal_number": "F0917"}
    answer = submit_refused_leaving(
        cast.reception,
        _url("take_thing", row),
        sent,
        unchanged=Belonging.objects.count,
        says="金额",
    )
    sees(answer, "红布包", "F0917")


def test_so_do_a_return_a_question_and_an_answer(cast: Cast, as_: As) -> None:
    thing = a_thing(cast)
    for url, sent, says in (
        (_url("end_thing", thing), {"end": "returned", "note_text": ""}, "签收"),
        (_url("answer", a_question(cast)), {"answer": "possible", "note_text": ""}, "写明是谁"),
    ):
        submit_refused_leaving(
            cast.reception,
            url,
            sent,
            unchanged=lambda: (
                list(Belonging.objects.values_list("end")),
                list(Inquiry.objects.values_list("answer")),
            ),
            says=says,
        )
    again = a_question(cast).reception
    answer = submit_refused_leaving(
        cast.reception,
        _url("ask", again),
        {"kind": "fingerprint", "asked_of": "大十字派出所"},
        unchanged=Inquiry.objects.count,
        says="正在等答复",
    )
    sees(answer, "大十字派出所")


def test_no_answer_of_the_police_is_put_down_that_nobody_chose(cast: Cast) -> None:
    asked = a_question(cast)
    page = page_for(cast.reception, _url("reception", asked.reception))
    sees(page, '<option value="">—</option><option value="nothing">')
    submit_refused_leaving(
        cast.reception,
        _url("answer", asked),
        {"answer": "", "note_text": "电话里说的"},
        unchanged=lambda: list(Inquiry.objects.values_list("answer")),
        says="电话里说的",
    )


def test_a_photo_of_a_thing_is_kept_and_what_is_no_photo_is_said(cast: Cast, as_: As) -> None:
    row, browser = a_reception(cast), cast.reception.browser()
    sent = {"kind": "paper", "item": "身份证", "quantity": "1", "description": "边角磨损"}
    bad = SimpleUploadedFile("a.jpg", b"MZ not a photo", "image/jpeg")
    answer = browser.post(_url("take_thing", row), {**sent, "photo": bad})
    assert answer.status_code == 422
    sees(answer, "不是能打开的照片", "边角磨损")
    browser.post(_url("take_thing", row), {**sent, "photo": photo()})
    thing = Belonging.objects.get()
    assert thing.photo is not None
    assert thing.photo.case_id == row.case_id
    sees(page_for(cast.reception, _url("reception", row)), "边角磨损", _url("thing_photo", thing))
    assert browser.get(_url("thing_photo", thing)).headers["Content-Type"] == "image/jpeg"
    with as_(cast.leader):
        _restricted(cast, row.person)
    assert browser.get(_url("thing_photo", thing)).status_code == 404


def test_words_about_a_restricted_person_at_the_door_open_for_a_purpose(
    cast: Cast, as_: As
) -> None:
    row, browser = a_reception(cast), cast.reception.browser()
    kept = {**READY, "trouble": "丈夫打她", "brought_by": "同事老潘"}
    browser.post(_url("keep", row), kept)
    with as_(cast.leader):
        _restricted(cast, row.person)
    page = page_for(cast.reception, _url("reception", row))
    does_not_see(page, "丈夫打她", "同事老潘", row.person.called_as)
    does_not_see(page_for(cast.reception, "/stays/door/"), "同事老潘")
    submits(cast.reception, _url("keep", row), {**READY, "trouble": "", "brought_by": ""})
    assert Reception.objects.get().trouble == "丈夫打她"
    submit_refused_leaving(
        cast.reception,
        _url("reveal_reception", row),
        {"purpose": "看"},
        unchanged=lambda: JournalEntry.objects.filter(verb="persons.person.reveal").count(),
    )
    submits(browser, _url("reveal_reception", row), {"purpose": "安排安全的房间"})
    sees(browser.get(_url("reception", row)), "丈夫打她", "同事老潘", row.person.called_as)
    assert JournalEntry.objects.get(verb="persons.person.reveal").actor_name == cast.reception.name


def test_words_about_a_restricted_resident_are_masked_and_he_is_served(cast: Cast, as_: As) -> None:
    stay = a_stay_in_bed(cast)
    with as_(cast.carer):
        services.go_out(
            actor=cast.carer.actor,
            at=NIGHT,
            stay=stay,
            reason="errand",
            due_at=NIGHT.replace(hour=20),
            with_whom="表姐熊某",
            note_text="去法院作证",
        )
    with as_(cast.leader):
        _restricted(cast, stay.person)
    page = page_for(cast.carer, _url("detail", stay))
    does_not_see(page, "表姐熊某", "去法院作证", stay.person.called_as)
    sees(page, "外出", "照常提供救助")
    does_not_see(page, _url("reveal", stay))
    sees(page_for(cast.medic, _url("detail", stay)), _url("reveal", stay))
    browser = cast.medic.browser()
    submits(browser, _url("reveal", stay), {"purpose": "核对陪同的人"})
    sees(browser.get(_url("detail", stay)), "表姐熊某", "去法院作证")
    submits(cast.carer, _url("back", stay), {})
    assert Stay.objects.get().absences.get().back_at is not None


def test_a_refusal_is_a_paper_and_has_the_one_number_of_it(cast: Cast, as_: As) -> None:
    row = a_reception(cast)
    with as_(cast.reception):
        services.keep(
            actor=cast.reception.actor, at=NIGHT, reception=row, values={**READY, "has_means": True}
        )
        services.decide(
            actor=cast.reception.actor,
            at=NIGHT,
            reception=row,
            decision="refused",
            ground="has_means",
            note_text="本人称已订旅馆",
        )
        paper = Paper.objects.get()
        assert paper.number == row.notice_number
        said = thawed(paper.versions.get().values.open())
        assert said["reason"] == "本人称已订旅馆"
        assert said["refusal_cause"]
        assert said["legal_basis"]
        assert row.case_id is not None
        assert not list(papers._refused(row.case_id))
    sees(page_for(cast.reception, _url("reception", row)), paper.number)
