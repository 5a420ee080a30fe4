"""What holds for one county, given every message so far, in whatever order they came.

Messages are folded in the order in which they were *issued*, so late, doubled and reordered
arrivals end in the same state. A message without an end holds until it is lifted, or for the hold
(X45, default 48 h) and then until a person confirms that it is over: a clock that ends is a
question, never an exit. An end that the issuer stated is his word and ends by itself.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from nuantu.warnings.rules.message import Colour, MsgType, Reference
from nuantu.warnings.rules.vocabulary import ALL_EVENTS

_SAME_MOMENT = timedelta(minutes=1)


class Phase(StrEnum):
    """Where a message stands for one county."""

    IN_FORCE = "in_force"
    AWAITING = "awaiting"  # its hold is over; a person has to confirm the end
    ENDED = "ended"


class End(StrEnum):
    """How a message ended for one county."""

    LIFTED = "lifted"
    REPLACED = "replaced"
    NARROWED = "narrowed"  # an update left the county out
    EXPIRED = "expired"
    CONFIRMED = "confirmed"
    STALE = "stale"  # it was over before it was received


@dataclass(frozen=True, slots=True)
class Notice:
    """One actual message as the fold sees it. `key` is ours and unique; `issuer` is a division
    code, or a name where none is known; `divisions` are the counties it covers, with codes of 12
    digits, and None for a message that only refers."""

    key: str
    identifier: str
    sender: str
    issuer: str
    event: str
    colour: Colour | None
    msg_type: MsgType
    sent_at: datetime
    received_at: datetime
    divisions: frozenset[str]
    expires_at: datetime | None = None
    references: tuple[Reference, ...] = ()
    extends_area: bool = False
    replaces_event: str = ""
    index: int = 0

    @property
    def announced(self) -> tuple[object, ...]:
        """What is said to whom: alike in a text and in the XML beside it."""
        return (self.issuer, self.event, self.colour, self.divisions)

    @property
    def moment(self) -> datetime:
        """When it counts from: its issue, but never later than its receipt."""
        return min(self.sent_at, self.received_at)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A person's word that a message is over for a county."""

    key: str
    division: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """One message for one county. `until` is when it is expected to end; `root` is the key of the
    first message of the chain of updates it belongs to."""

    notice: Notice
    division: str
    root: str
    phase: Phase
    since: datetime
    until: datetime | None
    ended_at: datetime | None = None
    end: End | None = None
    ended_by: str = ""

    @property
    def counts(self) -> bool:
        """Whether it still asks for an operating level."""
        return self.phase in (Phase.IN_FORCE, Phase.AWAITING)


def standings(
    notices: Iterable[Notice],
    division: str,
    *,
    at: datetime,
    hold: timedelta,
    confirmations: Sequence[Confirmation] = (),
) -> tuple[Standing, ...]:
    """Every message that ever covered the county, with where it stands at a moment.

    Independent of the order and of repetitions of `notices`.
    """
    ordered = _ordered(notices, at)
    left_out = _left_out(ordered)
    standing: list[Standing] = []
    for notice in ordered:
        if notice.msg_type is MsgType.CANCEL:
            standing = [_lifted(s, notice) for s in standing]
            continue
        standing, root = _replaced(standing, notice, division, left_out.get(notice.key))
        if division in notice.divisions:
            standing.append(_begun(notice, division, root or notice.key, hold))
    cancels = [notice for notice in ordered if notice.msg_type is MsgType.CANCEL]
    settled = (_lifted_by_name(s, cancels) for s in standing)
    return tuple(_timed(s, at, confirmations) for s in settled)


def _ordered(notices: Iterable[Notice], at: datetime) -> list[Notice]:
    """Each message once, its earliest receipt, in the order of issue."""
    unique: dict[tuple[str, str, datetime, int], Notice] = {}
    for notice in notices:
        name = (notice.sender, notice.identifier, notice.sent_at, notice.index)
        known = unique.get(name)
        if known is None or (notice.received_at, notice.key) < (known.received_at, known.key):
            unique[name] = notice
    rank = {MsgType.ALERT: 0, MsgType.UPDATE: 1, MsgType.CANCEL: 2}
    acting = [n for n in unique.values() if n.msg_type in rank and n.moment <= at]
    return sorted(
        acting, key=lambda n: (n.moment, rank[n.msg_type], n.identifier, n.index, n.sender, n.key)
    )


def _begun(notice: Notice, division: str, root: str, hold: timedelta) -> Standing:
    until = notice.expires_at or notice.moment + hold
    standing = Standing(notice, division, root, Phase.IN_FORCE, since=notice.moment, until=until)
    if until <= notice.received_at:
        return _ended(standing, End.STALE, until, "")
    return standing


def _ended(standing: Standing, end: End, at: datetime, by: str) -> Standing:
    return replace(
        standing, phase=Phase.ENDED, end=end, ended_at=max(at, standing.since), ended_by=by
    )


