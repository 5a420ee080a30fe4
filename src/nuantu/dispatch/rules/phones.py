"""What a team's phone says beside the step that was pressed; none of it is the truth by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from nuantu.places.rules.told import Told

SKEW_TOLD_FROM = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class PhoneSaid(Told):
    """What a phone said of its place, and the moment its clock showed (aware)."""

    at: datetime | None = None

    def skew(self, server_at: datetime) -> timedelta | None:
        """How far the phone's clock is from the server's, None while it is near enough."""
        if self.at is None or abs(self.at - server_at) < SKEW_TOLD_FROM:
            return None
        return self.at - server_at


NOTHING_SAID = PhoneSaid()
