"""Live grants on a case."""

from datetime import datetime
from uuid import UUID

from nuantu.accounts.models import Grant
from nuantu.core import journal
from nuantu.core.actors import Actor
from nuantu.core.subjects import Subject


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
    grant = Grant.objects.create(
        organisation_id=org_code,
        case_id=case_id,
        purpose=purpose,
        made_by=actor.name,
        since=at,
        until=until,
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
