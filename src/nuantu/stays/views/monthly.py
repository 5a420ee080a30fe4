"""The monthly statistical form: page, Excel, and the rows behind each figure."""

from datetime import date

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from nuantu.accounts.selectors import organisation
from nuantu.core import clock
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.selectors import board as reads
from nuantu.stays.selectors import monthly
from nuantu.stays.services.monthly import note_month, note_rows

ALL = "all"
FIRST_YEAR = 2003


def _asked(request: StaffRequest) -> tuple[str, list[str], list[str], date]:
    """Which stations and month: the chosen code, its stations, all to choose from, the month."""
    stations = reads.stations_seen(request.actor) or [request.actor.org_code]
    wanted = request.GET.get("station", "")
    org = ALL if wanted == ALL else reads.station_chosen(request.actor, stations, wanted)
    today = clock.today()
    try:
        month = date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        month = today.replace(day=1)
    month = min(month, today.replace(day=1)) if month.year >= FIRST_YEAR else today.replace(day=1)
    return org, stations if org == ALL else [org], stations, month


def _tabs(stations: list[str], month: date) -> list[tuple[str, str, str]]:
    tabs = [
        (code, name, f"?station={code}&month={month:%Y-%m}")
        for code, name, _url in reads.station_tabs(stations)
    ]
    return [*tabs, (ALL, _("全部站"), f"?station={ALL}&month={month:%Y-%m}")] if tabs else []


@staff_page(access.FIGURES)
def month(request: StaffRequest) -> HttpResponse:
    """The form of a month; each figure opens to its rows."""
    org, orgs, stations, day = _asked(request)
    context = {
        "form": monthly.month_form(orgs, day, clock.today()),
        "months": monthly.months_shown(clock.now(), orgs),
        "tabs": _tabs(stations, day),
        "org": org,
        "query": f"station={org}&month={day:%Y-%m}",
    }
    return render(request, "stays/head/month.html", context)


@staff_page(access.FIGURES)
def month_rows(request: StaffRequest, code: str) -> HttpResponse:
    """The stays behind one figure of the form; whoever opens it stands in the journal."""
    org, orgs, _stations, day = _asked(request)
    if code not in monthly.NAMES:
        raise Http404
    rows = monthly.rows_behind(orgs, day, code)
    holders = {row.owner_org for row in rows}
    note_rows(
        actor=request.actor,
        at=clock.now(),
        stations=holders,
        month=day,
        line=monthly.NAMES[code],
    )
    context = {
        "title": monthly.NAMES[code],
        "people": reads.residents(rows, clock.now()),
        "month": day,
        "query": f"station={org}&month={day:%Y-%m}",
    }
    return render(request, "stays/head/people.html", context)


@staff_page(access.FIGURES)
def month_export(request: StaffRequest) -> HttpResponse:
    """The form as Excel, in the columns in which it is sent up; the export is journalled."""
    org, orgs, _stations, day = _asked(request)
    form = monthly.month_form(orgs, day, clock.today())
    own = organisation(orgs[0])
    note_month(actor=request.actor, at=clock.now(), stations=orgs, month=day)
    name = own.name if org != ALL else request.actor.org_name
    headings = [
        _("分类"),
        _("项目"),
        _("省级站"),
        _("市级站"),
        _("县级站"),
        _("合计（人）"),
        _("人次"),
        _("说明"),
    ]
    preamble = [_("救助管理机构救助统计月报表"), f"{name} {day:%Y-%m}", _("单位：人")]
    return register_xlsx(_("月报"), headings, monthly.sheet(form), preamble=preamble)
