"""A wearer with a wristband for the tests; everybody is invented."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from nuantu.core import clock, scope
from nuantu.homeward import services
from nuantu.homeward.models import Wearer, Wristband
from nuantu.homeward.rules.fixes import Fix
from tests.cast import STATION, Cast
from tests.stays import house

NOON = datetime(2026, 12, 9, 4, 0, tzinfo=UTC)
HOME = (26.5830, 107.9800)
FAR = (26.6300, 107.9800)
ALL = ("locate", "fence", "share")
DEVICE = "867000000000017"


def agreed(*purposes: str, **more: Any) -> services.Agreed:
    """His daughter, the guardian, signed today."""
    values: dict[str, Any] = {
        "purposes": purposes or ALL,
        "given_by": "guardian",
        "giver_name": "样阿芳",
        "giver_phone": "08550000333",
        "relation": "女儿",
        "paper": "同意书 2026-017，档案柜三",
        "given_date": clock.today(),
    }
    return services.Agreed(**values | more)


def a_pdf() -> SimpleUploadedFile:
    """A signed consent that was scanned."""
    return SimpleUploadedFile("同意书.pdf", b"%PDF-1.4\n%%EOF\n", content_type="application/pdf")


def a_wearer(cast: Cast, *purposes: str, name: str = "样阿公", **thresholds: Any) -> Wearer:
    """An old man whom the station of 凯里 looks after, without a wristband yet."""
    case = house.a_case_of(cast, years=76, name=name)
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        return services.begin_wearer(
            actor=actor,
            at=clock.now(),
            case=case,
            ground="认知障碍，两次走失，低保户",
            agreed=agreed(*purposes),
            thresholds=services.Thresholds(**thresholds),
        )


def a_band(cast: Cast, number: str = "手环01", device: str = DEVICE) -> tuple[Wristband, str]:
    """A wristband in the store, and its token."""
    actor = cast.tracing_officer.actor
    with scope.enter(scope.of_actor(actor)):
        return services.add_wristband(
            actor=actor, at=clock.now(), number=number, device=device, made="演示"
        )


def worn(cast: Cast, *purposes: str, device: str = DEVICE, **thresholds: Any) -> Wearer:
    """A wearer with a wristband."""
    wearer, actor = a_wearer(cast, *purposes, **thresholds), cast.tracing_officer.actor
    band, _token = a_band(cast, f"手环{device[-4:]}", device)
    with scope.enter(scope.of_actor(actor)):
        services.hand_over(actor=actor, at=clock.now(), wearer=wearer, band=band)
    return wearer


def fenced(cast: Cast, wearer: Wearer, **more: Any) -> None:
    """A circle of 800 m around his home."""
    actor = cast.tracing_officer.actor
    drawn: dict[str, Any] = {"name": "家附近", "lat": HOME[0], "lon": HOME[1], "radius": 800} | more
    with scope.enter(scope.of_actor(actor)):
        services.add_fence(
            actor=actor, at=clock.now(), wearer=wearer, drawn=services.Drawn(**drawn)
        )


def fix(at: datetime, where: tuple[float, float] | None = HOME, **more: Any) -> Fix:
    """What the wristband tells of a moment."""
    lat, lon = where or (None, None)
    values: dict[str, Any] = {"device": DEVICE, "battery": 80, "accuracy": 10}
    return Fix(at=at, lat=lat, lon=lon, **values | more)


def tell(*fixes: Fix, at: datetime | None = None, org: str = STATION) -> services.Taken:
    """Tell fixes to the site, now or at a moment."""
    moment = at or clock.now()
    with clock.frozen(moment):
        return services.take_fixes(fixes=fixes, owner_org=org, at=moment)


def later(**span: float) -> datetime:
    """So long after noon."""
    return NOON + timedelta(**span)


def forwarded(device: str, at: datetime, **more: Any) -> Mapping[str, Any]:
    """A position as Traccar forwards it."""
    attributes = more.pop("attributes", {"batteryLevel": 64})
    position = {
        "fixTime": at.strftime("%Y-%m-%dT%H:%M:%S.000+00:00"),
        "valid": True,
        "outdated": False,
        "latitude": HOME[0],
        "longitude": HOME[1],
        "accuracy": 12.0,
        "attributes": attributes,
    }
    return {"position": position | more, "device": {"uniqueId": device, "name": "W1"}}
