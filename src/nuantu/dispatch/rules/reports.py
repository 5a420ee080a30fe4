"""A report as it comes in by any way: form, hotline desk, partner program."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Position:
    """Coordinates as they were given: degrees, the datum of the giver's map, how they came."""

    lat: float
    lon: float
    datum: str = "wgs84"
    source: str = "pin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody says; plain values, tidied by `take_tip`.

    `division_code` is what the reporter chose, if he chose. `is_position_confirmed` means that he
    was asked about doubtful coordinates and said they are right. `happened_at` is when he saw it.
    """

    place_text: str
    seen_text: str = ""
    flags: tuple[str, ...] = ()
    asked: str = "not_asked"
    person_count: int = 1
    channel: str = "web"
    position: Position | None = None
    division_code: str = ""
    is_position_confirmed: bool = False
    callback: str = ""
    reporter_name: str = ""
    happened_at: datetime | None = None
    idempotency_key: str = field(default="", repr=False)

    def digest(self) -> str:
        """SHA-256 of what was said, to tell a repetition from another tip under the same key."""
        said = [
            self.place_text,
            self.seen_text,
            sorted(self.flags),
            self.asked,
            self.person_count,
            self.channel,
            [self.position.lat, self.position.lon, self.position.datum] if self.position else None,
            self.division_code,
            self.callback,
            self.reporter_name,
        ]
        text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()
