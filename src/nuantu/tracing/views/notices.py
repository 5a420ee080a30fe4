"""Tracing notices: the list, one notice, draft, change, poster."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.tracing import access
from nuantu.tracing.forms.notices import NoticeFilterForm, NoticeForm, values_of
from nuantu.tracing.models import NoticeVersion, TracingNotice
from nuantu.tracing.selectors import notices as selectors
from nuantu.tracing.selectors import publishing
from nuantu.tracing.selectors.channels import channels_of
from nuantu.tracing.selectors.notice_pages import NEEDS, begun_from, notice_page
from nuantu.tracing.selectors.notice_section import next_url
from nuantu.tracing.selectors.noticing import url_of
from nuantu.tracing.services import notices as services
from nuantu.tracing.services.notices.holding import in_hand, published
from nuantu.ui.outcomes import form_page, tried
from nuantu.ui.pages import LongList
from nuantu.ui.photos import photo_page

ROWS = 50


@staff_page(access.NOTICES)
def notices(request: StaffRequest) -> HttpResponse:
    """Every notice the reader may see, and above them the residents for whom one is owed."""
    at, actor = clock.now(), request.actor
    form = NoticeFilterForm(request.GET, channels=channels_of(actor.division_code, at))
    page = LongList(selectors.notices(form.wanted(), at), ROWS).get_page(request.GET.get("page"))
    may_write = actor.may(access.NOTICE_WRITE)
    context = {
        "form": form,
        "page": page,
        "cards": selectors.cards_of(page.object_list, at),
        "owed": selectors.without_notice(actor.org_code, at) if may_write else [],
        "export_url": reverse("tracing:notice_export") if actor.may(access.NOTICE_EXPORT) else "",
    }
    return render(request, "tracing/notices.html", context)


@staff_page(access.NOTICE_EXPORT)
def export(request: StaffRequest) -> HttpResponse:
    """The list as Excel with the filters of the page; journalled."""
    at = clock.now()
    form = NoticeFilterForm(request.GET, channels=channels_of(request.actor.division_code, at))
    cards = selectors.cards_of(selectors.notices(form.wanted(), at)[:MOST_FETCHED], at)
    services.note_export(actor=request.actor, at=at, count=len(cards))
    return register_xlsx(_("寻亲公告"), selectors.headings(), selectors.sheet(cards))


@staff_page(access.NOTICES)
def notice(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What it says, where it stands, what is owed, what came in."""
    found, at, actor = access.notice_for(request.actor, public_id), clock.now(), request.actor
    may_write = access.may_work_on(actor, found, access.NOTICE_WRITE)
    may_approve = access.may_work_on(actor, found, access.NOTICE_APPROVE)
    page = notice_page(found, at, may_work=may_write or may_approve)
    services.note_read(actor=actor, at=at, notice=found)
    is_own_draft = page.in_hand is not None and page.in_hand.drafted_by_id == actor.account_id
    context = {
        "page": page,
        "notice": found,
        "next_url": next_url(actor, found),
        "may_write": may_write,
        "may_approve": may_approve and not is_own_draft,
        "needs": [NEEDS[need] for need in page.says.needs if need in NEEDS],
    }
    response = render(request, "tracing/notice.html", context)
    response["Cache-Control"] = "no-store"
    return response


@staff_page(access.NOTICE_WRITE)
def new(request: StaffRequest) -> HttpResponse:
    """Draft a notice from a case."""
    at, actor = clock.now(), request.actor
    case = access.case_to_publish(actor, _uuid(request.GET.get("case", "")))
    person = case.person
    form = NoticeForm(
        request.POST or None,
        request.FILES or None,
        has_person_photo=person.photo_id is not None,
        needs=publishing.needs_of(case, at),
        initial=begun_from(actor, case, at),
    )
    gone = tried(
        request,
        form,
        lambda: services.draft_notice(
            actor=actor, at=at, case=case, text=form.text(), photo=form.chosen_photo()
        ),
        to=lambda made: url_of(made.public_id),
        said=_("已起草，还没有送审。"),
    )
    context = {"form": form, "case": case, "back_url": reverse("tracing:notices")}
    return gone or form_page(request, "tracing/notice_form.html", context)


@staff_page(access.NOTICE_WRITE)
def edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change the draft in hand, or begin the next version of what stands."""
    found = access.notice_to_change(request.actor, public_id)
    version = in_hand(found) or published(found)
    if version is None or version.state == NoticeVersion.State.WAITING or not found.is_under_way:
        raise Http404
    form = _form_of(request, found, version)
    gone = tried(
        request,
        form,
        lambda: _written(request, found, version, form),
        to=url_of(public_id),
        said=_("已保存，还没有送审。"),
    )
    context = {"form": form, "notice": found, "version": version, "back_url": url_of(public_id)}
    return gone or form_page(request, "tracing/notice_form.html", context)


def _form_of(request: StaffRequest, found: TracingNotice, version: NoticeVersion) -> NoticeForm:
    return NoticeForm(
        request.POST or None,
        request.FILES or None,
        has_person_photo=found.of_case.person.photo_id is not None,
        has_photo=version.photo_id is not None,
        is_next=not version.is_in_hand or version.version > 1,
        needs=publishing.needs_of(found.of_case, clock.now()),
        initial=values_of(version),
    )


def _written(
    request: StaffRequest, found: TracingNotice, version: NoticeVersion, form: NoticeForm
) -> NoticeVersion:
    actor, at, text, photo = request.actor, clock.now(), form.text(), form.chosen_photo()
    if version.is_in_hand:
        return services.correct_draft(actor=actor, at=at, version=version, text=text, photo=photo)
    return services.draft_next(actor=actor, at=at, notice=found, text=text, photo=photo)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


@staff_page(access.NOTICES)
def photo(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The photo of a version; of what is restricted and not published only for those who work on it."""
    version = (
        NoticeVersion.objects.select_related("notice__of_case__person", "photo")
        .filter(public_id=public_id)
        .first()
    )
    if version is None or version.photo is None:
        raise Http404
    found, actor = version.notice, request.actor
    rights = (access.NOTICE_WRITE, access.NOTICE_APPROVE)
    if selectors.is_hidden(found) and not any(
        access.may_work_on(actor, found, right) for right in rights
    ):
        raise Http404
    return photo_page(version.photo)
