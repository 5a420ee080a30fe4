"""The forms of street and station, in the order of the kinds file: fields, table, signatures."""

from collections.abc import Callable

from nuantu.papers.rules.kinds import PaperKind
from tools.paper_forms import health, parts
from tools.paper_forms.sheet import LEFT, RIGHT, Sheet

Layout = Callable[[Sheet], Sheet]


def _escort(sheet: Sheet) -> Sheet:
    return sheet.row("护送单位", "{{护送单位}}", "护送人", "{{护送人}}").row(
        "警号", "{{护送人警号}}", "联系电话", "{{护送人电话}}"
    )


def street_refusal(sheet: Sheet) -> Sheet:
    """F-04."""
    sheet = parts.looks(parts.person(sheet)).row("发现时间", "{{发现时间}}", "口音", "{{口音}}")
    sheet.row("发现地点", "{{发现地点}}", "露宿类型", "{{露宿类型}}")
    sheet.row("人员类别", "{{人员类别}}").row("告知政策", "{{告知救助政策:勾选}}")
    sheet.row("提供的帮助", "{{提供的帮助}}", high=1.2)
    sheet.row("劝导结果", "{{劝导结果:勾选}}", high=1.4)
    sheet.row("流浪乞讨原因", "{{流浪乞讨原因}}").row("拒绝原因", "{{拒绝原因}}", high=1.2)
    sheet.head("发放物资").rows_of("发放物资", "物资名称", "物资数量")
    sheet.row("下次回访", "{{下次回访时间}}", "巡查队伍", "{{巡查队伍}}")
    sheet.row("见证人", "{{见证人}}").row("备注", "{{备注}}", high=1.1)
    sheet.sign("本人签名", "见证人签名").sign("工作人员签名")
    return parts.handled(sheet)


def medical_handover(sheet: Sheet) -> Sheet:
    """Hospital."""
    sheet = parts.looks(parts.person(sheet))
    sheet.row("发现时间", "{{发现时间}}", "发现地点", "{{发现地点}}")
    sheet.row("现场所见", "{{现场所见}}", high=1.2).row("发现经过", "{{发现经过}}", high=1.8)
    sheet = parts.receiver(parts.belongings(_escort(sheet))).row("接诊科室", "{{接诊科室}}")
    return parts.handled(sheet.sign("移交人签名", "接收人签名"))


def police_transfer(sheet: Sheet) -> Sheet:
    """Police, from the street."""
    sheet = parts.looks(parts.person(sheet))
    sheet.row("发现时间", "{{发现时间}}", "发现地点", "{{发现地点}}")
    sheet.row("发现经过", "{{发现经过}}", high=1.8).row("疑似情形", "{{疑似情形:勾选}}")
    sheet = parts.receiver(parts.belongings(_escort(sheet))).row("接收民警警号", "{{接收民警警号}}")
    return parts.handled(sheet.sign("移交人签名", "接收人签名"))


def identity_request(sheet: Sheet) -> Sheet:
    """To police or another body, about somebody nobody knows."""
    sheet.row("主送单位", "{{主送单位}}").row("协查事项", "{{协查事项}}")
    sheet.row("姓名", "{{姓名}}", "性别", "{{性别:勾选}}").row(
        "年龄", "{{年龄}}", "口音", "{{口音}}"
    )
    sheet.row("衣着特征", "{{衣着特征}}").row("体貌特征", "{{体貌特征}}")
    sheet.row("发现时间", "{{发现时间}}", "发现地点", "{{发现地点}}")
    sheet.row("请协助的事", "{{请协助的事}}", high=3.0).row("发函日期", "{{发函日期}}")
    sheet.line("请将结果函复本站。只需答复是否查到，不要寄送指纹、人脸和DNA数据。")
    return parts.handled(sheet)


def letter(sheet: Sheet) -> Sheet:
    """To another organisation: what it is asked, what it is told, until when."""
    sheet.row("主送单位", "{{主送单位}}").row("事由", "{{事由}}")
    sheet.row("请协助的事", "{{请协助的事}}", high=4.0)
    sheet.head("有关情况").rows_of("有关情况", "项目", "内容")
    sheet.row("发函日期", "{{发函日期}}", "请在此前函复", "{{请在此前函复}}")
    sheet.row("怎么发出", "{{怎么发出}}")
    sheet.line("一人一函。函复时请写明函号、答复人和电话。收到的个人信息只用于办理本函。")
    return parts.handled(sheet)


