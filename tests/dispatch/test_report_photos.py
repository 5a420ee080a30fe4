"""Photos that somebody without an account sends along: what they lose, how many, and when they go."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nuantu.core import clock, files
from nuantu.core.models import StoredFile
from nuantu.dispatch import services
from nuantu.dispatch.models import Tip, TipPhoto
from nuantu.dispatch.services.photos import HELD
from tests.cast import STATION, Cast
from tests.dispatch.reporting import ASKED, NUMBER, WHAT, WHERE, a_photo, asked_again
from tests.web import sees

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_another_photo_needs_a_photo(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    sees(asked_again(browser, WHAT, {"seen_text": "老人", "go": "more"}), "请先选一张照片", "老人")


def test_a_photo_loses_its_position_and_keeps_it_sealed(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "三棵树镇南桥"})
    assert browser.post(WHAT, {"photo": a_photo(), "go": "more"}).headers["Location"] == WHAT
    sees(browser.get(WHAT), "照片 1")
    browser.post(WHAT, {})
    browser.post(ASKED, {"asked": "wants"})
    browser.post(NUMBER, {})
    photo = TipPhoto.objects.get()
    assert photo.tip == Tip.objects.get()
    assert photo.file.owner_org == STATION
    served, original = files.read_served(photo.file), files.read_original(photo.file)
    assert b"SecretPhone" not in served
    assert b"SecretPhone" in original
    url = reverse("dispatch:photo", args=[photo.public_id])
    assert cast.nobody.browser().get(url).status_code == 302
    assert cast.outsider.browser().get(url).status_code == 404
    answer = cast.dispatcher.browser().get(url)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (SimpleUploadedFile("a.jpg", b"GIF89a not a photo", "image/jpeg"), "不是能打开的照片"),
        (
            SimpleUploadedFile("a.jpg", b"\xff\xd8\xff" + b"0" * 13_000_000, "image/jpeg"),
            "超过 12 MB",
        ),
    ],
)
def test_what_is_no_photo_is_refused_and_the_rest_is_kept(
    cast: Cast, upload: SimpleUploadedFile, says: str
) -> None:
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    sees(asked_again(browser, WHAT, {"seen_text": "老人", "photo": upload}), says, "老人")
    assert not StoredFile.objects.exists()


def test_a_photo_of_a_report_that_was_never_sent_is_thrown_away(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    browser.post(WHAT, {"photo": a_photo()})
    assert StoredFile.objects.get().purpose == HELD
    assert services.sweep_held_photos(at=clock.now()) == 0
    assert services.sweep_held_photos(at=clock.now() + timedelta(hours=25)) == 1
    assert not StoredFile.objects.exists()


def test_photos_of_reports_that_are_never_sent_are_limited_by_address(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nuantu.dispatch.services.intake.PHOTOS_PER_WINDOW", 2)
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    for status in (302, 302, 429, 429):
        assert browser.post(WHAT, {"photo": a_photo(), "go": "more"}).status_code == status
    assert StoredFile.objects.count() == 2


def test_a_seventh_photo_is_refused_in_words(cast: Cast) -> None:
    browser = cast.taxi_driver.browser()
    browser.post(WHERE, {"place_text": "南桥"})
    for _ in range(6):
        assert browser.post(WHAT, {"photo": a_photo(), "go": "more"}).status_code == 302
    page = asked_again(browser, WHAT, {"photo": a_photo(), "go": "more"})
    sees(page, "最多 6 张照片")
    assert StoredFile.objects.count() == 6
