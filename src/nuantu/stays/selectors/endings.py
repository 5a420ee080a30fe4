"""Whether the end of help was asked for and approved."""

from nuantu.stays.models import Ending, Stay


def last_ending(stay: Stay) -> Ending | None:
    """What was asked last."""
    return Ending.objects.filter(stay=stay).order_by("-pk").first()


def approved_ending(stay: Stay) -> Ending | None:
    """The approval in force: the last answer, where it was one."""
    last = last_ending(stay)
    return last if last is not None and last.state == Ending.State.APPROVED else None
