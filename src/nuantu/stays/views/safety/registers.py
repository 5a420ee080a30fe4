"""Registers of the safety of a house with search, filter and Excel: `?export=xlsx`."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _

from nuantu.core.exports import MOST_FETCHED, register_xlsx
from nuantu.core.http import StaffRequest, render, staff_page
from nuantu.stays import access
from nuantu.stays.forms.safety.registers import (
    IncidentFilterForm,
    SampleFilterForm,
    VideoFilterForm,
)
from nuantu.stays.selectors import board as reads
from nuantu.stays.selectors.safety import registers
from nuantu.ui.pages import LongList

PER_PAGE = 50


def _said(form: forms.Form) -> dict[str, Any]:
    return form.cleaned_data if form.is_valid() else {}


def _wants_excel(request: StaffRequest) -> bool:
    return request.GET.get("export") == "xlsx"


def _paged(request: StaffRequest, rows: "QuerySet[Any]") -> dict[str, Any]:
    page = LongList(rows, PER_PAGE).get_page(request.GET.get("page"))
    return {"page": page, "count": page.paginator.count, "export_url": "?export=xlsx"}


@staff_page(access.INCIDENT_READ)
def incidents(request: StaffRequest) -> HttpResponse:
    """Incidents of the reader's own station."""
    form = IncidentFilterForm(request.GET or None)
    rows = registers.incidents(request.actor.org_code, _said(form))
    if _wants_excel(request):
        return _incidents_xlsx(rows[:MOST_FETCHED])
    return render(request, "stays/safety/incidents.html", {"form": form, **_paged(request, rows)})


def _incidents_xlsx(rows: Iterable[Any]) -> HttpResponse:
    headings = [
        _("种类"),
        _("时间"),
        _("地点"),
        _("经过"),
        _("有人受伤"),
        _("登记"),
        _("办结"),
        _("结论"),
    ]
    lines: Iterable[Sequence[object]] = (
        [
            row.get_kind_display(),
            row.occurred_at,
            row.place,
            row.story,
            _("是") if row.is_somebody_hurt else "",
            row.recorded_by,
            row.concluded_at or "",
            row.conclusion,
        ]
        for row in rows
    )
    return register_xlsx(_("站内事件"), headings, lines)


@staff_page(access.VIDEO)
def video(request: StaffRequest) -> HttpResponse:
    """Cameras with their terms, and recordings that may not be overwritten."""
    org, form = request.actor.org_code, VideoFilterForm(request.GET or None)
    rows = registers.holds(org, _said(form))
    if _wants_excel(request):
        return _holds_xlsx(rows[:MOST_FETCHED])
    context = {"form": form, "cameras": registers.cameras(org, _said(form))}
    return render(request, "stays/safety/video.html", context | _paged(request, rows))


def _holds_xlsx(rows: Iterable[Any]) -> HttpResponse:
    headings = [
        _("摄像头"),
        _("从什么时候"),
        _("到什么时候"),
        _("为什么保全"),
        _("谁要求的"),
        _("解除"),
    ]
    lines: Iterable[Sequence[object]] = (
        [
            row.camera.name,
            row.from_at,
            row.until_at,
            row.reason,
            row.asked_by,
            row.released_at or "",
        ]
        for row in rows
    )
    return register_xlsx(_("保全录像"), headings, lines)


@staff_page(access.KITCHEN_READ)
def sample_register(request: StaffRequest) -> HttpResponse:
    """Every food sample of a kitchen, however long ago; overseers choose the station."""
    stations = reads.stations_seen(request.actor)
    org = reads.station_chosen(request.actor, stations, request.GET.get("station", ""))
    form = SampleFilterForm(request.GET or None)
    rows = registers.samples(org, _said(form))
    if _wants_excel(request):
        return _samples_xlsx(rows[:MOST_FETCHED])
    context = {"form": form, "tabs": reads.station_tabs(stations), "org": org}
    context |= _paged(request, rows) | {"export_url": f"?station={org}&export=xlsx"}
    return render(request, "stays/safety/sample_register.html", context)


def _samples_xlsx(rows: Iterable[Any]) -> HttpResponse:
    headings = [
        _("日期"),
        _("餐次"),
        _("菜品"),
        _("克"),
        _("存入"),
        _("存入人"),
        _("取出"),
        _("取出人"),
        _("说明"),
    ]
    lines: Iterable[Sequence[object]] = (
        [
            row.meal.served_date,
            row.meal.get_meal_display(),
            row.dish,
            row.grams,
            row.put_in_at,
            row.put_in_by,
            row.taken_out_at or "",
            row.taken_out_by,
            row.reason,
        ]
        for row in rows
    )
    return register_xlsx(_("留样登记"), headings, lines)
