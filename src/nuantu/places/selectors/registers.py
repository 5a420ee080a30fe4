"""Lists of places: search, filters, the relief point board."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Left, RPad

from nuantu.accounts.models import Division, Organisation
from nuantu.places.models import Place, ReliefPoint
from nuantu.places.selectors.nearby import in_use

STALE_AFTER = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty means all."""

    q: str = ""
    county: str = ""
    kind: str = ""
    state: str = ""


def _listed(rows: QuerySet[Any], filters: Filters) -> QuerySet[Any]:
    """With the names of county, town and holder, searched and ordered; one query."""
    town = Division.objects.filter(code=OuterRef("division_code"))
    county_code = RPad(Left(OuterRef("division_code"), 6), 12, Value("0"))
    county = Division.objects.filter(code=county_code)
    owner = Organisation.objects.filter(code=OuterRef("owner_org"))
    rows = rows.annotate(
        town_name=Subquery(town.values("name")[:1], output_field=CharField()),
        county_name=Subquery(county.values("name")[:1], output_field=CharField()),
        owner_name=Subquery(owner.values("name")[:1], output_field=CharField()),
    )
    if filters.q:
        rows = rows.filter(
            Q(name__icontains=filters.q)
            | Q(address__icontains=filters.q)
            | Q(town_name__icontains=filters.q)
            | Q(county_name__icontains=filters.q)
        )
    if filters.county:
        rows = rows.filter(division_code__startswith=filters.county)
    return rows.order_by("division_code", "name", "pk")


def key_location_list(filters: Filters) -> QuerySet[Any]:
    """Key locations; `kind` is a type, `state` night for those that count only at night."""
    rows = in_use("key_location")
    rows = rows.filter(kind=filters.kind) if filters.kind else rows
    rows = rows.filter(is_night_only=True) if filters.state == "night" else rows
    return _listed(rows, filters)


def relief_point_list(filters: Filters, *, at: datetime) -> QuerySet[Any]:
    """Relief points; `state` open, shut, stale (nobody confirmed for 12 h) or unsigned (P1-35)."""
    rows = in_use("relief_point")
    rows = rows.filter(kind=filters.kind) if filters.kind else rows
    conditions = {
        "open": Q(is_open=True),
        "shut": Q(is_open=False),
        "stale": Q(state_at=None) | Q(state_at__lt=at - STALE_AFTER),
        "unsigned": Q(has_sign=False),
    }
    if filters.state in conditions:
        rows = rows.filter(conditions[filters.state])
    return _listed(rows, filters)


def station_list(filters: Filters) -> QuerySet[Any]:
    """Rescue stations."""
    return _listed(in_use("station"), filters)


def hospital_list(filters: Filters) -> QuerySet[Any]:
    """Hospitals; `kind` designated or psychiatric."""
    rows = in_use("hospital")
    if filters.kind == "designated":
        rows = rows.filter(is_designated=True)
    if filters.kind == "psychiatric":
        rows = rows.filter(is_psychiatric=True)
    return _listed(rows, filters)


def is_stale(point: ReliefPoint, at: datetime) -> bool:
    """Whether what is said about a point is too old to send somebody there (12 hours)."""
    return point.state_at is None or at - point.state_at > STALE_AFTER


@dataclass(frozen=True, slots=True)
class CountyPoints:
    """The relief points of one county tonight."""

    county: Division
    points: list[ReliefPoint]
    stale: frozenset[int]

    @property
    def open_count(self) -> int:
        """How many are open."""
        return sum(1 for point in self.points if point.is_open)

    @property
    def lacks(self) -> bool:
        """Nothing open and no reason given: what P1-34 does not allow."""
        return not any(point.is_open or point.shut_reason for point in self.points)


def relief_board(counties: Iterable[Division], *, at: datetime) -> list[CountyPoints]:
    """Every county with its points, open first; counties without a point too."""
    by_county: dict[str, list[ReliefPoint]] = {}
    for point in in_use("relief_point").order_by("-is_open", "division_code", "name"):
        by_county.setdefault(point.division_code[:6], []).append(point)
    return [
        CountyPoints(
            county,
            points := by_county.get(county.code[:6], []),
            frozenset(point.pk for point in points if is_stale(point, at)),
        )
        for county in counties
    ]


def place_division(place: Place) -> Division | None:
    """Where it stands, None for a code that is in no table."""
    return Division.objects.filter(code=place.division_code).select_related("parent").first()


def holder(place: Place) -> Organisation | None:
    """Who answers for it."""
    return Organisation.objects.filter(code=place.owner_org).first()


__all__ = [
    "CountyPoints",
    "Filters",
    "holder",
    "hospital_list",
    "is_stale",
    "key_location_list",
    "place_division",
    "relief_board",
    "relief_point_list",
    "station_list",
]
