"""What the journal lines of patrols say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "patrols.week.plan": (_("排巡查周计划：%(day)s"),),
    "patrols.week.again": (_("重新排巡查周计划：%(day)s"),),
    "patrols.week.planned": (_("巡查周计划排完：%(day)s"),),
    "patrols.week.fail": (_("巡查周计划没有排成：%(day)s"),),
    "patrols.week.move": (_("移动巡访：%(day)s"),),
    "patrols.week.approved": (_("批准巡查周计划：%(day)s"),),
    "patrols.week.published": (_("下发巡查周计划：%(day)s"),),
    "patrols.week.draft": (_("退回巡查周计划：%(day)s"),),
}
