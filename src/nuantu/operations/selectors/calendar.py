"""Open duties as an iCalendar feed, without names, places or conditions of people (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.operations.models import Duty

LINE = 75
MOST = 500


def feed(duties: Iterable[Duty], *, name: str, at: datetime, host: str) -> str:
    """The text of the feed: one event of fifteen minutes before each deadline."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Nuantu//duties//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
    ]
    for duty in duties:
        lines += _event(duty, at, host)
    lines.append("END:VCALENDAR")
    return "".join(part + "\r\n" for line in lines for part in _folded(line))


def _event(duty: Duty, at: datetime, host: str) -> list[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{duty.public_id}@{host}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART:{_utc(duty.due_at)}",
        f"DTEND:{_utc(duty.due_at)}",
        f"SUMMARY:{_escaped(duty.kind_label)}",
        f"DESCRIPTION:{_escaped(_('依据：%(basis)s') % {'basis': duty.basis_rule or duty.basis})}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(duty.kind_label)}",
        f"TRIGGER;VALUE=DATE-TIME:{_utc(duty.warn_at)}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _utc(moment: datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    table = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""}
    return "".join(table.get(character, character) for character in text)


def _folded(line: str) -> Iterator[str]:
    """Lines of at most 75 octets; what is cut goes on after a space."""
    part, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LINE:
            yield part
            part, size = " ", 1
        part += character
        size += width
    yield part
