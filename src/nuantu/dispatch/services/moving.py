"""A tip changes hands when another organisation accepts it."""

from uuid import UUID

from nuantu.core import live
from nuantu.dispatch.models import Tip
from nuantu.operations.models import Duty


def move_tips(public_id: UUID, case_id: UUID | None, new_owner: str) -> None:
    """Give a tip that was handed over to its new owner, with its open promises.

    A case that moves leaves its tips where they are: who took a tip answers for it. Called by an
    accepted hand-over, in its transaction and under its system scope.
    """
    for tip in Tip.objects.filter(public_id=public_id).select_for_update():
        before, tip.owner_org = tip.owner_org, new_owner
        tip.save(update_fields=["owner_org"])
        Duty.objects.filter(
            subject_kind="tip", subject_id=tip.public_id, state=Duty.State.OPEN
        ).update(owner_org=new_owner)
        for owner in (before, new_owner):
            live.hint("tips", tip.division_code, owner)
