"""The door from a request to a patrol week, to the register of what was walked, and to sweeps.

Row-level security limits what is found; here the right is checked, and who may neither plan nor
oversee sees a week only when it was published.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from nuantu.accounts.models import Division
from nuantu.accounts.rules.divisions import short_code
from nuantu.accounts.selectors import counties
from nuantu.core import scope
from nuantu.core.actors import Actor
from nuantu.core.models import StoredFile
from nuantu.operations.models import Team, TeamMember
from nuantu.operations.rules.places import county_of
from nuantu.patrols.models import (
    FlowEntry,
    JointPartner,
    PatrolPhoto,
    PatrolReplan,
    PatrolRoute,
    PatrolRun,
    PatrolStop,
    PatrolVisit,
    PatrolWeek,
    Sweep,
    SweepArea,
    SweepFind,
)
from nuantu.patrols.selectors.asking import teams_of
from nuantu.patrols.selectors.hidden import is_opened, restricted_at
from nuantu.patrols.selectors.joint import along_on
from nuantu.persons.selectors.looks import opened_by
from nuantu.persons.selectors.pages import IDENTITY

READ = "patrols.week.read"
PLAN = "patrols.week.plan"
APPROVE = "patrols.week.approve"
REGISTER, WALK = "patrols.run.read", "patrols.run.walk"
BREAK_OFF, EXPORT = "patrols.run.break_off", "patrols.run.export"
ENTER, REVEAL = "patrols.run.enter", "persons.person.reveal"
CHECKLIST = "patrols.checklist.load"
SWEEPS, ORDER = "patrols.sweep.read", "patrols.sweep.order"
REPORT, JUDGE = "patrols.sweep.report", "patrols.sweep.judge"
EXPORT_SWEEP = "patrols.sweep.export"
FLOWS, WRITE_FLOWS = "patrols.flow.read", "patrols.flow.write"
REVEAL_FLOWS, EXPORT_FLOWS = "patrols.flow.reveal", "patrols.flow.export"


def weeks_for(actor: Actor) -> QuerySet[PatrolWeek]:
    """The weeks this actor may see, the newest first."""
    if not actor.may(READ):
        return PatrolWeek.objects.none()
    rows = PatrolWeek.objects.order_by("-first_day", "division_code")
    if actor.may(PLAN) or actor.prefix:
        return rows
    return rows.filter(state=PatrolWeek.State.PUBLISHED)


def week_for(actor: Actor, public_id: UUID) -> PatrolWeek:
    """A week this actor may see, or not found."""
    rows = weeks_for(actor).select_related("search", "operation")
    found = rows.defer("search__problem").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def may_change(actor: Actor, week: PatrolWeek, permission: str) -> bool:
    """Whether the actor may act on the week: its holder, or whoever oversees the county."""
    is_holder = week.owner_org == actor.org_code
    is_overseer = bool(actor.prefix) and week.division_code.startswith(actor.prefix)
    return actor.may(permission) and (is_holder or is_overseer)


def changeable_week_for(actor: Actor, public_id: UUID, permission: str) -> PatrolWeek:
    """A week the actor may act on, or not found."""
    week = week_for(actor, public_id)
    if not may_change(actor, week, permission):
        raise Http404
    return week


def changeable_stop_for(actor: Actor, public_id: UUID) -> PatrolStop:
    """A stop of a week the actor may plan, with its route, or not found."""
    rows = PatrolStop.objects.select_related("route__team", "route__week", "key_location")
    stop = rows.filter(public_id=public_id).first()
    if stop is None or not may_change(actor, stop.route.week, PLAN):
        raise Http404
    return stop


def replan_for(actor: Actor, public_id: UUID) -> PatrolReplan:
    """A proposed change of a week that the actor may plan, or not found."""
    rows = PatrolReplan.objects.select_related("week")
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_change(actor, found.week, PLAN):
        raise Http404
    return found


def partnered_teams(actor: Actor) -> list[Team]:
    """The teams whose joint roster the actor reads: those that answer for his county."""
    return teams_of(actor.division_code) if actor.may(READ) else []


def partner_for(actor: Actor, public_id: UUID) -> JointPartner:
    """A line of the joint roster of those teams. Raises Http404."""
    ids = [team.pk for team in partnered_teams(actor)]
    with scope.system("a line of the roster is found with its team"):
        rows = JointPartner.objects.select_related("team").filter(team__in=ids)
        found = rows.filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def along_for(run: PatrolRun, public_id: UUID) -> JointPartner:
    """A partner on the roster of a run. Raises Http404."""
    for one in along_on(run):
        if one.partner.public_id == public_id:
            return one.partner
    raise Http404


def runs_for(actor: Actor) -> QuerySet[PatrolRun]:
    """The runs in the register that this actor may see."""
    return PatrolRun.objects.all() if actor.may(REGISTER) else PatrolRun.objects.none()


def area_of(actor: Actor) -> str:
    """The divisions whose patrols the actor reads: what he oversees, else his county."""
    return actor.prefix or county_of(actor.division_code)[:6]


def counties_of(actor: Actor) -> list[Division]:
    """The counties that somebody of a prefecture or province reads; none for whoever is of one."""
    code = actor.division_code
    return [] if code[4:6].strip("0") else list(counties(short_code(code)))


def run_for(actor: Actor, public_id: UUID, permission: str = REGISTER) -> PatrolRun:
    """A run this actor may see and, with another permission, act on. Raises Http404."""
    found = runs_for(actor).select_related("team").filter(public_id=public_id).first()
    if found is None or not actor.may(permission):
        raise Http404
    return found


def is_own_team(actor: Actor, team_id: int) -> bool:
    """Whether the actor goes out with the team."""
    return TeamMember.objects.filter(team_id=team_id, user__public_id=actor.public_id).exists()


def walked_run_for(actor: Actor, public_id: UUID) -> PatrolRun:
    """A run of the actor's own team. Raises Http404."""
    run = run_for(actor, public_id, WALK)
    if not is_own_team(actor, run.team_id):
        raise Http404
    return run


