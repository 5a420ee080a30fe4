"""A resident whom nobody knows, for the tests; everybody is invented."""

from datetime import timedelta
from typing import Any

from nuantu.core import clock, scope
from nuantu.persons.models import Case
from nuantu.stays.models import Stay
from nuantu.stays.services.clocks import start_clocks
from nuantu.tracing import services
from nuantu.tracing.models import Fragment, IdentityRequest, IdentitySearch, IdentityStep
from tests.cast import Cast, Player
from tests.stays import house

# what the page of a new fragment sends
TYPED = {
    "kind": "home",
    "words": "家在三棵树，门前有条河",
    "said_by": "self",
    "certainty": "claimed",
    "heard_date": "2026-11-20",
    "heard_time": "19:30",
}


def case_of(stay: Stay) -> Case:
    """The case of a stay."""
    with scope.system("a test looks"):
        return Case.objects.select_related("person").get(case_id=stay.case_id)


def a_search(cast: Cast, *, who: Player | None = None, years: int | None = 50) -> IdentitySearch:
    """A man at the station's, and the search for who he is."""
    stay = house.a_stay(cast, years=years)
    actor = (who or cast.tracing_officer).actor
    with scope.enter(scope.of_actor(actor)):
        start_clocks(actor=actor, at=clock.now(), stay=stay)
        return services.begin_search(actor=actor, at=clock.now(), case=case_of(stay))


def a_fragment(
    cast: Cast, search: IdentitySearch | None = None, *, who: Player | None = None, **more: Any
) -> Fragment:
    """What he told a carer an hour ago."""
    search = search or a_search(cast)
    with scope.system("a test looks"):
        case = Case.objects.select_related("person").get(case_id=search.case_id)
    return hear(cast, case, who=who, **more)


def hear(cast: Cast, case: Case, *, who: Player | None = None, **more: Any) -> Fragment:
    """What somebody of this case told a carer an hour ago."""
    actor = (who or cast.carer).actor
    values: dict[str, Any] = {
        "kind": "home",
        "words": "家在三棵树",
        "said_by": "self",
        "certainty": "claimed",
        "heard_at": clock.now() - timedelta(hours=1),
    }
    with scope.enter(scope.of_actor(actor)):
        return services.add_fragment(
            actor=actor, at=clock.now(), case=case, heard=services.Heard(**values | more)
        )


def a_step(cast: Cast, code: str = "talk") -> IdentityStep:
    """A step that is owed."""
    search = a_search(cast)
    with scope.system("a test looks"):
        return search.steps.get(code=code)


def a_request(cast: Cast, **more: Any) -> IdentityRequest:
    """Police of his home were asked."""
    search, actor = a_search(cast), cast.tracing_officer.actor
    values: dict[str, Any] = {
        "kind": "missing",
        "body": "police",
        "asked_of": "毕节市公安局",
        "words": "请查有没有走失报警",
        "way": "paper",
    }
    with scope.enter(scope.of_actor(actor)):
        return services.send_request(
            actor=actor, at=clock.now(), search=search, asked=services.Asked(**values | more)
        )


def answer() -> dict[str, Any]:
    """What the page of an answer sends, today."""
    return {
        "kind": "found",
        "way": "phone",
        "words": "有一家报过走失",
        "happened_date": clock.local(clock.now()).date().isoformat(),
    }
