"""Where a plan wants somebody placed first, when he leaves for a foster institution."""

from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nuantu.operations.selectors import rules_at
from nuantu.persons.models import PersonClass
from nuantu.planbook.rules import Rule
from nuantu.planbook.words import said
from nuantu.stays.models import Stay
from nuantu.stays.rules.leaving import FOSTER, Finding
from nuantu.stays.selectors.checks import Plan

EVERYBODY = "any"


def first_place(stay: Stay, at: datetime) -> Rule | None:
    """The rule that holds for a resident: the one for a class of his before the one for everybody,
    the own plan's before its parent's."""
    codes = set(
        PersonClass.objects.filter(case_id=stay.case_id, withdrawn_at=None).values_list(
            "code", flat=True
        )
    )
    every = list(rules_at(stay.division_code, at).rules("foster.placement"))
    of_class = [rule for rule in every if codes.intersection(rule.selectors)]
    of_all = [rule for rule in every if EVERYBODY in rule.selectors]
    return next(iter([*of_class, *of_all]), None)


def placed_first(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    """A foster placement says whether it is where the plan wants him first, else why not."""
    if plan.way != FOSTER:
        return None
    rule = first_place(stay, at)
    if rule is None:
        return Finding("fine")
    language = "en" if (get_language() or "").startswith("en") else "zh"
    words = {"place": said(str(rule.value), language), "source": rule.source}
    return Finding(
        "ask", _("方案要求先送%(place)s（%(source)s）：写明送的是不是，不是的写明为什么") % words
    )
