"""What the journal lines of casework say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "casework.plan.open": (_("开始社工个案"),),
    "casework.plan.goal": (_("写下目标"),),
    "casework.plan.goal_end": (_("目标：%(state)s"),),
    "casework.plan.member": (
        _("小组加了人"),
        _("小组加人"),
    ),
    "casework.plan.supporter": (_("记下支持人"),),
    "casework.plan.session": (_("会谈：%(kind)s"),),
    "casework.plan.hand_on": (_("交出社工个案，等对方接手"),),
    "casework.plan.take_over": (_("接手社工个案"),),
    "casework.plan.decline": (_("退回社工个案的交接"),),
    "casework.plan.family": (_("问是否联系家人：%(answer)s"),),
    "casework.plan.family_withdraw": (_("撤回联系家人的同意"),),
    "casework.plan.refer": (_("转介：%(kind)s"),),
    "casework.plan.refer_answer": (_("转介答复：%(state)s"),),
    "casework.plan.disclosure": (_("有单位来要个案材料：%(number)s"),),
    "casework.plan.disclosure_decide": (_("个案材料 %(number)s：%(state)s"),),
    "casework.plan.confer": (_("个案会议"),),
    "casework.plan.close": (_("结束社工个案：%(outcome)s"),),
    "casework.plan.reveal": (_("查看密封记录"), _("查看风险说明和安全计划")),
    "casework.plan.refuse": (_("想打开别人的个案，没有给看"),),
    "casework.risk.mark": (_("标记风险，先问社工"),),
    "casework.risk.review": (
        _("风险已复核"),
        _("复核风险"),
    ),
    "casework.risk.ask_to_lift": (_("提出解除风险标记，待第二人确认"),),
    "casework.risk.keep": (_("风险标记继续"),),
    "casework.risk.lift": (_("解除风险标记"),),
    "casework.risk.safety": (_("写下安全计划"),),
}
