"""Papers that a decision is made with: the notice has one number, that of the paper."""

from datetime import datetime

from nuantu.core.actors import Actor
from nuantu.papers.models import Paper
from nuantu.papers.selectors import kinds
from nuantu.papers.services import issue_paper
from nuantu.stays.models import Reception, Stay


def issue_notice(*, actor: Actor, at: datetime, code: str, about: Reception | Stay) -> Paper:
    """Issue the notice of a decision as a paper, from what was entered. Raises IssueRefused."""
    feed = kinds.feed_of(code)
    values = feed.gather(actor, about, at) if feed else {}
    return issue_paper(actor=actor, at=at, kind=kinds.kinds()[code], subject=about, values=values)
