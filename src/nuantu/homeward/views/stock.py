"""The store of wristbands, handing them over and taking them back, gateways, and the proofs of deletion."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access, services
from nuantu.homeward.forms import wearers as forms
from nuantu.homeward.models import WRONG, Gateway, TrackKey, Wearer
from nuantu.homeward.selectors import alarms as selectors
from nuantu.homeward.selectors.track_paper import ANSWER
from nuantu.homeward.selectors.wearers import url_of
from nuantu.homeward.views.wearers import FORM, ROWS, page_of
from nuantu.papers import access as papers
from nuantu.ui.outcomes import do, form_page, refuse, tried
from nuantu.ui.pages import LongList


@staff_page(access.STOCK)
def stock(request: StaffRequest) -> HttpResponse:
    """Every wristband of the house and where it is, and the gateways."""
    form, org = forms.BandFilterForm(request.GET), request.actor.org_code
    found = selectors.bands(form.said("q"), form.said("state"), org)
    page = LongList(found, ROWS).get_page(request.GET.get("page"))
    gateways = Gateway.objects.filter(owner_org=org).order_by("revoked_at", "pk")
    context = {"form": form, "page": page, "gateways": gateways}
    return render(request, "homeward/stock.html", context)


@staff_page(access.STOCK)
def add_band(request: StaffRequest) -> HttpResponse:
    """Put one into the store; its token is shown once."""
    form = forms.BandForm(request.POST or None)
    if form.is_valid():
        try:
            band, token = services.add_wristband(
                actor=request.actor, at=clock.now(), **form.cleaned_data
            )
        except services.HomewardRefused as refusal:
            refuse(form, refusal)
        else:
            return _once(request, band.number, token, "homeward:osmand")
    back = reverse("homeward:stock")
    context = {"form": form, "title": _("手环入库"), "back": back}
    return form_page(request, FORM, context)


@staff_page(access.STOCK)
def renew_band(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A new token; the one before ends at once."""
    band = access.band_for(request.actor, public_id)
    if request.method != "POST":
        context = {
            "form": forms.NothingForm(),
            "title": _("换新令牌"),
            "said": _("手环 %(number)s 原来的令牌马上失效，新令牌只显示一次。")
            % {"number": band.number},
            "back": reverse("homeward:stock"),
        }
        return form_page(request, FORM, context)
    token = services.renew_token(actor=request.actor, at=clock.now(), band=band)
    return _once(request, band.number, token, "homeward:osmand")


@staff_page(access.STOCK)
def set_stock(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say where a wristband is."""
    band = access.band_for(request.actor, public_id)
    form = forms.StockForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.set_stock(
            actor=request.actor, at=clock.now(), band=band, **form.cleaned_data
        ),
        to=reverse("homeward:stock"),
        said=_("已保存。"),
    )
    context = {"form": form, "title": band.number, "back": reverse("homeward:stock")}
    return gone or form_page(request, FORM, context)


@staff_page(access.STOCK)
def add_gateway(request: StaffRequest) -> HttpResponse:
    """Let a gateway forward; its token is shown once."""
    form = forms.GatewayForm(request.POST or None)
    if form.is_valid():
        gateway, token = services.add_gateway(
            actor=request.actor, at=clock.now(), **form.cleaned_data
        )
        return _once(request, gateway.name, token, "homeward:traccar")
    back = reverse("homeward:stock")
    return form_page(request, FORM, {"form": form, "title": _("接入网关"), "back": back})


@staff_page(access.STOCK)
def revoke_gateway(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End a gateway at once."""
    gateway = access.gateway_for(request.actor, public_id)
    return do(
        request,
        lambda: services.revoke_gateway(actor=request.actor, at=clock.now(), gateway=gateway),
        to=reverse("homeward:stock"),
        said=_("网关已停用。"),
    )


def _once(request: StaffRequest, called: str, token: str, address: str) -> HttpResponse:
    """The page that shows a token for the only time."""
    url = request.build_absolute_uri(reverse(address))
    context = {"called": called, "token": token, "url": url}
    response = render(request, "homeward/token.html", context)
    response["Cache-Control"] = "no-store"
    return response


@staff_page(access.WRITE)
def hand(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Give a wearer a wristband of the store."""
    found = access.wearer_to_change(request.actor, public_id)
    form = forms.HandForm(request.POST or None, actor=request.actor)
    gone = tried(
        request,
        form,
        lambda: services.hand_over(
            actor=request.actor, at=clock.now(), wearer=found, **form.cleaned_data
        ),
        to=url_of(public_id),
        said=_("已发放。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("发放手环"), form))


@staff_page(access.WRITE)
def take_back(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The wristband comes back, is lost or broken."""
    found = access.wearer_to_change(request.actor, public_id)
    form = forms.TakeBackForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: _take_back(request, found, **form.cleaned_data),
        to=url_of(public_id),
        said=_("已收回，从现在起不再收集位置。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("收回手环"), form))


def _take_back(request: StaffRequest, wearer: Wearer, *, state: str, reason: str) -> None:
    actor, at = request.actor, clock.now()
    if state == WRONG:
        services.take_off_wrong(actor=actor, at=at, wearer=wearer, reason=reason)
    else:
        services.take_back(actor=actor, at=at, wearer=wearer, state=state, reason=reason)


@staff_page(access.PROOF)
def proofs(request: StaffRequest) -> HttpResponse:
    """Which months of whose track are destroyed, when and by which key."""
    form = forms.ProofFilterForm(request.GET)
    page = LongList(selectors.proofs(form.said("q")), ROWS).get_page(request.GET.get("page"))
    return render(request, "homeward/proofs.html", {"form": form, "page": page})


@staff_page(access.PROOF)
def certificate(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What is answered to whoever asks for a track that is no more."""
    found = access.proof_for(request.actor, public_id)
    context = {"key": found, "at": clock.now(), "answer_url": _answer_url(request.actor, found)}
    return render(request, "homeward/certificate.html", context)


def _answer_url(actor: Actor, key: TrackKey) -> str:
    """Where the numbered answer is issued, for those of the wearer's own organisation who may."""
    may_issue = actor.may(papers.ISSUE) and actor.may(access.READ)
    if not may_issue or key.owner_org != actor.org_code:
        return ""
    return reverse("papers:new", args=[ANSWER, key.wearer.public_id])
