"""From a request or a token to the actor; from an actor to the accounts it may manage."""

import hashlib
from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpRequest

from nuantu.accounts.models import ApiToken, User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock
from nuantu.core.actors import PUBLIC, Actor

OWN_ACCOUNT = "accounts.self.use"
SECOND_FACTOR_PASSED = "second_factor_passed"


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


def token_actor(token: str) -> Actor | None:
    """The actor behind an API token, None where it is unknown, revoked or its user is closed."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = (
        ApiToken.objects.select_related("user__organisation__division")
        .filter(digest=digest, revoked_at=None, user__is_active=True)
        .first()
    )
    if found is None:
        return None
    ApiToken.objects.filter(pk=found.pk).update(used_at=clock.now())
    return actor_for(found.user)


def user_for(actor: Actor, public_id: UUID) -> User:
    """An account this actor may manage, or not found."""
    if actor.may("accounts.user.manage"):
        found = (
            User.objects.select_related("organisation__division")
            .filter(public_id=public_id)
            .first()
        )
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
