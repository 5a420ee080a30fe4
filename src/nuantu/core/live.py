"""Hints to open pages that something changed, by LISTEN/NOTIFY.

A hint carries no content, only the channel and whose rows changed; the page asks again through
the ordinary door. PostgreSQL sends it when the transaction commits. Lost hints do no harm:
pages also poll.
"""

import json

from django.db import connection

from nuantu.core.together import wait

CHANNEL = "nuantu_live"


def hint(channel: str, division_code: str, owner_org: str) -> None:
    """Tell open pages that rows of this owner in this division changed."""
    body = json.dumps({"channel": channel, "division": division_code, "owner": owner_org})
    if not wait(_send, body):
        _send([body])


def _send(bodies: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, body) FROM unnest(%s::text[]) body",
            [CHANNEL, list(dict.fromkeys(bodies))],
        )


def concerns(body: dict[str, str], *, org: str, prefix: str) -> bool:
    """Whether somebody of this organisation and overseen prefix may be told."""
    return body["owner"] == org or bool(prefix and body["division"].startswith(prefix))
