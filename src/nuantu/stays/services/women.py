"""Which women of the staff care for women residents."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import User
from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.stays.models import WomensCarer
from nuantu.stays.services.lines import HINT


class WomensCarerRefused(Refusal):
    """She cannot be put down or taken off."""


def add_womens_carer(*, actor: Actor, at: datetime, user: User) -> WomensCarer:
    """Put down that a woman of the station's staff cares for women. Raises WomensCarerRefused."""
    if user.organisation_id != actor.org_code or not user.is_active:
        raise WomensCarerRefused(_("请选本站在岗的工作人员。"), field="user")
    with transaction.atomic():
        row, is_new = WomensCarer.objects.get_or_create(
            owner_org=actor.org_code,
            user=user,
            ended_at=None,
            defaults={
                "division_code": actor.division_code,
                "recorded_at": at,
                "added_by": actor.name,
            },
        )
        if not is_new:
            raise WomensCarerRefused(_("已经登记过。"), field="user")
        _note(actor, at, row, "add", f"登记女性照料人员：{user.name}")
    return row


def end_womens_carer(*, actor: Actor, at: datetime, carer: WomensCarer) -> WomensCarer:
    """She does not care for women any more."""
    with transaction.atomic():
        row = WomensCarer.objects.select_for_update().get(pk=carer.pk)
        if row.ended_at is not None:
            raise WomensCarerRefused(_("已经取消过。"))
        row.ended_at, row.ended_by = at, actor.name
        row.save(update_fields=["ended_at", "ended_by"])
        _note(actor, at, row, "end", f"取消女性照料人员：{row.user.name}")
    return row


def _note(actor: Actor, at: datetime, row: WomensCarer, verb: str, summary: str) -> None:
    journal.record(
        verb=f"stays.womens_carer.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject("user", row.user.public_id)],
        division_code=row.division_code,
        owner_org=row.owner_org,
        summary=summary,
    )
    live.hint(HINT, row.division_code, row.owner_org)
