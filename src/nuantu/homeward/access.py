"""The only door from a request to a wearer, a wristband or an alarm; outsiders get not-found."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet
from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.homeward.models import (
    Alarm,
    Consent,
    Fence,
    Gateway,
    LedgerAlert,
    LedgerEntry,
    LedgerHelp,
    Settlement,
    SettlementClaim,
    TrackKey,
    Wearer,
    Wristband,
)
from nuantu.homeward.models.return_choices import State
from nuantu.homeward.models.returns import Escort, ReturnPlan
from nuantu.homeward.models.stations import StationContact
from nuantu.homeward.rules.settling import OF_BUREAU
from nuantu.stays import access as stays
from nuantu.stays.models import Stay

READ, WRITE = "homeward.wearer.read", "homeward.wearer.write"
TRACK, EXPORT = "homeward.track.read", "homeward.wearer.export"
LEDGER_READ, LEDGER_WRITE = "homeward.ledger.read", "homeward.ledger.write"
LEDGER_EXPORT, LEDGER_ANSWER = "homeward.ledger.export", "homeward.ledger.answer"
FIGURES = stays.FIGURES
SETTLE_READ, SETTLE_WRITE = "homeward.settlement.read", "homeward.settlement.write"
SETTLE_REVIEW, SETTLE_EXPORT = "homeward.settlement.review", "homeward.settlement.export"
ANSWER, STOCK, PROOF = "homeward.alarm.answer", "homeward.wristband.manage", "homeward.proof.read"
RETURN_READ, RETURN_WRITE = "homeward.return.read", "homeward.return.write"
RETURN_DECIDE, RETURN_EXPORT = "homeward.return.decide", "homeward.return.export"
BOOK_READ, BOOK_WRITE = "homeward.contact.read", "homeward.contact.write"
Row = TypeVar("Row", bound=Model)


def return_for(actor: Actor, public_id: UUID, permission: str = RETURN_READ) -> ReturnPlan:
    """A return plan of the actor's organisation or of one it oversees, else not found."""
    if actor.may(permission):
        rows = ReturnPlan.objects.select_related("person__photo", "taker_copy")
        found = rows.filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def return_to_change(actor: Actor, public_id: UUID, permission: str = RETURN_WRITE) -> ReturnPlan:
    """A return plan of the actor's own organisation; overseers get not-found."""
    found = return_for(actor, public_id, permission)
    if found.owner_org != actor.org_code:
        raise Http404
    return found


def contact_for(actor: Actor, public_id: UUID, permission: str = BOOK_READ) -> StationContact:
    """A line of the contact book of the actor's prefecture, else not found."""
    if actor.may(permission):
        found = StationContact.objects.filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def contact_to_change(actor: Actor, public_id: UUID) -> StationContact:
    """A line that the actor's own organisation keeps; others get not-found."""
    found = contact_for(actor, public_id, BOOK_WRITE)
    if found.owner_org != actor.org_code:
        raise Http404
    return found


def escorted_by(actor: Actor) -> QuerySet[ReturnPlan]:
    """The people on their way whom the actor goes along with."""
    rows = ReturnPlan.objects.filter(
        state__in=[State.UNDER_WAY, State.LOST], owner_org=actor.org_code
    )
    own = Escort.objects.filter(user__public_id=actor.public_id, dropped_at=None)
    return rows.filter(pk__in=own.values("plan")).select_related("person__photo")


