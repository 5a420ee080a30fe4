"""What happened during a week: one short form for each kind of event."""

import math
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock
from nuantu.core.actors import Actor
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
from nuantu.patrols.selectors.spots import Waiting, visit_at, waiting_for
from nuantu.places.forms import PlaceForm
from nuantu.places.models import Place
from nuantu.places.rules.datums import Datum, Point
from nuantu.places.rules.points import Reason
from nuantu.places.rules.typed import parse_coordinates
from nuantu.places.selectors import PointCheck, check_point

Choices = list[tuple[str, str]]
MOST_MINUTES = 600
NAME_LENGTH = 120


class EventForm(forms.Form):
    """An event of a week; `happening` is what was said."""

    kind = ""

    def __init__(
        self, *args: Any, week: PatrolWeek, actor: Actor, at: datetime, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.week, self.actor, self.at = week, actor, at

    def offer(
        self, name: str, label: Any, choices: Choices, *, empty: Any = "", is_needed: bool = True
    ) -> None:
        """A field with choices of the week."""
        self.fields[name] = forms.ChoiceField(
            label=label, choices=[("", empty or _("请选择")), *choices], required=is_needed
        )

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
    """Where somebody must go now: a key location, something that waits, or any point of the county.

    The coordinates are two numbers, or both pasted into the first field. `doubt`: what is strange
    about the point, for the asker to say that it is right.
    """

    kind = URGENT
    doubt: PointCheck | None = None

    def __init__(self, data: Any, **kwargs: Any) -> None:
        super().__init__(PlaceForm.with_suggestion(data), **kwargs)
        places = selectors.places_of(self.week)
        self.offer("place", _("哪个点位"), places, empty=_("不是这些点位"), is_needed=False)
        found = waiting_for(self.actor, self.week.division_code)
        self.waiting = {one.id: one for one in found}
        if found:
            waiting = [(one.id, _with_latest(one)) for one in found]
            self.offer("waits", _("哪条线索"), waiting, empty=_("不是线索"), is_needed=False)
        self.fields["name"] = forms.CharField(
            label=_("别的地点"),
            required=False,
            max_length=NAME_LENGTH,
            help_text=_("写地址或附近的路口、店铺，不写人名。填写后可从地图上方选择匹配的地点。"),
        )
        self.fields["lat"] = forms.CharField(
            label=_("纬度"),
            required=False,
            max_length=80,
            help_text=_("在地图上点一下即可；也可粘贴“26.58,107.97”。"),
        )
        self.fields["lon"] = forms.CharField(label=_("经度"), required=False, max_length=40)
        self.fields["datum"] = forms.ChoiceField(
            label=_("坐标来自"), choices=Place.Datum.choices, required=False
        )
        self.fields["is_confirmed"] = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        """One of the three ways to say where, and for a point its coordinates in WGS-84."""
        cleaned = super().clean() or self.cleaned_data
        ways = ("place", "waits"), ("name", "lat", "lon")
        known = [name for name in ways[0] if cleaned.get(name)]
        typed = any(cleaned.get(name) for name in ways[1])
        if len(known) + typed > 1:
            self.add_error(None, _("只填一处：点位、线索，或者别的地点。"))
        elif not known and not typed:
            self.add_error(None, _("请选点位或线索，或者写明地点并在地图上点出位置。"))
        elif typed:
            self._check(cleaned)
        return cleaned

    def _check(self, cleaned: dict[str, Any]) -> None:
        """The point in words and degrees; what cannot be right is refused, what is strange asked."""
        if not cleaned.get("name"):
            self.add_error("name", _("请写明是哪里，队伍要看得懂。"))
        said = self._typed(cleaned)
        if said is None:
            self.add_error(
                "lat", _("请在地图上点出位置，或填写数字，例如纬度 26.58、经度 107.97。")
            )
            return
        point, datum = said
        check = check_point(*point, self.week.division_code, datum=datum)
        may_be_right = check.is_asked and check.reason != Reason.SWAPPED
        if check.is_ok or (may_be_right and cleaned.get("is_confirmed")):
            cleaned["point"] = check.point
        else:
            self.doubt = check if check.is_asked else None
            self.add_error("lat", check.message)

    @staticmethod
    def _typed(cleaned: dict[str, Any]) -> tuple[Point, str] | None:
        lat, lon, datum = (cleaned.get(name) or "" for name in ("lat", "lon", "datum"))
        pasted = parse_coordinates(lat) if not lon else None
        if pasted:
            return pasted.point, pasted.datum or datum or Datum.WGS84
        try:
            point = Point(float(lat), float(lon))
        except ValueError:
            return None
        return (point, datum or Datum.WGS84) if all(map(math.isfinite, point)) else None

    def happening(self) -> Happening:
        """The visit that is owed; at a point of its own with the teams that answer for it."""
        cleaned = self.cleaned_data
        if cleaned.get("place"):
            return Happening(URGENT, place=cleaned["place"])
        one = self.waiting.get(cleaned.get("waits", ""))
        if one:
            return visit_at(self.week, one.place, Point(one.lat, one.lon), self.at, one)
        return visit_at(self.week, cleaned["name"], cleaned["point"], self.at)


def _with_latest(one: Waiting) -> str:
    """What waits, with the moment by which somebody was promised there."""
    if one.due_at is None:
        return one.place
    return _("%(place)s · 最晚 %(time)s 到") % {
        "place": one.place,
        "time": f"{clock.local(one.due_at):%m-%d %H:%M}",
    }


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
