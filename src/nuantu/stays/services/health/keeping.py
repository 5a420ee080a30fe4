"""The name of an infected member of the staff is kept until its day, and no longer."""

from datetime import date, datetime
from typing import Final

from django.db import transaction

from nuantu.core import clock, scope
from nuantu.core.actors import SYSTEM
from nuantu.core.erasure import erase_case
from nuantu.core.retention import MOST_AT_ONCE, keep_until
from nuantu.core.typed import GONE
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Infection

STAFF_ILLNESS: Final = "keep.staff_illness"
WHY: Final = "an illness of the staff is forgotten after its term"


def sweep_staff_illness(*, at: datetime) -> int:
    """Forget who of the staff was infected, with what, and which colleagues were near, once the
    infection ended longer ago than `keep.staff_illness`; how many. One that goes on is kept."""
    with scope.system(WHY):
        rows = Infection.objects.filter(stay=None, ended_at__isnull=False)
        due = rows.exclude(staff_name=GONE).order_by("ended_at")[:MOST_AT_ONCE]
        return sum(_forget(row, at) for row in due)


def _forget(row: Infection, at: datetime) -> bool:
    until = _last_day(row, at)
    if until >= clock.local(at).date():
        return False
    with transaction.atomic():
        erasure = erase_case(
            case_id=row.public_id,
            actor=SYSTEM,
            at=at,
            reason=f"工作人员感染登记保存到 {until}",
            division_code=row.division_code,
            owner_org=row.owner_org,
        )
        if erasure is None:
            return False
        erasure.forget(Infection.objects.filter(pk=row.pk), ("staff_name", "guidance"))
        erasure.forget(row.contacts.filter(stay=None), ("staff_name", "note", "told_to"))
    return True


def _last_day(row: Infection, at: datetime) -> date:
    since = row.ended_at or at
    months = int(rules_at(row.division_code, since).need(STAFF_ILLNESS).number)
    return keep_until(clock.local(since).date(), months)