def _lifted(standing: Standing, cancel: Notice) -> Standing:
    if standing.phase is Phase.ENDED or not _concerns(cancel, standing):
        return standing
    return _ended(standing, End.LIFTED, cancel.moment, cancel.key)


def _concerns(cancel: Notice, standing: Standing) -> bool:
    """Whether a cancel lifts a message here: it names it, or is its issuer's word on that event
    for this county."""
    notice = standing.notice
    if cancel.divisions and standing.division not in cancel.divisions:
        return False
    if _names(cancel, notice):
        return True
    same_event = cancel.event in (notice.event, ALL_EVENTS)
    return bool(cancel.divisions) and same_event and cancel.issuer == notice.issuer


def _lifted_by_name(standing: Standing, cancels: list[Notice]) -> Standing:
    """A cancel that names a message ends it even when it was issued on a clock that ran ahead."""
    for cancel in cancels:
        here = not cancel.divisions or standing.division in cancel.divisions
        named = any(r.identifier == standing.notice.identifier for r in cancel.references)
        if standing.phase is not Phase.ENDED and here and named:
            return _ended(standing, End.LIFTED, cancel.moment, cancel.key)
    return standing


def _names(notice: Notice, other: Notice) -> bool:
    """Whether a message refers to another one (never to itself)."""
    if notice.key == other.key:
        return False
    return any(_is_meant(reference, notice, other) for reference in notice.references)


def _is_meant(reference: Reference, notice: Notice, other: Notice) -> bool:
    if reference.identifier:
        return reference.identifier == other.identifier
    return (
        reference.sent_at is not None
        and notice.issuer == other.issuer
        and notice.event in (other.event, ALL_EVENTS)
        and abs(reference.sent_at - other.sent_at) < _SAME_MOMENT
    )


def _left_out(ordered: list[Notice]) -> dict[str, set[str]]:
    """For each update that names a message known here: what it can narrow, by keys.

    That is the message named, what refers to the same one, and the same warning by another way.
    What its issuer announced apart from that, for other counties, stands.
    """
    alike: dict[object, list[Notice]] = defaultdict(list)
    for notice in ordered:
        alike[notice.identifier].append(notice)
        alike[notice.issuer].append(notice)
        alike[notice.announced].append(notice)
    families: dict[str, set[str]] = {notice.key: {notice.key} for notice in ordered}
    naming: set[str] = set()
    for notice in ordered:
        near = (other for r in notice.references for other in alike[r.identifier or notice.issuer])
        named = [other for other in near if _names(notice, other)]
        naming.update([notice.key] if named else [])
        for other in (*named, *alike[notice.announced][:1]):
            joined = families[notice.key] | families[other.key]
            families.update(dict.fromkeys(joined, joined))
    return {key: families[key] for key in naming}


def _replaced(
    standing: list[Standing], notice: Notice, division: str, family: set[str] | None
) -> tuple[list[Standing], str]:
    """Ends what a new message of the same issuer and event replaces; the root of the chain.

    `family` are the messages that an update may narrow; None where it names none of them.
    """
    kept: list[Standing] = []
    root = ""
    for s in standing:
        if s.phase is Phase.ENDED or not _follows(notice, s.notice):
            kept.append(s)
        elif division in notice.divisions:
            kept.append(_ended(s, End.REPLACED, notice.moment, notice.key))
            root = root or s.root
        elif _narrows(notice, s.notice, family):
            kept.append(_ended(s, End.NARROWED, notice.moment, notice.key))
        else:
            kept.append(s)
    return kept, root


def _narrows(notice: Notice, earlier: Notice, family: set[str] | None) -> bool:
    """Whether an update ends an earlier message in the counties that it leaves out."""
    is_narrower = notice.msg_type is MsgType.UPDATE and not notice.extends_area
    return is_narrower and (family is None or earlier.key in family)


def _follows(notice: Notice, earlier: Notice) -> bool:
    same_issuer = notice.issuer == earlier.issuer
    same_event = earlier.event in (notice.event, notice.replaces_event)
    return (same_issuer and same_event) or _names(notice, earlier)


def _timed(standing: Standing, at: datetime, confirmations: Sequence[Confirmation]) -> Standing:
    if standing.phase is Phase.ENDED:
        return standing
    own = [
        c
        for c in confirmations
        if c.key == standing.notice.key and c.division == standing.division and c.at <= at
    ]
    if standing.notice.expires_at is not None and at >= standing.notice.expires_at:
        return _ended(standing, End.EXPIRED, standing.notice.expires_at, "")
    if own:
        return _ended(standing, End.CONFIRMED, min(c.at for c in own), "")
    if standing.until is not None and at >= standing.until:
        return replace(standing, phase=Phase.AWAITING)
    return standing
