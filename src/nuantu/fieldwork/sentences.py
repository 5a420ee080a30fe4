"""What the journal lines of fieldwork say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "fieldwork.device.enrol": (_("登记外勤手机 %(label)s"), _("登记外勤手机")),
    "fieldwork.device.revoke": (_("收回外勤手机 %(label)s"), _("收回外勤手机")),
    "fieldwork.device.recover": (_("重设外勤手机PIN %(label)s"), _("重设外勤手机PIN")),
    "fieldwork.review.apply": (_("待核卡已照此登记"), _("待核卡以这部手机为准")),
    "fieldwork.review.enter": (_("待核卡已另行登记"),),
    "fieldwork.review.set_aside": (_("待核卡已搁置"),),
    "fieldwork.device.deliver": (_("收到手机补送 %(n)s 条"),),
}
