"""Key locations from a table: read, looked at row by row, brought in."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from nuantu.accounts.models import Division
from nuantu.core import brought, journal
from nuantu.core.actors import Actor
from nuantu.core.brought import SheetRefused
from nuantu.core.errors import Refusal
from nuantu.core.headings import Row
from nuantu.core.subjects import Subject
from nuantu.places.models import KeyLocation
from nuantu.places.rules.points import Reason
from nuantu.places.rules.sheets import HEADINGS, MOST, flag_in, is_called
from nuantu.places.rules.typed import datum_in, parse_coordinates
from nuantu.places.selectors import location_types
from nuantu.places.services.key_locations import VisitTerms, add_key_location, known_terms
from nuantu.places.services.spots import PointDoubtful, Spot, spot_fields

READY, DOUBTFUL, BAD, KNOWN = "ready", "doubtful", "bad", "known"


# What the columns are called on a template and in what is to be mended.
LABELS: Final = {
    "name": gettext_lazy("名称"),
    "county": gettext_lazy("县（市）"),
    "town": gettext_lazy("乡镇（街道）"),
    "division": gettext_lazy("区划代码"),
    "address": gettext_lazy("地址"),
    "kind": gettext_lazy("类型"),
    "is_night_only": gettext_lazy("只在夜间有人"),
    "must_go_with_police": gettext_lazy("须会同公安"),
    "open_hours": gettext_lazy("开放时间"),
    "lat": gettext_lazy("纬度"),
    "lon": gettext_lazy("经度"),
    "datum": gettext_lazy("坐标系"),
    "is_approximate": gettext_lazy("位置只是大致"),
    "note": gettext_lazy("备注"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row: what it says by column, what must be looked at, and the place it becomes where one wants it.

    `state`: ready, doubtful (only the position is to be asked about), bad, or known: a place of that
    name is in the register of that town.
    """

    number: int
    told: Mapping[str, str]
    state: str
    findings: tuple[str, ...] = ()
    place: Mapping[str, Any] | None = None

    @property
    def name(self) -> str:
        """What the row calls the place."""
        return self.told.get("name", "")

    @property
    def division(self) -> str:
        """What it says of the division."""
        told = (self.told.get(column, "") for column in ("county", "town", "division"))
        return " ".join(filter(None, told))


def rows_in(content: bytes) -> tuple[list[Row], list[str]]:
    """The rows of an Excel or CSV file and the headings that nobody reads. Raises SheetRefused."""
    needs = _("没有找到可读的行。第一行写列名，至少名称、类型和坐标；可以下载模板。")
    return brought.rows_in(content, HEADINGS, needs=needs)


def judged(*, actor: Actor, rows: Sequence[Row], datum: str = "wgs84") -> list[Line]:
    """Each row with everything that must be looked at; nothing comes in yet.

    `datum`: in what the coordinates are told where a row says nothing itself.
    """
    reader = _Reader(actor, datum)
    read = [(number, told, *reader.read(told)) for number, told in rows]
    keys = [_key(place) for _number, _told, place, _findings in read]
    known = _known(key for key in keys if key)
    twice = {key for key, count in Counter(key for key in keys if key).items() if count > 1}
    first: dict[tuple[str, str], int] = {}
    lines = []
    for (number, told, place, findings), key in zip(read, keys, strict=True):
        if key in twice and first.setdefault(key, number) != number:
            findings.append(_("与第 %(n)s 行同名。") % {"n": first[key]})
        lines.append(_line(number, told, place, findings, is_known=key in known))
    return lines


def _line(
    number: int,
    told: Mapping[str, str],
    place: Mapping[str, Any] | None,
    findings: list[str],
    *,
    is_known: bool,
) -> Line:
    if findings or place is None:
        return Line(number, told, BAD, tuple(findings))
    if is_known:
        return Line(number, told, KNOWN, (_("已经登记过，不再登记。"),))
    try:
        spot_fields(place["spot"])
    except PointDoubtful as doubt:
        sure = {**place, "spot": replace(place["spot"], is_confirmed=True)}
        copied = _("坐标像是从高德或腾讯地图复制的。请写明坐标系；确实是 WGS-84 就勾选。")
        is_copied = doubt.check.reason == Reason.MAYBE_SHIFTED.value
        said = copied if is_copied else str(doubt)
        return Line(number, told, DOUBTFUL, (said,), sure)
    except Refusal as refusal:
        return Line(number, told, BAD, (str(refusal),))
    return Line(number, told, READY, (), place)


def _key(place: Mapping[str, Any] | None) -> tuple[str, str] | None:
    return (place["spot"].division_code, place["spot"].name) if place else None


