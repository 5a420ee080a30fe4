"""Photos and videos that may not be deleted yet, beginning with who is refused."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, journal, scope
from nuantu.core.models import JournalEntry
from nuantu.operations.models import Duty
from nuantu.patrols import services as patrols
from nuantu.patrols.models import PatrolPhoto, PatrolRun, PatrolTrack, PatrolVisit
from nuantu.persons import services
from nuantu.persons.models import EvidenceHold
from tests import builders
from tests.builders import PATROL
from tests.cast import Cast
from tests.encounters.conftest import photo
from tests.web import not_found_for

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
SAID = {
    "cause": "complaint",
    "reason": "信访 12 号",
    "asked_by": "本人",
    "review_date": "2027-01-10",
}
YEARS_ON = PATROL + timedelta(days=365 * 4)


@pytest.fixture
def kept(cast: Cast) -> PatrolPhoto:
    """A photo of a stop, and the track of a device on the same patrol."""
    visit: PatrolVisit = builders.a_patrol_visit(cast)
    actor = cast.patroller.actor
    with scope.enter(scope.of_actor(actor)):
        found = patrols.add_photo(actor=actor, at=PATROL, visit=visit, upload=photo())
    with scope.system("a test loads a track"):
        PatrolTrack.objects.create(
            run=visit.run, file_name="a.gpx", digest="0" * 64, began_at=PATROL, ended_at=PATROL,
            seconds=[0], lats=[26.5], lons=[107.9], loaded_by="x", recorded_at=PATROL,
            keep_until_date=date(2029, 12, 14),
        )  # fmt: skip
    return found


def _url(run: PatrolRun) -> str:
    return reverse("persons:hold_add", args=["patrol_run", run.public_id])


def _place(cast: Cast, run: PatrolRun, **said: str) -> Any:
    with clock.frozen(PATROL):
        return cast.station_head.browser().post(_url(run), SAID | said)


def _hold() -> EvidenceHold:
    with scope.system("a test looks"):
        return EvidenceHold.objects.get()


def _swept(at: datetime) -> int:
    with scope.system("the job of the night"):
        return patrols.sweep_photos(at=at)


@pytest.mark.slow
def test_neither_another_county_nor_a_team_member_holds_evidence(
    cast: Cast, kept: PatrolPhoto
) -> None:
    not_found_for(cast.outsider, url=_url(kept.visit.run))
    assert cast.patroller.browser().get(_url(kept.visit.run)).status_code in (403, 404)
    odd = reverse("persons:hold_add", args=["person", kept.public_id])
    assert cast.station_head.browser().get(odd).status_code == 404
    _place(cast, kept.visit.run)
    page = reverse("persons:hold", args=[_hold().public_id])
    not_found_for(cast.outsider, url=page)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"reason": ""}, "为什么要保全"),
        ({"review_date": "2026-12-14"}, "复核日期"),
        ({"review_date": "2031-01-01"}, "90 天"),
    ],
)
def test_a_hold_needs_a_reason_and_a_near_day_of_review(
    cast: Cast, kept: PatrolPhoto, said: dict[str, str], words: str
) -> None:
    answer = _place(cast, kept.visit.run, **said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "本人" in answer.content.decode()


@pytest.mark.slow
def test_what_is_held_outlives_its_term_until_the_hold_is_ended_and_its_review_is_owed(
    cast: Cast, kept: PatrolPhoto, django_capture_on_commit_callbacks: "Callable[..., Any]"
) -> None:
    assert _place(cast, kept.visit.run).status_code == 302
    hold = _hold()
    assert _swept(YEARS_ON) == 0
    with scope.system("a test looks"):
        duty = Duty.objects.get(kind="evidence.hold_review")
    assert (duty.owner_org, duty.state) == (kept.visit.run.owner_org, "open")
    run_page = reverse("patrols:run", args=[kept.visit.run.public_id])
    assert "影像保全中" in cast.station_head.browser().get(run_page).content.decode()
    page = reverse("persons:hold", args=[hold.public_id])
    with clock.frozen(PATROL + timedelta(days=20)):
        browser = cast.station_head.browser()
        undated = browser.post(page, {"answer": "keep", "reason": "还在调查"})
        assert undated.status_code == 422
        assert "下次复核的日期" in undated.content.decode()
        browser.post(page, {"answer": "keep", "reason": "还在调查", "review_date": "2027-03-01"})
        with scope.system("a test looks"):
            duties = Duty.objects.filter(kind="evidence.hold_review").order_by("opened_at")
            assert [duty.state for duty in duties] == ["done", "open"]
        browser.post(page, {"answer": "end", "reason": "投诉已答复"})
    with django_capture_on_commit_callbacks(execute=True):
        assert _swept(YEARS_ON) == 2
    with scope.system("a test looks"):
        assert not PatrolPhoto.objects.exists()
        assert not PatrolTrack.objects.exists()
        assert not Duty.objects.filter(kind="evidence.hold_review", state="open").exists()
        verbs = JournalEntry.objects.filter(verb__startswith="persons.hold").order_by("recorded_at")
        assert [line.verb.rpartition(".")[2] for line in verbs] == ["place", "keep", "end"]
        assert JournalEntry.objects.filter(verb="patrols.track.delete").count() == 1
        assert not list(journal.verify())


@pytest.mark.slow
def test_a_hold_on_a_case_reaches_the_patrol_on_which_he_was_met_and_stops_an_erasure(
    cast: Cast, kept: PatrolPhoto
) -> None:
    case = builders.a_case(cast)
    with scope.system("a test ties a contact to the stop"):
        kept.visit.contacts.create(
            subject_kind="encounter", subject_id=case.public_id, case_id=case.case_id,
            noted_at=PATROL,
        )  # fmt: skip
    url = reverse("persons:hold_add", args=["case", case.public_id])
    with clock.frozen(PATROL):
        assert cast.station_head.browser().post(url, SAID).status_code == 302
    page = reverse("persons:detail", args=[case.person.public_id])
    person = cast.station_head.browser().get(page)
    assert "影像保全中" in person.content.decode()
    assert _swept(YEARS_ON) == 0
    actor = cast.dispatcher.actor
    services.close_case(actor=actor, at=clock.now(), case=case, closing="helped_on_spot")
    with pytest.raises(services.CaseRefused, match="还在保全"):
        services.erase(actor=cast.station_head.actor, at=clock.now(), case=case, reason="本人要求")
