"""The only door to tips and runs: what somebody else holds looks like what is not there.

Row-level security has already hidden the rows of others; here the permission is checked, and for
the public the receipt.
"""

from uuid import UUID

from django.http import Http404

from nuantu.accounts.rules.divisions import short_code
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.models import StoredFile
from nuantu.dispatch.models import (
    Dispatch,
    Notice,
    OrderedNotice,
    RemoteGuidance,
    Tip,
    TipLink,
    TipPhoto,
)
from nuantu.dispatch.selectors.receipts import tip_of_receipt
from nuantu.operations.models import Team, TeamMember
from nuantu.patrols.selectors.spots import Waiting

READ, TAKE, MARK, CLOSE = (
    "dispatch.tip.read",
    "dispatch.tip.take",
    "dispatch.tip.mark",
    "dispatch.tip.close",
)
LINK, NOTICE, EXPORT = "dispatch.link.decide", "dispatch.notice.record", "dispatch.tip.export"
REVEAL, BOARD = "dispatch.reporter.reveal", "dispatch.board.read"
ASSIGN, CARRY = "dispatch.run.assign", "dispatch.run.carry"
ORDER, ORDER_RECORD = "dispatch.order.read", "dispatch.order.record"
MOST_WAITING = 50


def answers_for(actor: Actor, tip: Tip) -> bool:
    """Whether the tip is the actor's to decide on: his organisation holds it, or he oversees it.

    An organisation that only sent a team sees the tip; who reported it, what is urgent about it
    and how it ends is for those who hold it.
    """
    oversees = bool(actor.prefix) and tip.division_code.startswith(actor.prefix)
    return actor.is_system or tip.owner_org == actor.org_code or oversees


def tip_for(actor: Actor, public_id: UUID, permission: str = READ) -> Tip:
    """A tip the actor may see and, with another permission, decide on. Raises Http404."""
    tip = Tip.objects.filter(public_id=public_id).first()
    if tip is None or not (actor.may(READ) and actor.may(permission)):
        raise Http404
    if permission != READ and not answers_for(actor, tip):
        raise Http404
    return tip


def waiting_for(actor: Actor, division_code: str) -> list[Waiting]:
    """The tips of a division with a point that nobody has, for whoever may read tips; the newest
    first."""
    if not actor.may(READ):
        return []
    rows = Tip.objects.filter(state=Tip.State.NEW).exclude(lat=None).exclude(lon=None)
    found = rows.filter(division_code__startswith=short_code(division_code))
    return [
        Waiting(
            str(tip.public_id),
            tip.place_text,
            tip.lat,
            tip.lon,
            None if tip.arrived_at else tip.due_at,
        )
        for tip in found.order_by("-received_at")[:MOST_WAITING]
        if tip.lat is not None and tip.lon is not None
    ]


def tip_of_code(typed: str) -> Tip:
    """The tip of a receipt code, for anybody who has it. Raises Http404."""
    tip = tip_of_receipt(typed)
    if tip is None:
        raise Http404
    return tip


def run_for(actor: Actor, public_id: UUID, permission: str = READ) -> Dispatch:
    """A run the actor may see. Raises Http404."""
    run = Dispatch.objects.select_related("tip", "team").filter(public_id=public_id).first()
    if run is None or not (actor.may(READ) and actor.may(permission)):
        raise Http404
    return run


def carried_run_for(actor: Actor, public_id: UUID) -> Dispatch:
    """A run whose steps the actor may press: his own team's, or any for a dispatcher (by radio).

    Raises Http404.
    """
    run = run_for(actor, public_id)
    is_own = (
        actor.may(CARRY)
        and TeamMember.objects.filter(team_id=run.team_id, user__public_id=actor.public_id).exists()
    )
    if not (is_own or actor.may(ASSIGN)):
        raise Http404
    return run


def sendable_team_for(actor: Actor, public_id: UUID) -> Team:
    """A team that the actor may send. Raises Http404."""
    team = Team.objects.filter(public_id=public_id, is_active=True).first()
    if team is None or not actor.may(ASSIGN):
        raise Http404
    return team


def notice_for(actor: Actor, public_id: UUID) -> Notice:
    """A notice to record. Raises Http404."""
    notice = Notice.objects.select_related("tip").filter(public_id=public_id).first()
    if notice is None or not (actor.may(NOTICE) and answers_for(actor, notice.tip)):
        raise Http404
    return notice


def may_record(actor: Actor, row: OrderedNotice) -> bool:
    """Whether the actor answers for this order: his organisation holds it, or he oversees the place."""
    oversees = bool(actor.prefix) and row.division_code.startswith(actor.prefix)
    is_ours = actor.is_system or row.owner_org == actor.org_code or oversees
    return is_ours and actor.may(ORDER_RECORD)


def step_for(actor: Actor, public_id: UUID, permission: str = ORDER) -> OrderedNotice:
    """A place in an order, to read or to record. Raises Http404."""
    rows = OrderedNotice.objects.select_related("tip", "of_case__person")
    row = rows.filter(public_id=public_id).first()
    if row is None or not actor.may(ORDER):
        raise Http404
    if permission == ORDER_RECORD and not may_record(actor, row):
        raise Http404
    return row


def link_for(actor: Actor, public_id: UUID) -> TipLink:
    """A pair of tips to decide on; both must be visible. Raises Http404."""
    link = TipLink.objects.select_related("earlier", "later").filter(public_id=public_id).first()
    if link is None or not actor.may(LINK):
        raise Http404
    if not (answers_for(actor, link.earlier) or answers_for(actor, link.later)):
        raise Http404
    return link


def guidance_for(actor: Actor, public_id: UUID) -> RemoteGuidance:
    """A request to a relief point. Raises Http404."""
    guidance = RemoteGuidance.objects.select_related("tip").filter(public_id=public_id).first()
    if guidance is None or not (actor.may(ASSIGN) and answers_for(actor, guidance.tip)):
        raise Http404
    return guidance


def photo_for(actor: Actor, public_id: UUID) -> StoredFile:
    """The file of a tip's photo. Raises Http404."""
    photo = TipPhoto.objects.filter(public_id=public_id).first()
    if photo is None or not actor.may(READ):
        raise Http404
    with scope.system("a team of another organisation sees the photo of the tip it was sent for"):
        return StoredFile.objects.get(pk=photo.file_id)