def legal_aid_referral(sheet: Sheet) -> Sheet:
    """To the legal aid centre, from a case plan."""
    sheet.row("主送单位", "{{主送单位}}").row("姓名", "{{姓名}}", "性别", "{{性别:勾选}}")
    sheet.row("年龄", "{{年龄}}", "联系社工", "{{联系社工}}")
    sheet.row("请协助的事", "{{请协助的事}}", high=4.0).row("发函日期", "{{发函日期}}")
    sheet.line("请在法定期限内函复是否给予法律援助。本函只写办理所需的内容。")
    return parts.handled(sheet)


def case_plan(sheet: Sheet) -> Sheet:
    """What a social worker and a person agreed on; signed by both."""
    sheet.row("姓名", "{{姓名}}", "性别", "{{性别:勾选}}").row(
        "年龄", "{{年龄}}", "个案编号", "{{个案编号}}"
    )
    sheet.row("开始日期", "{{计划开始日期}}", "服务依据", "{{服务依据}}")
    sheet.row("负责社工", "{{负责社工}}", "替班社工", "{{替班社工}}")
    sheet.row("社工机构", "{{社工机构}}")
    sheet.head("服务小组").rows_of("服务小组", "成员姓名", "成员单位", "成员分工")
    goal = ("目标内容", "达到标准", "目标期限", "目标进展")
    sheet.head("服务目标").rows_of("服务目标", *goal)
    sheet.head("支持网络").rows_of("支持网络", "支持人关系", "能帮什么")
    sheet.row("下一步", "{{下一步安排}}", "日期", "{{下一步日期}}")
    return parts.handled(sheet.sign("本人签名", "社工签名"))


def conference_minutes(sheet: Sheet) -> Sheet:
    """Who sat together and what was decided; what was said stays sealed."""
    sheet.row("个案编号", "{{个案编号}}", "会议时间", "{{会议时间}}")
    sheet.row("参加人员", "{{参加人员}}", high=1.4).row("负责社工", "{{负责社工}}")
    sheet.head("会议决定").rows_of("会议决定", "决定序号", "决定内容")
    sheet.sign("社工签名", "负责人签名")
    sheet.line("讨论内容密封保存，不写入本纪要。", size=10)
    return parts.handled(sheet)


def police_handover(sheet: Sheet) -> Sheet:
    """F-05."""
    sheet = parts.person(_escort(sheet))
    sheet.row("发现时间", "{{发现时间}}", "发现地点", "{{发现地点}}")
    sheet = parts.looks(sheet.row("发现经过", "{{发现经过}}", high=1.8))
    sheet.row("公安核查结果", "{{公安核查结果}}", high=1.2).row("疑似情形", "{{疑似情形:勾选}}")
    sheet = parts.receiver(parts.belongings(sheet))
    return parts.handled(sheet.sign("移交人签名", "接收人签名"))


def help_registration(sheet: Sheet) -> Sheet:
    """F-06, the first of the five of 民发〔2014〕132号."""
    sheet.row("求助时间", "{{求助时间}}", "到站方式", "{{到站方式}}")
    sheet.row("护送单位", "{{护送单位}}", "自述姓名", "{{自述姓名}}")
    sheet = parts.person(sheet).row("民族", "{{民族}}", "出生日期", "{{出生日期}}")
    sheet.row("证件类型", "{{证件类型}}", "文化程度", "{{文化程度}}")
    sheet.row("户口所在地", "{{户口所在地}}").row("住所地", "{{住所地}}")
    sheet.row("婚姻状况", "{{婚姻状况}}", "享受低保", "{{是否享受低保}}")
    sheet.row("特困供养", "{{是否特困供养}}", "流浪起始", "{{流浪起始时间}}")
    sheet.row("流浪乞讨原因", "{{流浪乞讨原因}}").row("流浪经过", "{{流浪经过}}", high=1.6)
    sheet.head("近亲属").rows_of("近亲属", "亲属姓名", "与本人关系", "亲属住址", "亲属电话")
    sheet.row("身体检视", "{{身体检视}}", "精神状态", "{{精神状态}}")
    sheet.row("明显伤病", "{{明显伤病}}", "安检结果", "{{安检结果:勾选}}")
    sheet.row("寄存清单", "{{寄存清单编号}}", "指纹核查", "{{指纹核查}}")
    sheet.row("系统比对", "{{系统比对结果}}", "求助需求", "{{求助需求}}")
    sheet.row("政策告知", "救助政策和入站须知已告知：{{已告知救助政策和入站须知:勾选}}")
    sheet.row("处理意见", "{{处理意见:勾选}}").row("处理理由", "{{处理理由}}", high=1.1)
    sheet.row("代填", "由工作人员代填：{{工作人员代填:勾选}}")
    return parts.handled(sheet.sign("求助人签名", "接待人签名"))


