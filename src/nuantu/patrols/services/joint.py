"""Keep the joint-patrol roster, take the word of a department, note who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from nuantu.core import journal, live, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.core.subjects import Subject
from nuantu.operations.models import Team
from nuantu.patrols.models import JointPartner, PatrolRun, PatrolWeek, RunPartner, WeekConsent
from nuantu.patrols.rules.joint import NAMEABLE
from nuantu.patrols.selectors.joint import is_out
from nuantu.patrols.services.register_rows import RunRefused, held_run, told_of_run
from nuantu.patrols.services.rows import told

ALONG: Final = "the roster of a team is kept by whoever plans its patrols"


@dataclass(frozen=True, slots=True)
class Partner:
    """What a line of the roster says: weekdays from Monday as 0 (none: every day), `part` day,
    night or both, first and last day."""

    department: str
    unit: str
    person: str
    from_day: date
    phone: str = ""
    weekdays: Sequence[int] = ()
    part: str = "both"
    until_day: date | None = None


class PartnerRefused(Refusal):
    """The line of the roster cannot be kept like this."""


def add_partner(*, actor: Actor, at: datetime, team: Team, said: Partner) -> JointPartner:
    """Put a department on the roster of a team. Raises PartnerRefused without unit or person, with
    a last day before the first, for a department there is not, or for a line that stands already."""
    if said.department not in NAMEABLE:
        raise PartnerRefused(_("请选择部门。"), field="department")
    if not said.unit.strip() or not said.person.strip():
        raise PartnerRefused(_("请写明单位和带队人。"), field="person")
    if said.until_day is not None and said.until_day < said.from_day:
        raise PartnerRefused(_("截止日不能早于开始日。"), field="until_day")
    line = {
        "team": team,
        "department": said.department,
        "unit": said.unit.strip()[:60],
        "person": said.person.strip()[:60],
        "weekdays": sorted(set(said.weekdays)),
        "part": said.part,
        "from_day": said.from_day,
        "until_day": said.until_day,
    }
    with transaction.atomic(), scope.system(ALONG):
        if JointPartner.objects.filter(**line, ended_at=None).exists():  # pressed twice
            raise PartnerRefused(_("这一行已经在名单上了。"))
        row = JointPartner.objects.create(
            **line,
            division_code=team.division_id,
            owner_org=team.organisation_id,
            recorded_at=at,
            phone=said.phone.strip()[:40],
            noted_by=actor.name,
        )
        _told(row, "add", actor, at, "列入联合巡查")
    return row


def end_partner(*, actor: Actor, at: datetime, partner: JointPartner) -> JointPartner:
    """Take a line off the roster; what was walked with it stays. Raises PartnerRefused."""
    with transaction.atomic(), scope.system(ALONG):
        rows = JointPartner.objects.filter(pk=partner.pk, ended_at=None)
        if not rows.update(ended_at=at, ended_by=actor.name):
            raise PartnerRefused(_("这一行已经取消了。"))
        partner.refresh_from_db()
        _told(partner, "end", actor, at, "退出联合巡查")
    return partner


def _told(row: JointPartner, verb: str, actor: Actor, at: datetime, summary: str) -> None:
    journal.record(
        verb=f"patrols.partner.{verb}",
        actor=actor,
        at=at,
        subjects=[Subject("team", row.team.public_id)],
        division_code=row.division_code,
        owner_org=row.owner_org,
        summary=f"{summary}：{row.unit}",
        changes={"department": row.department, "person": row.person, "days": row.weekdays},
    )
    live.hint("patrols", row.division_code, row.owner_org)


def consent(
    *, actor: Actor, at: datetime, week: PatrolWeek, department: str, person: str
) -> WeekConsent:
    """Note that a department agrees with the week, in whose word; said anew it replaces the last.

    Raises Refusal without a department or name, or once the week is published.
    """
    if department not in NAMEABLE:
        raise Refusal(_("请选择部门。"), field="department")
    if not person.strip():
        raise Refusal(_("请写明谁同意的。"), field="person")
    if week.state == PatrolWeek.State.PUBLISHED:
        raise Refusal(_("计划已经下发，不能再会签。"))
    with transaction.atomic():
        row, _made = WeekConsent.objects.update_or_create(
            week=week,
            department=department,
            defaults={"person": person.strip()[:60], "said_at": at, "noted_by": actor.name},
        )
        said = {"department": department, "person": row.person}
        told(week, "consent", actor, at, "部门会签巡查周计划", said)
    return row


def note_partner(
    *, actor: Actor, at: datetime, run: PatrolRun, partner: JointPartner, has_come: bool
) -> RunPartner:
    """The team says whether a partner came; said anew it replaces the last word.

    Raises RunRefused for a run that is not out, or a partner who is not on its roster.
    """
    with transaction.atomic():
        run = held_run(run)
        if not run.is_under_way:
            raise RunRefused(_("这次巡查没有在路上。请刷新后再看。"))
        is_due = partner.team_id == run.team_id and is_out(partner, run.first_day, run.half)
        if not is_due:
            raise RunRefused(_("这个单位不在这次巡查的联合名单里。"))
        row, _made = RunPartner.objects.update_or_create(
            run=run,
            partner=partner,
            defaults={"has_come": has_come, "noted_at": at, "noted_by": actor.name},
        )
        changes = {"partner": str(partner.public_id), "department": partner.department}
        summary = "联合单位到了" if has_come else "联合单位没有来"
        told_of_run(run, "run.partner", actor, at, f"{summary}：{partner.unit}", changes)
    return row
