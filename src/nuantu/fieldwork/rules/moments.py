"""When it happened: the phone's clock is corrected by what the server saw of it.

The phone's clock may be wrong by hours and may be set right in the middle of a shift. Three things
help: how far it was off when the commands came, how far it was off the time before, and how many
milliseconds the app had been running (which stands still while a phone sleeps, so it says only how
much time has gone by at least).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

EARLIEST: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Receipt:
    """One delivery: the server's moment and the phone's clock then.

    `offset_before` is how far the clock was off at the delivery before (server less phone), None
    at the first.
    """

    received_at: datetime
    sent_at: datetime | None
    offset_before: timedelta | None = None

    @property
    def offset(self) -> timedelta | None:
        """What must be added to the phone's clock now; None where it told none."""
        return self.received_at - self.sent_at if self.sent_at else None


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
    """The moment of a command: never after its receipt, never outside of `floor` and `latest`.

    Those are what the server knows of the phone: its enrolment or the command before, and the
    command after. `elapsed` is the least time from making to delivery, None where unknown. Of the
    two readings of the clock (as it stands now, as it stood at the delivery before) the one holds
    that lies in between; of two the later, for it claims less. Where none does, the first is
    brought to the nearer end. More than `doubt_from` off what the phone said is doubtful, and so is
    a clock that was set between two deliveries.
    """
    last = min(receipt.received_at, latest or receipt.received_at)
    first = min(floor or EARLIEST, last)
    if elapsed is not None:
        last = max(min(last, receipt.received_at - elapsed), first)
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
    than it is, so of two that are `near` each other the smaller holds."""
    now, before = receipt.offset, receipt.offset_before
    if now is None or before is None or abs(now - before) > near:
        return now if now is not None else before
    return min(now, before)


def _was_set(receipt: Receipt, doubt_from: timedelta) -> bool:
    """Whether somebody set the clock between two deliveries."""
    if receipt.offset is None or receipt.offset_before is None:
        return False
    return abs(receipt.offset - receipt.offset_before) > doubt_from
