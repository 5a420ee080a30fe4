"""The answer to whoever asks for tracks that are no more, as a numbered paper."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.utils.translation import override

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.encounters.selectors.papers import of_person
from nuantu.homeward.models import KeyEnd, TrackKey, Wearer
from nuantu.papers.rules.kinds import Row, Values
from nuantu.papers.selectors import kinds

ANSWER: Final = "track_answer"


def feed_papers() -> None:
    """Tell `papers` who fills the answer."""
    kinds.feed(ANSWER, subject_kind="wearer", gather=answer_values, offers=_destroyed_of)


def _destroyed_of(case_id: UUID) -> Iterable[UUID]:
    gone = TrackKey.objects.filter(wearer__case_id=case_id).exclude(destroyed_at=None)
    return list(gone.order_by().values_list("wearer__public_id", flat=True).distinct())


def answer_values(actor: Actor, wearer: Wearer, at: datetime) -> Values:
    """Whose tracks, which months are gone, when, why and by which key; which months are still there. No place."""
    keys = list(wearer.track_keys.order_by("month_date", "pk"))
    kept = [f"{key.month_date:%Y-%m}" for key in keys if key.destroyed_at is None]
    with override("zh-hans"):
        return {
            "name": of_person(wearer.person, at)["name"],
            "wearer_number": wearer.number,
            "destroyed": [_gone(key) for key in keys if key.destroyed_at is not None],
            "kept": "、".join(kept) or "没有",
            "term": f"{wearer.term_days}天",
        }


def _gone(key: TrackKey) -> Row:
    moment = clock.local(key.destroyed_at) if key.destroyed_at else None
    return {
        "month": f"{key.month_date:%Y-%m}",
        "count": str(key.fix_count),
        "destroyed_on": f"{moment:%Y-%m-%d %H:%M}",
        "why": str(KeyEnd(key.destroyed_why).label),
        "digest": key.key_digest,
    }
