"""A message becomes rows; nothing is computed here."""

from datetime import datetime
from hashlib import sha256

from nuantu.accounts.selectors import bureau_of, station_of
from nuantu.core.actors import Actor
from nuantu.warnings.models import Coverage, Transmission, Warning, WarningArea, WarningReference
from nuantu.warnings.rules.covers import Cover
from nuantu.warnings.rules.covers import Coverage as Located
from nuantu.warnings.rules.message import Colour, Message, MsgType, Point, SourceFormat, Status


def store_transmission(
    *,
    actor: Actor,
    body: bytes,
    content_type: str,
    channel: str,
    source: str,
    received_at: datetime,
    division_code: str,
    owner_org: str,
) -> Transmission:
    """The body exactly as received."""
    return Transmission.objects.create(
        division_code=division_code,
        owner_org=owner_org,
        body=body,
        content_type=content_type[:120],
        digest=digest_of(body),
        channel=channel,
        source=source[:120],
        received_at=received_at,
        taken_by=actor.name[:120],
    )


def digest_of(body: bytes) -> str:
    """SHA-256 of a body, hexadecimal."""
    return sha256(body).hexdigest()


def issuer_key(message: Message, located: Located) -> str:
    """Who stands behind a message, so that his next one replaces it: the national centre, the
    division, or the name where no division is known."""
    if message.is_national:
        return "national"
    return located.issuer_division or message.sender_name or message.sender or "unknown"


def store_warning(
    message: Message,
    transmission: Transmission,
    located: Located,
    *,
    form: str,
    concerns_us: bool,
) -> Warning:
    """One message with its references and areas."""
    row = Warning.objects.create(
        transmission=transmission,
        division_code=located.issuer_division or transmission.division_code,
        owner_org=transmission.owner_org,
        outcome=outcome_of(message, located, concerns_us=concerns_us),
        issuer=issuer_key(message, located)[:200],
        form=form,
        received_at=transmission.received_at,
        **_columns(message),
    )
    WarningReference.objects.bulk_create(
        WarningReference(
            warning=row,
            identifier=reference.identifier[:200],
            sender=reference.sender[:200],
            sent_at=reference.sent_at,
        )
        for reference in message.references
        if reference.identifier or reference.sent_at
    )
    WarningArea.objects.bulk_create(
        WarningArea(
            warning=row,
            position=position,
            description=area.description,
            codes=list(area.codes),
            polygons=[_points(polygon) for polygon in area.polygons],
            altitude_metres=area.altitude_metres,
            ceiling_metres=area.ceiling_metres,
        )
        for position, area in enumerate(message.areas)
    )
    return row


def _columns(message: Message) -> dict[str, object]:
    """The plain columns of a message, cut to their width."""
    return {
        "identifier": message.identifier[:200],
        "sender": message.sender[:200],
        "sender_name": message.sender_name[:200],
        "sender_division": message.sender_division,
        "is_national": message.is_national,
        "sent_at": message.sent_at,
        "part": message.index,
        "event_code": message.event_code[:20],
        "event_name": message.event_name[:60],
        "event_as_issued": message.event_as_issued[:200],
        "colour": _word(message.colour),
        "previous_colour": _word(message.previous_colour),
        "replaces_event": message.replaces_event[:60],
        "msg_type": message.msg_type.value,
        "status": message.status.value,
        "scope": message.scope.value,
        "effective_at": message.effective_at,
        "onset_at": message.onset_at,
        "expires_at": message.expires_at,
        "forecast_since": message.forecast_from,
        "forecast_until": message.forecast_until,
        "headline": message.headline,
        "description": message.description,
        "criteria": message.criteria,
        "instruction": message.instruction,
        "language": message.language[:20],
        "object_area": message.object_area,
        "is_wider": message.extends_area,
        "notes": [f"{note.kind.value}:{note.value}"[:160] for note in message.notes],
    }


def _word(colour: Colour | None) -> str:
    return colour.code if colour else ""


def _points(polygon: tuple[Point, ...]) -> str:
    return " ".join(f"{lat},{lon}" for lat, lon in polygon)


def outcome_of(message: Message, located: Located, *, concerns_us: bool) -> str:
    """What becomes of a message on receipt; only `counted` may change anything (WE-24)."""
    if message.status is not Status.ACTUAL:
        return Warning.Outcome.NOT_ACTUAL
    if message.msg_type in (MsgType.ACK, MsgType.ERROR):
        return Warning.Outcome.NOT_A_WARNING
    if not message.may_act:
        return Warning.Outcome.NOT_PUBLIC
    if located.covers or concerns_us:
        return Warning.Outcome.COUNTED
    return Warning.Outcome.ELSEWHERE if located.is_located else Warning.Outcome.UNLOCATED


def form_of(message: Message, channel: str) -> str:
    """The form a warning arrived in; what was entered by hand is its own."""
    return Warning.Form.MANUAL if channel == "manual" else SourceFormat(message.source_format).value


def cover_rows(row: Warning, covers: tuple[Cover, ...], *, fallback_org: str) -> list[Coverage]:
    """Unsaved coverage of a warning: one row a county, owned by its station or bureau."""
    return [
        Coverage(
            warning=row,
            division_code=cover.division_code,
            owner_org=answering_org(cover.division_code) or fallback_org,
            part=cover.part[:200],
            basis=cover.basis.value,
            root_id=row.public_id,
            phase=first_phase(row),
            began_at=min(row.sent_at, row.received_at),
        )
        for cover in covers
    ]


def first_phase(row: Warning) -> str:
    """A cancel only lifts; every other message is settled right after it is stored."""
    is_cancel = row.msg_type == Warning.MsgType.CANCEL
    return Coverage.Phase.LIFTS if is_cancel else Coverage.Phase.IN_FORCE


def answering_org(county: str) -> str:
    """The organisation that answers for a county: its station, else its bureau."""
    found = station_of(county) or bureau_of(county)
    return found.code if found else ""
