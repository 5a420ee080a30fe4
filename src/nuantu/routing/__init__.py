"""Travel times, later patrol planning: a pure library without Django, clock or input and output.

    from nuantu.routing import DRIVE, nearest, travel_minutes
    travel_minutes((26.58, 107.98), (26.5637, 108.0659), DRIVE)

Points are (latitude, longitude) in WGS-84 degrees; anything with `lat` and `lon` is welcome too.
"""

from nuantu.routing.distance import Located, Point, haversine_metres
from nuantu.routing.travel import (
    DRIVE,
    MODES,
    WALK,
    SpeedBand,
    TravelParams,
    Trip,
    drive_params,
    fit_detour,
    nearest,
    travel_minutes,
)

__all__ = [
    "DRIVE",
    "MODES",
    "WALK",
    "Located",
    "Point",
    "SpeedBand",
    "TravelParams",
    "Trip",
    "drive_params",
    "fit_detour",
    "haversine_metres",
    "nearest",
    "travel_minutes",
]
