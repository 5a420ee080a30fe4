"""Keys of other programs."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import ApiToken, User
from nuantu.accounts.rules.scopes import EVERY_SCOPE, end_of, tidy
from nuantu.core import clock, journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject


class TokenRefused(Refusal):
    """A token cannot be issued or renewed as asked."""


def issue_token(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    user: User,
    scopes: Sequence[str] = EVERY_SCOPE,
    days: int | None = None,
) -> str:
    """Make a token that acts as `user` within `scopes`; the text is returned once and never kept.

    It ends after `days` days, at most and by default after NUANTU_TOKEN_DAYS.
    Raises TokenRefused without a scope.
    """
    chosen = tidy(scopes)
    if not chosen:
        raise TokenRefused(_("请至少选一个用途范围。"), field="scopes")
    longest = settings.NUANTU_TOKEN_DAYS
    text = f"nt_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            name=name,
            user=user,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            hint=text[-4:],
            scopes=chosen,
            made_at=at,
            expires_at=end_of(clock.local(at).date(), min(days or longest, longest)),
        )
        _note(actor, at, token, "accounts.token.issue", f"发放接口令牌 {name}")
    return text


def renew_token(*, actor: Actor, at: datetime, token: ApiToken) -> ApiToken:
    """Let a token work NUANTU_TOKEN_DAYS from today. Raises TokenRefused for a revoked one."""
    until = end_of(clock.local(at).date(), settings.NUANTU_TOKEN_DAYS)
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(expires_at=until):
            raise TokenRefused(_("已收回的令牌不能续期，请重新发放。"))
        token.expires_at = until
        _note(actor, at, token, "accounts.token.renew", f"续期接口令牌 {token.name}")
    return token


def revoke_token(*, actor: Actor, at: datetime, token: ApiToken) -> None:
    """End a token at once; ending an ended one changes nothing."""
    with transaction.atomic():
        if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=at):
            _note(actor, at, token, "accounts.token.revoke", f"收回接口令牌 {token.name}")


def _note(actor: Actor, at: datetime, token: ApiToken, verb: str, summary: str) -> None:
    organisation = token.user.organisation
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=[Subject("api_token", token.public_id)],
        division_code=organisation.division_id,
        owner_org=organisation.code,
        summary=summary,
        changes={
            "name": token.name,
            "hint": token.hint,
            "login": token.user.login,
            "scopes": token.scopes,
            "until": clock.local(token.expires_at).date(),
        },
    )
