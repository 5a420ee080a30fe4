"""The rows of a confirmed file come in, some at a time, so that it can be watched."""

from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from nuantu.accounts.models import User
from nuantu.accounts.selectors import actor_for
from nuantu.core import clock, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.together import attempt, together
from nuantu.tracing.models import ConsentWay, ImportRow, ReportImport
from nuantu.tracing.rules.said import Consent
from nuantu.tracing.services.consent import ReportRefused
from nuantu.tracing.services.importing import reading
from nuantu.tracing.services.reports import take_report

AT_ONCE: Final = 20
WHY: Final = "a file is brought in for whoever confirmed it"
State = ReportImport.State


def bring_in(batch_id: str, user_id: str) -> None:
    """Take the wanted rows of a confirmed file, each as a report of its own; may run twice.

    A row that is refused is named with its reason and keeps no other row out.
    """
    with scope.system(WHY):
        found = ReportImport.objects.filter(public_id=UUID(batch_id))
        batch = found.filter(state__in=[State.WAITING, State.RUNNING]).first()
        user = User.objects.select_related("organisation__division").get(public_id=UUID(user_id))
        if batch is None:
            return
        found.update(state=State.RUNNING)
    actor = actor_for(user)
    while True:
        with scope.enter(scope.of_actor(actor)), together():
            if not _some(batch, actor):
                _end(batch)
                return


def _some(batch: ReportImport, actor: Actor) -> int:
    """Take the next rows; how many there were."""
    waiting = batch.rows.filter(state__in=["ready", "doubtful"], is_wanted=True)
    rows = list(waiting.select_for_update().order_by("line")[:AT_ONCE])
    today = clock.local(clock.now()).date()
    for row in rows:
        row.batch = batch
        try:
            with attempt():
                _take(row, batch, actor, today)
        except Refusal as refusal:
            row.state, row.findings = "bad", [*row.findings, f"{refusal.field or 'row'}:refused"]
        row.save(update_fields=["state", "findings", "report"])
    return len(rows)


def _take(row: ImportRow, batch: ReportImport, actor: Actor, today: date) -> None:
    one = reading(row, batch, today)
    given = one.consent_date or batch.consent_date
    if given is None:  # a day nobody named is not made up
        raise ReportRefused(_("请写哪天同意的。"), field="consent_date")
    consent = Consent(
        given_by=one.said.searcher_name or batch.source_name,
        given_date=given,
        way=ConsentWay.BODY,
        purposes=tuple(batch.consent_purposes),
        until_date=one.consent_until,
    )
    row.report = take_report(actor=actor, at=clock.now(), said=one.said, consent=consent)
    row.state = "taken"


def _end(batch: ReportImport) -> None:
    batch.rows.filter(state__in=["ready", "doubtful"]).update(state="skipped")
    ReportImport.objects.filter(pk=batch.pk).update(state=State.DONE, done_at=clock.now())
