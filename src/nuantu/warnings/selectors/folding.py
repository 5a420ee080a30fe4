"""The messages so far as the rules fold them, and what a plan asks of a warning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from nuantu.operations.selectors import rules_at
from nuantu.planbook.rulebook import RuleBook
from nuantu.warnings.models import Coverage, Warning, WarningReference
from nuantu.warnings.rules.episodes import Confirmation, Notice, Standing, standings
from nuantu.warnings.rules.levels import LevelRule, rule_for, strictest
from nuantu.warnings.rules.message import Colour, Message, MsgType, Reference

LOOK_BACK = timedelta(days=45)
"""No warning holds longer: older messages are not folded again."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the plan asks for one standing warning; `level` is empty where it does not name it."""

    standing: Standing
    level: str
    source: str


@dataclass(frozen=True, slots=True)
class CountyFold:
    """Every message of a county with where it stands, and the level they ask together."""

    county: str
    asked: tuple[Asked, ...]
    level: str
    strictest: Asked | None


def notices(at: datetime) -> list[Notice]:
    """Every acting message not older than the look-back."""
    rows = (
        Warning.objects.filter(
            outcome=Warning.Outcome.COUNTED, received_at__gt=at - LOOK_BACK, received_at__lte=at
        )
        .prefetch_related("references", "coverage")
        .order_by("pk")
    )
    return [notice_of(row, row.references.all(), row.coverage.all()) for row in rows]


def notice_of(
    row: Warning, references: Iterable[WarningReference], coverage: Iterable[Coverage]
) -> Notice:
    """A stored warning as the fold sees it."""
    return Notice(
        key=str(row.public_id),
        identifier=row.identifier,
        sender=row.sender,
        issuer=row.issuer,
        event=row.event_name,
        colour=Colour[row.colour.upper()] if row.colour else None,
        msg_type=MsgType(row.msg_type),
        sent_at=row.sent_at,
        received_at=row.received_at,
        divisions=frozenset(cover.division_code for cover in coverage),
        expires_at=row.expires_at,
        references=tuple(Reference(r.identifier, r.sender, r.sent_at) for r in references),
        extends_area=row.is_wider,
        replaces_event=row.replaces_event,
        index=row.part,
    )


def notice_of_message(
    message: Message, issuer: str, counties: Iterable[str], received_at: datetime
) -> Notice:
    """A message that is only being looked at, for a preview."""
    return Notice(
        key=f"preview-{message.identifier}-{message.index}",
        identifier=message.identifier,
        sender=message.sender,
        issuer=issuer,
        event=message.event_name,
        colour=message.colour,
        msg_type=message.msg_type,
        sent_at=message.sent_at,
        received_at=received_at,
        divisions=frozenset(counties),
        expires_at=message.expires_at,
        references=message.references,
        extends_area=message.extends_area,
        replaces_event=message.replaces_event,
        index=message.index,
    )


def confirmations() -> list[Confirmation]:
    """Every end that a person confirmed."""
    rows = Coverage.objects.filter(confirmed_at__isnull=False).values_list(
        "warning__public_id", "division_code", "confirmed_at"
    )
    return [Confirmation(str(key), division, at) for key, division, at in rows if at]


def fold(
    county: str,
    found: Sequence[Notice],
    confirmed: Sequence[Confirmation],
    at: datetime,
) -> CountyFold:
    """Where every message stands in a county, by the hold and the words of its own plan."""
    book = rules_at(county, at)
    hold = timedelta(hours=book.need("warning.hold").number)
    rules, ranks = level_rules(book), level_ranks(book)
    standing = standings(found, county, at=at, hold=hold, confirmations=confirmed)
    asked = tuple(_asked(s, rules, ranks) for s in standing)
    live = [a for a in asked if a.standing.counts and a.level]
    level = strictest([a.level for a in live], ranks)
    leading = max(
        (a for a in live if a.level == level), key=lambda a: a.standing.since, default=None
    )
    return CountyFold(county, asked, level, leading)


def _asked(standing: Standing, rules: Sequence[LevelRule], ranks: dict[str, int]) -> Asked:
    rule = rule_for(standing.notice.event, standing.notice.colour, rules, ranks)
    if rule is None:
        return Asked(standing, "", "")
    return Asked(standing, rule.level, f"{rule.plan_code} {rule.source}".strip())


def level_rules(book: RuleBook) -> list[LevelRule]:
    """The lines of all plans in force that say which warning asks for which level (X45)."""
    return [
        LevelRule(
            level=str(rule.value),
            events=rule.selectors,
            colours=rule.colours,
            source=rule.source,
            plan_code="" if rule.plan_code == "national" else rule.plan_code,
        )
        for rule in book.rules("warning.level")
        if rule.season in ("", book.season)
    ]


def level_ranks(book: RuleBook) -> dict[str, int]:
    """The rank of every level that a plan names."""
    return {code: level.rank for code, level in book.levels.items()}


def live_counties() -> set[str]:
    """Counties in which some warning still asks for something."""
    live = (Coverage.Phase.IN_FORCE, Coverage.Phase.AWAITING)
    return set(Coverage.objects.filter(phase__in=live).values_list("division_code", flat=True))


def key_of(notice_key: str) -> UUID:
    """The public id of the warning behind a notice."""
    return UUID(notice_key)
