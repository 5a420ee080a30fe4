"""Photos, exports, rate limits, jobs and events at the edges of the system."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from openpyxl import load_workbook
from PIL import Image
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from nuantu.core import clock, events, exports, files, live, throttle
from nuantu.core.actors import SYSTEM
from nuantu.core.exports import safe_text
from nuantu.core.jobs import defer, job
from nuantu.core.models import StoredFile

GPS = 0x8825


def photo(size: tuple[int, int] = (40, 30), *, gps: bool = False) -> SimpleUploadedFile:
    image = Image.new("RGB", size, "white")
    exif = Image.Exif()
    if gps:
        exif.get_ifd(GPS)[1] = "N"
        exif.get_ifd(GPS)[2] = (26.0, 35.0, 0.0)
    body = BytesIO()
    image.save(body, "JPEG", exif=exif)
    return SimpleUploadedFile("bridge.jpg", body.getvalue(), "image/jpeg")


def keep(upload: SimpleUploadedFile) -> StoredFile:
    return files.store(
        upload=upload,
        division_code="522601000000",
        owner_org="JZ-522601",
        case_id=None,
        purpose="tip",
        actor=SYSTEM,
        at=clock.now(),
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    "upload",
    [
        SimpleUploadedFile("a.jpg", b"MZ not a photo", "image/jpeg"),
        SimpleUploadedFile(
            "a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", "image/svg+xml"
        ),
        SimpleUploadedFile("a.jpg", photo().read()[:200], "image/jpeg"),
        SimpleUploadedFile("empty.png", b"", "image/png"),
    ],
)
def test_what_is_not_a_photo_is_refused_with_its_field(upload: SimpleUploadedFile) -> None:
    with pytest.raises(files.PhotoRefused) as refusal:
        keep(upload)
    assert refusal.value.field == "photo"
    assert not StoredFile.objects.exists()


@pytest.mark.django_db
def test_a_photo_over_the_limit_is_refused_before_it_is_decoded(
    settings: Settings,
) -> None:
    settings.NUANTU_PHOTO_BYTES = 100
    with pytest.raises(files.PhotoRefused, match="MB"):
        keep(photo())


@pytest.mark.django_db
def test_a_picture_that_would_burst_the_memory_is_refused(settings: Settings) -> None:
    settings.NUANTU_PHOTO_PIXELS = 1000
    with pytest.raises(files.PhotoRefused):
        keep(photo((100, 100)))


@pytest.mark.django_db
def test_few_bytes_that_unpack_whole_are_held_to_fewer_pixels_than_a_phone_photo() -> None:
    """Only JPEG is decoded at the size that is served, upright as the camera was held."""
    size = (5002, 5000)
    bomb, large = BytesIO(), BytesIO()
    Image.new("1", size).save(bomb, "PNG")
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.new("L", size).save(large, "JPEG", quality=1, exif=turned)
    with pytest.raises(files.PhotoRefused, match="像素"):
        keep(SimpleUploadedFile("a.png", bomb.getvalue(), "image/png"))
    kept = keep(SimpleUploadedFile("a.jpg", large.getvalue(), "image/jpeg"))
    assert (kept.width, kept.height) == (1999, 2000)


@pytest.mark.django_db
def test_the_served_copy_has_no_position_and_the_original_keeps_it_sealed() -> None:
    upload = photo(gps=True)
    original = upload.read()
    file = keep(upload)

    served = Image.open(BytesIO(files.read_served(file)))
    assert not served.getexif().get_ifd(GPS)
    assert files.read_original(file) == original
    on_disk = b"".join(p.read_bytes() for p in files._folder(file.public_id).iterdir())
    assert original not in on_disk


@pytest.mark.django_db
def test_the_served_copy_has_no_words_that_the_camera_wrote_into_the_file() -> None:
    body = BytesIO()
    words = b"Zhang San, under the south bridge"
    Image.new("RGB", (40, 30), "white").save(body, "JPEG", comment=words, xmp=b"<x>" + words)
    file = keep(SimpleUploadedFile("bridge.jpg", body.getvalue(), "image/jpeg"))
    assert words in files.read_original(file)
    assert words not in files.read_served(file)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2", "@sum", "\t=1", "=cmd|' /C calc'!A0"])
def test_a_formula_leaves_as_text(text: str) -> None:
    assert safe_text(text).startswith("'")


def test_a_register_opens_in_excel_with_text_cells_and_kept_zeros() -> None:
    response = exports.register_xlsx(
        "登记册", ["编号", "内容"], [["007", "=HYPERLINK(1)\x00"], ["1", "正常"]]
    )
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows == [("编号", "内容"), ("007", "'=HYPERLINK(1)"), ("1", "正常")]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s"}


@pytest.mark.django_db
def test_the_limit_is_counted_per_window_and_key() -> None:
    at = clock.now()
    with clock.frozen(at):
        assert [throttle.allow("tip:1.2.3.4", 2, 60) for _ in range(3)] == [True, True, False]
        assert throttle.allow("tip:5.6.7.8", 2, 60)


def test_a_hint_reaches_the_owner_and_the_overseer_only() -> None:
    body = {"channel": "tips", "division": "522601100000", "owner": "JZ-522601"}
    assert live.concerns(body, org="JZ-522601", prefix="")
    assert live.concerns(body, org="LX-5226", prefix="5226")
    assert not live.concerns(body, org="JZ-522622", prefix="522622")
    assert not live.concerns(body, org="YY-522601-1", prefix="")


ran: list[str] = []


@job(name="tests.note")
def note(word: str) -> None:
    ran.append(word)


@job(name="tests.asks_and_fails")
def asks_and_fails() -> None:
    defer("tests.note", word="too early")
    raise RuntimeError


def work() -> None:
    """A real worker until nothing is left, without the jobs of the clock: one of them compiles."""
    connector: Any = app.connector
    live_app = App(connector=connector.get_worker_connector())
    live_app.tasks = app.tasks
    live_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)


@pytest.mark.django_db
def test_an_event_of_a_rolled_back_transaction_never_happened() -> None:
    events.subscribe("tests.happened", "tests.note")

    @transaction.atomic
    def fail() -> None:
        events.announce("tests.happened", word="never")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not ProcrastinateJob.objects.filter(task_name="core.deliver").exists()


@pytest.mark.django_db(transaction=True)
def test_an_announced_event_reaches_its_subscriber_through_a_real_worker() -> None:
    events.subscribe("tests.happened", "tests.note")
    ran.clear()
    events.announce("tests.happened", word="once")
    while ProcrastinateJob.objects.filter(status="todo").exists():
        work()
    assert ran == ["once"]


@pytest.mark.django_db(transaction=True)
def test_what_a_job_asks_for_exists_only_if_the_job_commits() -> None:
    ran.clear()
    defer("tests.asks_and_fails")
    work()
    assert not ProcrastinateJob.objects.filter(args={"word": "too early"}).exists()
    assert ran == []
