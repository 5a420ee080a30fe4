"""Visits that were promised, by the services of `homeward`: what their keeper told without a line."""

from nuantu.core import clock
from nuantu.fieldwork.services.replay.deeds import Deed, Done, filled
from nuantu.homeward import access
from nuantu.homeward.forms.ledger import VisitForm
from nuantu.homeward.services import ledger


def revisit(deed: Deed) -> Done:
    """A revisit of the prevention ledger, made when it was put down. Raises what form and rules say."""
    entry = access.entry_to_change(deed.actor, deed.subject)
    data = deed.fields
    data["visited_at"] = f"{clock.local(deed.at):%Y-%m-%dT%H:%M:%S}"
    form = filled(VisitForm(data))
    ledger.record_visit(actor=deed.actor, at=deed.at, entry=entry, seen=form.seen())
    return Done()
