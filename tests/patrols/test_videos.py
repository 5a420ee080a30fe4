"""Short videos of a stop as evidence, beginning with what is refused and who may not look."""

import struct
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, files, scope
from nuantu.core.erasure import erase_case
from nuantu.core.ids import new_id
from nuantu.core.models import JournalEntry
from nuantu.core.subjects import Subject
from nuantu.core.vault import KeyDestroyed
from nuantu.operations.selectors import rules_at
from nuantu.patrols import access, services
from nuantu.patrols.models import PatrolPhoto, PatrolVisit
from nuantu.patrols.selectors import coverage, register
from tests import builders
from tests.builders import PATROL
from tests.cast import COUNTY, STATION
from tests.clips import MP4, WEBM, clip
from tests.encounters.conftest import photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]

pytestmark = pytest.mark.django_db
SOON = PATROL + timedelta(minutes=6)


@pytest.fixture(autouse=True)
def _on_patrol(_at_night: None) -> Any:
    with clock.frozen(PATROL):
        yield


def _add(cast: "Cast", visit: PatrolVisit, upload: Any) -> PatrolPhoto:
    return services.add_photo(actor=cast.patroller.actor, at=SOON, visit=visit, upload=upload)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (WEBM[:-40], "不是完整的视频"),
        (MP4[:600], "不是完整的视频"),
        (MP4 + bytes(4) + b"free" + bytes(20_000_001), "超过 20 MB"),
        (b"no video at all", "不是能打开的照片"),
    ],
)
def test_what_is_cut_off_too_large_or_no_video_is_refused(
    cast: "Cast", seen_as: "Seen", content: bytes, says: str
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller), pytest.raises(files.PhotoRefused, match=says):
        _add(cast, visit, clip(content, "clip.mp4"))


def test_a_video_that_says_it_is_too_long_is_refused(cast: "Cast", seen_as: "Seen") -> None:
    visit = builders.a_patrol_visit(cast)
    at = WEBM.index(b"\x44\x89\x84") + 3
    long = WEBM[:at] + struct.pack(">f", 90_000.0) + WEBM[at + 4 :]
    with seen_as(cast.patroller), pytest.raises(files.PhotoRefused, match="超过 60 秒"):
        _add(cast, visit, clip(long))


def test_a_stop_has_so_many_videos_and_its_photos_are_counted_apart(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        for _turn in range(2):
            _add(cast, visit, clip())
        with pytest.raises(services.RunRefused, match="最多 2 段视频"):
            _add(cast, visit, clip(MP4))
        _add(cast, visit, photo())
        assert visit.photos.count() == 3
    assert rules_at(COUNTY, SOON).need("video.count").status == "unverified"


@pytest.mark.slow
def test_a_video_is_shown_to_who_may_see_the_run_and_by_what_it_is_not_by_its_name(
    cast: "Cast",
) -> None:
    visit = builders.a_patrol_visit(cast)
    browser = cast.patroller.browser()
    press = reverse("patrols:visit_photo", args=[visit.public_id])
    assert browser.post(press, {"photo": clip(WEBM[:-40])}).status_code == 422
    assert browser.post(press, {"photo": clip(MP4, "holiday.jpg")}).status_code == 302
    with scope.system("a test looks"):
        kept = PatrolPhoto.objects.select_related("file").get()
    url = reverse("patrols:photo", args=[kept.public_id])
    assert cast.other_patroller.browser().get(url).status_code == 404
    answer = cast.leader.browser().get(url)
    assert (answer["Content-Type"], answer.content) == ("video/mp4", MP4)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert kept.file.owner_org == STATION


@pytest.mark.slow
def test_a_video_goes_with_the_case_of_who_was_met_there(cast: "Cast", seen_as: "Seen") -> None:
    visit = builders.a_patrol_visit(cast)
    actor, case_id = cast.patroller.actor, new_id()
    contact = Subject("encounter", new_id())
    with seen_as(cast.patroller):
        services.note_contact(actor=actor, at=SOON, visit=visit, contact=contact, case_id=case_id)
        kept = _add(cast, visit, clip())
        assert files.read_original(kept.file) == WEBM
    erase_case(
        case_id=case_id,
        actor=cast.station_head.actor,
        at=SOON,
        reason="本人要求",
        division_code=COUNTY,
        owner_org=STATION,
    )
    for read in (files.read_served, files.read_original):
        with pytest.raises(KeyDestroyed):
            read(kept.file)


def test_a_video_goes_after_its_last_day_and_the_journal_proves_it(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        kept = _add(cast, visit, clip())
    last = datetime.combine(kept.keep_until_date, time(12), tzinfo=UTC)
    with scope.system("the job of the night"):
        assert services.sweep_photos(at=last) == 0
        assert services.sweep_photos(at=last + timedelta(days=1)) == 1
        line = JournalEntry.objects.get(verb="core.photo.delete")
    assert line.summary == "视频保存期满，已删除"
    assert line.changes["digest"] == kept.file.original_digest


def test_the_month_and_the_register_count_videos_apart_from_photos(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    with seen_as(cast.patroller):
        for upload in (photo(), clip(), clip(MP4)):
            _add(cast, visit, upload)
    with seen_as(cast.office):
        runs = access.runs_for(cast.office.actor)
        (month,) = coverage.months(runs)
        (row,) = register.rows_of(runs)
    assert (month.photos, month.videos) == (1, 2)
    named = dict(zip(register.headings(), row, strict=True))
    assert (named["照片"], named["视频"]) == (1, 2)


@pytest.mark.slow
@pytest.mark.rule("P1-18")
def test_a_patrol_is_registered_in_writing_and_marked_until_its_video_is_kept(
    cast: "Cast", seen_as: "Seen"
) -> None:
    visit = builders.a_patrol_visit(cast)
    page = reverse("patrols:run", args=[visit.run.public_id])
    with seen_as(cast.patroller):
        services.nobody_here(actor=cast.patroller.actor, at=SOON, visit=visit, note="只有纸板")
        _add(cast, visit, photo())
    text = cast.leader.browser().get(page).content.decode()
    assert "只有纸板" in text
    assert "没有视频" in text, "a photo is no video"
    with seen_as(cast.patroller):
        kept = _add(cast, visit, clip())
    text = cast.leader.browser().get(page).content.decode()
    assert "没有视频" not in text
    assert reverse("patrols:photo", args=[kept.public_id]) in text
    assert kept.keep_until_date > clock.local(SOON).date()
