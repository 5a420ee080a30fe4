"""What happened during a week: one short form for each kind of event."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.patrols.models import PatrolWeek
from nuantu.patrols.rules.replanning import (
    CADENCE,
    ROAD_CLOSED,
    ROAD_OPEN,
    TEAM_LOST,
    URGENT,
    Happening,
)
from nuantu.patrols.selectors import adjusting as selectors

Choices = list[tuple[str, str]]
MOST_MINUTES = 600


class EventForm(forms.Form):
    """An event of a week; `happening` is what was said."""

    kind = ""

    def __init__(self, *args: Any, week: PatrolWeek, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.week, self.at = week, at

    def offer(self, name: str, label: Any, choices: Choices) -> None:
        """A field with choices of the week."""
        self.fields[name] = forms.ChoiceField(label=label, choices=[("", _("请选择")), *choices])

    def happening(self) -> Happening:
        """What happened, from valid fields."""
        return Happening(self.kind, **self.cleaned_data)


class TeamLostForm(EventForm):
    """Which team drives no further."""

    kind = TEAM_LOST

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("team", _("哪支队伍"), selectors.teams_left(self.week, self.at))
        self.fields["is_for_week"] = forms.BooleanField(
            label=_("这一周剩下的班次也出不了"), required=False
        )


class UrgentForm(EventForm):
    """Where somebody must go now."""

    kind = URGENT

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("place", _("哪个点位"), selectors.places_of(self.week))


class RoadForm(EventForm):
    """Between which places nobody can drive."""

    kind = ROAD_CLOSED

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = selectors.places_of(self.week)
        self.offer("place", _("从哪个点位"), places)
        self.offer("other", _("到哪个点位"), places)
        self.fields["minutes"] = forms.FloatField(
            label=_("绕行要多少分钟"),
            required=False,
            min_value=1,
            max_value=MOST_MINUTES,
            help_text=_("不能绕行的留空。两个方向都算。"),
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )


class OpenForm(EventForm):
    """Which closed road can be driven again."""

    kind = ROAD_OPEN

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = selectors.closed_choices(self.week)
        self.offer("way", _("哪条路通了"), ways)
        if not ways:
            self.fields["way"].help_text = _("这一周没有登记为不通的路。")

    def happening(self) -> Happening:
        """The two ends of the road."""
        place, _between, other = self.cleaned_data["way"].partition(selectors.BETWEEN)
        return Happening(ROAD_OPEN, place=place, other=other)


class CadenceForm(EventForm):
    """On which level the rest of the week is patrolled, from tomorrow on."""

    kind = CADENCE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("level", _("按哪个级别的频次"), selectors.levels_of(self.week, self.at))
        self.initial.setdefault("level", selectors.level_now(self.week, self.at))

    def happening(self) -> Happening:
        """The promises of the level, from the day half of tomorrow on."""
        level = self.cleaned_data["level"]
        visits = selectors.new_visits(self.week, level, self.at)
        return Happening(
            CADENCE, level=level, visits=visits, since=selectors.tomorrow(self.week, self.at)
        )


FORMS: dict[str, type[EventForm]] = {
    form.kind: form for form in (TeamLostForm, UrgentForm, RoadForm, OpenForm, CadenceForm)
}
