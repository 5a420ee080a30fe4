"""What a covered county owes: the acknowledgement, the preparations, the end confirmed.

Limits and preparations are the plan's (`warning.acknowledge`, `warning.prep`); the daily patrol
follows from the level by itself (P9-05).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from nuantu.accounts.models import Organisation
from nuantu.accounts.selectors import bureau_of, office_of, station_of
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import leader_on_duty, operations_at, rules_at
from nuantu.operations.services import cancel_duty, open_duty
from nuantu.planbook.deadlines import end_of, local_day
from nuantu.planbook.rulebook import RuleBook
from nuantu.planbook.rules import Ruling
from nuantu.warnings.models import Coverage, Warning
from nuantu.warnings.rules.episodes import Phase
from nuantu.warnings.selectors.folding import Asked, CountyFold
from nuantu.warnings.services import wording

ACKNOWLEDGE = "warning.acknowledge"
CONFIRM_END = "warning.confirm_end"
PATROL = "patrol.daily"
_OWNERS: dict[str, Callable[[str], Organisation | None]] = {
    "relief_station": station_of,
    "civil_affairs": bureau_of,
    "joint_meeting_office": office_of,
}


def owe(*, actor: Actor, at: datetime, coverage: Coverage, asked: Asked) -> None:
    """Open what a warning in force asks of its county; nothing is opened twice."""
    book = rules_at(coverage.division_code, at)
    if asked.standing.phase is Phase.AWAITING:
        _owe_answer(actor, at, coverage, book, CONFIRM_END)
        return
    if asks_to_be_seen(coverage):
        _owe_answer(actor, at, coverage, book, ACKNOWLEDGE)
    for ruling in book.every("warning.prep", level=asked.level):
        _owe_preparation(actor, at, coverage, ruling)


def asks_to_be_seen(coverage: Coverage) -> bool:
    """Whether a message says something new to a county: an alert, another colour or event.

    A mere continuation (继续发布) keeps what was acknowledged.
    """
    warning = coverage.warning
    if warning.msg_type == Warning.MsgType.ALERT or warning.is_wider or warning.replaces_event:
        return True
    if warning.previous_colour and warning.previous_colour != warning.colour:
        return True
    return not _is_known_episode(coverage)


def _is_known_episode(coverage: Coverage) -> bool:
    """Whether the county had the same event in the same colour from the same issuer before."""
    warning = coverage.warning
    return (
        Warning.objects.filter(
            coverage__division_code=coverage.division_code,
            issuer=warning.issuer,
            event_name=warning.event_name,
            colour=warning.colour,
            outcome=Warning.Outcome.COUNTED,
            sent_at__lt=warning.sent_at,
            sent_at__gt=warning.sent_at - timedelta(days=7),
        )
        .exclude(msg_type=Warning.MsgType.CANCEL)
        .exists()
    )


def _owe_answer(actor: Actor, at: datetime, coverage: Coverage, book: RuleBook, kind: str) -> None:
    """The watch leader acknowledges, or confirms the end, within the plan's minutes."""
    ruling = book.need("warning.acknowledge")
    recurrence = f"{kind}:{coverage.warning.public_id}:{coverage.division_code}"
    if Duty.objects.filter(recurrence=recurrence).exists():
        return
    watch = leader_on_duty(coverage.owner_org, at)
    open_duty(
        actor=actor,
        at=at,
        kind=kind,
        title=f"{_VERBS[kind][0]}：{wording.words_of(coverage.warning)}",
        title_en=_VERBS[kind][1],
        subject=Subject("warning", coverage.warning.public_id),
        owner_org=coverage.owner_org,
        division_code=coverage.division_code,
        due_at=at + timedelta(minutes=ruling.number),
        basis=basis_of(ruling),
        basis_rule=ruling.source[:60],
        assignee=watch.user if watch else None,
        recurrence=recurrence,
    )


_VERBS = {
    ACKNOWLEDGE: ("带班领导确认预警", "Leader on duty acknowledges the warning"),
    CONFIRM_END: ("预警已过保持时间，确认是否结束", "The hold is over: is the warning at an end?"),
}


def basis_of(ruling: Ruling) -> str:
    """The clause a duty rests on, as the screen says it."""
    plan = "全国默认" if ruling.is_national else ruling.plan_code
    return f"{plan} {ruling.source} {ruling.quote}".strip()[:200]


def _owe_preparation(actor: Actor, at: datetime, coverage: Coverage, ruling: Ruling) -> None:
    said = ruling.value
    if not isinstance(said, Mapping) or ruling.key == PATROL:
        return
    due_at, slot = _due(said, at)
    recurrence = f"{ruling.key}:{coverage.division_code}:{coverage.root_id.hex}:{slot}"[:120]
    county = Duty.objects.filter(kind=ruling.key, division_code=coverage.division_code)
    is_owed = county.filter(state=Duty.State.OPEN, subject_kind="warning").exists()
    if due_at is None or is_owed or county.filter(recurrence=recurrence).exists():
        return
    operations = operations_at(coverage.division_code, at)
    open_duty(
        actor=actor,
        at=at,
        kind=ruling.key,
        title=str(said.get("title", ruling.key)),
        title_en=str(said.get("title_en", "")),
        subject=Subject("warning", coverage.warning.public_id),
        owner_org=_owner(str(said.get("who", "")), coverage),
        division_code=coverage.division_code,
        due_at=due_at,
        basis=basis_of(ruling),
        basis_rule=ruling.source[:60],
        operation=operations[0] if operations else None,
        recurrence=recurrence,
    )


def _due(said: Mapping[str, object], at: datetime) -> tuple[datetime | None, str]:
    """When a preparation is due: within its minutes once, or by the end of each day."""
    minutes = said.get("within_minutes")
    if isinstance(minutes, int | float):
        return at + timedelta(minutes=float(minutes)), "once"
    if said.get("every") == "day":
        day = local_day(at)
        return end_of(day), day.isoformat()
    return None, ""


def _owner(who: str, coverage: Coverage) -> str:
    found = _OWNERS.get(who, station_of)(coverage.division_code)
    return found.code if found else coverage.owner_org


def take_back(*, actor: Actor, at: datetime, coverage: Coverage, fold: CountyFold) -> None:
    """A warning ended: what was only owed because of it is taken back, with the reason.

    Preparations stay owed while another warning in the county asks for a level.
    """
    own = Duty.objects.filter(
        subject_kind="warning",
        subject_id=coverage.warning.public_id,
        division_code=coverage.division_code,
        state=Duty.State.OPEN,
    )
    answers = (ACKNOWLEDGE, CONFIRM_END)
    ended = list(own.filter(kind__in=answers))
    if not any(a.standing.counts and a.level for a in fold.asked):
        others = Duty.objects.filter(
            subject_kind="warning",
            division_code=coverage.division_code,
            state=Duty.State.OPEN,
        ).exclude(kind__in=answers)
        ended.extend(others)
    for duty in ended:
        cancel_duty(actor=actor, at=at, duty=duty, reason=wording.end_of(coverage))


def owe_of_the_day(*, at: datetime) -> int:
    """Open the daily preparations of the running day in every county with a warning in force."""
    live = Coverage.objects.filter(phase=Coverage.Phase.IN_FORCE).exclude(level="")
    rows = list(live.select_related("warning"))
    for row in rows:
        book = rules_at(row.division_code, at)
        for ruling in book.every("warning.prep", level=row.level):
            if isinstance(ruling.value, Mapping) and ruling.value.get("every") == "day":
                _owe_preparation(SYSTEM, at, row, ruling)
    return len(rows)
