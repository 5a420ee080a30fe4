"""Fixes come in: who wears it, on which consent, what it means; kept and judged in steps, each a transaction.

Whoever sends learns only how many were taken: an unknown wristband, one that nobody wears and one without
consent look alike.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from django.db.models import F

from nuantu.core import scope
from nuantu.core.together import together
from nuantu.homeward.models import Wristband
from nuantu.homeward.rules import clocks
from nuantu.homeward.rules.fixes import Fix
from nuantu.homeward.rules.watching import Change, hear, hear_again, note_clock
from nuantu.homeward.selectors.watched import Band, Watched, bands_of, hashes_of, watched
from nuantu.homeward.services.alarms import apply_changes, release
from nuantu.homeward.services.keeping import Row, keep_last, keep_positions, known_before
from nuantu.homeward.services.keys import keys_for
from nuantu.homeward.services.purging import month_of

STEP: Final = 500
MOST: Final = 20_000
WHY: Final = "a wristband tells where it is, whoever looks"


@dataclass(frozen=True, slots=True)
class Taken:
    """How many fixes were kept, and how many were not: for any reason, which is not told."""

    taken: int = 0
    left: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        return Taken(self.taken + other.taken, self.left + other.left)


@dataclass(slots=True)
class _Delivery:
    """What one step makes of its fixes."""

    at: datetime
    rows: list[Row] = field(default_factory=list)
    changes: list[tuple[Watched, Change]] = field(default_factory=list)
    heard: dict[int, Watched] = field(default_factory=dict)
    unstored: "Counter[int]" = field(default_factory=Counter)
    left: int = 0


def take_fixes(*, fixes: Sequence[Fix], owner_org: str, at: datetime) -> Taken:
    """Keep and judge what a wristband or a gateway of an organisation tells at a moment.

    What stands there already is not kept again and raises nothing again.
    """
    total = Taken()
    for start in range(0, len(fixes), STEP):
        with scope.system(WHY), together():
            total += _take(fixes[start : start + STEP], owner_org, at)
    return total


def _take(fixes: Sequence[Fix], owner_org: str, at: datetime) -> Taken:
    delivery = _Delivery(at)
    hashes = hashes_of(fix.device for fix in fixes)
    bands = bands_of(list(hashes.values()), owner_org)
    told = _by_wearer(fixes, hashes, bands, delivery)
    wearers = watched(sorted(told), at)
    readings = {pk: _readings(wearers[pk], told[pk], delivery) for pk in wearers}
    known = known_before(
        (pk, fix.at)
        for pk, found in readings.items()
        for fix, _verdict in found
        if _is_before(fix.at, wearers[pk].state.at)
    )
    for pk, found in readings.items():
        _judge(wearers[pk], [one for one in found if (pk, one[0].at) not in known], delivery)
    _keep(wearers, delivery)
    _count_unstored(delivery)
    return Taken(len(delivery.rows), len(fixes) - len(delivery.rows))


def _is_before(moment: datetime, newest: datetime | None) -> bool:
    """Whether a fix may stand there already."""
    return newest is not None and moment <= newest


def _by_wearer(
    fixes: Sequence[Fix], hashes: dict[str, str], bands: dict[str, Band], delivery: _Delivery
) -> dict[int, list[tuple[Fix, Band]]]:
    told: dict[int, list[tuple[Fix, Band]]] = defaultdict(list)
    for fix in fixes:
        band = bands.get(hashes[fix.device])
        if band is None:
            continue
        if band.wearer is None:
            delivery.unstored[band.pk] += 1
        else:
            told[band.wearer].append((fix, band))
    return told


def _readings(
    one: Watched, told: Sequence[tuple[Fix, Band]], delivery: _Delivery
) -> list[tuple[Fix, str]]:
    """The fixes that are his and may be kept, in the order of time, each moment once, with what its clock says."""
    found: dict[datetime, tuple[Fix, str]] = {}
    if not one.may_locate:
        delivery.unstored.update(band.pk for _fix, band in told)
        return []
    newest = clocks.RIGHT
    for fix, band in sorted(told, key=lambda pair: pair[0].at):
        newest, moment = clocks.judge(fix.at, delivery.at)
        is_his = band.given_at is not None and moment >= band.given_at
        is_young = delivery.at - moment < one.term
        if is_his and is_young and newest not in (clocks.FUTURE, clocks.OLD):
            found.setdefault(moment, (replace(fix, at=moment), newest))
        elif not is_his:
            delivery.unstored[band.pk] += 1
    delivery.heard[one.pk] = one
    if one.watch.may_judge and newest != clocks.OLD:
        one.state, changes = note_clock(one.state, newest, delivery.at)
        delivery.changes += [(one, change) for change in changes]
    return [found[moment] for moment in sorted(found)]


def _judge(one: Watched, found: Sequence[tuple[Fix, str]], delivery: _Delivery) -> None:
    for fix, verdict in found:
        one.state, changes, is_jump = hear(one.state, fix, delivery.at, one.watch)
        delivery.changes += [(one, change) for change in changes]
        if fix.has_place:
            is_ahead = verdict == clocks.AHEAD
            delivery.rows.append(Row(one.pk, fix, is_jump=is_jump, is_set_right=is_ahead))
    if not found and one.pk in delivery.heard:
        one.state, changes = hear_again(one.state, delivery.at, one.watch)
        delivery.changes += [(one, change) for change in changes]


def _keep(wearers: dict[int, Watched], delivery: _Delivery) -> None:
    heard = [wearers[pk] for pk in sorted(delivery.heard)]
    wanted = {(row.wearer, month_of(row.fix.at)) for row in delivery.rows}
    wanted |= {(one.pk, _state_month(one)) for one in heard if one.state.at}
    keys = keys_for(wanted, wearers, delivery.at) if wanted else {}
    keep_positions(delivery.rows, keys, delivery.at)
    keep_last(heard, {one.pk: keys.get((one.pk, _state_month(one))) for one in heard})
    apply_changes(delivery.changes, at=delivery.at)
    release(at=delivery.at, wearers=[one.pk for one in heard])


def _state_month(one: Watched) -> date:
    """What is remembered ends with the newest fix it comes from."""
    return month_of(one.state.at) if one.state.at else date.min


def _count_unstored(delivery: _Delivery) -> None:
    """A number and a moment are kept of what nobody agreed to, and nothing else."""
    for band, count in sorted(delivery.unstored.items()):
        Wristband.objects.filter(pk=band).update(
            unstored_count=F("unstored_count") + count, unstored_at=delivery.at
        )
