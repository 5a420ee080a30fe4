"""The complaints box: who is meant cannot read, who is heard need not give a name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import scope
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.persons.models import EvidenceHold
from nuantu.persons.selectors.holds import held_cases
from nuantu.stays.models import Complaint, Stay
from nuantu.stays.services import care as services
from tests.cast import BUREAU, STATION, Cast, Player
from tests.stays.house import NIGHT, a_stay
from tests.web import does_not_see, not_found_for, page_for, refused_for, sees, submits

pytestmark = pytest.mark.django_db
As = Callable[..., Any]


def _take(cast: Cast, as_: As, about: Player | None = None, **said: Any) -> Complaint:
    with as_(cast.carer):
        return services.take_complaint(
            actor=cast.carer.actor,
            at=NIGHT,
            said=services.Said(
                topic="behaviour",
                channel="tablet",
                text="半夜被骂",
                about=about.account if about else None,
                **said,
            ),
        )


def test_whoever_is_meant_cannot_read_it_even_in_the_database(cast: Cast, as_: As) -> None:
    row = _take(cast, as_, about=cast.carer)
    with as_(cast.carer):
        assert not Complaint.objects.exists()
    with as_(cast.station_head):
        assert Complaint.objects.get().owner_org == STATION
    refused_for(cast.carer, cast.medic, url=reverse("stays:complaint", args=[row.public_id]))


@pytest.mark.slow
def test_about_the_head_the_authority_above_answers(cast: Cast, as_: As) -> None:
    row = _take(cast, as_, about=cast.station_head)
    assert row.owner_org == BUREAU
    with as_(cast.station_head):
        assert not Complaint.objects.exists()
    address = reverse("stays:complaint", args=[row.public_id])
    not_found_for(cast.station_head, cast.outsider, url=address)
    sees(page_for(cast.section_head, "/stays/care/complaints/"), row.number)
    whole = _take(cast, as_, is_about_head=True)
    assert whole.owner_org == BUREAU
    with as_(cast.station_head):
        assert not Complaint.objects.exists()
    not_found_for(cast.station_head, url=reverse("stays:complaint", args=[whole.public_id]))


def test_it_says_nothing_of_itself_in_duty_and_journal(cast: Cast, as_: As) -> None:
    row = _take(cast, as_, stay=a_stay(cast))
    duty = Duty.objects.get(kind="stay.complaint")
    assert duty.due_at > NIGHT
    lines = JournalEntry.objects.filter(verb__startswith="stays.complaint")
    assert "半夜" not in f"{duty.title}{[(x.summary, x.changes) for x in lines]}"
    assert "半夜" not in row.text.token


def test_it_is_answered_once_and_in_words(cast: Cast, as_: As) -> None:
    row, head = _take(cast, as_), cast.station_head.actor
    later = NIGHT + timedelta(days=2)
    with as_(cast.station_head):
        with pytest.raises(services.ComplaintRefused, match="请写明"):
            services.answer_complaint(actor=head, at=later, row=row, words=" ")
        services.answer_complaint(actor=head, at=later, row=row, words="已谈话，换班")
        with pytest.raises(services.ComplaintRefused, match="已经答复"):
            services.answer_complaint(actor=head, at=later, row=row, words="再答")
        assert not Duty.objects.filter(kind="stay.complaint", state="open").exists()


@pytest.mark.slow
def test_it_is_taken_on_the_tablet_opened_with_a_trace_and_answered(cast: Cast) -> None:
    sent = {"topic": "food", "text": "饭是凉的", "channel": "tablet"}
    lost = cast.carer.browser().post("/stays/care/complain/", {**sent, "topic": ""})
    assert lost.status_code == 422
    sees(lost, "饭是凉的")
    # led on, so that loading the page again does not hand it in twice
    page = submits(cast.carer, "/stays/care/complain/", sent, to="/stays/care/complain/")
    row = Complaint.objects.get()
    sees(page, row.number)
    does_not_see(page, "饭是凉的")
    address = reverse("stays:complaint", args=[row.public_id])
    does_not_see(page_for(cast.station_head, address), "饭是凉的")
    opened = cast.station_head.browser().post(
        reverse("stays:complaint_open", args=[row.public_id]), {}
    )
    sees(opened, "饭是凉的")
    assert JournalEntry.objects.filter(verb="stays.complaint.open").count() == 1
    looks = reverse("accounts:looks", args=["complaint", row.public_id])
    sees(page_for(cast.station_head, looks), "查看在站人员意见")
    sees(submits(cast.station_head, address, {"words": "改为保温桶"}), "改为保温桶")


def test_while_a_named_complaint_waits_what_shows_him_is_not_deleted_and_nobody_is_told(
    cast: Cast, as_: As
) -> None:
    stay = a_stay(cast)
    row = _take(cast, as_, stay=stay)
    with scope.system("the job of the night"):
        assert stay.case_id in held_cases()
        assert not EvidenceHold.objects.exists()
    with as_(cast.station_head):
        services.answer_complaint(
            actor=cast.station_head.actor, at=NIGHT, row=row, words="已道歉，已换班"
        )
    with scope.system("the job of the night"):
        assert stay.case_id not in held_cases()


@pytest.mark.slow
def test_a_complaint_without_a_name_holds_what_shows_whoever_can_have_written_it(
    cast: Cast, as_: As
) -> None:
    long_gone, lately_gone, here = a_stay(cast), a_stay(cast), a_stay(cast)
    with scope.system("a test lets people leave"):
        for stay, days in ((long_gone, 31), (lately_gone, 29)):
            came, went = NIGHT - timedelta(days=90), NIGHT - timedelta(days=days)
            Stay.objects.filter(pk=stay.pk).update(entered_at=came, left_at=went)
    row = _take(cast, as_)
    later = a_stay(cast)
    with scope.system("a test lets somebody come later"):
        Stay.objects.filter(pk=later.pk).update(entered_at=NIGHT + timedelta(days=1))
    with scope.system("the job of the night"):
        assert held_cases() == {lately_gone.case_id, here.case_id}
        assert not EvidenceHold.objects.exists()
    with as_(cast.station_head):
        services.answer_complaint(actor=cast.station_head.actor, at=NIGHT, row=row, words="已改")
    with scope.system("the job of the night"):
        assert held_cases() == set()


def test_a_complaint_about_the_head_reaches_the_house_although_the_authority_above_has_it(
    cast: Cast, as_: As
) -> None:
    stay = a_stay(cast)
    assert _take(cast, as_, is_about_head=True).owner_org == BUREAU
    with scope.system("the job of the night"):
        assert stay.case_id in held_cases()
