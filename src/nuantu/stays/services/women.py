"""Which women of the staff care for women residents; hours without any of them are owed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.core import journal, live
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty
from nuantu.stays.models import WomensCarer, Zone
from nuantu.stays.selectors.women import womens_watch
from nuantu.stays.services.lines import HINT

WATCH = "stay.womens_watch"


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


def watch_over_women(*, at: datetime) -> int:
    """Owe a woman on watch wherever women stay and the coming day has hours without one (ST-01).

    The duty ends by itself when the roster has no such hours any more or no woman stays; how many
    were opened. Running it twice opens nothing twice. Call it under the system scope.
    """
    codes = Zone.objects.filter(closed_at=None).values_list("owner_org", flat=True).distinct()
    stations = Organisation.objects.filter(code__in=list(codes)).order_by("code")
    return sum(_watch_over(station, at) for station in stations)


def _watch_over(station: Organisation, at: datetime) -> int:
    found = womens_watch(station.code, at)
    subject = Subject("house", station.public_id)
    running = Duty.objects.filter(
        kind=WATCH, subject_id=station.public_id, state=Duty.State.OPEN
    ).first()
    if not found.is_lacking:
        if running is not None:
            complete_duty(actor=SYSTEM, at=at, duty=running, note="值守表上没有这样的时段了")
        return 0
    if running is not None:
        return 0
    ruling = rules_at(station.division_id, at).need("women.watch")
    soonest = at + timedelta(minutes=ruling.number)
    open_duty(
        actor=SYSTEM,
        at=at,
        kind=WATCH,
        title="有女性在站：安排女工作人员值守",
        title_en="Women stay here: put a woman on watch",
        subject=subject,
        owner_org=station.code,
        division_code=station.division_id,
        due_at=max(found.gaps[0].starts_at, soonest),
        basis=ruling.source,
    )
    return 1


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
