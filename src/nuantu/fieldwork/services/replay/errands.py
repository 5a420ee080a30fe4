"""Revisits and escorts home, by the services of `homeward`: what was told without a line."""

from django.utils.translation import gettext as _

from nuantu.core import clock
from nuantu.fieldwork.services.replay.deeds import Deed, Done, NotWhole, filled
from nuantu.homeward import access
from nuantu.homeward.forms.escorting import ARRIVED, EscortForm
from nuantu.homeward.forms.ledger import VisitForm
from nuantu.homeward.models.return_choices import Heard
from nuantu.homeward.models.returns import ReturnPlan
from nuantu.homeward.selectors.sheets import GIVER, SHEET, TAKER
from nuantu.homeward.services import ledger, on_the_way
from nuantu.papers.models import Paper
from nuantu.papers.services import sign_on_paper


def revisit(deed: Deed) -> Done:
    """A revisit of the prevention ledger, made when it was put down. Raises what form and rules say."""
    entry = access.entry_to_change(deed.actor, deed.subject)
    data = deed.fields
    data["visited_at"] = f"{clock.local(deed.at):%Y-%m-%dT%H:%M:%S}"
    form = filled(VisitForm(data))
    ledger.record_visit(actor=deed.actor, at=deed.at, entry=entry, seen=form.seen())
    return Done()


def escort(deed: Deed) -> Done:
    """What happened on the way, or the end of it with the sheet that both have signed.

    Raises NotWhole where a signed sheet has no paper to go to; the photo waits with the command.
    """
    plan = access.escorted_for(deed.actor, deed.subject)
    said = filled(EscortForm(deed.fields)).cleaned_data
    if said["what"] == ARRIVED:
        _signed(deed, plan)
        heard = Heard.SHEET if deed.files else Heard.SEEN
        on_the_way.arrive(
            actor=deed.actor,
            at=deed.at,
            plan=plan,
            arrived_at=deed.at,
            heard=heard,
            heard_of=said["heard_of"],
            words=said["words"],
        )
        return Done("" if deed.files else _("到达已登记，交接单还等双方签字。"))
    told = on_the_way.Told(
        said["what"],
        deed.at,
        words=said["words"],
        place=said["place"],
        told_police=said["told_police"],
        is_tip=bool(said["place"]),
    )
    on_the_way.put_event(actor=deed.actor, at=deed.at, plan=plan, told=told)
    return Done()


def _signed(deed: Deed, plan: ReturnPlan) -> None:
    """Put the photo of the signed sheet to the sheet in force."""
    if not deed.files:
        return
    rows = Paper.objects.filter(subject_id=plan.public_id, kind=SHEET, state=Paper.State.ISSUED)
    issued = rows.order_by("-pk").first()
    if issued is None:
        raise NotWhole(_("护送返乡交接单还没有出具，签好的照片没有地方放。请先出具，再重试。"))
    for file in deed.files:
        sign_on_paper(
            actor=deed.actor,
            at=deed.at,
            paper=issued,
            upload=file,
            version=issued.version,
            places=(GIVER, TAKER),
        )
