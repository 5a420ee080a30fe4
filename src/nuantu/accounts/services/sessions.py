"""Logging in: password, lock-out, second factor."""

from datetime import datetime

import pyotp
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.accounts.rules.sessions import is_locked, lock_until
from nuantu.core import journal, vault
from nuantu.core.actors import PUBLIC
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.core.throttle import allow

TOTP_STEP_SECONDS = 30
_LOCKED = _("试错太多次，账号已临时锁定。请过一会儿再试，或找管理员。")


class LogInRefused(Refusal):
    """Wrong name, password or code, or the account is locked; the sentence never says which of the first two."""


def check_password(*, login: str, password: str, at: datetime) -> User:
    """The user behind a name and password. Raises LogInRefused.

    A wrong try is counted even though the log-in is refused; too many lock the account for a
    while (limits are settings). An unknown name and a closed account cost the same time as a wrong
    password, and are locked like an account, so that nobody learns which names there are.
    """
    user = User.objects.select_related("organisation__division").filter(login=login).first()
    if user is None:
        _refuse_tried_name(login)
        User().set_password(password)
        raise LogInRefused(_("登录名或密码不对。"))
    refuse_locked(user, at)
    if not user.check_password(password) or not user.is_active:
        count_failure(user, at)
        raise LogInRefused(_("登录名或密码不对。"))
    return user


def refuse_locked(user: User, at: datetime) -> None:
    """Raises LogInRefused while the account is locked."""
    if is_locked(locked_until=user.locked_until, at=at):
        raise LogInRefused(_LOCKED)


def _refuse_tried_name(login: str) -> None:
    key = f"login-name:{vault.keyed_hash(login.casefold())}"
    if not allow(key, settings.NUANTU_LOCK_TRIES, 60 * settings.NUANTU_LOCK_MINUTES):
        raise LogInRefused(_LOCKED)


def count_failure(user: User, at: datetime) -> None:
    """Count one wrong password or code; one too many locks the account and writes a line."""
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(failures=F("failures") + 1)
        user.refresh_from_db(fields=["failures"])
        until = lock_until(
            failures=user.failures,
            at=at,
            tries=settings.NUANTU_LOCK_TRIES,
            lock_minutes=settings.NUANTU_LOCK_MINUTES,
        )
        if until is None:
            return
        User.objects.filter(pk=user.pk).update(locked_until=until, failures=0)
        _note(user, at, "accounts.user.lock", "试错太多次，账号临时锁定")


def check_code(*, user: User, code: str, at: datetime) -> None:
    """The six digits of the authenticator, one step of clock skew either way, each used once.

    Raises LogInRefused; wrong codes count like wrong passwords and lock the account like them.
    """
    refuse_locked(user, at)
    secret = user.totp_secret if isinstance(user.totp_secret, str) else user.totp_secret.open()
    step = _matching_step(secret, code, at)
    used = (
        User.objects.filter(pk=user.pk, totp_last_step__lt=step).update(totp_last_step=step)
        if step is not None
        else 0
    )
    if not used:
        count_failure(user, at)
        raise LogInRefused(_("验证码不对或已用过，请等下一个验证码。"), field="code")


def _matching_step(secret: str, code: str, at: datetime) -> int | None:
    totp = pyotp.TOTP(secret)
    now = int(at.timestamp()) // TOTP_STEP_SECONDS
    digits = "".join(ch for ch in code if ch.isdigit())
    for step in (now - 1, now, now + 1):
        if len(digits) == totp.digits and totp.at(step * TOTP_STEP_SECONDS) == digits:
            return step
    return None


def confirm_password(*, user: User, password: str, at: datetime, field: str = "password") -> None:
    """Ask somebody who is in already for the password again; a wrong one counts like a wrong log-in.

    Raises LogInRefused.
    """
    refuse_locked(user, at)
    if not user.check_password(password):
        count_failure(user, at)
        raise LogInRefused(_("密码不对。"), field=field)


def confirm_second_factor(*, user: User, secret: str, code: str, at: datetime) -> None:
    """Turn the second factor on once a first code proves that the authenticator has the secret.

    That code is used up by it.
    """
    step = _matching_step(secret, code, at)
    if step is None:
        raise LogInRefused(_("验证码不对，请核对手机时间后重试。"), field="code")
    user.totp_secret, user.totp_last_step = secret, step
    with transaction.atomic():
        user.save(update_fields=["totp_secret", "totp_last_step"])
        _note(user, at, "accounts.second_factor.confirm", "开启验证器")


def _note(user: User, at: datetime, verb: str, summary: str) -> None:
    journal.record(
        verb=verb,
        actor=PUBLIC,
        at=at,
        subjects=[Subject("user", user.public_id)],
        division_code=user.organisation.division_id,
        owner_org=user.organisation_id,
        summary=summary,
        changes={"login": user.login},
    )
