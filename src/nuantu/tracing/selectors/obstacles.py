"""Why something cannot be done with a suspected match now, and what to do instead."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core.actors import Actor
from nuantu.persons.models import Person
from nuantu.persons.selectors.cards import url_of as person_url
from nuantu.tracing.models import Match, MatchState
from nuantu.tracing.selectors.earlier import earlier_stay

OWN: Final = gettext_lazy(
    "这条登记是他离开一个站时那个站留下的，就是他自己早先的在站记录，不是别人在找他。请排除这一对，"
    "请登记单位了结这条登记；他以前的情况看人员页面上已关联的记录。"
)
OWN_PERHAPS: Final = gettext_lazy(
    "另一份像他的人员记录，正是在登记的走失日前后离站的：这条登记可能就是他自己早先的在站记录。"
    "先在人员页面判断两份记录是不是同一人（是就关联），再来决定。"
)
SELF: Final = gettext_lazy("是您提出的，请另一位同事确认；提错了的，您可以撤回。")
# In which states each deed can be done.
POSSIBLE: Final[dict[str, frozenset[str]]] = {
    "check": frozenset({MatchState.OPEN, MatchState.PROPOSED}),
    "propose": frozenset({MatchState.OPEN}),
    "confirm": frozenset({MatchState.PROPOSED}),
    "reject": frozenset({MatchState.OPEN, MatchState.PROPOSED}),
    "undo": frozenset({MatchState.PROPOSED, MatchState.CONFIRMED}),
}
# What to do in a state, and which deed that is.
INSTEAD: Final[dict[str, tuple[str | Promise, str]]] = {
    MatchState.OPEN: (gettext_lazy("还没有人提出是同一人：先核对，再提出。"), "propose"),
    MatchState.PROPOSED: (gettext_lazy("等另一位同事确认，或者排除。"), "confirm"),
    MatchState.CONFIRMED: (gettext_lazy("已由两人确认；确认错了的，先撤销确认。"), "undo"),
    MatchState.REJECTED: (
        gettext_lazy("已经排除；知道得更多、像得多了，系统会重新提示。"),
        "",
    ),
    MatchState.FADED: (
        gettext_lazy(
            "按现在知道的已经不像；认为就是他的，先把听到、看到的补记下来，几分钟内重新比对。"
        ),
        "",
    ),
    MatchState.ENDED: (
        gettext_lazy("登记已了结，或他的身份已查明；要重新核对的，先重新开始查询或恢复登记。"),
        "",
    ),
}
ACTIONS: Final[dict[str, str | Promise]] = {
    "propose": gettext_lazy("提出是同一人"),
    "confirm": gettext_lazy("确认匹配"),
    "undo": gettext_lazy("撤销确认"),
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why not, and where to go instead; `url` may be empty."""

    text: str
    url: str = ""
    action: str = ""


def obstacle_of(actor: Actor, match: Match, deed: str, at: datetime) -> Obstacle | None:
    """What stands against a deed now, None where it can be tried."""
    if match.state not in POSSIBLE[deed]:
        return _in_state(match, deed)
    if deed == "confirm" and str(match.proposed_by_id) == actor.public_id:
        return _lead(str(SELF), match, "undo")
    return own_stay(match, at) if deed in ("propose", "confirm") else None


def own_stay(match: Match, at: datetime) -> Obstacle | None:
    """That the report is of his own earlier stay; leads to the records to link, or that are linked."""
    found = earlier_stay(match, at)
    if found is None:
        return None
    person = Person.objects.values_list("public_id", flat=True).get(pk=match.person_id)
    url = f"{person_url(person)}#same-title"
    return Obstacle(str(OWN if found.is_linked else OWN_PERHAPS), url, _("到人员页面"))


def _in_state(match: Match, deed: str) -> Obstacle:
    said = _("这条疑似匹配现在是“%(state)s”，不能这样办。") % {"state": match.get_state_display()}
    instead, next_deed = INSTEAD[match.state]
    return _lead(f"{said} {instead}", match, next_deed)


def _lead(text: str, match: Match, deed: str) -> Obstacle:
    if not deed:
        return Obstacle(text)
    return Obstacle(
        text, reverse(f"tracing:match-{deed}", args=[match.public_id]), str(ACTIONS[deed])
    )
