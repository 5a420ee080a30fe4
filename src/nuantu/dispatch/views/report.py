"""The public report, one question a page or all on one.

It needs no CSRF token: whoever sends it acts as the public, whatever account the browser holds, and
a tip must not be lost to a page that was open too long. An answer that must be mended is kept and
asked for again by a page of its own address, so that going back and loading again are harmless.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from nuantu.core import clock
from nuantu.core.actors import PUBLIC
from nuantu.core.errors import Refusal
from nuantu.core.http import PublicRequest, client_key, public_page, render
from nuantu.core.ids import new_id
from nuantu.dispatch import services
from nuantu.dispatch.forms.draft import NUMBER, STEPS, Draft, neighbours
from nuantu.dispatch.forms.report import WholeForm, report_from, with_offer
from nuantu.dispatch.rules.flags import CALL_FIRST, is_urgent
from nuantu.dispatch.selectors.placing import PositionDoubtful, settle
from nuantu.dispatch.views.bounds import bounded
from nuantu.ui.outcomes import refuse

SENT_BEFORE = "sent_before"
WHOLE = "whole"
# A browser that brings it back keeps cookies, so its typed answers can be kept in its session.
KEEPS = "nuantu_keeps"


@csrf_exempt
@public_page
@bounded
def report(request: PublicRequest, step: str = "where") -> HttpResponse:
    """One question of the report; the last one sends it."""
    if step not in STEPS:
        raise Http404
    draft = Draft(request.session)
    if request.GET.get("new"):
        draft.forget()
        return HttpResponseRedirect(reverse("dispatch:report"))
    if request.method != "POST":
        if (first := draft.first_open_step(step)) != step:
            return _to(first)
        form, more = _kept(draft, step)
        return _step_page(request, draft, step, form, **more)
    form = STEPS[step](with_offer(request.POST), request.FILES)
    form.is_valid()
    if step == "what" and (answer := _photos(request, draft, form)):
        return answer
    if request.POST.get("go") in ("back", "map"):
        return _step_aside(draft, step, form, goes_back=request.POST["go"] == "back")
    return _go_on(request, draft, step, form)


def _to(step: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("dispatch:report_step", args=[step]))


def _kept(draft: Draft, step: str) -> tuple[forms.Form, dict[str, Any]]:
    """The form of a step with what was said so far, what to mend in it, and what else to ask."""
    typed = draft.typed(step)
    if typed is None:
        return STEPS[step](initial=draft.values), {}
    if not typed.is_asked:
        return STEPS[step](initial=draft.values | typed.initial(STEPS[step])), {}
    form = STEPS[step](typed.data)
    more = _doubt(form) if step == "where" and form.is_valid() else {}
    for name, text in typed.errors:
        if name == SENT_BEFORE:
            more["is_sent_before"] = True
        form.add_error(name if name in form.fields else None, text)
    return form, more


def _step_page(
    request: PublicRequest, draft: Draft, step: str, form: forms.Form, **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    context = {
        "form": form,
        "step": step,
        "number": list(STEPS).index(step) + 1,
        "back": neighbours(step)[0],
        "draft": draft,
        "danger_flags": CALL_FIRST,
        "is_urgent": is_urgent(draft.values.get("flags", ())),
        "has_map": bool(request.GET.get("map")),
        **more,
    }
    return render(request, f"dispatch/report_{step}.html", context, status=status)


def _step_aside(draft: Draft, step: str, form: forms.Form, *, goes_back: bool) -> HttpResponse:
    """One step back, or the same step with the map; what is typed is kept, right or wrong is
    asked when he goes on."""
    draft.keep_typed(step, form, is_asked=False)
    target = neighbours(step)[0] if goes_back else step
    url = reverse("dispatch:report_step", args=[target or step])
    return HttpResponseRedirect(url if goes_back else f"{url}?map=1")


def _go_on(request: PublicRequest, draft: Draft, step: str, form: forms.Form) -> HttpResponse:
    if not form.is_valid() or (step == "where" and (_doubt(form) or form.errors)):
        return _ask_again(request, draft, step, form)
    if step == "number":
        return _send(request, draft, form)
    draft.keep(step, form.cleaned_data)
    return _to(step if request.POST.get("go") == "more" else neighbours(step)[1])


def _ask_again(
    request: PublicRequest,
    draft: Draft,
    step: str,
    form: forms.Form,
    *errors: tuple[str, str],
) -> HttpResponse:
    """The step's own page again, with what to mend. What is too much to keep is shown at once."""
    of_photo = [("photo", str(text)) for text in form.errors.get("photo", ())]
    if draft.keep_typed(step, form, [*of_photo, *errors]):
        return _to(step)
    return _step_page(request, draft, step, form, status=422)


