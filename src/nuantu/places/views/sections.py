"""The four registers of places, and their pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.places import access, forms, selectors, services
from nuantu.places.models import ReliefPoint
from nuantu.places.views.registers import Register


def _yes(value: bool) -> str:
    return str(_("是")) if value else str(_("否"))


_PLACE = (
    (_("名称"), lambda row: row.name),
    (_("县（市）"), lambda row: row.county_name),
    (_("乡镇（街道）"), lambda row: row.town_name),
    (_("地址"), lambda row: row.address),
)
_SPOT = (
    (_("纬度"), lambda row: row.lat),
    (_("经度"), lambda row: row.lon),
    (_("位置只是大致"), lambda row: _yes(row.is_approximate)),
    (_("管理单位"), lambda row: row.owner_name),
)

KEY_LOCATIONS = Register(
    key="key_location",
    page_key="key_locations",
    title=_("重点区域"),
    new_title=_("登记重点区域"),
    permission=access.MANAGE_LOCATIONS,
    rows=selectors.key_location_list,
    one=access.key_location_for,
    changeable=access.changeable_key_location_for,
    form=forms.KeyLocationForm,
    add=services.add_key_location,
    change=services.change_key_location,
    argument="location",
    columns=(
        *_PLACE,
        (_("类型"), lambda row: selectors.type_label(row.kind)),
        (_("只在夜间有人"), lambda row: _yes(row.is_night_only)),
        (_("须会同公安"), lambda row: _yes(row.must_go_with_police)),
        (_("开放时间"), lambda row: row.open_hours),
        *_SPOT,
        (_("备注"), lambda row: row.note),
    ),
    kinds=selectors.type_choices,
    states=(("night", _("只在夜间有人")),),
    export_permission=access.EXPORT_LOCATIONS,
    note_export=services.note_export,
    has_import=True,
)
RELIEF_POINTS = Register(
    key="relief_point",
    page_key="relief_points",
    title=_("救助点"),
    new_title=_("登记救助点"),
    permission=access.MANAGE_POINTS,
    rows=lambda filters: selectors.relief_point_list(filters, at=clock.now()),
    one=access.relief_point_for,
    changeable=access.changeable_relief_point_for,
    form=forms.ReliefPointForm,
    add=services.add_relief_point,
    change=services.change_relief_point,
    argument="point",
    columns=(
        *_PLACE,
        (_("类型"), lambda row: row.get_kind_display()),
        (_("责任单位"), lambda row: row.contact_unit),
        (_("联系人"), lambda row: row.contact_person),
        (_("联系电话"), lambda row: row.phone),
        (_("开放时间"), lambda row: row.hours),
        (_("已设置明显标志"), lambda row: _yes(row.has_sign)),
        (_("正在开放"), lambda row: _yes(row.is_open)),
        (_("最近确认"), lambda row: row.state_at),
        (_("未开放原因"), lambda row: row.shut_reason),
        *_SPOT,
    ),
    kinds=lambda: list(ReliefPoint.Kind.choices),
    states=(
        ("open", _("正在开放")),
        ("shut", _("未开放")),
        ("stale", _("超过 12 小时未确认")),
        ("unsigned", _("没有标志")),
    ),
)
STATIONS = Register(
    key="station",
    page_key="stations",
    title=_("救助管理站"),
    new_title=_("登记救助管理站"),
    permission=access.MANAGE_FACILITIES,
    rows=selectors.station_list,
    one=access.station_for,
    changeable=access.changeable_station_for,
    form=forms.StationForm,
    add=services.add_station,
    change=services.change_station,
    argument="station",
    columns=(*_PLACE, (_("24 小时电话"), lambda row: row.phone), *_SPOT),
)


def _hospital_kinds() -> list[tuple[str, Any]]:
    return [("designated", _("定点医院")), ("psychiatric", _("收治精神障碍患者"))]


HOSPITALS = Register(
    key="hospital",
    page_key="hospitals",
    title=_("医院"),
    new_title=_("登记医院"),
    permission=access.MANAGE_FACILITIES,
    rows=selectors.hospital_list,
    one=access.hospital_for,
    changeable=access.changeable_hospital_for,
    form=forms.HospitalForm,
    add=services.add_hospital,
    change=services.change_hospital,
    argument="hospital",
    columns=(
        *_PLACE,
        (_("急诊电话"), lambda row: row.phone),
        (_("定点医院"), lambda row: _yes(row.is_designated)),
        (_("收治精神障碍患者"), lambda row: _yes(row.is_psychiatric)),
        *_SPOT,
    ),
    kinds=_hospital_kinds,
)
REGISTERS = (KEY_LOCATIONS, RELIEF_POINTS, STATIONS, HOSPITALS)
