"""Somebody found in a sweep becomes a tip, so that a team is sent."""

from datetime import datetime

from django.db import transaction

from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject
from nuantu.dispatch.models import Tip
from nuantu.dispatch.rules.reports import Position, Report
from nuantu.dispatch.services.intake import take_tip
from nuantu.patrols.models import SweepFind
from nuantu.patrols.services import note_find


def take_find(*, actor: Actor, at: datetime, find: SweepFind) -> Tip:
    """Take a find of a sweep as a tip of the community; pressed twice it is one.

    Raises the refusals of `take_tip`.
    """
    has_point = find.lat is not None and find.lon is not None
    report = Report(
        place_text=find.place,
        seen_text=find.note,
        channel=Tip.Channel.COMMUNITY,
        position=Position(find.lat or 0.0, find.lon or 0.0, source="gps") if has_point else None,
        division_code=find.report.area.division_code,
        is_position_confirmed=True,
        happened_at=find.found_at,
        idempotency_key=f"find:{find.public_id}",
    )
    with transaction.atomic():
        tip = take_tip(actor=actor, at=at, report=report).tip
        note_find(actor=actor, at=at, find=find, led_to=Subject("tip", tip.public_id), case_id=None)
    return tip
