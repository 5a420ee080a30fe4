"""What the columns of a table of key locations mean."""

from collections.abc import Mapping
from typing import Final

from nuantu.core.headings import Headings

# key of the column → what its heading may be; the first is what the export and the template say
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("名称", "地点名称", "重点区域", "地点", "name", "place"),
    "county": ("县（市）", "县", "区县", "县市区", "所在县", "county", "county (city)"),
    "town": ("乡镇（街道）", "乡镇", "街道", "镇街", "所在乡镇", "township", "town"),
    "division": ("区划代码", "行政区划代码", "division code", "code"),
    "address": ("地址", "详细地址", "address"),
    "kind": ("类型", "类别", "type", "kind"),
    "is_night_only": ("只在夜间有人", "夜间", "仅夜间", "night only", "people only at night"),
    "must_go_with_police": ("须会同公安", "会同公安", "only together with police", "with police"),
    "open_hours": ("开放时间", "开门时间", "opening hours", "open hours"),
    "lat": ("纬度", "latitude", "lat"),
    "lon": ("经度", "longitude", "lon", "lng"),
    "point": ("坐标", "经纬度", "coordinates"),
    "datum": ("坐标系", "坐标来自", "coordinate system", "datum"),
    "is_approximate": ("位置只是大致", "大致位置", "approximate", "position is only approximate"),
    "note": ("备注", "说明", "note", "notes", "remarks"),
}
# what the form of one place takes
MOST: Final[Mapping[str, int]] = {"name": 80, "address": 200, "open_hours": 60, "note": 1000}
HEADINGS: Final = Headings(COLUMNS)
_YES: Final = frozenset({"是", "有", "对", "√", "✓", "y", "yes", "true", "1"})
_NO: Final = frozenset({"", "否", "无", "不", "×", "x", "n", "no", "false", "0"})


def flag_in(text: str) -> bool | None:
    """Yes or no as people write it; None for what is neither."""
    plain = text.strip().lower()
    return True if plain in _YES else False if plain in _NO else None


def is_called(told: str, name: str) -> bool:
    """Whether what was told names a division: its name, or the name without its last word (镇, 街道 …)."""
    return told == name or (len(told) > 1 and name in {f"{told}{end}" for end in _ENDS})


_ENDS: Final = ("街道", "街道办事处", "镇", "乡", "县", "市", "区", "苗族侗族自治县")
