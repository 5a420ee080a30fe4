"""From a request or a token to the actor; from an actor to the accounts it may manage."""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.accounts.models import (
    ApiToken,
    DivisionImport,
    NotificationChannel,
    Organisation,
    User,
)
from nuantu.accounts.rules import scopes
from nuantu.accounts.rules.divisions import short_code
from nuantu.accounts.rules.sessions import has_gone_idle
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock
from nuantu.core.actors import PUBLIC, Actor
from nuantu.core.errors import Refusal

Row = TypeVar("Row", bound=Model)
OWN_ACCOUNT = "accounts.self.use"
SECOND_FACTOR_PASSED = "second_factor_passed"
USE_NOTED_EVERY = timedelta(minutes=1)


class NotWithThisToken(Refusal):
    """A token that opens nothing (401), or not this address (403); `code` is for programs."""

    def __init__(self, status: int, code: str, message: str | Promise) -> None:
        super().__init__(message)
        self.status = status
        self.code = code


def request_actor(request: HttpRequest) -> Actor:
    """Who asks: the signed-in user after the second factor, else the public.

    Whoever still has the password that somebody else gave him may change it and nothing more.
    """
    user = request.user
    if not isinstance(user, User) or not user.is_active:
        return PUBLIC
    if not request.session.get(SECOND_FACTOR_PASSED):
        return PUBLIC
    actor = actor_for(user)
    if user.must_change_password:
        return replace(actor, permissions=actor.permissions & {OWN_ACCOUNT}, prefix="")
    return actor


def session_is_idle(session: SessionBase, at: datetime) -> bool:
    """Whether nothing was done in this session for the limit."""
    seen = session.get("seen_at")
    if not seen:
        return False
    moment = datetime.fromisoformat(seen)
    return has_gone_idle(seen_at=moment, at=at, idle_minutes=settings.NUANTU_IDLE_MINUTES)


def token_actor(token: str, request: HttpRequest) -> Actor:
    """The actor behind the token of a request. Raises NotWithThisToken.

    401: unknown, revoked, its user closed, or past its day. 403: good for other addresses only.
    """
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = (
        ApiToken.objects.select_related("user__organisation__division")
        .filter(digest=digest, revoked_at=None, user__is_active=True)
        .first()
    )
    if found is None:
        raise NotWithThisToken(
            401, "token_unknown", gettext_lazy("接口令牌无效或已收回，请向管理员要新的令牌。")
        )
    at = clock.now()
    if at >= found.expires_at:
        day = clock.local(found.expires_at - timedelta(seconds=1)).date()
        words = _("接口令牌已于 %(day)s 到期，请管理员续期或重新发放。") % {"day": day}
        raise NotWithThisToken(401, "token_expired", words)
    wanted = scopes.needed(request.method or "GET", request.path_info)
    if wanted not in found.scopes:
        words = _("这个接口令牌没有“%(scope)s”的范围，请管理员发放带有该范围的令牌。")
        raise NotWithThisToken(403, "token_scope", words % {"scope": wanted or request.path_info})
    if found.used_at is None or at - found.used_at > USE_NOTED_EVERY:
        ApiToken.objects.filter(pk=found.pk).update(used_at=at)
    return actor_for(found.user)


def reach(actor: Actor) -> str:
    """The place whose accounts, organisations, tokens and channels an administrator manages: that of
    his own organisation, and all below it; as the digits that every place inside shares."""
    return short_code(actor.division_code)


def token_users(actor: Actor) -> QuerySet[User]:
    """Whom a new token may act as: oneself, and the accounts of connected programs."""
    return (
        User.objects.select_related("organisation")
        .filter(
            Q(public_id=actor.public_id)
            | Q(roles__contains=["feed"], organisation__division__code__startswith=reach(actor)),
            is_active=True,
        )
        .order_by("organisation_id", "login")
    )


def _managed(
    actor: Actor, permission: str, rows: QuerySet[Row], public_id: UUID, place: str
) -> Row:
    """The row with this id, for whoever may, where `place` (the way to its division) is in reach."""
    if actor.may(permission):
        found = rows.filter(
            public_id=public_id, **{f"{place}__code__startswith": reach(actor)}
        ).first()
        if found:
            return found
    raise Http404


def token_for(actor: Actor, public_id: UUID) -> ApiToken:
    """A token this actor may manage, or not found."""
    rows = ApiToken.objects.select_related("user__organisation")
    return _managed(actor, "accounts.token.manage", rows, public_id, "user__organisation__division")


def user_for(actor: Actor, public_id: UUID) -> User:
    """An account this actor may manage, or not found."""
    rows = User.objects.select_related("organisation__division")
    return _managed(actor, "accounts.user.manage", rows, public_id, "organisation__division")


def organisation_for(actor: Actor, public_id: UUID) -> Organisation:
    """An organisation this actor may put right, or not found."""
    rows = Organisation.objects.select_related("division")
    return _managed(actor, "accounts.organisation.manage", rows, public_id, "division")


def channel_for(actor: Actor, public_id: UUID) -> NotificationChannel:
    """A channel this actor may stop, or not found."""
    rows = NotificationChannel.objects.select_related("organisation")
    return _managed(actor, "accounts.channel.manage", rows, public_id, "organisation__division")


def division_import_for(actor: Actor, public_id: UUID) -> DivisionImport:
    """An uploaded table, for whoever may import one, or not found."""
    if actor.may("accounts.division.import"):
        found = DivisionImport.objects.filter(public_id=public_id).first()
        if found:
            return found
    raise Http404


def own_user(actor: Actor) -> User:
    """The actor's own account. Not found for programs and the public."""
    found = (
        User.objects.select_related("organisation").filter(public_id=actor.public_id).first()
        if actor.is_signed_in and not actor.is_system
        else None
    )
    if found is None:
        raise Http404
    return found
