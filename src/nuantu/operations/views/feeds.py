"""Addresses of calendar feeds that carry their own key."""

from typing import cast

from django.core import signing
from django.http import Http404, HttpResponse

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.core import scope
from nuantu.core.actors import PUBLIC, Actor
from nuantu.core.http import StaffRequest


def token_for(request: StaffRequest, *, salt: str, what: str = "") -> str:
    """The key of a feed: the account, its seal, and what it shows."""
    user = cast("User", request.user)
    parts = [request.actor.public_id, _seal_of(user), *([what] if what else [])]
    return signing.dumps(parts, salt=salt)


def reader_of(token: str, *, salt: str, permission: str) -> tuple[Actor, str]:
    """The account behind a key, entered as the reader of the request, and what the key shows.

    Not found: a key that was not made here, is older than the password, or whose account may not
    read this any more.
    """
    try:
        public_id, seal, *what = signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError) as error:
        raise Http404 from error
    user = (
        User.objects.select_related("organisation__division")
        .filter(public_id=public_id, is_active=True)
        .first()
    )
    actor = actor_for(user) if user and _seal_of(user) == seal else PUBLIC
    if not actor.may(permission):
        raise Http404
    scope.become(scope.of_actor(actor))
    return actor, str(what[0]) if what else ""


def _seal_of(user: User) -> str:
    """Changes with the password, so that a new password closes an address that got around."""
    return user.get_session_auth_hash()[:16]


def feed_response(text: str) -> HttpResponse:
    """A calendar that no shared cache keeps."""
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
