"""What the desk adds to the page of a person: what he said, and finding out who he is."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.extensions import Action
from nuantu.stays.selectors.known import is_identified
from nuantu.tracing.models import IdentitySearch

HEAR, READ, WRITE = "tracing.fragment.add", "tracing.search.read", "tracing.search.write"


def actions() -> Iterable[Action]:
    """Put down what was heard; go to the page of the search, or begin one."""
    return (
        Action("tracing.hear", _("记下他说的话"), HEAR, _hear, "message"),
        Action("tracing.search", _("查身份"), READ, _search, "search"),
        Action("tracing.begin", _("开始查身份"), WRITE, _begin, "search"),
    )


def _hear(actor: Actor, person: Person, case: Case | None) -> str:
    if case is None or not case.is_open or case.owner_org != actor.org_code:
        return ""
    return reverse("tracing:fragment_add", args=[case.case_id])


def _begin(actor: Actor, person: Person, case: Case | None) -> str:
    if not _hear(actor, person, case) or _search(actor, person, case) or case is None:
        return ""
    return "" if is_identified(person) else reverse("tracing:begin", args=[case.case_id])


def _search(actor: Actor, person: Person, case: Case | None) -> str:
    if case is None or not IdentitySearch.objects.filter(case_id=case.case_id).exists():
        return ""
    return reverse("tracing:person", args=[case.case_id])
