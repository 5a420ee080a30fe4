"""Server-sent events: one LISTEN connection per process, told on to every open page.

The stream carries channel names only; the page then asks for the rows through the ordinary door.
Who may be told is settled from the session when the stream opens and again at every heartbeat, so
that a log-out, a closed account, an idle limit or another role ends it within seconds.
"""

import asyncio
import json
import logging
from http.cookies import SimpleCookie
from typing import Any

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http import HttpRequest

from nuantu.accounts.access import request_actor, session_is_idle
from nuantu.core import clock
from nuantu.core.actors import PUBLIC, Actor
from nuantu.core.live import CHANNEL, concerns

logger = logging.getLogger(__name__)

HEARTBEAT_SECONDS = 20
QUEUE_LIMIT = 100
LONGEST_STREAM_SECONDS = 1800
# A browser holds one for all of its tabs; this is for each process of the server.
STREAMS_OF_AN_ACCOUNT = 12
TOO_MANY = "这个账号打开的实时更新太多，请关闭不用的浏览器。 / Too many live pages of this account are open; close browsers that are not in use.\n"


class Hub:
    """Listens once and hands each hint to the streams that may know."""

    def __init__(self) -> None:
        self.listeners: dict[asyncio.Queue[str], Actor] = {}
        self.task: asyncio.Task[None] | None = None

    def has_room(self, actor: Actor) -> bool:
        """Whether one more stream of this account may open."""
        held = sum(one.public_id == actor.public_id for one in self.listeners.values())
        return held < STREAMS_OF_AN_ACCOUNT

    def add(self, actor: Actor) -> asyncio.Queue[str]:
        """A queue of channel names for one stream."""
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._listen())
        queue: asyncio.Queue[str] = asyncio.Queue(QUEUE_LIMIT)
        self.listeners[queue] = actor
        return queue

    def remove(self, queue: asyncio.Queue[str]) -> None:
        """The stream is gone."""
        self.listeners.pop(queue, None)

    async def _listen(self) -> None:
        """Reconnects for ever: the database may be restarted under an open page."""
        while self.listeners:
            try:
                database: dict[str, Any] = settings.DATABASES["default"]
                async with await psycopg.AsyncConnection.connect(
                    dbname=database["NAME"],
                    user=database["USER"] or None,
                    password=database["PASSWORD"] or None,
                    host=database["HOST"] or None,
                    port=database["PORT"] or None,
                    autocommit=True,
                    prepare_threshold=None,
                    **database["OPTIONS"],
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    self._tell_all("reconnected")
                    async for notice in connection.notifies():
                        self._tell(json.loads(notice.payload))
            except (psycopg.Error, OSError) as error:
                logger.warning("event stream lost the database: %s", error)
                await asyncio.sleep(2)

    def _tell(self, body: dict[str, str]) -> None:
        for queue, actor in self.listeners.items():
            if concerns(body, org=actor.org_code, prefix=actor.prefix) and not queue.full():
                queue.put_nowait(body["channel"])

    def _tell_all(self, channel: str) -> None:
        for queue in self.listeners:
            if not queue.full():
                queue.put_nowait(channel)


hub = Hub()


def _session_actor(cookie_header: str) -> Actor:
    close_old_connections()
    cookies = SimpleCookie(cookie_header)
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    request = HttpRequest()
    request.session = SessionStore(key.value if key else None)
    request.user = get_user(request)
    try:
        if session_is_idle(request.session, clock.now()):
            return PUBLIC
        return request_actor(request)
    finally:
        close_old_connections()


async def _answer(
    send: Any, status: int, content_type: bytes = b"text/plain", *more: tuple[bytes, bytes]
) -> None:
    await send(
        {
            "type": "http.response.start",
            "status": status,
            "headers": [
                (b"content-type", content_type),
                (b"cache-control", b"no-store"),
                (b"x-accel-buffering", b"no"),
                *more,
            ],
        }
    )


async def events(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """GET /events/: 401 without a session, 429 in words where the account holds too many, else a stream
    until the browser leaves or the session ends.

    After half an hour it ends in any case, and the browser connects anew. A page without a stream asks
    by itself from time to time.
    """
    cookies = dict(scope["headers"]).get(b"cookie", b"").decode("latin-1")
    actor = await sync_to_async(_session_actor)(cookies)
    if not actor.is_signed_in:
        await _answer(send, 401)
        await send({"type": "http.response.body", "body": b""})
        return
    if not hub.has_room(actor):
        await _answer(send, 429, b"text/plain; charset=utf-8", (b"retry-after", b"60"))
        await send({"type": "http.response.body", "body": TOO_MANY.encode()})
        return
    queue = hub.add(actor)
    gone = asyncio.create_task(_until_gone(receive))
    try:
        await _answer(send, 200, b"text/event-stream")
        await _tell_on(send, queue, gone, cookies, actor)
    finally:
        hub.remove(queue)
        gone.cancel()
    await send({"type": "http.response.body", "body": b""})


async def _tell_on(
    send: Any, queue: asyncio.Queue[str], gone: asyncio.Task[None], cookies: str, actor: Actor
) -> None:
    now = asyncio.get_running_loop().time
    ends, asked = now() + LONGEST_STREAM_SECONDS, now()
    while not gone.done() and now() < ends:
        body = await _next(queue, gone, asked + HEARTBEAT_SECONDS - now())
        if gone.done():
            break
        if now() >= asked + HEARTBEAT_SECONDS:
            if await sync_to_async(_session_actor)(cookies) != actor:
                break
            asked = now()
        await send({"type": "http.response.body", "body": body, "more_body": True})


async def _next(queue: asyncio.Queue[str], gone: asyncio.Task[None], seconds: float) -> bytes:
    """The next hints as one message (many at once become one each), or a heartbeat when none came.

    Waits no longer than the browser stays.
    """
    hint = asyncio.create_task(queue.get())
    first = asyncio.FIRST_COMPLETED
    await asyncio.wait({hint, gone}, timeout=max(0, seconds), return_when=first)
    if not hint.done():
        hint.cancel()
        return b": still here\n\n"
    names = {hint.result()}
    while not queue.empty():
        names.add(queue.get_nowait())
    return "".join(f"event: {name}\ndata: {name}\n\n" for name in sorted(names)).encode()


async def _until_gone(receive: Any) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
