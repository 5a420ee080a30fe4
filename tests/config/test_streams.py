"""An open stream ends soon after the session that opened it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.test import Client

from nuantu.accounts.models import User
from nuantu.config import streams
from nuantu.core import clock
from tests.cast import Cast

BEAT = 0.02


class _Deaf(streams.Hub):
    """Hears nothing from the database: the tests speak to the queues themselves."""

    async def _listen(self) -> None:
        await asyncio.sleep(0)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", BEAT)
    monkeypatch.setattr(streams, "hub", _Deaf())
    # The test's own connection, with its transaction, must outlive the question.
    monkeypatch.setattr(streams, "close_old_connections", lambda: None)


def listen(browser: Client, deed: Callable[[], object], *, beats: int = 500) -> list[Any]:
    """Open a stream, do the deed at its first sign of life, and hear it to its end.

    The browser leaves after `beats` signs of life where the stream does not end by itself.
    """
    key = browser.cookies[settings.SESSION_COOKIE_NAME].value
    scope = {"headers": [(b"cookie", f"{settings.SESSION_COOKIE_NAME}={key}".encode())]}
    heard: list[Any] = []

    async def run() -> None:
        left = asyncio.Event()

        async def receive() -> dict[str, str]:
            await left.wait()
            await asyncio.sleep(BEAT)
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            heard.append(message)
            if len(heard) == 2:
                await sync_to_async(deed)()
            if len(heard) > beats:
                left.set()
                await asyncio.sleep(0)

        await asyncio.wait_for(streams.events(scope, receive, send), 20)

    async_to_sync(run)()
    return heard


def a_browser(cast: Cast) -> Client:
    browser = cast.dispatcher.browser()
    browser.get("/account/")
    return browser


@pytest.mark.django_db
def test_nobody_hears_nothing() -> None:
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = "none"
    assert [message.get("status") for message in listen(browser, lambda: None)] == [401, None]


@pytest.mark.django_db
def test_an_account_that_holds_too_many_is_told_so_and_others_are_not(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "STREAMS_OF_AN_ACCOUNT", 2)
    for _ in range(2):
        streams.hub.listeners.setdefault(asyncio.Queue(), cast.dispatcher.actor)
    start, words = listen(a_browser(cast), lambda: None)
    assert (start["status"], dict(start["headers"])[b"retry-after"]) == (429, b"60")
    assert "实时更新太多" in words["body"].decode()
    other = cast.leader.browser()
    other.get("/account/")
    assert listen(other, lambda: None, beats=2)[0]["status"] == 200
    streams.hub.listeners.popitem()
    assert listen(a_browser(cast), lambda: None, beats=2)[0]["status"] == 200


@pytest.mark.django_db
def test_a_browser_that_leaves_frees_its_place_at_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who ticks off a dozen doses loads a dozen pages between two heartbeats, and stays live."""
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 60)
    assert listen(a_browser(cast), lambda: None, beats=0)[0]["status"] == 200
    assert not streams.hub.listeners


@pytest.mark.django_db
def test_it_ends_at_the_next_heartbeat_after_a_log_out(cast: Cast) -> None:
    browser = a_browser(cast)
    assert len(listen(browser, lambda: browser.post("/logout/"))) == 3


@pytest.mark.django_db
def test_it_ends_when_the_account_is_closed_or_gets_another_role(cast: Cast) -> None:
    account = User.objects.filter(pk=cast.dispatcher.account.pk)
    assert len(listen(a_browser(cast), lambda: account.update(roles=["auditor"]))) == 3
    assert len(listen(a_browser(cast), lambda: account.update(is_active=False))) == 3


@pytest.mark.django_db
def test_it_does_not_outlive_the_idle_limit(cast: Cast) -> None:
    browser = a_browser(cast)
    with clock.frozen(clock.now() + timedelta(minutes=settings.NUANTU_IDLE_MINUTES + 1)):
        assert listen(browser, lambda: None)[0]["status"] == 401


@pytest.mark.django_db
def test_a_stream_that_is_busy_is_asked_just_as_often(cast: Cast) -> None:
    """Hints that keep coming never put the question off."""
    browser = a_browser(cast)

    def log_out_in_a_storm() -> None:
        browser.post("/logout/")
        for queue in streams.hub.listeners:
            for _ in range(queue.maxsize):
                queue.put_nowait("tips")

    heard = listen(browser, log_out_in_a_storm)
    assert len(heard) <= 5


@pytest.mark.django_db
def test_it_goes_on_as_long_as_the_session_lives(cast: Cast) -> None:
    heard = listen(a_browser(cast), lambda: None, beats=6)
    assert len(heard) >= 6
    assert not streams.hub.listeners
