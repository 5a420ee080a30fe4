"""The form of a letter from a return plan."""

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.selectors.station_letters import USUAL, facts_of, offers, stations_of
from nuantu.letters.forms.letters import LetterForm
from nuantu.letters.models import Kind
from nuantu.letters.rules.facts import Fact

ASKED: Final = (Kind.TAKE, Kind.ADDRESS, Kind.ARRIVAL, Kind.OTHER)


class StationLetterForm(LetterForm):
    """What a station is asked about somebody who goes home, and what of the plan it is told."""

    told = forms.MultipleChoiceField(
        label=gettext_lazy("告诉对方哪些"),
        required=False,
        widget=forms.CheckboxSelectMultiple(),
        help_text=gettext_lazy("只告诉对方办理需要的；对方看不到个案和其他内容。"),
    )
    field_order = ("kind", "to", "name", "phones", "told", "words")

    def __init__(self, *args: Any, plan: ReturnPlan, actor: Actor, **more: Any) -> None:
        super().__init__(*args, actor=actor, **more)
        self.plan, self.actor = plan, actor
        kind: Any = self.fields["kind"]
        kind.choices = [(one, Kind(one).label) for one in ASKED]
        told: Any = self.fields["told"]
        told.choices = [(one.code, one.label) for one in offers(_("回到哪里"))]
        told.initial = list(USUAL)
        self.stations = tuple(one.name for one in stations_of(plan))

    def facts(self) -> tuple[Fact, ...]:
        """The chosen facts as they are now."""
        return facts_of(self.actor, self.plan, self.cleaned_data["told"], clock.now())