def belongings(sheet: Sheet) -> Sheet:
    """F-07."""
    sheet = parts.belongings(parts.person(sheet))
    sheet.row("现金金额", "{{现金金额}}", "封签号", "{{封签号}}")
    sheet.row("寄存时间", "{{寄存时间}}", "归还时间", "{{归还时间}}")
    return parts.handled(sheet.sign("寄存人签名", "保管人签名").sign("领回签名"))


def refusal_notice(sheet: Sheet) -> Sheet:
    """F-08."""
    sheet.line("{{姓名}}：", align=LEFT, after=6)
    sheet.line(
        "你于{{求助时间}}向本站求助。经核实，你属于“{{不予救助情形}}”的情形，依据{{依据条款}}，本站决定不予救助。",
        indent=True,
    )
    sheet.line("原因说明：{{原因说明}}", indent=True)
    sheet.line("如有异议，{{举报救济告知}}", indent=True, after=12)
    sheet = parts.person(sheet).row("送达时间", "{{送达时间}}", "签收情况", "{{签收情况:勾选}}")
    sheet.sign("本人签名")
    return sheet.line("{{出具单位}}（印章）", align=RIGHT).line(
        "{{出具日期}}　　经办人：{{经办人}}　　{{版本}}", align=RIGHT, size=10
    )


def stay_record(sheet: Sheet) -> Sheet:
    """F-09."""
    sheet = parts.person(sheet).row("入站时间", "{{入站时间}}", "分区", "{{分区}}")
    sheet.row("房间床位", "{{房间床位}}", "安全教育", "{{安全教育时间}}")
    sheet.row("饮食要求", "{{饮食要求}}", "照料等级", "{{照料等级}}")
    sheet.head("发放物资").rows_of("发放物资", "物资名称", "物资数量")
    sheet.head("医疗记录").rows_of("医疗记录", "就医时间", "就医医院", "就医结果")
    sheet.row("教育辅导", "{{教育辅导服务}}")
    sheet.head("亲属联系记录").rows_of("亲属联系记录", "联系时间", "联系对象", "联系结果")
    sheet.row("延长救助", "{{延长救助}}").row(
        "离站时间", "{{离站时间}}", "离站方式", "{{离站方式}}"
    )
    sheet.row("去向", "{{去向}}", "乘车凭证", "{{乘车凭证}}")
    sheet.row("票款金额", "{{票款金额}}", "路途食品", "{{路途食品}}")
    sheet.row("现金交通费", "{{现金交通费}}", "物品归还", "{{物品归还}}")
    return parts.handled(sheet.sign("离站签名", "工作人员签名"))


def self_departure(sheet: Sheet) -> Sheet:
    """F-14."""
    sheet.line(
        "本人{{姓名}}，{{性别}}，{{年龄}}，证件号码{{证件号码}}，于{{入站时间}}进入{{出具单位}}接受救助。",
        indent=True,
    )
    sheet.line(
        "现本人自愿于{{离站时间}}离开救助管理站，去向：{{去向}}。本人清楚离站后的行程由自己负责；再遇困难时仍可向当地救助管理机构求助。",
        indent=True,
    )
    sheet.line("{{声明内容}}", indent=True, after=10)
    sheet.row("行为能力核实", "{{行为能力核实}}", "物品清点", "{{物品清点}}")
    sheet.sign("声明人签名", "工作人员签名", high=1.8)
    return parts.handled(sheet)


