"""Short videos of a contact as evidence (P1-10), beginning with what is refused and who may not use them."""

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse

from nuantu.core import clock, files
from nuantu.encounters.models import Encounter, Evidence
from nuantu.encounters.services import EncounterRefused, record_encounter
from tests.clips import MP4, WEBM, clip
from tests.encounters.conftest import EVENING, photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Player

    Seen = Callable[[Player], Any]
    Met = Callable[..., Any]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county_plan")]


def _record(cast: "Cast", contact: Any, *uploads: Any) -> Encounter:
    done = record_encounter(actor=cast.patroller.actor, at=EVENING, contact=contact, photos=uploads)
    return done.encounter


@pytest.mark.parametrize(
    ("content", "says"),
    [(WEBM[:-40], "不是完整的视频"), (MP4 + bytes(20_000_001), "超过 20 MB")],
)
def test_what_is_cut_off_or_too_large_is_refused(
    cast: "Cast", seen_as: "Seen", refused: "Met", content: bytes, says: str
) -> None:
    with seen_as(cast.patroller), pytest.raises(files.PhotoRefused, match=says):
        _record(cast, refused(), clip(content))
    assert not Encounter.objects.exists()


@pytest.mark.slow
def test_photos_and_videos_are_counted_apart(cast: "Cast", seen_as: "Seen", refused: "Met") -> None:
    with seen_as(cast.patroller):
        with pytest.raises(EncounterRefused, match="最多 2 段视频"):
            _record(cast, refused(), clip(), clip(), clip())
        with pytest.raises(EncounterRefused, match="最多 6 张照片"):
            _record(cast, refused(), *(photo(f"{n}.jpg") for n in range(7)))
        made = _record(cast, refused(), *(photo(f"{n}.jpg") for n in range(6)), clip(), clip())
    assert made.photos.count() == 8


@pytest.mark.rule("P1-10")
def test_a_refusal_with_a_video_alone_is_evidenced_and_kept_as_long_as_photos(
    cast: "Cast", seen_as: "Seen", refused: "Met"
) -> None:
    with seen_as(cast.patroller):
        made = _record(cast, refused(), clip(MP4, "VID_0001.mp4"))
    kept = Evidence.objects.select_related("file").get()
    assert (made.evidence, kept.file.media_type) == ("taken", "video/mp4")
    assert kept.file.case_id == made.case_id
    assert kept.keep_until_date > clock.local(EVENING).date()


@pytest.mark.slow
def test_a_video_is_played_on_the_page_and_becomes_nobodys_picture(
    cast: "Cast", seen_as: "Seen", refused: "Met"
) -> None:
    with seen_as(cast.patroller):
        made = _record(cast, refused(), clip())
    kept = Evidence.objects.get()
    url = reverse("encounters:photo", args=[kept.public_id])
    with clock.frozen(EVENING):
        browser = cast.patroller.browser()
        page = browser.get(reverse("encounters:detail", args=[made.public_id])).content.decode()
        assert f'<video src="{url}"' in page
        assert "用作卡片照片" not in page
        answer = browser.get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "video/webm")
        use = reverse("encounters:use_photo", args=[kept.public_id])
        assert browser.post(use).status_code == 404
        assert cast.outsider.browser().get(url).status_code == 404


def test_the_form_takes_a_video_beside_a_photo(cast: "Cast") -> None:
    fields = {
        "conditions": "thin_clothes",
        "sex": "male",
        "looks": "灰大衣",
        "capacity": "capable",
        "outcome": "helped_on_spot",
        "place": "南桥桥洞",
        "photos": [photo(), clip()],
    }
    with clock.frozen(EVENING):
        answer = cast.patroller.browser().post(reverse("encounters:new"), fields)
    assert answer.status_code == 302, answer.content.decode()
    kinds = Evidence.objects.order_by("pk").values_list("file__media_type", flat=True)
    assert list(kinds) == ["image/jpeg", "video/webm"]
