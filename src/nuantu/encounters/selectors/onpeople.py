"""What contacts add to the pages of people: a button, a way to find them, a word against closing."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nuantu.core.actors import Actor
from nuantu.dispatch.selectors.receipts import tip_of_receipt
from nuantu.encounters.models import Encounter, Outcome
from nuantu.operations.selectors import level_of
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.extensions import Action


def _meet_again(actor: Actor, person: Person, case: Case | None) -> str:
    is_elsewhere = case is not None and case.is_open and case.owner_org != actor.org_code
    if is_elsewhere:
        return ""
    return f"{reverse('encounters:new')}?person={person.public_id}"


MEET_AGAIN: Final = Action(
    key="encounters.meet",
    label=gettext_lazy("登记接触"),
    permission="encounters.encounter.record",
    url=_meet_again,
    icon="give",
)


def contact_form_of(run_id: UUID) -> str:
    """Where a team that met somebody on a run writes it down."""
    return f"{reverse('encounters:new')}?run={run_id}"


def contact_form_at(visit_id: UUID) -> str:
    """Where a team that met somebody at a stop of its patrol writes it down."""
    return f"{reverse('encounters:new')}?stop={visit_id}"


def contact_form_of_find(find_id: UUID) -> str:
    """Where somebody found in a sweep is written down."""
    return f"{reverse('encounters:new')}?find={find_id}"


def cases_of_receipt(actor: Actor, text: str) -> set[UUID]:
    """Cases of the contacts that answered a tip, found by its receipt code."""
    tip = tip_of_receipt(text)
    if tip is None:
        return set()
    found = Encounter.objects.filter(tip_id=tip.pk).values_list("case_id", flat=True)
    return {case_id for case_id in found if case_id is not None}


def refusal_in_a_warning(case: Case, at: datetime) -> str:
    """A refusal never closes a case while a warning raises the level (X66)."""
    last = (
        Encounter.objects.filter(case_id=case.case_id, correction=None)
        .order_by("-happened_at", "-pk")
        .first()
    )
    if last is None or last.outcome != Outcome.REFUSED:
        return ""
    if level_of(case.division_code, at).is_normal:
        return ""
    return _("最近一次是拒绝救助，预警期间不结案")
