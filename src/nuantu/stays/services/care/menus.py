"""The menu of a day."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import clock, journal
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.selectors import rules_at
from nuantu.stays.models import Menu
from nuantu.stays.rules import care


class MenuRefused(Refusal):
    """The menu cannot stand so."""


def put_menu(*, actor: Actor, at: datetime, on_date: date, meals: care.Meals) -> Menu:
    """Set down what the actor's station cooks on a day, today or later, anew or put right.

    Raises MenuRefused for a day that is over, a meal left out, or a day that is the same as one
    nearby (P14-19).
    """
    if on_date < clock.local(at).date():
        raise MenuRefused(_("过去的菜谱不再改动。"))
    if not all(meal.strip() for meal in meals):
        raise MenuRefused(_("早、午、晚三餐都要写。"))
    _must_differ(actor, at, on_date, meals)
    breakfast, lunch, supper = (meal.strip() for meal in meals)
    with transaction.atomic():
        menu, _is_new = Menu.objects.update_or_create(
            owner_org=actor.org_code,
            on_date=on_date,
            defaults={
                "division_code": actor.division_code,
                "recorded_at": at,
                "breakfast": breakfast,
                "lunch": lunch,
                "supper": supper,
                "put_by": actor.name,
            },
        )
        journal.record(
            verb="stays.menu.put",
            actor=actor,
            at=at,
            subjects=[Subject("menu", menu.public_id)],
            division_code=menu.division_code,
            owner_org=menu.owner_org,
            summary=f"菜谱：{on_date}",
            basis="P14-19",
            changes={"breakfast": breakfast, "lunch": lunch, "supper": supper},
        )
    return menu


def _must_differ(actor: Actor, at: datetime, on_date: date, meals: care.Meals) -> None:
    ruling = rules_at(actor.division_code, at).need("care.menu_days")
    span = timedelta(days=int(ruling.number))
    near = Menu.objects.filter(
        owner_org=actor.org_code, on_date__range=(on_date - span, on_date + span)
    ).exclude(on_date=on_date)
    days = [(row.on_date, (row.breakfast, row.lunch, row.supper)) for row in near]
    same = care.same_as(meals, days)
    if same is not None:
        raise MenuRefused(
            _("和%(day)s的菜谱一样。%(days)s天之内每天的菜谱都要不同，请换一样菜。")
            % {"day": same, "days": int(ruling.number)}
        )