def _known(keys: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    wanted = set(keys)
    codes = {code for code, _name in wanted}
    rows = KeyLocation.objects.filter(closed_at=None, division_code__in=codes)
    return wanted & set(rows.values_list("division_code", "name"))


def bring_in(
    *,
    actor: Actor,
    at: datetime,
    rows: Sequence[Row],
    datum: str = "wgs84",
    wanted: Collection[int] = (),
) -> tuple[int, list[Line]]:
    """Enter the ready rows, and of the doubtful ones those `wanted` by number.

    How many came in, and the rows that did not, with what is to be mended.
    """
    left, count = [], 0
    for line in judged(actor=actor, rows=rows, datum=datum):
        is_wanted = line.state == READY or (line.state == DOUBTFUL and line.number in wanted)
        if not is_wanted or line.place is None:
            left.append(line)
            continue
        try:
            add_key_location(actor=actor, at=at, **line.place)
        except Refusal as refusal:
            left.append(Line(line.number, line.told, BAD, (str(refusal),)))
        else:
            count += 1
    if count:
        _note(actor, at, rows, count)
    return count, left


def _note(actor: Actor, at: datetime, rows: Sequence[Row], count: int) -> None:
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    journal.record(
        verb="places.key_location.import",
        actor=actor,
        at=at,
        subjects=[Subject("user", UUID(actor.public_id))],
        division_code=actor.division_code,
        owner_org=actor.org_code,
        summary=f"从文件登记重点区域 {count} 处",
        changes={"count": count, "rows": len(rows), "digest": digest},
    )


class _Reader:
    """Reads rows in the actor's area; what is wrong is said in the reader's language."""

    def __init__(self, actor: Actor, datum: str) -> None:
        self.datum = datum
        prefix = actor.division_code[:6].removesuffix("00")
        found = Division.objects.filter(
            code__startswith=prefix, level__in=["county", "town"], valid_to=None
        )
        self.names = dict(found.values_list("code", "name"))
        kinds = location_types()
        self.kinds = {
            word.lower(): code
            for code, kind in kinds.items()
            for word in (kind.label, kind.label_en, code)
        }
        self.examples = " · ".join(
            kind.named(get_language() or "") for kind in list(kinds.values())[:8]
        )

    def read(self, told: Mapping[str, str]) -> tuple[dict[str, Any] | None, list[str]]:
        """The arguments of `add_key_location`, and what keeps the row from becoming a place."""
        findings: list[str] = []
        for column, most in MOST.items():
            if len(told.get(column, "")) > most:
                findings.append(
                    _("%(column)s最多 %(n)s 个字。") % {"column": LABELS[column], "n": most}
                )
        code, point = self._division(told, findings), self._point(told, findings)
        kind = self.kinds.get(told.get("kind", "").lower(), "")
        if not told.get("name"):
            findings.append(_("请写名称。"))
        if not kind:
            findings.append(_("没有这种类型。可以写：%(kinds)s 等") % {"kinds": self.examples})
        terms, is_rough = self._terms(told, findings), self._flag(told, "is_approximate", findings)
        if findings or point is None:
            return None, findings
        lat, lon, datum = point
        spot = Spot(
            told["name"], code, lat, lon, told.get("address", ""), datum, is_approximate=is_rough
        )
        place = {"spot": spot, "kind": kind, "terms": terms, "note": told.get("note", "")}
        return place, findings

    def _division(self, told: Mapping[str, str], findings: list[str]) -> str:
        """The town that a row names, or its county where no town is told."""
        if digits := told.get("division", ""):
            code = digits.ljust(12, "0")
            if code not in self.names:
                findings.append(_("区划代码不是这里的乡镇或县。"))
            return code
        county, town = told.get("county", ""), told.get("town", "")
        if not county and not town:
            findings.append(_("请写乡镇（街道）。"))
            return ""
        found = [code for code in self.names if self._is_meant(code, county, town)]
        if len(found) != 1:
            words = {"name": f"{county}{town}"}
            findings.append(
                _("%(name)s 不止一处，请写明县（市）。") % words
                if found
                else _("这里没有 %(name)s，请写现行区划的全名。") % words
            )
            return ""
        return found[0]

    def _is_meant(self, code: str, county: str, town: str) -> bool:
        own_county = self.names.get(f"{code[:6]}000000", "")
        if county and not is_called(county, own_county):
            return False
        is_county = code.endswith("000000")
        return is_called(town, self.names[code]) and not is_county if town else is_county

    def _point(
        self, told: Mapping[str, str], findings: list[str]
    ) -> tuple[float, float, str] | None:
        said = told.get("datum", "")
        datum = datum_in(said) if said else None
        if said and datum is None:
            findings.append(_("不认识这个坐标系，可以写 WGS-84、高德或百度。"))
        pair = told.get("point") or told.get("lat", "")
        if not told.get("lon") and (typed := parse_coordinates(pair)):
            return typed.point.lat, typed.point.lon, datum or typed.datum or self.datum
        try:
            return float(told["lat"]), float(told["lon"]), datum or self.datum
        except (KeyError, ValueError):
            findings.append(_("请写纬度和经度，例如 26.58 和 107.97。"))
            return None

    def _flag(self, told: Mapping[str, str], column: str, findings: list[str]) -> bool:
        found = flag_in(told.get(column, ""))
        if found is None:
            findings.append(_("%(column)s请写“是”或“否”。") % {"column": LABELS[column]})
        return bool(found)

    def _terms(self, told: Mapping[str, str], findings: list[str]) -> VisitTerms:
        terms = VisitTerms(
            self._flag(told, "is_night_only", findings),
            self._flag(told, "must_go_with_police", findings),
            told.get("open_hours", ""),
        )
        try:
            known_terms(terms)
        except Refusal as refusal:
            findings.append(str(refusal))
        return terms


__all__ = ["LABELS", "Line", "SheetRefused", "bring_in", "judged", "rows_in"]
