"""Accounts of people."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.accounts.selectors import matrix
from nuantu.accounts.services.sessions import confirm_password
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject


class UserRefused(Refusal):
    """The account cannot be opened or changed as asked."""


def make_user(
    *,
    actor: Actor,
    at: datetime,
    login: str,
    name: str,
    password: str,
    organisation: Organisation,
    roles: list[str],
    must_change_password: bool = False,
) -> User:
    """Open an account. Raises UserRefused for a taken login, an unknown role or a weak password.

    `must_change_password`: somebody else knows the password, so its owner sets one before all else.
    """
    unknown = [role for role in roles if role not in matrix().roles]
    if unknown or not roles:
        raise UserRefused(_("请至少选一个角色表里的角色。"), field="roles")
    if User.objects.filter(login=login).exists():
        raise UserRefused(_("这个登录名已经有人用了，请换一个。"), field="login")
    user = User(
        login=login,
        name=name,
        organisation=organisation,
        roles=roles,
        must_change_password=must_change_password,
    )
    _set_password(user, password)
    with transaction.atomic():
        user.save()
        _note(actor, at, user, "accounts.user.make", f"开通账号 {name}", {"roles": roles})
    return user


def set_active(*, actor: Actor, at: datetime, user: User, is_active: bool) -> None:
    """Open or close an account; a closed one is out at its next request."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=is_active, failures=0, locked_until=None)
        verb = "accounts.user.open" if is_active else "accounts.user.close"
        _note(actor, at, user, verb, f"{'启用' if is_active else '停用'}账号 {user.name}", {})


def change_password(*, actor: Actor, at: datetime, user: User, old: str, new: str) -> None:
    """Change one's own password. Raises UserRefused when the new one is weak.

    A wrong old one counts like a wrong log-in: an open page in an empty office is no place to guess.
    Raises LogInRefused for it, and where the account is locked.
    """
    confirm_password(user=user, password=old, at=at, field="old")
    if new == old:
        raise UserRefused(_("新密码和原密码一样，请换一个。"), field="password")
    _set_password(user, new)
    user.must_change_password = False
    with transaction.atomic():
        user.save(update_fields=["password", "must_change_password"])
        _note(actor, at, user, "accounts.password.change", "修改密码", {})


def _set_password(user: User, password: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise UserRefused(" ".join(error.messages), field="password") from error
    user.set_password(password)


def _note(
    actor: Actor, at: datetime, user: User, verb: str, summary: str, changes: dict[str, object]
) -> None:
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=[Subject("user", user.public_id)],
        division_code=user.organisation.division_id,
        owner_org=user.organisation_id,
        summary=summary,
        changes={"login": user.login, **changes},
    )
