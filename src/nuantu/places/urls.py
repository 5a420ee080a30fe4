"""Addresses of places."""

from django.urls import URLPattern, path

from nuantu.places.views import charts, points, registers, sheets
from nuantu.places.views.sections import REGISTERS

app_name = "places"
_SHEET = "places/key-locations/import/"


def _pages(register: registers.Register) -> list[URLPattern]:
    """The six pages of one register."""
    base, one = f"places/{register.page_key.replace('_', '-')}/", "<uuid:public_id>/"
    key = register.key
    return [
        path(base, registers.list_page(register), name=register.page_key),
        path(f"{base}export/", registers.export_page(register), name=f"{key}_export"),
        path(f"{base}new/", registers.new_page(register), name=f"{key}_new"),
        path(f"{base}{one}", registers.detail_page(register), name=key),
        path(f"{base}{one}edit/", registers.edit_page(register), name=f"{key}_edit"),
        path(f"{base}{one}close/", registers.close_page(register), name=f"{key}_close"),
    ]


urlpatterns = [
    path("places/", charts.chart, name="map"),
    path("places/layers/<slug:key>.json", charts.layer, name="layer"),
    path("places/outline.json", charts.outline, name="outline"),
    path("places/towns.json", charts.towns, name="towns"),
    path("places/words.json", charts.words, name="words"),
    path("places/check.json", charts.check, name="check"),
    path("places/relief-points/board/", points.board, name="relief_board"),
    path(
        "places/relief-points/<uuid:public_id>/open/", points.open_point, name="relief_point_open"
    ),
    path(
        "places/relief-points/<uuid:public_id>/shut/", points.shut_point, name="relief_point_shut"
    ),
    path(
        "places/relief-points/<uuid:public_id>/confirm/",
        points.confirm_point,
        name="relief_point_confirm",
    ),
    path(_SHEET, sheets.choose, name="key_location_import"),
    path(f"{_SHEET}template/", sheets.template, name="key_location_import_template"),
    path(f"{_SHEET}confirm/", sheets.confirm, name="key_location_import_confirm"),
    path(f"{_SHEET}unmended/", sheets.unmended, name="key_location_import_unmended"),
    *(page for register in REGISTERS for page in _pages(register)),
]
