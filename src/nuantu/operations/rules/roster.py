"""Gaps in the watch roster: stretches in which a post is held by fewer people than the plan asks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

DAY = timedelta(days=1)
STATION_POSTS: Final = frozenset({"hotline", "reception", "vehicle"})
"""Posts that only a rescue station mans (P1-29 to P1-31); every office has leader and watch."""


def is_manned_by(post: str, *, is_station: bool) -> bool:
    """Whether an office of this kind owes the post."""
    return is_station or post not in STATION_POSTS


@dataclass(frozen=True, slots=True)
class Watch:
    """One person on one post from a moment to a moment."""

    post: str
    person: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch in which a post lacks people."""

    post: str
    starts_at: datetime
    ends_at: datetime
    missing: int


@dataclass(frozen=True, slots=True)
class Clash:
    """One person on two posts at once, the later watch first."""

    person: str
    posts: tuple[str, str]
    starts_at: datetime
    ends_at: datetime


def gaps(
    watches: Iterable[Watch], *, post: str, count: int, begins: datetime, ends: datetime
) -> list[Gap]:
    """The stretches between two moments in which fewer than ``count`` people hold the post.

    Neighbouring stretches with the same lack are joined.
    """
    manned = [w for w in watches if w.post == post and w.starts_at < ends and w.ends_at > begins]
    edges = {begins, ends}
    edges |= {max(begins, watch.starts_at) for watch in manned}
    edges |= {min(ends, watch.ends_at) for watch in manned}
    moments = sorted(edges)
    found: list[Gap] = []
    for start, stop in pairwise(moments):
        held = sum(1 for w in manned if w.starts_at <= start and w.ends_at >= stop)
        lack = count - held
        if lack <= 0:
            continue
        if found and found[-1].ends_at == start and found[-1].missing == lack:
            found[-1] = Gap(post, found[-1].starts_at, stop, lack)
        else:
            found.append(Gap(post, start, stop, lack))
    return found


def joined(found: Iterable[Gap]) -> list[Gap]:
    """Gaps of single days as one where a night goes over midnight, the nearest first; days that
    are empty from end to end stay apart."""
    whole: list[Gap] = []
    for gap in sorted(found, key=lambda gap: (gap.post, gap.starts_at)):
        before = whole[-1] if whole else None
        if before and _goes_on(before, gap):
            whole[-1] = Gap(gap.post, before.starts_at, gap.ends_at, gap.missing)
        else:
            whole.append(gap)
    return sorted(whole, key=lambda gap: gap.starts_at)


def _goes_on(before: Gap, gap: Gap) -> bool:
    is_next = (before.post, before.ends_at, before.missing) == (
        gap.post,
        gap.starts_at,
        gap.missing,
    )
    return is_next and max(before.ends_at - before.starts_at, gap.ends_at - gap.starts_at) < DAY


def clashes(watches: Sequence[Watch]) -> list[Clash]:
    """Where one person holds two posts at the same time."""
    found = []
    ordered = sorted(watches, key=lambda watch: watch.starts_at)
    for number, first in enumerate(ordered):
        for second in ordered[number + 1 :]:
            if second.starts_at >= first.ends_at:
                break
            if second.person == first.person:
                found.append(
                    Clash(
                        first.person,
                        (second.post, first.post),
                        second.starts_at,
                        min(first.ends_at, second.ends_at),
                    )
                )
    return found
