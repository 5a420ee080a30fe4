"""What was checked of a suspected match, what is missing, and what leaving must know of it."""

from datetime import date, datetime
from typing import Final

from django.utils.translation import gettext as _

from nuantu.casework.selectors.outside import speaks_against_family
from nuantu.persons.models import Case, Person
from nuantu.persons.rules.ages import is_treated_as_minor
from nuantu.persons.selectors import age_lines
from nuantu.stays.models import Stay
from nuantu.stays.rules.leaving import DIED, UNANNOUNCED, Finding
from nuantu.stays.selectors.checks import FINE, Plan
from nuantu.tracing.models import Match, MatchState, MissingReport
from nuantu.tracing.rules.verifying import Checked, Facts, may_tell_where, missing_of

SUSPECTED: Final = (MatchState.OPEN, MatchState.PROPOSED)


def checked(match: Match) -> list[Checked]:
    """Its checks in their order."""
    rows = match.checks.order_by("checked_at", "pk").values_list("kind", "result")
    return [Checked(kind, result) for kind, result in rows]


def facts_of(match: Match, today: date) -> Facts:
    """What decides on how much must be checked."""
    person = Person.objects.get(pk=match.person_id)
    lines = age_lines(match.division_code, match.compared_at)
    dead = Case.objects.filter(case_id=match.case_id, closing=Case.Closing.DECEASED)
    report = MissingReport.objects.filter(pk=match.report_id).values_list("dangers", flat=True)
    return Facts(
        is_minor=is_treated_as_minor(person.age_on(today), lines),
        is_dead=dead.exists(),
        dangers=frozenset(report.first() or ()),
    )


def missing_checks(match: Match, today: date) -> list[str]:
    """Codes of what is missing before two people may confirm."""
    return missing_of(checked(match), facts_of(match, today))


def may_be_told(match: Match, today: date) -> bool:
    """Whether the family may be told where he is: nothing of the match forbids it, nor what he told his social
    worker, nor a mark that somebody of it may harm him (X58)."""
    if speaks_against_family(match.case_id):
        return False
    return may_tell_where(checked(match), facts_of(match, today))


def before_leaving(stay: Stay, plan: Plan, at: datetime) -> Finding | None:
    """Whether the search for the family is answered: by a confirmed match, else somebody says what he looked up."""
    if plan.way in (DIED, UNANNOUNCED):
        return None
    states = list(
        Match.objects.filter(case_id=stay.case_id, shown_at__isnull=False).values_list(
            "state", flat=True
        )
    )
    if MatchState.CONFIRMED in states:
        return FINE
    count = len([state for state in states if state in SUSPECTED])
    if count:
        said = _("还有%(n)s条疑似匹配没有核对。先核对；来不及的，写明为什么")
        return Finding("ask", said % {"n": count})
    return Finding("ask", _("查过寻亲公告和走失报案没有？写明查了哪里、结果"))
