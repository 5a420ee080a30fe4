"""Consent of a searcher: given, renewed, asked about before it ends, taken back."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.services import close_grants
from nuantu.core import clock
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.retention import keep_until
from nuantu.core.sentences import stored
from nuantu.core.subjects import Subject
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, complete_duty, open_duty
from nuantu.planbook import deadlines
from nuantu.tracing.models import ConsentWay, MissingReport, Purpose, State
from nuantu.tracing.rules.said import Consent
from nuantu.tracing.services.lines import REPORT, note
from nuantu.tracing.services.waking import wake

ASK: Final = "tracing.consent"


class ReportRefused(Refusal):
    """The report cannot be taken, changed, closed or shown like this."""


def agreed(consent: Consent, division_code: str, at: datetime) -> Consent:
    """A consent with its last day. Raises ReportRefused for one that cannot be.

    Without a last day it holds for `tracing.consent`, never longer than `tracing.consent_longest`.
    """
    today, book = clock.local(at).date(), rules_at(division_code, at)
    if consent.way not in ConsentWay.values:
        raise ReportRefused(_("请选寻亲人用什么方式同意。"), field="consent_way")
    if not consent.purposes or set(consent.purposes) - set(Purpose.values):
        raise ReportRefused(_("请选寻亲人同意用在哪里，至少一项。"), field="consent_purposes")
    if consent.given_date > today:
        raise ReportRefused(_("同意的日期不能是以后的日期。"), field="consent_date")
    usual = keep_until(consent.given_date, int(book.need("tracing.consent").number))
    until = consent.until_date or usual
    last = keep_until(consent.given_date, int(book.need("tracing.consent_longest").number))
    if until < today:
        raise ReportRefused(
            _("同意已经到期。请先问寻亲人是否继续，再登记新的同意。"), field="consent_until"
        )
    if until > last:
        raise ReportRefused(
            _("同意最迟到 %(day)s，更长的请到期前再问。") % {"day": last.isoformat()},
            field="consent_until",
        )
    return Consent(
        consent.given_by.strip()[:80], consent.given_date, consent.way, consent.purposes, until
    )


def put_consent(report: MissingReport, consent: Consent) -> None:
    """Write a consent into a report; the caller saves it."""
    if consent.given_by:
        report.consent_by = consent.given_by
    report.consent_date = consent.given_date
    report.consent_way, report.consent_purposes = consent.way, list(consent.purposes)
    report.consent_until_date = consent.until_date


def owe_question(report: MissingReport, actor: Actor, at: datetime) -> None:
    """Somebody asks the searcher whether the search goes on, `tracing.consent_ask` before the end."""
    if report.consent_until_date is None:
        return
    ruling = rules_at(report.division_code, at).need("tracing.consent_ask")
    asked: date = report.consent_until_date - timedelta(days=int(ruling.number))
    open_duty(
        actor=actor,
        at=at,
        kind=ASK,
        title="问寻亲人是否继续寻找",
        title_en="Ask the searcher whether the search goes on",
        subject=Subject(REPORT, report.public_id),
        owner_org=report.owner_org,
        division_code=report.division_code,
        case_id=report.case_id,
        due_at=deadlines.end_of(max(asked, clock.local(at).date())),
        basis=ruling.source[:200],
    )


def question_owed(report: MissingReport) -> Duty | None:
    """The open duty to ask the searcher."""
    owed = Duty.objects.filter(subject_kind=REPORT, subject_id=report.public_id, kind=ASK)
    return owed.filter(state=Duty.State.OPEN).first()


def renew_consent(
    *, actor: Actor, at: datetime, report: MissingReport, consent: Consent
) -> MissingReport:
    """The searcher was asked and goes on: the question is answered, and asked again before the new end.

    Raises ReportRefused for a closed report or a consent that cannot be.
    """
    with transaction.atomic():
        held = held_open(report)
        consent = agreed(consent, held.division_code, at)
        put_consent(held, consent)
        held.save()
        duty = question_owed(held)
        if duty is not None:
            complete_duty(actor=actor, at=at, duty=duty, evidence=held.public_id)
        owe_question(held, actor, at)
        wake()
        until = f"{consent.until_date}"
        note(
            held,
            "agree",
            actor=actor,
            at=at,
            summary=f"登记同意，有效到 {until}",
            changes={"until": until, "way": consent.way, "purposes": list(consent.purposes)},
        )
    return held


def close_report(
    *,
    actor: Actor,
    at: datetime,
    report: MissingReport,
    state: str,
    reason: str,
    still_open_to: str = "",
) -> MissingReport:
    """He was found, or the consent is over and was not renewed. Raises ReportRefused.

    The report stays readable for `keep.missing_report` to whoever took it, then it is erased. Organisations to which it
    was opened read it no more, but for the one that found him (`still_open_to`), until its term is over.
    """
    if state not in (State.FOUND, State.EXPIRED):
        raise ReportRefused(_("请选怎样了结。"), field="state")
    with transaction.atomic():
        held = held_open(report)
        if state == State.EXPIRED and not held.is_lapsed(clock.local(at).date()):
            raise ReportRefused(
                _("同意还没有到期。寻亲人不再寻找的，请用“撤回同意”。"), field="state"
            )
        months = int(rules_at(held.division_code, at).need("keep.missing_report").number)
        last = keep_until(clock.local(at).date(), months)
        _close(held, actor, at, state=state, reason=reason, last=last)
        close_grants(at=at, key_id=held.public_id, but_for=still_open_to)
        word = stored(State(state).label)
        note(
            held,
            "close",
            actor=actor,
            at=at,
            summary=f"了结寻人登记：{word}",
            changes={"reason": held.closed_reason},
        )
    return held


def withdraw_consent(
    *, actor: Actor, at: datetime, report: MissingReport, reason: str
) -> MissingReport:
    """The searcher takes his consent back, of a closed report, too: it is closed and hidden at once, also to whom it was
    opened, nobody has to tell him anything, and it is erased within `keep.withdrawn_report`, never later than it would
    have been (PIPL Art. 15 and 47). Raises ReportRefused."""
    with transaction.atomic():
        held = MissingReport.objects.select_for_update().get(pk=report.pk)
        if held.is_withdrawn:
            raise ReportRefused(_("寻亲人已经撤回过同意。"))
        days = int(rules_at(held.division_code, at).need("keep.withdrawn_report").number)
        last = clock.local(at).date() + timedelta(days=days)
        _close(
            held,
            actor,
            at,
            state=State.WITHDRAWN,
            reason=reason,
            last=min(last, held.keep_until_date or last),
        )
        for duty in Duty.objects.filter(
            subject_kind=REPORT, subject_id=held.public_id, state=Duty.State.OPEN
        ):
            cancel_duty(actor=actor, at=at, duty=duty, reason="寻亲人撤回同意")
        close_grants(at=at, key_id=held.public_id)
        note(
            held,
            "withdraw",
            actor=actor,
            at=at,
            summary="寻亲人撤回同意，登记已隐藏",
            changes={"reason": held.closed_reason},
        )
    return held


def held_open(report: MissingReport) -> MissingReport:
    """The row, locked, where it is open still. Raises ReportRefused for whoever comes second."""
    held = MissingReport.objects.select_for_update().get(pk=report.pk)
    if not held.is_open:
        raise ReportRefused(
            _("这条登记已经了结（%(state)s），不能再改。") % {"state": held.get_state_display()}
        )
    return held


def _close(
    held: MissingReport, actor: Actor, at: datetime, *, state: str, reason: str, last: date
) -> None:
    words = " ".join(reason.split())[:300]
    if not words:
        raise ReportRefused(_("请写明原因。"), field="reason")
    held.state, held.closed_at, held.closed_by = state, at, actor.name
    held.closed_reason, held.keep_until_date = words, last
    held.save()
    wake()
    duty = question_owed(held)
    if duty is not None:
        cancel_duty(actor=actor, at=at, duty=duty, reason="寻人登记已了结")
