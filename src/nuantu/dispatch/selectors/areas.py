"""Which counties this installation serves, and whom the public may call."""

from dataclasses import dataclass

from nuantu.accounts import selectors as accounts
from nuantu.accounts.models import Division, Organisation
from nuantu.dispatch.selectors.placing import home_division
from nuantu.operations.rules.places import LENGTHS, county_of
from nuantu.places.models import Station

ZOOM_COUNTY, ZOOM_SPOT = 12.0, 14.0


def home_prefix() -> str:
    """The digits that every place of the installation's area shares."""
    home = home_division()
    return next(home[:n] for n in sorted(LENGTHS) if not home[n:].strip("0"))


def county_choices() -> list[tuple[str, str]]:
    """Counties of the area as choices of a form; none where the area is one county."""
    found = accounts.counties(home_prefix()).values_list("code", "name")
    return list(found) if len(found) > 1 else []


@dataclass(frozen=True, slots=True)
class Hotline:
    """A number that answers 24 hours a day."""

    name: str
    phone: str


def hotlines() -> list[Hotline]:
    """The published phones of the stations (P2-33, P12-11), the own area's chief one first."""
    stations = (
        Station.objects.filter(closed_at=None)
        .exclude(phone="")
        .select_related("organisation")
        .order_by("organisation__division_id", "name")
    )
    found = [Hotline(station.name, station.phone) for station in stations]
    if found:
        return found
    offices = Organisation.objects.filter(kind=Organisation.Kind.STATION, is_active=True).exclude(
        phone=""
    )
    return [Hotline(office.name, office.phone) for office in offices.order_by("division_id")]


def hotlines_of(org_code: str) -> list[Hotline]:
    """The published phone of one station; all of them where it has none."""
    own = Station.objects.filter(organisation_id=org_code, closed_at=None).exclude(phone="")
    return [Hotline(station.name, station.phone) for station in own] or hotlines()


def area_name() -> str:
    """What the area is called."""
    found = Division.objects.filter(code=home_division()).first()
    return found.name if found else ""


@dataclass(frozen=True, slots=True)
class Centre:
    """Where a map looks first; None where nothing is located."""

    lat: float | None
    lon: float | None
    zoom: float | None


def map_centre(division_code: str, point: tuple[float, float] | None = None) -> Centre:
    """The spot that is meant, else the middle of the county, near enough to see its streets."""
    if point is not None:
        return Centre(*point, ZOOM_SPOT)
    found = Division.objects.filter(code=county_of(division_code)).first()
    if found is None or found.lat is None:
        return Centre(None, None, None)
    return Centre(found.lat, found.lon, ZOOM_COUNTY)
