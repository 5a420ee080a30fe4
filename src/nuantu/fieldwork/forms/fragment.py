"""Forms for a phone that will fill them in without signal."""

from dataclasses import replace
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from nuantu.core.actors import Actor
from nuantu.encounters.forms.contact import ContactForm
from nuantu.encounters.models import Outcome
from nuantu.encounters.rules.contact import Place
from nuantu.encounters.selectors.advising import advise
from nuantu.encounters.selectors.choices import houses
from nuantu.encounters.selectors.judging import judge
from nuantu.fieldwork.rules.commands import ESCORT, REVISIT
from nuantu.homeward.access import LEDGER_WRITE, escorted_by
from nuantu.homeward.forms.escorting import EscortForm
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
    """The forms of what this user is sent out for, by the kind of their command, as HTML."""
    found: dict[str, str] = {}
    if actor.may(LEDGER_WRITE):
        form = VisitForm(auto_id="errand_%s")
        found[REVISIT] = render_to_string("fieldwork/revisit_form.html", {"form": form})
    if escorted_by(actor).exists():
        way = EscortForm(auto_id="errand_%s")
        context = {"form": way, "photos_said": _("已拍 {n} 张照片")}
        found[ESCORT] = render_to_string("fieldwork/escort_form.html", context)
    return found
