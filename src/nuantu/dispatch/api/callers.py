"""Who calls: the holder of a token, or anybody."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.security import HttpBearer

from nuantu.accounts.access import token_actor
from nuantu.core import scope
from nuantu.core.actors import PUBLIC, Actor
from nuantu.core.http import actor_of


class TokenOrNobody(HttpBearer):
    """`Authorization: Bearer …` where there is one; without it the caller is the public.

    A token that is wrong is refused: whoever sends one means somebody.
    """

    def __call__(self, request: HttpRequest) -> Actor | None:
        refuse_too_long(request)
        if not request.headers.get("Authorization"):
            vars(request)["actor"] = PUBLIC
            scope.become(scope.of_actor(PUBLIC))
            return PUBLIC
        found: Actor | None = super().__call__(request)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        actor = token_actor(token, request)
        vars(request)["actor"] = actor
        scope.become(scope.of_actor(actor))
        return actor


def refuse_too_long(request: HttpRequest) -> None:
    """A body of many megabytes is answered before it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    if length.isdigit() and int(length) > limit:
        words = _("内容有 %(length)s 字节，最多 %(limit)s 字节，没有收下。请删短后再发送。")
        raise HttpError(413, words % {"length": f"{int(length):,}", "limit": f"{limit:,}"})


def caller_with(request: HttpRequest, permission: str) -> Actor:
    """The caller, who must hold a permission; 403 with its code otherwise."""
    actor = actor_of(request)
    if not actor.may(permission):
        raise HttpError(403, permission)
    return actor
