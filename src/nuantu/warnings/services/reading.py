"""Bytes to messages, or a sentence that says what to mend."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core.errors import Refusal
from nuantu.warnings.rules.message import Message, Unreadable, Why
from nuantu.warnings.rules.parsing import parse

_WHY: dict[Why, str | Promise] = {
    Why.EMPTY: _("内容是空的。请把预警原文放进请求正文。"),
    Why.TOO_LARGE: _("内容太大（%(detail)s），最大 2 MB。请只发送预警本身，不要附图片或网页。"),
    Why.ENCODING: _("看不懂文字编码。请用 UTF-8、GB18030 或 UTF-16 发送。"),
    Why.XML_BROKEN: _(
        "XML 在第 %(detail)s（行:列）处断开，可能没有传完，或有没写完的标签。请重新发送完整文件。"
    ),
    Why.XML_ENTITIES: _(
        "XML 里定义了实体或引用了外部文件，为安全起见不读。请去掉 DOCTYPE 后重发。"
    ),
    Why.TOO_DEEP: _("内容嵌套太深或元素太多，不像一条预警。请只发送预警本身。"),
    Why.HTML_PAGE: _("收到的是一个网页，不是预警。请检查来源地址，或复制文字后手工录入。"),
    Why.JSON_BROKEN: _("JSON 在第 %(detail)s（行:列）处有错。请检查引号、逗号和括号。"),
    Why.NO_ALERT: _("里面没有找到预警：应有标题或正文，以及编号、发布单位或发布时间。"),
    Why.NO_EVENT: _(
        "没有看出是哪种预警。正文里要有“发布（或解除）某种预警”，例如“发布寒潮蓝色预警信号”。"
    ),
    Why.TOO_MANY: _("一次发来 %(detail)s 条，太多了。请分批，每批不超过 200 条。"),
}


class MessageUnreadable(Refusal):
    """A body that is not a readable warning; `why` is the code, the text says what to mend."""

    def __init__(self, cause: Unreadable) -> None:
        super().__init__(why_words(cause.why, cause.detail), field="body")
        self.why = cause.why
        self.detail = cause.detail
        self.is_kept = False

    def __str__(self) -> str:
        kept = _("原文已留存，等人来看。") if self.is_kept else ""
        return f"{self.message}{kept}"


def why_words(why: Why, detail: str) -> str:
    """Why a body cannot be read, and what to mend, in the language of the page."""
    return str(_WHY[why]) % {"detail": detail}


def read(*, body: bytes, content_type: str, received_at: datetime) -> tuple[Message, ...]:
    """The messages of a body. Raises MessageUnreadable."""
    try:
        return parse(body, content_type, received_at)
    except Unreadable as cause:
        raise MessageUnreadable(cause) from cause