def own_route_for(actor: Actor, public_id: UUID) -> PatrolRoute:
    """A published route of the actor's own team, whoever holds the week. Raises Http404."""
    with scope.system("a team finds the route that was published to it"):
        rows = PatrolRoute.objects.select_related("week", "team")
        found = rows.filter(public_id=public_id, week__state=PatrolWeek.State.PUBLISHED).first()
    if found is None or not actor.may(WALK) or not is_own_team(actor, found.team_id):
        raise Http404
    return found


def visit_for(actor: Actor, public_id: UUID) -> PatrolVisit:
    """A stop in the register that the actor may see. Raises Http404."""
    rows = PatrolVisit.objects.select_related("run__team", "key_location")
    found = rows.filter(public_id=public_id).first()
    if found is None or not actor.may(REGISTER):
        raise Http404
    return found


def walked_visit_for(actor: Actor, public_id: UUID) -> PatrolVisit:
    """A stop of a run of the actor's own team. Raises Http404."""
    visit = visit_for(actor, public_id)
    if not actor.may(WALK) or not is_own_team(actor, visit.run.team_id):
        raise Http404
    return visit


def _photo(actor: Actor, public_id: UUID) -> PatrolPhoto:
    rows = PatrolPhoto.objects.select_related("file", "visit__run__team")
    found = rows.filter(public_id=public_id).first()
    if found is None or not actor.may(REGISTER):
        raise Http404
    return found


def may_hide(actor: Actor, run: PatrolRun) -> bool:
    """Whether the actor hides photos of a run and shows them again: its team, and the desk."""
    return actor.may(ENTER) or (actor.may(WALK) and is_own_team(actor, run.team_id))


def hidable_photo_for(actor: Actor, public_id: UUID) -> PatrolPhoto:
    """A photo that the actor may hide or show again. Raises Http404."""
    found = _photo(actor, public_id)
    if not may_hide(actor, found.visit.run):
        raise Http404
    return found


def photo_to_reveal(actor: Actor, public_id: UUID) -> PatrolPhoto:
    """A hidden photo that the actor may open for a purpose. Raises Http404."""
    found = _photo(actor, public_id)
    if not found.hidden_for or not actor.may(REVEAL):
        raise Http404
    return found


def photo_for(actor: Actor, public_id: UUID, at: datetime) -> StoredFile:
    """The file of a photo of a stop that the actor may see; of a stop where a restricted person was met,
    such as a child, only after a reveal of that person, and a hidden one after a reveal of itself.
    Raises Http404."""
    found = _photo(actor, public_id)
    if found.hidden_for and not is_opened(found, actor, at):
        raise Http404
    for person in restricted_at([found.visit]).get(found.visit.pk, ()):
        if not opened_by(person, actor, at).has(IDENTITY):
            raise Http404
    return found.file


def sweeps_for(actor: Actor) -> QuerySet[Sweep]:
    """The sweeps this actor orders, oversees or has an area of, the newest first."""
    rows = Sweep.objects.order_by("-recorded_at", "-pk")
    return rows if actor.may(SWEEPS) else rows.none()


def areas_for(actor: Actor) -> QuerySet[SweepArea]:
    """The areas this actor answers for or oversees."""
    rows = SweepArea.objects.select_related("sweep", "looker").order_by(
        "division_code", "grid", "pk"
    )
    if actor.may(SWEEPS):
        return rows
    mine = rows.filter(looker__public_id=actor.public_id)  # a grid worker
    return mine if actor.may(REPORT) else rows.none()


