"""What a phone says of its place; nobody is kept from arriving by what it says."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Told:
    """What a phone said of its place: WGS-84 degrees, and how exact in metres; or nothing."""

    lat: float | None = None
    lon: float | None = None
    accuracy_metres: int | None = None

    @property
    def point(self) -> tuple[float, float] | None:
        """The point, None where none on earth was told."""
        if self.lat is None or self.lon is None:
            return None
        is_on_earth = -90 <= self.lat <= 90 and -180 <= self.lon <= 180
        return (self.lat, self.lon) if is_on_earth else None


SILENT: Final = Told()
