"""What the journal lines of persons say; `%(…)s` is what a line names."""

from django.utils.translation import gettext_noop as _

SENTENCES = {
    "persons.case.open": (_("建立个案：%(number)s"),),
    "persons.case.set_mode": (_("救助方式：%(mode)s"),),
    "persons.case.close": (_("结案：%(closing)s"),),
    "persons.class.assign": (_("人员类别：%(classes)s"),),
    "persons.class.withdraw": (_("撤销类别：%(class)s"),),
    "persons.fact.add": (_("记录：%(kind)s"),),
    "persons.fact.correct": (_("更正：%(kind)s"),),
    "persons.fact.withdraw": (_("撤回：%(kind)s"),),
    "persons.fact.move": (_("记到了别人名下的内容已移走"),),
    "persons.link.propose": (_("提出：可能是同一人"),),
    "persons.link.confirm": (_("确认为同一人"),),
    "persons.link.reject": (_("确认不是同一人"),),
    "persons.link.undo": (_("撤销同一人的认定"),),
    "persons.person.describe": (_("更正称呼、性别、年龄或样貌"),),
    "persons.person.restrict": (_("限制查看身份"),),
    "persons.person.unrestrict": (_("解除查看限制"),),
    "persons.person.picture": (_("更新卡片照片"), _("撤下卡片照片")),
    "persons.person.reveal": (_("查看：%(what)s"),),
    "persons.person.read": (_("打开人员记录"),),
    "persons.hold.place": (_("保全影像证据"),),
    "persons.hold.keep": (_("继续保全影像证据"),),
    "persons.hold.end": (_("解除影像证据保全"),),
    "persons.person.export": ("%(purpose)s",),
}
