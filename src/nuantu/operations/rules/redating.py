"""What a changed plan means for the dated duties that are already open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from nuantu.planbook.compiler import PlannedDuty

What = Literal["opened", "redated", "withdrawn", "too_late", "same", "done"]
ASKS_NOTHING: frozenset[What] = frozenset({"same", "done"})


@dataclass(frozen=True, slots=True)
class Promised:
    """A dated duty of a compiled plan and the organisation that will owe it."""

    planned: PlannedDuty
    owner: str
    owner_name: str
    division_code: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A dated duty as it stands; `is_open` is false once it is done. Moments are UTC."""

    public_id: UUID
    name: str
    title: str
    title_en: str
    owner: str
    due_at: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """What the change does to one dated duty.

    opened: promised anew. redated: the new date counts. withdrawn: no longer promised. too_late:
    the new date had passed when the plan was changed, so the old one stays. same: nothing moves.
    done: kept already, history stays.
    """

    what: What
    name: str
    standing: Standing | None
    promised: Promised | None

    @property
    def owner(self) -> str:
        """The code of the organisation that owes it."""
        one = self.standing or self.promised
        return one.owner if one else ""

    @property
    def old_due(self) -> datetime | None:
        return self.standing.due_at if self.standing else None

    @property
    def new_due(self) -> datetime | None:
        return self.promised.planned.due_at if self.promised else None

    @property
    def may_be_kept(self) -> bool:
        """Whether a person may leave the duty as it is, with a reason."""
        return self.what in ("redated", "withdrawn")


def effects(
    standing: Iterable[Standing], promised: Mapping[str, Promised], at: datetime
) -> tuple[Effect, ...]:
    """One effect for every dated duty of either version, the soonest first."""
    known = {one.name: one for one in standing}
    names = dict.fromkeys((*known, *promised))
    found = [_effect(name, known.get(name), promised.get(name), at) for name in names]
    return tuple(sorted(found, key=_when))


def _effect(name: str, old: Standing | None, new: Promised | None, at: datetime) -> Effect:
    return Effect(_what(old, new, at), name, old, new)


def _what(old: Standing | None, new: Promised | None, at: datetime) -> What:
    if old is None:
        return "opened"
    if not old.is_open:
        return "done"
    if new is None:
        return "withdrawn"
    if new.planned.due_at == old.due_at:
        return "same"
    return "redated" if new.planned.due_at > at else "too_late"


def _when(effect: Effect) -> tuple[datetime, str]:
    moments = [moment for moment in (effect.new_due, effect.old_due) if moment]
    return min(moments), effect.name
