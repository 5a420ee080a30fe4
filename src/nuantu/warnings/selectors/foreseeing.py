"""What a message would do, before it does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.operations.selectors import rules_at
from nuantu.planbook.text import Text
from nuantu.warnings.models import Warning
from nuantu.warnings.rules.areas import concerns, coverage
from nuantu.warnings.rules.covers import Coverage as Located
from nuantu.warnings.rules.message import Message
from nuantu.warnings.selectors.folding import (
    confirmations,
    fold,
    live_counties,
    notice_of_message,
    notices,
)
from nuantu.warnings.selectors.geography import country


@dataclass(frozen=True, slots=True)
class Change:
    """One county: its level by warnings now and then."""

    county: str
    name: str
    part: str
    before: Text
    after: Text

    @property
    def is_change(self) -> bool:
        """Whether the level would be another one."""
        return str(self.before) != str(self.after)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One message as understood, whom it covers and what it would change."""

    message: Message
    located: Located
    issuer_name: str
    may_count: bool
    changes: list[Change]


def foreseen(*, messages: Sequence[Message], actor: Actor, received_at: datetime) -> list[Foreseen]:
    """For each message whom it covers, and the levels of the counties once all have counted."""
    places = country(actor.division_code)
    found, confirmed = notices(received_at), confirmations()
    located = [coverage(message, places) for message in messages]
    fresh = [
        notice_of_message(
            message,
            "national" if message.is_national else where.issuer_division or message.sender_name,
            [cover.division_code for cover in where.covers],
            received_at,
        )
        for message, where in zip(messages, located, strict=True)
        if message.may_act
    ]
    touched = {c.division_code for where in located for c in where.covers} | live_counties()
    changes: dict[str, Change] = {}
    for county in sorted(touched):
        book = rules_at(county, received_at)
        before = fold(county, found, confirmed, received_at).level
        after = fold(county, [*found, *fresh], confirmed, received_at).level
        name = places.names.name_of(county)
        changes[county] = Change(
            county, name, "", book.level(before).label, book.level(after).label
        )
    return [
        Foreseen(
            message,
            where,
            places.names.name_of(where.issuer_division) if where.issuer_division else "",
            message.may_act and (bool(where.covers) or concerns(message, where, places)),
            _changes(where, changes, may_act=message.may_act),
        )
        for message, where in zip(messages, located, strict=True)
    ]


def _changes(where: Located, changes: dict[str, Change], *, may_act: bool) -> list[Change]:
    """The covered counties, and any other whose level would change."""
    parts = {cover.division_code: cover.part for cover in where.covers}
    shown = [
        Change(change.county, change.name, parts.get(county, ""), change.before, change.after)
        for county, change in changes.items()
        if county in parts or change.is_change
    ]
    if may_act:
        return shown
    return [Change(c.county, c.name, c.part, c.before, c.before) for c in shown]


def was_taken(message: Message) -> Warning | None:
    """The warning that this message was taken as before."""
    return Warning.objects.filter(
        sender=message.sender[:200],
        identifier=message.identifier[:200],
        sent_at=message.sent_at,
        part=message.index,
    ).first()
