"""What the journal lines of places say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "places.station.add": (_("登记救助管理站 %(name)s"),),
    "places.hospital.add": (_("登记医院 %(name)s"),),
    "places.key_location.add": (_("登记重点区域 %(name)s"),),
    "places.relief_point.add": (_("登记救助点 %(name)s"),),
    "places.station.change": (_("修改救助管理站 %(name)s"),),
    "places.hospital.change": (_("修改医院 %(name)s"),),
    "places.key_location.change": (_("修改重点区域 %(name)s"),),
    "places.relief_point.change": (_("修改救助点 %(name)s"),),
    "places.station.close": (_("停用 %(name)s"),),
    "places.hospital.close": (_("停用 %(name)s"),),
    "places.key_location.close": (_("停用 %(name)s"),),
    "places.relief_point.close": (_("停用 %(name)s"),),
    "places.relief_point.open": (_("%(name)s 开放"),),
    "places.relief_point.shut": (_("%(name)s 不开放"),),
    "places.relief_point.confirm": (_("%(name)s 确认仍在开放"),),
}
