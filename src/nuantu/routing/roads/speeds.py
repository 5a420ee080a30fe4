"""How fast each class of road is driven, and which roads may be used at all."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CLASSES = {
    "motorway": 90.0,
    "trunk": 65.0,
    "primary": 50.0,
    "secondary": 42.0,
    "tertiary": 34.0,
    "unclassified": 26.0,
    "residential": 22.0,
    "living_street": 12.0,
    "service": 14.0,
    "road": 22.0,
    "track": 12.0,
}
NO_ENTRY = frozenset({"no", "private", "agricultural", "forestry"})
ACCESS_KEYS = ("motor_vehicle", "vehicle", "access")
MILES = 1.609344


@dataclass(frozen=True, slots=True)
class RoadSpeeds:
    """Kilometres per hour by class of road (`highway=*`); a class that is not named is not driven.

    `walk_kmh`: from the road to the place. `snap_limit_m`: a place farther from any road is off
    the map. `step_over_m`: so much farther may the connected network be than an isolated piece of
    road. `source`: where the figures come from.
    """

    kmh: Mapping[str, float] = field(default_factory=lambda: MappingProxyType(CLASSES))
    walk_kmh: float = 4.5
    snap_limit_m: float = 1500.0
    step_over_m: float = 100.0
    source: str = "默认估计：县域夜间行车，含路口；未按本地行程校准"

    def __post_init__(self) -> None:
        """Raises ValueError for figures no road can have."""
        if not self.kmh or min(*self.kmh.values(), self.walk_kmh) <= 0:
            message = "speeds must be above 0"
            raise ValueError(message)
        if self.snap_limit_m <= 0 or self.step_over_m < 0:
            message = "snap_limit_m must be above 0, step_over_m at least 0"
            raise ValueError(message)

    def of(self, tags: Mapping[str, str]) -> float | None:
        """Speed of a way, None where a team may not drive; a posted limit caps it."""
        road = tags.get("highway", "").removesuffix("_link")
        access = next((tags[key] for key in ACCESS_KEYS if key in tags), "")
        if road not in self.kmh or access in NO_ENTRY or tags.get("area") == "yes":
            return None
        posted = re.fullmatch(r"(\d{1,3})(?: *(mph))?", tags.get("maxspeed", ""))
        limit = float(posted[1]) * (MILES if posted[2] else 1) if posted else 0.0
        return min(self.kmh[road], limit) if limit >= 5 else self.kmh[road]


def directions(tags: Mapping[str, str]) -> tuple[bool, bool]:
    """Whether a way is driven along and against its drawing."""
    oneway = tags.get("oneway", "")
    if oneway in {"-1", "reverse"}:
        return False, True
    implied = tags.get("junction") in {"roundabout", "circular"} or (
        tags.get("highway") in {"motorway", "motorway_link"}
    )
    return True, not (oneway in {"yes", "true", "1"} or (implied and oneway != "no"))


SPEEDS = RoadSpeeds()
