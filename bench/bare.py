"""The smallest endpoint that keeps a row: what the tips endpoint is measured against.

Same server, same router between ASGI and WSGI, same database with the same durability; no scope,
no validation, no journal.
"""

import os
import threading
from collections.abc import Callable, Iterable
from typing import Any, cast

import psycopg
from a2wsgi import WSGIMiddleware

_local = threading.local()


def _connection() -> psycopg.Connection:
    if getattr(_local, "connection", None) is None:
        _local.connection = psycopg.connect(os.environ["DATABASE_URL"])
    connection: psycopg.Connection = _local.connection
    return connection


def page(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    """POST: insert the body as one row and commit. GET: say that the server is there."""
    if environ["REQUEST_METHOD"] == "POST":
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        connection = _connection()
        connection.execute("INSERT INTO bench_bare (body) VALUES (%s)", [body.decode()])
        connection.commit()
    start("200 OK", [("Content-Type", "application/json")])
    return [b"{}"]


application = WSGIMiddleware(cast("Any", page), workers=8)
