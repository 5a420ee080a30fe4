"""When it happened: the phone's clock is corrected by what the server saw of it.

The phone's clock may be wrong by hours and may be set right in the middle of a shift, and a request
may be minutes on its way, longer with a video. The phone therefore tells beside its clock what it
heard of the server's shortly before: so the time on the way is not taken for a wrong clock. Three
further things help: how far the clock was off when the commands came, how far it was off the time
before, and how many milliseconds the app had been running (which stands still while a phone sleeps,
so it says only how much time has gone by at least).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

EARLIEST: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Heard:
    """The last word of the server that a phone had when it sent: the server's moment, and what its own
    clock and the running time of the app (milliseconds) said then."""

    server_at: datetime
    here: datetime
    tick: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """One delivery: the server's moment and the phone's clock then.

    `offset_before` is how far the clock was off at the delivery before (server less phone), None
    at the first. `left_at` is when it left the phone by the server's clock, None where unknown: then
    it is taken to have been no time on its way.
    """

    received_at: datetime
    sent_at: datetime | None
    offset_before: timedelta | None = None
    left_at: datetime | None = None

    @property
    def gone_at(self) -> datetime:
        """When it left the phone, as far as that is known."""
        return self.left_at or self.received_at

    @property
    def offset(self) -> timedelta | None:
        """What must be added to the phone's clock now; None where it told none."""
        return self.gone_at - self.sent_at if self.sent_at else None


def left_at(
    heard: Heard, sent_at: datetime, tick: int, received_at: datetime, near: timedelta
) -> datetime | None:
    """When a delivery left a phone by the server's clock, from what the phone heard of it before.

    None where the phone's clock was set in between by more than `near`: it fell behind the running
    time of the app (milliseconds), or it would have sent after the receipt.
    """
    clock_went = sent_at - heard.here
    app_went = timedelta(milliseconds=tick - heard.tick)
    if app_went < timedelta() or app_went - clock_went > near:
        return None
    moment = heard.server_at + clock_went
    return None if moment - received_at > near else min(moment, received_at)


@dataclass(frozen=True, slots=True)
class Moment:
    """When it happened by the server's clock, how much that is off what the phone said, and whether
    somebody should know."""

    happened_at: datetime
    received_at: datetime
    correction: timedelta
    is_doubtful: bool


def happened(
    made_at: datetime,
    receipt: Receipt,
    *,
    floor: datetime | None = None,
    latest: datetime | None = None,
    elapsed: timedelta | None = None,
    doubt_from: timedelta,
) -> Moment:
    """The moment of a command: never after it left the phone, never outside of `floor` and `latest`.

    Those are what the server knows of the phone: its enrolment or the command before, and the
    command after. `elapsed` is the least time from making to sending, None where unknown. Of the
    two readings of the clock (as it stands now, as it stood at the delivery before) the one holds
    that lies in between; of two the later, for it claims less. Where none does, the first is
    brought to the nearer end. More than `doubt_from` off what the phone said is doubtful, and so is
    a clock that was set between two deliveries.
    """
    last = min(receipt.gone_at, latest or receipt.gone_at)
    first = min(floor or EARLIEST, last)
    if elapsed is not None:
        last = max(min(last, receipt.gone_at - elapsed), first)
    if _was_set(receipt, doubt_from):
        readings = _readings(made_at, receipt)
    else:
        readings = [made_at + (clock_offset(receipt, doubt_from) or timedelta())]
    fitting = [moment for moment in readings if first <= moment <= last]
    chosen = max(fitting) if fitting else min(max(readings[0], first), last)
    off = abs(chosen - made_at) > doubt_from
    return Moment(
        chosen, receipt.received_at, chosen - made_at, off or _was_set(receipt, doubt_from)
    )


def _readings(made_at: datetime, receipt: Receipt) -> list[datetime]:
    """What the phone's moment may mean: by its clock now, by its clock the time before."""
    offsets = [offset for offset in (receipt.offset, receipt.offset_before) if offset is not None]
    return [made_at + offset for offset in offsets] or [made_at]


def clock_offset(receipt: Receipt, near: timedelta) -> timedelta | None:
    """How far off the clock is taken to be: a request that was long on its way makes it look slower
    than it is, so where that is not known the smaller of two that are `near` each other holds."""
    now, before = receipt.offset, receipt.offset_before
    if receipt.left_at is not None:
        return now
    if now is None or before is None or abs(now - before) > near:
        return now if now is not None else before
    return min(now, before)


def _was_set(receipt: Receipt, doubt_from: timedelta) -> bool:
    """Whether somebody set the clock between two deliveries."""
    if receipt.offset is None or receipt.offset_before is None:
        return False
    return abs(receipt.offset - receipt.offset_before) > doubt_from
