"""What the journal lines of dispatch say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "dispatch.tip.take": (
        _("收到线索（%(channel)s）：%(place)s；不在本系统辖区，请联系当地"),
        _("收到线索（%(channel)s）：%(place)s"),
    ),
    "dispatch.tip.close": (_("办结：%(outcome)s"),),
    "dispatch.tip.reopen": (_("重新打开：%(reason)s"),),
    "dispatch.tip.still_there": (_("报告人：他还在那里"),),
    "dispatch.tip.mark_false": (_("标记为%(mark)s：%(reason)s"),),
    "dispatch.tip.mark_urgent": (_("紧急特征：%(flags)s"),),
    "dispatch.tip.reply": (_("已回复报告人"),),
    "dispatch.tip.export": (_("导出线索登记表"),),
    "dispatch.link.same": (_("与「%(place)s」是同一人，一并办理"),),
    "dispatch.link.different": (_("不是重复线索"),),
    "dispatch.link.separate": (_("分开办理：%(reason)s"),),
    "dispatch.guidance.ask": (_("请%(point)s在电话指导下先行救助"),),
    "dispatch.guidance.answer": ("%(point)s：%(answer)s",),
    "dispatch.notice.record": (_("已通知%(recipient)s"),),
    "dispatch.notice.skip": (_("未通知%(recipient)s：%(reason)s"),),
    "dispatch.order.ask": (_("应依次通知：%(rank)s %(recipient)s"),),
    "dispatch.order.tell": (
        _("已依次通知：%(rank)s %(recipient)s，提前：%(reason)s"),
        _("已依次通知：%(rank)s %(recipient)s"),
    ),
    "dispatch.order.leave_out": (_("不依次通知%(recipient)s：%(reason)s"),),
    "dispatch.order.answer": (_("%(recipient)s答复：%(answer)s"),),
    "dispatch.photo.add": (_("收到照片 %(count)s 张"),),
    "dispatch.reporter.reveal": (_("查看了报告人"),),
    "dispatch.run.assign": (_("派%(team)s前往%(place)s"),),
    "dispatch.run.check_in": (_("%(team)s报平安"),),
    "dispatch.run.alarm": (_("%(team)s很久没有消息"),),
    "dispatch.run.accept": (_("%(team)s接单"),),
    "dispatch.run.depart": (_("%(team)s出发"),),
    "dispatch.run.arrive": (_("%(team)s到达现场"),),
    "dispatch.run.finish": (_("%(team)s处置完成"),),
    "dispatch.run.not_find": (_("%(team)s没有找到：%(reason)s"),),
    "dispatch.run.decline": (_("%(team)s退单：%(reason)s"),),
    "dispatch.run.recall": (_("%(team)s召回：%(reason)s"),),
}