def termination_notice(sheet: Sheet) -> Sheet:
    """F-15."""
    sheet.line("{{姓名}}：", align=LEFT, after=6)
    sheet.line("你于{{入站时间}}进入本站接受救助。现查明：{{事实}}", indent=True)
    sheet.line(
        "上述情况属于“{{终止情形}}”。依据{{依据条款}}，经批准，本站决定终止对你的救助。",
        indent=True,
    )
    sheet.line("如有异议，{{举报救济告知}}", indent=True, after=12)
    sheet = parts.person(sheet).row("批准人", "{{批准人}}", "送达时间", "{{送达时间}}")
    sheet.row("签收情况", "{{签收情况:勾选}}").sign("本人签名")
    return sheet.line("{{出具单位}}（印章）", align=RIGHT).line(
        "{{出具日期}}　　经办人：{{经办人}}　　{{版本}}", align=RIGHT, size=10
    )


def family_pickup(sheet: Sheet) -> Sheet:
    """F-12."""
    sheet = parts.person(sheet.head("受助人")).head("接领人")
    sheet.row("姓名", "{{接领人姓名}}", "与受助人关系", "{{与受助人关系}}")
    sheet.row("证件类型", "{{接领人证件类型}}", "证件号码", "{{接领人证件号码}}")
    sheet.row("电话", "{{接领人电话}}", "接领时间", "{{接领时间}}").row("住址", "{{接领人住址}}")
    sheet.row("在站天数", "{{在站天数}}", "离站前照料", "{{离站前照料}}")
    sheet.row("关系证明", "{{亲属关系证明}}").row("监护承诺", "{{监护承诺}}", high=2.2)
    return parts.handled(sheet.sign("接领人签名", "本人签名").sign("工作人员签名"))


def station_transfer(sheet: Sheet) -> Sheet:
    """To another station."""
    sheet = parts.person(sheet).row("入站时间", "{{入站时间}}", "身体状况", "{{身体状况}}")
    sheet.row("移送原因", "{{移送原因}}", high=1.4).row("随带药品", "{{随带药品}}")
    sheet = parts.receiver(parts.belongings(sheet.row("移交材料", "{{移交材料}}")))
    return parts.handled(sheet.sign("移交人签名", "接收人签名"))


def foster_handover(sheet: Sheet) -> Sheet:
    """To a foster institution or a foster family."""
    sheet = parts.person(sheet).row("入站时间", "{{入站时间}}", "身份情况", "{{身份情况:勾选}}")
    sheet.row("托养原因", "{{托养原因}}", high=1.2).row("安置依据", "{{安置依据}}", high=1.2)
    sheet.row("照料等级", "{{照料等级}}", "饮食", "{{饮食}}")
    sheet.row("身体状况", "{{身体状况}}", high=1.1).row("随带药品", "{{随带药品}}")
    sheet = parts.belongings(sheet.row("移交材料", "{{移交材料}}"))
    sheet = parts.receiver(sheet.row("协议编号", "{{协议编号}}").row("探视约定", "{{探视约定}}"))
    return parts.handled(sheet.sign("移交人签名", "接收人签名"))


def escort_handover(sheet: Sheet) -> Sheet:
    """F-13."""
    sheet = parts.person(sheet).row("特殊困难类别", "{{特殊困难类别}}")
    sheet.row("护送人员", "{{护送人员}}", "女性护送人员", "{{女性护送人员}}")
    sheet.row("随行医护", "{{随行医护}}", "交通及车次", "{{交通方式及车次}}")
    sheet.row("出发时间", "{{出发时间}}", "到达时间", "{{到达时间}}")
    sheet.row("身体状况", "{{身体状况}}", high=1.1).row("随带药品", "{{随带药品}}")
    sheet = parts.belongings(sheet.row("移交材料", "{{移交材料}}"))
    sheet.head("费用").rows_of("费用", "费用项目", "费用金额", "支付方")
    sheet = parts.receiver(sheet.row("途中情况", "{{途中情况}}", high=1.2))
    return parts.handled(sheet.sign("移交人签名", "接收人签名"))


