"""Lists of warnings, and everything that one warning's page shows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.core.exports import MOST_FETCHED
from nuantu.operations.models import Duty
from nuantu.operations.rules.clocks import Clock
from nuantu.operations.selectors import levels_of, rules_at
from nuantu.warnings.models import Coverage, FeedState, Warning
from nuantu.warnings.selectors.geography import country

STATES = ("live", "awaiting", "ended", "without")
_LIVE = (Coverage.Phase.IN_FORCE, Coverage.Phase.AWAITING)


@dataclass(frozen=True, slots=True)
class Counts:
    """In how many counties a warning holds, waits for its end to be confirmed, ever covered."""

    covered: int = 0
    live: int = 0
    awaiting: int = 0


@dataclass(frozen=True, slots=True)
class ListRow:
    """One line of the list."""

    warning: Warning
    counts: Counts


def register(found: QuerySet[Warning], wanted: Mapping[str, Any]) -> QuerySet[Warning]:
    """Warnings newest first, filtered by q, event, colour, status and state (live, awaiting,
    ended, without effect)."""
    found = found.select_related("transmission")
    for name, column in (("event", "event_name"), ("colour", "colour"), ("status", "status")):
        if wanted.get(name):
            found = found.filter(**{column: wanted[name]})
    found = _in_state(found, wanted.get("state", ""))
    for word in str(wanted.get("q") or "").split():
        found = found.filter(
            Q(headline__icontains=word)
            | Q(description__icontains=word)
            | Q(sender_name__icontains=word)
            | Q(event_name__icontains=word)
            | Q(identifier__icontains=word)
        )
    return found.order_by("-sent_at", "-pk")


def _in_state(found: QuerySet[Warning], state: str) -> QuerySet[Warning]:
    own = Coverage.objects.filter(warning=OuterRef("pk"))
    live = Exists(own.filter(phase__in=_LIVE))
    if state == "live":
        return found.filter(live)
    if state == "awaiting":
        return found.filter(Exists(own.filter(phase=Coverage.Phase.AWAITING)))
    if state == "ended":
        return found.filter(Exists(own.filter(phase=Coverage.Phase.ENDED))).exclude(live)
    if state == "without":
        return found.exclude(outcome=Warning.Outcome.COUNTED)
    return found


def list_rows(warnings: Iterable[Warning]) -> list[ListRow]:
    """Lines of the list, counted in one query."""
    shown = list(warnings)
    counted = (
        Coverage.objects.filter(warning__in=shown)
        .values("warning_id")
        .annotate(
            covered=Count("pk"),
            live=Count("pk", filter=Q(phase__in=_LIVE)),
            awaiting=Count("pk", filter=Q(phase=Coverage.Phase.AWAITING)),
        )
    )
    counts = {c["warning_id"]: Counts(c["covered"], c["live"], c["awaiting"]) for c in counted}
    return [ListRow(warning, counts.get(warning.pk, Counts())) for warning in shown]


def events() -> list[str]:
    """Events that ever came, for the filter."""
    return list(
        Warning.objects.order_by("event_name").values_list("event_name", flat=True).distinct()
    )


def feeds() -> QuerySet[FeedState]:
    """Feeds with when they were last heard, silent ones first."""
    return FeedState.objects.order_by(F("alarmed_at").asc(nulls_last=True), "-last_at")


def unexplained(coverage: Sequence[Coverage], actor: Actor) -> Duty | None:
    """An acknowledgement that the actor's organisation owed, came too late and has no reason yet."""
    late = Duty.objects.filter(
        kind="warning.acknowledge",
        subject_kind="warning",
        subject_id__in=[row.warning.public_id for row in coverage],
        owner_org=actor.org_code,
        done_at__gt=F("due_at"),
        breach_reason="",
    )
    return late.order_by("due_at").first()


# ── one warning ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class DutyCell:
    """One duty of one county on the warning's page."""

    duty: Duty
    is_done: bool
    is_late: bool
    clock: Clock


@dataclass(frozen=True, slots=True)
class CountyRow:
    """One covered county: the coverage, its name, level and patrols now, duties by kind."""

    coverage: Coverage
    name: str
    level_label: str
    rhythm: str
    duties: dict[str, DutyCell]
    may_acknowledge: bool
    may_confirm: bool


@dataclass(frozen=True, slots=True)
class KindColumn:
    """One kind of duty over all counties: how many are done of how many."""

    kind: str
    label: str
    done: int
    total: int
    late: int


@dataclass(frozen=True, slots=True)
class Story:
    """Everything the page of one warning shows."""

    warning: Warning
    rows: list[CountyRow]
    columns: list[KindColumn]
    chain: list[Warning] = field(default_factory=list)
    acknowledged: int = 0
    is_awaiting: bool = False
    may_acknowledge: bool = False
    may_confirm: bool = False


