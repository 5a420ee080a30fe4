"""What is said of a row that must be looked at."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from nuantu.tracing.rules.rows import COLUMNS, finding_of

WHY: Final[dict[str, str | Promise]] = {
    "date": _("读不出日期，请写成 2015-03-04、2015-03 或 2015"),
    "future": _("是以后的日期"),
    "sex": _("写男、女或不详"),
    "age": _("写 45、45-50 或 约50，0到125岁"),
    "height": _("写 165 或 160-170，单位厘米，30到250"),
    "phone": _("不是电话号码（7到15位数字）"),
    "lost_digits": _(
        "被表格改成了科学计数（如 4.5E+17），后面几位已丢失，请把这一列设成文本重新填"
    ),
    "id_length": _("身份证号应为18位"),
    "id_old": _("是15位旧号码，请写18位的，没有就留空"),
    "id_characters": _("身份证号里有不该有的字符"),
    "id_date": _("身份证号里的出生日期不对"),
    "id_future": _("身份证号里的出生日期在以后"),
    "id_check": _("身份证号最后一位校验不过，可能抄错"),
    "long": _("太长，请缩短"),
    "nothing": _("没有一样能认出他的内容"),
    "before_birth": _("在出生日期之前"),
    "expired": _("同意已经到期，不能导入"),
    "found": _("来源记录写明已经找到，不再导入"),
    "photo": _("照片在网上，没有取；需要的请下载后补上"),
    "no_division": _("没有对上现行区划，按原文保存"),
    "no_searcher": _("没有寻亲人和电话，有线索时联系来源单位"),
    "refused": _("登记时没有通过，请手工登记"),
}
LIKE: Final[dict[str, str | Promise]] = {
    "id": _("身份证号相同"),
    "name": _("姓名同音，性别、年龄不矛盾"),
    "phone": _("寻亲人电话相同"),
}


def heading(column: str) -> str:
    """What a column is called in the language of the page; the same word is understood in a file."""
    names = COLUMNS.get(column)
    if names is None:
        return ""
    if not (get_language() or "").startswith("en"):
        return names[0]
    name = next(name for name in names if name.isascii())
    return f"ID{name[2:]}" if name.startswith("id ") else name.capitalize()


def said(text: str) -> str:
    """A finding in words: the column, and what is wrong there."""
    finding = finding_of(text)
    if finding.code == "twice":
        return gettext("和第 %(n)s 行可能是同一个人") % {"n": finding.column}
    why = str(WHY.get(finding.code, finding.code))
    name = heading(finding.column)
    return f"{name}{gettext('：')}{why}" if name else why
