"""Classes given and taken back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.sentences import stored
from nuantu.core.together import together
from nuantu.persons.models import Case, Certainty, ClassCode, PersonClass
from nuantu.persons.models.choices import open_word
from nuantu.persons.rules.classes import HARMED_BY_SOMEBODY, in_order
from nuantu.persons.selectors import extensions
from nuantu.persons.services.lines import note, tell_corrected
from nuantu.persons.services.people import restrict_person

HARMED: Final = "受家庭暴力或被拐"


class ClassRefused(Refusal):
    """The class cannot be given or taken back as asked."""


def assign_classes(
    *,
    actor: Actor,
    at: datetime,
    case: Case,
    codes: Iterable[str],
    certainty: str = Certainty.ESTIMATED,
    source: str,
) -> list[PersonClass]:
    """Give a person several classes at once; those he has already stay as they are.

    Returns the new ones, most urgent first. The record of who was harmed by somebody is restricted
    at once. Raises ClassRefused for an unknown code.
    """
    wanted = in_order(codes)
    if set(wanted) - set(ClassCode.values):
        raise ClassRefused(_("请从列表里选择人员类别。"), field="classes")
    held = set(
        PersonClass.objects.filter(case_id=case.case_id, withdrawn_at=None).values_list(
            "code", flat=True
        )
    )
    fresh = [
        PersonClass(
            division_code=case.division_code,
            owner_org=case.owner_org,
            case_id=case.case_id,
            recorded_at=at,
            person=case.person,
            code=code,
            certainty=certainty,
            decided_by=actor.name,
            decided_at=at,
            source=source[:120],
        )
        for code in wanted
        if code not in held
    ]
    if not fresh:
        return []
    with together():
        PersonClass.objects.bulk_create(fresh)
        words = "、".join(stored(open_word(row.code)) for row in fresh)
        note(
            verb="persons.class.assign",
            actor=actor,
            at=at,
            person=case.person,
            case=case,
            summary=f"人员类别：{words}",
            changes={"codes": [row.code for row in fresh], "certainty": certainty},
        )
        if not case.person.is_restricted and HARMED_BY_SOMEBODY.intersection(wanted):
            _hide(actor, at, case)
        extensions.follow_classes(actor, at, case, {row.code for row in fresh})
        tell_corrected(case.person)
    return fresh


def _hide(actor: Actor, at: datetime, case: Case) -> None:
    """Hide who somebody is from whoever may look for him; a person lifts it, nothing else does."""
    with scope.system("who was harmed is hidden, whichever organisation holds the record"):
        restrict_person(actor=actor, at=at, person=case.person, case=case, reason=HARMED)


def withdraw_class(
    *, actor: Actor, at: datetime, case: Case, given: PersonClass, reason: str
) -> None:
    """Take a class back, for example when an age was proven; the row and the reason stay. Raises ClassRefused without a
    reason, or while a package holds the class."""
    if not reason.strip():
        raise ClassRefused(_("请写明为什么撤销这个类别。"), field="reason")
    held = extensions.held_by(given)
    if held:
        raise ClassRefused("；".join(held), field="reason")
    with transaction.atomic():
        changed = PersonClass.objects.filter(pk=given.pk, withdrawn_at=None).update(
            withdrawn_at=at, withdrawn_reason=reason.strip()[:200]
        )
        if not changed:
            raise ClassRefused(_("这个类别已经撤销。"))
        note(
            verb="persons.class.withdraw",
            actor=actor,
            at=at,
            person=case.person,
            case=case,
            summary=f"撤销类别：{stored(open_word(given.code))}",
            changes={"code": given.code, "reason": reason.strip()},
        )
        tell_corrected(case.person)
