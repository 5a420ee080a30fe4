"""Tips for staff and connected programs."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Query

from nuantu.core import clock
from nuantu.dispatch import access, services
from nuantu.dispatch.api.callers import caller_with
from nuantu.dispatch.api.receipts import router  # one path, one router: GET and POST of /tips
from nuantu.dispatch.api.shapes import (
    AssignIn,
    CloseIn,
    NoticeOut,
    ReasonIn,
    RunOut,
    TipDetailOut,
    TipOut,
    TipQuery,
    TipsOut,
    ToldIn,
    UrgentIn,
    tip_fields,
)
from nuantu.dispatch.models import Tip
from nuantu.dispatch.selectors.candidates import guess_for
from nuantu.dispatch.selectors.runs import runs_of
from nuantu.dispatch.selectors.tips import tip_list


@router.get("/tips", response=TipsOut, url_name="tips_list")
def list_tips(request: HttpRequest, wanted: Query[TipQuery]) -> TipsOut:
    """Tips of the caller's organisation or area, newest first."""
    caller_with(request, access.READ)
    at = clock.now()
    found = tip_list(wanted.wanted(), at)
    shown = found[wanted.offset : wanted.offset + wanted.limit]
    return TipsOut(total=found.count(), items=[TipOut.of(tip, at) for tip in shown])


@router.get("/tips/{tip_id}", response=TipDetailOut, url_name="tips_one")
def get_tip(request: HttpRequest, tip_id: UUID) -> TipDetailOut:
    """One tip with its notices and runs."""
    return _detail(access.tip_for(caller_with(request, access.READ), tip_id))


def _detail(tip: Tip) -> TipDetailOut:
    return TipDetailOut(
        **tip_fields(tip, clock.now()),
        follows=Tip.objects.get(pk=tip.follows_id).public_id if tip.follows_id else None,
        notices=[NoticeOut.of(notice) for notice in tip.notices.order_by("pk")],
        runs=[RunOut.of(run) for run in runs_of(tip.pk)],
    )


@router.post("/tips/{tip_id}/assign", response={201: RunOut}, url_name="tips_assign")
def assign(request: HttpRequest, tip_id: UUID, body: AssignIn) -> RunOut:
    """Send a team. The second of two dispatchers gets 422 with who was first."""
    actor = caller_with(request, access.ASSIGN)
    at = clock.now()
    tip = access.tip_for(actor, tip_id, access.ASSIGN)
    team = access.sendable_team_for(actor, body.team)
    minutes, source = guess_for(tip, team.public_id, at)
    run = services.assign(
        actor=actor,
        at=at,
        tip=tip,
        team=team,
        guess_minutes=minutes,
        guess_source=source,
        is_support=body.is_support,
        may_be_busy=body.may_be_busy,
    )
    return RunOut.of(run)


@router.post("/tips/{tip_id}/close", response=TipDetailOut, url_name="tips_close")
def close(request: HttpRequest, tip_id: UUID, body: CloseIn) -> TipDetailOut:
    """End a tip with its outcome."""
    actor = caller_with(request, access.CLOSE)
    tip = access.tip_for(actor, tip_id, access.CLOSE)
    return _detail(services.close_tip(actor=actor, at=clock.now(), tip=tip, **body.dict()))


@router.post("/tips/{tip_id}/reopen", response=TipDetailOut, url_name="tips_reopen")
def reopen(request: HttpRequest, tip_id: UUID, body: ReasonIn) -> TipDetailOut:
    """Open a closed tip again; its clock starts anew."""
    actor = caller_with(request, access.CLOSE)
    tip = access.tip_for(actor, tip_id, access.CLOSE)
    return _detail(services.reopen_tip(actor=actor, at=clock.now(), tip=tip, reason=body.reason))


@router.post("/tips/{tip_id}/urgent", response=TipDetailOut, url_name="tips_urgent")
def urgent(request: HttpRequest, tip_id: UUID, body: UrgentIn) -> TipDetailOut:
    """Set what is urgent about the person; 120 and 110 go on the list where the plan says so."""
    actor = caller_with(request, access.MARK)
    tip = access.tip_for(actor, tip_id, access.MARK)
    return _detail(
        services.mark_urgent(
            actor=actor, at=clock.now(), tip=tip, flags=body.flags, reason=body.reason
        )
    )


@router.post("/notices/{notice_id}/told", response=NoticeOut, url_name="notices_told")
def told(request: HttpRequest, notice_id: UUID, body: ToldIn) -> NoticeOut:
    """Record that somebody was told."""
    actor = caller_with(request, access.NOTICE)
    notice = access.notice_for(actor, notice_id)
    return NoticeOut.of(
        services.record_notice(actor=actor, at=clock.now(), notice=notice, **body.dict())
    )


@router.post("/notices/{notice_id}/skip", response=NoticeOut, url_name="notices_skip")
def skip(request: HttpRequest, notice_id: UUID, body: ReasonIn) -> NoticeOut:
    """Record why somebody on the list need not be told."""
    actor = caller_with(request, access.NOTICE)
    notice = access.notice_for(actor, notice_id)
    return NoticeOut.of(
        services.skip_notice(actor=actor, at=clock.now(), notice=notice, reason=body.reason)
    )
