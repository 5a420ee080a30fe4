"""Figures of the way home: page, Excel, and the rows behind each figure."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from nuantu.accounts.selectors import place_name
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.exports import register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.homeward import access
from nuantu.homeward.selectors import figures, flows
from nuantu.homeward.services.figures import note_figures, note_rows
from nuantu.planbook.deadlines import months_later
from nuantu.stays.selectors import board as reads

MONTHS = 24
ALL = "all"


def _month(text: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return otherwise


class _Asked:
    """Which stations and which months (both included) the page is about."""

    def __init__(self, request: StaffRequest) -> None:
        actor: Actor = request.actor
        stations = reads.stations_seen(actor) or [actor.org_code]
        wanted = request.GET.get("station", "")
        this = clock.today().replace(day=1)
        self.org = ALL if wanted == ALL else reads.station_chosen(actor, stations, wanted)
        self.orgs = stations if self.org == ALL else [self.org]
        self.months = [figures.months_back(this, count) for count in range(MONTHS)]
        first = _month(request.GET.get("from", ""), self.months[11])
        last = _month(request.GET.get("to", ""), this)
        self.since = min(max(first, self.months[-1]), this)
        self.last = min(max(last, self.since), this)
        self.until = min(months_later(self.last, 1) - timedelta(days=1), clock.today())
        tabs = [(code, name) for code, name, _url in reads.station_tabs(stations)]
        period = f"from={self.since:%Y-%m}&to={self.last:%Y-%m}"
        self.tabs = [
            (code, name, f"?station={code}&{period}")
            for code, name in ([*tabs, (ALL, _("全部站"))] if tabs else [])
        ]
        self.reach = actor.division_code[:4].removesuffix("00")
        self.query = f"station={self.org}&{period}"

    def rows(self) -> list[figures.Gone]:
        return figures.gone(self.orgs, self.since, self.until, clock.now())


@staff_page(access.FIGURES)
def page(request: StaffRequest) -> HttpResponse:
    """Who got home, how soon, who was met again, whether he was revisited."""
    asked = _Asked(request)
    context = {
        "asked": asked,
        "page": figures.figures(asked.rows(), clock.now()),
        "marks": figures.MARKS,
        "inflow": flows.inflow(asked.orgs, asked.reach, asked.since, asked.until),
        "outflow": flows.outflow(asked.reach, asked.since, asked.until),
        "fewest": flows.FEWEST,
        "visits": figures.visits(asked.since, asked.until, clock.now())
        if request.actor.may(access.LEDGER_READ)
        else None,
    }
    return render(request, "homeward/figures.html", context)


@staff_page(access.FIGURES)
def rows(request: StaffRequest, code: str) -> HttpResponse:
    """The stays behind one figure; whoever opens it stands in the journal."""
    asked = _Asked(request)
    if code not in figures.NAMES:
        raise Http404
    found = figures.behind(asked.rows(), code)
    stays = [one.stay for one in found]
    holders = {stay.owner_org for stay in stays}
    name = figures.NAMES[code]
    note_rows(actor=request.actor, at=clock.now(), stations=holders, since=asked.since, line=name)
    residents = {one.stay.pk: one for one in reads.residents(stays, clock.now())}
    context = {
        "asked": asked,
        "title": name,
        "rows": [(residents[one.stay.pk], one) for one in found],
    }
    return render(request, "homeward/figure_rows.html", context)


@staff_page(access.FIGURES)
def flow_rows(request: StaffRequest, code: str) -> HttpResponse:
    """The people behind one place of the inflow; whoever opens it stands in the journal."""
    asked = _Asked(request)
    stays = flows.behind(asked.orgs, asked.reach, asked.since, asked.until, code)
    name = _("无法查明") if code == flows.UNKNOWN else place_name(code.ljust(12, "0"))
    holders = {stay.owner_org for stay in stays}
    note_rows(actor=request.actor, at=clock.now(), stations=holders, since=asked.since, line=name)
    context = {"asked": asked, "title": name, "people": reads.residents(stays, clock.now())}
    return render(request, "homeward/flow_rows.html", context)


@staff_page(access.FIGURES)
def export(request: StaffRequest) -> HttpResponse:
    """The table as Excel; the export is journalled."""
    asked = _Asked(request)
    found = figures.figures(asked.rows(), clock.now())
    note_figures(actor=request.actor, at=clock.now(), stations=asked.orgs, since=asked.since)
    headings = [_("项目"), _("人次"), _("到家天数中位数")]
    headings += [_("%(n)s 天内又回到街头") % {"n": day} for day in figures.MARKS]
    lines: list[list[object]] = [
        [one.name, one.count, one.median, *(mark.met for mark in one.within)] for one in found.lines
    ]
    lines.append([str(figures.NAMES[figures.SETTLED]), found.settled])
    lines += [
        [f"{title}：{one.name}", one.count if one.count is not None else f"< {flows.FEWEST}"]
        for title, found_flows in (
            (_("流入"), flows.inflow(asked.orgs, asked.reach, asked.since, asked.until)),
            (_("流出"), flows.outflow(asked.reach, asked.since, asked.until)),
        )
        for one in found_flows
    ]
    period = f"{asked.since:%Y-%m-%d} – {asked.until:%Y-%m-%d}"
    return register_xlsx(_("返乡统计"), headings, lines, preamble=[_("返乡统计"), period])
