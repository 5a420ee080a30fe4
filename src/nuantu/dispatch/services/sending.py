"""A team is sent for a tip and says how far it is.

Every step changes the row only where it still stands before that step: of two people who press at
once one is told who was first. The server's moment counts; what a phone's clock says is kept apart.
"""

from datetime import datetime
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils.translation import gettext_lazy as _

from nuantu.core import events, scope
from nuantu.core.actors import Actor
from nuantu.core.errors import Refusal
from nuantu.dispatch.models import Dispatch, TeamPosition, Tip
from nuantu.dispatch.rules import states
from nuantu.dispatch.rules.phones import NOTHING_SAID, PhoneSaid
from nuantu.dispatch.rules.words import one_line
from nuantu.dispatch.selectors.duties import open_arrival
from nuantu.dispatch.services.clocks import ask_to_decide, end_question
from nuantu.dispatch.services.rows import write_for, write_line
from nuantu.dispatch.services.watching import end_alarm
from nuantu.operations.models import Team
from nuantu.operations.services import complete_duty
from nuantu.patrols.services.reaching import withdraw

State = Dispatch.State


class AlreadyAssigned(Refusal):
    """Another dispatcher was first."""


class TeamBusy(Refusal):
    """The team has something else, and the dispatcher did not know."""


class WrongStep(Refusal):
    """The run is not where this step begins."""


class ReasonMissing(Refusal):
    """Breaking off needs its reason."""


def assign(
    *,
    actor: Actor,
    at: datetime,
    tip: Tip,
    team: Team,
    guess_minutes: int | None = None,
    guess_source: str = "",
    is_support: bool = False,
    may_be_busy: bool = False,
    partners: tuple[str, ...] = (),
) -> Dispatch:
    """Send a team for a tip that waits; `is_support` sends one more to a tip that has one.

    Raises AlreadyAssigned when the tip waits no more, TeamBusy when the team has another run and
    `may_be_busy` is not said.
    """
    with write_for(actor, tip.owner_org, team.organisation_id):
        row = _claim(tip, at, is_support=is_support)
        # The team's row is the queue of dispatchers who want the same team at once.
        Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
        live = Dispatch.objects.filter(team=team, state__in=states.LIVE_RUNS)
        if live.filter(tip=row).exists():
            raise AlreadyAssigned(_("%(team)s 已经在办这条线索。") % {"team": team.name})
        if not may_be_busy and live.exists():
            raise TeamBusy(
                _("%(team)s 刚接了另一条线索。请选别的队伍，或确认仍派这支队伍。")
                % {"team": team.name}
            )
        run = Dispatch.objects.create(
            tip=row,
            team=team,
            division_code=row.division_code,
            owner_org=team.organisation_id,
            case_id=row.case_id,
            assigned_at=at,
            assigned_by=actor.name,
            guess_minutes=guess_minutes,
            guess_source=guess_source[:120],
            partners=list(partners),
            recorded_at=at,
        )
        write_line(
            verb="dispatch.run.assign",
            actor=actor,
            at=at,
            tip=row,
            run=run,
            summary=f"派{team.name}前往{row.place_text}",
            changes={"team": team.name, "guess_minutes": guess_minutes},
            basis=guess_source,
        )
        end_question(actor=actor, at=at, tip=row, note=f"派{team.name}")
        events.announce("dispatch.team_assigned", run=str(run.public_id))
    return run


def _claim(tip: Tip, at: datetime, *, is_support: bool) -> Tip:
    wanted = states.OPEN_STATES if is_support else (states.NEW,)
    changed = Tip.objects.filter(pk=tip.pk, state__in=wanted).update(
        state=Tip.State.ASSIGNED if not is_support else F("state"),
        assigned_at=Coalesce("assigned_at", Value(at)),
        changed_at=at,
    )
    row = Tip.objects.get(pk=tip.pk)
    if not changed:
        raise _already(row)
    return row


def must_be_free(row: Tip) -> None:
    """Raises AlreadyAssigned, which says who was first, where the tip waits for nobody."""
    if row.state != Tip.State.NEW:
        raise _already(row)


def _already(row: Tip) -> AlreadyAssigned:
    if row.state == Tip.State.CLOSED:
        return AlreadyAssigned(_("这条线索已经办结。"))
    with scope.system("who was first is told to who comes second"):
        first = (
            Dispatch.objects.filter(tip=row, state__in=states.LIVE_RUNS)
            .select_related("team")
            .order_by("assigned_at")
            .first()
        )
    words = (
        {"who": first.assigned_by, "team": first.team.name} if first else {"who": "", "team": ""}
    )
    return AlreadyAssigned(_("%(who)s 已派 %(team)s 处理这条线索。") % words)


