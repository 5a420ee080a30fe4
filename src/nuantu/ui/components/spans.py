"""How long, in words a person reads at a glance."""

from datetime import datetime, timedelta

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from nuantu.core.clock import local

MINUTE, HOUR, DAY = 60, 3600, 86400


def span(seconds: int) -> str:
    """`07:05` below an hour, `3小时05分` below a day, `2天4小时` from then on; never negative."""
    left = abs(int(seconds))
    if left < HOUR:
        return f"{left // MINUTE:02d}:{left % MINUTE:02d}"
    if left < DAY:
        return _("%(hours)s小时%(minutes)s分") % {
            "hours": left // HOUR,
            "minutes": f"{left % HOUR // MINUTE:02d}",
        }
    return _("%(days)s天%(hours)s小时") % {"days": left // DAY, "hours": left % DAY // HOUR}


def limit_words(seconds: int) -> str:
    """A limit as a rule says it: `30分钟`, `24小时`, `7天`; odd ones rounded to what matters."""
    if seconds >= 2 * DAY and (seconds % DAY == 0 or seconds >= 3 * DAY):
        days = round(seconds / DAY)
        return ngettext("%(n)s天", "%(n)s天", days) % {"n": days}
    if seconds >= HOUR and (seconds % HOUR == 0 or seconds >= 2 * HOUR):
        hours = round(seconds / HOUR)
        return ngettext("%(n)s小时", "%(n)s小时", hours) % {"n": hours}
    minutes = max(1, round(seconds / MINUTE))
    return ngettext("%(n)s分钟", "%(n)s分钟", minutes) % {"n": minutes}


def ago(moment: datetime, now: datetime) -> str:
    """`刚刚`, `12分钟前`, `3小时后`; beyond a day the date says more, so empty."""
    seconds = (now - moment).total_seconds()
    past = seconds >= 0
    seconds = abs(seconds)
    if seconds < 45:
        return _("刚刚") if past else _("马上")
    if seconds >= DAY:
        return ""
    words = limit_words(int(seconds) if seconds < HOUR else int(seconds // HOUR * HOUR))
    return (_("%(time)s前") if past else _("%(time)s后")) % {"time": words}


def exact(moment: datetime, now: datetime) -> str:
    """The moment on a clock in China: `今天 14:05`, `昨天 23:50`, `12月3日 08:00`, with year if not this."""
    here, today = local(moment), local(now)
    clock_face = here.strftime("%H:%M")
    days = (today.date() - here.date()).days
    near = {0: _("今天"), 1: _("昨天"), -1: _("明天")}.get(days)
    if near is not None:
        return f"{near} {clock_face}"
    if here.year == today.year:
        form = _("%(month)s月%(day)s日 %(time)s")
    else:
        form = _("%(year)s年%(month)s月%(day)s日 %(time)s")
    # Months are figures in Chinese and names in English.
    month = here.strftime("%b") if get_language() == "en" else str(here.month)
    return form % {"year": here.year, "month": month, "day": here.day, "time": clock_face}


def iso(moment: datetime) -> str:
    """For the datetime attribute, to the second, with its offset."""
    return local(moment).replace(microsecond=0).isoformat()


def later(moment: datetime, seconds: int) -> datetime:
    """The moment so many seconds on."""
    return moment + timedelta(seconds=seconds)
