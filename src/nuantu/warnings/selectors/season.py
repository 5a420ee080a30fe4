"""When warnings held, as bars in the season calendar."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.selectors.bands import places_said
from nuantu.operations.selectors.months import Band
from nuantu.planbook import deadlines
from nuantu.warnings.models import Coverage
from nuantu.warnings.rules.vocabulary import english_name
from nuantu.warnings.selectors.geography import division_name
from nuantu.warnings.selectors.naming import warning_url

HELD = (Coverage.Phase.IN_FORCE, Coverage.Phase.AWAITING, Coverage.Phase.ENDED)


def warning_bands(
    actor: Actor, near: Sequence[str], prefix: str, first: date, last: date
) -> Iterator[Band]:
    """One bar for each kind of warning and colour while it held anywhere among the divisions.

    A message that only repeats another lengthens its bar. One query.
    """
    if not actor.may("warnings.warning.read"):
        return
    wanted = Q(division_code__in=near)
    if prefix:
        wanted |= Q(division_code__startswith=prefix)
    rows = (
        Coverage.objects.filter(wanted, phase__in=HELD)
        .filter(began_at__lte=deadlines.end_of(last))
        .filter(Q(ended_at=None) | Q(ended_at__gte=deadlines.start_of(first)))
        .exclude(end=Coverage.End.STALE)
        .select_related("warning")
        .order_by("began_at", "pk")
    )
    kinds: defaultdict[tuple[str, str], list[Coverage]] = defaultdict(list)
    for row in rows:
        kinds[row.warning.event_name, row.warning.colour].append(row)
    for found in kinds.values():
        for stretch in _stretches(found):
            yield _band(stretch)


def _days(row: Coverage) -> tuple[date, date]:
    begins = deadlines.local_day(row.began_at)
    ends = deadlines.local_day(row.ended_at) if row.ended_at else clock.today()
    return begins, max(begins, ends)


def _stretches(rows: Iterable[Coverage]) -> Iterator[list[Coverage]]:
    """Rows in the order of their beginning, cut where a whole day lies between."""
    found: list[Coverage] = []
    last = date.min
    for row in rows:
        begins, ends = _days(row)
        if found and begins > last + timedelta(days=1):
            yield found
            found = []
        found.append(row)
        last = max(last, ends) if len(found) > 1 else ends
    if found:
        yield found


def _band(rows: Sequence[Coverage]) -> Band:
    newest = rows[-1].warning
    codes = {row.division_code for row in rows}
    where = division_name(codes.pop()) if len(codes) == 1 else places_said(len(codes))
    is_single = len({row.warning_id for row in rows}) == 1
    name = newest.event_name
    if (get_language() or "").startswith("en"):
        name = english_name(name)
    said = (
        _("%(event)s%(colour)s预警 · %(where)s")
        if newest.colour
        else _("%(event)s预警 · %(where)s")
    )
    words = {
        "event": name,
        "colour": newest.get_colour_display() if newest.colour else "",
        "where": where,
    }
    return Band(
        first=min(_days(row)[0] for row in rows),
        last=max(_days(row)[1] for row in rows),
        label=said % words,
        url=warning_url(newest.public_id) if is_single else reverse("warnings:register"),
        kind=f"warn-{newest.colour}" if newest.colour else "raised",
    )