def accept(
    *, actor: Actor, at: datetime, run: Dispatch, phone: PhoneSaid = NOTHING_SAID
) -> Dispatch:
    """The team takes the run. Pressed twice it counts once. Raises WrongStep."""
    return _step(actor, at, run, State.ACCEPTED, "接单", phone, accepted_at=at)


def depart(
    *, actor: Actor, at: datetime, run: Dispatch, phone: PhoneSaid = NOTHING_SAID
) -> Dispatch:
    """The team is on its way. Raises WrongStep."""
    return _step(
        actor,
        at,
        run,
        State.DEPARTED,
        "出发",
        phone,
        accepted_at=Coalesce("accepted_at", Value(at)),
        departed_at=at,
    )


def arrive(
    *, actor: Actor, at: datetime, run: Dispatch, phone: PhoneSaid = NOTHING_SAID
) -> Dispatch:
    """The team is there: the first arrival keeps the promise of the tip (P9-20).

    The moment is the server's; the phone's clock and position stand beside it. Raises WrongStep.
    """
    return _step(
        actor,
        at,
        run,
        State.ARRIVED,
        "到达现场",
        phone,
        accepted_at=Coalesce("accepted_at", Value(at)),
        departed_at=Coalesce("departed_at", Value(at)),
        arrived_at=at,
        claimed_arrived_at=phone.at,
        arrived_lat=phone.point[0] if phone.point else None,
        arrived_lon=phone.point[1] if phone.point else None,
        arrived_accuracy_metres=phone.accuracy_metres,
    )


def finish(
    *, actor: Actor, at: datetime, run: Dispatch, outcome: str = "", note: str = ""
) -> Dispatch:
    """The team has done what it came for; closing the tip is a decision of its own."""
    return _step(
        actor, at, run, State.DONE, "处置完成", ended_at=at, outcome=outcome, note=note[:500]
    )


def not_found(*, actor: Actor, at: datetime, run: Dispatch, reason: str) -> Dispatch:
    """The team looked and found nobody; the tip comes back to the dispatcher. Raises ReasonMissing.

    Looking means having been there: a team that forgot to press arrival has arrived now.
    """
    words = _needed(reason, _("请写明在哪里找过、看到了什么。"))
    if run.state == State.DEPARTED:
        run = arrive(actor=actor, at=at, run=run)
    return _step(
        actor,
        at,
        run,
        State.NOT_FOUND,
        "没有找到",
        ended_at=at,
        reason=words,
        outcome=Tip.Outcome.NOT_FOUND,
    )


def decline(*, actor: Actor, at: datetime, run: Dispatch, reason: str) -> Dispatch:
    """The team cannot go; the tip waits again and its clock goes on. Raises ReasonMissing."""
    words = _needed(reason, _("请写明不能去的原因。"))
    return _step(actor, at, run, State.DECLINED, "退单", ended_at=at, reason=words)


def recall(*, actor: Actor, at: datetime, run: Dispatch, reason: str) -> Dispatch:
    """The dispatcher calls the team back; the tip waits again, and a patrol that was to come past it
    passes by. Raises ReasonMissing."""
    words = _needed(reason, _("请写明召回的原因。"))
    run = let_go(actor=actor, at=at, run=run, reason=words)
    if run.spot_id is not None:
        withdraw(actor=actor, at=at, spot_id=run.spot_id, why=words)
    return run


def let_go(*, actor: Actor, at: datetime, run: Dispatch, reason: str) -> Dispatch:
    """The team comes no more, as its patrol has it; the tip waits again."""
    return _step(actor, at, run, State.RECALLED, "召回", ended_at=at, reason=reason[:300])


def check_in(
    *, actor: Actor, at: datetime, run: Dispatch, phone: PhoneSaid = NOTHING_SAID
) -> Dispatch:
    """The team says that it is well; no state changes. Raises WrongStep for an ended run."""
    with write_for(actor, run.owner_org, run.tip.owner_org):
        changed = Dispatch.objects.filter(pk=run.pk, state__in=states.LIVE_RUNS).update(
            checked_in_at=Greatest("checked_in_at", Value(at))
        )
        if not changed:
            raise WrongStep(_("这次派遣已经结束。"))
        run.checked_in_at = at
        _note_position(run, at, phone)
        write_line(
            verb="dispatch.run.check_in",
            actor=actor,
            at=at,
            tip=run.tip,
            run=run,
            summary=f"{run.team.name}报平安",
        )
        end_alarm(actor=actor, at=at, run=run)
    return run


