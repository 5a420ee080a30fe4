"""Roll-call photos and complaints go when their term is over, and not while they are needed."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from nuantu.core import clock, scope
from nuantu.core.erasure import opened
from nuantu.core.models import DataKey, JournalEntry, StoredFile
from nuantu.stays.models import Complaint, RollCall
from nuantu.stays.services import care as services
from tests.cast import Cast
from tests.stays.house import NIGHT, a_complaint, a_photo, a_roll_with_photo, a_stay

pytestmark = pytest.mark.django_db
As = Callable[..., Any]
# `keep.roll_photo` is three months, `keep.complaint` two years after the answer.
LAST_DAY, DAY_AFTER = timedelta(days=90), timedelta(days=91)
TWO_YEARS = timedelta(days=730)


def test_a_photo_of_a_roll_call_is_kept_to_its_last_day_and_then_deleted(cast: Cast) -> None:
    roll = a_roll_with_photo(cast)
    assert services.sweep_roll_photos(at=NIGHT + LAST_DAY) == 0
    assert services.sweep_roll_photos(at=NIGHT + DAY_AFTER) == 1
    with scope.system("a test looks"):
        kept = RollCall.objects.get()
        assert (kept.photo, kept.marks.count()) == (None, 1)
        assert not StoredFile.objects.exists()
        line = JournalEntry.objects.get(verb="core.photo.delete")
        assert line.subjects.get().subject_id == roll.public_id
    assert services.sweep_roll_photos(at=NIGHT + DAY_AFTER) == 0


@pytest.mark.slow
def test_who_is_still_looked_for_holds_the_photo_of_the_roll_call(cast: Cast, as_: As) -> None:
    child, actor = a_stay(cast, years=12), cast.carer.actor
    with as_(cast.carer):
        services.call_roll(actor=actor, at=NIGHT, found={child: "gone"}, photo=a_photo())
    assert services.sweep_roll_photos(at=NIGHT + DAY_AFTER) == 0
    with as_(cast.carer), clock.frozen(NIGHT + DAY_AFTER):
        services.call_roll(actor=actor, at=clock.now(), found={child: "present"})
    assert services.sweep_roll_photos(at=NIGHT + DAY_AFTER) == 1


def test_a_complaint_that_waits_for_its_answer_holds_the_photos_of_those_days(
    cast: Cast, as_: As
) -> None:
    a_roll_with_photo(cast)
    row = a_complaint(cast)
    assert services.sweep_roll_photos(at=NIGHT + DAY_AFTER) == 0
    with as_(cast.station_head):
        services.answer_complaint(actor=cast.station_head.actor, at=NIGHT, row=row, words="已换")
    assert services.sweep_roll_photos(at=NIGHT + DAY_AFTER) == 1


def test_a_complaint_without_an_answer_is_kept_however_old(cast: Cast) -> None:
    row = a_complaint(cast)
    assert services.sweep_complaints(at=NIGHT + 5 * TWO_YEARS) == 0
    with scope.system("a test looks"):
        assert opened(Complaint.objects.get(pk=row.pk).text) == "饭是凉的"


def test_an_answered_complaint_goes_with_its_key_two_years_after_the_answer(
    cast: Cast, as_: As
) -> None:
    row = a_complaint(cast)
    with as_(cast.station_head):
        services.answer_complaint(
            actor=cast.station_head.actor, at=NIGHT, row=row, words="已换保温箱"
        )
    assert services.sweep_complaints(at=NIGHT + TWO_YEARS) == 0
    assert services.sweep_complaints(at=NIGHT + TWO_YEARS + timedelta(days=3)) == 1
    with scope.system("a test looks"):
        assert not Complaint.objects.exists()
        assert DataKey.objects.get(key_ref=row.public_id).destroyed_at is not None
        line = JournalEntry.objects.get(verb="stays.complaint.forget")
    assert row.number in line.summary
