"""What the journal lines of encounters say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "encounters.encounter.record": (_("街面接触：%(outcome)s"),),
    "encounters.encounter.correct": (_("更正接触：%(outcome)s"),),
    "encounters.encounter.move_parts": (
        _("接触认错了人，连同照片和内容更正到另一人名下"),
        _("照片和内容移到更正后的人名下"),
    ),
    "encounters.encounter.put_parts_back": (
        _("原来没有认错人，照片和内容放回原来的人名下"),
        _("照片和内容放回原来的人名下"),
    ),
    "encounters.photo.hide": (_("遮盖影像：%(why)s"),),
    "encounters.photo.show": (_("取消遮盖影像"),),
    "encounters.photo.reveal": (_("查看遮盖的影像"),),
    "encounters.mode.approve": (_("救助方式审批：%(answer)s"),),
    "encounters.mode.refuse": (_("救助方式审批：%(answer)s"),),
    "encounters.mode.review": (_("救助方式复核：%(answer)s"),),
    "encounters.revisit.complete": (_("回访结果：%(result)s"),),
}
