"""What the app asks with a person's session: who is logged in, and the key to a forgotten PIN."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nuantu.core import clock, scope, throttle
from nuantu.core.http import PublicRequest, StaffRequest, public_page, staff_page
from nuantu.fieldwork import access, services
from nuantu.operations.selectors import rules_at, team_of_user

PER_HOUR = 10


@require_GET
@public_page
def whose(request: PublicRequest) -> HttpResponse:
    """Whose session this is and its token against foreign forms; 401 without one.

    The app's page lies on the phone and can hold neither.
    """
    actor = request.actor
    if not actor.is_signed_in:
        return JsonResponse({"code": "login"}, status=401)
    at = clock.now()
    team = team_of_user(actor.public_id, at)
    return JsonResponse(
        {
            "csrf": get_token(request),
            "user": access.self_of(actor, team.name if team else ""),
            "may_enrol": actor.may(access.ENROL),
            "words": _("您的角色不带外勤手机，请用队员或照料员的账号登录。"),
            "pin_digits": int(rules_at(actor.division_code, at).need("field.pin_digits").number),
        }
    )


@require_POST
@staff_page(access.READ)
def recovery(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The key to one's own phone, for a new PIN; nobody else's."""
    device = access.own_device_for(request.actor, public_id)
    if _is_often(request):
        words = _("今天重设得太多次，请过一小时再试，或把手机交给值班台。")
        answer = JsonResponse({"code": "too_often", "words": words}, status=429)
        answer["Retry-After"] = "3600"
        return answer
    key = services.recover(actor=request.actor, at=clock.now(), device=device)
    return JsonResponse({"recovery": key})


def _is_often(request: HttpRequest) -> bool:
    with scope.system("requests for a forgotten PIN are counted"):
        return not throttle.allow(f"field-recovery:{request.user.pk}", PER_HOUR, 3600)