def escorted_for(actor: Actor, public_id: UUID) -> ReturnPlan:
    """One of them, whatever else the actor may do; anybody else's is not found."""
    found = escorted_by(actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def wearer_for(actor: Actor, public_id: UUID, permission: str = READ) -> Wearer:
    """A wearer whom the actor's organisation looks after or oversees, else not found."""
    if actor.may(permission):
        found = Wearer.objects.select_related("person").filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def is_own(actor: Actor, row: Wearer | Wristband | Alarm | Gateway) -> bool:
    """Whether the actor's organisation holds it."""
    return row.owner_org == actor.org_code


def wearer_to_change(actor: Actor, public_id: UUID, permission: str = WRITE) -> Wearer:
    """A wearer whom the actor's own organisation looks after; overseers get not-found."""
    found = wearer_for(actor, public_id, permission)
    if not is_own(actor, found):
        raise Http404
    return found


def wearer_to_track(actor: Actor, public_id: UUID) -> Wearer:
    """A wearer whose track the actor may open for a purpose."""
    return wearer_to_change(actor, public_id, TRACK)


def fence_to_change(actor: Actor, public_id: UUID) -> Fence:
    """A fence of a wearer of the actor's own organisation."""
    found = Fence.objects.select_related("wearer__person").filter(public_id=public_id).first()
    if found is None or not actor.may(WRITE) or not is_own(actor, found.wearer):
        raise Http404
    return found


def consent_for(actor: Actor, public_id: UUID) -> Consent:
    """A consent of a wearer of the actor's own organisation."""
    rows = Consent.objects.select_related("wearer__person", "scan")
    found = rows.filter(public_id=public_id).first()
    if found is None or not actor.may(READ) or not is_own(actor, found.wearer):
        raise Http404
    return found


def alarm_for(actor: Actor, public_id: UUID) -> Alarm:
    """An alarm of a wearer whom the actor may see."""
    found = Alarm.objects.select_related("wearer__person").filter(public_id=public_id).first()
    if found is None or not actor.may(READ):
        raise Http404
    return found


def alarm_to_answer(actor: Actor, public_id: UUID) -> Alarm:
    """An alarm that the actor's own organisation has to answer."""
    found = alarm_for(actor, public_id)
    if not actor.may(ANSWER) or not is_own(actor, found):
        raise Http404
    return found


def band_for(actor: Actor, public_id: UUID) -> Wristband:
    """A wristband of the actor's own store."""
    found = Wristband.objects.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(STOCK):
        raise Http404
    return found


def gateway_for(actor: Actor, public_id: UUID) -> Gateway:
    """A gateway of the actor's own organisation."""
    found = Gateway.objects.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(STOCK):
        raise Http404
    return found


def proof_for(actor: Actor, public_id: UUID) -> TrackKey:
    """The key of a month of a wearer, for its certificate of deletion; only one that is destroyed."""
    found = TrackKey.objects.select_related("wearer__person").filter(public_id=public_id).first()
    if found is None or found.destroyed_at is None or not actor.may(PROOF):
        raise Http404
    return found


def entry_for(actor: Actor, public_id: UUID, permission: str = LEDGER_READ) -> LedgerEntry:
    """An entry of the actor's organisation or of a place it oversees, else not found."""
    if actor.may(permission):
        rows = LedgerEntry.objects.select_related("person__photo", "keeper")
        found = rows.filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def entry_to_change(actor: Actor, public_id: UUID) -> LedgerEntry:
    """An entry that the actor's own organisation keeps; overseers get not-found."""
    found = entry_for(actor, public_id, LEDGER_WRITE)
    if found.owner_org != actor.org_code:
        raise Http404
    return found


def help_to_change(actor: Actor, public_id: UUID) -> LedgerHelp:
    """A help of an entry that the actor's own organisation keeps."""
    rows = LedgerHelp.objects.select_related("entry__person", "entry__keeper")
    found = rows.filter(public_id=public_id).first()
    if found is None or not actor.may(LEDGER_WRITE) or found.entry.owner_org != actor.org_code:
        raise Http404
    return found


def alert_for(actor: Actor, public_id: UUID) -> LedgerAlert:
    """An alert to the actor's own organisation."""
    rows = LedgerAlert.objects.select_related("person__photo")
    found = rows.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(LEDGER_ANSWER):
        raise Http404
    return found


def stay_to_settle(actor: Actor, public_id: UUID) -> Stay:
    """A stay of the actor's own station whose guest may be settled."""
    rows = Stay.objects.select_related("person")
    found = rows.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(SETTLE_WRITE):
        raise Http404
    return found


def settlement_for(actor: Actor, public_id: UUID, permission: str = SETTLE_READ) -> Settlement:
    """A settlement of the actor's organisation or of a place it oversees; to write, of its own alone."""
    rows = Settlement.objects.select_related("person__photo", "stay")
    found = rows.filter(public_id=public_id).first()
    if found is None or not actor.may(permission):
        raise Http404
    if permission == SETTLE_WRITE and found.owner_org != actor.org_code:
        raise Http404
    return found


def settlement_to_step(actor: Actor, public_id: UUID) -> Settlement:
    """A settlement whose step is the actor's: review, plan and approval are the bureau's, the others the station's."""
    found = settlement_for(actor, public_id)
    if found.step in OF_BUREAU:
        return settlement_for(actor, public_id, SETTLE_REVIEW)
    return settlement_for(actor, public_id, SETTLE_WRITE)


def claim_for(actor: Actor, public_id: UUID) -> SettlementClaim:
    """A family's claim in a settlement of the actor's own station, for those who answer; its phone is in it."""
    rows = SettlementClaim.objects.select_related("settlement__person__photo")
    found = rows.filter(public_id=public_id, owner_org=actor.org_code).first()
    if found is None or not actor.may(SETTLE_WRITE):
        raise Http404
    return found
