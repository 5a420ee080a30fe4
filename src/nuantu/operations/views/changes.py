"""Change a running plan, compare its versions, confirm a changed plan above, close it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nuantu.core import clock, scope
from nuantu.core.errors import Refusal
from nuantu.core.http import StaffRequest, refused, render, staff_page
from nuantu.operations import access, selectors, services
from nuantu.operations.forms import ChangePlanForm, ClosePlanForm, FollowForm
from nuantu.operations.models import Duty, Operation
from nuantu.operations.rules.redating import Effect
from nuantu.operations.selectors.changes import Preview
from nuantu.operations.selectors.closing import StillOpen
from nuantu.planbook import files
from nuantu.ui import toasts
from nuantu.ui.outcomes import tried

KEEP, WHY = "keep-", "why-"
VERSION = re.compile(r"[0-9]{1,6}")
MARK = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Line:
    """One duty the change touches, and what the person wants with it."""

    effect: Effect
    owner: str
    is_kept: bool
    why: str


@staff_page("operations.plan.change")
def change(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A changed plan file: first compared, then put in force as the next version."""
    found = access.own_operation_for(request.actor, public_id)
    if found.closed_at is not None:
        raise Http404
    if request.method != "POST":
        initial = {"text": found.source_text, "from_version": found.version}
        form = ChangePlanForm(initial=initial)
        return render(request, "operations/change.html", {"operation": found, "form": form})
    form = ChangePlanForm(request.POST, request.FILES)
    if not form.is_valid():
        return refused(request, "operations/change.html", {"operation": found, "form": form})
    return _compared(request, found, form)


def _compared(request: StaffRequest, found: Operation, form: ChangePlanForm) -> HttpResponse:
    """Compares, or puts in force; what is refused is compared again beside the reason."""
    if form.cleaned_data.get("file"):
        form = _with_text(request, form.cleaned_data["text"])
    context: dict[str, object] = {"operation": found, "form": form, "next": found.version + 1}
    is_refused = False
    try:
        if request.POST.get("step") == "apply":
            answer = _applied(request, found, form)
            if answer:
                return answer
            is_refused = True
        preview = _preview(found, form.cleaned_data["text"])
    except services.PlanRefused as error:
        form.add_error(None, str(error))
        context["findings"] = error.findings
        return refused(request, "operations/change.html", context)
    lines = _lines(preview, request.POST)
    rows = selectors.said_changes(found, preview.before, preview.compiled.plan)
    context |= {"preview": preview, "rows": rows, "lines": lines, "findings": preview.findings}
    show = refused if is_refused else render
    return show(request, "operations/change.html", context)


def _applied(
    request: StaffRequest, found: Operation, form: ChangePlanForm
) -> HttpResponseRedirect | None:
    values = {name: form.cleaned_data[name] for name in ("text", "reason", "from_version")}
    try:
        services.change_plan(
            actor=request.actor,
            at=clock.now(),
            operation=found,
            kept=_kept(request.POST),
            **values,
        )
    except services.PlanRefused:
        raise
    except Refusal as error:
        form.add_error("reason" if error.field == "reason" else None, str(error))
        return None
    toasts.say(request, _("新版本已生效"))
    return HttpResponseRedirect(reverse("operations:operation", args=[found.public_id]))


def _kept(asked: Mapping[str, str]) -> dict[UUID, str]:
    """The duties that stay as they are, each with its reason, as the form sent them."""
    marks = (name.removeprefix(KEEP) for name in asked if name.startswith(KEEP))
    return {
        UUID(mark): str(asked.get(f"{WHY}{mark}", "")) for mark in marks if MARK.fullmatch(mark)
    }


def _with_text(request: StaffRequest, text: str) -> ChangePlanForm:
    """The form as if the chosen file had been typed: a file input cannot be filled again."""
    data = request.POST.copy()
    data["text"] = text
    form = ChangePlanForm(data)
    form.is_valid()
    return form


def _preview(found: Operation, text: str) -> Preview:
    with scope.system("a plan binds every organisation below it"):
        return selectors.preview_change(found, text, clock.now())


def _lines(preview: Preview, asked: Mapping[str, str]) -> list[Line]:
    names = selectors.office_names(effect.owner for effect in preview.moving)
    return [_line(effect, names[effect.owner], asked) for effect in preview.moving]


def _line(effect: Effect, owner: str, asked: Mapping[str, str]) -> Line:
    mark = effect.standing.public_id if effect.standing else ""
    return Line(effect, owner, f"{KEEP}{mark}" in asked, str(asked.get(f"{WHY}{mark}", "")))


