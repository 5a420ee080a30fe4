"""What goes in and comes out of the endpoints of dispatch."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator

from nuantu.dispatch.api.moments import Moment
from nuantu.dispatch.models import Dispatch, Notice, Tip
from nuantu.dispatch.rules.phones import PhoneSaid
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.dispatch.selectors.clocks import limit_reason, tip_clock
from nuantu.dispatch.selectors.tips import TipFilter


class TipIn(Schema):
    """A report: the fields of the public form. Where, in words or as a point, is enough."""

    place_text: str = Field("", description="where, in words; at most 200 characters")
    lat: float | None = Field(None, description="degrees, in `datum`")
    lon: float | None = None
    datum: Literal["wgs84", "gcj02", "bd09"] = Field(
        "wgs84", description="what the point was measured in: GPS, 高德/腾讯, 百度"
    )
    is_position_confirmed: bool = Field(
        default=False, description="the sender was asked about a doubtful point and insists"
    )
    division_code: str = Field("", description="county, 6, 9 or 12 digits; left out, it is found")
    seen_text: str = Field("", description="what was seen; at most 2000 characters")
    flags: list[str] = Field(default_factory=list, description=", ".join(Tip.Flag.values))
    person_count: int = 1
    asked: str = Field("not_asked", description=", ".join(Tip.Asked.values))
    callback: str = Field("", description="phone number; sealed, optional")
    reporter_name: str = Field("", description="sealed, optional")
    happened_at: Moment | None = None
    channel: str = Field("", description="only with a token; " + ", ".join(Tip.Channel.values))

    def report(self, *, channel: str, idempotency_key: str) -> Report:
        """The report that the body makes."""
        has_point = self.lat is not None and self.lon is not None
        return Report(
            place_text=self.place_text,
            seen_text=self.seen_text,
            flags=tuple(self.flags),
            asked=self.asked,
            person_count=self.person_count,
            channel=channel,
            position=Position(self.lat or 0.0, self.lon or 0.0, self.datum) if has_point else None,
            division_code=self.division_code.ljust(12, "0") if self.division_code else "",
            is_position_confirmed=self.is_position_confirmed,
            callback=self.callback,
            reporter_name=self.reporter_name,
            happened_at=self.happened_at,
            idempotency_key=idempotency_key,
        )


class ReceiptOut(Schema):
    """A tip was taken: the code to look it up, and until when somebody is there."""

    id: UUID
    receipt: str = Field(description="ten letters and digits; the only key to the tip")
    url: str = Field(description="the receipt's page")
    received_at: datetime
    expected_at: datetime = Field(description="when somebody should be there at the latest")
    limit_minutes: int
    question: str = Field(description="what the desk will ask about the place; empty for nothing")
    left_out: list[str] = Field(
        default_factory=list, description="fields that were not taken: unknown, or half a point"
    )


class ProblemOut(Schema):
    """One thing to mend."""

    loc: list[str]
    msg: str
    type: str
    suggestion: dict[str, float] | None = Field(
        default=None, description="a better point: lat, lon"
    )
    may_confirm: bool | None = Field(
        default=None, description="whether is_position_confirmed=true would take it as it is"
    )


class RefusedOut(Schema):
    """What must be mended; nothing was written."""

    detail: list[ProblemOut]


class StandOut(Schema):
    """How far the answer to a receipt has come; nothing about the person that was found."""

    state: str
    received_at: datetime
    expected_at: datetime
    assigned_at: datetime | None
    arrived_at: datetime | None
    closed_at: datetime | None
    outcome: str
    changed_at: datetime


class ClockOut(Schema):
    """The clock at the moment of the answer."""

    state: str = Field(description="calm, amber, red or done")
    remaining_seconds: int
    limit_seconds: int
    basis: str


class TipOut(Schema):
    """A tip as staff see it; never who reported it."""

    id: UUID
    state: str
    channel: str
    place_text: str
    lat: float | None
    lon: float | None
    is_approximate: bool
    position_source: str
    position_doubt: str
    division_code: str
    owner_org: str
    is_outside_area: bool
    seen_text: str
    flags: list[str]
    person_count: int
    asked: str
    received_at: datetime
    limit_minutes: int
    limit_reason: str
    limit_basis: str
    due_at: datetime
    assigned_at: datetime | None
    departed_at: datetime | None
    arrived_at: datetime | None
    closed_at: datetime | None
    outcome: str
    verification: str
    mark: str
    reopened_count: int
    clock: ClockOut

    @staticmethod
    def of(tip: Tip, at: datetime) -> "TipOut":
        """The tip as it stands at a moment."""
        return TipOut(**tip_fields(tip, at))


_PLAIN = [
    "state",
    "channel",
    "place_text",
    "lat",
    "lon",
    "is_approximate",
    "position_source",
    "position_doubt",
    "division_code",
    "owner_org",
    "is_outside_area",
    "seen_text",
    "person_count",
    "asked",
    "received_at",
    "limit_minutes",
    "limit_basis",
    "due_at",
    "assigned_at",
    "departed_at",
    "arrived_at",
    "closed_at",
    "outcome",
    "verification",
    "mark",
    "reopened_count",
]


def tip_fields(tip: Tip, at: datetime) -> dict[str, Any]:
    """What every shape of a tip shares."""
    face = tip_clock(tip, at)
    return {name: getattr(tip, name) for name in _PLAIN} | {
        "id": tip.public_id,
        "flags": tip.urgent_flags,
        "limit_reason": limit_reason(tip),
        "clock": ClockOut(
            state=face.state,
            remaining_seconds=face.remaining_seconds,
            limit_seconds=face.limit_seconds,
            basis=face.basis,
        ),
    }


class NoticeOut(Schema):
    """Somebody who must be told."""

    id: UUID
    recipient: str
    basis: str
    state: str = Field(description="due, told or not_needed")
    told_at: datetime | None
    way: str
    by: str
    answer: str
    reason: str

    @staticmethod
    def of(notice: Notice) -> "NoticeOut":
        """The notice as it stands."""
        names = ("recipient", "basis", "state", "told_at", "way", "by", "answer", "reason")
        return NoticeOut(id=notice.public_id, **{name: getattr(notice, name) for name in names})


class RunOut(Schema):
    """A run of a team."""

    id: UUID
    tip: UUID
    team: UUID
    team_name: str
    owner_org: str
    state: str
    assigned_at: datetime
    guess_minutes: int | None
    accepted_at: datetime | None
    departed_at: datetime | None
    arrived_at: datetime | None
    claimed_arrived_at: datetime | None = Field(description="what the phone's clock said")
    ended_at: datetime | None
    outcome: str
    reason: str

    @staticmethod
    def of(run: Dispatch) -> "RunOut":
        """The run as it stands."""
        names = [
            "owner_org",
            "state",
            "assigned_at",
            "guess_minutes",
            "accepted_at",
            "departed_at",
            "arrived_at",
            "claimed_arrived_at",
            "ended_at",
            "outcome",
            "reason",
        ]
        return RunOut(
            id=run.public_id,
            tip=run.tip.public_id,
            team=run.team.public_id,
            team_name=run.team.name,
            **{name: getattr(run, name) for name in names},
        )


class TipDetailOut(TipOut):
    """A tip with what hangs on it."""

    follows: UUID | None = Field(description="the tip it was joined with as a duplicate")
    notices: list[NoticeOut]
    runs: list[RunOut]


class TipsOut(Schema):
    """A stretch of the list and how long the whole list is."""

    total: int
    items: list[TipOut]


class RunsOut(Schema):
    """A stretch of the list and how long the whole list is."""

    total: int
    items: list[RunOut]


def one_of(*known: str) -> AfterValidator:
    """A filter that says which values there are, instead of finding nothing for another one."""

    def check(value: str) -> str:
        if value and value not in known:
            message = "must be one of: " + ", ".join(known)
            raise ValueError(message)
        return value

    return AfterValidator(check)


class TipQuery(Schema):
    """Filters of the list."""

    q: str = ""
    state: Annotated[str, one_of("open", *Tip.State.values)] = Field(
        "", description="open, or one of: " + ", ".join(Tip.State.values)
    )
    channel: str = ""
    flag: str = ""
    clock: Literal["", "late", "soon", "breached"] = ""
    division: str = Field("", description="code of any length: everything inside it")
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0)

    def wanted(self) -> TipFilter:
        """The filter of the register."""
        return TipFilter(
            words=self.q,
            state=self.state,
            channel=self.channel,
            flag=self.flag,
            clock=self.clock,
            division=self.division,
            outcome=self.outcome,
            since=self.since,
            until=self.until,
        )


class RunQuery(Schema):
    """Filters of the list of runs."""

    state: Annotated[str, one_of("live", *Dispatch.State.values)] = Field(
        "", description="live, or one of: " + ", ".join(Dispatch.State.values)
    )
    tip: UUID | None = None
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0)


class AssignIn(Schema):
    """Which team goes."""

    team: UUID
    is_support: bool = False
    may_be_busy: bool = False


class StepIn(Schema):
    """A step of a team, with what its phone says."""

    phone_at: Moment | None = None
    lat: float | None = None
    lon: float | None = None
    accuracy_metres: int | None = Field(None, ge=0)
    reason: str = Field("", max_length=300, description="needed to decline, recall, or not find")

    def phone(self) -> PhoneSaid:
        """What the phone said."""
        at = self.phone_at if self.phone_at and self.phone_at.tzinfo else None
        return PhoneSaid(self.lat, self.lon, self.accuracy_metres, at=at)


class CloseIn(Schema):
    """How a tip ended."""

    outcome: str = Field(description=", ".join(Tip.Outcome.values))
    note: str = Field("", max_length=500)
    breach_reason: str = Field("", max_length=300)


class ReasonIn(Schema):
    """A reason."""

    reason: str = Field(min_length=1, max_length=300)


class UrgentIn(Schema):
    """What is urgent about the person; a mark that is taken away asks for the reason."""

    flags: list[str]
    reason: str = Field("", max_length=300)


class ToldIn(Schema):
    """How and when somebody was told."""

    way: str = Field(description=", ".join(Notice.Way.values))
    told_at: Moment | None = None
    answer: str = Field("", max_length=300)


class StillThereIn(Schema):
    """What the reporter adds."""

    note: str = Field("", max_length=500)
