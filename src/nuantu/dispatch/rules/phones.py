"""What a team's phone says beside the step that was pressed; none of it is the truth by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SKEW_TOLD_FROM = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class PhoneSaid:
    """The phone's clock (aware), its position in WGS-84 degrees and how exact it is, in metres."""

    at: datetime | None = None
    lat: float | None = None
    lon: float | None = None
    accuracy_metres: int | None = None

    @property
    def has_point(self) -> bool:
        """Whether a position on earth was told."""
        return (
            self.lat is not None
            and self.lon is not None
            and -90 <= self.lat <= 90
            and -180 <= self.lon <= 180
        )

    def skew(self, server_at: datetime) -> timedelta | None:
        """How far the phone's clock is from the server's, None while it is near enough."""
        if self.at is None or abs(self.at - server_at) < SKEW_TOLD_FROM:
            return None
        return self.at - server_at


NOTHING_SAID = PhoneSaid()
