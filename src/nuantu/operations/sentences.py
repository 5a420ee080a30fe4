"""What the journal lines of operations say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "operations.duty.open": (
        _("待办：%(title)s"),
        _("街面巡查%(rhythm)s：待办 %(count)s 次"),
    ),
    "operations.duty.renew": (_("待办更新：%(title)s"),),
    "operations.duty.complete": (
        _("完成：%(title)s（超时）"),
        _("完成：%(title)s"),
    ),
    "operations.duty.reopen": (_("撤销办结：%(title)s"), _("依据已撤回，重新打开：%(title)s")),
    "operations.duty.cancel": (
        _("取消：%(title)s"),
        _("巡查频次改为%(rhythm)s，收回原定巡查 %(count)s 次"),
    ),
    "operations.duty.explain": (_("超时说明：%(title)s"),),
    "operations.duty.escalate": (
        _("将到时限：%(title)s"),
        _("已超时，报带班领导：%(title)s"),
        _("仍未完成，报民政局：%(title)s"),
    ),
    "operations.duty.export": (_("导出待办登记 %(count)s 件"),),
    "operations.handover.offer": (_("提出移交给%(receiver)s：%(purpose)s"),),
    "operations.handover.accept": (_("接收移交：%(purpose)s"),),
    "operations.handover.decline": (_("退回移交：%(reason)s"),),
    "operations.handover.withdraw": (_("撤回移交"),),
    "operations.level.set": (_("工作级别：%(before)s → %(after)s"),),
    "operations.plan.start": (_("启动方案 %(title)s：规则 %(rules)s 条，待办 %(duties)s 件"),),
    "operations.plan.change": (_("方案变更为第%(version)s版：%(count)s 处不同"),),
    "operations.plan.follow": (_("确认按上级方案 %(title)s 第%(version)s版执行"),),
    "operations.plan.close": (
        _("方案办结 %(title)s：收回待办 %(count)s 件，继续有效 %(lasting)s 件"),
    ),
    "operations.document.take": (_("交来方案文件：%(name)s"),),
    "operations.document.reread": (_("重读方案文件：%(name)s"),),
    "operations.document.read": (
        _("读完方案文件：%(name)s，事实 %(facts)s 项，没读懂 %(left)s 句"),
    ),
    "operations.document.fail": (_("没有读成：%(name)s"),),
    "operations.document.correct": (_("更正草案：%(path)s"),),
    "operations.document.accept": (_("核对草案：%(path)s"),),
    "operations.document.doubt": (_("撤回核对：%(path)s"),),
    "operations.document.write": (_("改写草案全文"),),
    "operations.document.adopt": (_("草案启动为方案 %(title)s"),),
    "operations.document.drop": (_("丢弃方案文件：%(name)s"),),
    "operations.watch.put": (_("排班：%(name)s"),),
    "operations.watch.cancel": (_("取消排班：%(name)s"),),
    "operations.watch.restore": (_("恢复排班：%(name)s"),),
    "operations.watch.give": (_("交班"),),
    "operations.watch.take": (_("接班"),),
    "operations.team.make": (_("组队 %(name)s（%(count)s人）"),),
    "operations.team.shift": (_("排班 %(name)s"),),
}
