"""Take a warning in: read it, keep it as it came, say whom it covers, let it take effect."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation
from nuantu.core import events, journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.core.turns import wait_for_turn
from nuantu.warnings.models import Channel, Coverage, Transmission, Warning
from nuantu.warnings.rules.areas import concerns, coverage
from nuantu.warnings.rules.covers import Country
from nuantu.warnings.rules.message import Message, NoteKind, Why
from nuantu.warnings.selectors.folding import live_counties
from nuantu.warnings.selectors.geography import country
from nuantu.warnings.services import storing
from nuantu.warnings.services.feeds import heard_from
from nuantu.warnings.services.reading import MessageUnreadable, read
from nuantu.warnings.services.settling import settle
from nuantu.warnings.services.unread import keep_unread, owe_location
from nuantu.warnings.services.wording import summary_of

SAME_BODY = timedelta(hours=48)
"""A body received again within this time is a repetition, even if its time came from receipt."""
TURN = "warnings.taking"  # two messages at once would each fold without the other
_NOTHING_TO_KEEP = (Why.EMPTY, Why.TOO_LARGE)


class NobodyToAnswer(Refusal):
    """No organisation is set up that could hold a warning."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one body: its warnings, and whether every one was known before."""

    warnings: tuple[Warning, ...]
    is_repeat: bool


def take_message(
    *, actor: Actor, at: datetime, body: bytes, content_type: str, received_at: datetime
) -> Warning:
    """Take in a body with one warning; of several the first. See `take_messages`."""
    taken = take_messages(
        actor=actor, at=at, body=body, content_type=content_type, received_at=received_at
    )
    return taken.warnings[0]


def take_messages(
    *,
    actor: Actor,
    at: datetime,
    body: bytes,
    content_type: str,
    received_at: datetime,
    channel: str = Channel.API,
    source: str = "",
) -> Taken:
    """Take in every warning of a body, once: the same message or body again changes nothing.

    A test, an exercise, another province's warning is kept and shown and changes nothing. Raises
    MessageUnreadable, after the body was kept for a person to look at; NobodyToAnswer.
    """
    try:
        messages = read(body=body, content_type=content_type, received_at=received_at)
    except MessageUnreadable as cause:
        if channel != Channel.MANUAL and cause.why not in _NOTHING_TO_KEEP:
            _keep(
                cause,
                actor=actor,
                at=at,
                body=body,
                content_type=content_type,
                received_at=received_at,
                channel=channel,
                source=source or actor.name,
            )
        raise
    with transaction.atomic(), scope.system("a warning concerns every county it covers"):
        wait_for_turn(TURN)
        division, owner = home_of(actor)
        if _is_feed(actor, channel):
            heard_from(
                at=at, channel=channel, source=source or actor.name, division=division, owner=owner
            )
        known = _known(messages, body, received_at)
        if all(known):
            return Taken(tuple(row for row in known if row), is_repeat=True)
        transmission = storing.store_transmission(
            actor=actor,
            body=body,
            content_type=content_type,
            channel=channel,
            source=source or actor.name,
            received_at=received_at,
            division_code=division,
            owner_org=owner,
        )
        rows = tuple(
            row or _take(actor, at, message, transmission, country(actor.division_code or division))
            for message, row in zip(messages, known, strict=True)
        )
        fresh = {row.pk for row in rows} - {row.pk for row in known if row}
        touched = set(
            Coverage.objects.filter(warning_id__in=fresh).values_list("division_code", flat=True)
        )
        settle(actor=actor, at=at, counties=touched | live_counties())
    return Taken(rows, is_repeat=False)


def _keep(
    cause: MessageUnreadable,
    *,
    actor: Actor,
    at: datetime,
    body: bytes,
    content_type: str,
    received_at: datetime,
    channel: str,
    source: str,
) -> None:
    """What cannot be read is kept once; the feed that sent it is alive all the same."""
    with transaction.atomic(), scope.system("what came in may concern every county"):
        wait_for_turn(TURN)
        division, owner = home_of(actor)
        if _is_feed(actor, channel):
            heard_from(at=at, channel=channel, source=source, division=division, owner=owner)
        if _same_body(body, received_at) is not None:
            cause.is_kept = True
            return
        transmission = storing.store_transmission(
            actor=actor,
            body=body,
            content_type=content_type,
            channel=channel,
            source=source,
            received_at=received_at,
            division_code=division,
            owner_org=owner,
        )
        keep_unread(at=at, cause=cause, transmission=transmission)
        cause.is_kept = True


def _is_feed(actor: Actor, channel: str) -> bool:
    """A program that only posts is a feed; a person who posts or types is not missed later."""
    return channel == Channel.FOLDER or (
        channel == Channel.API and not actor.may("warnings.warning.enter")
    )


def home_of(actor: Actor) -> tuple[str, str]:
    """Where a message is filed: the receiver's organisation, else the widest that works here."""
    if actor.org_code:
        return actor.division_code, actor.org_code
    kinds = (Organisation.Kind.OFFICE, Organisation.Kind.BUREAU, Organisation.Kind.STATION)
    for kind in kinds:
        found = Organisation.objects.filter(kind=kind, is_active=True).order_by("division_id")
        first = found.first()
        if first:
            return first.division_id, first.code
    raise NobodyToAnswer(_("还没有开通任何单位，收不了预警。请先建立民政局或救助管理站。"))


def _known(messages: Sequence[Message], body: bytes, received_at: datetime) -> list[Warning | None]:
    """For each message the row it was taken as before: by its name, else by its body."""
    by_name = [
        Warning.objects.filter(
            sender=message.sender[:200],
            identifier=message.identifier[:200],
            sent_at=message.sent_at,
            part=message.index,
        ).first()
        for message in messages
    ]
    if all(by_name) or not any(m.has_note(NoteKind.SENT_FROM_RECEIPT) for m in messages):
        return by_name
    earlier = _same_body(body, received_at)
    if earlier is None:
        return by_name
    same = {row.part: row for row in earlier.warnings.all()}
    return [row or same.get(m.index) for row, m in zip(by_name, messages, strict=True)]


def _same_body(body: bytes, received_at: datetime) -> Transmission | None:
    """The latest transmission of the same bytes within `SAME_BODY`."""
    found = Transmission.objects.filter(
        digest=storing.digest_of(body), received_at__gt=received_at - SAME_BODY
    )
    return found.order_by("-received_at").first()


def _take(
    actor: Actor, at: datetime, message: Message, transmission: Transmission, places: Country
) -> Warning:
    located = coverage(message, places)
    form = storing.form_of(message, transmission.channel)
    row = storing.store_warning(
        message,
        transmission,
        located,
        form=form,
        concerns_us=concerns(message, located, places),
    )
    if row.may_act:
        Coverage.objects.bulk_create(
            storing.cover_rows(row, located.covers, fallback_org=transmission.owner_org)
        )
    journal.record(
        verb="warnings.warning.take",
        actor=actor,
        at=at,
        subjects=[Subject("warning", row.public_id)],
        division_code=row.division_code,
        owner_org=row.owner_org,
        summary=summary_of(row, len(located.covers)),
        basis=row.identifier,
        happened_at=row.sent_at,
        changes={"outcome": row.outcome, "counties": [c.division_code for c in located.covers]},
    )
    if row.outcome == Warning.Outcome.UNLOCATED and transmission.channel != Channel.MANUAL:
        owe_location(at=at, warning=row)
    events.announce("warnings.warning_taken", warning=str(row.public_id))
    live.hint("warnings", row.division_code, row.owner_org)
    return row
