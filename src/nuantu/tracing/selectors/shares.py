"""To whom a report is open by a grant, and until when."""

from dataclasses import dataclass
from datetime import datetime

from nuantu.accounts.models import Grant
from nuantu.core.actors import Actor
from nuantu.letters import access as letters
from nuantu.letters.selectors.letters import Row, letters_about
from nuantu.tracing.models import Match, MissingReport
from nuantu.tracing.selectors.looks import REPORT
from nuantu.tracing.selectors.match_pages import MATCH


@dataclass(frozen=True, slots=True)
class Share:
    """An organisation that may read a report, by which letter, until when."""

    code: str
    name: str
    number: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Sharing:
    """What a page says of it: the letters that ask, and who reads; for others than the holder only himself."""

    letters: list[Row]
    shares: list[Share]


def of_report(actor: Actor, report: MissingReport, at: datetime) -> Sharing:
    """For the holder who asks and who reads; for anybody else until when he may."""
    is_own = report.owner_org == actor.org_code
    asked = letters_about(REPORT, report.public_id, at) if is_own and _reads(actor) else []
    return Sharing(asked, _shares(report, at, "" if is_own else actor.org_code))


def of_match(actor: Actor, match: Match, report: MissingReport | None, at: datetime) -> Sharing:
    """The letters that asked for the report of a pair, and until when it is open."""
    if match.holder_org == match.owner_org:
        return Sharing([], [])
    asked = letters_about(MATCH, match.public_id, at) if _reads(actor) else []
    return Sharing(asked, _shares(report, at, match.owner_org) if report else [])


def _reads(actor: Actor) -> bool:
    return actor.may(letters.READ)


def _shares(report: MissingReport, at: datetime, org_code: str) -> list[Share]:
    live = Grant.objects.filter(
        case_id=report.public_id, ended_at=None, since__lte=at, until__gt=at
    ).select_related("organisation")
    if org_code:
        live = live.filter(organisation_id=org_code)
    return [
        Share(one.organisation_id, one.organisation.name, one.purpose, one.until)
        for one in live.order_by("until")
    ]
