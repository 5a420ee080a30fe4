"""Roll-call: who is there, who came back, who has gone and who must be looked for."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import files, journal, late, live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Absence, RollCall, RollMark, Search, Stay
from nuantu.stays.selectors.care.presence import absences_at, told_since
from nuantu.stays.selectors.care.searches import is_looked_for
from nuantu.stays.services.care.searching import end_search, raise_search
from nuantu.stays.services.lines import HINT
from nuantu.stays.services.staying import come_back, go_out

PRESENT, OUT, GONE = "present", "out", "gone"


class RollRefused(Refusal):
    """The roll-call cannot be put down so."""


def call_roll(
    *,
    actor: Actor,
    at: datetime,
    found: Mapping[Stay, str],
    photo: Any = None,
    is_evacuation: bool = False,
) -> RollCall:
    """Put down a roll-call: `present`, `out` or `gone` for each resident.

    Who was out and is there has come back. Who has gone without a word is looked for, or, as a
    capable adult, noted as gone; nobody is held back (EL-06). After an evacuation whoever is not
    at the meeting point may still be in the house and is looked for, adult or not.
    Raises RollRefused.
    """
    if not found:
        raise RollRefused(_("现在没有在站人员，不用点名。"))
    if any(not stay.is_here_at(at) or stay.owner_org != actor.org_code for stay in found):
        raise RollRefused(_("有人刚刚办了离站，请刷新后再点名。"))
    with transaction.atomic():
        roll = RollCall.objects.create(
            division_code=actor.division_code,
            owner_org=actor.org_code,
            recorded_at=late.recorded_at(at),
            called_at=at,
            called_by=actor.name,
            photo=_kept(actor, at, photo),
            is_evacuation=is_evacuation,
        )
        RollMark.objects.bulk_create(
            RollMark(roll_call=roll, stay=stay, found=mark) for stay, mark in found.items()
        )
        _follow(actor, at, found, is_evacuation=is_evacuation)
        counts = Counter(found.values())
        of = "疏散到集合点" if is_evacuation else "点名"
        journal.record(
            verb="stays.roll.call",
            actor=actor,
            at=at,
            subjects=[
                Subject("roll_call", roll.public_id),
                *(Subject("stay", stay.public_id) for stay in found),
            ],
            division_code=roll.division_code,
            owner_org=roll.owner_org,
            summary=f"{of}：在{counts[PRESENT]}人，外出{counts[OUT]}人，不在{counts[GONE]}人",
        )
        live.hint(HINT, roll.division_code, roll.owner_org)
    return roll


def _kept(actor: Actor, at: datetime, photo: Any) -> Any:
    if photo is None:
        return None
    return files.store(
        upload=photo,
        division_code=actor.division_code,
        owner_org=actor.org_code,
        case_id=None,
        purpose="roll_call",
        actor=actor,
        at=at,
    )


def _follow(actor: Actor, at: datetime, found: Mapping[Stay, str], *, is_evacuation: bool) -> None:
    """What follows from each mark; nothing where a later word is known, when this one comes late."""
    stays = list(found)
    told = told_since(stays, at)
    away = {row.stay_id: row for row in absences_at(stays, at)}
    sought = {row.stay_id: row for row in Search.objects.filter(stay__in=stays, end="")}
    for stay, mark in found.items():
        if mark == OUT and stay.pk not in away:
            raise RollRefused(
                _("%(number)s没有登记外出。请选“不在”，或先登记外出。") % {"number": stay.number}
            )
        if stay.pk in told:
            continue
        if mark == PRESENT and stay.pk in sought:
            search = sought[stay.pk]
            end_search(actor=actor, at=at, search=search, end="found", note_text="点名时在站内")
        elif mark == PRESENT and stay.pk in away:
            come_back(actor=actor, at=at, stay=stay)
        elif mark == GONE and is_evacuation and stay.pk not in sought:
            raise_search(actor=actor, at=at, stay=stay)
        elif mark == GONE and stay.pk not in away:
            _has_gone(actor, at, stay)


def _has_gone(actor: Actor, at: datetime, stay: Stay) -> None:
    if is_looked_for(stay, at):
        raise_search(actor=actor, at=at, stay=stay)
        return
    hours = rules_at(stay.division_code, at).need("care.gone").number
    go_out(
        actor=actor,
        at=at,
        stay=stay,
        reason=Absence.Reason.GONE,
        due_at=at + timedelta(hours=hours),
        note_text="点名时不在",
    )
