"""What every page needs to draw its frame."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.ui import nav

THEMES = ("auto", "day", "night")
THEME_COOKIE = "nuantu_theme"


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor: navigation, theme, language, demo mark and the words of the scripts."""
    actor = getattr(request, "actor", None)
    theme = request.COOKIES.get(THEME_COOKIE, "auto")
    return {
        "actor": actor,
        "nav": nav.entries_for(actor, request.path),
        "theme": theme if theme in THEMES else "auto",
        "is_english": get_language() == "en",
        "is_demo": getattr(settings, "NUANTU_MODE", "") == "demo",
        "server_now": clock.now(),
        "script_words": json.dumps(script_words(), ensure_ascii=False),
        "live_url": "/events/" if actor is not None and actor.is_signed_in else "",
    }


def script_words() -> dict[str, str]:
    """Every word that a script puts on the page, in the language of the page."""
    return {
        "over": _("超%(time)s") % {"time": "{time}"},
        "hours": _("%(hours)s小时%(minutes)s分") % {"hours": "{hours}", "minutes": "{minutes}"},
        "days": _("%(days)s天%(hours)s小时") % {"days": "{days}", "hours": "{hours}"},
        "late": _("已超时"),
        "soon": _("将到时限"),
        "live": _("实时"),
        "lost": _("正在重新连接"),
        "undo": _("撤销"),
        "close": _("关闭"),
        "restored": _("已恢复未提交的内容"),
        "discard": _("清除"),
        "sending": _("正在提交…"),
        "failed": _("没有送达：网络或服务器出了问题。内容已保存在本机，请稍后再试。"),
        "again_photo": _("照片需要重新选择。"),
    }
