"""The only door from a request to a report, a file of reports or a search; outsiders get not-found."""

from datetime import datetime
from uuid import UUID

from django.http import Http404

from nuantu.core.actors import Actor
from nuantu.persons import access as persons
from nuantu.persons.models import Case, Person, PersonFact
from nuantu.persons.selectors import opened_by
from nuantu.persons.selectors.pages import IDENTITY
from nuantu.tracing.models import (
    CandidatePlace,
    Fragment,
    IdentityRequest,
    IdentitySearch,
    IdentityStep,
    Match,
    MatchState,
    MissingReport,
    Posting,
    ReportImport,
    RequestLine,
    TracingLead,
    TracingNotice,
)
from nuantu.tracing.selectors.search_pages import OF_THE_MEDIC

READ, WRITE = "tracing.report.read", "tracing.report.write"
REVEAL, EXPORT = "tracing.report.reveal", "tracing.report.export"
IMPORT = "tracing.report.import"
SEARCH_READ, SEARCH_WRITE = "tracing.search.read", "tracing.search.write"
SEARCH_REVEAL, SEARCH_EXPORT = "tracing.search.reveal", "tracing.search.export"
HEAR = "tracing.fragment.add"
NOTICES, NOTICE_WRITE = "tracing.notice.read", "tracing.notice.write"
NOTICE_APPROVE, NOTICE_EXPORT = "tracing.notice.approve", "tracing.notice.export"
CHANNELS = "tracing.channel.manage"
MATCH_READ, MATCH_DECIDE = "tracing.match.read", "tracing.match.decide"


def report_for(actor: Actor, public_id: UUID, permission: str = READ) -> MissingReport:
    """A report that the actor's organisation took or oversees, else not found."""
    if actor.may(permission):
        found = MissingReport.objects.select_related("photo").filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def is_own(actor: Actor, report: MissingReport) -> bool:
    """Whether the actor's organisation holds the report."""
    return report.owner_org == actor.org_code


def may_change(actor: Actor, report: MissingReport) -> bool:
    """Whether the actor may write to it: only its holder, only while it is open."""
    return actor.may(WRITE) and is_own(actor, report) and report.is_open


def may_withdraw(actor: Actor, report: MissingReport) -> bool:
    """Whether the actor may put down that the searcher took his consent back: closed reports, too."""
    return actor.may(WRITE) and is_own(actor, report) and not report.is_withdrawn


def report_to_change(actor: Actor, public_id: UUID) -> MissingReport:
    """A report that the actor's own organisation holds; overseers get not-found. It may be closed."""
    found = report_for(actor, public_id, WRITE)
    if not is_own(actor, found):
        raise Http404
    return found


def report_to_reveal(actor: Actor, public_id: UUID) -> MissingReport:
    """A report whose sealed parts the actor may open: his own organisation's, not withdrawn."""
    found = report_for(actor, public_id, REVEAL)
    if not is_own(actor, found) or found.is_withdrawn:
        raise Http404
    return found


def file_for(actor: Actor, public_id: UUID) -> ReportImport:
    """A file that the actor's own organisation read, for those who bring files in."""
    if actor.may(IMPORT):
        found = ReportImport.objects.filter(public_id=public_id, owner_org=actor.org_code).first()
        if found is not None:
            return found
    raise Http404


def search_for(actor: Actor, case_id: UUID, permission: str = SEARCH_READ) -> IdentitySearch:
    """The search of a case that the actor's organisation holds or oversees, else not found."""
    if actor.may(permission):
        found = IdentitySearch.objects.select_related("person__photo").filter(case_id=case_id)
        for search in found:
            return search
    raise Http404


def search_by_id(actor: Actor, public_id: UUID) -> IdentitySearch:
    """The same by the public id of the search, for lines and duties."""
    if actor.may(SEARCH_READ):
        found = IdentitySearch.objects.select_related("person").filter(public_id=public_id)
        for search in found:
            return search
    raise Http404


def search_to_change(actor: Actor, case_id: UUID, permission: str = SEARCH_WRITE) -> IdentitySearch:
    """A search that the actor's own organisation holds; overseers get not-found. It may be over."""
    found = search_for(actor, case_id, permission)
    if found.owner_org != actor.org_code:
        raise Http404
    return found


def case_to_hear(actor: Actor, case_id: UUID, permission: str = HEAR) -> Case:
    """An open case of the actor's own organisation, for those who hear what somebody says."""
    found = persons.case_for(actor, case_id)
    if not persons.may_change(actor, found, permission):
        raise Http404
    return found


def fragment_for(actor: Actor, public_id: UUID, permission: str = SEARCH_READ) -> Fragment:
    """A fragment of a case the actor may see; to be changed, only one of his own organisation."""
    if actor.may(permission):
        rows = Fragment.objects.select_related("person", "sound", "fact")
        for found in rows.filter(public_id=public_id):
            if permission == SEARCH_READ or found.owner_org == actor.org_code:
                return found
    raise Http404


def place_to_dismiss(actor: Actor, public_id: UUID) -> CandidatePlace:
    """A candidate place of a fragment of the actor's own organisation."""
    if actor.may(SEARCH_WRITE):
        rows = CandidatePlace.objects.select_related("fragment__person")
        for found in rows.filter(public_id=public_id, fragment__owner_org=actor.org_code):
            return found
    raise Http404