def story(warning: Warning, at: datetime, *, may: Callable[[Coverage, str], bool]) -> Story:
    """The page of a warning: whom it covers, what changed because of it, what is confirmed.

    `may` says whether the reader may acknowledge or confirm for a county.
    """
    rows = list(warning.coverage.select_related("warning", "ended_by").order_by("division_code"))
    counties = [row.division_code for row in rows]
    duties = _duties(warning, at)
    rhythms = _rhythms(counties, at)
    labels = _level_labels(counties, at)
    names = country().names
    lines = [
        CountyRow(
            coverage=row,
            name=names.name_of(row.division_code) or row.division_code,
            level_label=labels.get(row.division_code, ""),
            rhythm=rhythms.get(row.division_code, ""),
            duties=duties.get(row.division_code, {}),
            may_acknowledge=_waits(row) and may(row, "acknowledge"),
            may_confirm=row.phase == Coverage.Phase.AWAITING and may(row, "confirm_end"),
        )
        for row in rows
    ]
    return Story(
        warning=warning,
        rows=lines,
        columns=_columns(duties),
        chain=_chain(warning),
        acknowledged=sum(1 for row in rows if row.acknowledged_at),
        is_awaiting=any(row.phase == Coverage.Phase.AWAITING for row in rows),
        may_acknowledge=any(line.may_acknowledge for line in lines),
        may_confirm=any(line.may_confirm for line in lines),
    )


def _waits(row: Coverage) -> bool:
    return row.is_live and row.acknowledged_at is None


def _duties(warning: Warning, at: datetime) -> dict[str, dict[str, DutyCell]]:
    """Duties about the warning by county and kind; the newest of a kind."""
    found = Duty.objects.filter(subject_kind="warning", subject_id=warning.public_id).order_by(
        "division_code", "opened_at"
    )
    return {
        county: {
            duty.kind: DutyCell(
                duty,
                is_done=duty.state == Duty.State.DONE,
                is_late=duty.state == Duty.State.OPEN and duty.due_at < at,
                clock=duty.clock(at),
            )
            for duty in group
            if duty.state != Duty.State.CANCELLED
        }
        for county, group in groupby(found, key=lambda duty: duty.division_code)
    }


def _columns(duties: dict[str, dict[str, DutyCell]]) -> list[KindColumn]:
    kinds = dict.fromkeys(kind for cells in duties.values() for kind in cells)
    columns = []
    for kind in kinds:
        cells = [cells[kind] for cells in duties.values() if kind in cells]
        columns.append(
            KindColumn(
                kind=kind,
                label=cells[0].duty.kind_label,
                done=sum(cell.is_done for cell in cells),
                total=len(cells),
                late=sum(cell.is_late for cell in cells),
            )
        )
    return columns


def _rhythms(counties: list[str], at: datetime) -> dict[str, str]:
    """How often each county patrols now, read from the patrols that are owed."""
    slots: dict[str, tuple[str, int]] = {}
    owed = Duty.objects.filter(
        kind="patrol.daily", division_code__in=counties, due_at__gte=at
    ).exclude(state=Duty.State.CANCELLED)
    for county, slot in owed.order_by("due_at").values_list("division_code", "recurrence"):
        parts = (slot or "").split(":")
        if len(parts) == 5 and parts[4].isdigit():
            unit, times = slots.get(county, (parts[2], 0))
            slots[county] = (unit, max(times, int(parts[4])) if unit == parts[2] else times)
    return {county: rhythm_words(unit, times) for county, (unit, times) in slots.items()}


def rhythm_words(unit: str, times: int) -> str:
    """每天 1 次, 每周 3 次."""
    if unit == "per_day":
        return ngettext("每天%(n)s次", "每天%(n)s次", times) % {"n": times}
    if unit == "per_week":
        return ngettext("每周%(n)s次", "每周%(n)s次", times) % {"n": times}
    return ngettext("每月%(n)s次", "每月%(n)s次", times) % {"n": times}


def _level_labels(counties: list[str], at: datetime) -> dict[str, str]:
    """The operating level of each county in words; plans may name levels of their own."""
    if not counties:
        return {}
    language = get_language() or ""
    levels = rules_at(counties[0], at).levels
    labels = {code: level.label.said_in(language) for code, level in levels.items()}
    now = levels_of(counties, at)
    return {county: labels.get(state.level, state.level) for county, state in now.items()}


def _chain(warning: Warning) -> list[Warning]:
    """Messages of the same issuer about the same event around this one, oldest first."""
    return list(
        Warning.objects.filter(issuer=warning.issuer, event_name=warning.event_name)
        .exclude(pk=warning.pk)
        .filter(outcome=warning.outcome)
        .order_by("-sent_at")[:8]
    )[::-1]


def register_rows(found: QuerySet[Warning]) -> list[list[object]]:
    """The register as lines of a sheet."""
    return [
        [
            line.warning.identifier,
            line.warning.sender_name or line.warning.sender,
            line.warning.sent_at,
            line.warning.event_name,
            line.warning.get_colour_display() if line.warning.colour else "",
            line.warning.legal_level,
            line.warning.get_msg_type_display(),
            line.warning.get_status_display(),
            line.counts.covered,
            line.warning.get_outcome_display(),
            line.warning.effective_at,
            line.warning.expires_at,
            line.warning.headline or line.warning.description[:120],
            line.warning.get_form_display(),
            line.warning.received_at,
        ]
        for line in list_rows(found[:MOST_FETCHED])
    ]


def headings() -> list[str]:
    """The headings of the register, in the words of F-23."""
    return [
        _("预警编号"),
        _("发布单位"),
        _("发布时间"),
        _("类型"),
        _("颜色级别"),
        _("法定等级"),
        _("消息类型"),
        _("状态"),
        _("涉及县数"),
        _("处理结果"),
        _("生效时间"),
        _("失效时间"),
        _("标题"),
        _("来源格式"),
        _("收到时间"),
    ]
