"""The promises that hang on a tip."""

from nuantu.dispatch.models import Tip
from nuantu.operations.models import Duty

ARRIVE = "dispatch.arrive"


def arrivals(tip: Tip) -> list[Duty]:
    """Every promise of arrival, newest first: one per round, a reopened tip has a new one."""
    return list(
        Duty.objects.filter(subject_kind="tip", subject_id=tip.public_id, kind=ARRIVE).order_by(
            "-opened_at", "-pk"
        )
    )


def open_arrival(tip: Tip) -> Duty | None:
    """The promise of arrival that still runs."""
    return (
        Duty.objects.filter(
            subject_kind="tip", subject_id=tip.public_id, kind=ARRIVE, state=Duty.State.OPEN
        )
        .order_by("-opened_at")
        .first()
    )
