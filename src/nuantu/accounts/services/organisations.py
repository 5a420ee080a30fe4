"""Organisations."""

from datetime import datetime

from nuantu.accounts.models import Organisation
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject


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
        },
    )
    if is_new:
        journal.record(
            verb="accounts.organisation.add",
            actor=actor,
            at=at,
            subjects=[Subject("organisation", found.public_id)],
            division_code=found.division_id,
            owner_org=code,
            summary=f"登记单位 {name}",
            changes={"code": code, "kind": kind},
        )
    return found
