"""The application for a settlement (F-16) as a numbered paper, by whoever puts down the station's steps."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from nuantu.core.actors import Actor
from nuantu.core.together import together
from nuantu.homeward.models import Settlement, SettlementState
from nuantu.homeward.selectors.settling_paper import APPLICATION, application_values
from nuantu.homeward.services.lines import HomewardRefused
from nuantu.papers.models import Paper
from nuantu.papers.selectors.kinds import kinds
from nuantu.papers.services import issue_paper, reissue_paper


def issue_application(*, actor: Actor, at: datetime, row: Settlement) -> Paper:
    """The application as far as it has come; a second time under its number, as another version (SE-03, SE-04).

    Raises HomewardRefused once the settlement has ended, IssueRefused where nothing changed.
    """
    with together():
        held = Settlement.objects.select_for_update(of=("self",)).select_related("person", "stay")
        found = held.get(pk=row.pk)
        if found.state == SettlementState.ENDED:
            raise HomewardRefused(_("这件落户安置现在不能这样办，请看它的状态。"))
        values = application_values(actor, found, at)
        papers = Paper.objects.filter(
            subject_id=found.public_id, kind=APPLICATION, state=Paper.State.ISSUED
        )
        last = papers.order_by("-pk").first()
        if last is None:
            kind = kinds()[APPLICATION]
            return issue_paper(actor=actor, at=at, kind=kind, subject=found, values=values)
        why = "落户安置办到下一步"
        return reissue_paper(actor=actor, at=at, paper=last, values=values, reason=why).paper
