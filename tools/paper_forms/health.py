"""The forms of an illness and of a death."""

from tools.paper_forms.parts import belongings, handled, looks, person, receiver
from tools.paper_forms.sheet import LEFT, RIGHT, Sheet


def hospital_transfer(sheet: Sheet) -> Sheet:
    """From the station to a hospital."""
    sheet = looks(person(sheet)).row("入站时间", "{{入站时间}}", "送医时间", "{{送医时间}}")
    sheet.row("病情征象", "{{病情征象}}", "体温", "{{体温}}")
    sheet.row("送医原因", "{{送医原因}}", high=1.4).row("正在服药", "{{正在服用药品}}", high=1.1)
    sheet.row("陪护人员", "{{陪护人员}}", "跟踪人", "{{跟踪人}}")
    sheet.row("救助站电话", "{{救助站电话}}", "接诊科室", "{{接诊科室}}")
    sheet = receiver(belongings(sheet)).row("费用说明", "{{费用说明}}", high=1.1)
    return handled(sheet.sign("移交人签名", "接收人签名"))


def care_record(sheet: Sheet) -> Sheet:
    """A treatment from the first call to the discharge."""
    sheet = person(sheet).row("送医时间", "{{送医时间}}", "收治医院", "{{收治医院}}")
    sheet.row("到院时间", "{{到院时间}}", "陪护人员", "{{陪护人员}}")
    sheet.row("跟踪人", "{{跟踪人}}", "对象甄别", "{{对象甄别}}")
    sheet.row("甄别时间", "{{甄别时间}}", "甄别人", "{{甄别人}}")
    sheet.row("送医原因", "{{送医原因}}", high=1.2)
    sheet.head("通知情况").rows_of("通知情况", "通知单位", "通知时间", "通知人")
    sheet.head("治疗进展").rows_of("治疗进展", "了解时间", "病情", "医院意见", "了解人")
    sheet.row("就医结果", "{{就医结果}}", "结束时间", "{{结束时间}}")
    sheet.row("病情稳定", "{{病情稳定:勾选}}", "出院证明", "{{出院证明编号}}")
    sheet.row("出院后安排", "{{出院后安排}}", high=1.4)
    return handled(sheet.sign("医院经办人签名", "跟踪人签名"))


def bill_settlement(sheet: Sheet) -> Sheet:
    """What a hospital charges, checked, and who pays."""
    sheet.row("姓名", "{{姓名}}", "收治医院", "{{收治医院}}")
    sheet.row("账单编号", "{{账单编号}}", "核对结果", "{{核对结果}}")
    sheet.row("费用起", "{{费用起}}", "费用止", "{{费用止}}")
    sheet.head("费用明细").rows_of("费用明细", "费用项目", "费用数量", "费用单价", "费用金额")
    sheet.row("费用合计", "{{费用合计}}")
    sheet.head("付费安排").rows_of("付费安排", "付费方", "承担金额", "承担说明")
    sheet.row("本人和家属", "{{本人和家属承担}}").row("核对疑问", "{{核对疑问}}", high=1.1)
    sheet.row("核定时间", "{{核定时间}}", "核定人", "{{核定人}}")
    return handled(sheet.sign("医院经办人签名", "核定人签名"))


def death_report(sheet: Sheet) -> Sheet:
    """F-24, for a death."""
    sheet = person(sheet).row("事件类型", "{{事件类型}}", "入站时间", "{{入站时间}}")
    sheet.row("死亡时间", "{{死亡时间}}", "死亡地点", "{{死亡地点}}")
    sheet.row("发现人", "{{发现人}}").row("经过", "{{经过}}", high=2.4)
    sheet.head("报告和处置").rows_of("报告和处置", "处置事项", "报告对象", "报告时间", "报告人")
    sheet.row("公安结论", "{{公安结论}}", high=1.2)
    sheet.row("死亡证明", "{{死亡证明编号}}", "火化日期", "{{火化日期}}")
    sheet.row("公告起", "{{公告起}}", "公告止", "{{公告止}}")
    sheet.row("处理结论", "{{处理结论}}", high=1.6)
    return handled(sheet.sign("站长签名", "报告人签名"))


def death_notice(sheet: Sheet) -> Sheet:
    """To the relatives."""
    sheet.line("{{亲属称呼}}：", align=LEFT, after=6)
    sheet.line(
        "{{姓名}}于{{死亡日期}}在{{死亡地点}}去世，死亡证明编号{{死亡证明编号}}。我们对此深感痛惜，谨此告知。",
        indent=True,
    )
    sheet.line(
        "请您于{{请答复期限}}前与本站联系，商办后事并领取遗物。办理中本站不收取任何费用。联系方式：{{联系方式}}。",
        indent=True,
        after=12,
    )
    sheet = person(sheet.head("逝者"))
    sheet.row("与逝者关系", "{{与逝者关系}}", "送达时间", "{{送达时间}}")
    sheet.sign("亲属签名", "工作人员签名")
    return _sealed(sheet)


def claim_notice(sheet: Sheet) -> Sheet:
    """For everybody to read: no number, no illness, no cause."""
    sheet.line(
        "下列人员于{{死亡日期}}去世，至今没有找到亲属。请知情人在公告期内与本站联系；公告期满无人认领的，按规定处理。",
        indent=True,
        after=10,
    )
    sheet.row("姓名", "{{姓名}}", "性别", "{{性别:勾选}}").row("年龄", "{{年龄}}")
    sheet.row("体貌特征", "{{体貌特征}}", high=1.4).row("衣着特征", "{{衣着特征}}", high=1.4)
    sheet.row("公告起", "{{公告起}}", "公告止", "{{公告止}}").row("联系方式", "{{联系方式}}")
    return _sealed(sheet)


def estate_handover(sheet: Sheet) -> Sheet:
    """What the dead left, and who took it over."""
    sheet = belongings(person(sheet).row("死亡时间", "{{死亡时间}}"))
    sheet.row("现金金额", "{{现金金额}}", "封签号", "{{封签号}}")
    sheet.row("接收人", "{{接收人}}", "与逝者关系", "{{与逝者关系}}")
    sheet.row("接收人证明", "{{接收人证明}}").row("见证人", "{{见证人}}")
    return handled(sheet.sign("移交人签名", "接收人签名").sign("见证人签名"))


def _sealed(sheet: Sheet) -> Sheet:
    """The end of a notice: the seal of the station."""
    return sheet.line("{{出具单位}}（印章）", align=RIGHT).line(
        "{{出具日期}}　　经办人：{{经办人}}　　{{版本}}", align=RIGHT, size=10
    )


LAYOUTS = (
    hospital_transfer,
    care_record,
    bill_settlement,
    death_report,
    death_notice,
    claim_notice,
    estate_handover,
)
