"""The register of tips: filtered, counted, paged, exported."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.accounts.rules.divisions import short_code
from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED
from nuantu.core.ids import RECEIPT_LENGTH, tidy_receipt
from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors.receipts import receipt_hash
from nuantu.operations.rules.clocks import is_breached


@dataclass(frozen=True, slots=True)
class TipFilter:
    """What is asked of the register; empty values ask nothing. `state` may also be `open`,
    `clock` is `late`, `soon`, `breached` or `reached`."""

    words: str = ""
    state: str = ""
    channel: str = ""
    flag: str = ""
    clock: str = ""
    division: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    closed_since: date | None = None


def tip_list(wanted: TipFilter, at: datetime) -> QuerySet[Tip]:
    """Tips that the scope shows, narrowed; newest first."""
    found = Tip.objects.order_by("-received_at", "-pk")
    if wanted.words:
        found = found.filter(_said(wanted.words))
    if wanted.state == "open":
        found = found.exclude(state=Tip.State.CLOSED)
    elif wanted.state:
        found = found.filter(state=wanted.state)
    exact = {"channel": wanted.channel, "outcome": wanted.outcome}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.flag:
        found = found.filter(urgent_flags__contains=[wanted.flag])
    if wanted.division:
        found = found.filter(division_code__startswith=short_code(wanted.division))
    return _of_days(_of_clock(found, wanted.clock, at), wanted)


def _said(words: str) -> Q:
    """Words of the place or of what was seen; or the code on the reporter's receipt."""
    asked = Q(place_text__icontains=words) | Q(seen_text__icontains=words)
    code = tidy_receipt(words)
    return asked | Q(receipt_hash=receipt_hash(code)) if len(code) == RECEIPT_LENGTH else asked


def _of_clock(found: QuerySet[Tip], asked: str, at: datetime) -> QuerySet[Tip]:
    waiting = Q(arrived_at=None) & ~Q(state=Tip.State.CLOSED)
    conditions = {
        "late": waiting & Q(due_at__lt=at),
        "soon": waiting & Q(warn_at__lte=at, due_at__gte=at),
        "reached": Q(arrived_at__isnull=False),
        "breached": Q(arrived_at__gt=F("due_at")) | waiting & Q(due_at__lt=at),
    }
    return found.filter(conditions[asked]) if asked in conditions else found


def _of_days(found: QuerySet[Tip], wanted: TipFilter) -> QuerySet[Tip]:
    if wanted.since:
        found = found.filter(received_at__gte=_start_of(wanted.since))
    if wanted.closed_since:
        found = found.filter(closed_at__gte=_start_of(wanted.closed_since))
    if wanted.until:
        found = found.filter(received_at__lt=_start_of(wanted.until + timedelta(days=1)))
    return found


def _start_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.LOCAL)


def register_headings() -> list[str]:
    """Headings of the exported register (F-01)."""
    return [
        _("线索编号"),
        _("接报时间"),
        _("来源渠道"),
        _("地点"),
        _("区划代码"),
        _("人数"),
        _("紧急特征"),
        _("看到的情况"),
        _("是否匿名"),
        _("时限（分钟）"),
        _("依据"),
        _("派队时间"),
        _("到场时间"),
        _("是否超时"),
        _("办结时间"),
        _("处置结果"),
        _("核实结果"),
        _("标记"),
    ]


def register_rows(found: QuerySet[Tip], at: datetime) -> Iterator[list[object]]:
    """Rows of the exported register; no name and no number of a reporter."""
    for tip in found[:MOST_FETCHED].iterator(chunk_size=1000):
        late = is_breached(due_at=tip.due_at, done_at=tip.arrived_at or tip.closed_at, at=at)
        yield [
            str(tip.public_id),
            tip.received_at,
            tip.get_channel_display(),
            tip.place_text,
            tip.division_code,
            tip.person_count,
            _("、").join(word for word, _kind in tip.flag_labels),
            tip.seen_text,
            _("否") if tip.callback_hash else _("是"),
            tip.limit_minutes,
            tip.limit_basis,
            tip.assigned_at,
            tip.arrived_at,
            _("是") if late else _("否"),
            tip.closed_at,
            tip.get_outcome_display(),
            tip.get_verification_display(),
            tip.get_mark_display() if tip.mark else "",
        ]


def tip_label(public_id: UUID) -> str:
    """A tip as lists of duties and journal lines name it: its place, nothing about the person."""
    tip = Tip.objects.filter(public_id=public_id).only("place_text", "place_text_en").first()
    return _("线索：%(place)s") % {"place": tip.place} if tip else _("线索")


def tip_url(public_id: UUID) -> str:
    """The page of a tip."""
    return reverse("dispatch:tip", args=[public_id])
