"""What papers are told of cases: how they are called to a reader, and who is found by a name."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.papers.selectors.cases import CaseWords
from nuantu.persons.models import Case, Person
from nuantu.persons.selectors.cards import cards_of
from nuantu.persons.selectors.extensions import Action
from nuantu.persons.selectors.search import Filters, people


def _papers_of(actor: Actor, person: Person, case: Case | None) -> str:
    return reverse("papers:case", args=[case.public_id]) if case else ""


PAPERS: Final = Action("papers", _("文书"), "papers.paper.read", _papers_of, icon="doc")


def words_of_cases(case_ids: Iterable[UUID], at: datetime) -> Mapping[UUID, CaseWords]:
    """Number and card of cases the reader may see, restricted people masked; three queries."""
    cases = list(Case.objects.filter(public_id__in=set(case_ids)).select_related("person__photo"))
    cards = cards_of([case.person for case in cases], at)
    return {
        case.public_id: CaseWords(
            case.number, card.called, reverse("persons:case", args=[case.public_id]), card.is_masked
        )
        for case, card in zip(cases, cards, strict=True)
    }


def cases_called(actor: Actor, text: str) -> "QuerySet[Case, UUID]":
    """Cases of the people whom the search of people finds by this text."""
    found = people(actor, Filters(words=text)).values("pk")
    return Case.objects.filter(person__in=found).values_list("public_id", flat=True)
