"""What the map shows: our own layers, and those that upper packages register."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nuantu.accounts.models import Division, Organisation
from nuantu.accounts.rules.divisions import shared_prefix
from nuantu.core.actors import Actor
from nuantu.places.models import Place, ReliefPoint
from nuantu.places.selectors.nearby import in_use
from nuantu.places.selectors.points import outlines
from nuantu.places.selectors.types import type_label

READ = "places.map.read"
MIDDLE_OF_CHINA = (35.0, 104.0)


@dataclass(frozen=True, slots=True)
class Feature:
    """A mark on the map: where, what it is called, where its page is, and a line below it.

    `state` chooses the mark's look: "" calm, "open", "shut", "amber", "red", "moving". `key` is what a
    list beside the map calls the same thing, so that both are one selection.
    """

    lat: float
    lon: float
    label: str
    url: str = ""
    note: str = ""
    state: str = ""
    key: str = ""
    is_approximate: bool = False

    def geojson(self) -> dict[str, Any]:
        """The feature as GeoJSON."""
        return {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(self.lon, 6), round(self.lat, 6)]},
            "properties": {
                "label": self.label,
                "url": self.url,
                "note": self.note,
                "state": self.state,
                "key": self.key,
                "approximate": self.is_approximate,
            },
        }


@dataclass(frozen=True, slots=True)
class Layer:
    """A kind of mark. `mark` is one or two characters drawn in it: colour never speaks alone.

    `features` gets the actor and returns what he may see; `permission` empty means everybody, the
    public too. Layers are drawn in `order`, the later on top.
    """

    key: str
    label: Any
    mark: Any
    colour: str
    features: Callable[[Actor], Iterable[Feature]] = field(repr=False)
    permission: str = READ
    order: int = 100
    is_clustered: bool = True


_layers: dict[str, Layer] = {}


def register_layer(layer: Layer) -> None:
    """Add a layer to the map; called from apps.ready() of the package that owns the marks.

    `colour` is one of ink, teal, teal-strong, amber, red, edge: names of the design's tokens.
    """
    _layers[layer.key] = layer


def layers_for(actor: Actor, keys: Iterable[str] = ()) -> list[Layer]:
    """The layers the actor may see, in drawing order; only those of `keys` where given."""
    wanted = set(keys)
    return sorted(
        (
            layer
            for layer in _layers.values()
            if (not wanted or layer.key in wanted)
            and (not layer.permission or actor.may(layer.permission))
        ),
        key=lambda layer: (layer.order, layer.key),
    )


def home_prefix(actor: Actor) -> str:
    """The prefecture the reader works in; for the public the smallest unit that holds all stations.

    Four digits, or two where an installation serves more than one prefecture, or "".
    """
    if actor.division_code:
        return actor.division_code[:4]
    codes = list(
        Organisation.objects.filter(is_active=True, kind=Organisation.Kind.STATION).values_list(
            "division_id", flat=True
        )
    )
    return shared_prefix(codes)[:4] if codes else ""


def home_point(prefix: str) -> tuple[float, float]:
    """Where a map of the unit begins; the middle of the country where nothing is known."""
    found = Division.objects.filter(code=prefix.ljust(12, "0"), lat__isnull=False).first()
    return (found.lat or 0.0, found.lon or 0.0) if found else MIDDLE_OF_CHINA


def layer_for(actor: Actor, key: str) -> Layer | None:
    """One layer, None where there is none for this actor."""
    return next(iter(layers_for(actor, [key])), None)


def collection(features: Iterable[Feature]) -> dict[str, Any]:
    """A GeoJSON collection."""
    return {"type": "FeatureCollection", "features": [item.geojson() for item in features]}


def outline_collection(prefix: str) -> dict[str, Any]:
    """The outline of the province the prefix lies in, with the line its licence asks for."""
    found = [outline for outline in outlines() if outline.code == prefix[:2]]
    return {
        "type": "FeatureCollection",
        "attribution": "© OpenStreetMap contributors, ODbL",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": outline.code},
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[ring] for ring in outline.rings],
                },
            }
            for outline in found
        ],
    }


def towns(prefix: str) -> Iterator[Feature]:
    """County seats and located towns as an orienting background; `state` is the level."""
    rows = Division.objects.filter(
        code__startswith=prefix[:4],
        level__in=[Division.Level.COUNTY, Division.Level.TOWN],
        is_approximate=False,
        lat__isnull=False,
        valid_to=None,
    ).order_by("code")
    for row in rows:
        yield Feature(row.lat or 0.0, row.lon or 0.0, row.name, state=row.level, key=row.code)


def _feature(place: Place, url_name: str, note: str = "", state: str = "") -> Feature:
    return Feature(
        place.lat,
        place.lon,
        place.name,
        url=reverse(url_name, args=[place.public_id]),
        note=note,
        state=state,
        key=str(place.public_id),
        is_approximate=place.is_approximate,
    )


def _key_locations(_actor: Actor) -> Iterator[Feature]:
    for row in in_use("key_location"):
        yield _feature(row, "places:key_location", type_label(row.kind))


def _stations(_actor: Actor) -> Iterator[Feature]:
    for row in in_use("station"):
        yield _feature(row, "places:station", row.phone)


def _hospitals(_actor: Actor) -> Iterator[Feature]:
    for row in in_use("hospital"):
        yield _feature(row, "places:hospital", row.phone)


def _relief_points(_actor: Actor) -> Iterator[Feature]:
    for row in in_use("relief_point"):
        yield _feature(
            row, "places:relief_point", point_note(row), "open" if row.is_open else "shut"
        )


def point_note(point: ReliefPoint) -> str:
    """Contact person and phone, as they are published (P1-43)."""
    return f"{point.contact_person} {point.phone}"


def register_own_layers() -> None:
    """The four layers of this package."""
    register_layer(
        Layer(
            "key_locations",
            _("重点区域"),
            pgettext_lazy("map mark", "重"),
            "ink",
            _key_locations,
            order=20,
        )
    )
    register_layer(
        Layer(
            "hospitals", _("医院"), pgettext_lazy("map mark", "医"), "ink-2", _hospitals, order=30
        )
    )
    register_layer(
        Layer(
            "relief_points",
            _("救助点"),
            pgettext_lazy("map mark", "点"),
            "teal",
            _relief_points,
            permission="",
            order=40,
        )
    )
    register_layer(
        Layer(
            "stations",
            pgettext_lazy("map layer", "救助管理站"),
            pgettext_lazy("map mark", "站"),
            "teal-strong",
            _stations,
            permission="",
            order=50,
        )
    )
