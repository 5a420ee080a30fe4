"""What the journal lines of stays say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "stays.reception.open": (_("接待：%(mode)s"),),
    "stays.reception.decide": (_("接待结果：%(result)s"),),
    "stays.belonging.take": (_("收存物品：%(kind)s"),),
    "stays.belonging.end": (_("物品办结：%(end)s"),),
    "stays.inquiry.ask": (_("申请%(kind)s"),),
    "stays.inquiry.answer": (_("核查答复：%(answer)s"),),
    "stays.clock.keep": (_("办结：%(title)s"),),
    "stays.stay.extend": (_("延长救助到%(day)s"),),
    "stays.stay.file": (_("延长救助已报备"),),
    "stays.stay.leave": (_("离站：%(way)s"),),
    "stays.zone.add": (_("设置生活区：%(zone)s"),),
    "stays.zone.change": (_("调整生活区：%(zone)s"),),
    "stays.room.add": (_("增加房间：%(room)s"),),
    "stays.bed.close": (_("床位停用：%(bed)s"),),
    "stays.bed.open": (_("床位启用：%(bed)s"),),
    "stays.stay.enter": (_("入站：%(number)s"),),
    "stays.stay.change": (_("调整在站需要"),),
    "stays.bed.give": (_("安排床位：%(bed)s"),),
    "stays.bed.free": (_("腾出床位：%(bed)s"),),
    "stays.bed.approve": (_("批准幼儿随母同住"),),
    "stays.absence.leave": (_("外出：%(reason)s"),),
    "stays.absence.return": (_("返回站内"),),
}
