"""What people make happen with places."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, transaction

from nuantu.accounts.models import Division
from nuantu.accounts.services import add_organisation
from nuantu.core import scope
from nuantu.core.actors import SYSTEM, Actor
from nuantu.core.errors import Refusal
from nuantu.core.models import JournalEntry
from nuantu.places import services
from nuantu.places.models import Hospital, KeyLocation, ReliefPoint, Station
from nuantu.places.rules.datums import Datum, Point, from_wgs84
from nuantu.places.rules.geometry import haversine_metres
from nuantu.places.services import PointDetails, Spot
from tests.cast import BUREAU, COUNTY, OTHER_TOWN, STATION, TOWN, Cast

AT = datetime(2025, 1, 10, 12, tzinfo=UTC)
BRIDGE = Spot(name="三棵树大桥桥洞", division_code=TOWN, lat=26.56, lon=108.066)
DETAILS = PointDetails("temporary", "三棵树镇政府", "陆某", "0855-0000001", has_sign=True)

pytestmark = pytest.mark.django_db


@pytest.fixture
def township(cast: Cast) -> Any:
    return cast.township.actor


def add(actor: Actor, spot: Spot = BRIDGE, **more: Any) -> Any:
    return services.add_key_location(
        actor=actor, at=AT, spot=spot, **{"kind": "bridge_culvert", **more}
    )


def add_point(actor: Actor, details: PointDetails = DETAILS, name: str = "镇政府救助点") -> Any:
    spot = Spot(name=name, division_code=TOWN, lat=26.563, lon=108.065)
    return services.add_relief_point(actor=actor, at=AT, spot=spot, details=details)


@pytest.mark.parametrize(
    ("spot", "refusal"),
    [
        (Spot("桥", TOWN, 0.0, 0.0), services.PointRefused),
        (Spot("桥", TOWN, 39.9, 116.4), services.PointRefused),
        (Spot("桥", TOWN, 108.066, 26.56), services.PointDoubtful),
        (Spot("桥", TOWN, 25.6, 107.4), services.PointDoubtful),
        (Spot("桥", "522601777000", 26.56, 108.066), services.DivisionUnknown),
    ],
)
def test_place_with_an_unbelievable_spot_is_not_entered(
    township: Actor, spot: Spot, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        add(township, spot)
    assert not KeyLocation.objects.exists()


def test_place_in_an_abolished_town_is_not_entered(township: Actor) -> None:
    Division.objects.filter(code=TOWN).update(valid_to=AT.date())
    with pytest.raises(services.DivisionUnknown, match="撤销"):
        add(township)


def test_doubtful_spot_is_entered_once_somebody_says_it_is_right(township: Actor) -> None:
    far = Spot("远处的桥", TOWN, 25.6, 107.4, is_confirmed=True)
    assert add(township, far).lat == 25.6


def test_doubt_about_swapped_numbers_carries_the_right_way_round(township: Actor) -> None:
    with pytest.raises(services.PointDoubtful) as caught:
        add(township, Spot("桥", TOWN, 108.066, 26.56))
    assert caught.value.check.suggestion == Point(26.56, 108.066)


def test_type_that_no_plan_names_is_refused(township: Actor) -> None:
    with pytest.raises(services.TypeUnknown):
        add(township, kind="volcano")


@pytest.mark.slow
@pytest.mark.rule("P1-24")
def test_every_type_the_plans_name_can_be_entered(township: Actor) -> None:
    """P1's ten kinds of place, from the station to the haystack, and those of the other plans."""
    named = [
        "transport_station",
        "square",
        "mall",
        "stairwell",
        "bridge_culvert",
        "supermarket",
        "bank",
        "unfinished_building",
        "abandoned_factory",
        "rural_haystack",
        "wharf",
        "busy_street",
        "underpass",
    ]
    for number, kind in enumerate(named):
        add(township, Spot(f"第{number}处", TOWN, 26.56, 108.066 + number / 5000), kind=kind)
    assert set(KeyLocation.objects.values_list("kind", flat=True)) == set(named)


