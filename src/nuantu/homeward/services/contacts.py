"""The contact book of stations elsewhere: entered, confirmed again, closed; what is owed once a line is old."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core import clock
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.subjects import Subject
from nuantu.core.together import attempt, together
from nuantu.homeward.models.provinces import Province
from nuantu.homeward.models.stations import StationContact
from nuantu.homeward.rules.contacts import MOST, faults_of
from nuantu.homeward.selectors.contacts import old_before
from nuantu.homeward.services.lines import HomewardRefused, note
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import complete_duty, open_duty

CONTACT: Final = "station_contact"
CONFIRM: Final = "station.confirm"
FAULTS: Final[Mapping[str, str | Promise]] = {
    "place_code": gettext_lazy("区划代码是6到12位数字，前两位是省，例如 431200。"),
    "place_words": gettext_lazy("请写省、市、县。"),
    "name": gettext_lazy("请写单位全称。"),
    "phones": gettext_lazy("请写电话，带区号，至少7位数字。"),
}
_WORDS: Final = {
    "add": "登记外地救助站",
    "change": "更正外地救助站",
    "confirm": "核对外地救助站",
    "close": "停用外地救助站",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A station as it is typed or stands in a table."""

    place_code: str
    place_words: str
    name: str
    phones: str
    address: str = ""
    note: str = ""


def fault_words(column: str, fault: str) -> str:
    """What is wrong with a column, in the reader's language."""
    if fault == "long":
        return _("最多 %(n)s 个字。") % {"n": MOST[column]}
    return str(FAULTS[fault])


def put_contact(
    *,
    actor: Actor,
    at: datetime,
    entry: Entry,
    confirmed_date: date,
    contact: StationContact | None = None,
) -> StationContact:
    """Enter a station, put one right, or only confirm it: each sets the day and who.

    Raises HomewardRefused with the field to mend.
    """
    with together():
        row = write_contact(actor, at, entry, confirmed_date, contact)
        keep_confirming(actor, at, row)
    return row


def write_contact(
    actor: Actor, at: datetime, entry: Entry, day: date, contact: StationContact | None
) -> StationContact:
    """The same for one row among many: whoever calls it asks what is still owed. Raises HomewardRefused."""
    values = _checked(entry)
    if day > clock.local(at).date():
        raise HomewardRefused(_("不能是以后的日期。"), field="confirmed_date")
    row = _held(contact) if contact else None
    deed = "add" if row is None else "confirm"
    if row is None:
        row = StationContact(
            division_code=actor.division_code, owner_org=actor.org_code, recorded_at=at
        )
    elif any(getattr(row, name) != value for name, value in values.items()):
        deed = "change"
    for name, value in values.items():
        setattr(row, name, value)
    row.confirmed_date, row.confirmed_by = day, actor.name
    try:
        with attempt():
            row.save()
    except IntegrityError as error:
        raise HomewardRefused(_("通讯录里已经有这个站。"), field="name") from error
    _say(row, deed, actor, at)
    return row


def close_contact(*, actor: Actor, at: datetime, contact: StationContact, reason: str) -> None:
    """The station is no more, or stands in another line. Raises HomewardRefused."""
    if not reason.strip():
        raise HomewardRefused(_("请写为什么停用。"), field="reason")
    with together():
        row = _held(contact)
        row.closed_at = at
        row.save(update_fields=["closed_at"])
        keep_confirming(actor, at, row)
        _say(row, "close", actor, at, reason=reason.strip()[:200])


def owe_confirming(*, at: datetime) -> int:
    """Once a night: whoever keeps lines that are old owes calling those stations, in one duty; how many new ones.

    Call it under the system scope; it may run again.
    """
    count = 0
    owing = Duty.objects.filter(kind=CONFIRM, state=Duty.State.OPEN)
    rows = StationContact.objects.filter(closed_at=None)
    oldest = (
        rows.exclude(owner_org__in=owing.values("owner_org"))
        .order_by("owner_org", "confirmed_date", "pk")
        .distinct("owner_org")
    )
    for row in oldest:
        if row.confirmed_date > old_before(row.division_code, at):
            continue
        ruling = rules_at(row.division_code, at).need("station.confirm")
        open_duty(
            actor=SYSTEM,
            at=at,
            kind=CONFIRM,
            title="打电话核对通讯录里过期的救助站",
            title_en="Call the stations of the contact book that were not confirmed for long",
            subject=Subject(CONTACT, row.public_id),
            owner_org=row.owner_org,
            division_code=row.division_code,
            due_at=at + timedelta(days=int(ruling.number)),
            basis=ruling.source[:200],
            basis_rule="P1-33",
        )
        count += 1
    return count


def keep_confirming(actor: Actor, at: datetime, contact: StationContact) -> None:
    """Once no line of that book is old any more, nothing is owed."""
    duties = list(
        Duty.objects.filter(kind=CONFIRM, owner_org=contact.owner_org, state=Duty.State.OPEN)
    )
    old = old_before(contact.division_code, at) if duties else None
    rows = StationContact.objects.filter(owner_org=contact.owner_org, closed_at=None)
    if not duties or rows.filter(confirmed_date__lte=old).exists():
        return
    for duty in duties:
        complete_duty(actor=actor, at=at, duty=duty, evidence=contact.public_id)


def _checked(entry: Entry) -> dict[str, str]:
    values = {name: " ".join(value.split()) for name, value in asdict(entry).items()}
    for column, fault in faults_of(values, Province.values):
        raise HomewardRefused(fault_words(column, fault), field=column)
    return values


def _held(contact: StationContact) -> StationContact:
    row = StationContact.objects.select_for_update().get(pk=contact.pk)
    if row.closed_at is not None:
        raise HomewardRefused(_("这一条已经停用。"))
    return row


def _say(row: StationContact, deed: str, actor: Actor, at: datetime, **changes: str) -> None:
    note(
        row,
        f"{CONTACT}.{deed}",
        actor=actor,
        at=at,
        summary=f"{_WORDS[deed]}：{row.name}",
        changes={"name": row.name, **changes},
    )
