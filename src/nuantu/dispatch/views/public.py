"""What anybody can do without an account: report, look up, add.

The report needs no CSRF token: whoever sends it acts as the public, whatever account the browser
holds, and a tip must not be lost to a page that was open too long.
"""

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import Any, Concatenate, ParamSpec, cast

import segno
from django import forms
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.actors import PUBLIC
from nuantu.core.errors import Refusal
from nuantu.core.http import PublicRequest, client_key, public_page, refused, render
from nuantu.core.ids import new_id, tidy_receipt
from nuantu.dispatch import access, services
from nuantu.dispatch.forms.draft import STEPS, Draft, neighbours
from nuantu.dispatch.forms.report import (
    PhotoForm,
    ReceiptForm,
    StillThereForm,
    WholeForm,
    report_from,
    with_offer,
)
from nuantu.dispatch.rules.flags import CALL_FIRST, is_urgent
from nuantu.dispatch.selectors import areas
from nuantu.dispatch.selectors.placing import PositionDoubtful, home_division, settle
from nuantu.dispatch.selectors.receipts import receipt_view
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.ui import toasts

P = ParamSpec("P")


def _bounded(
    view: Callable[Concatenate[PublicRequest, P], HttpResponse],
) -> Callable[Concatenate[PublicRequest, P], HttpResponse]:
    """A form of many megabytes or one form too many gets a page that says what to do."""

    @wraps(view)
    def bounded(request: PublicRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RequestDataTooBig:
            return render(request, "dispatch/too_big.html", status=413)
        except services.TooManyReports as limit:
            context = {"reason": str(limit), "hotlines": areas.hotlines()}
            response = render(request, "dispatch/too_many.html", context, status=429)
            response["Retry-After"] = str(limit.retry_seconds)
            return response

    return cast("Callable[Concatenate[PublicRequest, P], HttpResponse]", bounded)


@public_page
def front(request: PublicRequest) -> HttpResponse:
    """The public door: what this is, report, look up, whom to call."""
    return _front_page(request, ReceiptForm())


def _front_page(request: PublicRequest, form: forms.Form, *, status: int = 200) -> HttpResponse:
    context = {
        "hotlines": areas.hotlines(),
        "area": areas.area_name(),
        "limits": rulings_at(home_division(), clock.now()).limits,
        "form": form,
    }
    return render(request, "dispatch/front.html", context, status=status)


@csrf_exempt
@public_page
@_bounded
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
            return HttpResponseRedirect(reverse("dispatch:report_step", args=[first]))
        return _step_page(request, draft, step, STEPS[step](initial=draft.values))
    form = STEPS[step](with_offer(request.POST), request.FILES)
    if request.POST.get("go") in ("back", "map"):
        return _step_aside(draft, step, form, goes_back=request.POST["go"] == "back")
    if not form.is_valid():
        return _step_page(request, draft, step, form, status=422)
    return _go_on(request, draft, step, form)


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
    form.is_valid()
    draft.keep(step, form.cleaned_data, is_done=False)
    target = neighbours(step)[0] if goes_back else step
    url = reverse("dispatch:report_step", args=[target or step])
    return HttpResponseRedirect(url if goes_back else f"{url}?map=1")


def _go_on(request: PublicRequest, draft: Draft, step: str, form: forms.Form) -> HttpResponse:
    if step == "where" and (question := _asked_about_place(request, draft, form)):
        return question
    if step == "number":
        return _send(request, draft, form)
    draft.keep(step, form.cleaned_data, is_done=True)
    if step == "what" and (stays := _photos(request, draft, form)):
        return stays
    return HttpResponseRedirect(reverse("dispatch:report_step", args=[neighbours(step)[1]]))


def _asked_about_place(
    request: PublicRequest, draft: Draft, form: forms.Form
) -> HttpResponse | None:
    """A doubtful point is asked about once; whoever says it is right goes on."""
    data = form.cleaned_data
    try:
        settled = settle(report_from(data, idempotency_key=""), at=clock.now())
    except PositionDoubtful as doubt:
        context = {"question": str(doubt), "doubt": doubt, "status": 422}
        return _step_page(request, draft, "where", form, **context)
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return _step_page(request, draft, "where", form, status=422)
    if settled.spot.question and not data["is_confirmed"]:
        context = {"question": settled.spot.question, "may_insist": True, "status": 422}
        return _step_page(request, draft, "where", form, **context)
    return None


def _photos(request: PublicRequest, draft: Draft, form: forms.Form) -> HttpResponse | None:
    if request.POST.get("drop"):
        draft.drop_photo(request.POST["drop"])
        return HttpResponseRedirect(reverse("dispatch:report_step", args=["what"]))
    upload = form.cleaned_data.get("photo")
    if upload:
        services.admit_photo(address=client_key(request))
        try:
            held = services.hold_photo(
                actor=PUBLIC, at=clock.now(), upload=upload, held=len(draft.photos)
            )
        except Refusal as refusal:
            form.add_error("photo", str(refusal))
            return _step_page(request, draft, "what", form, status=422)
        draft.keep_photo(str(held.public_id))
        if request.POST.get("go") == "more":
            return HttpResponseRedirect(reverse("dispatch:report_step", args=["what"]))
    return None


def _send(request: PublicRequest, draft: Draft, form: forms.Form) -> HttpResponse:
    services.admit(address=client_key(request))
    data = draft.values | form.cleaned_data
    return _take(request, form, data, key=draft.key, photos=draft.photos) or _step_page(
        request, draft, "number", form, status=422
    )


def _take(
    request: PublicRequest, form: forms.Form, data: dict[str, Any], *, key: str, photos: list[str]
) -> HttpResponse | None:
    """Take the tip and lead to its receipt; None with the refusal in the form."""
    at = clock.now()
    try:
        taken = services.take_tip(
            actor=PUBLIC, at=at, report=report_from(data, idempotency_key=key)
        )
    except Refusal as refusal:
        field = {"position": "place_text"}.get(refusal.field or "", refusal.field)
        form.add_error(field if field in form.fields else None, str(refusal))
        return None
    if taken.is_new and photos:
        services.attach_photos(actor=PUBLIC, at=at, tip=taken.tip, held=photos)
    return HttpResponseRedirect(reverse("dispatch:receipt", args=[taken.code]) + "?new=1")


@csrf_exempt
@public_page
@_bounded
def whole(request: PublicRequest) -> HttpResponse:
    """The report on one page, for browsers that keep nothing between pages."""
    form = WholeForm(request.POST or None, request.FILES or None)
    key = request.POST.get("idempotency_key") or str(new_id())
    context = {"form": form, "key": key, "danger_flags": CALL_FIRST}
    if request.method != "POST":
        return render(request, "dispatch/report_whole.html", context)
    if form.is_valid():
        services.admit(address=client_key(request))
        upload = form.cleaned_data.get("photo")
        held = [services.hold_photo(actor=PUBLIC, at=clock.now(), upload=upload)] if upload else []
        ids = [str(one.public_id) for one in held]
        if answer := _take(request, form, form.cleaned_data, key=key, photos=ids):
            return answer
    return refused(request, "dispatch/report_whole.html", context)


@public_page
@_bounded
def look_up(request: PublicRequest) -> HttpResponse:
    """From a typed receipt code to its page."""
    form = ReceiptForm(request.GET or None)
    if form.is_valid():
        services.admit_look_up(address=client_key(request))
        code = tidy_receipt(form.cleaned_data["code"])
        try:
            access.tip_of_code(code)
        except Http404:
            form.add_error(
                "code", _("没有这个回执编号。请核对：编号是 10 位字母和数字，没有 0、1、I、O。")
            )
        else:
            return HttpResponseRedirect(reverse("dispatch:receipt", args=[code]))
    return _front_page(request, form, status=422 if form.errors else 200)


@public_page
@_bounded
def receipt(request: PublicRequest, code: str) -> HttpResponse:
    """The receipt: the code, how far the answer has come, and "still there"."""
    services.admit_look_up(address=client_key(request))
    return _receipt_page(request, code, StillThereForm(), PhotoForm())


def _receipt_page(
    request: PublicRequest,
    code: str,
    form: forms.Form,
    photo_form: forms.Form,
    *,
    status: int = 200,
) -> HttpResponse:
    tip = access.tip_of_code(code)
    context = {
        "view": receipt_view(tip),
        "code": tidy_receipt(code),
        "address": request.build_absolute_uri(reverse("dispatch:receipt", args=[code])),
        "is_fresh": bool(request.GET.get("new")),
        "is_urgent": is_urgent(tip.urgent_flags),
        "form": form,
        "photo_form": photo_form,
        "hotlines": areas.hotlines_of(tip.owner_org),
    }
    return render(
        request, "dispatch/receipt.html", context, fragment="dispatch/_receipt.html", status=status
    )


@public_page
@_bounded
def receipt_picture(request: PublicRequest, code: str) -> HttpResponse:
    """The receipt's address as a QR code, to be photographed from another phone."""
    services.admit_look_up(address=client_key(request))
    access.tip_of_code(code)
    address = request.build_absolute_uri(reverse("dispatch:receipt", args=[tidy_receipt(code)]))
    picture = BytesIO()
    segno.make(address).save(picture, kind="svg", scale=4, border=2)
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


@require_POST
@public_page
@_bounded
def still_there(request: PublicRequest, code: str) -> HttpResponse:
    """ "He is still there": a word for the desk, and a closed tip opens again."""
    services.admit_look_up(address=client_key(request))
    tip = access.tip_of_code(code)
    form = StillThereForm(request.POST)
    if not form.is_valid():
        return _receipt_page(request, code, form, PhotoForm(), status=422)
    services.admit(address=client_key(request))
    said = services.say_still_there(
        actor=PUBLIC, at=clock.now(), tip=tip, note=form.cleaned_data["note"]
    )
    words = (
        _("谢谢。线索已重新打开，我们会再派人。")
        if said.has_reopened
        else _("谢谢，已告诉值班人员。")
    )
    toasts.say(request, words)
    return HttpResponseRedirect(reverse("dispatch:receipt", args=[code]))


@require_POST
@public_page
@_bounded
def receipt_photo(request: PublicRequest, code: str) -> HttpResponse:
    """A photo that is added afterwards."""
    services.admit_look_up(address=client_key(request))
    tip = access.tip_of_code(code)
    form = PhotoForm(request.POST, request.FILES)
    services.admit(address=client_key(request))
    if form.is_valid() and form.cleaned_data["photo"]:
        try:
            services.add_photo(
                actor=PUBLIC, at=clock.now(), tip=tip, upload=form.cleaned_data["photo"]
            )
        except Refusal as refusal:
            form.add_error("photo", str(refusal))
        else:
            toasts.say(request, _("照片已收到，谢谢。"))
            return HttpResponseRedirect(reverse("dispatch:receipt", args=[code]))
    return _receipt_page(request, code, StillThereForm(), form, status=422)
