"""From the warnings that hold in a county to its operating level, by the plan's own words (X45)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nuantu.warnings.rules.message import Colour
from nuantu.warnings.rules.vocabulary import event_named

NORMAL = "normal"
_NOT_INLAND = "海上"


@dataclass(frozen=True, slots=True)
class LevelRule:
    """One line of a plan: these events in these colours ask for this level. Empty means any."""

    level: str
    events: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    source: str = ""
    plan_code: str = ""


DEFAULT_RULES = (
    LevelRule("raised", source="默认：任何预警"),
    LevelRule("extreme", colours=("橙", "红"), source="默认：橙色、红色"),
)
DEFAULT_RANKS = {"normal": 0, "raised": 10, "extreme": 20}


def answers_to(event: str, named: str) -> bool:
    """Whether an event is what a plan names: the same kind, or a compound of it.

    低温雨雪冰冻 answers to 低温; what happens at sea never answers to its namesake on land.
    """
    known = event_named(named)
    name = known.name if known else named
    if event == name:
        return True
    return name in event and event.startswith(_NOT_INLAND) == name.startswith(_NOT_INLAND)


def rule_for(
    event: str,
    colour: Colour | None,
    rules: Sequence[LevelRule] = DEFAULT_RULES,
    ranks: Mapping[str, int] = DEFAULT_RANKS,
) -> LevelRule | None:
    """The strictest line that a warning meets, None when the plan does not name it."""
    met = [
        rule
        for rule in rules
        if (not rule.events or any(answers_to(event, named) for named in rule.events))
        and (not rule.colours or (colour is not None and colour.value in rule.colours))
    ]
    return max(met, key=lambda rule: ranks.get(rule.level, 0), default=None)


def strictest(levels: Sequence[str], ranks: Mapping[str, int] = DEFAULT_RANKS) -> str:
    """The highest of several levels; normal for none."""
    return max(levels, key=lambda level: ranks.get(level, 0), default=NORMAL)
