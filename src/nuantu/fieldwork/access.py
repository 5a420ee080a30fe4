"""The door from a request to a phone, and to what it sent.

A phone proves itself by its token; people see their own phones, the desk those of its organisation.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.fields import keyed_hash
from nuantu.fieldwork.models import FieldDevice, ReviewCard
from nuantu.fieldwork.models.devices import GOES_OUT
from nuantu.fieldwork.rules.commands import MEDICAL
from nuantu.stays.access import CARE, MEDICINE

READ, ENROL = "fieldwork.device.read", GOES_OUT
MANAGE = "fieldwork.device.manage"
REVIEW, DECIDE = "fieldwork.review.read", "fieldwork.review.decide"
WORDS: Mapping[str, Promise] = {
    "unknown": _("这部手机没有登记，请重新登录登记。"),
    "expired": _("这部手机的登记已到期，请重新登录登记。"),
    "revoked": _("这部手机已被收回，请联系值班台。"),
}


class NotThisDevice(Refusal):
    """A token that opens nothing; `code` says why: unknown, expired or revoked."""

    def __init__(self, code: str) -> None:
        super().__init__(WORDS[code])
        self.code = code


def self_of(actor: Actor, team: str) -> dict[str, object]:
    """Who somebody is, as his phone or the station's tablet is told; `team` empty for none."""
    return {
        "id": actor.public_id,
        "name": actor.name,
        "team": team,
        "may_care": actor.may(CARE),
        "may_dose": actor.may(MEDICINE),
    }


def token_hash(token: str) -> str:
    """The keyed hash by which a device is found."""
    return keyed_hash(f"field:{token}")


def device_of(header: str) -> FieldDevice:
    """The phone behind `Authorization: Field <token>`, ended or not. Raises NotThisDevice."""
    kind, _space, token = header.partition(" ")
    if kind.lower() != "field" or not token.strip():
        raise NotThisDevice("unknown")
    with scope.system("a phone proves itself by its token before there is a scope"):
        rows = FieldDevice.objects.select_related("user__organisation__division")
        found = rows.filter(token_hash=token_hash(token.strip())).first()
    if found is None:
        raise NotThisDevice("unknown")
    return found


def devices_for(actor: Actor) -> QuerySet[FieldDevice]:
    """The phones this actor may see: his own, for the desk those of its organisation and area."""
    rows = FieldDevice.objects.select_related("user").order_by("-recorded_at", "-pk")
    if actor.may(MANAGE):
        return rows
    return rows.filter(user__public_id=actor.public_id) if actor.may(READ) else rows.none()


def device_for(actor: Actor, public_id: UUID) -> FieldDevice:
    """A phone this actor may see, and revoke. Raises Http404."""
    found = devices_for(actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def own_device_for(actor: Actor, public_id: UUID) -> FieldDevice:
    """The actor's own phone, ended or not; nobody else's, whatever his role. Raises Http404."""
    found = devices_for(actor).filter(public_id=public_id, user__public_id=actor.public_id)
    if (device := found.first()) is None:
        raise Http404
    return device


def cards_for(actor: Actor) -> QuerySet[ReviewCard]:
    """The review cards of the actor's organisation and area: a dose and vital signs for whoever may
    read them, to whom no desk belongs nothing else."""
    rows = ReviewCard.objects.select_related("command__device__user")
    if not actor.may(REVIEW):
        return rows.none()
    if not actor.may(MEDICINE):
        return rows.exclude(command__kind__in=MEDICAL)
    return rows if actor.may(MANAGE) else rows.filter(command__kind__in=MEDICAL)


def card_for(actor: Actor, public_id: UUID, permission: str = REVIEW) -> ReviewCard:
    """A review card the actor may see and, with another permission, decide. Raises Http404."""
    found = cards_for(actor).filter(public_id=public_id).first()
    if found is None or (permission == DECIDE and not may_decide(actor, found)):
        raise Http404
    return found


def may_decide(actor: Actor, card: ReviewCard) -> bool:
    """Whether the actor may decide a card: only in the organisation whose phone it is; who oversees it
    reads."""
    return actor.may(DECIDE) and card.owner_org == actor.org_code
