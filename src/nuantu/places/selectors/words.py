"""Address words and typed coordinates to places."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.core.reference import remembered
from nuantu.places.rules.datums import Datum, Point, to_wgs84
from nuantu.places.rules.typed import parse_coordinates
from nuantu.places.rules.words import LANDMARK_DEPTH, Known, Match, Why, WordIndex
from nuantu.places.rules.words import match_words as match
from nuantu.places.selectors.nearby import PUBLIC_KINDS, division_at, in_use
from nuantu.places.selectors.types import feature_words

TYPED_CONFIDENCE = 0.95
MOST_LANDMARKS = 5000


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that the words may mean; `reasons` are words for the person who chooses.

    `is_approximate`: the point is the middle of a town, or only near what is meant. `public_id` is
    that of a landmark, "" for a division. `is_only_called_so`: the words seem to name a street, a
    bridge or a shop that is called after it.
    """

    label: str
    lat: float
    lon: float
    division_code: str
    confidence: float
    is_approximate: bool
    kind: str = ""
    reasons: tuple[str, ...] = ()
    public_id: str = ""
    is_only_called_so: bool = False

    @property
    def percent(self) -> int:
        """How sure, of a hundred."""
        return round(self.confidence * 100)


def match_words(text: str, division_prefix: str = "", limit: int = 5) -> list[Candidate]:
    """What address words (or typed coordinates) may mean, the likeliest first.

    凯里市三棵树镇政府旁的桥下, 火车站广场东侧, 三颗树, sankeshu, or 26.58,107.97. Landmarks are
    those that the scope shows: the public is not told key locations.
    """
    typed = _typed(text)
    if typed:
        return [typed]
    indexes = [
        remembered("divisions", "places.words", _divisions),
        remembered(
            "places",
            f"words {division_prefix[:4]}",
            lambda: _landmarks(PUBLIC_KINDS, division_prefix),
        ),
        _landmarks(["key_location"], division_prefix),
    ]
    found = match(text, indexes, prefix=division_prefix, limit=limit)
    names = _names(item.known.division_code for item in found)
    return [_candidate(item, names) for item in found if item.known.lat is not None]


def _typed(text: str) -> Candidate | None:
    typed = parse_coordinates(text)
    if typed is None:
        return None
    point = to_wgs84(typed.point, typed.datum or Datum.WGS84)
    return Candidate(
        label=f"{point.lat:.5f}, {point.lon:.5f}",
        lat=point.lat,
        lon=point.lon,
        division_code=division_at(point.lat, point.lon),
        confidence=TYPED_CONFIDENCE,
        is_approximate=False,
        kind="coordinates",
        reasons=(_("填写的坐标"),),
    )


def _divisions() -> WordIndex:
    rows = Division.objects.filter(valid_to=None).values_list(
        "code", "name", "level", "lat", "lon", "is_approximate"
    )
    return WordIndex(
        Known(name, level, code, lat, lon, is_approximate=is_approximate)
        for code, name, level, lat, lon, is_approximate in rows.iterator(chunk_size=5000)
    )


def _landmarks(kinds: Iterable[str], prefix: str) -> WordIndex:
    """Places of the area. Key locations are asked for in the reader's own scope, never remembered."""
    known = (
        place
        for kind in kinds
        for place in _known(kind, in_use(kind).filter(division_code__startswith=prefix[:4]))
    )
    return WordIndex(known, feature_words())


def _known(kind: str, rows: QuerySet[Any]) -> Iterator[Known]:
    is_typed = kind == "key_location"
    columns = ["name", "division_code", "lat", "lon", "is_approximate", "public_id"]
    for row in rows.values(*columns, *(["kind"] if is_typed else []))[:MOST_LANDMARKS]:
        yield Known(
            row["name"],
            kind,
            row["division_code"],
            row["lat"],
            row["lon"],
            feature=row["kind"] if is_typed else kind,
            is_approximate=row["is_approximate"],
            reference=str(row["public_id"]),
        )


def _names(codes: Iterable[str]) -> dict[str, str]:
    """County and town names for the labels, in one query."""
    wanted = {part for code in codes for part in (code, code[:9] + "000", code[:6] + "000000")}
    return dict(Division.objects.filter(code__in=wanted).values_list("code", "name"))


def _candidate(item: Match, names: dict[str, str]) -> Candidate:
    known = item.known
    is_landmark = known.depth == LANDMARK_DEPTH
    point = Point(known.lat or 0.0, known.lon or 0.0)
    return Candidate(
        label=_label(known, names),
        lat=point.lat,
        lon=point.lon,
        division_code=known.division_code,
        confidence=round(item.confidence, 2),
        is_approximate=not is_landmark or known.is_approximate or item.is_near_only,
        kind=known.kind,
        reasons=tuple(reason_text(reason) for reason in item.reasons),
        public_id=known.reference,
        is_only_called_so=Why.NAMES_SOMETHING in item.reasons,
    )


def _label(known: Known, names: dict[str, str]) -> str:
    """凯里市三棵树镇, 凯里市大十字街道 · 火车站广场: county, town, name."""
    code = known.division_code
    county, town = names.get(code[:6] + "000000", ""), names.get(code[:9] + "000", "")
    if known.depth <= 2:
        return known.name
    above = county if known.kind == "town" else county + (town if code[6:9] != "000" else "")
    return f"{above} · {known.name}" if known.depth == LANDMARK_DEPTH else above + known.name


def reason_text(reason: Why) -> str:
    """Why it is a candidate, in the reader's language."""
    return {
        Why.NAME: _("名称相符"),
        Why.PART_OF_NAME: _("名称部分相符"),
        Why.SOUNDS_ALIKE: _("读音相近"),
        Why.INSIDE_NAMED: _("在所说的地方之内"),
        Why.KIND_OF_PLACE: _("类型相符"),
        Why.NAMESAKES: _("有同名地点"),
        Why.OUTSIDE_AREA: _("不在本辖区"),
        Why.NAMES_SOMETHING: _("像是路名、桥名或店名"),
    }[reason]