def return_plan(sheet: Sheet) -> Sheet:
    """By which way somebody goes home, given to him or to whoever goes along."""
    sheet = parts.person(sheet).row("返乡方式", "{{返乡方式}}", "目的地", "{{目的地}}")
    sheet.row("接领人", "{{接领人}}", "接收人电话", "{{接收人电话}}")
    sheet.row("病情稳定", "{{病情稳定认定人}}", "护送人员", "{{护送人员}}")
    way = ("交通方式及车次", "出发站", "到达站", "发车时间", "到站时间", "乘车凭证", "到站地救助站")
    sheet.head("行程").rows_of("行程", *way)
    sheet.head("费用").rows_of("费用", "费用项目", "费用金额", "支付方")
    return parts.handled(sheet.sign("本人签名", "工作人员签名"))


def settlement_case(sheet: Sheet) -> Sheet:
    """F-16."""
    sheet.row("在站称呼", "{{在站称呼}}", "性别", "{{性别:勾选}}")
    sheet.row("年龄", "{{年龄}}", "自述姓名", "{{自述姓名}}")
    sheet.row("体貌特征", "{{体貌特征}}", "口音", "{{口音}}")
    sheet.row("滞留起始日", "{{滞留起始日}}", "滞留期满日", "{{滞留期满日}}")
    sheet.head("寻亲措施").rows_of("寻亲措施", "措施名称", "措施结果", "办理日期")
    sheet.head("协查情况").rows_of("协查情况", "协查事项", "协查单位", "协查函号", "协查答复")
    sheet.row("公安比对", "{{公安比对结论}}")
    sheet.head("拟用身份和安置（不当作已核实身份，落户以后继续寻亲）")
    sheet.row("拟用姓名", "{{拟用姓名}}", "出生日期", "{{拟用出生日期}}")
    sheet.row("命名及年龄依据", "{{命名及年龄依据}}", high=1.1)
    sheet.row("安置去处", "{{安置去处}}", "拟落户机构", "{{拟落户机构}}")
    sheet.head("审批和落户").row("申请函号", "{{申请函号}}", "方案文号", "{{安置方案文号}}")
    sheet.row("民政审核", "{{民政审核意见}}", high=1.1).row(
        "政府批准", "{{政府批准情况}}", high=1.1
    )
    sheet.row("公安受理", "{{公安受理情况}}", high=1.1)
    sheet.row("户口登记", "{{户口登记日期}}", "集体户编号", "{{集体户编号}}")
    sheet.row("公民身份号码", "{{登记的公民身份号码}}", "衔接保障", "{{衔接保障}}")
    return parts.handled(sheet.sign("站长签名", "工作人员签名"))


def track_answer(sheet: Sheet) -> Sheet:
    """What is answered to whoever asks for tracks that are no more."""
    sheet.line("{{来函单位}}：", align=LEFT, after=6)
    sheet.line(
        "你单位{{来函日期}}《{{来函文号}}》收悉，调取内容：{{调取内容}}。经查，有关情况答复如下：",
        indent=True,
    )
    sheet.row("佩戴人", "{{姓名}}", "佩戴编号", "{{佩戴编号}}")
    sheet.row("轨迹保存期", "{{轨迹保存期}}", "仍在保存期的月份", "{{仍在保存期的月份}}")
    sheet.head("已销毁的轨迹")
    sheet.rows_of("已销毁的轨迹", "轨迹月份", "位置个数", "销毁时间", "销毁原因", "密钥摘要")
    sheet.line(
        "上列月份（协调世界时）的位置各用一把单独的密钥加密保存，密钥已按上列时间销毁，不在数据库里，也不进任何备份。"
        "位置不能再读取，本单位无法提供。销毁记录在系统日志中有同样的数量和摘要，可以核验。",
        indent=True,
        after=8,
    )
    return parts.handled(sheet.sign("负责人签名", "经办人签名"))


LAYOUTS: dict[str, Layout] = {
    made.__name__: made
    for made in (
        street_refusal,
        medical_handover,
        police_transfer,
        identity_request,
        letter,
        legal_aid_referral,
        case_plan,
        conference_minutes,
        police_handover,
        help_registration,
        belongings,
        refusal_notice,
        stay_record,
        self_departure,
        termination_notice,
        family_pickup,
        station_transfer,
        foster_handover,
        escort_handover,
        return_plan,
        settlement_case,
        track_answer,
        *health.LAYOUTS,
    )
}


def drawn(kind: PaperKind) -> bytes:
    """The Word file of a statutory kind."""
    sheet = Sheet(kind.code, kind.zh, copies=kind.copies, basis=kind.basis)
    return LAYOUTS[kind.code](sheet).made()
