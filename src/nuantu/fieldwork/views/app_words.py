"""Every word that a script of the phone app puts on the screen."""

from django.utils.translation import gettext as _

from nuantu.ui.context import script_words


def app_words() -> dict[str, str]:
    """Code → words in the language of the page; `{n}` is a figure."""
    return {**script_words(), **_said(), **_results(), **_kinds()}


def _said() -> dict[str, str]:
    return {
        "saved": _("已存到手机"),
        "full": _("手机空间满了，没有存上。请删些照片或应用再按一次；填的内容还在。"),
        "unkept": _("手机没有存上，请再按一次；填的内容还在。"),
        "photo": _("这张照片打不开，请重拍。"),
        "video": _("视频超过 %(n)s MB，没有存上。请拍短一些，或把画质调低。") % {"n": "{n}"},
        "draft": _("手机空间满了：填的内容在屏幕上，还没有存。"),
        "easy": _("PIN 太短或太简单：至少 %(n)s 位数字，不用 123456、111111。") % {"n": "{n}"},
        "differ": _("两次输入的 PIN 不一样。"),
        "no_line": _("现在没有信号，连不上服务器。请到有信号的地方再试。"),
        "refused": _("服务器没有同意，请问值班台。"),
        "outcome": _("请选怎么结束。"),
        "need_field": _("还没有填：%(what)s") % {"what": "{what}"},
        "closed": _("这种情况不能这样结束，请看上面的说明。"),
        "need_reason": _("请写明原因。"),
        "need_place": _("请写明地点。"),
        "need_crew": _("请写明出巡人员。"),
        "need_count": _("请写明共几人。"),
        "need_to": _("请写明交给谁。"),
        "need_checks": _("没有做到的，请写明原因。"),
        "need_note_text": _("请写明看到什么、谁来或发生了什么。"),
        "need_who": _("还没有选人。"),
        "need_woman": _("女性的洗浴、理发、起居由女工作人员做：请勾选，或改成没做。"),
        "already": _("这位同事在这台平板上已经有 PIN，直接选名字打开。请先换同事登录。"),
        "only_care": _("共用平板只给照料、医务和接待用。"),
        "need_skip_reason": _("请写明没有去的站的原因。"),
        "metres": _("%(n)s 米") % {"n": "{n}"},
        "kilometres": _("%(n)s 公里") % {"n": "{n}"},
        "left": _("还有 %(n)s 分钟") % {"n": "{n}"},
        "over_by": _("已超 %(n)s 分钟") % {"n": "{n}"},
    }


def _results() -> dict[str, str]:
    return {
        "unsent": _("未送出"),
        "waiting": _("已送到，等前面的"),
        "applied": _("已登记"),
        "review": _("值班台在核对"),
        "meal.given": _("吃了"),
        "meal.refused": _("没吃"),
        "meal.absent": _("不在"),
        "stop.nobody": _("没有人"),
        "stop.met": _("见到人"),
        "stop.skipped": _("没有去"),
    }


def _kinds() -> dict[str, str]:
    return {
        "run.begin": _("出巡"),
        "run.all_well": _("报平安"),
        "run.finish": _("收队"),
        "run.hand_over": _("交接"),
        "run.partner": _("一起去的"),
        "stop.add": _("增加一站"),
        "visit.arrive": _("到达"),
        "visit.nobody": _("没有人"),
        "visit.met": _("见到人"),
        "visit.pass_by": _("没有去"),
        "visit.take_back": _("改登记"),
        "photo.add": _("影像留存"),
        "contact.record": _("登记接触"),
        "dispatch.accept": _("接受"),
        "dispatch.depart": _("出发"),
        "dispatch.arrive": _("到达"),
        "dispatch.finish": _("处置完了"),
        "dispatch.not_found": _("没找到"),
        "dispatch.decline": _("退单"),
        "dispatch.check_in": _("报平安"),
        "care.log": _("照料登记"),
        "care.round": _("一轮照料"),
        "care.roll": _("点名"),
        "care.dose": _("服药"),
        "care.vital": _("体征"),
        "care.bedding": _("换床品"),
        "care.missing": _("报警寻找"),
        "errand.revisit": _("回访"),
        "errand.escort": _("护送返乡"),
    }
