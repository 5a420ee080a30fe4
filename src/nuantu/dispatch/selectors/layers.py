"""What dispatch puts on the map: open tips and teams."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors.board import pressing
from nuantu.dispatch.selectors.candidates import team_cards
from nuantu.dispatch.selectors.clocks import tip_clock
from nuantu.places.selectors import Feature, Layer

MOST_MARKS = 500
_LOOK = {"calm": "", "amber": "amber", "red": "red", "done": ""}


def map_layers() -> list[Layer]:
    """The layers of this package."""
    return [
        Layer(
            "tips",
            pgettext_lazy("map layer", "线索"),
            gettext_lazy("线"),
            "red",
            _tips,
            "dispatch.tip.read",
            90,
        ),
        Layer(
            "teams",
            pgettext_lazy("map layer", "队伍"),
            gettext_lazy("队"),
            "teal",
            _teams,
            "dispatch.board.read",
            95,
        ),
    ]


def _tips(actor: Actor) -> Iterator[Feature]:
    """Open tips that have a point, the most pressing first."""
    at = clock.now()
    found = Tip.objects.exclude(state=Tip.State.CLOSED).exclude(lat=None)
    for tip in pressing(found)[:MOST_MARKS]:
        yield Feature(
            tip.lat or 0.0,
            tip.lon or 0.0,
            tip.place,
            url=reverse("dispatch:tip", args=[tip.public_id]),
            note=str(tip.get_state_display()),
            state=_LOOK[tip_clock(tip, at).state],
            key=str(tip.public_id),
            is_approximate=tip.is_approximate,
        )


def _teams(actor: Actor) -> Iterator[Feature]:
    """Teams of the actor's county where they were last, else at their base."""
    for card in team_cards(actor.division_code, clock.now()):
        if card.point is None or not (card.team.is_on_shift or card.runs):
            continue
        yield Feature(
            *card.point,
            card.team.name,
            note=_("有任务") if card.runs else _("可派"),
            state="moving" if card.runs else "open",
            key=str(card.team.public_id),
            is_approximate=card.position is None or card.is_position_old,
        )
