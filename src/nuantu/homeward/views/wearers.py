"""Wearers: the list, the map, one of them, and what changes him."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock, scans
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.homeward import access, services
from nuantu.homeward.forms import wearers as forms
from nuantu.homeward.models import Purpose
from nuantu.homeward.rules.cells import read_view
from nuantu.homeward.selectors import looks, tracks
from nuantu.homeward.selectors import wearers as selectors
from nuantu.persons.forms import RevealForm
from nuantu.places.selectors import collection
from nuantu.ui import confirming
from nuantu.ui.outcomes import do, form_page, tried
from nuantu.ui.photos import photo_page

ROWS = 50
FORM = "homeward/form.html"


def page_of(wearer: Any, title: str, form: Any, **more: Any) -> dict[str, Any]:
    """What the page of a form about a wearer shows."""
    return {
        "wearer": wearer,
        "title": title,
        "form": form,
        "back": selectors.url_of(wearer.public_id),
        **more,
    }


@staff_page(access.READ)
def wearers(request: StaffRequest) -> HttpResponse:
    """Everybody with a wristband, as far as the reader may see; who needs somebody first."""
    form, at, actor = forms.FilterForm(request.GET), clock.now(), request.actor
    found = selectors.wearers(selectors.Filters(form.said("q"), form.said("state")), at)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": selectors.rows_of(page.object_list, at),
        "is_more": page.paginator.count == selectors.MOST_COUNTED,
        "most": selectors.MOST_COUNTED,
        "may_write": actor.may(access.WRITE),
        "may_stock": actor.may(access.STOCK),
        "may_prove": actor.may(access.PROOF),
        "export_url": reverse("homeward:export") if actor.may(access.EXPORT) else "",
    }
    return render(request, "homeward/wearers.html", context)


@staff_page(access.EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel, without anybody's place; journalled."""
    form, at = forms.FilterForm(request.GET), clock.now()
    found = selectors.wearers(selectors.Filters(form.said("q"), form.said("state")), at)
    rows = selectors.rows_of(found[:MOST_FETCHED], at)
    services.note_export(actor=request.actor, at=at, count=len(rows))
    return register_xlsx(_("手环佩戴人"), selectors.headings(), selectors.sheet(rows))


@staff_page(access.READ)
def chart(request: StaffRequest) -> HttpResponse:
    """Where everybody is."""
    return render(request, "homeward/map.html", {"view_url": reverse("homeward:view")})


@staff_page(access.READ)
def view(request: StaffRequest) -> HttpResponse:
    """The marks of the part of the map that is looked at, as GeoJSON; whom it shows is journalled."""
    part, at = read_view(request.GET.get("view", "")), clock.now()
    found = tracks.in_view(part, at) if part else tracks.features_of(request.actor)
    services.note_map(actor=request.actor, at=at, wearers=tracks.people_in(found))
    return JsonResponse(collection(found))


@staff_page(access.WRITE)
def new(request: StaffRequest) -> HttpResponse:
    """Begin with a case, a ground, a consent."""
    form = forms.BeginForm(request.POST or None, request.FILES or None, actor=request.actor)
    gone = tried(
        request,
        form,
        lambda: services.begin_wearer(
            actor=request.actor,
            at=clock.now(),
            case=form.cleaned_data["case"],
            ground=form.cleaned_data["ground"],
            agreed=form.agreed(),
            thresholds=form.thresholds(),
        ),
        to=lambda made: selectors.url_of(made.public_id),
        said=_("已登记，可以发放手环。"),
    )
    return gone or form_page(request, "homeward/new.html", {"form": form})


@staff_page(access.READ)
def wearer(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Where he was last and how long ago, what he agreed to, his fences and alarms; opening it is journalled."""
    found, at, actor = access.wearer_for(request.actor, public_id), clock.now(), request.actor
    page, is_own = selectors.wearer_page(found, at), access.is_own(actor, found)
    services.note_read(actor=actor, at=at, wearer=found)
    context = {
        "page": page,
        "wearer": found,
        "view_url": reverse("homeward:view"),
        "may_change": is_own and actor.may(access.WRITE) and found.ended_at is None,
        "may_withdraw": is_own and actor.may(access.WRITE),
        "may_answer": is_own and actor.may(access.ANSWER),
        "may_track": is_own and actor.may(access.TRACK),
        "may_prove": actor.may(access.PROOF),
        "may_see_looks": actor.may("accounts.looks.read"),
        "is_harmed": services.is_harmed(found),
        "track_until": looks.track_open_until(found, actor, at),
    }
    return render(request, "homeward/wearer.html", context)


@staff_page(access.READ)
def ways(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """His fences, and his track while it is opened for a purpose, as GeoJSON."""
    found, at = access.wearer_for(request.actor, public_id), clock.now()
    features = selectors.fence_ways(found)
    if looks.track_open_until(found, request.actor, at):
        features += tracks.track_way(found, at)
    return JsonResponse({"type": "FeatureCollection", "features": features})


@staff_page(access.TRACK)
def track(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Open his track for ten minutes, for a purpose that is written down."""
    found = access.wearer_to_track(request.actor, public_id)
    form = RevealForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.reveal_track(
            actor=request.actor, at=clock.now(), wearer=found, **form.cleaned_data
        ),
        to=selectors.url_of(public_id),
    )
    return gone or form_page(request, FORM, page_of(found, _("查看轨迹"), form))


