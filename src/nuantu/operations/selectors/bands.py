"""What lasts in a season calendar beside the plans: raised levels, and what other packages know."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, ngettext

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.operations.models import LevelState
from nuantu.operations.selectors.months import Band
from nuantu.planbook import deadlines
from nuantu.planbook.levels import DEFAULT_LEVELS, NORMAL

# the reader, divisions by code, the prefix of those below ('' for none), first and last day
BandSource = Callable[[Actor, Sequence[str], str, date, date], Iterable[Band]]
_sources: list[BandSource] = []


def register_bands(source: BandSource) -> None:
    """Called from apps.ready() of a package that knows of something that lasts (a warning)."""
    if source not in _sources:
        _sources.append(source)


def other_bands(
    actor: Actor, near: Sequence[str], prefix: str, *, first: date, last: date
) -> tuple[Band, ...]:
    """What other packages show in the calendar of some divisions, as far as the actor may see."""
    return tuple(band for source in _sources for band in source(actor, near, prefix, first, last))


def level_bands(near: Iterable[str], prefix: str, *, first: date, last: date) -> tuple[Band, ...]:
    """The days on which a level was raised, in some divisions and below a prefix; one query."""
    wanted = Q(division_id__in=list(near))
    if prefix:
        wanted |= Q(division__code__startswith=prefix)
    by_place: defaultdict[str, list[LevelState]] = defaultdict(list)
    states = LevelState.objects.filter(wanted, since__lte=deadlines.end_of(last))
    for state in states.select_related("division").order_by("division_id", "since", "pk"):
        by_place[state.division_id].append(state)
    raised: defaultdict[tuple[str, date, date], list[LevelState]] = defaultdict(list)
    for line in by_place.values():
        for state, begins, ends in _held(line):
            if ends >= first and begins <= last:
                raised[state.level, begins, ends].append(state)
    return tuple(_level_band(key, found) for key, found in sorted(raised.items()))


def _held(line: Sequence[LevelState]) -> Iterator[tuple[LevelState, date, date]]:
    """The raised levels of one division with their first and last day."""
    today = clock.today()
    for state, following in pairwise([*line, None]):
        if state is None or state.level == NORMAL.code:
            continue
        begins = deadlines.local_day(state.since)
        if following is not None:
            ends = deadlines.local_day(following.since)
        else:
            ends = max(today, deadlines.local_day(state.until)) if state.until else today
        yield state, begins, max(begins, ends)


def _level_band(key: tuple[str, date, date], states: Sequence[LevelState]) -> Band:
    code, first, last = key
    language = get_language() or ""
    named = {level.code: level.label.said_in(language) for level in DEFAULT_LEVELS}
    count = len(states)
    where = states[0].division.name if count == 1 else places_said(count)
    url = reverse("operations:level", args=[states[0].division_id])
    kind = "extreme" if code == DEFAULT_LEVELS[-1].code else "raised"
    return Band(first, last, f"{named.get(code, code)} · {where}", url, kind)


def places_said(count: int) -> str:
    """A number of divisions in words."""
    return ngettext("%(n)s个地区", "%(n)s个地区", count) % {"n": count}
