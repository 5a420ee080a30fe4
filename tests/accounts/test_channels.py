"""Duty groups are told that something waits, and nothing more."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from nuantu.accounts.jobs import deliver
from nuantu.accounts.models import Delivery, NotificationChannel, Organisation
from nuantu.accounts.rules.messages import EVENTS, short, signature, text
from nuantu.accounts.services import channels
from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.core.ids import new_id
from tests.cast import STATION, Cast
from tests.web import page_for, refused_for

EVENT = "dispatch.tip_received"


class Receiver(BaseHTTPRequestHandler):
    """The other side of a webhook."""

    got: list[tuple[dict[str, str], bytes]]
    status = 204

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).got.append((dict(self.headers), body))
        self.send_response(type(self).status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def receiver() -> Iterator[tuple[str, type[Receiver]]]:
    handler = type("Fresh", (Receiver,), {"got": []})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hook", handler
    server.shutdown()


def a_webhook(address: str) -> tuple[NotificationChannel, str]:
    return channels.add_channel(
        actor=SYSTEM,
        at=clock.now(),
        organisation=Organisation.objects.get(code=STATION),
        name="夜班",
        kind="webhook",
        address=address,
        events=[EVENT],
    )


def tell() -> Delivery:
    channels.notify(
        org_code=STATION, event=EVENT, subject_id=new_id(), path="/tips/1/", at=clock.now()
    )
    return Delivery.objects.latest("made_at")


def test_a_message_holds_the_event_a_number_and_a_link_only() -> None:
    """Whatever the group chat's provider reads, it reads no name and no place."""
    for event in EVENTS:
        title, body = text(event, "AB12CD34", "https://x/tips/1/")
        assert body.splitlines()[1:] == ["编号 No. AB12CD34", "https://x/tips/1/"]
        assert title.startswith("暖途：")


def test_a_signature_fits_one_moment_and_one_body() -> None:
    """A body replayed with another stamp does not fit."""
    assert signature("s", "1", b"{}") != signature("s", "2", b"{}")
    assert signature("s", "1", b"{}") != signature("t", "1", b"{}")


@pytest.mark.django_db
def test_only_the_administrator_sets_channels_up(cast: Cast) -> None:
    refused_for(cast.nobody, cast.dispatcher, cast.section_head, url="/channels/")
    page_for(cast.admin, "/channels/")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "address"), [("webhook", "ftp://x"), ("apprise", "no-such-thing")]
)
def test_an_address_that_cannot_work_is_refused_with_its_field(
    cast: Cast, kind: str, address: str
) -> None:
    page = cast.admin.browser().post(
        "/channels/",
        {"name": "x", "organisation": STATION, "kind": kind, "address": address, "events": [EVENT]},
    )
    assert page.status_code == 422
    assert "address" in page.context["form"].errors
    assert not NotificationChannel.objects.exists()


@pytest.mark.django_db
def test_a_webhook_arrives_signed(cast: Cast, receiver: tuple[str, type[Receiver]]) -> None:
    address, handler = receiver
    _, secret = a_webhook(address)
    delivery = tell()

    deliver(str(delivery.public_id))

    headers, body = handler.got[0]
    assert headers["X-Nuantu-Signature"] == signature(secret, headers["X-Nuantu-Timestamp"], body)
    assert set(json.loads(body)) == {"event", "reference", "link", "at"}
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.SENT


@pytest.mark.django_db
def test_a_refused_message_is_tried_eight_times_and_then_listed_as_failed(
    cast: Cast, receiver: tuple[str, type[Receiver]]
) -> None:
    address, handler = receiver
    handler.status = 503
    a_webhook(address)
    delivery = tell()
    for _ in range(10):
        deliver(str(delivery.public_id))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, len(handler.got)) == (Delivery.State.FAILED, 8, 8)
    assert delivery.error == "HTTP 503"
    assert "503" in page_for(cast.admin, "/channels/").content.decode()
    assert ProcrastinateJob.objects.filter(task_name="accounts.deliver").count() == 8


@pytest.mark.django_db
def test_the_same_thing_is_told_once_however_often_the_job_runs(cast: Cast) -> None:
    a_webhook("http://127.0.0.1:9/")
    subject = new_id()
    told = [
        channels.notify(org_code=STATION, event=EVENT, subject_id=subject, path="/", at=clock.now())
        for _ in range(3)
    ]
    assert told == [1, 0, 0]
    assert Delivery.objects.get().reference == short(str(subject))


@pytest.mark.django_db
def test_a_stopped_channel_is_told_nothing(cast: Cast) -> None:
    channel, _ = a_webhook("http://127.0.0.1:9/")
    channels.end_channel(actor=SYSTEM, at=clock.now(), channel=channel)
    assert (
        channels.notify(
            org_code=STATION, event=EVENT, subject_id=new_id(), path="/", at=clock.now()
        )
        == 0
    )