@staff_page("operations.plan.read")
def compare(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Two versions of a plan, or the plan and its parent, side by side."""
    found = access.operation_for(request.actor, public_id)
    versions = selectors.versions_of(found)
    with_what = request.GET.get("with", "")
    other, label = _other(found, with_what)
    before = files.read(other).plan if other else None
    after = files.read(found.source_text).plan
    context = {
        "operation": found,
        "versions": versions,
        "with": with_what,
        "label": label,
        "rows": selectors.said_changes(found, before, after) if before and after else None,
    }
    return render(request, "operations/compare.html", context)


def _other(found: Operation, with_what: str) -> tuple[str, str]:
    """The text of what is compared with, and what it is called."""
    if with_what == "parent" and found.parent:
        return found.parent.source_text, found.parent.plan_code
    if VERSION.fullmatch(with_what):
        version = found.versions.filter(number=int(with_what)).first()
        if version is None:
            raise Http404
        return version.source_text, _("第%(n)s版") % {"n": version.number}
    if with_what:
        raise Http404
    return "", ""


@staff_page("operations.plan.change")
def follow(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What the plan above changed, and that it counts here from now on."""
    found = access.own_operation_for(request.actor, public_id)
    shown = {"to_version": found.parent.version} if found.parent else {}
    form = FollowForm(request.POST or None, initial=shown)
    context = {
        "operation": found,
        "form": form,
        "rows": selectors.parent_change(found),
        "waits": selectors.waits_for_parent(found),
        "findings": selectors.plan_findings(found),
    }
    if request.method == "POST" and form.is_valid():
        answer = _followed(request, found, form)
        if answer:
            return answer
    show = refused if form.is_bound else render
    return show(request, "operations/follow.html", context)


def _followed(
    request: StaffRequest, found: Operation, form: FollowForm
) -> HttpResponseRedirect | None:
    try:
        services.follow_parent(
            actor=request.actor, at=clock.now(), operation=found, **form.cleaned_data
        )
    except services.VersionMoved as error:
        toasts.say(request, str(error), is_error=True)
        return HttpResponseRedirect(request.path)
    except Refusal as error:
        form.add_error(None, str(error))
        return None
    toasts.say(request, _("已确认，新的上级规定开始生效"))
    return HttpResponseRedirect(reverse("operations:operation", args=[found.public_id]))


@dataclass(frozen=True, slots=True)
class Missing:
    """One report that is not in, with the duties of those who owe it: (duty, office) each."""

    said: str
    due_at: datetime
    lines: tuple[tuple[Duty, str], ...]


def _missing(duties: tuple[Duty, ...]) -> list[Missing]:
    names = selectors.office_names(duty.owner_org for duty in duties)
    found: dict[tuple[str, datetime], list[tuple[Duty, str]]] = {}
    for duty in duties:
        found.setdefault((duty.said, duty.due_at), []).append((duty, names[duty.owner_org]))
    return [Missing(said, due_at, tuple(lines)) for (said, due_at), lines in found.items()]


def _standing(found: Operation, left: StillOpen) -> dict[str, object]:
    """What the page says of the open ends of a plan."""
    return {
        "left": left,
        "missing": _missing(left.reports),
        "in_the_way": _in_the_way(left),
        "is_early": clock.today() <= found.end_date,
    }


def _in_the_way(left: StillOpen) -> str:
    """What has to be done before the plan can be closed, in one sentence."""
    said = []
    if left.reports:
        number = len(left.reports)
        said.append(ngettext("%(n)s 份材料没有报", "%(n)s 份材料没有报", number) % {"n": number})
    if left.children:
        number = len(left.children)
        said.append(
            ngettext("%(n)s 份下级方案没有办结", "%(n)s 份下级方案没有办结", number) % {"n": number}
        )
    return _("还不能办结：%(what)s。") % {"what": _("，").join(said)} if said else ""


@staff_page("operations.plan.change")
def close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What is still open in a plan, and its end."""
    found = access.own_operation_for(request.actor, public_id)
    with scope.system("a plan binds every organisation below it"):
        left = selectors.still_open(found)
    kinds = [(group.kind, group.label, len(group.duties)) for group in left.tasks]
    form = ClosePlanForm(request.POST or None, plan_code=found.plan_code, kinds=kinds)
    context = {"operation": found, "form": form} | _standing(found, left)
    if request.method != "POST":
        return render(request, "operations/close.html", context)
    gone = tried(
        request,
        form,
        lambda: services.close_plan(
            actor=request.actor,
            at=clock.now(),
            operation=found,
            note=form.cleaned_data["note"],
            dropped=form.dropped(),
        ),
        to=reverse("operations:operation", args=[found.public_id]),
        said=_("方案已办结"),
    )
    return gone or refused(request, "operations/close.html", context)