def _doubt(form: forms.Form) -> dict[str, Any]:
    """A doubtful point is asked about once; whoever says it is right goes on. What can only be
    mended is an error of the form."""
    data = form.cleaned_data
    try:
        settled = settle(report_from(data, idempotency_key=""), at=clock.now())
    except PositionDoubtful as doubt:
        return {"question": str(doubt), "doubt": doubt, "suggestion": doubt.suggestion}
    except Refusal as refusal:
        refuse(form, refusal)
        return {}
    spot = settled.spot
    if spot.question and not data["is_confirmed"]:
        asked = {"question": spot.question, "counties": spot.counties}
        return {**asked, "suggestion": spot.suggestion}
    return {}


def _photos(request: PublicRequest, draft: Draft, form: forms.Form) -> HttpResponse | None:
    """Hold the photo that came along, whatever the rest of the step is worth."""
    if request.POST.get("drop"):
        draft.keep_typed("what", form, is_asked=False)
        draft.drop_photo(request.POST["drop"])
        return _to("what")
    upload = form.cleaned_data.get("photo")
    if upload:
        draft.keep_typed("what", form, is_asked=False)
        services.admit_photo(address=client_key(request))
        try:
            held = services.hold_photo(
                actor=PUBLIC, at=clock.now(), upload=upload, held=len(draft.photos)
            )
        except Refusal as refusal:
            form.add_error("photo", str(refusal))
        else:
            draft.keep_photo(str(held.public_id))
    elif request.POST.get("go") == "more" and "photo" not in form.errors:
        form.add_error("photo", _("请先选一张照片，再按这里。"))
    return None


def _send(request: PublicRequest, draft: Draft, form: forms.Form) -> HttpResponse:
    services.admit(address=client_key(request))
    if request.POST.get("go") == "another":
        draft.renew()
    data = draft.values | form.cleaned_data
    try:
        answer = _take(data, key=draft.key, photos=draft.photos)
    except services.KeyReused:
        text = _("这份报告已经提交，刚才改动的内容还没有送出。")
        return _ask_again(request, draft, "number", form, (SENT_BEFORE, text))
    except Refusal as refusal:
        field = refusal.field if refusal.field == NUMBER else "__all__"
        return _ask_again(request, draft, "number", form, (field, str(refusal)))
    draft.sent()
    return answer


def _take(data: dict[str, Any], *, key: str, photos: list[str]) -> HttpResponse:
    """Take the tip and lead to its receipt. Raises a Refusal that says what to mend."""
    at = clock.now()
    taken = services.take_tip(actor=PUBLIC, at=at, report=report_from(data, idempotency_key=key))
    if photos:
        services.attach_photos(actor=PUBLIC, at=at, tip=taken.tip, held=photos)
    return HttpResponseRedirect(reverse("dispatch:receipt", args=[taken.code]) + "?new=1")


@csrf_exempt
@public_page
@bounded
def whole(request: PublicRequest) -> HttpResponse:
    """The report on one page, for browsers that keep nothing between pages."""
    draft = Draft(request.session)
    if request.method != "POST":
        response = _whole_page(request, *_whole_kept(draft))
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie(KEEPS, "1", httponly=True, samesite="Lax", secure=secure)
        return response
    form = WholeForm(request.POST, request.FILES)
    key = request.POST.get("idempotency_key") or str(new_id())
    errors: list[tuple[str, str]] = []
    if form.is_valid():
        services.admit(address=client_key(request))
        try:
            answer = _take(form.cleaned_data, key=key, photos=_held(form))
        except Refusal as refusal:
            field = {"position": "place_text"}.get(refusal.field or "", refusal.field) or ""
            errors = [(field if field in form.fields else "__all__", str(refusal))]
            form.add_error(*errors[0])
        else:
            draft.drop_typed(WHOLE)
            return answer
    errors += [("photo", str(text)) for text in form.errors.get("photo", ())]
    if KEEPS in request.COOKIES and draft.keep_typed(WHOLE, form, errors):
        return HttpResponseRedirect(reverse("dispatch:report_whole"))
    return _whole_page(request, form, key, status=422)


def _whole_kept(draft: Draft) -> tuple[WholeForm, str]:
    typed = draft.typed(WHOLE)
    if typed is None:
        return WholeForm(), str(new_id())
    form = WholeForm(typed.data)
    for name, text in typed.errors:
        form.add_error(name, text)
    return form, typed.data.get("idempotency_key") or str(new_id())


def _whole_page(
    request: PublicRequest, form: WholeForm, key: str, *, status: int = 200
) -> HttpResponse:
    context = {"form": form, "key": key, "danger_flags": CALL_FIRST}
    return render(request, "dispatch/report_whole.html", context, status=status)


def _held(form: WholeForm) -> list[str]:
    """The photo of a whole report, held until its tip is taken."""
    upload = form.cleaned_data.get("photo")
    if not upload:
        return []
    return [str(services.hold_photo(actor=PUBLIC, at=clock.now(), upload=upload).public_id)]
