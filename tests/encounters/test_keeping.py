"""How long the photos of a contact are kept, beginning with what stays."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse

from nuantu.core import clock, files, journal, scope
from nuantu.core.models import JournalEntry
from nuantu.encounters import services
from nuantu.encounters.models import Evidence
from nuantu.persons.models import Case
from nuantu.persons.services import close_case
from tests.cast import Cast
from tests.web import not_found_for

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
Make = Callable[..., Any]


def _swept(at: datetime) -> int:
    with scope.system("the job of the night"):
        return services.sweep_evidence(at=at)


def test_a_photo_goes_after_its_last_day_once_the_case_is_closed_and_the_journal_proves_it(
    cast: Cast,
    met: Make,
    record: Make,
    evening: datetime,
    django_capture_on_commit_callbacks: Make,
) -> None:
    with clock.frozen(evening):
        encounter = record(met(outcome="helped_on_spot", to_org=""), photos=1).encounter
    with scope.system("a test looks"):
        kept = encounter.photos.select_related("file").get()
    last = datetime.combine(kept.keep_until_date, time(12), tzinfo=UTC)
    after = last + timedelta(days=1)
    assert _swept(after) == 0, "its case is open"
    with scope.system("a test looks"):
        case = Case.objects.get(case_id=encounter.case_id)
    close_case(
        actor=cast.leader.actor,
        at=evening,
        case=case,
        closing="helped_on_spot",
        note_text="",
    )
    assert _swept(last) == 0, "its last day is still its own"
    with django_capture_on_commit_callbacks(execute=True):
        assert _swept(after) == 1
    assert _swept(after) == 0
    with scope.system("a test looks"):
        assert not Evidence.objects.exists()
        line = JournalEntry.objects.get(verb="core.photo.delete")
        assert line.changes["digest"] == kept.file.original_digest
        assert not list(journal.verify())
    with pytest.raises(files.FileDamaged):
        files.read_served(kept.file)
    not_found_for(cast.leader, url=reverse("encounters:photo", args=[kept.public_id]))
