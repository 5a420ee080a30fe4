"""Two rows of a sweep are one person: found by two grids, or again after he had moved on."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.patrols.models import Sweep, SweepFind
from nuantu.patrols.services.sweep_rows import SweepRefused, told_of_area

WHY: Final = "whoever is over a sweep says so of areas that others answer for"
PERSON: Final = SweepFind.What.PERSON


def say_same(*, actor: Actor, at: datetime, find: SweepFind, other: SweepFind) -> SweepFind:
    """One person: `find` counts no more, `other` (or the row that it is the same as) does.

    Both rows stay as they were written, with what came of each. The row that others are the same as
    goes on counting. Raises SweepRefused for two rows that cannot be, or are already.
    """
    with transaction.atomic(), scope.system(WHY):
        found = _held(find, other)
        double, kept = found[find.pk], found[other.pk]
        if kept.same_as is not None:
            kept = kept.same_as
        if double.same_as_id is None and double.doubles.exists():
            double, kept = kept, double
        if double.same_as_id is not None or double.pk == kept.pk:
            raise SweepRefused(_("这条已经认定为同一个人，要改请先撤销。"))
        if double.doubles.exists():
            raise SweepRefused(_("两边都还有别的记录认定为同一个人，请先撤销其中一边。"))
        double.same_as, double.same_said_by, double.same_said_at = kept, actor.name, at
        double.save(update_fields=["same_as", "same_said_by", "same_said_at"])
        said = {"find": str(double.public_id), "other": str(kept.public_id)}
        told_of_area(double.report.area, "same", actor, at, "和另一处记录是同一个人", said)
    return double


def take_same_back(*, actor: Actor, at: datetime, find: SweepFind) -> SweepFind:
    """They are two after all. Raises SweepRefused where nobody had said that they are one."""
    with transaction.atomic(), scope.system(WHY):
        held = _held(find)[find.pk]
        if held.same_as is None:
            raise SweepRefused(_("这条没有认定为同一个人。"))
        said = {"find": str(held.public_id), "other": str(held.same_as.public_id)}
        held.same_as, held.same_said_by, held.same_said_at = None, "", None
        held.save(update_fields=["same_as", "same_said_by", "same_said_at"])
        told_of_area(held.report.area, "not_same", actor, at, "撤销同一个人的认定", said)
    return held


def _held(*finds: SweepFind) -> dict[int, SweepFind]:
    """People of one sweep as they stand now; the lock on the sweep puts two answers in order."""
    rows = SweepFind.objects.select_related("report__area__sweep", "same_as")
    found = list(rows.filter(pk__in=[find.pk for find in finds]))
    sweep = found[0].report.area.sweep
    Sweep.objects.select_for_update(of=("self",)).get(pk=sweep.pk)
    is_odd = any(row.what != PERSON or row.report.area.sweep_id != sweep.pk for row in found)
    if is_odd or len(found) < len({find.pk for find in finds}):
        raise SweepRefused(_("请选同一次排查里见到的另一个人。"))
    return {row.pk: row for row in rows.filter(pk__in=[row.pk for row in found])}
