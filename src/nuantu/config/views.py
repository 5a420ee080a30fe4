"""Pages that belong to no package: home, health, the rules register, errors."""

import sys
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Paginator
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from nuantu.config.forms import STATUS_KINDS, STATUS_WORDS, RegisterForm, said
from nuantu.config.requirements import register
from nuantu.config.requirements.catalogue import capabilities, packages, plans
from nuantu.config.requirements.evidence import Finding, Status
from nuantu.config.requirements.values import gathered
from nuantu.core.exports import register_xlsx
from nuantu.core.http import (
    PublicRequest,
    StaffRequest,
    actor_of,
    public_page,
    render,
    staff_page,
)

RULES_ROWS = 60
SHUT = "ui/components/shut.html"

# The first screen of each role is what needs it now; the first permission held decides.
FIRST_SCREENS = (
    ("stays.house.manage", "stays:head"),
    ("warnings.coverage.acknowledge", "operations:board"),
    ("dispatch.board.read", "dispatch:board"),
    ("dispatch.tip.take", "dispatch:desk"),
    ("dispatch.run.carry", "dispatch:phone"),
    ("tracing.report.write", "tracing:reports"),
    ("casework.plan.write", "casework:plans"),
    ("operations.duty.read", "operations:board"),
    ("operations.handover.answer", "operations:handovers"),
    ("patrols.sweep.report", "patrols:sweep_mine"),
    ("stays.kitchen.write", "stays:diets"),
    ("stays.gate.write", "stays:gate"),
)


@public_page
def home(request: PublicRequest) -> HttpResponse:
    """Send somebody signed in to the first screen of the role, everybody else to the public front."""
    actor = actor_of(request)
    if actor.is_signed_in:
        for permission, name in FIRST_SCREENS:
            if actor.may(permission):
                return HttpResponseRedirect(reverse(name))
        return HttpResponseRedirect(reverse("accounts:account"))
    return HttpResponseRedirect(reverse("dispatch:front"))


@public_page
def favicon(request: PublicRequest) -> HttpResponse:
    """Where a browser looks that read no page: our mark."""
    return HttpResponseRedirect(static("ui/mark.svg"))


@public_page
def healthz(request: PublicRequest) -> HttpResponse:
    """For the supervisor: the site answers and the database too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"ok": True})


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule as the register shows it, in the language of the page."""

    finding: Finding

    @property
    def title(self) -> str:
        return said(self.finding.requirement)

    @property
    def capabilities(self) -> list[str]:
        return [said(capabilities()[code]) for code in self.finding.requirement.capabilities]

    @property
    def status_said(self) -> str:
        return str(STATUS_WORDS[self.finding.status])

    @property
    def status_kind(self) -> str:
        return STATUS_KINDS[self.finding.status]

    @property
    def plan_values(self) -> list[str]:
        return gathered(self.finding.values)

    @property
    def reason(self) -> str:
        """Why no software can hold the rule."""
        return said(self.finding.reason) if self.finding.reason else ""

    @property
    def waits_for(self) -> str:
        """The package that will act on the rule, by name."""
        owner = self.finding.waits_for
        if not owner:
            return ""
        return _("%(package)s（%(name)s）") % {"package": owner, "name": said(packages()[owner])}


@staff_page("operations.plan.read")
def rules(request: StaffRequest) -> HttpResponse:
    """What became of each of the 474 rules of the field's plans."""
    form = RegisterForm(request.GET)
    found = register.chosen(form.wanted())
    page = Paginator(found, RULES_ROWS).get_page(request.GET.get("page"))
    # how far the plans have come is told of all their rules, whatever status is looked at
    counted = register.chosen(replace(form.wanted(), status=""))
    totals = register.totals(counted)
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "lines": [RuleLine(finding) for finding in page],
        "count": page.paginator.count,
        "total": len(register.everything()),
        "figures": [(_with_status(request, s), str(STATUS_WORDS[s]), totals[s]) for s in Status],
        "shares": [(line, said(plans()[line.plan])) for line in register.shares(counted)],
        "words": [(str(s), str(STATUS_WORDS[s])) for s in Status],
        "export_url": reverse("rules_export"),
    }
    return render(request, "config/rules.html", context)


def _with_status(request: StaffRequest, status: Status) -> str:
    """The address of the rules that came so far, the other filters kept."""
    kept = request.GET.copy()
    kept["status"] = str(status)
    kept.pop("page", None)
    return f"{reverse('rules')}?{kept.urlencode()}"


@staff_page("operations.plan.read")
def rules_export(request: StaffRequest) -> HttpResponse:
    """The same rules as a sheet."""
    lines = [RuleLine(finding) for finding in register.chosen(RegisterForm(request.GET).wanted())]
    headings = [_("规则"), _("内容"), _("功能"), _("状态"), _("代码"), _("方案值"), _("测试")]
    return register_xlsx(
        _("规则登记"),
        [*headings, _("等待的软件包")],
        (
            (
                line.finding.requirement.whole_id,
                line.title,
                "\n".join(line.capabilities),
                line.status_said,
                "\n".join(line.finding.where),
                "\n".join(line.plan_values),
                "\n".join(line.finding.tests),
                line.waits_for,
            )
            for line in lines
        ),
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return render(request, "ui/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    return render(request, "ui/403.html", fragment=SHUT, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, the same for what is absent and for what is somebody else's. A program gets JSON."""
    if request.path.startswith(("/api/", "/open311/")):
        words = _("没有这个接口地址；接口说明在 /api/v1/openapi.json 和 /open311/v2/openapi.json。")
        return JsonResponse(
            {"detail": words, "code": "not_found"},
            status=404,
            json_dumps_params={"ensure_ascii": False},
        )
    return render(request, "ui/404.html", fragment=SHUT, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: nothing was changed. A program gets JSON, and 503 while the database is gone or full."""
    if not request.path.startswith(("/api/", "/open311/")):
        return render(request, "ui/500.html", status=500)
    words = _(
        "刚才的操作没有保存，数据没有改变。请稍等片刻再试；情况危急请直接拨打 120 或 110，并改用电话联系。"
    )
    readable = {"ensure_ascii": False}
    if not isinstance(sys.exception(), OperationalError):
        return JsonResponse({"detail": words}, status=500, json_dumps_params=readable)
    return JsonResponse(
        {"detail": words},
        status=503,
        headers={"Retry-After": "10"},
        json_dumps_params=readable,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from a page that was open too long; the page keeps what was typed."""
    return render(request, "ui/csrf.html", status=403)
