"""Organisations."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject

CHANGEABLE = ("name", "kind", "division_id", "parent_id", "phone", "hours")


class OrganisationRefused(Refusal):
    """The organisation cannot be entered or changed as asked."""


def add_organisation(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    kind: str,
    name: str,
    division_code: str,
    parent_code: str | None = None,
    phone: str = "",
    hours: str = "",
) -> Organisation:
    """Enter an organisation; entering the same code again leaves it as it is."""
    found, is_new = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "kind": kind,
            "name": name,
            "division_id": division_code.ljust(12, "0"),
            "parent_id": parent_code,
            "phone": phone,
            "hours": hours,
        },
    )
    if is_new:
        changes = {"code": code, "kind": kind}
        _note(actor, at, found, "accounts.organisation.add", f"登记单位 {name}", changes)
    return found


def change_organisation(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    kind: str,
    name: str,
    division_code: str,
    parent_code: str | None,
    phone: str,
    hours: str,
) -> Organisation:
    """Put an organisation right; its code never changes. Raises OrganisationRefused for a circle of parents."""
    _refuse_circle(organisation, parent_code)
    wanted = (name, kind, division_code, parent_code, phone, hours)
    changes = {
        column: {"before": getattr(organisation, column), "after": value}
        for column, value in zip(CHANGEABLE, wanted, strict=True)
        if getattr(organisation, column) != value
    }
    if not changes:
        return organisation
    with transaction.atomic():
        for column, change in changes.items():
            setattr(organisation, column, change["after"])
        organisation.save(update_fields=list(changes))
        said = f"修改单位 {name}"
        _note(actor, at, organisation, "accounts.organisation.change", said, {"columns": changes})
    return organisation


def _refuse_circle(organisation: Organisation, parent_code: str | None) -> None:
    above, seen = parent_code, set[str]()
    while above is not None and above not in seen:
        if above == organisation.code:
            raise OrganisationRefused(_("上级单位不能是它自己或它的下级。"), field="parent")
        seen.add(above)
        above = Organisation.objects.filter(code=above).values_list("parent_id", flat=True).first()


def set_organisation_active(
    *, actor: Actor, at: datetime, organisation: Organisation, is_active: bool
) -> None:
    """Close or reopen an organisation: a closed one is offered nowhere, what it holds stays.

    Raises OrganisationRefused while it has open accounts.
    """
    if not is_active and organisation.users.filter(is_active=True).exists():
        raise OrganisationRefused(_("还有使用中的账号，请先停用或转到别的单位。"))
    verb = "accounts.organisation.open" if is_active else "accounts.organisation.close"
    said = f"{'启用' if is_active else '停用'}单位 {organisation.name}"
    with transaction.atomic():
        changed = Organisation.objects.filter(pk=organisation.pk, is_active=not is_active).update(
            is_active=is_active
        )
        if changed:
            _note(actor, at, organisation, verb, said, {})


def _note(
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    verb: str,
    summary: str,
    changes: Mapping[str, object],
) -> None:
    journal.record(
        verb=verb,
        actor=actor,
        at=at,
        subjects=[Subject("organisation", organisation.public_id)],
        division_code=organisation.division_id,
        owner_org=organisation.code,
        summary=summary,
        changes=dict(changes),
    )
