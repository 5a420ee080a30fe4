"""No team can come in time: the nearest relief point helps first, guided by phone (P1-45)."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.dispatch.models import RemoteGuidance, Tip
from nuantu.dispatch.rules.words import one_line, tidy
from nuantu.dispatch.selectors.rulings import basis_of, guidance_ruling
from nuantu.dispatch.services.rows import write_for, write_line

DEFAULT_BASIS = "P1-45"


class GuidanceRefused(Refusal):
    """The point was asked already, has answered already, or nothing was said to it."""


def ask_relief_point(
    *,
    actor: Actor,
    at: datetime,
    tip: Tip,
    point_id: UUID,
    point_name: str,
    point_phone: str,
    minutes: int | None,
    guidance: str,
) -> RemoteGuidance:
    """Write down that a relief point was asked by phone to give first help, and what it was told.

    Raises GuidanceRefused when it was asked already or nothing is said.
    """
    words = tidy(guidance)[:500]
    if not words:
        raise GuidanceRefused(_("请写明电话里怎么指导。"), field="guidance")
    ruling = guidance_ruling(tip.division_code, at)
    with write_for(actor, tip.owner_org):
        row = Tip.objects.select_for_update().get(pk=tip.pk)
        if row.state == Tip.State.CLOSED:
            raise GuidanceRefused(_("这条线索已经办结。"))
        if row.guidances.filter(point_id=point_id, state__in=("asked", "helping")).exists():
            raise GuidanceRefused(_("已经请过 %(name)s。") % {"name": point_name})
        guidance_row = RemoteGuidance.objects.create(
            tip=row,
            point_id=point_id,
            point_name=point_name,
            point_phone=point_phone,
            minutes=minutes,
            guidance=words,
            basis=basis_of(ruling) if ruling else DEFAULT_BASIS,
            asked_at=at,
            asked_by=actor.name,
        )
        write_line(
            verb="dispatch.guidance.ask",
            actor=actor,
            at=at,
            tip=row,
            summary=f"请{point_name}在电话指导下先行救助",
            basis=guidance_row.basis,
            changes={"point": point_name, "guidance": words},
        )
    return guidance_row


def answer_guidance(
    *, actor: Actor, at: datetime, guidance: RemoteGuidance, state: str, answer: str = ""
) -> RemoteGuidance:
    """Write down what the relief point says: it is helping, has helped, or cannot go.

    What it said before stands until it says something new. Raises GuidanceRefused for an answer
    that leads nowhere.
    """
    before = {"helping": ("asked",), "helped": ("asked", "helping"), "cannot": ("asked", "helping")}
    if state not in before:
        raise GuidanceRefused(_("请选择救助点的答复。"), field="state")
    tip, words = guidance.tip, one_line(answer)[:300] or guidance.answer
    with write_for(actor, tip.owner_org):
        changed = RemoteGuidance.objects.filter(pk=guidance.pk, state__in=before[state]).update(
            state=state, answer=words, answered_at=at
        )
        guidance.refresh_from_db()
        if not changed:
            raise GuidanceRefused(
                _("这个救助点已经答复：%(state)s。") % {"state": guidance.get_state_display()}
            )
        write_line(
            verb="dispatch.guidance.answer",
            actor=actor,
            at=at,
            tip=tip,
            summary=f"{guidance.point_name}：{stored(guidance.get_state_display)}",
            changes={"state": state, "answer": guidance.answer},
        )
    return guidance