def test_second_place_of_the_same_name_in_a_town_is_refused(township: Actor) -> None:
    add(township)
    with pytest.raises(services.NameTaken):
        add(township)
    assert KeyLocation.objects.count() == 1


def test_coordinate_of_a_chinese_map_is_converted_and_its_datum_kept(township: Actor) -> None:
    shown = from_wgs84(Point(26.56, 108.066), Datum.GCJ02)
    location = add(township, Spot("桥", TOWN, shown.lat, shown.lon, datum="gcj02"))
    assert haversine_metres(Point(location.lat, location.lon), Point(26.56, 108.066)) < 1
    assert location.datum == "gcj02"


def test_change_is_one_journal_line_with_before_and_after(township: Actor) -> None:
    location = add(township)
    moved = Spot("三棵树大桥桥洞", TOWN, 26.561, 108.067)
    services.change_key_location(
        actor=township, at=AT, location=location, spot=moved, kind="bridge_culvert", note="东岸"
    )
    line = JournalEntry.objects.get(verb="places.key_location.change")
    assert line.changes["lat"] == {"before": 26.56, "after": 26.561}
    assert set(line.changes) == {"lat", "lon", "note"}
    services.change_key_location(
        actor=township, at=AT, location=location, spot=moved, kind="bridge_culvert", note="东岸"
    )
    assert JournalEntry.objects.filter(verb="places.key_location.change").count() == 1


def test_place_cannot_move_to_another_county(township: Actor) -> None:
    location = add(township)
    there = Spot("桥", OTHER_TOWN, 26.91, 107.91)
    with pytest.raises(services.CountyChanged):
        services.change_key_location(
            actor=township, at=AT, location=location, spot=there, kind="square"
        )


def test_closing_needs_a_reason_and_happens_once(township: Actor) -> None:
    location = add(township)
    with pytest.raises(services.ReasonMissing):
        services.close_place(actor=township, at=AT, place=location, reason="  ")
    services.close_place(actor=township, at=AT, place=location, reason="桥已拆除")
    with pytest.raises(services.AlreadyClosed):
        services.close_place(actor=township, at=AT, place=location, reason="再关一次")
    location.refresh_from_db()
    assert location.closed_reason == "桥已拆除"


@pytest.mark.rule("P1-43")
@pytest.mark.parametrize("missing", ["contact_unit", "contact_person", "phone"])
def test_relief_point_without_contact_person_or_phone_is_refused(
    township: Actor, missing: str
) -> None:
    from dataclasses import replace

    blank: dict[str, Any] = {missing: " "}
    with pytest.raises(services.ContactMissing):
        add_point(township, replace(DETAILS, **blank))


@pytest.mark.rule("P1-43")
def test_the_database_holds_no_point_without_its_contact(township: Actor) -> None:
    point = add_point(township)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReliefPoint.objects.filter(pk=point.pk).update(phone="")


@pytest.mark.rule("P1-34")
def test_point_opens_is_confirmed_and_shuts_with_a_reason(township: Actor) -> None:
    """Temporary points open where people gather; one that stays shut has its reason."""
    point = add_point(township)
    with pytest.raises(services.NotOpen):
        services.confirm_relief_point(actor=township, at=AT, point=point)
    services.open_relief_point(actor=township, at=AT, point=point)
    later = AT + timedelta(hours=3)
    services.confirm_relief_point(actor=township, at=later, point=point)
    point.refresh_from_db()
    assert (point.is_open, point.state_at, point.state_by) == (True, later, township.name)
    with pytest.raises(services.ReasonMissing):
        services.shut_relief_point(actor=township, at=later, point=point, reason="")
    services.shut_relief_point(actor=township, at=later, point=point, reason="停电")
    point.refresh_from_db()
    assert (point.is_open, point.shut_reason) == (False, "停电")
    verbs = JournalEntry.objects.filter(verb__startswith="places.relief_point").order_by("seq")
    assert [v.rpartition(".")[2] for v in verbs.values_list("verb", flat=True)] == [
        "add", "open", "confirm", "shut",
    ]  # fmt: skip


