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
    "patrols.week.propose": (_("提出临时调整：%(day)s"),),
    "patrols.week.search": (_("重算临时调整：%(day)s"),),
    "patrols.week.adjust": (_("确认临时调整：%(day)s"),),
    "patrols.week.set_aside": (_("不采用临时调整：%(day)s"),),
    "patrols.week.undo": (_("撤销临时调整：%(day)s"),),
    "patrols.run.begin": (_("%(team)s出巡"),),
    "patrols.run.all_well": (_("%(team)s报平安"),),
    "patrols.run.hand_over": (_("%(team)s交接"),),
    "patrols.run.finish": (_("%(team)s收队"),),
    "patrols.run.break_off": (_("%(team)s巡查中止"),),
    "patrols.run.alarm": (
        _("%(team)s很久没有消息"),
        _("%(team)s没有按时收队"),
        _("%(team)s没有出巡"),
    ),
    "patrols.visit.add": (_("%(team)s增加一站"),),
    "patrols.visit.arrive": (_("%(team)s到达巡查点"),),
    "patrols.visit.nobody": (_("%(team)s巡查点没有人"),),
    "patrols.visit.met": (_("%(team)s在巡查点见到人"),),
    "patrols.visit.pass_by": (_("%(team)s没有去一站"),),
    "patrols.visit.take_back": (_("%(team)s改登记"),),
    "patrols.photo.add": (_("%(team)s拍照留存"),),
    "patrols.checklist.load": (_("导入巡查清单 %(n)s 条"),),
    "patrols.run.export": (_("导出巡查登记表"),),
}
