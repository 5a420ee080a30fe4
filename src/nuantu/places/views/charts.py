"""The map page, and what the map and the pin ask in the background."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from nuantu.core.http import (
    PublicRequest,
    StaffRequest,
    client_key,
    public_page,
    render,
    staff_page,
)
from nuantu.core.throttle import allow
from nuantu.places import access, selectors

ASKS_PER_MINUTE = 90
DAY_SECONDS = 86_400
NEAR_METRES = 3_000.0


@staff_page(access.READ)
def chart(request: StaffRequest) -> HttpResponse:
    """The map with everything on it; the words in the search box find a place."""
    words = request.GET.get("q", "").strip()[:200]
    found = selectors.match_words(words, request.actor.division_code[:6]) if words else []
    context = {
        "q": words,
        "candidates": found,
        "near": _near(found[0]) if found else [],
        "layers": ",".join(layer.key for layer in selectors.layers_for(request.actor)),
        "counts": selectors.counts(),
    }
    return render(request, "places/map.html", context, fragment="places/_found.html")


def _near(candidate: selectors.Candidate) -> list[selectors.Near]:
    """What lies around the likeliest place: relief points, stations, hospitals, key locations."""
    kinds = ("relief_point", "station", "hospital", "key_location")
    found = [
        item
        for kind in kinds
        for item in selectors.near(candidate.lat, candidate.lon, kind, 3, within_metres=NEAR_METRES)
    ]
    return sorted(found, key=lambda item: item.metres)


@public_page
def layer(request: PublicRequest, key: str) -> HttpResponse:
    """The marks of one layer that this reader may see, as GeoJSON."""
    found = selectors.layer_for(request.actor, key)
    if found is None:
        raise Http404
    return JsonResponse(selectors.collection(found.features(request.actor)))


@public_page
def outline(request: PublicRequest) -> HttpResponse:
    """The outline of a province; it never changes while one looks."""
    return _lasting(selectors.outline_collection(request.GET.get("prefix", "")))


@public_page
def towns(request: PublicRequest) -> HttpResponse:
    """County seats and located towns of a prefecture, to find one's way by."""
    prefix = request.GET.get("prefix", "")
    if not (prefix.isdigit() and len(prefix) >= 2):
        raise Http404
    return _lasting(selectors.collection(selectors.towns(prefix)))


@public_page
def words(request: PublicRequest) -> HttpResponse:
    """Places that address words may mean; for the public without the key locations."""
    if not allow(f"words:{client_key(request)}", ASKS_PER_MINUTE, 60):
        return JsonResponse({"candidates": [], "message": _("问得太快了，请稍等。")}, status=429)
    text = request.GET.get("q", "").strip()[:200]
    prefix = request.actor.division_code[:6] or selectors.home_prefix(request.actor)
    found = selectors.match_words(text, prefix) if text else []
    return JsonResponse({"candidates": [_plain(candidate) for candidate in found]})


@public_page
def check(request: PublicRequest) -> HttpResponse:
    """Whether a coordinate is believable: state, sentence, maybe a better point."""
    if not allow(f"words:{client_key(request)}", ASKS_PER_MINUTE, 60):
        return JsonResponse({"state": "ok", "message": ""}, status=429)
    try:
        lat, lon = float(request.GET["lat"]), float(request.GET["lon"])
    except (KeyError, ValueError) as error:
        raise Http404 from error
    code = request.GET.get("division", "") or selectors.home_prefix(request.actor)
    datum = request.GET.get("datum", "wgs84")
    if datum not in selectors.DATUMS or not code.isdigit():
        raise Http404
    found = selectors.check_point(lat, lon, code, datum=datum)
    suggestion = found.suggestion._asdict() if found.suggestion else None
    return JsonResponse({"state": found.state, "message": found.message, "suggestion": suggestion})


def _plain(candidate: selectors.Candidate) -> dict[str, Any]:
    return {
        "label": candidate.label,
        "lat": round(candidate.lat, 6),
        "lon": round(candidate.lon, 6),
        "division_code": candidate.division_code,
        "confidence": candidate.confidence,
        "is_approximate": candidate.is_approximate,
        "reasons": list(candidate.reasons),
    }


def _lasting(data: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(data)
    patch_cache_control(response, public=True, max_age=DAY_SECONDS)
    return response
