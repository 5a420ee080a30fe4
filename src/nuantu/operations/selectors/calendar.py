"""Duties and seasons as iCalendar feeds, without names, places or conditions of people (RFC 5545)."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from nuantu.operations.models import Duty
from nuantu.operations.selectors.season_calendar import Season

LINE = 75
MOST = 500


def feed(duties: Iterable[Duty], *, name: str, at: datetime, host: str) -> str:
    """The text of the feed: one event at each deadline, with an alarm when its clock turns amber."""
    events = (line for duty in duties for line in _event(duty, at, host))
    return _calendar(events, name=name)


def season_feed(season: Season, *, name: str, at: datetime, host: str) -> str:
    """The text of the feed of a season: whole days for its phases and dated promises."""
    events = [
        *(_days(band.first, band.last, band.label, "", at, host) for band in season.bands),
        *(
            _days(entry.day, entry.day, f"{entry.plan} {entry.label}", entry.clause, at, host)
            for entry in season.entries
        ),
    ]
    return _calendar((line for event in events for line in event), name=name)


def _calendar(events: Iterable[str], *, name: str) -> str:
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Nuantu//duties//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_escaped(name)}",
        "X-WR-TIMEZONE:Asia/Shanghai",
        "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
        *events,
        "END:VCALENDAR",
    ]
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


def _days(first: date, last: date, label: str, clause: str, at: datetime, host: str) -> list[str]:
    """An event of whole days; its end is the day after, as RFC 5545 3.6.1 has it."""
    name = hashlib.sha256(f"{first}|{label}|{clause}".encode()).hexdigest()[:32]
    basis = _("依据：%(basis)s") % {"basis": clause}
    return [
        "BEGIN:VEVENT",
        f"UID:{name}@{host}",
        f"DTSTAMP:{_utc(at)}",
        f"DTSTART;VALUE=DATE:{first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(label)}",
        *([f"DESCRIPTION:{_escaped(basis)}"] if clause else []),
        "TRANSP:TRANSPARENT",
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
