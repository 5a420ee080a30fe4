"""A report as the public makes it: in one call, or in the four steps of the pages."""

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from nuantu.core import scope
from nuantu.core.actors import PUBLIC
from nuantu.dispatch import services
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.reports import Report
from tests.builders import EVENING

WHERE, WHAT, ASKED, NUMBER = (f"/report/{step}/" for step in ("where", "what", "asked", "number"))


def tip_url(tip: Tip, name: str = "tip") -> str:
    return reverse(f"dispatch:{name}", args=[tip.public_id])


def take(place: str = "南桥桥洞", at: datetime = EVENING, **said: Any) -> services.Taken:
    report = Report(place_text=place, **said)
    with scope.public():
        return services.take_tip(actor=PUBLIC, at=at, report=report)


def a_photo(*, has_position: bool = True) -> SimpleUploadedFile:
    image, exif, body = Image.new("RGB", (64, 48), "gray"), Image.Exif(), BytesIO()
    if has_position:
        exif.get_ifd(0x8825).update({1: "N", 2: (26.0, 34.0, 0.0), 3: "E", 4: (107.0, 58.0, 0.0)})
        exif[0x010F] = "SecretPhone"
    image.save(body, "JPEG", exif=exif)
    return SimpleUploadedFile("man.jpg", body.getvalue(), "image/jpeg")


def fill_in(browser: Client, **said: object) -> str:
    """Walk the four steps; the address of the receipt."""
    steps: dict[str, dict[str, object]] = {
        WHERE: {"place_text": "三棵树镇南桥桥洞"},
        WHAT: {"flags": ["elderly"], "seen_text": "老人躺在桥下", "person_count": 1},
        ASKED: {"asked": "not_asked"},
        NUMBER: {"callback": "138 0000 0000"},
    }
    browser.get("/report/?new=1")
    for url, fields in steps.items():
        answer = browser.post(url, fields | {k: v for k, v in said.items() if k in fields})
        assert answer.status_code == 302, (url, answer.content.decode()[:2000])
    return str(answer.headers["Location"])


def asked_again(browser: Client, url: str, said: Mapping[str, object]) -> Any:
    """The step's own page after an answer that must be mended: no form is sent by loading it."""
    answer = browser.post(url, dict(said))
    assert (answer.status_code, answer.headers["Location"]) == (302, url)
    return browser.get(url)
