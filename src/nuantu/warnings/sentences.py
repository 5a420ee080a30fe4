"""What the journal lines of warnings say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "warnings.warning.take": (
        _("收到预警：%(warning)s，涉及 %(count)s 个县"),
        _("收到预警：%(warning)s（%(outcome)s，不改变级别）"),
    ),
    "warnings.coverage.acknowledge": (_("确认预警：%(warning)s"),),
    "warnings.coverage.confirm_end": (_("确认预警结束：%(warning)s"),),
    "warnings.feed.silent": (_("预警源静默报警：%(source)s"),),
    "warnings.level.leave": (_("预警要求 %(wanted)s，人工设定的 %(level)s 不变"),),
    "warnings.unread.keep": (_("来文看不懂，留存待人工处理：%(source)s"),),
    "warnings.unread.settle": (_("处理看不懂的来文"),),
}
