"""What the journal lines of places say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

_ADDED = {
    "station": (_("登记救助管理站 %(name)s"),),
    "hospital": (_("登记医院 %(name)s"),),
    "key_location": (_("登记重点区域 %(name)s"),),
    "relief_point": (_("登记救助点 %(name)s"),),
}
_CHANGED = {
    "station": (_("修改救助管理站 %(name)s"),),
    "hospital": (_("修改医院 %(name)s"),),
    "key_location": (_("修改重点区域 %(name)s"),),
    "relief_point": (_("修改救助点 %(name)s"),),
}
_EACH = {
    "close": (_("停用 %(name)s"),),
    "open": (_("%(name)s 开放"),),
    "shut": (_("%(name)s 不开放"),),
    "confirm": (_("%(name)s 确认仍在开放"),),
}
SENTENCES = (
    {f"places.{kind}.add": said for kind, said in _ADDED.items()}
    | {f"places.{kind}.change": said for kind, said in _CHANGED.items()}
    | {
        "places.key_location.export": (_("导出重点区域"),),
        "places.key_location.import": (_("从文件登记重点区域 %(count)s 处"),),
    }
    | {f"places.{kind}.{deed}": said for deed, said in _EACH.items() for kind in _ADDED}
)