def _needed(reason: str, message: Any) -> str:
    words = one_line(reason)[:300]
    if not words:
        raise ReasonMissing(message, field="reason")
    return words


def _step(
    actor: Actor,
    at: datetime,
    run: Dispatch,
    to: str,
    word: str,
    phone: PhoneSaid = NOTHING_SAID,
    **values: Any,
) -> Dispatch:
    """Move a run on, the tip behind it, and write one line; a repeated press changes nothing."""
    tip = run.tip
    with write_for(actor, run.owner_org, tip.owner_org):
        tip = Tip.objects.select_for_update().get(pk=tip.pk)
        changed = Dispatch.objects.filter(pk=run.pk, state__in=states.RUN_STEPS[to]).update(
            state=to, **values
        )
        run = Dispatch.objects.select_related("team").get(pk=run.pk)
        run.tip = tip
        if not changed:
            if run.state == to:
                return run
            raise WrongStep(
                _("这次派遣现在是「%(state)s」，不能再按这一步。")
                % {"state": run.get_state_display()}
            )
        _move_tip(tip, run, at)
        write_line(
            verb=f"dispatch.run.{_VERBS[State(to)]}",
            actor=actor,
            at=at,
            tip=tip,
            run=run,
            summary=f"{run.team.name}{word}" + (f"：{run.reason}" if run.reason else ""),
            changes={"state": to, "reason": run.reason, **_said(phone, at)},
        )
        _note_position(run, at, phone)
        end_alarm(actor=actor, at=at, run=run)
        if to == State.ARRIVED:
            _keep_promise(actor, at, run)
    return run


def _said(phone: PhoneSaid, at: datetime) -> dict[str, object]:
    """What the phone claimed, where it differs enough to matter."""
    skew = phone.skew(at)
    return {"phone_said": phone.at, "phone_skew_seconds": skew.total_seconds()} if skew else {}


def _note_position(run: Dispatch, at: datetime, phone: PhoneSaid) -> None:
    """Keep where the team is now; where it was before is not kept, also when it is told late."""
    if phone.point is None:
        return
    lat, lon = phone.point
    if TeamPosition.objects.filter(team_id=run.team_id, at__gt=at).exists():
        return
    TeamPosition.objects.update_or_create(
        team_id=run.team_id,
        defaults={
            "lat": lat,
            "lon": lon,
            "accuracy_metres": phone.accuracy_metres,
            "at": at,
            "division_code": run.division_code,
            "owner_org": run.owner_org,
        },
    )


_VERBS = {
    State.ACCEPTED: "accept",
    State.DEPARTED: "depart",
    State.ARRIVED: "arrive",
    State.DONE: "finish",
    State.NOT_FOUND: "not_find",
    State.DECLINED: "decline",
    State.RECALLED: "recall",
}


def _move_tip(tip: Tip, run: Dispatch, at: datetime) -> None:
    """The tip shows how far its furthest run is; a closed tip stays closed."""
    if tip.state == Tip.State.CLOSED:
        return
    runs = list(Dispatch.objects.filter(tip=tip).values_list("state", flat=True))
    tip.state = states.tip_state(runs)
    tip.changed_at = at
    if run.departed_at and tip.departed_at is None:
        tip.departed_at = run.departed_at
    if run.arrived_at and tip.arrived_at is None:
        tip.arrived_at = run.arrived_at
    if tip.state == Tip.State.NEW:
        tip.assigned_at = tip.departed_at = None
        if tip.arrived_at is not None:
            ask_to_decide(at=at, tip=tip)
    tip.save(update_fields=["state", "changed_at", "assigned_at", "departed_at", "arrived_at"])


def _keep_promise(actor: Actor, at: datetime, run: Dispatch) -> None:
    duty = open_arrival(run.tip)
    if duty is not None:
        complete_duty(actor=actor, at=at, duty=duty, note=f"到达：{run.team.name}")
    events.announce("dispatch.team_arrived", run=str(run.public_id), tip=str(run.tip.public_id))
