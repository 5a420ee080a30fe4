"""One weather warning as plain values, whatever form it arrived in (F-23)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MsgType(StrEnum):
    """What a message does (WE-22). Ack and error change nothing."""

    ALERT = "alert"
    UPDATE = "update"
    CANCEL = "cancel"
    ACK = "ack"
    ERROR = "error"


class Status(StrEnum):
    """Only `actual` may start an operation (WE-24)."""

    ACTUAL = "actual"
    EXERCISE = "exercise"
    TEST = "test"
    SYSTEM = "system"
    DRAFT = "draft"


class Audience(StrEnum):
    """CAP scope: to whom the message may be shown (WE-22)."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    PRIVATE = "private"


class Colour(StrEnum):
    """The colour of a warning signal; 白 exists in Guangdong only (WE-14, WE-15)."""

    WHITE = "白"
    BLUE = "蓝"
    YELLOW = "黄"
    ORANGE = "橙"
    RED = "红"

    @property
    def rank(self) -> int:
        """0 for 白 up to 4 for 红."""
        return list(Colour).index(self)

    @property
    def code(self) -> str:
        """The word stored and sent: white, blue, yellow, orange, red."""
        return self.name.lower()

    @property
    def legal_level(self) -> str:
        """Ⅳ Ⅲ Ⅱ Ⅰ; 白 has none (WE-15)."""
        return {"蓝": "Ⅳ", "黄": "Ⅲ", "橙": "Ⅱ", "红": "Ⅰ"}.get(self.value, "")


class SourceFormat(StrEnum):
    """The form in which a message arrived."""

    CAP = "cap"
    NATIONAL = "national"
    JSON = "json"
    TEXT = "text"
    MANUAL = "manual"


class NoteKind(StrEnum):
    """What was inferred rather than said; shown beside the message."""

    YEAR_FROM_RECEIPT = "year_from_receipt"
    MONTH_FROM_RECEIPT = "month_from_receipt"
    DAY_FROM_RECEIPT = "day_from_receipt"
    SENT_FROM_RECEIPT = "sent_from_receipt"
    SENT_FROM_IDENTIFIER = "sent_from_identifier"
    SENT_FROM_TEXT = "sent_from_text"
    CLOCK_MISSING = "clock_missing"
    SENT_IN_FUTURE = "sent_in_future"
    ZONE_ASSUMED = "zone_assumed"
    STATUS_ASSUMED = "status_assumed"
    STATUS_FROM_TEXT = "status_from_text"
    SCOPE_ASSUMED = "scope_assumed"
    TYPE_FROM_TEXT = "type_from_text"
    TYPE_AGAINST_FIELD = "type_against_field"
    EVENT_FROM_TEXT = "event_from_text"
    EVENT_UNKNOWN = "event_unknown"
    COLOUR_FROM_TEXT = "colour_from_text"
    COLOUR_FROM_LEVEL = "colour_from_level"
    COLOUR_FROM_SEVERITY = "colour_from_severity"
    COLOUR_CONFLICT = "colour_conflict"
    COLOUR_MISSING = "colour_missing"
    SENDER_FROM_TEXT = "sender_from_text"
    SENDER_MISSING = "sender_missing"
    IDENTIFIER_MADE = "identifier_made"
    LANGUAGE_CHOSEN = "language_chosen"
    AREA_FROM_OTHER_LANGUAGE = "area_from_other_language"
    ENCODING_GUESSED = "encoding_guessed"
    FORM_AGAINST_TYPE = "form_against_type"
    CONTROL_CHARACTERS = "control_characters"
    BAD_POLYGON = "bad_polygon"
    BAD_TIME = "bad_time"


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """One thing inferred, with the value that was taken."""

    kind: NoteKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """An earlier message that this one replaces or lifts. Any part may be unknown."""

    identifier: str = ""
    sender: str = ""
    sent_at: datetime | None = None


Point = tuple[float, float]  # latitude, longitude, degrees WGS-84


@dataclass(frozen=True, slots=True)
class Circle:
    """A centre and a radius in kilometres."""

    centre: Point
    radius_km: float


@dataclass(frozen=True, slots=True)
class Area:
    """One area of a message. `codes` are division codes of 12 digits; `geocodes` are all as given.

    Altitudes are metres above sea level: the warning holds from `altitude_metres` up to
    `ceiling_metres`.
    """

    description: str = ""
    codes: tuple[str, ...] = ()
    geocodes: tuple[tuple[str, str], ...] = ()
    polygons: tuple[tuple[Point, ...], ...] = ()
    circles: tuple[Circle, ...] = ()
    altitude_metres: float | None = None
    ceiling_metres: float | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One warning about one event as issued. Moments are aware.

    `identifier` and `sent_at` may be made up from text and receipt; `notes` says so. `index` tells
    apart the messages that came in one body under one identifier. `object_area` is the area that a
    text names between its verb and the event (解除【凯里市】寒潮…); `event_name` is 全部 when a
    text lifts every warning of its issuer.
    """

    identifier: str
    sender: str
    sent_at: datetime
    event_name: str
    msg_type: MsgType
    source_format: SourceFormat
    index: int = 0
    sender_name: str = ""
    sender_division: str = ""
    is_national: bool = False
    event_code: str = ""
    event_as_issued: str = ""
    colour: Colour | None = None
    status: Status = Status.ACTUAL
    scope: Audience = Audience.PUBLIC
    references: tuple[Reference, ...] = ()
    incidents: tuple[str, ...] = ()
    effective_at: datetime | None = None
    onset_at: datetime | None = None
    expires_at: datetime | None = None
    forecast_from: datetime | None = None
    forecast_until: datetime | None = None
    areas: tuple[Area, ...] = ()
    object_area: str = ""
    headline: str = ""
    description: str = ""
    criteria: str = ""
    instruction: str = ""
    language: str = ""
    previous_colour: Colour | None = None
    replaces_event: str = ""
    extends_area: bool = False
    notes: tuple[Note, ...] = ()

    @property
    def level(self) -> str:
        """The legal level Ⅳ Ⅲ Ⅱ Ⅰ, empty where the colour has none (WE-15)."""
        return self.colour.legal_level if self.colour else ""

    @property
    def may_act(self) -> bool:
        """Whether it may change an operating level: actual and public only (WE-24)."""
        return (
            self.status is Status.ACTUAL
            and self.scope is Audience.PUBLIC
            and self.msg_type in (MsgType.ALERT, MsgType.UPDATE, MsgType.CANCEL)
        )

    def has_note(self, kind: NoteKind) -> bool:
        """Whether `kind` was inferred."""
        return any(note.kind is kind for note in self.notes)


class Why(StrEnum):
    """Why a body cannot be read as a warning."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ENCODING = "encoding"
    XML_BROKEN = "xml_broken"
    XML_ENTITIES = "xml_entities"
    TOO_DEEP = "too_deep"
    HTML_PAGE = "html_page"
    JSON_BROKEN = "json_broken"
    NO_ALERT = "no_alert"
    NO_EVENT = "no_event"
    TOO_MANY = "too_many"


class Unreadable(Exception):
    """A body that is not a readable warning. `detail` is a place or a figure (line, size, name)."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why.value} {detail}".strip())
        self.why = why
        self.detail = detail
