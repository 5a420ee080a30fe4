"""A phone is enrolled, seen, revoked."""

import secrets
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core import journal, live, scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.fieldwork.access import token_hash
from nuantu.fieldwork.models import FieldDevice
from nuantu.fieldwork.selectors.devices import KIND
from nuantu.operations.selectors import rules_at


class DeviceRefused(Refusal):
    """The phone cannot be enrolled or revoked as asked."""


def enrol(*, actor: Actor, at: datetime, label: str) -> tuple[FieldDevice, str]:
    """Enrol a phone for its user; its token is returned once and kept as a keyed hash only.

    It ends after the parameter field.device_days.
    """
    days = rules_at(actor.division_code, at).need("field.device_days").number
    token = f"nf_{secrets.token_urlsafe(32)}"
    with transaction.atomic():
        device = FieldDevice.objects.create(
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=at,
            user=User.objects.get(public_id=actor.public_id),
            label=" ".join(label.split())[:80],
            token_hash=token_hash(token),
            expires_at=at + timedelta(days=days),
            seen_at=at,
        )
        told_of(device, "enrol", actor, at, f"登记外勤手机 {device.label}".strip())
    return device, token


def revoke(*, actor: Actor, at: datetime, device: FieldDevice, reason: str) -> FieldDevice:
    """End a phone at once: it gets no bundle any more, and what it still holds is looked at first.

    Raises DeviceRefused without a reason; ending an ended one changes nothing.
    """
    words = " ".join(reason.split())[:200]
    if not words:
        raise DeviceRefused(_("请写明为什么收回。"), field="reason")
    with transaction.atomic():
        changed = FieldDevice.objects.filter(pk=device.pk, revoked_at=None).update(
            revoked_at=at, revoked_by=actor.name, revoke_reason=words
        )
        device.refresh_from_db()
        if changed:
            said = f"收回外勤手机 {device.label}".strip()
            told_of(device, "revoke", actor, at, said, {"reason": words})
    return device


def end_uncarried(*, at: datetime, device: FieldDevice) -> None:
    """A phone whose user was closed, moved or goes out no more is revoked when it is heard of again:
    its term begins, and an account that is opened again does not open the phone."""
    if device.revoked_at is None and at < device.expires_at:
        with scope.system("a phone without a user who goes out is revoked"):
            revoke(actor=SYSTEM, at=at, device=device, reason="账号已停用、调离或不再出巡")


def note_bundle(*, at: datetime, device: FieldDevice) -> None:
    """The phone has fetched its bundle."""
    with scope.system("a phone without a session is noted as seen"):
        FieldDevice.objects.filter(pk=device.pk).update(seen_at=at, bundled_at=at)


def told_of(
    device: FieldDevice,
    verb: str,
    actor: Actor,
    at: datetime,
    summary: str,
    changes: dict[str, object] | None = None,
) -> None:
    """Write the journal line about a phone and tell open pages."""
    journal.record(
        verb=f"fieldwork.device.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject(KIND, device.public_id)],
        division_code=device.division_code,
        owner_org=device.owner_org,
        summary=summary,
        changes=changes,
    )
    live.hint("fieldwork", device.division_code, device.owner_org)
