"""A case is erased: who it was about cannot be learned any more, that it happened can (PIPL Art. 47)."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import live, scope
from nuantu.core.actors import Actor
from nuantu.core.erasure import Erasure, erase_case
from nuantu.core.models import DataKey
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors import holds
from nuantu.persons.services.cases import CaseRefused

# The headline is shared by all cases of a person and goes with the last of them.
HEADLINE: Final = (
    "called_as",
    "name",
    "search_text",
    "sort_key",
    "looks",
    "birth_date",
    "photo",
    "restricted_reason",
)


def erase(*, actor: Actor, at: datetime, case: Case, reason: str) -> Case:
    """Erase a closed case; with the last case of a person his headline goes too.

    Raises CaseRefused for an open case, for one erased before, while its evidence is held, and
    without a reason.
    """
    if not reason.strip():
        raise CaseRefused(_("请写明依据和原因。"), field="reason")
    with transaction.atomic(), scope.system("an erasure reaches every row of a case"):
        held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
        if held.is_open:
            raise CaseRefused(_("个案还没有结案，不能删除。"))
        if held.public_id in holds.held(holds.CASE):
            raise CaseRefused(_("这个个案的影像证据还在保全，先办结再删除。"))
        erasure = erase_case(
            case_id=held.public_id,
            actor=actor,
            at=at,
            reason=reason.strip(),
            division_code=held.division_code,
            owner_org=held.owner_org,
        )
        if erasure is None:
            raise CaseRefused(_("这个个案的个人信息已经删除。"))
        _forget_person(erasure, held.person)
    live.hint("persons", held.division_code, held.owner_org)
    return held


def _forget_person(erasure: Erasure, person: Person) -> None:
    """Who is still known from another case stays; else the headline and opinions on him go."""
    ids = list(person.cases.values_list("public_id", flat=True))
    if DataKey.objects.filter(key_ref__in=ids).exclude(destroyed_at=None).count() < len(ids):
        return
    erasure.forget(Person.objects.filter(pk=person.pk), HEADLINE)
    erasure.forget(person.links_from.all() | person.links_to.all(), ("note",))
