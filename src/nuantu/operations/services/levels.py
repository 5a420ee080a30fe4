"""Change the operating level of a division."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import LevelState
from nuantu.operations.selectors import level_of, rules_at
from nuantu.operations.services.recurring import open_recurring


class UnknownLevel(Refusal):
    """No plan in force names this level."""


def set_level(
    *,
    actor: Actor,
    at: datetime,
    division_code: str,
    level: str,
    cause: Subject | None,
    until: datetime | None = None,
    reason: str = "",
) -> LevelState:
    """Put a division on a level, because of a warning (`cause`) or by hand (`reason`).

    The cadence changes at once: patrols of the old rhythm that are still open are taken back and
    those of the new one opened. Setting the same level for the same cause again only moves `until`.

    Raises UnknownLevel, Refusal without cause and reason.
    """
    book = rules_at(division_code, at)
    if level not in book.levels:
        raise UnknownLevel(
            _("没有“%(level)s”这个级别，可选：%(known)s。")
            % {
                "level": level,
                "known": "、".join(str(known.label) for known in book.levels.values()),
            },
            field="level",
        )
    if cause is None and not reason.strip():
        raise Refusal(_("手动调整级别要写明原因。"), field="reason")
    before = level_of(division_code, at)
    with transaction.atomic(), scope.system("levels are kept for the whole division"):
        state = LevelState.objects.create(
            division_id=division_code,
            level=level,
            since=at,
            until=until if until and until > at else None,
            cause_kind=cause.kind if cause else "",
            cause_id=cause.public_id if cause else None,
            reason=reason[:200],
            set_by=actor.name,
        )
        label = book.level(level).label
        journal.record(
            verb="operations.level.set",
            actor=actor,
            at=at,
            subjects=[Subject("level", state.public_id), *([cause] if cause else [])],
            division_code=division_code,
            owner_org=actor.org_code,
            summary=f"工作级别：{stored(book.level(before.level).label)} → {label}",
            basis=reason,
            changes={"before": before.level, "after": level},
        )
        if before.level != level:
            open_recurring(actor=actor, at=at, division_code=division_code)
        events.announce(
            "operations.level_changed", level=str(state.public_id), division=division_code
        )
        live.hint("duties", division_code, actor.org_code)
        live.hint("level", division_code, actor.org_code)
    return state
