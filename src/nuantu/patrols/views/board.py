"""The week as lines on the map, and what moving a stop would do, asked while it is dragged."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, staff_page
from nuantu.patrols import access, services
from nuantu.patrols.forms import MoveForm
from nuantu.patrols.rules import planned
from nuantu.patrols.selectors import ways
from nuantu.patrols.selectors import weeks as selectors
from nuantu.patrols.selectors.words import broken


def shown_half(
    request: HttpRequest, halves: list[tuple[int, str]], default: int | None
) -> int | None:
    """The half that the reader asked to see; `all` is None, nonsense the default."""
    asked = request.GET.get("half", "")
    if asked == "all":
        return None
    known = {str(half): half for half, _label in halves}
    return known.get(asked, default)


@staff_page(access.READ)
def routes(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The routes of a week, or of one half, as GeoJSON."""
    week = access.week_for(request.actor, public_id)
    found = list(selectors.routes_of(week))
    shown = shown_half(request, ways.half_choices(week, found), None)
    return JsonResponse(ways.collection(week, found, shown))


@staff_page(access.PLAN)
def try_move(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What moving a stop to a team and half would do; nothing moves."""
    stop = access.changeable_stop_for(request.actor, public_id)
    week = stop.route.week
    form = MoveForm(request.GET, targets=selectors.targets(week))
    if not form.is_valid():
        return JsonResponse({"is_allowed": False, "words": _("没有这个班次。请重新选择。")})
    try:
        change = services.try_move(stop, form.key())
    except Refusal as error:
        return JsonResponse({"is_allowed": False, "words": str(error)})
    after = planned.missing(change.plan.unmet)
    said = _("可以移动。排不进的承诺：%(before)s → %(after)s") % {
        "before": week.missing,
        "after": after,
    }
    words = said if change.is_allowed else "；".join(broken(change, week))
    return JsonResponse({"is_allowed": change.is_allowed, "words": words})
