"""Letters of a return: asked from the plan, and what comes of them there."""

from datetime import datetime

from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.together import attempt
from nuantu.homeward.models.return_choices import Heard, State
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.selectors.sheets import RETURN
from nuantu.homeward.selectors.station_letters import phones_of
from nuantu.homeward.services import on_the_way
from nuantu.homeward.services.lines import HomewardRefused
from nuantu.letters.models import Event, Letter, LetterLine
from nuantu.letters.services import About, Asked, Recipient, ask


def ask_station(
    *, actor: Actor, at: datetime, plan: ReturnPlan, asked: Asked, to: Recipient
) -> Letter:
    """Ask a station there about somebody who goes home; the phones of a station of the contact book come along.

    Raises HomewardRefused once the plan is settled, and LetterRefused.
    """
    if not plan.is_open:
        raise HomewardRefused(
            _("这份返乡计划已经了结（%(state)s）。") % {"state": plan.get_state_display()}
        )
    whom = to if to.org_code or to.phones else Recipient(to.name, "", phones_of(to.name))
    about = About(RETURN, plan.public_id, plan.division_code, plan.case_id)
    return ask(actor=actor, at=at, asked=asked, to=whom, about=about)


def hear(actor: Actor, at: datetime, letter: Letter, line: LetterLine) -> None:
    """The station there confirmed the arrival: the plan has arrived. Whatever else came stands in the letter."""
    if line.event != Event.ARRIVED or letter.subject_id is None:
        return
    plan = ReturnPlan.objects.filter(public_id=letter.subject_id).first()
    if plan is None or plan.state != State.UNDER_WAY or plan.departed_at is None:
        return
    try:
        with attempt():
            on_the_way.arrive(
                actor=actor,
                at=at,
                plan=plan,
                arrived_at=max(line.happened_at, plan.departed_at),
                heard=Heard.MESSAGE,
                heard_of=f"{line.noted_org} {line.noted_by}",
                words=opened(line.words) if line.words else "",
            )
    except HomewardRefused:
        return
