"""Make teams and plan when they are out."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.accounts.models import Organisation, User
from nuantu.core import journal, live
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Shift, Team, TeamMember


class ShiftRefused(Refusal):
    """The shift cannot be planned like this."""


def make_team(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    organisation: Organisation,
    members: Iterable[User],
    lead: User | None = None,
    base: tuple[float, float] | None = None,
    capabilities: Iterable[str] = (),
    phone: str = "",
) -> Team:
    """Make a team of an organisation; `base` is its WGS-84 latitude and longitude in degrees."""
    people = list(dict.fromkeys(members))
    with transaction.atomic():
        team = Team.objects.create(
            name=name,
            organisation=organisation,
            division=organisation.division,
            base_lat=base[0] if base else organisation.division.lat,
            base_lon=base[1] if base else organisation.division.lon,
            capabilities=list(capabilities),
            phone=phone,
        )
        TeamMember.objects.bulk_create(
            [TeamMember(team=team, user=user, is_lead=user == lead) for user in people]
        )
        _record(team, "make", actor, at, f"组队 {name}（{len(people)}人）")
    return team


def plan_shift(
    *, actor: Actor, at: datetime, team: Team, starts_at: datetime, ends_at: datetime
) -> Shift:
    """Plan when a team is out. Raises ShiftRefused: ends before it starts, or twice at once."""
    if ends_at <= starts_at:
        raise ShiftRefused(_("结束时间要晚于开始时间。"), field="ends_at")
    with transaction.atomic():
        Team.objects.select_for_update().get(pk=team.pk)
        if Shift.objects.filter(team=team, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
            raise ShiftRefused(_("这支队伍在这段时间已经排了班。"), field="starts_at")
        shift = Shift.objects.create(team=team, starts_at=starts_at, ends_at=ends_at)
        _record(team, "shift", actor, at, f"排班 {team.name}")
    return shift


def _record(team: Team, verb: str, actor: Actor, at: datetime, summary: str) -> None:
    journal.record(
        verb=f"operations.team.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject("team", team.public_id)],
        division_code=team.division_id,
        owner_org=team.organisation_id,
        summary=summary,
    )
    live.hint("teams", team.division_id, team.organisation_id)