def step_for(actor: Actor, public_id: UUID) -> IdentityStep:
    """A step of a search the actor may see."""
    if actor.may(SEARCH_READ):
        rows = IdentityStep.objects.select_related("search__person", "evidence")
        for found in rows.filter(public_id=public_id):
            return found
    raise Http404


def fact_to_reveal(actor: Actor, search: IdentitySearch, public_id: UUID) -> PersonFact:
    """A sealed fact of whom is searched for, of the case that the actor's organisation holds; what is the
    medic's stays closed."""
    found = PersonFact.objects.filter(
        person=search.person, public_id=public_id, case_id=search.case_id
    )
    for fact in found.exclude(kind__in=OF_THE_MEDIC):
        return fact
    raise Http404


def must_be_open(actor: Actor, person: Person, at: datetime) -> None:
    """What belongs to a masked record is not shown by itself either: not found unless it was opened."""
    if is_masked(actor, person, at):
        raise Http404


def notice_for(actor: Actor, public_id: UUID, permission: str = NOTICES) -> TracingNotice:
    """A notice about somebody the actor's organisation holds or oversees, else not found."""
    if actor.may(permission):
        rows = TracingNotice.objects.select_related("of_case__person")
        found = rows.filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def may_work_on(actor: Actor, notice: TracingNotice, permission: str) -> bool:
    """Whether the actor may write to it: his own organisation's, with that right."""
    return notice.owner_org == actor.org_code and actor.may(permission)


def notice_to_change(
    actor: Actor, public_id: UUID, permission: str = NOTICE_WRITE
) -> TracingNotice:
    """A notice that the actor's own organisation holds; overseers get not-found."""
    found = notice_for(actor, public_id, permission)
    if not may_work_on(actor, found, permission):
        raise Http404
    return found


def posting_for(actor: Actor, public_id: UUID, permission: str = NOTICES) -> Posting:
    """Where a notice stands, for those who may see the notice."""
    if actor.may(permission):
        rows = Posting.objects.select_related("notice__of_case__person", "version")
        found = rows.filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def posting_to_change(actor: Actor, public_id: UUID) -> Posting:
    """A posting of the actor's own organisation."""
    found = posting_for(actor, public_id, NOTICE_WRITE)
    if not may_work_on(actor, found.notice, NOTICE_WRITE):
        raise Http404
    return found


def lead_for(actor: Actor, public_id: UUID, permission: str = NOTICES) -> TracingLead:
    """A lead about a notice the actor may see."""
    if actor.may(permission):
        rows = TracingLead.objects.select_related("notice__of_case__person")
        found = rows.filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def lead_to_change(actor: Actor, public_id: UUID) -> TracingLead:
    """A lead that the actor's own organisation took."""
    found = lead_for(actor, public_id, NOTICE_WRITE)
    if not may_work_on(actor, found.notice, NOTICE_WRITE):
        raise Http404
    return found


def case_to_publish(actor: Actor, public_id: UUID) -> Case:
    """An open case of the actor's own organisation, about whose person a notice may be drafted."""
    if actor.may(NOTICE_WRITE):
        rows = Case.objects.select_related("person__photo").filter(public_id=public_id)
        found = rows.filter(owner_org=actor.org_code, state=Case.State.OPEN).first()
        if found is not None:
            return found
    raise Http404


def match_for(actor: Actor, public_id: UUID, permission: str = MATCH_READ) -> Match:
    """A suspected match of a case that the actor's organisation holds or oversees, else not found."""
    if actor.may(permission):
        found = Match.objects.select_related("person__photo").filter(public_id=public_id).first()
        if found is not None:
            return found
    raise Http404


def may_decide(actor: Actor, match: Match) -> bool:
    """Whether the actor may check and decide: only whoever holds the case."""
    return actor.may(MATCH_DECIDE) and match.owner_org == actor.org_code


def may_ask(actor: Actor, match: Match) -> bool:
    """Whether the actor may ask another organisation for the report of a pair that is not decided."""
    is_suspected = match.state in (MatchState.OPEN, MatchState.PROPOSED)
    return is_suspected and may_decide(actor, match) and match.holder_org != actor.org_code


def match_to_decide(actor: Actor, public_id: UUID) -> Match:
    """A suspected match that the actor's own organisation decides on; overseers get not-found."""
    found = match_for(actor, public_id, MATCH_DECIDE)
    if not may_decide(actor, found):
        raise Http404
    return found


def may_confirm(actor: Actor, match: Match) -> bool:
    """Whether the actor may be the second of two."""
    return may_decide(actor, match) and str(match.proposed_by_id) != actor.public_id


def is_masked(actor: Actor, person: Person, at: datetime) -> bool:
    """Whether the actor has yet to give a purpose before he sees who this is."""
    return person.is_restricted and not opened_by(person, actor, at).has(IDENTITY)


def request_for(actor: Actor, public_id: UUID, permission: str = SEARCH_READ) -> IdentityRequest:
    """A request of a search the actor may see; to be changed, only one of his own organisation."""
    if actor.may(permission):
        rows = IdentityRequest.objects.select_related("search__person").prefetch_related("lines")
        for found in rows.filter(public_id=public_id):
            if permission == SEARCH_READ or found.owner_org == actor.org_code:
                return found
    raise Http404


def line_for(actor: Actor, public_id: UUID) -> RequestLine:
    """What happened with a request the actor may see."""
    if actor.may(SEARCH_READ):
        rows = RequestLine.objects.select_related("request__search__person", "scan")
        for found in rows.filter(public_id=public_id):
            return found
    raise Http404
