"""What the journal lines of tracing say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "tracing.report.take": (_("收到寻人登记"),),
    "tracing.report.correct": (_("改正寻人登记"),),
    "tracing.report.agree": (_("登记同意，有效到 %(day)s"),),
    "tracing.report.close": (_("了结寻人登记：%(state)s"),),
    "tracing.report.withdraw": (_("寻亲人撤回同意，登记已隐藏"),),
    "tracing.report.read": (_("打开寻人登记"),),
    "tracing.report.reveal": (_("查看：%(what)s"),),
    "tracing.report.export": (
        _("导出寻人登记 %(n)s 条"),
        _("导出寻人文件里没有导入的行 %(n)s 条"),
    ),
    "tracing.file.read": (_("读取寻人文件 %(n)s 行"),),
    "tracing.file.confirm": (_("确认导入寻人文件"),),
    "tracing.file.drop": (_("放弃寻人文件"),),
    "tracing.search.begin": (_("开始查询身份"),),
    "tracing.search.step": (_("查明身份的一步：%(step)s，%(answer)s"),),
    "tracing.search.end": (_("身份已查明：%(found_by)s"),),
    "tracing.search.give_up": (_("不再查询身份"),),
    "tracing.search.leave": (_("未查明身份已离站"),),
    "tracing.fragment.add": (_("记下片段：%(kind)s"),),
    "tracing.fragment.withdraw": (_("撤回片段：%(kind)s"),),
    "tracing.place.dismiss": (_("排除候选地点"),),
}
