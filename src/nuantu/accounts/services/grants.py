"""Live grants on a case, or on one row that has none."""

from datetime import datetime
from uuid import UUID

from nuantu.accounts.models import Grant
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject


def make_grant(
    *, actor: Actor, at: datetime, org_code: str, key_id: UUID, purpose: str, until: datetime
) -> Grant:
    """Open the rows of one case, or one row without a case by its public id, until a moment; the caller writes the line."""
    return Grant.objects.create(
        organisation_id=org_code,
        case_id=key_id,
        purpose=purpose[:60],
        made_by=actor.name,
        since=at,
        until=until,
    )


def close_grants(*, at: datetime, key_id: UUID, org_code: str = "", but_for: str = "") -> int:
    """End what lives still, of one organisation or of all (`but_for` one); how many ended. The caller writes the line."""
    live = Grant.objects.filter(case_id=key_id, ended_at=None, until__gt=at)
    if org_code:
        live = live.filter(organisation_id=org_code)
    if but_for:
        live = live.exclude(organisation_id=but_for)
    return live.update(ended_at=at)


def give_grant(
    *,
    actor: Actor,
    at: datetime,
    org_code: str,
    case_id: UUID,
    purpose: str,
    until: datetime,
    division_code: str,
) -> Grant:
    """Let an organisation read one case for a purpose until a moment; one journal line."""
    grant = make_grant(
        actor=actor, at=at, org_code=org_code, key_id=case_id, purpose=purpose, until=until
    )
    journal.record(
        verb="accounts.grant.give",
        actor=actor,
        at=at,
        subjects=[Subject("case", case_id)],
        division_code=division_code,
        owner_org=actor.org_code,
        case_id=case_id,
        summary=f"授权 {org_code} 查看本案（{purpose}）",
        changes={"organisation": org_code, "purpose": purpose, "until": until.isoformat()},
    )
    return grant


def end_grants(
    *, actor: Actor, at: datetime, org_code: str, case_id: UUID, purpose: str, division_code: str
) -> int:
    """End an organisation's live grants on a case for a purpose; how many ended."""
    live = Grant.objects.filter(
        organisation_id=org_code, case_id=case_id, purpose=purpose, ended_at=None, until__gt=at
    )
    count = live.update(ended_at=at)
    if count:
        journal.record(
            verb="accounts.grant.end",
            actor=actor,
            at=at,
            subjects=[Subject("case", case_id)],
            division_code=division_code,
            owner_org=actor.org_code,
            case_id=case_id,
            summary=f"收回 {org_code} 对本案的授权（{purpose}）",
            changes={"organisation": org_code, "purpose": purpose},
        )
    return count
