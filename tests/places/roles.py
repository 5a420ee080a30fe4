"""Who may enter the pages of places: facts that all staff find, and that their keepers change."""

from functools import partial

from django.urls import reverse

from nuantu.core import clock
from nuantu.places import services
from tests import builders
from tests.cast import HOSPITAL, STATION, TOWN, Cast
from tests.policy.roles import Row, Url, action

READS = "staff -admin -kitchen -security"
SPOT = services.Spot(name="演示站址", division_code=TOWN, lat=26.56, lon=108.066)


def _key_location(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_key_location(cast).public_id])


def _relief_point(name: str) -> Url:
    return lambda cast: reverse(name, args=[builders.a_relief_point(cast).public_id])


def _station(name: str) -> Url:
    def at(cast: Cast) -> str:
        station = services.add_station(
            actor=cast.section_head.actor,
            at=clock.now(),
            spot=SPOT,
            organisation_code=STATION,
            phone="0855-0000002",
        )
        return reverse(name, args=[station.public_id])

    return at


def _hospital(name: str) -> Url:
    def at(cast: Cast) -> str:
        hospital = services.add_hospital(
            actor=cast.section_head.actor,
            at=clock.now(),
            spot=SPOT,
            phone="0855-0000003",
            organisation_code=HOSPITAL,
        )
        return reverse(name, args=[hospital.public_id])

    return at


def _many(build: object, cast: Cast, count: int) -> None:
    assert callable(build)
    for number in range(count):
        build(cast, f"{count}-{number}")


# The township holds the place; its overseers may change it too, a colleague of another house not.
_keepers = "leader station_head section_head township"
_openers = "leader station_head section_head township"
_managers = "station_head section_head township"

ROLES = {
    "places:map": Row(READS),
    # The public sees no key location, not even as a point.
    "places:layer": Row(
        READS,
        absent_for="nobody taxi_driver admin kitchen security",
        at=lambda cast: reverse("places:layer", args=["key_locations"]),
    ),
    "places:outline": Row("everybody"),
    "places:towns": Row("everybody", at=lambda cast: reverse("places:towns") + "?prefix=5226"),
    "places:words": Row("everybody"),
    "places:check": Row(
        "everybody",
        at=lambda cast: reverse("places:check") + "?lat=26.56&lon=108.06&division=522601",
    ),
    "places:relief_board": Row(READS, more=partial(_many, builders.a_relief_point)),
    "places:relief_point_open": action(
        _openers, absent_for="outsider", at=_relief_point("places:relief_point_open")
    ),
    "places:relief_point_shut": action(
        _openers, absent_for="outsider", at=_relief_point("places:relief_point_shut")
    ),
    "places:relief_point_confirm": action(
        _openers, absent_for="outsider", at=_relief_point("places:relief_point_confirm")
    ),
    "places:key_locations": Row(READS, more=partial(_many, builders.a_key_location)),
    "places:key_location_export": Row(
        "dispatcher leader station_head section_head office township auditor outsider"
    ),
    "places:key_location_import": Row(f"{_keepers} dispatcher outsider"),
    "places:key_location_import_template": Row(f"{_keepers} dispatcher outsider"),
    "places:key_location_import_confirm": action(f"{_keepers} dispatcher outsider"),
    "places:key_location_import_unmended": action(f"{_keepers} dispatcher outsider"),
    "places:key_location_new": Row(f"{_keepers} dispatcher outsider"),
    "places:key_location": Row(
        f"{READS} -outsider", absent_for="outsider", at=_key_location("places:key_location")
    ),
    "places:key_location_edit": Row(
        _keepers,
        absent_for="dispatcher outsider",
        at=_key_location("places:key_location_edit"),
    ),
    "places:key_location_close": Row(
        _keepers,
        absent_for="dispatcher outsider",
        at=_key_location("places:key_location_close"),
    ),
    "places:relief_points": Row(READS, more=partial(_many, builders.a_relief_point)),
    "places:relief_point_export": Row(READS),
    "places:relief_point_new": Row(f"{_managers} outsider"),
    "places:relief_point": Row(READS, at=_relief_point("places:relief_point")),
    "places:relief_point_edit": Row(
        _managers, absent_for="outsider", at=_relief_point("places:relief_point_edit")
    ),
    "places:relief_point_close": Row(
        _managers, absent_for="outsider", at=_relief_point("places:relief_point_close")
    ),
    "places:stations": Row(READS),
    "places:station_export": Row(READS),
    "places:station_new": Row("section_head outsider"),
    "places:station": Row(READS, at=_station("places:station")),
    "places:station_edit": Row(
        "section_head", absent_for="outsider", at=_station("places:station_edit")
    ),
    "places:station_close": Row(
        "section_head", absent_for="outsider", at=_station("places:station_close")
    ),
    "places:hospitals": Row(READS),
    "places:hospital_export": Row(READS),
    "places:hospital_new": Row("section_head outsider"),
    "places:hospital": Row(READS, at=_hospital("places:hospital")),
    "places:hospital_edit": Row(
        "section_head", absent_for="outsider", at=_hospital("places:hospital_edit")
    ),
    "places:hospital_close": Row(
        "section_head", absent_for="outsider", at=_hospital("places:hospital_close")
    ),
}
