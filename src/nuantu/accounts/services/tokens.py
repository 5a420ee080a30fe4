"""Keys of other programs."""

import hashlib
import secrets
from datetime import datetime

from django.db import transaction

from nuantu.accounts.models import ApiToken, User
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject


def issue_token(*, actor: Actor, at: datetime, name: str, user: User) -> str:
    """Make a token that acts as `user`; the text is returned once and never kept."""
    text = f"nt_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        token = ApiToken.objects.create(
            name=name,
            user=user,
            digest=hashlib.sha256(text.encode()).hexdigest(),
            hint=text[-4:],
            made_at=at,
        )
        _note(actor, at, token, "accounts.token.issue", f"发放接口令牌 {name}")
    return text


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
        changes={"hint": token.hint, "login": token.user.login},
    )
