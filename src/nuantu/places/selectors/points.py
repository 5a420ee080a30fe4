"""Is a coordinate believable here? The rule's verdict in words."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from nuantu.accounts.models import Division
from nuantu.core.reference import remembered
from nuantu.places.rules.datums import Datum, Point, to_wgs84
from nuantu.places.rules.geometry import Outline, read_outlines
from nuantu.places.rules.points import Judgement, Reason, State, Surroundings, judge_point
from nuantu.places.selectors.nearby import PUBLIC_KINDS, in_use

_SENTENCES = {
    Reason.FITS: "",
    Reason.NOT_NUMBERS: gettext_noop("经纬度不是数字。请在地图上点选，或填写地址。"),
    Reason.SWAPPED: gettext_noop("经度和纬度好像填反了。是不是下面这个位置？"),
    Reason.OUTSIDE_COUNTRY: gettext_noop("这个坐标不在国内。请在地图上点选，或填写地址。"),
    Reason.OUTSIDE_PROVINCE: gettext_noop(
        "这个坐标在%(province)s，离本省约 %(kilometres)s 公里。请检查数字，或填写地址。"
    ),
    Reason.NEAR_BORDER: gettext_noop(
        "这个坐标在省界附近（约 %(kilometres)s 公里以内）。位置对吗？"
    ),
    Reason.FAR_FROM_COUNTY: gettext_noop(
        "这个位置离最近的已知地点也有 %(kilometres)s 公里。位置对吗？"
    ),
    Reason.MAYBE_SHIFTED: gettext_noop(
        "这个坐标像是从%(map)s地图复制的，换算后正好在已知地点。是不是下面这个位置？"
    ),
}
_MAPS = {Datum.GCJ02: gettext_noop("高德或腾讯"), Datum.BD09: gettext_noop("百度")}


DATUMS = frozenset(datum.value for datum in Datum)


@dataclass(frozen=True, slots=True)
class PointCheck:
    """What to do with a coordinate: `state` is ok, ask or refused.

    `point` is the WGS-84 point that was judged; `message` the sentence to show; `suggestion` a
    better point to offer with one tap.
    """

    state: str
    reason: str
    message: str
    point: Point
    suggestion: Point | None = None

    @property
    def is_ok(self) -> bool:
        """Nothing to ask."""
        return self.state == State.OK

    @property
    def is_asked(self) -> bool:
        """Whether whoever told the point may say that it is right."""
        return self.state == State.ASK


@cache
def outlines() -> tuple[Outline, ...]:
    """The packaged province outlines."""
    text = files("nuantu.places").joinpath("data/provinces.geojson").read_text("utf-8")
    return tuple(read_outlines(json.loads(text)))


def check_point(
    lat: float,
    lon: float,
    division_code: str = "",
    *,
    datum: str = Datum.WGS84,
    far_metres: float | None = None,
) -> PointCheck:
    """Judge a coordinate against the county (or the larger unit) it should lie in.

    `datum` is what the coordinate was told in; it is converted first, and whoever told it is not
    asked whether it was copied from another map. `division_code` may be any
    length; without one only the country is checked. `far_metres` is the plan's figure for "far from
    every known place" (kind tip.far_from_known).
    """
    point = to_wgs84(Point(lat, lon), Datum(datum))
    around = surroundings(division_code, far_metres=far_metres)
    if Datum(datum) is not Datum.WGS84:
        around = replace(around, landmarks=())
    judgement = judge_point(point, around)
    return PointCheck(
        judgement.state.value,
        judgement.reason.value,
        sentence(judgement),
        point,
        judgement.suggestion,
    )


def surroundings(division_code: str, *, far_metres: float | None = None) -> Surroundings:
    """What is known in the county, or in the prefecture where no county is told."""
    code = division_code[:2]
    province = next((outline for outline in outlines() if outline.code == code), None)
    prefix = division_code[:6].removesuffix("00")
    if len(prefix) < 4:
        return Surroundings(province, outlines())
    landmarks = [
        *remembered("places", f"points {prefix}", lambda: _exact(prefix, PUBLIC_KINDS)),
        *_exact(prefix, ["key_location"]),
    ]
    towns = remembered("divisions", f"places.points {prefix}", lambda: _exact_divisions(prefix))
    return Surroundings(province, outlines(), [*towns, *landmarks], landmarks, far_metres)


def _exact(prefix: str, kinds: Iterable[str]) -> list[Point]:
    """Surveyed places of the area. Key locations are asked for in the reader's own scope."""
    return [
        Point(lat, lon)
        for kind in kinds
        for lat, lon in in_use(kind)
        .filter(division_code__startswith=prefix, is_approximate=False)
        .values_list("lat", "lon")
    ]


def _exact_divisions(prefix: str) -> list[Point]:
    rows = Division.objects.filter(
        code__startswith=prefix, is_approximate=False, lat__isnull=False, valid_to=None
    )
    return [Point(lat or 0.0, lon or 0.0) for lat, lon in rows.values_list("lat", "lon")]


def sentence(judgement: Judgement) -> str:
    """The verdict as a sentence in the reader's language, with what to mend."""
    text = _SENTENCES[judgement.reason]
    if not text:
        return ""
    figures: dict[str, str | int] = dict(judgement.figures)
    if "datum" in figures:
        figures["map"] = _(_MAPS[Datum(str(figures["datum"]))])
    if judgement.reason is Reason.OUTSIDE_PROVINCE:
        figures["province"] = _province_name(str(figures.get("province", "")))
    return _(text) % figures


def _province_name(code: str) -> str:
    found = Division.objects.filter(code=code.ljust(12, "0")).first() if code else None
    return found.name if found else _("省外")
