"""What anybody can do without an account besides the report: the front, look up, add."""

from io import BytesIO

import segno
from django import forms
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nuantu.core import clock
from nuantu.core.actors import PUBLIC
from nuantu.core.errors import Refusal
from nuantu.core.http import PublicRequest, client_key, public_page, render
from nuantu.core.ids import tidy_receipt
from nuantu.dispatch import access, services
from nuantu.dispatch.forms.report import PhotoForm, ReceiptForm, StillThereForm
from nuantu.dispatch.rules.flags import is_urgent
from nuantu.dispatch.selectors import areas
from nuantu.dispatch.selectors.placing import home_division
from nuantu.dispatch.selectors.receipts import receipt_view
from nuantu.dispatch.selectors.rulings import rulings_at
from nuantu.dispatch.views.bounds import bounded
from nuantu.ui import toasts


@public_page
@bounded
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


@public_page
@bounded
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
@bounded
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
@bounded
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
@bounded
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
@bounded
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
    elif not form.errors:
        form.add_error("photo", _("请先选一张照片。"))
    for text in form.errors.get("photo", ()):
        toasts.say(request, str(text), is_error=True)
    return HttpResponseRedirect(reverse("dispatch:receipt", args=[code]))
