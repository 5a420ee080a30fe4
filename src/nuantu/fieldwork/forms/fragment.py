"""Forms for a phone that will fill them in without signal."""

from dataclasses import replace
from datetime import datetime

from django.template.loader import render_to_string

from nuantu.core.actors import Actor
from nuantu.encounters.forms.contact import ContactForm
from nuantu.encounters.models import Outcome
from nuantu.encounters.rules.contact import Place
from nuantu.encounters.selectors.advising import advise
from nuantu.encounters.selectors.choices import houses
from nuantu.encounters.selectors.judging import judge
from nuantu.fieldwork.rules.commands import REVISIT
from nuantu.homeward.access import LEDGER_WRITE
from nuantu.homeward.forms.ledger import VisitForm
from nuantu.persons.models import Case
from nuantu.persons.rules.rescue import Gate
from nuantu.places.selectors import type_choices


def contact_fragment(actor: Actor, at: datetime) -> str:
    """The form as HTML without anybody's data: nobody met near by, nothing filled in.

    Nothing can be judged out there, so all four gates stand in it; what they need is judged when
    the form arrives.
    """
    place = Place(words="", division_code=actor.division_code)
    judgement = judge(division_code=place.division_code, at=at)
    form = ContactForm(
        initial={"escort_name": actor.name, "closes_tip": True, "place": ""},
        judgement=judgement,
        houses=houses(place.division_code),
        place_types=type_choices(),
        auto_id="contact_%s",
    )
    advice = advise(
        actor,
        judgement,
        place=place,
        outcome=Outcome.STATION,
        gate=Gate(),
        mode="",
        at=at,
    )
    ways = tuple((code, str(label)) for code, label in Case.Mode.choices)
    open_to_all = replace(advice, asks_consent=True, needs_gate=True, modes=ways, mode="")
    return render_to_string(
        "fieldwork/contact_form.html",
        {"form": form, "advice": open_to_all, "setting": {"tip": True}, "is_late": True},
    )


def errand_fragments(actor: Actor) -> dict[str, str]:
    """The forms of visits that this user may put down, by the kind of their command, as HTML."""
    if not actor.may(LEDGER_WRITE):
        return {}
    form = VisitForm(auto_id="errand_%s")
    return {REVISIT: render_to_string("fieldwork/revisit_form.html", {"form": form})}
