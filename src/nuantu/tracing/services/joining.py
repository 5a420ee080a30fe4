"""What a confirmed match brings: the report joins the case, the name is known, the stay is told; and the way back."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from nuantu.core import clock, events, scope
from nuantu.core.actors import Actor
from nuantu.core.erasure import opened
from nuantu.core.subjects import Subject
from nuantu.core.together import attempt
from nuantu.operations.models import Duty
from nuantu.operations.selectors import rules_at
from nuantu.operations.services import cancel_duty, open_duty
from nuantu.persons.models import Case, Certainty, FactKind, PersonFact
from nuantu.persons.services import add_fact
from nuantu.planbook import calendars
from nuantu.stays.models import Stay
from nuantu.stays.rules.clocks import ends_at
from nuantu.stays.selectors.known import is_identified
from nuantu.stays.services.clocks import (
    ClockRefused,
    drop_identity_clocks,
    restart_identity_clocks,
)
from nuantu.tracing.models import IdentitySearch, Match, MissingReport, State
from nuantu.tracing.rules.asking import bare
from nuantu.tracing.selectors.checks import may_be_told
from nuantu.tracing.selectors.match_pages import may_contact
from nuantu.tracing.services.consent import close_report, owe_question
from nuantu.tracing.services.lines import REPORT, note
from nuantu.tracing.services.notices import withdraw_notices
from nuantu.tracing.services.searching import begin_search, end_search

HOME, TELL, DOUBT = "tracing.home", "tracing.tell", "tracing.doubt"
WHY: Final = "a confirmed match reaches the report, whichever organisation holds it"
_FOUND: Final = "比对确认，已找到"
_UNDONE: Final = "撤销了确认"
_NOT_HIS: Final = "撤销了确认，原来的联系方式不作数"
# What the searcher is told, in Chinese and English.
_WHERE: Final = ("已找到：告诉寻亲人", "Found: tell the searcher")
_SAFE: Final = (
    "已找到：只告诉寻亲人平安，不说在哪里",
    "Found: tell the searcher only that he is safe, not where",
)
_NOT_FOUND_YET: Final = (
    "确认撤销了：告诉寻亲人还没有找到",
    "Confirmation taken back: tell the searcher that he is not found yet",
)


def join(*, actor: Actor, at: datetime, match: Match) -> None:
    """The report gets the case and is closed, the facts of the report become facts of the person, the search for who
    he is ends, and the way home is owed. The caller saved the confirmation."""
    case = Case.objects.select_related("person").get(case_id=match.case_id)
    tells_where = may_be_told(match, clock.local(at).date())
    with scope.system(WHY):
        report = MissingReport.objects.get(pk=match.report_id)
        close_report(
            actor=actor, at=at, report=report, state=State.FOUND, reason=_FOUND,
            still_open_to=match.owner_org,
        )  # fmt: skip
        MissingReport.objects.filter(pk=report.pk).update(case_id=case.case_id)
    match.fact = _know(actor, at, case, report, is_family_told=tells_where)
    match.save(update_fields=["fact"])
    withdraw_notices(actor=actor, at=at, case=case, cause="identified", reason=_FOUND)
    stay = Stay.objects.filter(case_id=case.case_id, left_at=None).first()
    if is_identified(case.person):
        _end_search(actor, at, match, stay)
    if stay is not None:
        _owe_home(actor, at, stay, tells_where=tells_where)
    with scope.system(WHY):
        for duty in _words_to_tell(report, Duty.State.OPEN):
            cancel_duty(actor=actor, at=at, duty=duty, reason="又确认了")
    _owe_word(actor, at, match, report, said=_WHERE if tells_where else _SAFE)
    events.announce("tracing.match_confirmed", match=str(match.public_id), case=str(case.public_id))


def _end_search(actor: Actor, at: datetime, match: Match, stay: Stay | None) -> None:
    """Steps and clocks of who he is end; where nobody had begun to search, those of the stay."""
    search = IdentitySearch.objects.filter(case_id=match.case_id, state="open").first()
    if search is not None:
        words = f"比对寻人登记{match.report.number}，两人确认"
        end_search(actor=actor, at=at, search=search, found_by=match.found_by, words=words)
    elif stay is not None:
        drop_identity_clocks(actor=actor, at=at, stay=stay)


def source_of(report: MissingReport) -> str:
    """Where the facts of a confirmed match come from."""
    return f"寻人登记{report.number}，两人核对确认"


def _know(
    actor: Actor, at: datetime, case: Case, report: MissingReport, *, is_family_told: bool
) -> PersonFact | None:
    """The name and what else the report told, verified; the name is returned."""
    told = {
        FactKind.NAME: bare(report.name),
        FactKind.BIRTH_DATE: report.birth_date.isoformat() if report.birth_date else "",
        FactKind.ORIGIN: report.home_words,
    }
    if is_family_told and may_contact(report) and report.searcher_phone:
        family = (
            opened(report.searcher_name),
            report.searcher_relation,
            opened(report.searcher_phone),
        )
        told[FactKind.FAMILY_CONTACT] = " ".join(filter(None, family))
    facts = {
        kind: add_fact(
            actor=actor, at=at, person=case.person, case=case, kind=kind, value=value,
            certainty=Certainty.VERIFIED, source=source_of(report),
        )
        for kind, value in told.items()
        if value
    }  # fmt: skip
    return facts.get(FactKind.NAME)


def _owe_home(actor: Actor, at: datetime, stay: Stay, *, tells_where: bool) -> None:
    ruling = rules_at(stay.division_code, at).need(HOME)
    open_duty(
        actor=actor,
        at=at,
        kind=HOME,
        title="身份已查明：问本人意愿，安排返乡"
        if tells_where
        else "身份已查明：本人不愿或有危险，定下一步",
        title_en="Identity found: ask what he wants, arrange the way home"
        if tells_where
        else "Identity found: he is not willing or in danger, decide what next",
        subject=Subject("stay", stay.public_id),
        owner_org=stay.owner_org,
        division_code=stay.division_code,
        case_id=stay.case_id,
        due_at=ends_at(at, ruling.number, ruling.unit, calendars.national()),
        basis=ruling.source[:200],
        basis_rule="P1-62",
    )


def _words_to_tell(report: MissingReport, state: str) -> QuerySet[Duty]:
    return Duty.objects.filter(kind=TELL, subject_id=report.public_id, state=state)


def _owe_word(
    actor: Actor, at: datetime, match: Match, report: MissingReport, *, said: tuple[str, str]
) -> None:
    """Whoever took the report tells the searcher: where he is, only that he is safe, or that it was not he."""
    ruling = rules_at(report.division_code, at).need(TELL)
    open_duty(
        actor=actor,
        at=at,
        kind=TELL,
        title=said[0],
        title_en=said[1],
        subject=Subject(REPORT, report.public_id),
        owner_org=report.owner_org,
        division_code=report.division_code,
        case_id=match.case_id if report.owner_org == match.owner_org else None,
        due_at=ends_at(at, ruling.number, ruling.unit, calendars.national()),
        basis=ruling.source[:200],
        basis_rule="P1-62",
    )


def part(*, actor: Actor, at: datetime, match: Match, reason: str) -> None:
    """Undo what joining brought: the report is searched again, unless its consent was taken back since; its facts
    count no more, clocks begin anew."""
    case = Case.objects.select_related("person").get(case_id=match.case_id)
    with scope.system(WHY):
        report = MissingReport.objects.get(pk=match.report_id)
    if not report.is_withdrawn:
        _search_on(actor, at, match, report, reason)
    _doubt_facts(actor, at, case, report)
    if case.is_open and IdentitySearch.objects.filter(case_id=case.case_id).exists():
        begin_search(actor=actor, at=at, case=case)
    stay = Stay.objects.filter(case_id=case.case_id, left_at=None).first()
    owed = Q(kind=DOUBT, subject_id=match.public_id)
    if stay is not None:
        owed |= Q(kind=HOME, subject_id=stay.public_id)
        _search_again(actor, at, stay, reason)
    with scope.system(WHY):
        for duty in Duty.objects.filter(owed, state=Duty.State.OPEN):
            cancel_duty(actor=actor, at=at, duty=duty, reason=_UNDONE)
    events.announce("tracing.match_undone", match=str(match.public_id), case=str(case.public_id))


def _search_on(
    actor: Actor, at: datetime, match: Match, report: MissingReport, reason: str
) -> None:
    """The report is open again, and its searcher hears what is no longer so."""
    joined_at = report.closed_at
    with scope.system(WHY):
        MissingReport.objects.filter(pk=report.pk).update(
            state=State.OPEN, case_id=None, closed_at=None, closed_by="", closed_reason="",
            keep_until_date=None,
        )  # fmt: skip
        report.refresh_from_db()
        note(
            report,
            "reopen",
            actor=actor,
            at=at,
            summary="撤销了结，继续寻找",
            changes={"reason": reason},
        )
        for duty in _words_to_tell(report, Duty.State.OPEN):
            cancel_duty(actor=actor, at=at, duty=duty, reason=_UNDONE)
        owe_question(report, actor, at)
        if _words_to_tell(report, Duty.State.DONE).filter(opened_at__gte=joined_at).exists():
            _owe_word(actor, at, match, report, said=_NOT_FOUND_YET)


def _doubt_facts(actor: Actor, at: datetime, case: Case, report: MissingReport) -> None:
    """What the report brought is claimed again, no longer verified; nobody is called as his family any more."""
    facts = case.person.facts.filter(source=source_of(report), corrections=None)
    for fact in facts.order_by("pk"):
        value = _NOT_HIS if fact.kind == FactKind.FAMILY_CONTACT else fact.value
        add_fact(
            actor=actor, at=at, person=case.person, case=case, kind=fact.kind, value=value,
            certainty=Certainty.CLAIMED, source="撤销确认，未核实", corrects=fact,
        )  # fmt: skip


def _search_again(actor: Actor, at: datetime, stay: Stay, reason: str) -> None:
    """Finding out who he is begins anew, unless it runs still or somebody verified it otherwise."""
    try:
        with attempt():
            restart_identity_clocks(actor=actor, at=at, stay=stay, note_text=reason)
    except ClockRefused:
        return


def doubt_confirmed(*, actor: Actor, at: datetime) -> int:
    """A name that two confirmed was found false since: whoever holds the case undoes it or says why not; how many.

    Call it under the system scope; it may run again.
    """
    known = Duty.objects.filter(kind=DOUBT).values("subject_id")
    rows = Match.objects.filter(state="confirmed", fact__corrections__isnull=False)
    count = 0
    for match in rows.exclude(public_id__in=known).distinct():
        ruling = rules_at(match.division_code, at).need(TELL)
        open_duty(
            actor=actor, at=at, kind=DOUBT, title="确认后姓名又被更正：撤销确认，或写明为什么不撤销",
            title_en="A confirmed name was put right since: undo the confirmation, or say why not",
            subject=Subject("match", match.public_id), owner_org=match.owner_org,
            division_code=match.division_code, case_id=match.case_id,
            due_at=ends_at(at, ruling.number, ruling.unit, calendars.national()), basis=ruling.source[:200],
        )  # fmt: skip
        count += 1
    return count
