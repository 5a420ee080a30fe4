"""The plan and the minutes of a conference as numbered papers."""

from datetime import datetime

from nuantu.casework.models import CasePlan, Conference
from nuantu.casework.selectors.papers import (
    MINUTES,
    PLAN,
    minutes_values,
    papers_in_force,
    plan_values,
)
from nuantu.casework.services.plans import held_plan
from nuantu.core.actors import Actor
from nuantu.core.together import together
from nuantu.papers.models import Paper
from nuantu.papers.rules.kinds import Values
from nuantu.papers.selectors.kinds import kinds
from nuantu.papers.services import issue_paper, reissue_paper


def issue_plan(*, actor: Actor, at: datetime, plan: CasePlan) -> Paper:
    """The plan on paper for both to sign; a second time under its number, as another version. Raises IssueRefused
    where nothing changed."""
    with together():
        row = held_plan(plan)
        return _issue(actor, at, PLAN, row, plan_values(actor, row, at))


def issue_minutes(*, actor: Actor, at: datetime, conference: Conference) -> Paper:
    """The minutes on paper; what was said stays sealed. Raises IssueRefused where nothing changed."""
    with together():
        held_plan(conference.plan)
        return _issue(actor, at, MINUTES, conference, minutes_values(actor, conference, at))


def _issue(
    actor: Actor, at: datetime, code: str, row: CasePlan | Conference, values: Values
) -> Paper:
    for paper in papers_in_force([row.public_id]):
        made = reissue_paper(
            actor=actor, at=at, paper=paper, values=values, reason="社工个案有变化"
        )
        return made.paper
    return issue_paper(actor=actor, at=at, kind=kinds()[code], subject=row, values=values)