def is_over(actor: Actor, sweep: Sweep) -> bool:
    """Whether the actor ordered the sweep or oversees the whole of it."""
    oversees = bool(actor.prefix) and sweep.division_code.startswith(actor.prefix)
    return sweep.owner_org == actor.org_code or oversees


def sweep_for(actor: Actor, public_id: UUID, permission: str = SWEEPS) -> Sweep:
    """A sweep this actor may see; with another permission one he is over. Raises Http404."""
    found = sweeps_for(actor).filter(public_id=public_id).first()
    is_wrong = found is not None and permission == ORDER and not is_over(actor, found)
    if found is None or is_wrong or not actor.may(permission):
        raise Http404
    return found


def may_cut(actor: Actor, area: SweepArea) -> bool:
    """Whether the actor may cut the area or name who looks there: who has it, or is over it."""
    is_own = area.owner_org == actor.org_code
    return actor.may(ORDER) and (is_own or is_over(actor, area.sweep))


def may_judge(actor: Actor, area: SweepArea) -> bool:
    """Whether the actor may judge its reports: who is over the sweep."""
    return actor.may(JUDGE) and is_over(actor, area.sweep)


def may_check(actor: Actor, area: SweepArea) -> bool:
    """Whether the actor looks at its report for the township office that supervises the village."""
    return actor.may(JUDGE) and bool(area.check_org) and area.check_org == actor.org_code


def to_check_for(actor: Actor) -> QuerySet[SweepArea]:
    """The areas of open sweeps whose report waits for the actor's township office."""
    rows = areas_for(actor).filter(state=SweepArea.State.CHECKING, sweep__closed_at=None)
    rows = rows.filter(check_org=actor.org_code).order_by("check_due_at", "name", "pk")
    return rows if actor.may(JUDGE) else rows.none()


def is_own_area(actor: Actor, area: SweepArea) -> bool:
    """Whether the actor's organisation answers for the area; a grid worker's own only."""
    is_given = area.assigned_at is not None and area.owner_org == actor.org_code
    is_mine = area.looker is not None and str(area.looker.public_id) == actor.public_id
    return actor.may(REPORT) and is_given and (is_mine or actor.may(SWEEPS))


def area_for(actor: Actor, public_id: UUID) -> SweepArea:
    """An area this actor may see. Raises Http404."""
    found = areas_for(actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def cut_area_for(actor: Actor, public_id: UUID) -> SweepArea:
    """An area the actor may cut or assign. Raises Http404."""
    return _area_if(may_cut, actor, public_id)


def judged_area_for(actor: Actor, public_id: UUID) -> SweepArea:
    """An area whose reports the actor may judge. Raises Http404."""
    return _area_if(may_judge, actor, public_id)


def checked_area_for(actor: Actor, public_id: UUID) -> SweepArea:
    """An area whose reports the actor's township office looks at first. Raises Http404."""
    return _area_if(may_check, actor, public_id)


def own_area_for(actor: Actor, public_id: UUID) -> SweepArea:
    """An area that the actor's organisation looks over. Raises Http404."""
    return _area_if(is_own_area, actor, public_id)


def _area_if(
    is_allowed: Callable[[Actor, SweepArea], bool], actor: Actor, public_id: UUID
) -> SweepArea:
    area = area_for(actor, public_id)
    if not is_allowed(actor, area):
        raise Http404
    return area


def find_for(actor: Actor, public_id: UUID) -> SweepFind:
    """A find in an area that the actor's organisation looks over. Raises Http404."""
    rows = SweepFind.objects.select_related(
        "report__area__sweep", "report__area__looker", "key_location"
    )
    found = rows.filter(public_id=public_id).first()
    if found is None or not is_own_area(actor, found.report.area):
        raise Http404
    return found


def judged_find_for(actor: Actor, public_id: UUID) -> SweepFind:
    """A find in an area whose reports the actor may judge. Raises Http404."""
    rows = SweepFind.objects.select_related("report__area__sweep", "same_as")
    found = rows.filter(public_id=public_id).first()
    if found is None or not may_judge(actor, found.report.area):
        raise Http404
    return found


def flows_for(actor: Actor) -> QuerySet[FlowEntry]:
    """The lines of the inflow and outflow list of the actor's organisation or area."""
    rows = FlowEntry.objects.order_by("ended_at", "division_code", "direction", "-recorded_at")
    return rows if actor.may(FLOWS) else rows.none()


def flow_for(actor: Actor, public_id: UUID, permission: str = FLOWS) -> FlowEntry:
    """A line this actor may see and, with another permission, act on. Raises Http404."""
    found = flows_for(actor).filter(public_id=public_id).first()
    if found is None or not actor.may(permission):
        raise Http404
    return found