@staff_page(access.WRITE)
def thresholds(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change his term, thresholds and quiet hours."""
    found = access.wearer_to_change(request.actor, public_id)
    kept = {name: getattr(found, name) for name in services.Thresholds.__dataclass_fields__}
    kept["still_hours"] = found.still_hours or 0
    form = forms.ThresholdsForm(request.POST or None, initial=kept)
    gone = tried(
        request,
        form,
        lambda: services.set_thresholds(
            actor=request.actor, at=clock.now(), wearer=found, thresholds=form.thresholds()
        ),
        to=selectors.url_of(public_id),
        said=_("已保存。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("提醒设置"), form))


@staff_page(access.WRITE)
def consent(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody agreed."""
    found = access.wearer_to_change(request.actor, public_id)
    form = forms.ConsentForm(request.POST or None, request.FILES or None)
    gone = tried(
        request,
        form,
        lambda: services.give_consent(
            actor=request.actor, at=clock.now(), wearer=found, agreed=form.agreed()
        ),
        to=selectors.url_of(public_id),
        said=_("已登记新的同意。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("登记同意"), form))


@staff_page(access.READ)
def consent_paper(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The signed paper; a PDF is saved, not opened here. Opening it is journalled."""
    found = access.consent_for(request.actor, public_id)
    if found.scan is None:
        raise Http404
    services.note_paper(actor=request.actor, at=clock.now(), wearer=found.wearer)
    answer = photo_page(found.scan)
    if found.scan.media_type == scans.PDF:
        answer["Content-Disposition"] = f'attachment; filename="{found.wearer.number}.pdf"'
    return answer


@staff_page(access.WRITE)
def bar(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody may not agree for him any more; what rests on his word ends at once."""
    found = access.wearer_to_change(request.actor, public_id)
    form = forms.BarForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.bar_giver(
            actor=request.actor, at=clock.now(), wearer=found, **form.cleaned_data
        ),
        to=selectors.url_of(public_id),
        said=_("已登记，他给的同意已结束。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("不能代为同意的人"), form))


@staff_page(access.WRITE)
def withdraw(request: StaffRequest, public_id: UUID, purpose: str) -> HttpResponse:
    """A consent is taken back, once the number was typed: what rests on it ends at once."""
    found = access.wearer_to_change(request.actor, public_id)
    if purpose not in Purpose.values:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    context = page_of(found, _("撤回同意"), form, purpose=Purpose(purpose))
    if form.is_valid() and not confirming.is_typed(request, found.number):
        return refused(request, "homeward/withdraw.html", context)
    gone = tried(
        request,
        form,
        lambda: services.withdraw_consent(
            actor=request.actor,
            at=clock.now(),
            wearer=found,
            purpose=purpose,
            **form.cleaned_data,
        ),
        to=selectors.url_of(public_id),
        said=_("已撤回，收集已停止。") if purpose == Purpose.LOCATE else _("已撤回。"),
    )
    return gone or form_page(request, "homeward/withdraw.html", context)


@staff_page(access.WRITE)
def fence(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Draw a fence on the map, or type it."""
    found = access.wearer_to_change(request.actor, public_id)
    form = forms.FenceForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.add_fence(
            actor=request.actor, at=clock.now(), wearer=found, drawn=form.drawn()
        ),
        to=selectors.url_of(public_id),
        said=_("围栏已生效。"),
    )
    return gone or form_page(request, "homeward/fence.html", page_of(found, _("新增围栏"), form))


@staff_page(access.WRITE)
def end_fence(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A fence holds no longer."""
    found = access.fence_to_change(request.actor, public_id)
    return do(
        request,
        lambda: services.end_fence(actor=request.actor, at=clock.now(), fence=found),
        to=selectors.url_of(found.wearer.public_id),
        said=_("围栏已取消，不再提醒出围栏：%(name)s") % {"name": found.name},
        undo_url=reverse("homeward:restore_fence", args=[public_id]),
    )


@staff_page(access.WRITE)
def restore_fence(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """It was ended by a slip: the fence holds again."""
    found = access.fence_to_change(request.actor, public_id)
    return do(
        request,
        lambda: services.restore_fence(actor=request.actor, at=clock.now(), fence=found),
        to=selectors.url_of(found.wearer.public_id),
        said=_("围栏已恢复：%(name)s") % {"name": found.name},
    )


@staff_page(access.WRITE)
def end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Stop looking after him with a wristband."""
    found = access.wearer_to_change(request.actor, public_id)
    form = forms.ReasonForm(request.POST or None)
    gone = tried(
        request,
        form,
        lambda: services.end_wearer(
            actor=request.actor, at=clock.now(), wearer=found, **form.cleaned_data
        ),
        to=selectors.url_of(public_id),
        said=_("已结束，轨迹按保存期销毁。"),
    )
    return gone or form_page(request, FORM, page_of(found, _("结束佩戴服务"), form))
