"""The country as the rules want it: names, the counties we serve, points of counties."""

from functools import lru_cache

from django.db.models import Count, Max, Q

from nuantu.accounts.models import Division, Organisation
from nuantu.warnings.rules.covers import Country
from nuantu.warnings.rules.gazetteer import Gazetteer
from nuantu.warnings.rules.message import Point

_WIDE = (Division.Level.PROVINCE, Division.Level.PREFECTURE, Division.Level.COUNTY)
_ANSWERING = (Organisation.Kind.BUREAU, Organisation.Kind.STATION, Organisation.Kind.OFFICE)


def country(own: str = "") -> Country:
    """What is known of places, kept until the table of divisions or of organisations changes.

    `own` is the division of whoever received the message; it decides between namesakes.
    """
    divisions = Division.objects.aggregate(rows=Count("code"), newest=Max("valid_from"))
    organisations = Organisation.objects.aggregate(
        rows=Count("code", filter=Q(is_active=True)), last=Max("code", filter=Q(is_active=True))
    )
    version = f"{divisions}{organisations}"
    names, counties, points = _tables(version)
    return Country(names, counties, points, own)


@lru_cache(maxsize=4)
def _tables(version: str) -> tuple[Gazetteer, tuple[str, ...], dict[str, tuple[Point, ...]]]:
    served = served_prefixes()
    rows = Division.objects.filter(valid_to=None).values_list("code", "name", "level", "lat", "lon")
    wide = list(rows.filter(level__in=_WIDE))
    towns = [
        row
        for prefix in served
        for row in rows.filter(level=Division.Level.TOWN, code__startswith=prefix)
    ]
    names = Gazetteer((code, name) for code, name, *_ in (*wide, *towns))
    counties = tuple(
        sorted(
            code
            for code, _, level, *_ in wide
            if level == Division.Level.COUNTY and code.startswith(tuple(served))
        )
    )
    points: dict[str, tuple[Point, ...]] = {
        code: ((lat, lon),)
        for code, _, level, lat, lon in wide
        if level == Division.Level.COUNTY and lat is not None and lon is not None
    }
    return names, counties, points


def served_prefixes() -> list[str]:
    """The prefixes of the divisions whose bureau, station or office works here, widest only."""
    found = Organisation.objects.filter(kind__in=_ANSWERING, is_active=True).select_related(
        "division"
    )
    prefixes = sorted({organisation.division.prefix for organisation in found}, key=len)
    return [p for p in prefixes if not any(p != q and p.startswith(q) for q in prefixes)]


def division_name(code: str) -> str:
    """The name of a division, the code itself where the table does not hold it."""
    return country().names.name_of(code) or code
