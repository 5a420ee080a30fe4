"""Duty groups are told that something waits, and nothing more."""

import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network
from typing import Any

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from nuantu.accounts.jobs import deliver
from nuantu.accounts.models import Delivery, NotificationChannel, Organisation
from nuantu.accounts.rules.messages import EVENTS, short, signature, text
from nuantu.accounts.rules.networks import is_inward, may_reach
from nuantu.accounts.services import channels
from nuantu.core import clock
from nuantu.core.actors import SYSTEM
from nuantu.core.ids import new_id
from tests.cast import STATION, Cast
from tests.web import page_for, refused_for

pytestmark = pytest.mark.slow

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
def receiver(settings: Any) -> Iterator[tuple[str, type[Receiver]]]:
    settings.NUANTU_WEBHOOK_NETWORKS = (ip_network("127.0.0.0/8"),)
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
def test_a_webhook_that_points_elsewhere_has_not_taken_the_message(
    cast: Cast, receiver: tuple[str, type[Receiver]]
) -> None:
    address, handler = receiver
    handler.status = 302
    a_webhook(address)
    delivery = tell()
    deliver(str(delivery.public_id))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.error) == (Delivery.State.WAITING, "HTTP 302")


@pytest.mark.django_db
def test_the_same_thing_is_told_once_however_often_the_job_runs(cast: Cast) -> None:
    a_webhook("https://example.org/hook")
    subject = new_id()
    told = [
        channels.notify(org_code=STATION, event=EVENT, subject_id=subject, path="/", at=clock.now())
        for _ in range(3)
    ]
    assert told == [1, 0, 0]
    assert Delivery.objects.get().reference == short(str(subject))


@pytest.mark.django_db
def test_a_message_whose_job_was_lost_is_asked_for_again(cast: Cast) -> None:
    channel, _ = a_webhook("https://example.org/hook")
    made = clock.now()
    channels.notify(org_code=STATION, event=EVENT, subject_id=new_id(), path="/", at=made)
    assert channels.sweep_waiting(at=made + timedelta(hours=1)) == 0, "its own tries go on"
    assert channels.sweep_waiting(at=made + timedelta(hours=3)) == 1
    channels.end_channel(actor=SYSTEM, at=made, channel=channel)
    assert channels.sweep_waiting(at=made + timedelta(hours=3)) == 0
    assert Delivery.objects.get().state == Delivery.State.FAILED


@pytest.mark.django_db
def test_a_stopped_channel_is_told_nothing(cast: Cast) -> None:
    channel, _ = a_webhook("https://example.org/hook")
    channels.end_channel(actor=SYSTEM, at=clock.now(), channel=channel)
    assert (
        channels.notify(
            org_code=STATION, event=EVENT, subject_id=new_id(), path="/", at=clock.now()
        )
        == 0
    )


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.5", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.1", "224.0.0.1", "::1", "::", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1",
        "::ffff:10.0.0.5", "2002:7f00:1::", "not-an-address", "",
    ],
)  # fmt: skip
def test_an_address_inside_the_house_is_not_reached(address: str) -> None:
    assert not may_reach(address)


@pytest.mark.parametrize("address", ["114.114.114.114", "2400:3200::1"])
def test_the_public_internet_is_reached(address: str) -> None:
    assert may_reach(address)


def test_a_network_that_was_allowed_is_reached_and_no_other() -> None:
    allowed = (ip_network("10.1.0.0/16"),)
    assert may_reach("10.1.2.3", allowed)
    assert not may_reach("10.2.2.3", allowed)
    assert is_inward("localhost", allowed)
    assert not is_inward("hooks.example.org", allowed)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("webhook", "http://127.0.0.1:8000/"),
        ("webhook", "https://[::1]/"),
        ("webhook", "http://localhost/"),
        ("webhook", "http://169.254.169.254/latest/"),
        ("apprise", "gotify://192.168.1.4/token"),
        ("apprise", "json://example.org/"),
    ],
)
def test_a_target_inside_the_house_is_refused_when_it_is_set_up(
    cast: Cast, kind: str, address: str
) -> None:
    page = cast.admin.browser().post(
        "/channels/",
        {"name": "x", "organisation": STATION, "kind": kind, "address": address, "events": [EVENT]},
    )
    assert page.status_code == 422
    assert "address" in page.context["form"].errors


@pytest.mark.django_db
def test_a_name_that_leads_inward_when_it_is_sent_gets_nothing(
    cast: Cast, receiver: tuple[str, type[Receiver]], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name may change after it was set up: what it resolves to at the sending counts, and one
    inward address among several is one too many."""
    address, handler = receiver
    settings.NUANTU_WEBHOOK_NETWORKS = ()
    port = address.split(":")[2].split("/")[0]

    def resolve(host: str, to: int, **_: object) -> list[Any]:
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, int(port)))
            for ip in ("114.114.114.114", "127.0.0.1")
        ]

    monkeypatch.setattr("nuantu.accounts.services.outward.socket.getaddrinfo", resolve)
    a_webhook(f"http://hooks.example.org:{port}/hook")
    delivery = tell()
    deliver(str(delivery.public_id))
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries, handler.got) == (Delivery.State.WAITING, 1, [])
    assert delivery.error == "address inside the house"