def test_closed_point_can_never_be_open(township: Actor) -> None:
    point = add_point(township)
    services.open_relief_point(actor=township, at=AT, point=point)
    services.close_place(actor=township, at=AT, place=point, reason="合并")
    point.refresh_from_db()
    assert not point.is_open
    with pytest.raises(services.AlreadyClosed):
        services.open_relief_point(actor=township, at=AT, point=point)


def test_station_has_one_building_in_use(cast: Cast) -> None:
    spot = Spot("凯里市救助管理站", COUNTY, 26.586, 107.98)
    here: dict[str, Any] = {
        "actor": SYSTEM,
        "at": AT,
        "organisation_code": STATION,
        "phone": "0855-0000000",
    }
    first = services.add_station(spot=spot, **here)
    with pytest.raises(services.StationHasBuilding):
        services.add_station(spot=spot, **here)
    services.close_place(actor=SYSTEM, at=AT, place=first, reason="搬迁")
    assert services.add_station(spot=spot, **here).owner_org == STATION


def test_other_prefecture_sees_no_key_location_and_can_write_none(
    cast: Cast, township: Actor
) -> None:
    location = add(township)
    with scope.enter(scope.of_actor(cast.outsider.actor)):
        assert not KeyLocation.objects.exists()
    with scope.enter(scope.of_actor(cast.hospital.actor)):
        assert KeyLocation.objects.count() == 1
        assert not KeyLocation.objects.filter(pk=location.pk).update(name="改名")
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        scope.enter(scope.of_actor(cast.outsider.actor)),
    ):
        add(cast.outsider.actor, owner_org=BUREAU)


@pytest.mark.rule("P1-43")
def test_the_public_reads_relief_points_and_never_key_locations(township: Actor) -> None:
    """Contact, person and phone of a point are published; where people sleep is not."""
    add(township)
    point = add_point(township)
    with scope.public():
        seen = ReliefPoint.objects.get()
        assert (seen.contact_unit, seen.contact_person, seen.phone) == (
            "三棵树镇政府", "陆某", "0855-0000001",
        )  # fmt: skip
        assert not KeyLocation.objects.exists()
    services.close_place(actor=township, at=AT, place=point, reason="合并")
    with scope.public():
        assert not ReliefPoint.objects.exists()


@pytest.mark.slow
def test_demo_fills_the_prefecture_once(db: None) -> None:
    call_command("import_divisions", "--prefix", "5226")
    for county in Division.objects.filter(level="county"):
        for kind, prefix in (("station", "JZ"), ("hospital", "YY"), ("bureau", "MZ")):
            suffix = "-1" if kind == "hospital" else ""
            add_organisation(
                actor=SYSTEM,
                at=AT,
                code=f"{prefix}-{county.prefix}{suffix}",
                kind=kind,
                name=county.name,
                division_code=county.code,
            )
    add_organisation(
        actor=SYSTEM, at=AT, code="JZ-5226", kind="station", name="州站", division_code="5226"
    )
    assert services.load_demo(actor=SYSTEM, at=AT) > 200
    assert services.load_demo(actor=SYSTEM, at=AT) == 0
    assert Station.objects.count() == 17
    assert Hospital.objects.filter(is_psychiatric=True).count() == 1
    assert (
        len({code[:6] for code in KeyLocation.objects.values_list("division_code", flat=True)})
        == 16
    )
    assert KeyLocation.objects.values("kind").distinct().count() == 19
    for model in (KeyLocation, Station, Hospital, ReliefPoint):
        assert not model.objects.exclude(name__endswith="（演示）").exists()
