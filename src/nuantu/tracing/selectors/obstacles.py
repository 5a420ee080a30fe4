"""Why something cannot be done with a suspected match now, and what to do instead."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.persons.models import Person
from nuantu.persons.selectors.cards import url_of as person_url
from nuantu.tracing.models import Match, MatchState
from nuantu.tracing.selectors.checks import missing_checks
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
    MatchState.OPEN: (gettext_lazy("还没有人提出是同一人：先核对，再提出。"), "check"),
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
NEVER: Final = gettext_lazy("还没有人提出，也没有确认，没有可以撤销的。")
LACKS: Final = gettext_lazy("还不能确认，还缺：%(what)s。")
MISSING: Final[dict[str, str | Promise]] = {
    "willing": gettext_lazy("单独问本人愿不愿意让家里知道"),
    "question": gettext_lazy("一个只有家人答得出、两边答得一样的问题"),
    "photo": gettext_lazy("给本人或寻亲人看照片（做不了的写明原因）"),
    "proof": gettext_lazy("DNA比对或公安核实（未成年人、疑似拐卖、死亡或有对不上的，必须有）"),
}
ACTIONS: Final[dict[str, str | Promise]] = {
    "check": gettext_lazy("登记核对"),
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
        return _lead(str(SELF), match, "undo", _("撤回提出"))
    return (own_stay(match, at) or _lacking(match, at)) if deed in ("propose", "confirm") else None


def _lacking(match: Match, at: datetime) -> Obstacle | None:
    """That a check is missing, or does not fit any more."""
    missing = said_missing(match, at)
    said = str(LACKS) % {"what": _("；").join(missing)}
    return _lead(said, match, "check") if missing else None


def said_missing(match: Match, at: datetime) -> tuple[str, ...]:
    """The checks that are missing, in the words of the page."""
    return tuple(str(MISSING[code]) for code in missing_checks(match, clock.local(at).date()))


def own_stay(match: Match, at: datetime) -> Obstacle | None:
    """That the report is of his own earlier stay; leads to the records to link, or that are linked."""
    found = earlier_stay(match, at)
    if found is None:
        return None
    person = Person.objects.values_list("public_id", flat=True).get(pk=match.person_id)
    url = f"{person_url(person)}#same-title"
    return Obstacle(str(OWN if found.is_linked else OWN_PERHAPS), url, _("到人员页面"))


def _in_state(match: Match, deed: str) -> Obstacle:
    if match.state == MatchState.OPEN and deed == "undo":
        return Obstacle(str(NEVER))
    if match.state == MatchState.OPEN:
        return _lead(str(INSTEAD[match.state][0]), match, "check")
    said = _("这条疑似匹配现在是“%(state)s”，不能这样办。") % {"state": match.get_state_display()}
    instead, next_deed = INSTEAD[match.state]
    return _lead(f"{said} {instead}", match, next_deed)


def _lead(text: str, match: Match, deed: str, action: str = "") -> Obstacle:
    if not deed:
        return Obstacle(text)
    url = reverse(f"tracing:match-{deed}", args=[match.public_id])
    return Obstacle(text, url, action or str(ACTIONS[deed]))
