"""`{% load places %}`: the map on any page. What it does in the browser is told in places/map.js."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core.actors import PUBLIC, Actor
from nuantu.places import selectors
from nuantu.places.models import ReliefPoint

register = template.Library()

ZOOM_PREFECTURE, ZOOM_SPOT = 8.2, 14.0


@register.inclusion_tag("places/_map_panel.html", takes_context=True)
def map_panel(
    context: template.Context,
    layers: str = "",
    *,
    pick_lat: str = "",
    pick_lon: str = "",
    words: str = "",
    refresh: str = "",
    size: str = "",
    lat: float | None = None,
    lon: float | None = None,
    zoom: float | None = None,
    around: Sequence[tuple[float, float]] = (),
    chosen: object = "",
    off: str = "",
    label: str = "",
    ways: str = "",
    marks: str = "",
    marks_label: str = "",
) -> dict[str, Any]:
    """A map with the layers named (comma-separated), or one to drop a pin on.

    `pick_lat`, `pick_lon` are ids of the inputs that hold the pin, `words` that of the address input.
    `refresh`: events of the body on which the layers load again ("nuantu:tips"). `size`: "", tall or
    low. `lat`, `lon`, `zoom`: where to look; left out, around the points `around` (WGS-84 degrees), else around what is shown. `chosen`: the key of what this page is about, marked from the start. `off`: layers in the
    legend that start hidden. `ways`: the address of lines to draw, see `drawWays` in style.js. `marks`: the
    address of marks that belong to this page alone, as GeoJSON, called `marks_label`. Layers the reader may not see are left out without a word.
    """
    actor: Actor = context.get("actor") or PUBLIC
    prefix = selectors.home_prefix(actor)
    hidden = set(filter(None, off.split(",")))
    shown = [
        {
            "key": layer.key,
            "label": str(layer.label),
            "mark": str(layer.mark),
            "colour": layer.colour,
            "url": reverse("places:layer", args=[layer.key]),
            "on": layer.key not in hidden,
            "cluster": layer.is_clustered,
        }
        for layer in (selectors.layers_for(actor, layers.split(",")) if layers else [])
    ]
    if marks:
        shown.append(_own_marks(marks, marks_label))
    has_centre = lat is not None and lon is not None
    centre = (lat, lon) if has_centre else selectors.home_point(prefix)
    data: dict[str, Any] = {
        "layers": shown,
        "centre": centre,
        "zoom": zoom or (ZOOM_SPOT if has_centre else ZOOM_PREFECTURE),
        "fit": not has_centre,
        "around": [[lon, lat] for lat, lon in around],
        "chosen": str(chosen),
        "outline": f"{reverse('places:outline')}?prefix={prefix}",
        "towns": f"{reverse('places:towns')}?prefix={prefix}",
        "tiles": tile_urls(settings.NUANTU_TILE_URL),
        "attribution": attribution(),
        "refresh": refresh.split(),
        "cooperative": bool(pick_lat),
        "ways": ways,
        "words": script_words(),
    }
    if pick_lat:
        url = reverse("places:words")
        data["pick"] = {"lat": pick_lat, "lon": pick_lon, "words": words, "url": url}
    return {
        "data": json.dumps(data, ensure_ascii=False),
        "layers": shown,
        "is_picking": bool(pick_lat),
        "size": size,
        "label": label or _("地图"),
    }


def _own_marks(url: str, label: str) -> dict[str, Any]:
    """The layer of a page that registers none: its marks come from an address of its own."""
    return {
        "key": "marks",
        "label": str(label or _("地点")),
        "mark": _("地"),
        "colour": "teal-strong",
        "url": url,
        "on": True,
        "cluster": False,
    }


@register.filter
def type_name(code: str) -> str:
    """The name of a type of key location."""
    return selectors.type_label(code)


@register.filter
def stale(point: ReliefPoint, at: datetime) -> bool:
    """Whether what is said about a relief point is too old to rely on."""
    return selectors.is_stale(point, at)


@register.filter
def metres(value: float) -> str:
    """A distance as people say it: 350 米, 2.4 公里."""
    if value < 1000:
        return _("%(number)s 米") % {"number": round(value / 10) * 10}
    return _("%(number)s 公里") % {"number": f"{value / 1000:.1f}"}


def tile_urls(template_url: str) -> list[str]:
    """The addresses of a tile source: `{s}` stands for the numbers 0 to 7 of its servers."""
    if "{s}" not in template_url:
        return [template_url] if template_url else []
    return [template_url.replace("{s}", str(number)) for number in range(8)]


def attribution() -> str:
    """Who is to be named on the map: the tile source, or those of the packaged background."""
    if settings.NUANTU_TILE_URL:
        return str(settings.NUANTU_TILE_ATTRIBUTION)
    return _(
        "省界 © OpenStreetMap contributors (ODbL)；地名点位 © GeoNames (CC BY 4.0)；仅供定位，非正式地图"
    )


def script_words() -> dict[str, Any]:
    """The words the scripts put on the page."""
    return {
        "failed": _("“{layer}”没有读取成功，请稍后再试。"),
        "unavailable": _("这台设备显示不了地图。请填写地址，或使用列表。"),
        "approximate": _("大致位置"),
        "approximate_pin": _("这是大致位置，请把图钉拖到准确的地方。"),
        "ways": _("路线"),
        "pin": _("图钉，可以拖动"),
        "locating": _("正在定位…"),
        "accuracy": _("已定位，误差约 {metres} 米。不准可以拖动图钉。"),
        "no_position": _("没有取得位置。请在地图上点一下，或填写地址。"),
        "controls": {
            "NavigationControl.ZoomIn": _("放大"),
            "NavigationControl.ZoomOut": _("缩小"),
            "AttributionControl.ToggleAttribution": _("数据来源"),
            "Popup.Close": _("关闭"),
            "Map.Title": _("地图"),
            "CooperativeGesturesHandler.WindowsHelpText": _("按住 Ctrl 并滚动来缩放地图"),
            "CooperativeGesturesHandler.MacHelpText": _("按住 ⌘ 并滚动来缩放地图"),
            "CooperativeGesturesHandler.MobileHelpText": _("用两根手指移动地图"),
        },
    }
