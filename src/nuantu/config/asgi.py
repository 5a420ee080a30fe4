"""One port: event streams under ASGI, every page under WSGI (a page under ASGI costs twice the CPU)."""

import os
from typing import Any, cast

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nuantu.config.settings")

from nuantu.config import wsgi  # sets Django up, which the streams need
from nuantu.config.streams import events

_pages: Any = WSGIMiddleware(cast("Any", wsgi.application), workers=8)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route by path; lifespan is switched off at the server."""
    if scope["type"] == "http" and scope["path"].startswith("/events/"):
        await events(scope, receive, send)
    else:
        await _pages(scope, receive, send)
